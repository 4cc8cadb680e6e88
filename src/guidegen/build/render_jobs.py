"""Rendering of pages, in any process."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from guidegen.build.link_graph import PageLinks, PageScanner
from guidegen.build.site_integrity import content_hash
from guidegen.model.page import File, Page
from guidegen.model.urls import build_file_path
from guidegen.records import dataclass
from guidegen.site.components.layout import Layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import FastEnvironment


class RenderedPage(NamedTuple):
    """A rendered page: its file, its cache key, the hash of its bytes, and its links."""

    file: File
    cache_key: bytes
    content_hash: bytes
    links: PageLinks | None


class RenderJob(NamedTuple):
    """A page to render, with its cache key."""

    page: Page
    cache_key: bytes


@dataclass(frozen=True, slots=True)
class RenderContext:
    """Everything render jobs share: each language's layout, and the guide's templates in ``root``.

    ``key_prefixes`` has the beginning of the cache keys of each language's pages, which changes with its templates. ``is_large``
    means that there are enough pages to repay compiling the templates for each language. The site is published below the path
    ``base``.
    """

    root: Path
    base: str
    layouts: Mapping[str, Layout]
    key_prefixes: Mapping[str, str]
    is_large: bool = False

    def shared_theme(self) -> Theme:
        """Return the theme that serves all languages."""
        return _open_plain(self.root, "\n".join(self.key_prefixes.values()))

    def theme_for(self, tag: str) -> Theme:
        """Return the theme for the pages of a language."""
        return _open_for_language(self.root, self.key_prefixes[tag]) if self.is_large else self.shared_theme()


def run_render_jobs(context: RenderContext, jobs: Sequence[RenderJob]) -> list[RenderedPage]:
    """Return the rendered pages of some jobs, in any process."""
    rendered = []
    for page, cache_key in jobs:
        file = render_page(context, page)
        rendered.append(RenderedPage(file, cache_key, content_hash(file.content), get_page_scanner(context.base).scan(file)))
    return rendered


def render_page(context: RenderContext, page: Page) -> File:
    """Return the file of a page."""
    tag = page.language.tag
    return File(build_file_path(page.path), render(page, context.theme_for(tag), context.layouts[tag]))


@lru_cache(maxsize=64)
def _open_for_language(root: Path, _version: str) -> Theme:
    """Return the theme compiled for one language, kept open until its templates or words change."""
    return Theme(root)


@lru_cache(maxsize=1)
def _open_plain(root: Path, _version: str) -> Theme:
    """Return the theme for all languages, compiled once."""
    return Theme(root, FastEnvironment)


@lru_cache(maxsize=1)
def get_page_scanner(base: str) -> PageScanner:
    """Return the scanner of a site published below ``base``, which caches the links of its folders."""
    return PageScanner(base)
