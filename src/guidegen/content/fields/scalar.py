"""Readers of single values: what may be written, and what to say when something else is."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import add
from typing import ClassVar, Protocol, TypeVar
from urllib.parse import urlsplit

from guidegen.content import markdown_lint
from guidegen.content.fields.context import ReadingContext, field_name, scalar_text, shortened
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model import phone_numbers
from guidegen.model.problems import Problem, Severity, suggest
from guidegen.model.translatable import NO_TEXT, TranslatableText
from guidegen.text import cldr

T_co = TypeVar("T_co", covariant=True)


class Reader(Protocol[T_co]):
    """Turns a node into a value; None, with a problem reported, when it cannot."""

    @property
    def wanted(self) -> str:
        """What may be written, with an example: the end of a hint."""

    def read(self, node: Node, at: str, reading: ReadingContext) -> T_co | None:
        """The value at the path ``at``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line."""

    empty: ClassVar[object] = ""
    limit: int = 200
    wanted: str = "a short text"

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        stripped = " ".join(text.split())
        if len(stripped) > self.limit:
            message = f"'{field_name(at)}' is {len(stripped)} characters long; at most {self.limit} fit"
            reading.report(node, message, "Shorten the text.", "too-long")
            return None
        if not stripped:
            reading.report(node, f"'{field_name(at)}' is empty", f"Write {self.wanted}, or remove the line.", "empty")
            return None
        reading.report_misspellings(node, stripped)
        return stripped


@dataclass(frozen=True, slots=True)
class Translated:
    """A text that may be translated; ``markdown`` ones keep their lines."""

    empty: ClassVar[object] = NO_TEXT
    limit: int = 300
    markdown: bool = False
    wanted: str = "a text"

    def read(self, node: Node, at: str, reading: ReadingContext) -> TranslatableText | None:
        text = self.text(node, at, reading)
        return None if text is None else reading.text(at, text)

    def text(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        """The text in one language."""
        if not self.markdown:
            return Line(self.limit, self.wanted).read(node, at, reading)
        text = scalar_text(node, at, reading, self.wanted)
        if text is None or not isinstance(node, ScalarNode):
            return None
        if len(text) > self.limit:
            message = f"'{field_name(at)}' is {len(text)} characters long; at most {self.limit} fit"
            reading.report(node, message, "Shorten the text.", "too-long")
            return None
        faults = [*markdown_lint.lint(node.text, frozenset()), *_swallowed(node, at, reading)]
        faults = faults or [*_more_than_an_article(text, reading)]
        for fault in faults:
            line = node.line_of(fault.line)
            reading.problems.append(Problem(reading.source, line, 1, fault.message, fault.hint, "markdown"))
        for warning in () if faults else markdown_lint.misleading_links(node.text):
            line = node.line_of(warning.line)
            reading.problems.append(
                Problem(reading.source, line, 1, warning.message, warning.hint, "misleading-link", Severity.WARNING)
            )
        reading.report_misspellings(node, node.text)
        return text


def _more_than_an_article(text: str, reading: ReadingContext) -> Iterator[markdown_lint.LintError]:
    """A fault at the text with which those of a file become more than one page can show in good time; told once."""
    before = reading.markdown or (0,) * len(markdown_lint.count_marks(""))
    reading.markdown = tuple(map(add, before, markdown_lint.count_marks(text)))
    fault = markdown_lint.exceeded_limit(reading.markdown, "the texts of this file together have")
    if fault and not markdown_lint.exceeded_limit(before, ""):
        yield fault


def _swallowed(node: ScalarNode, at: str, reading: ReadingContext) -> Iterator[markdown_lint.LintError]:
    """Keys that became a part of the text above them, because they stand too far right."""
    names = {name for _, fields in reading.around for name in fields}
    for number, line in enumerate(node.text.split("\n") if node.block else ()):
        key = re.match(r"([a-z_]+):(?:\s|$)", line)
        if key and key[1] in names:
            hint = "Move the line to the left, to the column of the keys around it. Is it a part of the text? Begin it otherwise."
            yield markdown_lint.LintError(number, f"'{key[1]}' stands inside of the text of '{field_name(at)}'", hint)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of one line that fits a pattern."""

    empty: ClassVar[object] = ""
    expression: str
    kind: str
    wanted: str

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if not re.fullmatch(self.expression, text):
            message = f"'{field_name(at)}' is '{shortened(text)}', which is not {self.kind}"
            reading.report(node, message, f"Write {self.wanted}", "value")
            return None
        return text


