"""The guide's languages, text tagged with its language, and the translated interface."""

import datetime
import gettext
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, TypeVar

from guidegen.records import dataclass
from guidegen.text import cldr, formats

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class LocalizedString:
    """A text and the BCP 47 tag of its language. The tag is empty if it has no language, such as a phone number.

    ``states`` say what readers should know about it as a translation: ``fallback``, ``stale``, ``unrecorded``, ``machine``.
    """

    text: str
    language: str = ""
    states: tuple[str, ...] = field(default=(), compare=False)

    @property
    def direction(self) -> str:
        """The writing direction, ``ltr`` or ``rtl``. Text without a language, such as a number or a URL, is ``ltr``."""
        return cldr.direction(self.language) if self.language else "ltr"

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Message:
    """An interface message with embedded runs of other text, each of which is isolated when it is shown."""

    parts: tuple[str | LocalizedString, ...]

    @property
    def text(self) -> str:
        """The message as plain text, without isolation."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The gettext catalog of one language: the translations of the interface messages, and the plural rule."""

    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: str = "(n != 1)"
    plural: Callable[[int], int] = field(default=lambda number: int(number != 1), compare=False)

    def __reduce__(self) -> tuple[Callable[..., "Catalog"], tuple[object, ...]]:
        return Catalog.ruled, (self.messages, self.rule)

    @classmethod
    def ruled(cls, messages: Mapping[str, tuple[str, ...]], rule: str) -> "Catalog":
        """Return a catalog with the plural rule ``rule``, an expression from a gettext header."""
        return cls(messages, rule, gettext.c2py(rule))


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language tag with the language's own name and direction."""

    tag: str

    @property
    def own_name(self) -> str:
        """The language's name in the language itself."""
        return cldr.own_name(self.tag)

    @property
    def direction(self) -> str:
        """The writing direction, ``ltr`` or ``rtl``."""
        return cldr.direction(self.tag)


