"""Find links that do something other than they seem to, and describe it in a sentence for the editor."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from guidegen.content.hostnames import find_disguises, is_private_host, is_related, parse_host, parse_ip_address, to_ascii
from guidegen.patterns import compile_lazily

_MAX_SHOWN = 60
_MIN_DIGITS = 7
_PLAIN_ADDRESS = compile_lazily(r"[^\s@<>\"'?&=,;:\\/#%]+@[^\s@<>\"'?&=,;:\\/#%]+\.[^\s@<>\"'?&=,;:\\/#%.]+")
_SHOWN_URL = compile_lazily(r"https?:/{0,2}[^\s<>\"']+", re.IGNORECASE)
_SHOWN_EMAIL = compile_lazily(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_GENERIC_DOMAINS = "com|org|net|gov|edu|mil|int|info|biz"
_SHOWN_NAME = compile_lazily(
    rf"(?<![\w.@-])(?:(?:[\w-]+\.)+(?:{_GENERIC_DOMAINS})(?:\.[a-z]{{2}})?|www(?:\.[\w-]+)+)(?![\w-])", re.IGNORECASE
)
_NAME_ALONE = compile_lazily(r"(?:[\w-]+\.)+[a-z]{2,24}(?:/\S*)?")
_FILE = compile_lazily(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|zip|html?|md|js|mp[34])$", re.IGNORECASE)
_SHOWN_PHONE = compile_lazily(r"\+?\(?[0-9][0-9\s().\-‐‑–/]{4,}[0-9]")
_PHONE_ALONE = compile_lazily(r"[+(]?[0-9][0-9\s().\-‐‑–/]{1,}[0-9]")
_SHORT_NUMBER = compile_lazily(r"(?<![0-9-])(?:[2-9]11|988|112|999|[0-9]{6})(?![0-9-])")
"""Emergency and crisis numbers, and short codes for text messages, within a text."""
_VANITY = compile_lazily(r"(?<=[0-9][-. ])([A-Z]{3,7}(?:-[A-Z]{2,7})?)(?:\s*\([0-9]{2,7}\))?")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_NO_PHONE = compile_lazily(r"[12][0-9]{3}\s*[-–]\s*[12][0-9]{3}|[0-9]{5}-[0-9]{4}")
"""A range of years, or a ZIP+4 code."""
_DATE = compile_lazily(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}")

_NAME_HINT = "Write the public name of the website, such as  https://example.org/"
_PLAIN_HINT = "Write only the address. You may add a subject:  mailto:help@example.org?subject=Classes"
_NUMBER_HINT = "Write only the number, such as  tel:+1-555-555-0100  or  sms:741741"
_TEXT_HINT = "Make the text match the link, or use words as the text."


class Effect(NamedTuple):
    """An unexpected effect of a link. ``sentence`` continues "the link '…'"."""

    sentence: str
    hint: str


def find_effects(target: str, text: str = "") -> Iterator[Effect]:
    """Yield the unexpected effects of a link to ``target`` with this text."""
    scheme, _, rest = target.strip().partition(":")
    scheme = scheme.lower()
    if scheme in ("http", "https"):
        yield from _find_website_effects(target)
    elif scheme == "mailto":
        yield from _find_mail_effects(rest)
    elif scheme == "sms":
        yield from _find_message_effects(rest)
    elif scheme == "tel":
        yield from _find_call_effects(rest)
    if text:
        yield from _find_mismatches(scheme, target, _normalize(text))


# --- websites


def _find_website_effects(target: str) -> Iterator[Effect]:
    host = parse_host(target)
    if "%" in re.split(r"[\\/?#]", re.sub(r"^https?:[\\/]*", "", target.strip(), flags=re.IGNORECASE))[0]:
        yield Effect(f"hides where it leads with percent signs: to {_shorten(to_ascii(host))}", _NAME_HINT)
    yield from _find_host_effects(host)


def _find_host_effects(host: str) -> Iterator[Effect]:
    address = parse_ip_address(host)
    meaning = f", which is {address}" if address and str(address) != host.strip("[]") else ""
    if is_private_host(host):
        sentence = f"leads to the reader's own network, to {_shorten(to_ascii(host))}{meaning}"
        yield Effect(sentence, _NAME_HINT)
    elif address:
        yield Effect(f"leads to the number {_shorten(host)}{meaning}, not to the name of a website", _NAME_HINT)
    for disguise in find_disguises(host):
        hint = "Is this the website you mean? Copy its address from the browser."
        yield Effect(f"leads to {_shorten(to_ascii(host))}, which is not what it looks like: {disguise}", hint)


# --- mail


def _find_mail_effects(rest: str) -> Iterator[Effect]:
    path, _, query = rest.partition("?")
    addresses = _parse_recipients(path)
    for number, address in enumerate(addresses):
        if not _PLAIN_ADDRESS.fullmatch(address):
            yield Effect(f"writes to '{_shorten(address)}', which mail programs may read as more than an address", _PLAIN_HINT)
        elif number:
            yield Effect(f"would also write to {_shorten(address)}", _PLAIN_HINT)
        yield from _find_host_effects(parse_host(f"https://{address.rpartition('@')[2]}"))
    for name, value in _parse_parameters(query, r"[&?]|;(?=\s*(?:cc|bcc|to|body|attach\w*)=)"):
        yield from _find_header_effects(name, value)


def _find_header_effects(name: str, value: str) -> Iterator[Effect]:
    if not value.strip() and name in ("to", "cc", "bcc", "body"):
        return
    if name in ("to", "cc", "bcc"):
        secretly = ", hidden from the other recipients" if name == "bcc" else ""
        yield Effect(f"would also write to {_shorten(value)} ({name}){secretly}", _PLAIN_HINT)
    elif name == "body":
        yield Effect(f"would write “{_shorten(value)}” in the reader's name", _PLAIN_HINT)
    elif name.startswith("attach"):
        yield Effect(f"would attach the reader's file '{_shorten(value)}'", _PLAIN_HINT)
    elif name != "subject":
        yield Effect(f"would set '{_shorten(name)}' of the message to '{_shorten(value)}'", _PLAIN_HINT)
    elif re.search(r"[\r\n\x00]", value):
        yield Effect(f"would write more than a subject: “{_shorten(value)}”", _PLAIN_HINT)


def _parse_recipients(path: str) -> list[str]:
    return [address.strip() for address in re.split(r"[,;]", _decode(path)) if address.strip()]


def _parse_parameters(query: str, separators: str) -> Iterator[tuple[str, str]]:
    """Yield the parameters of an address as lowercase names and values."""
    for part in re.split(separators, query, flags=re.IGNORECASE):
        name, _, value = _decode(part).partition("=")
        name = name.strip().lower().removeprefix("amp;")
        if name:
            yield name, value


# --- text messages and calls


def _find_message_effects(rest: str) -> Iterator[Effect]:
    numbers, parameters = _parse_message(rest)
    if len(numbers) > 1:
        yield Effect(f"would write to several numbers: {_shorten(', '.join(numbers))}", _NUMBER_HINT)
    for number in numbers:
        yield from _find_number_effects(number, "writes to")
    for name, value in parameters:
        if name == "body":
            yield Effect(f"would write “{_shorten(value)}” in the reader's name", _NUMBER_HINT)
        else:
            yield Effect(f"gives the phone more than a number: '{_shorten(f'{name}={value}')}'", _NUMBER_HINT)


def _parse_message(rest: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the recipients of a text message and the other parameters, whatever separates them."""
    head = re.split("[?&;]", rest)[0]
    numbers: list[str] = []
    parameters: list[tuple[str, str]] = []
    for name, value in _parse_parameters(_decode(head) + rest[len(head) :], "[?&;]"):
        if name == "addresses" or not value:
            numbers += re.split("[,;]", value or name)
        elif value.strip():
            parameters.append((name, value))
    return [number.strip("/ ") for number in numbers if re.search("[0-9]", number)], parameters


