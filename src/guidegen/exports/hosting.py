"""Files for static hosts: headers with the content security policy, and a sign that pages are not to be rebuilt."""

from collections.abc import Iterator

from guidegen import urls
from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import CSP, File, Page


def reads(guide: Guide, _languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> object:
    """The address."""
    return guide.settings.address


def files(guide: Guide, _languages: tuple[Language, ...], _pages: tuple[Page, ...]) -> Iterator[File]:
    """``_headers`` as Netlify, Cloudflare Pages and others read it, and ``.nojekyll`` for GitHub Pages."""
    base = urls.base_path(guide.settings.address)
    headers = {
        "Content-Security-Policy": f"{CSP}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers.items()), ""]
    yield File("_headers", "\n".join(lines).encode())
    yield File(".nojekyll", b"")
