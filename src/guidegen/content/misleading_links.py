"""Links that do something else than they seem to: what a link would do, in a sentence for the editor."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from guidegen.content.hostnames import address_of, disguises, host_of, is_in_own_network, is_related, to_ascii

_MAX_SHOWN = 60
_MIN_DIGITS = 7
_PLAIN_ADDRESS = re.compile(r"[^\s@<>\"'?&=,;:\\/#%]+@[^\s@<>\"'?&=,;:\\/#%]+\.[^\s@<>\"'?&=,;:\\/#%.]+")
_SHOWN_URL = re.compile(r"https?:/{0,2}[^\s<>\"']+", re.IGNORECASE)
_SHOWN_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_GENERIC = "com|org|net|gov|edu|mil|int|info|biz"
_SHOWN_NAME = re.compile(
    rf"(?<![\w.@-])(?:(?:[\w-]+\.)+(?:{_GENERIC})(?:\.[a-z]{{2}})?|www(?:\.[\w-]+)+)(?![\w-])", re.IGNORECASE
)
_NAME_ALONE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?:/\S*)?")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|zip|html?|md|js|mp[34])$", re.IGNORECASE)
_SHOWN_PHONE = re.compile(r"\+?\(?[0-9][0-9\s().\-‐‑–/]{4,}[0-9]")
_PHONE_ALONE = re.compile(r"[+(]?[0-9][0-9\s().\-‐‑–/]{1,}[0-9]")
_SHORT_NUMBER = re.compile(r"(?<![0-9-])(?:[2-9]11|988|112|999|[0-9]{6})(?![0-9-])")
"""Numbers of emergency and crisis services, and codes to which people write, within a text."""
_VANITY = re.compile(r"(?<=[0-9][-. ])([A-Z]{3,7}(?:-[A-Z]{2,7})?)(?:\s*\([0-9]{2,7}\))?")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_NO_PHONE = re.compile(r"[12][0-9]{3}\s*[-–]\s*[12][0-9]{3}|[0-9]{5}-[0-9]{4}")
"""Two years, and a ZIP code with four more digits."""
_DATE = re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}")

_NAME_HINT = "Write the address by its name as everybody can open it, such as  https://example.org/"
_PLAIN_HINT = "Write the address alone; a subject may follow:  mailto:help@example.org?subject=Classes"
_NUMBER_HINT = "Write the number alone, such as  tel:+1-555-555-0100  or  sms:741741"
_TEXT_HINT = "Let the text and the link name the same, or write words as the text."


class Effect(NamedTuple):
    """What a link would do beside what it seems to do; ``sentence`` follows "the link '…'"."""

    sentence: str
    hint: str


def effects(target: str, text: str = "") -> Iterator[Effect]:
    """Yield what the link would do that readers do not expect, if its text is ``text``."""
    scheme, _, rest = target.strip().partition(":")
    scheme = scheme.lower()
    if scheme in ("http", "https"):
        yield from _website_effects(target)
    elif scheme == "mailto":
        yield from _mail_effects(rest)
    elif scheme == "sms":
        yield from _message_effects(rest)
    elif scheme == "tel":
        yield from _call_effects(rest)
    if text:
        yield from _mismatches(scheme, target, _plain(text))


# --- websites


def _website_effects(target: str) -> Iterator[Effect]:
    host = host_of(target)
    if "%" in re.split(r"[\\/?#]", re.sub(r"^https?:[\\/]*", "", target.strip(), flags=re.IGNORECASE))[0]:
        yield Effect(f"hides where it leads behind percent signs: to {_shown(to_ascii(host))}", _NAME_HINT)
    yield from _host_effects(host)


def _host_effects(host: str) -> Iterator[Effect]:
    address = address_of(host)
    meaning = f", which is {address}" if address and str(address) != host.strip("[]") else ""
    if is_in_own_network(host):
        sentence = f"leads into the reader's own network, to {_shown(to_ascii(host))}{meaning}"
        yield Effect(sentence, _NAME_HINT)
    elif address:
        yield Effect(f"leads to the number {_shown(host)}{meaning}, which names no website", _NAME_HINT)
    for disguise in disguises(host):
        hint = "Is this the website you mean? Copy its address from the browser."
        yield Effect(f"leads to {_shown(to_ascii(host))}, which is not what it looks like: {disguise}", hint)


# --- mail


def _mail_effects(rest: str) -> Iterator[Effect]:
    path, _, query = rest.partition("?")
    addresses = _receivers(path)
    for number, address in enumerate(addresses):
        if not _PLAIN_ADDRESS.fullmatch(address):
            yield Effect(f"writes to '{_shown(address)}', in which mail programs may read more than an address", _PLAIN_HINT)
        elif number:
            yield Effect(f"would also write to {_shown(address)}", _PLAIN_HINT)
        yield from _host_effects(host_of(f"https://{address.rpartition('@')[2]}"))
    for name, value in _parameters(query, r"[&?]|;(?=\s*(?:cc|bcc|to|body|attach\w*)=)"):
        yield from _header_effects(name, value)


def _header_effects(name: str, value: str) -> Iterator[Effect]:
    if not value.strip() and name in ("to", "cc", "bcc", "body"):
        return
    if name in ("to", "cc", "bcc"):
        secretly = ", which the other receivers do not see" if name == "bcc" else ""
        yield Effect(f"would also write to {_shown(value)} ({name}){secretly}", _PLAIN_HINT)
    elif name == "body":
        yield Effect(f"would write “{_shown(value)}” in the reader's name", _PLAIN_HINT)
    elif name.startswith("attach"):
        yield Effect(f"would attach the reader's file '{_shown(value)}'", _PLAIN_HINT)
    elif name != "subject":
        yield Effect(f"would set '{_shown(name)}' of the message to '{_shown(value)}'", _PLAIN_HINT)
    elif re.search(r"[\r\n\x00]", value):
        yield Effect(f"would write more than a subject: “{_shown(value)}”", _PLAIN_HINT)


def _receivers(path: str) -> list[str]:
    return [address.strip() for address in re.split(r"[,;]", _decoded(path)) if address.strip()]


def _parameters(query: str, separators: str) -> Iterator[tuple[str, str]]:
    """Yield names in small letters and values of the parameters of an address."""
    for part in re.split(separators, query, flags=re.IGNORECASE):
        name, _, value = _decoded(part).partition("=")
        name = name.strip().lower().removeprefix("amp;")
        if name:
            yield name, value


# --- text messages and calls


def _message_effects(rest: str) -> Iterator[Effect]:
    numbers, parameters = _message_parts(rest)
    if len(numbers) > 1:
        yield Effect(f"would write to several numbers: {_shown(', '.join(numbers))}", _NUMBER_HINT)
    for number in numbers:
        yield from _number_effects(number, "writes to")
    for name, value in parameters:
        if name == "body":
            yield Effect(f"would write “{_shown(value)}” in the reader's name", _NUMBER_HINT)
        else:
            yield Effect(f"hands more than a number to the phone: '{_shown(f'{name}={value}')}'", _NUMBER_HINT)


def _message_parts(rest: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the receivers of a text message, and the parameters beside them, however they are separated."""
    head = re.split("[?&;]", rest)[0]
    numbers: list[str] = []
    parameters: list[tuple[str, str]] = []
    for name, value in _parameters(_decoded(head) + rest[len(head) :], "[?&;]"):
        if name == "addresses" or not value:
            numbers += re.split("[,;]", value or name)
        elif value.strip():
            parameters.append((name, value))
    return [number.strip("/ ") for number in numbers if re.search("[0-9]", number)], parameters


