"""Readers of single values. Each checks one node and reports what is wrong with it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import Decimal
from typing import ClassVar, Protocol, TypeVar
from urllib.parse import urlsplit

from guidegen.content.fields import intended
from guidegen.content.fields.context import ReadingContext, get_field_name, read_scalar_text, shorten
from guidegen.content.yaml.parser import ListNode, MappingNode, Node
from guidegen.model.problems import suggest
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text import cldr
from guidegen.text.collation import strip_accents

T_co = TypeVar("T_co", covariant=True)


class Reader(Protocol[T_co]):
    """A reader of one kind of value. It turns a node into a value, or reports a problem and returns None."""

    @property
    def expected(self) -> str:
        """The expected form, with an example. Hints put it after the word "Write"."""

    def read(self, node: Node, path: str, context: ReadingContext) -> T_co | None:
        """Return the value of a node, or report a problem and return None. ``path`` is its dotted path."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text of one line that fits a pattern."""

    empty: ClassVar[object] = ""
    expression: str
    kind: str
    expected: str
    correct: Callable[[str], str] | None = None

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if not re.fullmatch(self.expression, text):
            message = f"'{get_field_name(path)}' is '{shorten(text)}', which is not {self.kind}"
            guess = self.correct(text) if self.correct else ""
            context.report(node, message, f"Did you mean:  {guess}" if guess else f"Write {self.expected}", "value")
            return None
        return text


def _to_key(text: str) -> str:
    """Return a key in lowercase letters and hyphens: ``main-office`` for ``Main Office``."""
    return re.sub(r"[^a-z0-9]+", "-", intended.fold(text)).strip("-")[:60]


KEY = Pattern(
    r"[a-z0-9-]{1,60}", "a key", "a short name in lowercase letters a-z, digits and hyphens, such as  main-office", _to_key
)
TYPE_NAME = Pattern(r"[^\n\r]{1,60}", "a service type", "the id of a service type in content/services.yml, such as  food")
"""Any text: people write the name in place of the id, and only the check of the whole guide knows both."""
SLUG = Pattern(r"[a-z0-9-]{1,60}", "the file name of a partner", "the file name without .yml, such as  food-bank")
POSTAL_CODE = Pattern(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}", "a postal code", 'the code as written on an envelope, such as  "02101"')
EMAIL = Pattern(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}",
    "an e-mail address",
    "an address such as  hello@example.org",
    intended.email,
)


def _correct_image(text: str) -> str:
    """Return the path of a picture with its folder, letters that a web address can have, and a lowercase ending."""
    name = text.strip().replace("\\", "/").rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    fitting = f"{re.sub(r'[^A-Za-z0-9._-]+', '-', strip_accents(stem)).strip('-._')}.{ending.lower()}"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(?:png|jpg|jpeg|webp|avif)", fitting):
        return ""
    return f"images/{fitting}" + (f"   (and rename the file to  {fitting})" if fitting != name else "")


IMAGE = Pattern(
    r"images/[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(?:png|jpg|jpeg|webp|avif)",
    "the path of a picture that can be published",
    "the name of a PNG, JPEG, WebP or AVIF file in content/images, such as  images/logo.png",
    _correct_image,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words. ``meanings`` explains each; ``synonyms`` maps other words to them, and ``interpret`` knows more."""

    meanings: Mapping[str, str]
    synonyms: Mapping[str, str] = field(default_factory=dict)
    interpret: Callable[[str], str] | None = field(default=None, compare=False)

    @property
    def expected(self) -> str:
        return "one of  " + ", ".join(self.meanings)

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None or text in self.meanings:
            return text
        guess = self.synonyms.get(text.casefold(), "") or (self.interpret(text).strip("[]") if self.interpret else "")
        hint = f"Did you mean:  {guess}" if guess else suggest(text, self.meanings)
        if hint.startswith("Did"):
            hint += f"   ({self.expected})"
        context.report(node, f"'{get_field_name(path)}' is '{shorten(text)}', which is not an allowed value", hint, "choice")
        return None


@dataclass(frozen=True, slots=True)
class YesNo:
    """``yes`` or ``no``. A key whose answer is not known is left out."""

    expected: str = "yes or no; leave the key out if it is not known"

    def read(self, node: Node, path: str, context: ReadingContext) -> bool | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        value = {"yes": True, "true": True, "no": False, "false": False}.get(text.strip().lower())
        if value is None:
            message = f"'{get_field_name(path)}' is '{shorten(text)}', which is neither yes nor no"
            guess = intended.yes_no(text, get_field_name(path))
            context.report(node, message, f"Did you mean:  {guess}" if guess else f"Write {self.expected}", "yes-no")
        return value


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number between two bounds."""

    minimum: int = 0
    maximum: int = 100_000

    @property
    def expected(self) -> str:
        return f"a whole number from {self.minimum} to {self.maximum}"

    def read(self, node: Node, path: str, context: ReadingContext) -> int | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,9}", text) and self.minimum <= int(text) <= self.maximum:
            return int(text)
        context.report(
            node, f"'{get_field_name(path)}' is '{shorten(text)}', not {self.expected}", f"Write {self.expected}.", "number"
        )
        return None


