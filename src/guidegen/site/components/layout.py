"""The layout that all pages of a language share: the guide's name, the menu and the footer."""

from collections.abc import Iterator

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.reach import spoken_codes
from guidegen.model.settings import Settings
from guidegen.records import dataclass
from guidegen.site.components.labels import resolve_site_name
from guidegen.site.components.script_data import dump_page_words
from guidegen.text.language import Language, LocalizedString, proper_name

QUICK_EXIT = "https://www.wikipedia.org/"
"""The default target of the quick exit: a site that anybody might open, in any language."""


THEME_PATH = "static/css/theme.css"
"""The style sheet with the guide's own colors, which ``site/exports/theme.py`` writes."""


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link in the menu or the footer. The menu marks it as current on all pages of its ``section``.

    ``in_single_file`` is False if the guide in one file leaves its page out.
    """

    label: str | LocalizedString
    path: str
    section: str
    in_single_file: bool = True


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A way to contact the maintainers of the guide."""

    label: LocalizedString
    address: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The values that are the same on all pages of one language.

    ``exit`` is empty if no page has a quick exit; ``theme`` and ``logo`` are empty if the guide has none of its own.
    """

    address: str
    name: LocalizedString
    summary: str
    home: str
    menu: tuple[MenuLink, ...]
    footer: tuple[MenuLink, ...]
    contact: LocalizedString
    contact_links: tuple[ContactLink, ...]
    is_fictional: bool
    feed: str
    manifest: str
    external_links: str
    search: str
    words: str
    exit: str
    theme: str
    logo: str
    offline: str


def build_layout(guide: Guide, language: Language) -> Layout:
    """Return the layout of a language."""
    settings, tag = guide.settings, language.tag
    return Layout(
        settings.address,
        resolve_site_name(settings, language),
        settings.summary.resolve(tag, settings.languages).text.text,
        urls.home(tag),
        _build_menu(guide, language),
        _build_footer(guide, language),
        proper_name(settings.contact.name, settings.languages[0]),
        tuple(build_contact_links(settings, language)),
        settings.fictional,
        urls.feed(tag),
        urls.manifest(urls.home(tag)),
        urls.external_links(tag),
        urls.search(tag),
        dump_page_words(settings, language),
        (settings.quick_exit or QUICK_EXIT) if guide.is_sensitive else "",
        THEME_PATH if settings.theme.brand or settings.theme.accent or settings.theme.shape else "",
        f"static/{settings.theme.logo}" if settings.theme.logo else "",
        urls.offline(tag) if guide.is_available_offline else "",
    )


def _build_menu(guide: Guide, language: Language) -> tuple[MenuLink, ...]:
    tag, say = language.tag, language.say
    menu = [
        MenuLink(say("Services"), urls.services(tag), "services"),
        MenuLink(say("Near you"), urls.areas(tag), "areas"),
        MenuLink(say("A to Z"), urls.partners(tag), "partners"),
    ]
    if spoken_codes(guide):
        menu.insert(2, MenuLink(say("Your language"), urls.spoken_languages(tag), "languages"))
    for_readers = {chapter.slug for chapter in guide.chapters if not chapter.is_for_partners}
    if any(article.chapter in for_readers for article in guide.spotlights):
        menu.append(MenuLink(say("Good to know"), urls.chapters(tag), "information"))
    return (*menu, *_link_own_pages(guide, language, in_menu=True))


def _link_own_pages(guide: Guide, language: Language, in_menu: bool) -> Iterator[MenuLink]:
    order = guide.settings.languages
    for page in guide.own_pages:
        if page.menu is in_menu:
            title = page.title.resolve(language.tag, order).text
            yield MenuLink(title, urls.own_page(language.tag, page.slug), f"pages/{page.slug}")


def _build_footer(guide: Guide, language: Language) -> tuple[MenuLink, ...]:
    tag, say = language.tag, language.say
    return (
        *(MenuLink(say(wording.ROLE_NAMES[role]), urls.role(tag, role), "roles") for role in guide.roles),
        MenuLink(say("My list"), urls.my_list(tag), "my-list", in_single_file=False),
        *(
            (MenuLink(say("Use this guide without internet"), urls.offline(tag), "offline", in_single_file=False),)
            if guide.is_available_offline
            else ()
        ),
        *_link_own_pages(guide, language, in_menu=False),
        *((MenuLink(say("For partners"), urls.spotlights(tag), "spotlights"),) if _has_page_for_partners(guide) else ()),
        MenuLink(say("About this guide"), urls.about(tag), "about"),
        MenuLink(say("Open data"), urls.open_data(tag), "open-data", in_single_file=False),
        MenuLink(say("Privacy"), urls.privacy(tag), "privacy"),
        MenuLink(say("Links to other websites"), urls.external_links(tag), "external-links"),
        MenuLink(say("Accessibility"), urls.accessibility(tag), "accessibility"),
    )


def _has_page_for_partners(guide: Guide) -> bool:
    for_partners = {"", *(chapter.slug for chapter in guide.chapters if chapter.is_for_partners)}
    return guide.shows_network or any(article.chapter in for_partners for article in guide.spotlights)


def build_contact_links(settings: Settings, language: Language) -> Iterator[ContactLink]:
    """Yield the phone, e-mail and web address of the guide's maintainers."""
    contact = settings.contact
    if contact.phone:
        yield ContactLink(LocalizedString(contact.phone), urls.phone_url(contact.phone, region=language.region))
    if contact.email:
        yield ContactLink(LocalizedString(contact.email), urls.mail_url(contact.email))
    if contact.url:
        yield ContactLink(LocalizedString(contact.url), contact.url)
