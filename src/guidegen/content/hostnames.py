"""Parse the hosts of web addresses as browsers do, and detect private networks and confusable names."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from guidegen.patterns import compile_lazily

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LOCAL_NAMES = (
    "localhost", "local", "internal", "lan", "home.arpa", "localdomain", "intranet", "private", "corp", "home",
    "localtest.me", "lvh.me", "fritz.box", "routerlogin.net", "tplinkwifi.net",
)  # fmt: skip
"""Names of the reader's own device or network (RFC 6761, 6762, 8375, ICANN's .internal), and public names that resolve there."""
_ADDRESS_IN_NAME = compile_lazily(r"(?:^|[.-])(\d{1,3}(?:[.-]\d{1,3}){3})\.(?:nip|sslip|xip)\.io$")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_DOTS = compile_lazily("[.。．｡]")
_JOINERS = "\u200c\u200d"
_ALLOWED_CHARACTERS = "-_·・׳״" + _JOINERS
"""Characters that IDNA allows inside a label."""
_SCRIPTS_BY_FIRST_WORD = {
    "CJK": "Han", "IDEOGRAPHIC": "Han", "ARABIC-INDIC": "Arabic", "EXTENDED": "Arabic", "KATAKANA-HIRAGANA": "Katakana",
}  # fmt: skip
"""Scripts of letters whose Unicode names do not start with their script, by the first word of the name."""
_SCRIPT_COMBINATIONS = (
    {"Latin", "Han", "Hiragana", "Katakana"},
    {"Latin", "Han", "Bopomofo"},
    {"Latin", "Han", "Hangul"},
)
"""Scripts that may be mixed in a label ("highly restrictive"). https://www.unicode.org/reports/tr39/#Restriction_Level_Detection"""
_MAX_LABEL = 63
_LOOKALIKES = {
    "Cyrillic": ("аысԁеԍһіюјӏорԗԛѕԝхуъьҽпгѵѡ", ("bg", "by", "kg", "kz", "mk", "mn", "rs", "ru", "su", "tj", "ua", "uz")),
    "Greek": ("αγεικνορυωητχ", ("cy", "gr")),
    "Armenian": ("ագզէլհյոսւօ", ("am",)),
    "Georgian": ("იოყძხჽჿ", ("ge",)),
    "Hebrew": ("דוחיןסװײ", ("il",)),
    "Thai": ("ทนบพรแดลปฟม", ("th",)),
}
"""Letters that look like Latin ones, and the top-level domains that may have labels of them alone, as in Chromium."""
_RARE_SCRIPTS = ("Cherokee", "Coptic", "Deseret", "Gothic", "Lisu", "Osage", "Canadian")
_PHONETIC = "ɑɡɩɪɴʀʏʙɢʜʟʋɯ" + "".join(map(chr, range(0x1D00, 0x1D80))) + "ꜱꜰ"
_STROKES = "ーノソンニ一丶丨丿〇工口ロ〆ヘへ二ハ八・"
"""Japanese and Chinese characters that look like a hyphen, a slash or a letter among Latin letters."""


def parse_host(target: str) -> str:
    """Return the host that a browser would open for an http or https address, in lowercase Unicode; empty if none.

    Follows the WHATWG URL standard, https://url.spec.whatwg.org/#host-parsing: decodes percent signs, normalizes full-width
    letters, and treats every kind of dot as a dot.
    """
    match = re.match(r"https?:[\\/]*([^\\/?#]*)", target.strip(), re.IGNORECASE)
    authority = match[1].rpartition("@")[2] if match else ""
    host = re.sub(r":\d*$", "", unquote(authority))
    return _normalize_host(host)


def _normalize_host(host: str) -> str:
    mapped = unicodedata.normalize("NFKC", host).lower()
    mapped = "".join(character for character in mapped if unicodedata.category(character) != "Cf" or character in _JOINERS)
    return ".".join(map(_decode_label, _DOTS.split(mapped.strip()))).rstrip(".")


def _decode_label(label: str) -> str:
    """Return a punycode label in Unicode: ``аррӏе`` for ``xn--80ak6aa92e``. Other labels are returned as they are."""
    if not label.startswith("xn--") or len(label) > _MAX_LABEL:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError):
        return label


def to_ascii(host: str) -> str:
    """Return the host as the DNS has it: labels with non-ASCII letters in punycode."""
    return ".".join(map(_encode_label, host.split(".")))


def _encode_label(label: str) -> str:
    return label if label.isascii() or len(label) > _MAX_LABEL else "xn--" + label.encode("punycode").decode()