@dataclass(frozen=True, slots=True)
class Amount:
    """A price without its currency."""

    expected: str = "an amount such as  25  or  12.50"

    def read(self, node: Node, path: str, context: ReadingContext) -> Decimal | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if re.fullmatch(r"[0-9]{1,7}(\.[0-9]{1,2})?", text):
            return Decimal(text)
        hint = f"Write {self.expected}"
        guess = intended.cost(text, context.jurisdiction.country)
        if "amount:" in guess:
            hint = f"Write the number alone, and the currency beside it:  {guess.strip('{}')}"
        elif guess in ("{free: yes}", "{sliding: yes}"):
            hint = f"Write  cost: {guess}"
        elif re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?", text):
            hint = f"Write it without a comma:  amount: {text.replace(',', '')}"
        elif numbers := re.fullmatch(r"[$€£]?([0-9]+)\s*(?:-|–|to|a|bis)\s*[$€£]?([0-9]+)", text):
            hint = f"Write the lowest price, and the rest as a note:  amount: {numbers[1]}, note: up to {numbers[2]}"
        context.report(node, f"'{get_field_name(path)}' is '{shorten(text)}', which is not an amount", hint, "amount")
        return None


@dataclass(frozen=True, slots=True)
class Url:
    """A web address with ``https`` or ``http``."""

    expected: str = "a full address such as  https://example.org/classes"

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if _is_web_address(text):
            return text
        hint = f"Write {self.expected}"
        guess = intended.web_address(text)
        if guess and guess == f"https://{text}":
            hint = f"Write it with https:// in front:  {guess}"
        elif guess and guess != text:
            hint = f"Did you mean:  {guess}"
        elif EMAIL_LIKE.fullmatch(text):
            hint = "This is an e-mail address: write it under  email:  and the web address here, or remove the line."
        elif re.search(r"\s", text) and "." in text:
            hint = f"{hint}: an address has no spaces"
        context.report(node, f"'{get_field_name(path)}' is '{shorten(text)}', which is not a web address", hint, "url")
        return None


EMAIL_LIKE = compile_lazily(r"[^\s/:]+@[^\s/:]+\.[^\s/:]+")


def _is_web_address(text: str) -> bool:
    if len(text) > 2000 or re.search(r"[\s<>\"'\\^`{|}]", text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_domain = re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) is not None
    return parts.scheme in ("https", "http") and is_domain and not parts.username and (port is None or port > 0)


@dataclass(frozen=True, slots=True)
class StandardCode:
    """A code of a standard, such as ISO 3166."""

    is_known: Callable[[str], bool]
    kind: str
    expected: str
    correct: Callable[[str, str], str]

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None or self.is_known(text):
            return text
        message = f"'{get_field_name(path)}' is '{shorten(text)}', which is not {self.kind}"
        guess = self.correct(text, context.jurisdiction.country)
        context.report(node, message, f"Did you mean:  {guess}" if guess else f"Write {self.expected}", "value")
        return None


def _find_country(text: str, _country: str) -> str:
    return cldr.territory_by_name(text)


COUNTRY = StandardCode(cldr.is_territory, "the code of a country", "two capital letters (ISO 3166), such as  US", _find_country)
CURRENCY = StandardCode(
    cldr.is_currency_code, "the code of a currency", "three capital letters (ISO 4217), such as  USD", intended.currency
)


@dataclass(frozen=True, slots=True)
class Degrees:
    """A coordinate in decimal degrees (WGS 84)."""

    expected: str = "degrees such as  42.391"

    def read(self, node: Node, path: str, context: ReadingContext) -> float | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,10})?", text) and abs(float(text)) <= 180:
            return float(text)
        context.report(
            node, f"'{get_field_name(path)}' has '{shorten(text)}', which is not in degrees", f"Write {self.expected}", "number"
        )
        return None


@dataclass(frozen=True, slots=True)
class AnyValue:
    """A value of any shape, kept as JSON. guidegen does not interpret it."""

    expected: str = "data of another program"

    def read(self, node: Node, path: str, context: ReadingContext) -> str:  # noqa: ARG002  # the signature of Reader
        return json.dumps(_to_python(node), ensure_ascii=False, sort_keys=True)


def _to_python(node: Node) -> object:
    if isinstance(node, MappingNode):
        return {key.text: _to_python(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [_to_python(item) for item in node.items]
    return None if node.is_empty else node.text
