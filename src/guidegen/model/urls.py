"""The paths of pages and files, and the links to them. A page is a folder; its path ends with a slash.

Links between pages are relative and name ``index.html``, so that the guide also works when opened from a disk or a USB stick.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from guidegen.model import phone_numbers
from guidegen.patterns import compile_lazily

CHOOSER = ""
NOT_FOUND = "404.html"
NOT_SAVED = "/not-saved/"


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
    """Return the folder of the pages of a long list. It has no page of its own, so a partner may have the slug ``a-z``."""
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
    """Return the path of the web app manifest beside the home page in ``folder``."""
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


def chapters(language: str) -> str:
    return f"{language}/information/"


def chapter(language: str, name: str) -> str:
    return f"{language}/information/{name}/"


def not_saved(language: str) -> str:
    return f"{language}{NOT_SAVED}"


def partnership(language: str) -> str:
    return f"{language}/partnership/"


def open_data(language: str) -> str:
    return f"{language}/open-data/"


def own_page(language: str, name: str) -> str:
    return f"{language}/pages/{name}/"


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
    """Return the name in lowercase ASCII letters, digits and hyphens, with a short hash if any letters were lost."""
    decomposed = unicodedata.normalize("NFKD", name)
    ascii_name = decomposed.encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:50].strip("-")
    is_lossy = any(letter.isalpha() and not letter.isascii() for letter in decomposed)
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{short}-{digest}".strip("-") if is_lossy or not short else short


def build_file_path(path: str) -> str:
    """Return the path of the file that contains the page at ``path``."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def relative_url(here: str, there: str) -> str:
    """Return the relative link from the page at ``here`` to ``there``, which may have a fragment."""
    path, mark, fragment = there.partition("#")
    folder = here.rpartition("/")[0]
    parent, has_parent, _ = folder.rpartition("/")
    if has_parent and not path.startswith(folder):  # a link from the parent is likely cached, because siblings use it too
        return "../" + _build_relative_path(parent, path) + mark + fragment
    return _build_relative_path(folder, path) + mark + fragment


_is_safe = re.compile(r"[A-Za-z0-9/._~-]*").fullmatch


@lru_cache(maxsize=20_000)
def _build_relative_path(folder: str, path: str) -> str:
    """Return the percent-encoded path from a folder to the file of a page."""
    folder_parts = folder.split("/") if folder else []
    path_parts = path.split("/")
    if not path_parts[-1]:
        path_parts[-1] = "index.html"
    shared = 0
    while shared < len(folder_parts) and shared < len(path_parts) - 1 and folder_parts[shared] == path_parts[shared]:
        shared += 1
    relative_path = "../" * (len(folder_parts) - shared) + "/".join(path_parts[shared:])
    return relative_path if _is_safe(relative_path) else quote(relative_path)


def relative_folder(here: str, there: str) -> str:
    """Return the relative path from the page at ``here`` to the folder ``there``, with a trailing slash."""
    folder = there if there.endswith("/") or not there else f"{there}/"
    return relative_url(here, folder).removesuffix("index.html") or "./"


def absolute_url(address: str, path: str) -> str:
    """Return the full URL of a page of the guide published at ``address``."""
    return address.rstrip("/") + "/" + (path if _is_safe(path) else quote(path))


def host(address: str) -> str:
    """Return the host of a URL, or ``localhost`` if it has none."""
    return urlsplit(address).hostname or "localhost"


MAX_ADDRESS = 500
_SITE = compile_lazily(r"https?://(?P<host>[\w-]+(?:\.[\w-]+)*)(?::(?P<port>[0-9]+))?(?P<path>/.*)?", re.IGNORECASE)
_PATH = compile_lazily(r"(?:/(?:[\w.~!$&'()+,=@-]|%[0-9A-Fa-f]{2})*)*")
"""Excludes ``*`` and ``:``, which are patterns in ``_headers`` and ``_redirects``."""


def find_address_error(address: str) -> str:
    """Return a message that explains why a guide cannot be published at an address; empty if it can.

    Host names without a dot (``localhost``) are valid, because previews use them.
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
        invalid_character = re.sub(r"[\w/.~!$&'()+,=@%-]", "", parts["path"])[:1] or "%"
        return f"its path has the character '{invalid_character}' in it, which the address of a folder cannot have"
    if path.endswith((".html", ".htm")):
        return "it is the address of a page"
    return ""


def base_path(address: str) -> str:
    """Return the path of the guide's address, with a slash at both ends."""
    path = urlsplit(address).path.strip("/")
    return f"/{path}/" if path else "/"


@lru_cache(maxsize=4_096)
def phone_url(number: str, extension: str = "", region: str = "", kind: str = "") -> str:
    """Return a link that calls or texts a number: ``tel:`` (RFC 3966), ``sms:`` (RFC 5724), or WhatsApp's ``wa.me``.

    The comma before an extension is not in the RFC, but phones dial it as a pause.
    """
    digits = phone_numbers.dialed_digits(number, region)
    if kind == "whatsapp":
        return f"https://wa.me/{digits.removeprefix('+')}"
    if kind == "text":
        return f"sms:{digits}"
    return f"tel:{quote(digits, safe='+*')}" + (f",{quote(extension, safe='*')}" if extension else "")


def mail_url(address: str, subject: str = "") -> str:
    """Return a ``mailto:`` link (RFC 6068)."""
    return f"mailto:{quote(address, safe='@+')}" + (f"?subject={quote(subject)}" if subject else "")


def build_share_urls(text: str) -> tuple[str, str]:
    """Return links that open WhatsApp and the phone's messages app with a text. Nothing is sent until the reader sends it."""
    quoted = quote(text)
    return f"https://wa.me/?text={quoted}", f"sms:?&body={quoted}"


def directions_url(service: str, position: tuple[float, float] | None, address: str) -> str:
    """Return a link to directions to a position (latitude, longitude) or, without one, to an address.

    ``service`` is one of the ``maps`` in guide.yml: google, apple or openstreetmap.
    https://developers.google.com/maps/documentation/urls/get-started,
    https://developer.apple.com/library/archive/featuredarticles/iPhoneURLScheme_Reference/MapLinks/MapLinks.html,
    https://wiki.openstreetmap.org/wiki/Browsing#Other_URL_tricks
    """
    destination = quote(f"{position[0]},{position[1]}" if position else address, safe="")
    return {
        "google": f"https://www.google.com/maps/dir/?api=1&destination={destination}",
        "apple": f"https://maps.apple.com/?daddr={destination}",
        "openstreetmap": f"https://www.openstreetmap.org/directions?to={destination}",
    }[service]