def _find_call_effects(rest: str) -> Iterator[Effect]:
    number, *parameters = unicodedata.normalize("NFKC", _decode(rest)).split(";")
    yield from _find_number_effects(number.partition("?")[0], "calls")
    extras = [part for part in (*parameters, *number.split("?")[1:]) if not re.fullmatch(r"(?i)ext=[0-9.()-]{1,20}|", part)]
    code = re.search(r"[*#]", "".join(extras))
    if code and not re.search(r"[*#]", number):
        yield from _find_number_effects(";".join((number, *extras)), "calls")
    elif extras:
        yield Effect(f"gives the phone more than a number: '{_shorten(';'.join(extras))}'", _NUMBER_HINT)


def _find_number_effects(number: str, verb: str) -> Iterator[Effect]:
    dialed = unicodedata.normalize("NFKC", _decode(number))
    pause = re.search(r",|(?<=[0-9)\s.-])[pw](?=[\s.(-]*[0-9*#])", dialed, re.IGNORECASE)
    if re.search(r"[*#]", dialed):
        change = "which may change the phone's settings (call forwarding), instead of calling"
        yield Effect(f"dials the code '{_shorten(dialed)}', {change}", _NUMBER_HINT)
    elif pause:
        typed = dialed[pause.start() :].lstrip(",pwPW ")
        yield Effect(f"keeps dialing '{_shorten(typed)}' after the call is answered", _NUMBER_HINT)
        dialed = dialed[: pause.start()]
    if _is_premium(dialed):
        yield Effect(f"{verb} {_shorten(dialed)}, a number that costs extra", "Write a number without extra charges.")


