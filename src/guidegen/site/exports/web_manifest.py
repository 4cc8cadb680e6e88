"""What a phone needs to put the guide beside its apps (W3C Web Application Manifest): its name, its icon, where it begins."""

import json
from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.text.language import Language

_COLOR = "#0b5c5e"
"""That of the bar in ``static/css/site.css`` and of ``static/icon.svg``."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """What the guide is called."""
    return guide.settings, tuple(language.tag for language in languages)


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``<lang>/manifest.webmanifest``, which begins at that language's home, and one that begins at the choice of them."""
    yield _manifest(guide, guide.settings.languages[0], urls.CHOOSER)
    for language in languages:
        yield _manifest(guide, language.tag, urls.home(language.tag))


def _manifest(guide: Guide, language: str, folder: str) -> File:
    settings = guide.settings
    path = urls.manifest(folder)
    name = settings.name.choose(language, settings.languages).words
    manifest = {
        "name": name.text,
        "description": settings.summary.choose(language, settings.languages).words.text,
        "lang": language,
        "dir": "auto",
        "start_url": "index.html",
        "scope": urls.parent_folder(path, urls.CHOOSER),
        "display": "minimal-ui",
        "background_color": "#faf8f3",
        "theme_color": _COLOR,
        "icons": [{"src": urls.relative_url(path, "static/icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return File(path, json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode())
