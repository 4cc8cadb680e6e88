"""The page where a reader saves an offline copy of the guide, and the page that a copy shows in place of one that it lacks."""

from collections.abc import Iterator

from guidegen.model import urls
from guidegen.model.guide import Booklet, Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.site.components.json_ld import dump_for_script
from guidegen.site.components.labels import build_alternates, build_home_crumb, plan_in_languages
from guidegen.site.components.script_data import build_date_patterns
from guidegen.site.pages import single_file
from guidegen.text.language import Language, LocalizedString, Message


@dataclass(frozen=True, slots=True)
class OfflineInputs:
    """The inputs of the offline page: the path of the single-file guide, empty if there is none, and the booklet."""

    file: str
    booklet: Booklet | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineView(View):
    """The view of the offline page.

    ``file`` is the path of the single-file guide, and ``booklet`` that of the PDF with its label; empty if there is none.
    """

    words: str
    file: str
    booklet: str
    booklet_label: Message


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the page in every language; none if the guide offers no offline copies."""
    if not guide.is_available_offline:
        return
    links = build_alternates(languages, {language.tag: urls.offline(language.tag) for language in languages})
    booklets = {booklet.language: booklet for booklet in guide.booklets}
    for language in languages:
        file = urls.single_file(language.tag) if single_file.has_single_file(guide) else ""
        inputs = OfflineInputs(file, booklets.get(language.tag))
        yield Page(urls.offline(language.tag), "offline.html", language, inputs, view, links, "offline", in_single_file=False)
    yield from plan_in_languages(languages, urls.not_saved, "not_saved.html", None, not_saved_view, in_single_file=False)


def view(inputs: OfflineInputs, language: Language) -> OfflineView:
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
        "copy": say("There is no internet. This copy was saved on {date}; facts may have changed since."),
        "label": language.own_name,
        **build_date_patterns(language, has_year=True),
    }
    title = language.localize(say("Use this guide without internet"))
    booklet = inputs.booklet
    size = LocalizedString(f"{booklet.size / 10**6:.1f} MB") if booklet else LocalizedString("")
    return OfflineView(
        title=title,
        breadcrumbs=(build_home_crumb(language),),
        words=dump_for_script(messages),
        file=inputs.file,
        booklet=booklet.path if booklet else "",
        booklet_label=language.phrase("Booklet to print (PDF, {size})", size=size),
    )


def not_saved_view(_inputs: None, language: Language) -> View:
    """Return the view of the page that comes instead of one that was not saved."""
    return View(title=language.localize(language.say("This page is not saved on your device")))