KEY = Pattern(r"[a-z0-9-]{1,60}", "a key", "a short name of small letters a-z, digits and hyphens, such as  main-office")
SLUG = Pattern(r"[a-z0-9-]{1,60}", "the file name of a partner", "the file name without .yml, such as  food-bank")
POSTAL_CODE = Pattern(
    r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}", "a postal code", 'the code as it is written on a letter, such as  "02101"'
)
EMAIL = Pattern(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}",
    "an e-mail address",
    "an address such as  hello@example.org",
)
IMAGE = Pattern(
    r"images/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(?:png|jpg|jpeg|webp|avif)",
    "a picture in content/images",
    "the name of a PNG, JPEG, WebP or AVIF file in content/images, such as  images/logo.png",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; ``meanings`` explains each, ``also`` maps what people write instead."""

    meanings: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> str:
        return "one of  " + ", ".join(self.meanings)

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None or text in self.meanings:
            return text
        meant = self.also.get(text.casefold(), "")
        hint = f"Did you mean:  {meant}" if meant else suggest(text, self.meanings)
        if hint.startswith("Did"):
            hint += f"   ({self.wanted})"
        reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', which is not one of its values", hint, "choice")
        return None


@dataclass(frozen=True, slots=True)
class YesNo:
    """yes or no. To say that something is not known, the key is left out."""

    wanted: str = "yes or no; leave the key out if it is not known"

    def read(self, node: Node, at: str, reading: ReadingContext) -> bool | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        known = {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower())
        if known is None:
            message = f"'{field_name(at)}' is '{shortened(text)}', which is neither yes nor no"
            reading.report(node, message, f"Write {self.wanted}", "yes-no")
        return known


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number between two bounds."""

    least: int = 0
    most: int = 100_000

    @property
    def wanted(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def read(self, node: Node, at: str, reading: ReadingContext) -> int | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,9}", text) and self.least <= int(text) <= self.most:
            return int(text)
        reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', not {self.wanted}", f"Write {self.wanted}.", "number")
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A price without its currency."""

    wanted: str = "an amount such as  25  or  12.50"

    def read(self, node: Node, at: str, reading: ReadingContext) -> Decimal | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", text):
            return Decimal(text)
        hint = f"Write {self.wanted}"
        number = re.fullmatch(r"[$€£] ?([0-9]+(?:\.[0-9]{1,2})?)", text)
        if number:
            hint = f"Write the number alone, and the currency beside it:  amount: {number[1]}, currency: USD"
        elif text.casefold() == "free":
            hint = "For something free write  cost: {free: yes}"
        reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', which is not an amount", hint, "amount")
        return None


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number as people write it, of the guide's country or with its own country code, or a short code such as 911.

    An extension inside the number is kept behind `` ext. ``.
    """

    wanted: str = 'the number as people dial it, such as  "(555) 555-0114"  or  +1 555 555 0114'

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        region = reading.where.country
        if re.search(r"\+.*\(0\)", text):
            reading.report(
                node, f"'{field_name(at)}' has a (0) after the country code", "Leave the (0) out:  +44 20 7946 0018", "phone"
            )
            return None
        if phone_numbers.is_short(text):
            return text
        if phone_numbers.parse_number(text, region) or (not phone_numbers.is_region(region) and _is_phone(text)):
            inside = phone_numbers.find_extension(text, region)
            return phone_numbers.format_number(text, region) + (f" ext. {inside}" if inside else "")
        hint = f"Write {self.wanted}"
        extension = re.search(r"(?i)(?:ext(?:ension)?|x)\.? *([0-9]+)$", text)
        if extension:
            hint = f'Write the extension in its own key:  extension: "{extension[1]}"'
        elif re.search(r"[;,/]|\b(?:or|and)\b", text):
            hint = f"Write one number for each entry. {hint}"
        elif re.search(r"[0-9]", text) and re.search(r"[A-Za-z]", text):
            hint = f"Write digits in place of the letters. {hint}"
            number, note = re.fullmatch(r"([0-9 ().+-]*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # fits all
            if phone_numbers.parse_number(number.strip(" (-"), region):
                hint = f'Write the words under  note:   number: "{number.strip(" (-")}", note: {note.strip(" ()")}'
        elif not re.search(r"[0-9]", text):
            hint = f"{hint}; if there is none, remove the line"
        reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', which is not a phone number", hint, "phone")
        return None


def _is_phone(text: str) -> bool:
    """Return whether a text may be a phone number of a country that is not known: 7 to 15 digits (ITU-T E.164)."""
    digits = re.sub(r"[^0-9]", "", text)
    balanced = text.count("(") == text.count(")") <= 1 and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    return bool(re.fullmatch(r"\+?[0-9(][0-9 ().\u00a0/-]*[0-9]", text)) and 7 <= len(digits) <= 15 and balanced


@dataclass(frozen=True, slots=True)
class Url:
    """An address on the web, https or http."""

    wanted: str = "a whole address such as  https://example.org/classes"

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if _is_web_address(text):
            return text
        hint = f"Write {self.wanted}"
        if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", text):
            hint = f"Write it with https:// in front:  https://{text}"
        reading.report(node, f"'{field_name(at)}' is '{shortened(text)}', which is not a web address", hint, "url")
        return None


def _is_web_address(text: str) -> bool:
    if len(text) > 2000 or re.search(r"[\s<>\"'\\^`{|}]", text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    named = re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) is not None
    return parts.scheme in ("https", "http") and named and not parts.username and (port is None or port > 0)


@dataclass(frozen=True, slots=True)
class StandardCode:
    """A code that a standard knows."""

    is_known: Callable[[str], bool]
    kind: str
    wanted: str

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None or self.is_known(text):
            return text
        message = f"'{field_name(at)}' is '{shortened(text)}', which is not {self.kind}"
        reading.report(node, message, f"Write {self.wanted}", "value")
        return None


COUNTRY = StandardCode(cldr.is_territory, "the code of a country", "two capital letters (ISO 3166), such as  US")
CURRENCY = StandardCode(cldr.is_currency_code, "the code of a currency", "three capital letters (ISO 4217), such as  USD")


@dataclass(frozen=True, slots=True)
class Degrees:
    """A coordinate in decimal degrees (WGS 84)."""

    wanted: str = "degrees such as  42.391"

    def read(self, node: Node, at: str, reading: ReadingContext) -> float | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,10})?", text) and abs(float(text)) <= 180:
            return float(text)
        reading.report(
            node, f"'{field_name(at)}' has '{shortened(text)}', which is not in degrees", f"Write {self.wanted}", "number"
        )
        return None


@dataclass(frozen=True, slots=True)
class AnyValue:
    """Values of any shape, kept as JSON: guidegen does not read them."""

    wanted: str = "what another program keeps here"

    def read(self, node: Node, at: str, reading: ReadingContext) -> str:  # noqa: ARG002  # as every reader
        return json.dumps(_plain(node), ensure_ascii=False, sort_keys=True)


def _plain(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {key.text: _plain(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [_plain(item) for item in node.items]
    return None if node.is_empty else node.text
