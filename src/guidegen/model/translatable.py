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

    ``state`` is ``source``, ``fresh``, ``stale`` (the source has changed since), ``unrecorded`` or ``missing``.
    ``by`` is ``human``, ``machine``, ``reviewed``, or empty for the source.
    """

    text: str
    state: str = "source"
    by: str = ""


NO_TRANSLATION = Translation("", "missing")
KNOWN_STALE = "stale"
"""What a translation file records in place of a hash if the translation is known to be older than its source."""


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


def find_state(recorded: str, source_hash: str, changed: str = "") -> str:
    """Return the state of a translation: ``fresh``, ``stale`` or ``unrecorded``.

    ``recorded`` is what its file says about the source that was translated: its hash, the date of that version (ISO 8601),
    ``stale``, or nothing. ``changed`` is the date of the last change of the source; with a date and without ``changed`` the
    state cannot be known.
    """
    if not recorded:
        return "unrecorded"
    if recorded == KNOWN_STALE:
        return "stale"
    if "-" not in recorded:
        return "fresh" if recorded == source_hash else "stale"
    if not changed:
        return "unrecorded"
    return "fresh" if recorded >= changed else "stale"