def _call_effects(rest: str) -> Iterator[Effect]:
    number, *parameters = unicodedata.normalize("NFKC", _decoded(rest)).split(";")
    yield from _number_effects(number.partition("?")[0], "calls")
    more = [part for part in (*parameters, *number.split("?")[1:]) if not re.fullmatch(r"(?i)ext=[0-9.()-]{1,20}|", part)]
    code = re.search(r"[*#]", "".join(more))
    if code and not re.search(r"[*#]", number):
        yield from _number_effects(";".join((number, *more)), "calls")
    elif more:
        yield Effect(f"hands more than a number to the phone: '{_shown(';'.join(more))}'", _NUMBER_HINT)


def _number_effects(number: str, verb: str) -> Iterator[Effect]:
    dialed = unicodedata.normalize("NFKC", _decoded(number))
    pause = re.search(r",|(?<=[0-9)\s.-])[pw](?=[\s.(-]*[0-9*#])", dialed, re.IGNORECASE)
    if re.search(r"[*#]", dialed):
        change = "which may change the phone's settings (call forwarding), instead of calling"
        yield Effect(f"dials the code '{_shown(dialed)}', {change}", _NUMBER_HINT)
    elif pause:
        typed = dialed[pause.start() :].lstrip(",pwPW ")
        yield Effect(f"goes on dialing '{_shown(typed)}' after the call is answered", _NUMBER_HINT)
        dialed = dialed[: pause.start()]
    if _is_premium(dialed):
        yield Effect(f"{verb} {_shown(dialed)}, a number that costs extra", "Write a number that costs no more than others.")


def _is_premium(number: str) -> bool:
    """Return whether a number is of area code 900 or exchange 976 of North America, or of the shared +979."""
    digits = _digits(number)
    if number.strip().startswith("+979"):
        return True
    if number.strip().startswith("+") and not digits.startswith("1"):
        return False
    return re.fullmatch(r"1?900[0-9]{7}|(?:1?[2-9][0-9]{2})?976[0-9]{4}", digits) is not None


# --- what the text shows


def _mismatches(scheme: str, target: str, text: str) -> Iterator[Effect]:
    """Yield where the text of a link shows an address or a number other than its target."""
    if scheme in ("http", "https"):
        yield from _web_mismatches(target, host_of(target), text)
    elif scheme == "mailto":
        yield from _mail_mismatches(_receivers(target.partition(":")[2].partition("?")[0]), text)
    elif scheme in ("tel", "sms"):
        yield from _phone_mismatches(target.partition(":")[2], text)


