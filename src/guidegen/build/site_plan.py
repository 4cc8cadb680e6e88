"""The plan of a site: its pages, the sources of its other files, and what rendering needs."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from guidegen.build import static_files
from guidegen.build.render_jobs import RenderContext
from guidegen.cache.build_cache import BuildCache
from guidegen.cache.keys import CacheKeys
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.content.catalogs import load_languages
from guidegen.content.images import content_images
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.model.urls import base_path
from guidegen.records import dataclass
from guidegen.site import pages
from guidegen.site.components.layout import Layout, build_layout
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class SitePlan:
    """A guide with its languages, the pages of its site, and what render jobs share."""

    root: Path
    guide: Guide
    languages: tuple[Language, ...]
    pages: tuple[Page, ...]
    context: RenderContext

    def list_sources(self) -> list[tuple[str, Path]]:
        """Return the path in the site and the source of each file that is published as it is."""
        pictures = content_images.find_image_files(self.root, content_images.collect_pictures(self.guide))
        return [*static_files.static_files(self.root, self.guide.is_available_offline), *pictures]


def plan_site(
    root: Path, guide: Guide, inputs: TrackedFiles, cache: BuildCache, key_of: Callable[[object], str] | None = None
) -> SitePlan:
    """Return the plan of a guide's site. ``key_of`` computes cache keys."""
    settings = guide.settings
    languages = load_languages(root, settings.languages, settings.region, cache)
    layouts = {language.tag: build_layout(guide, language) for language in languages}
    prefixes = _compute_key_prefixes(inputs, languages, layouts, key_of or CacheKeys().key_of)
    context = RenderContext(root, base_path(settings.address), layouts, prefixes)
    return SitePlan(root, guide, languages, tuple(pages.plan(guide, languages)), context)


def _compute_key_prefixes(
    inputs: TrackedFiles, languages: Iterable[Language], layouts: Mapping[str, Layout], key_of: Callable[[object], str]
) -> dict[str, str]:
    """Return the key prefix of each language's pages: templates, words and layout."""
    theme_hash = inputs.hash_group(_is_theme_file)
    return {language.tag: f"{theme_hash}\t{key_of(language)}\t{key_of(layouts[language.tag])}" for language in languages}


def _is_theme_file(name: str) -> bool:
    """Return whether a tracked file is a template or an icon."""
    return "templates/" in name or "/icons/" in name
