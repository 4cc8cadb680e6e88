"""The page of a reader's own list, which is kept on their device: a script fills it."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.site.components.json_ld import for_script
from guidegen.site.components.labels import home_crumb, in_every
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    words: str
    partners: str


def plan(_guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """One page for each language."""
    yield from in_every(languages, urls.my_list, "my_list.html", (), view, "my-list")


def view(_inputs: tuple[()], language: Language) -> ListView:
    say = language.say
    words = {
        "remove": say("Remove"),
        "removing": say("Remove: {name}"),
        "gone": say("This organization is no longer in the guide."),
        "print": say("Print"),
        "copy": say("Copy the link"),
        "copied": say("Copied"),
        "text": say("Text message"),
        "empty": say("Empty the list"),
        "keepAll": say("Keep these in my list"),
    }
    title = language.words(say("My list"))
    return ListView(title=title, crumbs=(home_crumb(language),), words=for_script(words), partners=urls.partners(language.tag))
