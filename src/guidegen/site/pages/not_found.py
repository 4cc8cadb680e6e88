"""The page for an address that does not exist. It may be served at any depth, so its links begin at the root."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class NotFoundInputs:
    base: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class NotFoundMessage:
    """The same few words in one language."""

    text: LocalizedString
    link: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    base: str
    messages: tuple[NotFoundMessage, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for the whole site, in all its languages."""
    inputs = NotFoundInputs(urls.base_path(guide.settings.address), languages)
    yield Page(urls.NOT_FOUND, "404.html", languages[0], inputs, view)


def view(inputs: NotFoundInputs, _language: Language) -> NotFoundView:
    messages = tuple(
        NotFoundMessage(
            one.words(one.say("This page does not exist.")),
            one.say("Go to the home page"),
            inputs.base + urls.home(one.tag),
        )
        for one in inputs.languages
    )
    return NotFoundView(title=messages[0].text, base=inputs.base, messages=messages)
