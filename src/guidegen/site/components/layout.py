"""What stands around every page of a language: the guide's name, its menu, its foot."""

from collections.abc import Iterator
from dataclasses import dataclass

from guidegen.model import urls, wording
from guidegen.model.guide import Guide, Settings
from guidegen.model.reach import spoken_codes
from guidegen.site.components.labels import site_name
from guidegen.site.components.script_data import page_words
from guidegen.text.language import Language, Words, proper

QUICK_EXIT = "https://www.wikipedia.org/"
"""Where the quick exit leads unless guide.yml says so: a page that everybody opens, in every language."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu; ``section`` is that of the pages below it."""

    label: str
    path: str
    section: str


@dataclass(frozen=True, slots=True)
class ContactLink:
    """A way to reach those who keep the guide."""

    label: Words
    address: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """The same on every page of one language. ``exit`` is empty where no page needs one."""

    address: str
    name: Words
    summary: str
    home: str
    menu: tuple[Entry, ...]
    foot: tuple[Entry, ...]
    contact: Words
    contact_links: tuple[ContactLink, ...]
    is_fictional: bool
    feed: str
    manifest: str
    external_links: str
    search: str
    words: str
    exit: str


def chrome(guide: Guide, language: Language) -> Chrome:
    """Menu and foot for a language. Roles and articles are only offered where there are some."""
    settings, tag, say = guide.settings, language.tag, language.say
    menu = [
        Entry(say("Services"), urls.services(tag), "services"),
        Entry(say("Near you"), urls.areas(tag), "areas"),
        Entry(say("A to Z"), urls.partners(tag), "partners"),
    ]
    if any(spoken_codes(guide)):
        menu.insert(2, Entry(say("Your language"), urls.spoken_languages(tag), "languages"))
    if guide.spotlights:
        menu.append(Entry(say("How we work together"), urls.spotlights(tag), "spotlights"))
    roles = [Entry(say(wording.ROLE_NAMES[role]), urls.role(tag, role), "roles") for role in guide.roles]
    foot = [
        *roles,
        Entry(say("My list"), urls.my_list(tag), "my-list"),
        *([Entry(say("Use this guide without internet"), urls.offline(tag), "offline")] if guide.can_be_saved else []),
        Entry(say("About this guide"), urls.about(tag), "about"),
        Entry(say("Privacy"), urls.privacy(tag), "privacy"),
        Entry(say("Links to other websites"), urls.external_links(tag), "external-links"),
        Entry(say("Accessibility"), urls.accessibility(tag), "accessibility"),
    ]
    return Chrome(
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
        yield ContactLink(Words(contact.phone), urls.dial(contact.phone, region=language.region))
    if contact.email:
        yield ContactLink(Words(contact.email), urls.mail(contact.email))
    if contact.url:
        yield ContactLink(Words(contact.url), contact.url)
