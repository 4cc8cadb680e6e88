"""Long lists in parts, so that the weight of a page does not grow with the guide: a phone must be able to open every list.

The first page of such a list names its parts with their counts. Each part has a page of its own, and a part that is itself
too long has several. A short list is one page, as if there were no parts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.areas import innermost_first
from guidegen.model.page import Crumb, View
from guidegen.model.settings import Area
from guidegen.site.components.card import Card, Offer
from guidegen.site.components.labels import ServiceTypeLabel, area_passage
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.text.language import Language, LocalizedString, message

MAX_CARDS = 100
"""Cards on a page: 60 to 130 KB of HTML, a tenth of that on the way to the reader."""


@dataclass(frozen=True, slots=True)
class ListSection:
    """What the cards of a part have in common, and what it is called in addresses.

    ``name`` is an area, a type, a letter, or words of the interface.
    """

    key: str
    name: Area | ServiceTypeLabel | LocalizedString | str


@dataclass(frozen=True, slots=True)
class PageSlice:
    """One of the pages of a list: of which part, the how manieth of how many pages of it, and how many cards the part has.

    ``parts`` are those of the whole list, on its first page. The one page of a short list has none of all this.
    """

    section: ListSection | None = None
    number: int = 1
    of: int = 1
    count: int = 0
    sections: tuple[tuple[ListSection, int], ...] = ()

    @property
    def end(self) -> str:
        """What stands in the address behind that of the list."""
        if self.section is None:
            return ""
        return f"{self.section.key}/" if self.number == 1 else f"{self.section.key}/{self.number}/"


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A link to a part, with how many organizations it has."""

    name: ResolvedText
    path: str
    count: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to one of the pages of a part; the page itself is among them."""

    number: str
    path: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaginatedView(View):
    """A list of cards, or one page of it. ``all_of_them`` leads to a search that can narrow down all parts at once."""

    sections: tuple[SectionLink, ...] = ()
    page_links: tuple[PageLink, ...] = ()
    all_of_them: str = ""


Grouped = Iterable[tuple[ListSection, Sequence[Card]]]


def paginate(cards: Sequence[Card], grouped: Grouped) -> Iterator[tuple[PageSlice, tuple[Card, ...]]]:
    """The pages of a list and the cards on each. ``grouped`` says which cards belong to which part; short lists do not ask."""
    if len(cards) <= MAX_CARDS:
        yield PageSlice(count=len(cards)), tuple(cards)
        return
    groups = [(part, some) for part, some in grouped if some]
    yield PageSlice(count=len(cards), sections=tuple((part, len(some)) for part, some in groups)), ()
    for part, some in groups:
        pages = -(-len(some) // MAX_CARDS)
        for page in range(pages):
            here = some[page * MAX_CARDS : (page + 1) * MAX_CARDS]
            yield PageSlice(part, page + 1, pages, len(some)), tuple(here)


def grouped_by(cards: Iterable[Card], names: Callable[[Card], Iterable[str]]) -> dict[str, list[Card]]:
    """The cards in their order, under each of their names."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        for name in dict.fromkeys(names(card)):
            found.setdefault(name, []).append(card)
    return found


def by_place(cards: Sequence[Card], areas: Iterable[Area], offered: Callable[[Offer], bool]) -> Grouped:
    """Cards by the areas in which they have a place, the innermost first; those without one by how they are offered.

    ``offered`` says of which offers it counts that they can be had from afar.
    """
    by_area = grouped_by(cards, lambda card: card.areas)
    for area in innermost_first(areas):
        yield ListSection(f"at-{urls.slug(area.name)}", area), by_area.get(area.name, [])
    rest = [card for card in cards if not card.areas]
    afar = [card for card in rest if any(offer.remote and offered(offer) for offer in card.offers)]
    yield ListSection("remote", message("By phone, online or at your home")), afar
    found = {card.slug for card in afar}
    yield ListSection("ask-where", message("Ask them where")), [card for card in rest if card.slug not in found]


def by_type(cards: Sequence[Card], types: Iterable[ServiceTypeLabel]) -> Grouped:
    """Cards by the kinds of help that they offer; those without any are the last, at an address that no kind can have."""
    of_type = grouped_by(cards, lambda card: card.types)
    for label in types:
        yield ListSection(label.id, label), of_type.get(label.id, [])
    yield ListSection("no_kind", message("Organizations")), [card for card in cards if not card.types]


def section_name(part: ListSection, resolver: TextResolver) -> ResolvedText:
    """What a part is called in the reader's language."""
    if isinstance(part.name, Area):
        return area_passage(part.name, resolver)
    if isinstance(part.name, ServiceTypeLabel):
        return resolver.resolve(part.name.name)
    if isinstance(part.name, LocalizedString):
        return ResolvedText(part.name)
    return ResolvedText(resolver.language.words(resolver.language.say(part.name)))


def section_links(sheet: PageSlice, path: str, resolver: TextResolver) -> tuple[SectionLink, ...]:
    """Links to the parts of the list at ``path``, for its first page."""
    return tuple(
        SectionLink(section_name(part, resolver), f"{path}{part.key}/", counted(count, resolver.language))
        for part, count in sheet.sections
    )


def page_links(sheet: PageSlice, path: str) -> tuple[PageLink, ...]:
    """Links to all pages of a part of the list at ``path``, where it has several."""
    if sheet.section is None or sheet.of == 1:
        return ()
    numbers = range(1, sheet.of + 1)
    return tuple(PageLink(str(one), path + PageSlice(sheet.section, one).end, one == sheet.number) for one in numbers)


def titled(title: LocalizedString, sheet: PageSlice, resolver: TextResolver) -> LocalizedString:
    """The title of a list, on the page of a part with its name and number."""
    if sheet.section is None:
        return title
    number = f" ({sheet.number}/{sheet.of})" if sheet.of > 1 else ""
    return LocalizedString(f"{title.text} · {section_name(sheet.section, resolver).words.text}{number}", title.language)


def way_back(title: LocalizedString, path: str, sheet: PageSlice) -> tuple[Crumb, ...]:
    """The step from the page of a part to the first page of its list."""
    return (Crumb(title, path),) if sheet.section else ()


def counted(count: int, language: Language) -> str:
    """How many organizations a list has."""
    return language.counted("{number} organization", "{number} organizations", count)


def search_for(concept: str, sheet: PageSlice, language: Language) -> str:
    """The search for all that a list in parts has, with everything that a search can be narrowed down by."""
    return f"{urls.search(language.tag)}#f={concept}" if sheet.sections else ""
