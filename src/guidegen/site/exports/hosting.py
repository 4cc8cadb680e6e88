"""Files for static hosts: headers with the content security policy, redirects, and ``.nojekyll``."""

from collections.abc import Iterator
from urllib.parse import quote

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import CSP, File, Page
from guidegen.text.language import Language


def inputs(guide: Guide, _languages: tuple[Language, ...], pages: tuple[Page, ...]) -> object:
    """Return the address of the guide and the redirects."""
    return guide.settings.address, tuple(_format_redirects(guide, pages))


def files(guide: Guide, _languages: tuple[Language, ...], pages: tuple[Page, ...]) -> Iterator[File]:
    """Yield ``_headers`` and ``_redirects`` for Netlify, Cloudflare Pages and others, and ``.nojekyll`` for GitHub Pages."""
    base = urls.base_path(guide.settings.address)
    headers = {
        "Content-Security-Policy": f"{CSP}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), interest-cohort=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers.items())]
    lines += [f"{base}data/*", "  Access-Control-Allow-Origin: *", ""]  # so that programs on other websites can read open data
    yield File("_headers", "\n".join(lines).encode())
    redirects = list(_format_redirects(guide, pages))
    if redirects:
        yield File("_redirects", "\n".join([*redirects, ""]).encode())
    yield File(".nojekyll", b"")


def _format_redirects(guide: Guide, pages: tuple[Page, ...]) -> Iterator[str]:
    """Yield a rule for each page that moved.

    One rule is enough: hosts redirect ``old`` and ``old/index.html`` to ``old/`` themselves, because a page is there. No rule is
    forced with ``301!``, which Cloudflare rejects; Netlify then serves the redirect page, which leads to the same place.
    """
    base = urls.base_path(guide.settings.address)
    for page in pages:
        if page.moved_to:
            yield f"{base}{quote(page.path)} {base}{quote(page.moved_to)} 301"
