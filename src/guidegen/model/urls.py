"""Addresses: every page is a folder with a trailing slash, and every link between pages is relative.

Links name the folder's ``index.html``, so that the guide also works when it is opened from a disk or a USB stick.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from guidegen.model import phone_numbers

CHOOSER = ""
NOT_FOUND = "404.html"


def home(language: str) -> str:
    return f"{language}/"


def search(language: str) -> str:
    return f"{language}/search/"


def services(language: str) -> str:
    return f"{language}/services/"


def service_type(language: str, type_id: str) -> str:
    return f"{language}/services/{type_id}/"


def partners(language: str) -> str:
    return f"{language}/partners/"


def partners_by_letter(language: str) -> str:
    """Below it are the parts of a long list. No page is there, so that a partner may be called so."""
    return f"{language}/partners/a-z/"


def partner(language: str, slug: str) -> str:
    return f"{language}/partners/{slug}/"


def spoken_languages(language: str) -> str:
    return f"{language}/languages/"


def spoken_language(language: str, code: str) -> str:
    return f"{language}/languages/{code.lower()}/"


def handout(language: str, type_id: str) -> str:
    return f"{language}/handout/{type_id}/"


def my_list(language: str) -> str:
    return f"{language}/my-list/"


def offline(language: str) -> str:
    return f"{language}/offline/"


def offline_list(language: str) -> str:
    return f"{language}/offline.json"


def single_file(language: str) -> str:
    return f"{language}/guide.html"


def manifest(folder: str) -> str:
    """``folder`` is that of a home page."""
    return f"{folder}manifest.webmanifest"


def contact_card(slug: str) -> str:
    return f"data/contacts/{slug}.vcf"


def calendar(slug: str) -> str:
    return f"data/calendars/{slug}.ics"


def areas(language: str) -> str:
    return f"{language}/areas/"


def area(language: str, name: str) -> str:
    return f"{language}/areas/{slug(name)}/"


def role(language: str, name: str) -> str:
    return f"{language}/for/{name}/"


def spotlights(language: str) -> str:
    return f"{language}/spotlights/"


def spotlight(language: str, name: str) -> str:
    return f"{language}/spotlights/{name}/"


def about(language: str) -> str:
    return f"{language}/about/"


def privacy(language: str) -> str:
    return f"{language}/privacy/"


def external_links(language: str) -> str:
    return f"{language}/external-links/"


def accessibility(language: str) -> str:
    return f"{language}/accessibility/"


def feed(language: str) -> str:
    return f"{language}/feed.xml"


@lru_cache(maxsize=4_096)
def slug(name: str) -> str:
    """The name in small Latin letters, digits and hyphens; a short hash where other letters are lost."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-")
    lost = any(letter.isalpha() and not letter.isascii() for letter in unicodedata.normalize("NFKD", name))
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{short}-{digest}".strip("-") if lost or not short else short