def _web_mismatches(target: str, host: str, text: str) -> Iterator[Effect]:
    leads = f"leads to {_shown(to_ascii(host))}"
    for name in _shown_hosts(text):
        if not is_related(name, host):
            yield Effect(f"shows '{_shown(name)}' and {leads}", _TEXT_HINT)
    for address in _SHOWN_EMAIL.findall(text):
        if not is_related(address.rpartition("@")[2], host):
            yield Effect(f"shows the e-mail address {_shown(address)} and {leads}", _TEXT_HINT)
    if _is_phone(text) and _digits(text)[-_MIN_DIGITS:] not in _digits(target):
        yield Effect(f"shows the number {_shown(text.strip())} and {leads}", _TEXT_HINT)


def _mail_mismatches(addresses: list[str], text: str) -> Iterator[Effect]:
    writes = f"writes to {_shown(', '.join(addresses))}"
    hosts = [address.rpartition("@")[2] for address in addresses]
    for address in _SHOWN_EMAIL.findall(text):
        if address.casefold() not in map(str.casefold, addresses):
            yield Effect(f"shows {_shown(address)} and {writes}", _TEXT_HINT)
    for name in _shown_hosts(text):
        if not any(is_related(name, host) for host in hosts):
            yield Effect(f"shows '{_shown(name)}' and {writes}", _TEXT_HINT)
    if _is_phone(text):
        yield Effect(f"shows the number {_shown(text.strip())} and {writes}", _TEXT_HINT)


def _phone_mismatches(rest: str, text: str) -> Iterator[Effect]:
    number = re.split("[;?&,]", _decoded(rest))[0]
    phones = _shown_phones(text)
    if phones and not any(_is_same_number(phone, number) for phone in phones):
        yield Effect(f"shows the number {_shown(phones[0].strip())} and dials {_shown(number)}", _TEXT_HINT)
    shown = [*_SHOWN_URL.findall(text), *_SHOWN_EMAIL.findall(text)]
    if _NAME_ALONE.fullmatch(text.strip()):
        shown.append(text.strip())
    if shown and not phones:
        yield Effect(f"shows '{_shown(shown[0])}' and dials {_shown(number)}", _TEXT_HINT)


def _shown_hosts(text: str) -> list[str]:
    """Return the hosts of the web addresses that a text shows."""
    hosts = [host_of(url.rstrip(".,;:!?)]}»”’")) for url in _SHOWN_URL.findall(text)]
    rest = _SHOWN_EMAIL.sub(" ", _SHOWN_URL.sub(" ", text))
    names = _SHOWN_NAME.findall(rest)
    alone = rest.strip(" .,;:!?()[]")
    if not names and _NAME_ALONE.fullmatch(alone) and not _FILE.search(alone):
        names = [alone.partition("/")[0]]
    return list(dict.fromkeys([*filter(None, hosts), *(name.casefold() for name in names)]))


def _shown_phones(text: str) -> list[str]:
    """Return the phone numbers that a text shows: long ones, or else those of services such as 911."""
    if _PHONE_ALONE.fullmatch(text.strip()):
        return [text.strip()]
    spelled = _VANITY.sub(lambda match: match[1].translate(_KEYPAD), text)
    phones = [phone for phone in _SHOWN_PHONE.findall(_without_extension(spelled)) if len(_digits(phone)) >= _MIN_DIGITS]
    return phones or _SHORT_NUMBER.findall(text)


def _is_phone(text: str) -> bool:
    """Return whether a text is a phone number and nothing else."""
    alone = text.strip()
    is_long = len(_digits(alone)) >= _MIN_DIGITS
    return is_long and _PHONE_ALONE.fullmatch(alone) is not None and not (_DATE.fullmatch(alone) or _NO_PHONE.fullmatch(alone))


def _is_same_number(shown: str, dialed: str) -> bool:
    """Return whether two ways to write a number end in the same digits; country and trunk codes may differ."""
    first, second = (_digits(number.replace("(0)", "")).lstrip("0") for number in (shown, dialed))
    count = min(len(first), len(second), 10)
    return first[-count:] == second[-count:] if count >= _MIN_DIGITS else first == second


def _without_extension(text: str) -> str:
    return re.sub(r"(?i)(?:ext(?:ension)?|x)\.?\s*[0-9]+", " ", text)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def _plain(text: str) -> str:
    """Return a text with wide letters, digits of all scripts and kinds of spaces in their plain form."""
    normal = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in normal)
    return "".join(sign for sign in digits if unicodedata.category(sign) != "Cf")


def _decoded(text: str) -> str:
    """Return a text with its percent signs decoded, also where they were encoded twice: some programs decode twice."""
    for _ in range(3):
        text = unquote(text)
    return text


def _shown(text: str) -> str:
    """Return a text for a message: on one line, without invisible characters, not too long."""
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in " ".join(text.split()))
    return line if len(line) <= _MAX_SHOWN else line[: _MAX_SHOWN - 1] + "…"
