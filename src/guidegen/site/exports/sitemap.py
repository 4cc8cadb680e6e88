"""``sitemap.xml`` with the languages of each page (https://www.sitemaps.org), and a ``robots.txt`` that names it."""

from collections.abc import Iterator
from html import escape

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.text.language import Language

MAX_ADDRESSES = 40_000  # the protocol allows 50,000 in one file


def inputs(guide: Guide, _languages: tuple[Language, ...], pages: tuple[Page, ...]) -> object:
    """Return the path and the alternates of each page. Pages share their alternates, so each group is written once."""
    groups = {id(page.alternates): page.alternates for page in pages}
    numbers = {group: number for number, group in enumerate(groups)}
    listed = "\n".join(f"{page.path} {numbers[id(page.alternates)]}" for page in pages if not page.moved_to)
    alternates = "\n".join(" ".join(alternate.identity for alternate in group) for group in groups.values())
    return guide.settings.address, listed, alternates


def files(guide: Guide, _languages: tuple[Language, ...], pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield the sitemap and ``robots.txt``. The sitemap of a very large guide is an index with several parts."""
    address = guide.settings.address
    listed = [
        page for page in pages if not page.moved_to and page.path != urls.NOT_FOUND and not page.path.endswith(urls.NOT_SAVED)
    ]
    parts = [listed[start : start + MAX_ADDRESSES] for start in range(0, len(listed), MAX_ADDRESSES)]
    if len(parts) == 1:
        yield File("sitemap.xml", _write_sitemap(parts[0], address))
    else:
        for number, part in enumerate(parts, 1):
            yield File(f"sitemap-{number}.xml", _write_sitemap(part, address))
        yield File("sitemap.xml", _write_index(len(parts), address))
    yield File("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute_url(address, 'sitemap.xml')}\n".encode())


def _write_sitemap(pages: list[Page], address: str) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in pages:
        links = "".join(
            _write_alternate(alternate.language.tag, urls.absolute_url(address, alternate.path))
            for alternate in page.alternates
            if alternate.is_same
        )
        lines.append(f"<url><loc>{_escape(urls.absolute_url(address, page.path))}</loc>{links}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()


def _write_index(count: int, address: str) -> bytes:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    parts = (_escape(urls.absolute_url(address, f"sitemap-{number}.xml")) for number in range(1, count + 1))
    lines += (f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    return "\n".join([*lines, "</sitemapindex>", ""]).encode()


def _write_alternate(tag: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{tag}" href="{escape(address)}"/>'


def _escape(address: str) -> str:
    return address.replace("&", "&amp;")