def file_of(path: str) -> str:
    """The file of the site that holds the page at ``path``."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def relative_url(here: str, there: str) -> str:
    """A link from the page at ``here`` to ``there``, both relative to the site; a fragment is kept."""
    path, mark, fragment = there.partition("#")
    start = here.rpartition("/")[0]
    above, is_below, _ = start.rpartition("/")
    if is_below and not path.startswith(start):  # as from the folder above: that way is known from its other folders
        return "../" + _way(above, path) + mark + fragment
    return _way(start, path) + mark + fragment


_SAFE = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


@lru_cache(maxsize=20_000)
def _way(start: str, path: str) -> str:
    """The way from a folder to the file of a page: up as far as needed, then down."""
    up = start.split("/") if start else []
    down = path.split("/")
    if not down[-1]:
        down[-1] = "index.html"
    shared = 0
    while shared < len(up) and shared < len(down) - 1 and up[shared] == down[shared]:
        shared += 1
    way = "../" * (len(up) - shared) + "/".join(down[shared:])
    return way if _SAFE(way) else quote(way)


def parent_folder(here: str, there: str) -> str:
    """The way from the page at ``here`` to the folder ``there``, with a slash at its end."""
    inside = there if there.endswith("/") or not there else f"{there}/"
    return relative_url(here, inside).removesuffix("index.html") or "./"


def absolute_url(address: str, path: str) -> str:
    """The full address of a page of the guide published at ``address``."""
    return address.rstrip("/") + "/" + (path if _SAFE(path) else quote(path))


def host(address: str) -> str:
    """The host of a full address."""
    return urlsplit(address).hostname or "localhost"


MAX_ADDRESS = 500
_SITE = re.compile(r"https?://(?P<host>[\w-]+(?:\.[\w-]+)*)(?::(?P<port>[0-9]+))?(?P<path>/.*)?", re.IGNORECASE)
_PATH = re.compile(r"(?:/(?:[\w.~!$&'()+,=@-]|%[0-9A-Fa-f]{2})*)*")
"""Without ``*`` and ``:``, which are patterns in ``_headers`` and ``_redirects``."""


def site_address_fault(address: str) -> str:
    """Return why a guide cannot be published at an address, in words; empty where it can.

    Names of one word (``localhost``) are fine: a preview may be there.
    """
    if len(address) > MAX_ADDRESS:
        return f"it has {len(address):,} characters; at most {MAX_ADDRESS} fit"
    parts = _SITE.fullmatch(address)
    if parts is None or any(len(label) > 63 for label in parts["host"].split(".")):
        return "it is not a whole address of a folder"
    if parts["port"] and not 1 <= int(parts["port"]) <= 65_535:
        return f"there is no port {parts['port']}; ports have numbers from 1 to 65535"
    path = unquote(parts["path"] or "")
    if re.search(r"/\.{1,2}(?:/|$)|//|[\x00-\x1f\x7f\\]", path):
        return "its path has '.', '..', '//' or a control character in it; write the folder itself"
    if not _PATH.fullmatch(parts["path"] or ""):
        sign = re.sub(r"[\w/.~!$&'()+,=@%-]", "", parts["path"])[:1] or "%"
        return f"its path has the character '{sign}' in it, which the address of a folder cannot have"
    if path.endswith((".html", ".htm")):
        return "it is the address of a page"
    return ""


def base_path(address: str) -> str:
    """The path below which the guide is published, with a slash at both ends."""
    path = urlsplit(address).path.strip("/")
    return f"/{path}/" if path else "/"


@lru_cache(maxsize=4_096)
def phone_url(number: str, extension: str = "", region: str = "", kind: str = "") -> str:
    """Return the address that calls a number or writes to it: ``tel:`` (RFC 3966), ``sms:`` (RFC 5724), or WhatsApp's.

    The comma before an extension is not of the RFC; it is what phones understand as a pause.
    """
    digits = phone_numbers.dialed_digits(number, region)
    if kind == "whatsapp":
        return f"https://wa.me/{digits.removeprefix('+')}"
    if kind == "text":
        return f"sms:{digits}"
    return f"tel:{quote(digits, safe='+*')}" + (f",{quote(extension, safe='*')}" if extension else "")


def mail_url(address: str, subject: str = "") -> str:
    """A ``mailto:`` address (RFC 6068)."""
    return f"mailto:{quote(address, safe='@+')}" + (f"?subject={quote(subject)}" if subject else "")


def share_url(text: str) -> tuple[str, str]:
    """Links that open WhatsApp, and the phone's messages, with a text; nothing is sent before the reader does."""
    quoted = quote(text)
    return f"https://wa.me/?text={quoted}", f"sms:?&body={quoted}"


def directions_url(service: str, position: tuple[float, float] | None, address: str) -> str:
    """Return a link that shows the way to a place, by its position or else by its address; ``service`` is one of ``maps``.

    https://developers.google.com/maps/documentation/urls/get-started,
    https://developer.apple.com/library/archive/featuredarticles/iPhoneURLScheme_Reference/MapLinks/MapLinks.html,
    https://wiki.openstreetmap.org/wiki/Browsing#Other_URL_tricks
    """
    goal = quote(f"{position[0]},{position[1]}" if position else address, safe="")
    return {
        "google": f"https://www.google.com/maps/dir/?api=1&destination={goal}",
        "apple": f"https://maps.apple.com/?daddr={goal}",
        "openstreetmap": f"https://www.openstreetmap.org/directions?to={goal}",
    }[service]
