"""What stands around every page of a language: the guide's name, its menu, its foot."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls, wording
from guidegen.model.guide import Guide
from guidegen.model.reach import spoken_codes
from guidegen.model.settings import Settings
from guidegen.site.components.labels import site_name
from guidegen.site.components.script_data import page_words
from guidegen.text.language import Language, LocalizedString, proper

QUICK_EXIT = "https://www.wikipedia.org/"
"""Where the quick exit leads unless guide.yml says so: a page that everybody opens, in every language."""


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A link of the menu; ``section`` is that of the pages below it."""

    label: str
    path: str
    section: str


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A way to reach those who keep the guide."""

    label: LocalizedString
    address: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The same on every page of one language. ``exit`` is empty where no page needs one."""

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


def build_layout(guide: Guide, language: Language) -> Layout:
    """Menu and foot for a language. Roles and articles are only offered where there are some."""
    settings, tag, say = guide.settings, language.tag, language.say
    menu = [
        MenuLink(say("Services"), urls.services(tag), "services"),
        MenuLink(say("Near you"), urls.areas(tag), "areas"),
        MenuLink(say("A to Z"), urls.partners(tag), "partners"),
    ]
    if any(spoken_codes(guide)):
        menu.insert(2, MenuLink(say("Your language"), urls.spoken_languages(tag), "languages"))
    if guide.spotlights:
        menu.append(MenuLink(say("How we work together"), urls.spotlights(tag), "spotlights"))
    roles = [MenuLink(say(wording.ROLE_NAMES[role]), urls.role(tag, role), "roles") for role in guide.roles]
    foot = [
        *roles,
        MenuLink(say("My list"), urls.my_list(tag), "my-list"),
        *([MenuLink(say("Use this guide without internet"), urls.offline(tag), "offline")] if guide.can_be_saved else []),
        MenuLink(say("About this guide"), urls.about(tag), "about"),
        MenuLink(say("Privacy"), urls.privacy(tag), "privacy"),
        MenuLink(say("Links to other websites"), urls.external_links(tag), "external-links"),
        MenuLink(say("Accessibility"), urls.accessibility(tag), "accessibility"),
    ]
    return Layout(
        settings.address,
        site_name(settings, language),
        settings.summary.choose(tag, settings.languages).words.text,
        urls.home(tag),
        tuple(menu),
        tuple(foot),
        proper(settings.contact.name, settings.languages[0]),
        tuple(contact_links(settings, language)),
        settings.fictional,
        urls.feed(tag),
        urls.manifest(urls.home(tag)),
        urls.external_links(tag),
        urls.search(tag),
        page_words(settings, language),
        (settings.quick_exit or QUICK_EXIT) if guide.is_sensitive else "",
    )


def contact_links(settings: Settings, language: Language) -> Iterator[ContactLink]:
    """Phone, e-mail and web address of the guide."""
    contact = settings.contact
    if contact.phone:
        yield ContactLink(LocalizedString(contact.phone), urls.phone_url(contact.phone, region=language.region))
    if contact.email:
        yield ContactLink(LocalizedString(contact.email), urls.mail_url(contact.email))
    if contact.url:
        yield ContactLink(LocalizedString(contact.url), contact.url)
