"""Notices about translations depend only on the texts that a page shows."""

from dataclasses import dataclass

import pytest

from guidegen.model.translatable import TranslatableText, Translation
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.text_notices import TextStates, build_text_notices, collect_states
from guidegen.text.language import Language, LocalizedString, Message

SPANISH = Language("es")
STALE = TranslatableText({"en": Translation("Food"), "es": Translation("Comida", "stale", "machine")})
ENGLISH_ONLY = TranslatableText({"en": Translation("Food")})


@dataclass(frozen=True)
class View:
    """A view, or a part of one."""

    shown: object
    text_states: TextStates | None = None


def resolver() -> TextResolver:
    return TextResolver(SPANISH, ("en", "es"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ENGLISH_ONLY, TextStates(("en",), frozenset())),
        (STALE, TextStates((), frozenset({"stale", "machine"}))),
        (TranslatableText({"es": Translation("Comida", "unrecorded", "human")}), TextStates((), frozenset({"unrecorded"}))),
        (TranslatableText({"en": Translation("Food"), "es": Translation("Comida", "fresh", "human")}), TextStates()),
    ],
)
def test_a_resolved_text_carries_its_states(text: TranslatableText, expected: TextStates) -> None:
    resolved = resolver().resolve(text)

    for view in (View(resolved), View((View(resolved.words), "text", 3)), View(Message(("a ", resolved.words)))):
        assert collect_states(view) == expected


def test_a_text_that_is_resolved_but_not_shown_adds_no_notice() -> None:
    text_resolver = resolver()
    text_resolver.resolve(ENGLISH_ONLY)
    text_resolver.resolve_markdown(STALE, "more-")

    assert build_text_notices(View(LocalizedString("Comida", "es")), SPANISH) == ()
    assert build_text_notices(View(LocalizedString("Casa Grande", "en")), SPANISH) == ()  # a proper name needs no translation


def test_html_and_shortened_texts_also_carry_their_states() -> None:
    block, short = resolver().resolve_markdown(STALE, "more-"), resolver().resolve_short(ENGLISH_ONLY, 3)

    assert isinstance(block, HtmlBlock)
    assert isinstance(short, ResolvedText)
    assert collect_states(View((block, short))) == TextStates(("en",), frozenset({"stale", "machine"}))
    assert [notice.text for notice in build_text_notices(View((block, short)), SPANISH)] == [
        "Some text on this page is not translated yet. It is in inglés.",
        "The original of some text here changed after it was translated. That text is marked “may be out of date”.",
        "Some text on this page was translated by a machine and may have mistakes.",
    ]


def test_the_collected_states_of_a_part_are_reused() -> None:
    collected = TextStates(("ar",), frozenset())

    assert collect_states(View(View(resolver().resolve(STALE), text_states=collected))) == collected
