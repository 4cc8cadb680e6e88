"""The 404 page. Hosts serve it at any depth, so its links start at the root of the host."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.text.language import Language, LocalizedString


@dataclass(frozen=True, slots=True)
class NotFoundInputs:
    """The inputs of the 404 page. ``base`` is the path that the guide is published below."""

    base: str
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class NotFoundMessage:
    """The message of the 404 page in one language."""

    text: LocalizedString
    link: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    """The view of the 404 page."""

    base: str
    messages: tuple[NotFoundMessage, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the only 404 page of the site, with a message in every language."""
    inputs = NotFoundInputs(urls.base_path(guide.settings.address), languages)
    yield Page(urls.NOT_FOUND, "404.html", languages[0], inputs, view, in_single_file=False)


def view(inputs: NotFoundInputs, _language: Language) -> NotFoundView:
    """Return the view of the 404 page."""
    messages = tuple(
        NotFoundMessage(
            language.localize(language.say("This page does not exist.")),
            language.say("Go to the home page"),
            inputs.base + urls.home(language.tag),
        )
        for language in inputs.languages
    )
    return NotFoundView(title=messages[0].text, base=inputs.base, messages=messages)
