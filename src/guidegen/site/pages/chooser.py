"""The first page: every language in its own name. It remembers nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.translatable import TranslatableText
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class ChooserInputs:
    name: TranslatableText
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language: its name in itself, and the name of the guide in it."""

    own_name: LocalizedString
    guide: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserView(View):
    choices: tuple[LanguageChoice, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for the whole site, in the source language."""
    inputs = ChooserInputs(guide.settings.name, languages)
    yield Page(urls.CHOOSER, "chooser.html", languages[0], inputs, view)


def view(inputs: ChooserInputs, language: Language) -> ChooserView:
    order = tuple(one.tag for one in inputs.languages)
    choices = tuple(
        LanguageChoice(one.words(one.own_name), inputs.name.choose(one.tag, order).words, urls.home(one.tag))
        for one in inputs.languages
    )
    name = inputs.name.choose(language.tag, order).words
    return ChooserView(title=name, description=" · ".join(one.own_name.text for one in choices), choices=choices)
