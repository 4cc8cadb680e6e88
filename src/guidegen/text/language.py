"""The guide's languages, text that knows its language, and the words of the interface."""

import datetime
import gettext
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from guidegen.text import cldr


@dataclass(frozen=True, slots=True)
class LocalizedString:
    """Text and the BCP 47 tag of its language; an empty tag is for text without one, such as a phone number.

    ``states`` say what readers should know of it as a translation: ``fallback``, ``stale``, ``unrecorded``, ``machine``.
    """

    text: str
    language: str = ""
    states: tuple[str, ...] = field(default=(), compare=False)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``; numbers, addresses on the web and the like run left to right."""
        return cldr.direction(self.language) if self.language else "ltr"

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of the interface with runs of other text in it, each to be isolated when shown."""

    parts: tuple[str | LocalizedString, ...]

    @property
    def text(self) -> str:
        """The phrase without isolation, for places that hold plain text only."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The interface's words in one language, as its gettext catalog has them."""

    messages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rule: str = "(n != 1)"
    plural: Callable[[int], int] = field(default=lambda number: int(number != 1), compare=False)

    def __reduce__(self) -> tuple[Callable[..., "Catalog"], tuple[object, ...]]:
        return Catalog.ruled, (self.messages, self.rule)

    @classmethod
    def ruled(cls, messages: Mapping[str, tuple[str, ...]], rule: str) -> "Catalog":
        """A catalog with the rule for plurals of its gettext header."""
        return cls(messages, rule, gettext.c2py(rule))


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language as those read of it who do not speak it."""

    tag: str

    @property
    def own_name(self) -> str:
        """The language's name in itself."""
        return cldr.own_name(self.tag)

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return cldr.direction(self.tag)


@dataclass(frozen=True, slots=True)
class Language(LanguageName):
    """A language of the guide: its tag, how it is written, and what the interface says in it."""

    region: str = ""
    catalog: Catalog = field(default_factory=Catalog, repr=False)

    def say(self, message: str) -> str:
        """The interface's words for an English message; the message itself where they are missing."""
        translated = self.catalog.messages.get(message, ())
        return translated[0] if translated and translated[0] else message

    def phrase(self, message: str, **runs: str | LocalizedString | Message) -> Message:
        """The message with ``{name}`` places filled; ``Words`` keep their own language and direction."""
        return _filled(self.say(message), runs)

    def counted(self, one: str, many: str, number: int) -> str:
        """The message in the plural form of ``number``, with ``{number}`` filled."""
        forms = self.catalog.messages.get(one, ())
        index = self.catalog.plural(number)
        text = forms[index] if index < len(forms) and forms[index] else (one if number == 1 else many)
        return text.replace("{number}", str(number))

    def words(self, text: str) -> LocalizedString:
        """Text in this language."""
        return LocalizedString(text, self.tag)

    def date(self, day: datetime.date) -> LocalizedString:
        """A whole date, such as "November 3, 2026"."""
        return self.words(cldr.written_date(day, self.tag))

    def day_of_year(self, month: int, day: int) -> LocalizedString:
        """A day of every year, such as "November 3"."""
        return self.words(cldr.written_day(month, day, self.tag))

    def month(self, number: int) -> LocalizedString:
        """The name of a month, from 1 for January."""
        return self.words(cldr.month_names(self.tag)[number - 1])

    def time(self, minutes: int) -> LocalizedString:
        """A time of day, from minutes since midnight."""
        return self.words(cldr.written_time(minutes, self.tag, self.region))

    def price(self, amount: Decimal, currency: str) -> LocalizedString:
        """A price as it stands on a sign of the region."""
        return LocalizedString(cldr.written_price(amount, currency, self.region))

    def name_of(self, tag: str) -> str:
        """The name of another language for readers of this one."""
        return cldr.name_in(tag, self.tag)

    def join(self, parts: Sequence[str | LocalizedString | Message]) -> Message:
        """The parts as one list, "A, B and C"."""
        pattern = cldr.list_pattern(self.tag, len(parts))
        return _filled(pattern, {str(number): part for number, part in enumerate(parts)})


def _filled(pattern: str, runs: Mapping[str, str | LocalizedString | Message]) -> Message:
    parts: list[str | LocalizedString] = []
    for is_name, piece in _pieces(pattern):
        if not is_name:
            parts.append(piece)
            continue
        run = runs[piece]
        if isinstance(run, Message):
            parts += run.parts
        elif run:
            parts.append(run)
    return Message(tuple(parts))


@lru_cache(maxsize=4_096)
def _pieces(pattern: str) -> tuple[tuple[bool, str], ...]:
    """The texts and, marked with True, the names of a message with places to fill."""
    pieces = [(False, text) for text in pattern.split("{")[:1]]
    for piece in pattern.split("{")[1:]:
        name, closing, rest = piece.partition("}")
        pieces += [(True, name), (False, rest)] if closing else [(False, piece)]
    return tuple(piece for piece in pieces if piece[1])


def proper(name: str, source: str) -> LocalizedString:
    """A name or an address: in the source language, but in its own direction when that is from left to right."""
    strong = next((kind for kind in map(unicodedata.bidirectional, name) if kind in ("L", "R", "AL")), "L")
    return LocalizedString(name, "" if strong == "L" and cldr.direction(source) == "rtl" else source)


def message(text: str) -> str:
    """Marks a text as one of the interface's words, for the catalogs, where it stands apart from its use."""
    return text


def days_of_week(language: Language) -> tuple[str, ...]:
    """Monday to Sunday."""
    return cldr.day_names(language.tag)
