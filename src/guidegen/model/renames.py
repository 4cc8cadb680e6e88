"""Old and current names in addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from guidegen.model.article import Spotlight
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.text.markdown import PARTNER


@dataclass(frozen=True, slots=True)
class Renames:
    """For each kind the present name by the old one."""

    partners: Mapping[str, str]
    service_types: Mapping[str, str]


def renames_of(guide: Guide) -> Renames:
    """Return the old names of a guide that nothing else has now: a name that is taken is that of what has it."""
    types = {old: kind.id for kind in guide.service_types for old in kind.was}
    partners = {old: partner.slug for partner in guide.partners for old in partner.was}
    present = {kind.id for kind in guide.service_types}
    return Renames(
        {old: new for old, new in partners.items() if old not in guide.slugs},
        {old: new for old, new in types.items() if old not in present},
    )


def with_present_names(guide: Guide) -> Guide:
    """Return the guide with every reference by an old name replaced: pages, lists and search then know one name only."""
    renames = renames_of(guide)
    if not renames.partners and not renames.service_types:
        return guide
    return replace(
        guide,
        partners=tuple(_partner(partner, renames) for partner in guide.partners),
        spotlights=tuple(_spotlight(article, renames.partners) for article in guide.spotlights),
        search_tests=tuple(replace(test, type=renames.service_types.get(test.type, test.type)) for test in guide.search_tests),
    )


def _partner(partner: Partner, renames: Renames) -> Partner:
    """Return the partner, by present names. Where that changes it, its file alone does not say what it is: no ``made_from``."""
    refers = partner.partnership.refers
    types = {name for service in partner.services for name in service.types}
    if types.isdisjoint(renames.service_types) and {*refers.to, *refers.from_, partner.replaced_by, partner.part_of}.isdisjoint(
        renames.partners
    ):
        return partner
    refers = replace(refers, to=_present(refers.to, renames.partners), from_=_present(refers.from_, renames.partners))
    return replace(
        partner,
        services=tuple(replace(one, types=_present(one.types, renames.service_types)) for one in partner.services),
        partnership=replace(partner.partnership, refers=refers),
        replaced_by=renames.partners.get(partner.replaced_by, partner.replaced_by),
        part_of=renames.partners.get(partner.part_of, partner.part_of),
        identity="",
    )


def _spotlight(article: Spotlight, partners: Mapping[str, str]) -> Spotlight:
    editions = tuple(
        replace(edition, body=PARTNER.sub(lambda match: f"[[partner:{partners.get(match[1], match[1])}]]", edition.body))
        for edition in article.editions
    )
    return replace(article, partners=_present(article.partners, partners), editions=editions)


def _present(names: Iterable[str], renames: Mapping[str, str]) -> tuple[str, ...]:
    """Return each name once, as it is now."""
    return tuple(dict.fromkeys(renames.get(name, name) for name in names))


def published_names(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield kind and name of everything that has pages, present and old names, without drafts, and the languages."""
    named = (
        ("language", ((tag,) for tag in guide.settings.languages)),
        ("partner", ((one.slug, *one.was) for one in guide.partners if one.status != "draft")),
        ("service-type", ((one.id, *one.was) for one in guide.service_types)),
        ("spotlight", ((one.slug, *one.was) for one in guide.spotlights if not one.draft)),
    )
    yield from ((kind, name) for kind, things in named for names in things for name in names)