def _is_premium(number: str) -> bool:
    """Return whether a number has area code 900 or exchange 976 of North America, or the international prefix +979."""
    digits = _keep_digits(number)
    if number.strip().startswith("+979"):
        return True
    if number.strip().startswith("+") and not digits.startswith("1"):
        return False
    return re.fullmatch(r"1?900[0-9]{7}|(?:1?[2-9][0-9]{2})?976[0-9]{4}", digits) is not None


# --- what the text shows


def _find_mismatches(scheme: str, target: str, text: str) -> Iterator[Effect]:
    """Yield an effect where the text of a link shows an address or number other than its target."""
    if scheme in ("http", "https"):
        yield from _find_web_mismatches(target, parse_host(target), text)
    elif scheme == "mailto":
        yield from _find_mail_mismatches(_parse_recipients(target.partition(":")[2].partition("?")[0]), text)
    elif scheme in ("tel", "sms"):
        yield from _find_phone_mismatches(target.partition(":")[2], text)


def _find_web_mismatches(target: str, host: str, text: str) -> Iterator[Effect]:
    destination = f"leads to {_shorten(to_ascii(host))}"
    for name in _find_hosts(text):
        if not is_related(name, host):
            yield Effect(f"shows '{_shorten(name)}' but {destination}", _TEXT_HINT)
    for address in _SHOWN_EMAIL.findall(text):
        if not is_related(address.rpartition("@")[2], host):
            yield Effect(f"shows the e-mail address {_shorten(address)} but {destination}", _TEXT_HINT)
    if _is_phone(text) and _keep_digits(text)[-_MIN_DIGITS:] not in _keep_digits(target):
        yield Effect(f"shows the number {_shorten(text.strip())} but {destination}", _TEXT_HINT)


def _find_mail_mismatches(addresses: list[str], text: str) -> Iterator[Effect]:
    destination = f"writes to {_shorten(', '.join(addresses))}"
    hosts = [address.rpartition("@")[2] for address in addresses]
    for address in _SHOWN_EMAIL.findall(text):
        if address.casefold() not in map(str.casefold, addresses):
            yield Effect(f"shows {_shorten(address)} but {destination}", _TEXT_HINT)
    for name in _find_hosts(text):
        if not any(is_related(name, host) for host in hosts):
            yield Effect(f"shows '{_shorten(name)}' but {destination}", _TEXT_HINT)
    if _is_phone(text):
        yield Effect(f"shows the number {_shorten(text.strip())} but {destination}", _TEXT_HINT)


