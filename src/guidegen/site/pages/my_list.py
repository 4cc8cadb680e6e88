"""The page of a reader's bookmarks. They are stored on the reader's device, and a script fills the page."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import build_home_crumb, plan_in_languages
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """The view of the bookmarks page."""

    words: str
    partners: str


def plan(_guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the page in every language."""
    yield from plan_in_languages(languages, urls.my_list, "my_list.html", (), view, "my-list", in_single_file=False)


def view(_inputs: tuple[()], language: Language) -> ListView:
    """Return the view of the bookmarks page."""
    say = language.say
    messages = {
        "remove": say("Remove"),
        "removing": say("Remove: {name}"),
        "gone": say("This organization is no longer in the guide."),
        "print": say("Print"),
        "copy": say("Copy the link"),
        "copied": say("Copied"),
        "text": say("Text message"),
        "empty": say("Clear the list"),
        "keepAll": say("Keep these in my list"),
    }
    title = language.localize(say("My list"))
    return ListView(
        title=title,
        breadcrumbs=(build_home_crumb(language),),
        words=dump_for_script(messages),
        partners=urls.partners(language.tag),
    )
