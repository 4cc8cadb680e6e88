"""The language chooser at the root of the site. It does not remember the choice."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.translatable import TranslatableText
from guidegen.records import dataclass
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class ChooserInputs:
    """The inputs of the language chooser."""

    name: TranslatableText
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language, by its own name, and the name of the guide in it."""

    own_name: LocalizedString
    guide: LocalizedString
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooserView(View):
    """The view of the language chooser."""

    choices: tuple[LanguageChoice, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the only chooser of the site, in the source language."""
    inputs = ChooserInputs(guide.settings.name, languages)
    yield Page(urls.CHOOSER, "chooser.html", languages[0], inputs, view, in_single_file=False)


def view(inputs: ChooserInputs, language: Language) -> ChooserView:
    """Return the view of the language chooser."""
    order = tuple(choice.tag for choice in inputs.languages)
    choices = tuple(
        LanguageChoice(choice.localize(choice.own_name), inputs.name.resolve(choice.tag, order).text, urls.home(choice.tag))
        for choice in inputs.languages
    )
    name = inputs.name.resolve(language.tag, order).text
    return ChooserView(title=name, description=" · ".join(choice.own_name.text for choice in choices), choices=choices)
