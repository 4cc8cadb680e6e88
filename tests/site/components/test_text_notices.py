"""Notices about translations depend only on the texts that a page shows."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

import pytest

from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.model import visibility
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.site import pages
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText, TextResolver
from guidegen.site.components.text_notices import TextStates, build_text_notices, collect_states
from guidegen.text.language import Language, LocalizedString, Message
from tests import ROOT

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


def walk_everything(value: object) -> Iterator[LocalizedString | HtmlBlock]:
    """Yield every text in a value, whatever the types of its fields promise."""
    if isinstance(value, LocalizedString | HtmlBlock):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from walk_everything(part)
    elif is_dataclass(value):
        for entry in fields(value):
            yield from walk_everything(getattr(value, entry.name))


def test_no_text_of_a_page_is_missed() -> None:
    guide = visibility.select_public(pipeline.load_checked_guide(ROOT)[0])
    languages = load_languages(ROOT, ("ar", "vi"), guide.settings.region)
    found = 0
    for page in pages.plan(guide, languages):
        page_view = page.view(page.inputs, page.language)
        texts = [text for text in walk_everything(page_view) if text.states]
        fallbacks = dict.fromkeys(text.language for text in texts if "fallback" in text.states)
        states = frozenset(state for text in texts for state in text.states) - {"fallback"}
        assert collect_states(page_view) == TextStates(tuple(fallbacks), states), page.path
        found += bool(texts)

    assert found > 100
