"""Pages to be made, in whatever process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from guidegen.build.link_graph import PageLinks, PageScanner
from guidegen.build.site_integrity import content_hash
from guidegen.model.page import File, Page
from guidegen.model.urls import file_of
from guidegen.site.components.layout import Layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import FastEnvironment


class RenderedPage(NamedTuple):
    """A page that was made: its bytes, what they are, and what stands in it."""

    file: File
    cache_key: bytes
    content_hash: bytes
    links: PageLinks | None


class RenderJob(NamedTuple):
    """A page to be made, and what names all that it is made from."""

    page: Page
    cache_key: bytes


@dataclass(frozen=True, slots=True)
class RenderContext:
    """All that pages take beside themselves: the chrome of each language, and the templates of the guide in ``root``.

    ``versions`` name the templates of each language; ``many`` pages repay specialising them. The site stands below ``base``.
    """

    root: Path
    base: str
    layouts: Mapping[str, Layout]
    versions: Mapping[str, str]
    is_large: bool = False

    def plain(self) -> Theme:
        """The templates as they come, for all languages."""
        return _plain(self.root, "\n".join(self.versions.values()))

    def theme(self, tag: str) -> Theme:
        """The templates for the pages of a language."""
        return _compile_per_language(self.root, self.versions[tag]) if self.is_large else self.plain()


def run_render_job(kitchen: RenderContext, orders: Sequence[RenderJob]) -> list[RenderedPage]:
    """The pages that were ordered; in whatever process."""
    made = []
    for page, made_from in orders:
        tag = page.language.tag
        file = File(file_of(page.path), render(page, kitchen.theme(tag), kitchen.layouts[tag]))
        made.append(RenderedPage(file, made_from, content_hash(file.content), scan_page(kitchen.base).scan(file)))
    return made


@lru_cache(maxsize=64)
def _compile_per_language(root: Path, _version: str) -> Theme:
    """The templates for the pages of one language, kept open as long as neither they nor its words change."""
    return Theme(root)


@lru_cache(maxsize=1)
def _plain(root: Path, _version: str) -> Theme:
    """The templates as they come, for all languages: compiled once."""
    return Theme(root, FastEnvironment)


@lru_cache(maxsize=1)
def scan_page(base: str) -> PageScanner:
    """What looks at the pages of a site that is published below ``base``, and knows the links of its folders."""
    return PageScanner(base)
