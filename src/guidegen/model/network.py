"""The referral paths between partners, the paths that only one side names, and what depends on a single partner."""

from collections.abc import Iterable, Iterator, Mapping

from guidegen.model import reach
from guidegen.model.areas import find_areas_at
from guidegen.model.guide import Guide
from guidegen.model.renames import collect_renames
from guidegen.records import dataclass
from guidegen.text import cldr


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral path from one partner to another. ``said_by`` is who says so: ``both``, ``sender`` or ``receiver``.

    ``how`` and ``reply_days`` are what the receiver says of referrals to it; None if it says nothing.
    """

    sender: str
    receiver: str
    said_by: str
    how: str = ""
    reply_days: int | None = None

    @property
    def named_by(self) -> str:
        """Who names the path, in words for staff."""
        words = {"both": "both", "sender": "only the one that sends", "receiver": "only the one that receives"}
        return words[self.said_by]


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Something that only one partner offers: ``what`` is a kind of help, a language or an area, and ``name`` its name."""

    what: str
    name: str
    partner: str


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a guide's partners, all of them by slug. ``bridges`` are those without whom others would be cut off."""

    names: Mapping[str, str]
    referrals: tuple[Referral, ...]
    single_points: tuple[SinglePoint, ...]
    bridges: tuple[str, ...]
    without_person: tuple[str, ...]
    never_contacted: tuple[str, ...]

    @property
    def one_sided(self) -> tuple[Referral, ...]:
        """The referral paths that only one of the two partners names."""
        return tuple(referral for referral in self.referrals if referral.said_by != "both")


def build_network(guide: Guide) -> Network:
    """Return the network of the listed partners."""
    partners = {partner.slug: partner for partner in guide.listed}
    referrals = tuple(list_referrals(guide))
    linked = [partner for partner in partners.values() if partner.partnership.role or partner.partnership.agreement]
    return Network(
        {slug: partner.name for slug, partner in partners.items()},
        referrals,
        tuple(_find_single_points(guide)),
        tuple(sorted(_find_cut_vertices((referral.sender, referral.receiver) for referral in referrals))),
        tuple(sorted(partner.slug for partner in linked if partner.partnership.point_person is None)),
        tuple(sorted(partner.slug for partner in linked if partner.partnership.last_contact is None)),
    )


def list_referrals(guide: Guide) -> Iterator[Referral]:
    """Yield the referral paths between listed partners, sorted. A name that was changed is the partner's present one."""
    partners = {partner.slug: partner for partner in guide.listed}
    renamed = collect_renames(guide).partners

    def resolve(slugs: Iterable[str]) -> set[str]:
        return {renamed.get(slug, slug) for slug in slugs} & partners.keys()

    sent = {(slug, other) for slug, partner in partners.items() for other in resolve(partner.partnership.refers.to)}
    received = {(other, slug) for slug, partner in partners.items() for other in resolve(partner.partnership.refers.from_)}
    for sender, receiver in sorted(sent | received):
        pair = (sender, receiver)
        said_by = "both" if pair in sent and pair in received else "sender" if pair in sent else "receiver"
        refers = partners[receiver].partnership.refers
        yield Referral(sender, receiver, said_by, refers.how, refers.replies_in_days)


def _find_single_points(guide: Guide) -> Iterator[SinglePoint]:
    """Yield the kinds of help, the guide's languages and its areas that hang on one listed partner."""
    kinds, languages, areas = dict[str, set[str]](), dict[str, set[str]](), dict[str, set[str]]()
    for partner in guide.listed:
        for kind in partner.types:
            kinds.setdefault(kind, set()).add(partner.slug)
        for spoken in reach.iter_spoken_languages(partner):
            languages.setdefault(spoken.code.split("-")[0], set()).add(partner.slug)
        for area in find_areas_at(partner.locations, guide.settings.areas):
            areas.setdefault(area, set()).add(partner.slug)
    for service_type in guide.service_types:
        yield from _if_single("kind of help", service_type.name.source, kinds.get(service_type.id, set()))
    for tag in dict.fromkeys(tag.split("-")[0] for tag in guide.settings.languages):
        yield from _if_single("language", cldr.name_in(tag, "en"), languages.get(tag, set()))
    for configured in guide.settings.areas:
        yield from _if_single("area", configured.name, areas.get(configured.name, set()))


def _if_single(what: str, name: str, slugs: set[str]) -> Iterator[SinglePoint]:
    if len(slugs) == 1:
        yield SinglePoint(what, name, *slugs)


def _find_cut_vertices(edges: Iterable[tuple[str, str]]) -> set[str]:
    """Return the vertices whose removal would split a connected part of the graph (Hopcroft and Tarjan, 1973)."""
    neighbors: dict[str, set[str]] = {}
    for first, second in edges:
        neighbors.setdefault(first, set()).add(second)
        neighbors.setdefault(second, set()).add(first)
    depth: dict[str, int] = {}
    return {cut for root in neighbors if root not in depth for cut in _search_from(root, neighbors, depth)}


def _search_from(root: str, neighbors: Mapping[str, set[str]], depth: dict[str, int]) -> Iterator[str]:
    """Yield the cut vertices of the part of the graph around ``root``, and fill in the depths of its vertices.

    ``low`` is the smallest depth that a vertex reaches by an edge that is not part of the search tree.
    """
    low = {root: 0}
    depth[root] = 0
    branches = 0
    stack = [(root, "", iter(sorted(neighbors[root])))]
    while stack:
        vertex, parent, remaining = stack[-1]
        following = next(remaining, None)
        if following is None:
            stack.pop()
            if parent and parent != root and low[vertex] >= depth[parent]:
                yield parent
            if parent:
                low[parent] = min(low[parent], low[vertex])
        elif following not in depth:
            depth[following] = low[following] = depth[vertex] + 1
            branches += vertex == root
            stack.append((following, vertex, iter(sorted(neighbors[following]))))
        elif following != parent:
            low[vertex] = min(low[vertex], depth[following])
    if branches > 1:
        yield root
