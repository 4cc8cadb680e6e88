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

    ``key_prefixes`` has the beginning of the cache keys of each language's pages, which changes with its templates. The site is
    published below the path ``base``.
    """

    root: Path
    base: str
    layouts: Mapping[str, Layout]
    key_prefixes: Mapping[str, str]

    def open_theme(self) -> Theme:
        """Return the theme of the guide."""
        return _open_theme(self.root, "\n".join(self.key_prefixes.values()))


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
    return File(build_file_path(page.path), render(page, context.open_theme(), context.layouts[tag]))


@lru_cache(maxsize=1)
def _open_theme(root: Path, _version: str) -> Theme:
    """Return the theme of a guide, kept open until its templates or words change."""
    return Theme(root)


@lru_cache(maxsize=1)
def get_page_scanner(base: str) -> PageScanner:
    """Return the scanner of a site published below ``base``, which caches the links of its folders."""
    return PageScanner(base)
