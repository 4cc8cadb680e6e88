"""Checks on readability. Many people read a guide in a language that they are still learning."""

import re
from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

MAX_WORDS = 25
"""Maximum length of a sentence in words (GOV.UK, "Content design: writing for GOV.UK")."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?:;])\s+|\n\s*(?:\n|[-*+#]|\d+\.)")
_NOT_READ = re.compile(r"\]\([^)]*\)|https?://\S+")


def hard_sentences(guide: Guide, _: date) -> Iterator[Problem]:
    """Yield a warning for each source text with a long sentence; translations follow the source."""
    for partner in guide.partners:
        for at, text in partner.texts.items():
            longest = max(map(_split_words, _SENTENCE_ENDS.split(text.source)), key=len)
            if len(longest) > MAX_WORDS:
                message = f"a sentence of {len(longest)} words is hard to read: “{' '.join(longest[:6])} …”"
                hint = f"Split it: at most {MAX_WORDS} words and one idea in each sentence."
                yield warning(partner, at, message, hint, "hard-sentence", len(longest))


def _split_words(sentence: str) -> list[str]:
    return [word for word in _NOT_READ.sub("", sentence).split() if any(map(str.isalnum, word))]
