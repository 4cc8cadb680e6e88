"""The pages that a guide has about itself: about, privacy, external links and accessibility."""

from collections.abc import Callable, Iterator

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.model.settings import Settings
from guidegen.records import dataclass
from guidegen.site.components.labels import build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import NO_HTML, HtmlBlock, TextResolver
from guidegen.text.language import Language, LocalizedString, Message, message, proper_name


@dataclass(frozen=True, slots=True)
class TextInputs:
    """The inputs of a page. ``subject`` is a key of ``SUBJECTS``; ``has_exit`` says whether any page has a quick exit."""

    settings: Settings
    subject: str
    has_exit: bool


@dataclass(frozen=True, slots=True)
class TextSection:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView(View):
    """The view of a page.

    ``prose`` is the guide's own text, on the about page only; ``privacy`` is the address of the privacy page, on the page about
    other websites only.
    """

    prose: HtmlBlock
    sections: tuple[TextSection, ...]
    privacy: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The path, title and sections of a page. All texts are messages; ``{contact}`` is filled in."""

    path: Callable[[str], str]
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


LEAVING = message("Leaving quickly")
SUBJECTS = {
    "about": Subject(
        urls.about,
        message("About this guide"),
        (
            (
                message("What you can trust"),
                (
                    message("Each page says when its facts were last checked, and how."),
                    message("We do not guess. If a page does not say what something costs, ask before you go."),
                    message("A text that is not translated yet is shown in another language, and the page says so."),
                ),
            ),
            (message("Who keeps this guide"), ("{contact}",)),
        ),
    ),
    "privacy": Subject(
        urls.privacy,
        message("Privacy"),
        (
            (
                message("We do not watch you"),
                (
                    message(
                        "This guide does not collect anything about you. It has no cookies, no accounts, no counters and no advertising."
                    ),
                    message("All pages come from one server. No page loads anything from another company."),
                    message("The language page remembers nothing."),
                    message("We learn about you only what you write or say to us. We do not give, share, sell or transfer it."),
                    message(
                        "Your own list and a saved copy of the guide stay on your device, and only if you ask for them. You can remove both at any time."
                    ),
                    message(
                        "If you ask what is near you, your device computes the distances. Your position is not stored and never sent."
                    ),
                ),
            ),
            (
                LEAVING,
                (
                    message(
                        "Some pages have a button that opens another website at once. You can also press the Shift key three times."
                    ),
                    message("After that, the back button does not go back to the page you were reading."),
                    message(
                        "The button cannot delete the history of your browser. Use a private window, or delete the history yourself."
                    ),
                ),
            ),
            (
                message("What others can see"),
                (
                    message(
                        "The company that stores this website, and your internet provider, can see that you visited it, as with every website."
                    ),
                    message("Your phone or computer keeps a history of the pages you open. You can delete it in your browser."),
                    message("When you call someone, write to them or open their website, their rules apply, not ours."),
                ),
            ),
        ),
    ),
    "external-links": Subject(
        urls.external_links,
        message("Links to other websites"),
        (
            (
                message("What you should know"),
                (
                    message("This guide links to other websites to make things easier for you."),
                    message("Other public and private organizations make those websites. What they say is not ours."),
                    message(
                        "We do not control other websites. We cannot promise that what they say is correct, useful, up to date or complete."
                    ),
                    message(
                        "A link does not mean that a website is important, or that we recommend its opinions, products or services."
                    ),
                    message("Other websites have their own privacy rules. They may collect information about you."),
                    message("Please read the privacy rules of each website that you visit."),
                ),
            ),
        ),
    ),
    "accessibility": Subject(
        urls.accessibility,
        message("Accessibility"),
        (
            (
                message("How this guide works for everyone"),
                (
                    message("You can use every page with a keyboard, a screen reader, large text and without scripts."),
                    message("We test every kind of page against the Web Content Accessibility Guidelines (WCAG 2.2, level AA)."),
                    message("Pages are small, so that they open on old phones and slow networks. You can print every page."),
                ),
            ),
            (message("If something does not work for you"), (message("Tell us what happened: {contact}"),)),
        ),
    ),
}


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the four pages in every language."""
    for name, subject in SUBJECTS.items():
        inputs = TextInputs(guide.settings, name, guide.is_sensitive)
        yield from plan_in_languages(languages, subject.path, "text.html", inputs, view, name)


def view(inputs: TextInputs, language: Language) -> TextView:
    """Return the view of a page."""
    resolver = TextResolver(language, inputs.settings.languages)
    subject = SUBJECTS[inputs.subject]
    prose = resolver.resolve_markdown(inputs.settings.about, "about-", level=2) if inputs.subject == "about" else NO_HTML
    contact = format_contact(inputs.settings)
    sections = tuple(
        TextSection(language.say(heading), tuple(language.phrase(paragraph, contact=contact) for paragraph in paragraphs))
        for heading, paragraphs in subject.sections
        if (contact or not any("{contact}" in paragraph for paragraph in paragraphs)) and (inputs.has_exit or heading != LEAVING)
    )
    title = language.localize(language.say(subject.title))
    return TextView(
        title=title,
        breadcrumbs=(build_home_crumb(language),),
        prose=prose,
        sections=sections,
        privacy=urls.privacy(language.tag) if inputs.subject == "external-links" else "",
    )


def format_contact(settings: Settings) -> Message:
    """Return the name, phone and e-mail or web address of the guide's maintainers in one line."""
    contact = settings.contact
    texts = (
        proper_name(contact.name, settings.languages[0]),
        LocalizedString(contact.phone),
        LocalizedString(contact.email or contact.url),
    )
    parts = [part for text in texts if text for part in (" · ", text)]
    return Message(tuple(parts[1:]))
