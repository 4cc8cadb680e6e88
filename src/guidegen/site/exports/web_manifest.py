"""The web app manifest (W3C), with which a phone installs the guide: its name, its icon and its start page."""

import json
from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.text.language import Language

_COLOR = "#0b5c5e"
"""The color of the top bar in ``static/css/site.css`` and of ``static/icon.svg``."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """Return the settings and the languages."""
    return guide.settings, tuple(language.tag for language in languages)


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield a manifest that starts at the language chooser, and ``<lang>/manifest.webmanifest`` for each language."""
    yield _write_manifest(guide, guide.settings.languages[0], urls.CHOOSER)
    for language in languages:
        yield _write_manifest(guide, language.tag, urls.home(language.tag))


def _write_manifest(guide: Guide, language: str, folder: str) -> File:
    settings = guide.settings
    path = urls.manifest(folder)
    name = settings.name.resolve(language, settings.languages).text
    manifest = {
        "name": name.text,
        "description": settings.summary.resolve(language, settings.languages).text.text,
        "lang": language,
        "dir": "auto",
        "start_url": "index.html",
        "scope": urls.relative_folder(path, urls.CHOOSER),
        "display": "minimal-ui",
        "background_color": "#faf8f3",
        "theme_color": settings.theme.brand or _COLOR,
        "icons": [{"src": urls.relative_url(path, "static/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return File(path, json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode())
