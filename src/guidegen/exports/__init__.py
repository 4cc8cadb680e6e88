"""Files for machines: each module makes its own. Adding one means naming it in ``EXPORTS``."""

from collections.abc import Callable, Iterator

from guidegen.exports import feed, hosting, sitemap
from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import File, Page
from guidegen.search import files as search

Export = Callable[[Guide, tuple[Language, ...], tuple[Page, ...]], Iterator[File]]

EXPORTS: tuple[Export, ...] = (sitemap.files, feed.files, hosting.files, search.files)
