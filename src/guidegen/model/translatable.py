"""Texts in several languages, and what is known of each as a translation."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from guidegen.text.language import LocalizedString


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in one language, and what is known of it as a translation.

    ``state`` is ``source``, ``fresh``, ``stale`` (the source changed since) or ``unrecorded``;
    ``by`` is ``human``, ``machine``, ``reviewed``, or empty for the source.
    """

    text: str
    state: str = "source"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The version of a text that a reader is shown."""

    words: LocalizedString
    version: Translation
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class TranslatableText:
    """A text in each language it exists in, the source language first."""

    versions: Mapping[str, Translation] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.versions)

    def choose(self, language: str, order: tuple[str, ...]) -> Resolution:
        """The text in the language, or else in the first language of ``order`` that has it."""
        for tag in (language, *order, *self.versions):
            if tag in self.versions:
                version = self.versions[tag]
                return Resolution(LocalizedString(version.text, tag), version, tag != language)
        return Resolution(LocalizedString("", language), Translation(""))

    @property
    def source(self) -> str:
        """The text as it was first written."""
        return next((version.text for version in self.versions.values()), "")


NO_TEXT = TranslatableText()


def text_hash(text: str) -> str:
    """Eight hex digits that change with the wording, not with white space or the style of quotes."""
    straight = text.translate(str.maketrans("“”„«»‘’‚", '"""""\'\'\''))
    plain = re.sub(r"\s+", " ", straight).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:8]
