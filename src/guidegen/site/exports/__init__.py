"""Files for machines, one module each. To add an export, add it to ``EXPORTS``."""

from collections.abc import Callable, Iterator

from guidegen.cache.build_cache import BuildCache
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.records import dataclass
from guidegen.search import files as search
from guidegen.search import offline_index
from guidegen.site.exports import calendars, contacts, feed, hosting, sitemap, theme, web_manifest
from guidegen.site.exports.hsds import files as hsds
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class Export:
    """An export: ``files`` yields its files, and ``inputs`` returns all values that they depend on.

    The files are only generated again when the inputs change. An export of many parts has ``keep_parts``: its ``files`` takes the
    build cache as well, and ``keep_parts`` keeps the parts there if no file is generated.
    """

    name: str
    files: Callable[..., Iterator[File]]
    inputs: Callable[[Guide, tuple[Language, ...], tuple[Page, ...]], object]
    keep_parts: Callable[[Guide, tuple[Language, ...], BuildCache], None] | None = None

    def make(self, guide: Guide, languages: tuple[Language, ...], pages: tuple[Page, ...], cache: BuildCache) -> Iterator[File]:
        """Yield the files."""
        return self.files(guide, languages, pages, *((cache,) if self.keep_parts else ()))


EXPORTS = (
    Export("sitemap", sitemap.files, sitemap.inputs),
    Export("feed", feed.files, feed.inputs),
    Export("manifest", web_manifest.files, web_manifest.inputs),
    Export("theme", theme.files, theme.inputs),
    Export("hosting", hosting.files, hosting.inputs),
    Export("contacts", contacts.files, contacts.inputs),
    Export("calendars", calendars.files, calendars.inputs),
    Export("hsds", hsds.files, hsds.inputs, hsds.keep_parts),
    Export("search", offline_index.files, search.inputs),
)
