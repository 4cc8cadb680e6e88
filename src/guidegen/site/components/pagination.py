"""Pagination of long lists, so that the size of a page does not grow with the guide and any phone can open it.

The first page of a long list links to its sections, with their counts. Each section has its own page, or several pages if it
is long itself. A short list is a single page without sections.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from guidegen.model import urls
from guidegen.model.areas import sort_innermost_first
from guidegen.model.page import Breadcrumb, View
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.site.components.card import Card, Offer
from guidegen.site.components.labels import ServiceTypeLabel, resolve_area_name
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, message

MAX_CARDS = 100
"""Cards on a page: 60 to 130 KB of HTML, about a tenth of that when compressed."""


@dataclass(frozen=True, slots=True)
class ListSection:
    """A section of a long list. ``key`` names it in URLs; ``name`` is an area, a service type, a letter or a message."""

    key: str
    name: Area | ServiceTypeLabel | LocalizedString | str


@dataclass(frozen=True, slots=True)
class PageSlice:
    """One page of a paginated list: its section, page number, page count and number of cards.

    The first page of a long list has no section; ``sections`` are those of the whole list, with their counts. The single page
    of a short list has neither.
    """

    section: ListSection | None = None
    number: int = 1
    of: int = 1
    count: int = 0
    sections: tuple[tuple[ListSection, int], ...] = ()

    @property
    def end(self) -> str:
        """The end of the page's path, after the path of the list."""
        if self.section is None:
            return ""
        return f"{self.section.key}/" if self.number == 1 else f"{self.section.key}/{self.number}/"


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A link to a section, with the number of its organizations."""

    name: ResolvedText
    path: str
    count: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to one page of a section. ``is_here`` marks the current page."""

    number: str
    path: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaginatedView(View):
    """One page of a list of cards. ``all_of_them`` is a link to a search that can filter all sections at once."""

    sections: tuple[SectionLink, ...] = ()
    page_links: tuple[PageLink, ...] = ()
    all_of_them: str = ""


Grouped = Iterable[tuple[ListSection, Sequence[Card]]]
"""The sections of a list with their cards."""


def paginate(cards: Sequence[Card], grouped: Grouped) -> Iterator[tuple[PageSlice, tuple[Card, ...]]]:
    """Yield the pages of a list with their cards. ``grouped`` is only iterated for a long list."""
    if len(cards) <= MAX_CARDS:
        yield PageSlice(count=len(cards)), tuple(cards)
        return
    groups = [(section, members) for section, members in grouped if members]
    yield PageSlice(count=len(cards), sections=tuple((section, len(members)) for section, members in groups)), ()
    for section, members in groups:
        page_count = -(-len(members) // MAX_CARDS)
        for page in range(page_count):
            page_cards = members[page * MAX_CARDS : (page + 1) * MAX_CARDS]
            yield PageSlice(section, page + 1, page_count, len(members)), tuple(page_cards)


def group_cards(cards: Iterable[Card], names: Callable[[Card], Iterable[str]]) -> dict[str, list[Card]]:
    """Return the cards under each of their names, in their given order."""
    groups: dict[str, list[Card]] = {}
    for card in cards:
        for name in dict.fromkeys(names(card)):
            groups.setdefault(name, []).append(card)
    return groups


def group_by_place(cards: Sequence[Card], areas: Iterable[Area], is_relevant: Callable[[Offer], bool]) -> Grouped:
    """Yield a section for each area, the innermost first, then one for remote services and one for unknown places.

    Only cards without an area are in the last two. A card is remote if an offer that ``is_relevant`` is.
    """
    by_area = group_cards(cards, lambda card: card.areas)
    for area in sort_innermost_first(areas):
        yield ListSection(f"at-{urls.slug(area.name)}", area), by_area.get(area.name, [])
    without_area = [card for card in cards if not card.areas]
    remote = [card for card in without_area if any(offer.remote and is_relevant(offer) for offer in card.offers)]
    yield ListSection("remote", message("By phone, online or at your home")), remote
    remote_slugs = {card.slug for card in remote}
    unplaced = [card for card in without_area if card.slug not in remote_slugs]
    yield ListSection("ask-where", message("Ask them where")), unplaced


def group_by_type(cards: Sequence[Card], types: Iterable[ServiceTypeLabel]) -> Grouped:
    """Yield a section for each service type, then one for cards without services, with a key that no type can have."""
    cards_by_type = group_cards(cards, lambda card: card.types)
    for label in types:
        yield ListSection(label.id, label), cards_by_type.get(label.id, [])
    yield ListSection("no_kind", message("Organizations")), [card for card in cards if not card.types]


def resolve_section_name(section: ListSection, resolver: TextResolver) -> ResolvedText:
    """Return the name of a section in the reader's language."""
    if isinstance(section.name, Area):
        return resolve_area_name(section.name, resolver)
    if isinstance(section.name, ServiceTypeLabel):
        return resolver.resolve(section.name.name)
    if isinstance(section.name, LocalizedString):
        return ResolvedText(section.name)
    return ResolvedText(resolver.language.localize(resolver.language.say(section.name)))


def build_section_links(page_slice: PageSlice, path: str, resolver: TextResolver) -> tuple[SectionLink, ...]:
    """Return the links from the first page of the list at ``path`` to its sections."""
    return tuple(
        SectionLink(resolve_section_name(section, resolver), f"{path}{section.key}/", format_count(count, resolver.language))
        for section, count in page_slice.sections
    )


def build_page_links(page_slice: PageSlice, path: str) -> tuple[PageLink, ...]:
    """Return the links to all pages of a section of the list at ``path``; none if it has a single page."""
    section = page_slice.section
    if section is None or page_slice.of == 1:
        return ()
    numbers = range(1, page_slice.of + 1)
    return tuple(PageLink(str(number), path + PageSlice(section, number).end, number == page_slice.number) for number in numbers)


def format_page_title(title: LocalizedString, page_slice: PageSlice, resolver: TextResolver) -> LocalizedString:
    """Return the title of a page: that of the list, with the name of its section and its page number."""
    if page_slice.section is None:
        return title
    number = f" ({page_slice.number}/{page_slice.of})" if page_slice.of > 1 else ""
    return LocalizedString(
        f"{title.text} · {resolve_section_name(page_slice.section, resolver).words.text}{number}", title.language
    )


def build_list_crumb(title: LocalizedString, path: str, page_slice: PageSlice) -> tuple[Breadcrumb, ...]:
    """Return the breadcrumb from the page of a section to the first page of its list; none on other pages."""
    return (Breadcrumb(title, path),) if page_slice.section else ()


def format_count(count: int, language: Language) -> str:
    """Return a number of organizations in words."""
    return language.counted("{number} organization", "{number} organizations", count)


def search_for(concept: str, page_slice: PageSlice, language: Language) -> str:
    """Return the link to a search for everything in a list, with all filters; empty unless the page links to sections."""
    return f"{urls.search(language.tag)}#f={concept}" if page_slice.sections else ""
