"""Texts with translations, and the status of each translation."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import field

from guidegen.records import dataclass
from guidegen.text.language import LocalizedString


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in one language, with its status as a translation.

    ``state`` is ``source``, ``fresh``, ``stale`` (the source has changed since) or ``unrecorded``.
    ``by`` is ``human``, ``machine``, ``reviewed``, or empty for the source.
    """

    text: str
    state: str = "source"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The translation of a text that a reader sees. ``is_fallback`` is True if it is not in the reader's language."""

    text: LocalizedString
    translation: Translation
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class TranslatableText:
    """A text in one or more languages, the source language first."""

    translations: Mapping[str, Translation] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.translations)

    def resolve(self, language: str, order: tuple[str, ...]) -> Resolution:
        """Return the text in a language, or a fallback: the first language of ``order`` that has it, or else the source.

        The result is empty if there is no text in any language.
        """
        for tag in (language, *order, *self.translations):
            if tag in self.translations:
                version = self.translations[tag]
                return Resolution(LocalizedString(version.text, tag), version, tag != language)
        return Resolution(LocalizedString("", language), Translation(""))

    @property
    def source(self) -> str:
        """The text in its source language."""
        return next((version.text for version in self.translations.values()), "")


NO_TEXT = TranslatableText()


def text_hash(text: str) -> str:
    """Return a hash of eight hex digits that ignores white space and the style of quotation marks."""
    straight_quotes = text.translate(str.maketrans("“”„«»‘’‚", '"""""\'\'\''))
    normalized = re.sub(r"\s+", " ", straight_quotes).strip()
    return hashlib.sha256(normalized.encode()).hexdigest()[:8]