@dataclass(frozen=True, slots=True)
class Language(LanguageName):
    """A language of the guide, with its interface translations and the region whose formats it uses.

    ``fallback`` is the language of the interface if the catalog lacks many messages; otherwise it is empty.
    """

    region: str = ""
    catalog: Catalog = field(default_factory=Catalog, repr=False)
    fallback: str = ""
    remembered: dict[tuple[object, ...], Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The results of functions with the decorator ``remember``."""

    def __reduce__(self) -> tuple[type["Language"], tuple[object, ...]]:
        return Language, (self.tag, self.region, self.catalog, self.fallback)

    @property
    def interface(self) -> str:
        """The tag of the interface's language: this language, or its fallback if too little of its interface is translated.

        Headings, dates, times and lists are all in this one language, so that no sentence is made of two.
        """
        return self.fallback or self.tag

    def say(self, message: str) -> str:
        """Return the translation of an English interface message, or the message itself if there is none."""
        translated = self.catalog.messages.get(message, ())
        return translated[0] if translated and translated[0] else message

    def phrase(self, message: str, **runs: str | LocalizedString | Message) -> Message:
        """Return the translated message with its ``{name}`` placeholders filled.

        A ``LocalizedString`` keeps its own language and direction.
        """
        return _fill(self.say(message), runs)

    def counted(self, one: str, many: str, number: int) -> str:
        """Return the translated message in the plural form for ``number``, with ``{number}`` filled.

        ``one`` and ``many`` are the English singular and plural.
        """
        forms = self.catalog.messages.get(one, ())
        index = self.catalog.plural(number)
        text = forms[index] if index < len(forms) and forms[index] else (one if number == 1 else many)
        return text.replace("{number}", str(number))

    def localize(self, text: str) -> LocalizedString:
        """Return a text of the interface, tagged with its language."""
        return LocalizedString(text, self.interface)

    def date(self, day: datetime.date) -> LocalizedString:
        """Return a date in the long format, such as "November 3, 2026"."""
        return self.localize(formats.written_date(day, self.interface, self.region))

    def day_of_year(self, month: int, day: int) -> LocalizedString:
        """Return a date without its year, such as "November 3"."""
        return self.localize(formats.written_day(month, day, self.interface, self.region))

    def month(self, number: int) -> LocalizedString:
        """Return the name of a month. January is 1."""
        return self.localize(formats.month_names(self.interface)[number - 1])

    def time(self, minutes: int) -> LocalizedString:
        """Return a time of day, given in minutes since midnight."""
        return self.localize(formats.written_time(minutes, self.interface, self.region))

    def price(self, amount: Decimal, currency: str) -> LocalizedString:
        """Return a price in the format of the region."""
        return LocalizedString(formats.written_price(amount, currency, self.region))

    def distance(self, number: float) -> LocalizedString:
        """Return a distance in the unit of the region."""
        return self.localize(formats.written_distance(number, self.interface, self.region))

    def name_of(self, tag: str) -> str:
        """Return the name of a language in this language."""
        return cldr.name_in(tag, self.interface)

    def join(self, parts: Sequence[str | LocalizedString | Message]) -> Message:
        """Return the parts as a list, such as "A, B, and C"."""
        pattern = formats.list_pattern(self.interface, len(parts))
        return _fill(pattern, {str(number): part for number, part in enumerate(parts)})

    @staticmethod
    def separate(parts: Sequence[str | LocalizedString | Message]) -> Message:
        """Return the parts with dots between them, for parts that have commas or conditions of their own."""
        pattern = " · ".join(f"{{{number}}}" for number in range(len(parts)))
        return _fill(pattern, {str(number): part for number, part in enumerate(parts)})


def remember(function: Callable[..., Result]) -> Callable[..., Result]:
    """Remember the results of a function whose last argument is a language, as long as that is in use.

    It is for functions with few different arguments, such as times of day, because nothing is forgotten.
    """

    @wraps(function)
    def wrapper(*arguments: Any) -> Result:
        remembered = arguments[-1].remembered
        key = (function, *arguments[:-1])
        if key not in remembered:
            remembered[key] = function(*arguments)
        result: Result = remembered[key]
        return result

    return wrapper


def _fill(pattern: str, runs: Mapping[str, str | LocalizedString | Message]) -> Message:
    parts: list[str | LocalizedString] = []
    for is_placeholder, piece in _split_pattern(pattern):
        if not is_placeholder:
            parts.append(piece)
            continue
        run = runs[piece]
        if isinstance(run, Message):
            parts += run.parts
        elif run:
            parts.append(run)
    return Message(tuple(parts))


@lru_cache(maxsize=4_096)
def _split_pattern(pattern: str) -> tuple[tuple[bool, str], ...]:
    """Split a pattern into its texts (with False) and the names of its placeholders (with True)."""
    start, *segments = pattern.split("{")
    pieces = [(False, start)]
    for segment in segments:
        name, closing_brace, text = segment.partition("}")
        pieces += [(True, name), (False, text)] if closing_brace else [(False, segment)]
    return tuple((is_placeholder, piece) for is_placeholder, piece in pieces if piece)


def proper_name(name: str, source: str) -> LocalizedString:
    """Return a name or an address tagged with the source language.

    A left-to-right name in a right-to-left source language gets no language, so that it keeps its own direction.
    """
    directions = map(unicodedata.bidirectional, name)
    first_strong = next((direction for direction in directions if direction in ("L", "R", "AL")), "L")
    return LocalizedString(name, "" if first_strong == "L" and cldr.direction(source) == "rtl" else source)


def message(text: str) -> str:
    """Mark a text for the translation catalogs, if it is not passed to ``say`` directly."""
    return text


def days_of_week(language: Language) -> tuple[str, ...]:
    """Return the names of the weekdays, from Monday."""
    return formats.day_names(language.interface)
