"""The gap matrix: which kind of help there is in which language and area, how firmly, and who could fill a hole.

It is made of the guide's own facts. A language that no profile names counts as not known, which is a hole to ask about.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from guidegen.model import reach
from guidegen.model.areas import find_areas_at, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.service import Service
from guidegen.records import dataclass
from guidegen.text import cldr

EVERYWHERE = ""
"""The area of the whole guide."""
_BY_HOW = {"staff": 1.0, "interpreter": 0.75, "on-request": 0.5, "": 0.5}
"""The strength of an offer in a language, by how the language is spoken. If the profile does not say how: as on request."""
_OUTDATED, _WITHOUT_HOURS, _NOT_FREE = 0.5, 0.75, 0.75
"""Factors for an offer with old or unchecked facts, for one without hours, and for one that is not known to be free."""
INTERPRETATION = "interpretation-translation"
MAX_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A service in a language: what it counts for, from 0 to 1, and how the language is spoken."""

    partner: str
    name: str
    service: str
    how: str
    strength: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The offers of one kind of help in one language and area; ``state`` is ``none``, ``thin`` or ``enough``."""

    kind: str
    language: str
    area: str
    offers: tuple[Offer, ...]
    state: str

    @property
    def strength(self) -> float:
        """The sum of the strengths of the best offer of each partner."""
        return sum(best_by_partner(self.offers).values())

    @property
    def amount(self) -> str:
        """The state in words for staff."""
        return {"none": "nothing", "thin": "too little", "enough": "enough"}[self.state]


@dataclass(frozen=True, slots=True)
class Hole:
    """A cell without enough help, and who is nearest to filling it: how, and the name of a partner."""

    cell: Cell
    suggestions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GapMatrix:
    """All cells by kind, language and area, and the holes: those that exist nowhere in the guide come first."""

    kinds: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    areas: tuple[str, ...]
    cells: Mapping[tuple[str, str, str], Cell]
    holes: tuple[Hole, ...]

    def find(self, kind: str, language: str, area: str) -> Cell:
        """Return one cell."""
        return self.cells[kind, language, area]


def best_by_partner(offers: tuple[Offer, ...]) -> dict[str, float]:
    """Return the strength of the best offer of each partner."""
    best: dict[str, float] = {}
    for offer in offers:
        best[offer.partner] = max(best.get(offer.partner, 0.0), offer.strength)
    return best


def build_matrix(guide: Guide, today: date) -> GapMatrix:
    """Return the gap matrix of a guide.

    Its languages and the strength that is enough are in ``gaps`` of ``guide.yml``. Without them it asks for all languages of the
    guide but the first, in which everybody works, and for one full offer.
    """
    settings = guide.settings
    languages = settings.gaps.languages or settings.languages[1:]
    enough = settings.gaps.enough or 1
    kinds = tuple((kind.id, kind.name.source) for kind in guide.service_types)
    areas = (EVERYWHERE, *(area.name for area in settings.areas if area.kind != "county"))
    offers = _collect_offers(guide, {_base(tag) for tag in languages}, today)
    cells = {
        (kind, tag, area): _build_cell(kind, tag, area, tuple(offers.get((kind, _base(tag), area), ())), enough)
        for kind, _ in kinds
        for tag in languages
        for area in areas
    }
    holes = tuple(_find_holes(cells, areas))
    names = tuple((tag, cldr.name_in(tag, "en")) for tag in languages)
    return GapMatrix(kinds, names, areas, cells, holes)


def _base(tag: str) -> str:
    return tag.split("-")[0]


def _build_cell(kind: str, language: str, area: str, offers: tuple[Offer, ...], enough: float) -> Cell:
    strength = sum(best_by_partner(offers).values())
    state = "none" if not offers else "enough" if strength >= enough else "thin"
    return Cell(kind, language, area, offers, state)


def _collect_offers(guide: Guide, languages: set[str], today: date) -> dict[tuple[str, str, str], list[Offer]]:
    """Return the offers by kind, primary language and area. A service without a known place counts for the whole guide alone."""
    offers: dict[tuple[str, str, str], list[Offer]] = {}
    for partner in (partner for partner in guide.listed if partner.status == "active"):
        for service in (service for service in partner.offered if service.status == "active"):
            areas = (EVERYWHERE, *_find_areas(guide, partner, service))
            for language, how in _list_languages(partner, service).items():
                if language in languages:
                    strength = _weigh(guide, partner, service, how, today)
                    offer = Offer(partner.slug, partner.name, service.name.source, how, strength)
                    for kind in service.types:
                        for area in areas:
                            offers.setdefault((kind, language, area), []).append(offer)
    return offers


def _find_areas(guide: Guide, partner: Partner, service: Service) -> Iterator[str]:
    """Yield the areas where a service is, and those that it covers. Who covers the area around a town covers the town."""
    found = reach.find_reach(partner, service)
    configured = guide.settings.areas
    at_places = set(find_areas_at(found.locations if found.has_known_location else (), configured))
    covered = {normalize_place(name) for name in service.serves.names}
    codes = set(service.serves.postal_codes)
    for area in configured:
        around = {normalize_place(name) for name in (area.name, *area.cities, *area.part_of)}
        if area.kind != "county" and (area.name in at_places or around & covered or codes & set(area.postal_codes)):
            yield area.name


def _list_languages(partner: Partner, service: Service) -> dict[str, str]:
    """Return the primary languages of a service with the best way in which each is spoken."""
    best: dict[str, str] = {}
    for spoken in reach.find_reach(partner, service).languages:
        language = _base(spoken.code)
        if language not in best or _BY_HOW[spoken.how] > _BY_HOW[best[language]]:
            best[language] = spoken.how
    return best


def _weigh(guide: Guide, partner: Partner, service: Service, how: str, today: date) -> float:
    limit = guide.settings.check_after_days
    is_fresh = partner.verified is not None and (not limit or (today - partner.verified.date).days <= limit)
    found = reach.find_reach(partner, service)
    is_free = bool(service.cost) and all(cost.free or cost.sliding or cost.amount == 0 for cost in service.cost)
    strength = _BY_HOW[how]
    strength *= 1 if is_fresh else _OUTDATED
    strength *= 1 if found.hours else _WITHOUT_HOURS
    return strength * (1 if is_free else _NOT_FREE)


def _find_holes(cells: Mapping[tuple[str, str, str], Cell], areas: tuple[str, ...]) -> Iterator[Hole]:
    """Yield the holes. If a kind of help exists nowhere in a language, the hole is that of the whole guide alone."""
    everywhere = [cell for cell in cells.values() if cell.area == EVERYWHERE and cell.state != "enough"]
    local = [
        cell
        for cell in cells.values()
        if cell.area != EVERYWHERE and cell.state == "none" and cells[cell.kind, cell.language, EVERYWHERE].state != "none"
    ]
    ranked = sorted([*everywhere, *local], key=lambda cell: (cell.area != EVERYWHERE, cell.state != "none"))
    in_any_language: dict[tuple[str, str], list[Offer]] = {}
    for cell in cells.values():
        in_any_language.setdefault((cell.kind, cell.area), []).extend(cell.offers)
    for cell in ranked:
        others = tuple(in_any_language[cell.kind, cell.area])
        yield Hole(cell, tuple(_suggest(cell, cells, areas, others))[:MAX_SUGGESTIONS])


def _suggest(
    cell: Cell, cells: Mapping[tuple[str, str, str], Cell], areas: tuple[str, ...], others: tuple[Offer, ...]
) -> Iterator[tuple[str, str]]:
    """Yield who is nearest to filling a hole: those who do it already but not firmly, then neighbors, then interpreters.

    ``others`` are the offers of the same kind in the same area, in any language.
    """
    taken: set[str] = set()

    def choose(reason: str, offers: tuple[Offer, ...]) -> Iterator[tuple[str, str]]:
        for offer in sorted(offers, key=lambda offer: (-offer.strength, offer.name)):
            if offer.partner not in taken:
                taken.add(offer.partner)
                yield reason, offer.name
                return

    yield from choose("does it already, but not firmly", cell.offers)
    if cell.area != EVERYWHERE:
        for area in areas[1:]:
            yield from choose(f"does it in {area}", cells[cell.kind, cell.language, area].offers)
    yield from choose("does it in another language", others)
    interpreters = cells.get((INTERPRETATION, cell.language, EVERYWHERE))
    yield from choose("interprets", interpreters.offers if interpreters else ())