def is_related(host: str, other: str) -> bool:
    """Return whether two hosts belong to the same website: equal, or one a subdomain of the other."""
    first, second = (_normalize_host(name).removeprefix("www.") for name in (host, other))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def parse_ip_address(host: str) -> IpAddress | None:
    """Return the IP address that browsers read in a host, also for ``2130706433``, ``0x7f.1`` and ``0177.0.0.1``, or None."""
    if ":" in host:
        try:
            return ipaddress.ip_address(host.strip("[]").partition("%")[0])
        except ValueError:
            return None
    parts = host.strip("[]").split(".")
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", parts[-1]):
        return None
    return _parse_ipv4(parts)


def _parse_ipv4(parts: list[str]) -> ipaddress.IPv4Address | None:
    """Return the address of one to four numbers, the last of which fills the remaining bytes; None if they do not fit."""
    try:
        numbers = [_parse_number(part) for part in parts]
    except ValueError:
        return None
    *first, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        return None
    return ipaddress.IPv4Address(sum(number << (24 - 8 * index) for index, number in enumerate(first)) + last)


def _parse_number(part: str) -> int:
    if not re.fullmatch(r"[0-9]{1,40}|0x[0-9a-f]{0,40}", part):
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") else int(part)


def is_private_host(host: str) -> bool:
    """Return whether a host is the reader's own device or in a private network."""
    address = parse_ip_address(host)
    if address:
        return _is_private(address)
    if any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        return True
    match = _ADDRESS_IN_NAME.search(host)
    embedded_address = parse_ip_address(match[1].replace("-", ".")) if match else None
    return embedded_address is not None and _is_private(embedded_address)


def _is_private(address: IpAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        embedded_address = address.ipv4_mapped or address.sixtofour
        if address in _NAT64 or int(address) >> 32 == 0:
            embedded_address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if embedded_address:
            return _is_private(embedded_address)
    return not address.is_global


def find_disguises(host: str) -> Iterator[str]:
    """Yield what is misleading in the labels of a host, such as a Cyrillic letter among Latin ones."""
    *_, top = labels = host.split(".")
    for label in labels:
        if not label.isascii() and (
            description := _find_forbidden_character(label) or _find_mixed_scripts(label) or _find_lookalikes(label, top)
        ):
            yield description


def _find_forbidden_character(label: str) -> str:
    """Return a description of the first character that a domain name cannot have; else an empty text."""
    for character in label:
        name = unicodedata.name(character, "a character without a name").lower()
        is_other = unicodedata.category(character)[0] in "PSZC" or name.startswith("modifier letter")
        if is_other and not character.isascii() and character not in _ALLOWED_CHARACTERS:
            return f"'{_make_printable(label)}' has the character {_format_code_point(character)} ({name})"
    return ""


def _find_mixed_scripts(label: str) -> str:
    scripts = {script: letter for letter in reversed(label) if (script := get_script(letter))}
    if len(scripts) < 2 or any(scripts.keys() <= allowed for allowed in _SCRIPT_COMBINATIONS):
        return ""
    usual = "Latin" if "Latin" in scripts else get_script(next(filter(get_script, label)))
    foreign = [letter for letter in dict.fromkeys(label) if get_script(letter) not in ("", usual)][:3]
    letters = ", ".join(f"'{letter}' ({_format_code_point(letter)}) is {get_script(letter)}" for letter in foreign)
    return f"'{label}' mixes scripts: {letters}, the rest is {usual}"


def _find_lookalikes(label: str, top: str) -> str:
    """Return a description of a label whose letters look like Latin ones; else an empty text."""
    letters = [letter for letter in label if get_script(letter)]
    script = get_script(letters[0]) if letters else ""
    lookalikes, tops = _LOOKALIKES.get(script, ("", ()))
    is_expected = top in tops or (not top.isascii() and top != label and get_script(top[0]) == script)
    if script in _RARE_SCRIPTS or (lookalikes and not is_expected and all(letter in lookalikes for letter in letters)):
        return f"all letters of '{label}' are {script} and look like Latin ones"
    phonetic = [letter for letter in letters if letter in _PHONETIC]
    if phonetic:
        return f"'{phonetic[0]}' ({_format_code_point(phonetic[0])}) in '{label}' is a phonetic letter that looks like another"
    other = [letter for letter in letters if get_script(letter) != "Latin"]
    if len(other) < len(letters) and all(letter in _STROKES for letter in other):
        strokes = [letter for letter in other if letter in _STROKES]
        return f"'{strokes[0]}' ({_format_code_point(strokes[0])}) in '{label}' is {get_script(strokes[0])}" if strokes else ""
    return ""


def get_script(letter: str) -> str:
    """Return the script of a letter or digit, such as ``Cyrillic``; empty for characters of all scripts, such as a hyphen."""
    if letter.isascii():
        return "Latin" if letter.isalpha() else ""
    if unicodedata.category(letter)[0] not in "LN":
        return ""
    word = unicodedata.name(letter, "").partition(" ")[0]
    return _SCRIPTS_BY_FIRST_WORD.get(word, word.capitalize())


def _format_code_point(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def _make_printable(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
