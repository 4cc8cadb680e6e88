"""The page where a reader saves an offline copy of the guide. A script saves it on request."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import build_alternates, build_home_crumb
from guidegen.site.pages import single_file
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineView(View):
    """The view of the offline page. ``file`` is the path of the single-file guide; empty if there is none."""

    words: str
    file: str


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the page in every language; none if the guide offers no offline copies."""
    if not guide.is_available_offline:
        return
    links = build_alternates(languages, {language.tag: urls.offline(language.tag) for language in languages})
    for language in languages:
        file = urls.single_file(language.tag) if single_file.has_single_file(guide) else ""
        yield Page(urls.offline(language.tag), "offline.html", language, file, view, links, "offline", in_single_file=False)


def view(file: str, language: Language) -> OfflineView:
    """Return the view of the offline page."""
    say = language.say
    messages = {
        "preview": say("This is a preview. The guide can be saved once it is published."),
        "impossible": say("This browser cannot save the guide."),
        "nothing": say("There is no internet now. Try again later."),
        "size": say("It takes about {size} MB on your device."),
        "save": say("Save this guide"),
        "saving": say("Saving: {done} of {all} files"),
        "failed": say("It could not be saved. Is there internet, and enough space? Try again."),
        "saved": say("Saved on {date}."),
        "old": say("Your copy is from {date}. The guide has changed since then."),
        "again": say("Save it again"),
        "remove": say("Remove the copy"),
    }
    title = language.localize(say("Use this guide without internet"))
    return OfflineView(title=title, breadcrumbs=(build_home_crumb(language),), words=dump_for_script(messages), file=file)