def _find_phone_mismatches(rest: str, text: str) -> Iterator[Effect]:
    number = re.split("[;?&,]", _decode(rest))[0]
    phones = _find_phones(text)
    if phones and not any(_is_same_number(phone, number) for phone in phones):
        yield Effect(f"shows the number {_shorten(phones[0].strip())} but dials {_shorten(number)}", _TEXT_HINT)
    shown = [*_SHOWN_URL.findall(text), *_SHOWN_EMAIL.findall(text)]
    if _NAME_ALONE.fullmatch(text.strip()):
        shown.append(text.strip())
    if shown and not phones:
        yield Effect(f"shows '{_shorten(shown[0])}' but dials {_shorten(number)}", _TEXT_HINT)


def _find_hosts(text: str) -> list[str]:
    """Return the hosts of the web addresses that a text shows."""
    hosts = [parse_host(url.rstrip(".,;:!?)]}»”’")) for url in _SHOWN_URL.findall(text)]
    remainder = _SHOWN_EMAIL.sub(" ", _SHOWN_URL.sub(" ", text))
    names = _SHOWN_NAME.findall(remainder)
    stripped = remainder.strip(" .,;:!?()[]")
    if not names and _NAME_ALONE.fullmatch(stripped) and not _FILE.search(stripped):
        names = [stripped.partition("/")[0]]
    return list(dict.fromkeys([*filter(None, hosts), *(name.casefold() for name in names)]))


def _find_phones(text: str) -> list[str]:
    """Return the phone numbers in a text; if there are none, the short numbers of services such as 911."""
    if _PHONE_ALONE.fullmatch(text.strip()):
        return [text.strip()]
    spelled = _VANITY.sub(lambda match: match[1].translate(_KEYPAD), text)
    phones = [phone for phone in _SHOWN_PHONE.findall(_remove_extension(spelled)) if len(_keep_digits(phone)) >= _MIN_DIGITS]
    return phones or _SHORT_NUMBER.findall(text)


def _is_phone(text: str) -> bool:
    """Return whether a text is a phone number and nothing else."""
    stripped = text.strip()
    is_long = len(_keep_digits(stripped)) >= _MIN_DIGITS
    return (
        is_long
        and _PHONE_ALONE.fullmatch(stripped) is not None
        and not (_DATE.fullmatch(stripped) or _NO_PHONE.fullmatch(stripped))
    )


def _is_same_number(shown: str, dialed: str) -> bool:
    """Return whether two numbers end in the same digits. Country and trunk codes may differ."""
    first, second = (_keep_digits(number.replace("(0)", "")).lstrip("0") for number in (shown, dialed))
    count = min(len(first), len(second), 10)
    return first[-count:] == second[-count:] if count >= _MIN_DIGITS else first == second


def _remove_extension(text: str) -> str:
    return re.sub(r"(?i)(?:ext(?:ension)?|x)\.?\s*[0-9]+", " ", text)


def _keep_digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")


def _normalize(text: str) -> str:
    """Return a text with full-width letters, digits of any script, and special spaces in their ASCII form."""
    normal = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.decimal(character)) if character.isdecimal() else character for character in normal)
    return "".join(character for character in digits if unicodedata.category(character) != "Cf")


def _decode(text: str) -> str:
    """Return a text after repeated percent-decoding, because some programs decode twice."""
    for _ in range(3):
        text = unquote(text)
    return text


def _shorten(text: str) -> str:
    """Return a text for a message: one line, printable, at most ``_MAX_SHOWN`` characters."""
    line = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))
    return line if len(line) <= _MAX_SHOWN else line[: _MAX_SHOWN - 1] + "…"
