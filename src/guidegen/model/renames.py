"""Old and current names (slugs and service type ids) in addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from guidegen.model.article import Edition
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.records import dataclass
from guidegen.text.markdown import PARTNER


@dataclass(frozen=True, slots=True)
class Renames:
    """Mappings from old to current names: slugs of partners, and ids of service types."""

    partners: Mapping[str, str]
    service_types: Mapping[str, str]


def collect_renames(guide: Guide) -> Renames:
    """Return the renames in a guide, without old names that are in use again."""
    partners = {old: partner.slug for partner in guide.partners for old in partner.was}
    types = {old: service_type.id for service_type in guide.service_types for old in service_type.was}
    current_types = {service_type.id for service_type in guide.service_types}
    return Renames(
        {old: current for old, current in partners.items() if old not in guide.slugs},
        {old: current for old, current in types.items() if old not in current_types},
    )


def apply_renames(guide: Guide) -> Guide:
    """Return the guide with current names in all references, so that pages, lists and search never see an old name."""
    renames = collect_renames(guide)
    if not renames.partners and not renames.service_types:
        return guide
    return replace(
        guide,
        partners=tuple(_update_partner(partner, renames) for partner in guide.partners),
        spotlights=tuple(
            replace(
                article,
                partners=_update_names(article.partners, renames.partners),
                editions=_update_links(article.editions, renames.partners),
            )
            for article in guide.spotlights
        ),
        own_pages=tuple(replace(page, editions=_update_links(page.editions, renames.partners)) for page in guide.own_pages),
        search_tests=tuple(replace(test, type=renames.service_types.get(test.type, test.type)) for test in guide.search_tests),
    )


def _update_partner(partner: Partner, renames: Renames) -> Partner:
    """Return the partner with current names. A changed partner has no ``identity``, because it depends on other files too."""
    refers = partner.partnership.refers
    types = {type_id for service in partner.services for type_id in service.types}
    slugs = {*refers.to, *refers.from_, partner.replaced_by, partner.part_of}
    if types.isdisjoint(renames.service_types) and slugs.isdisjoint(renames.partners):
        return partner
    refers = replace(refers, to=_update_names(refers.to, renames.partners), from_=_update_names(refers.from_, renames.partners))
    return replace(
        partner,
        services=tuple(
            replace(service, types=_update_names(service.types, renames.service_types)) for service in partner.services
        ),
        partnership=replace(partner.partnership, refers=refers),
        replaced_by=renames.partners.get(partner.replaced_by, partner.replaced_by),
        part_of=renames.partners.get(partner.part_of, partner.part_of),
        identity="",
    )


def _update_links(editions: tuple[Edition, ...], partners: Mapping[str, str]) -> tuple[Edition, ...]:
    """Return the editions of an article with the current names of the partners that its text links to."""
    return tuple(
        replace(edition, body=PARTNER.sub(lambda match: f"[[partner:{partners.get(match[1], match[1])}]]", edition.body))
        for edition in editions
    )


def _update_names(names: Iterable[str], renames: Mapping[str, str]) -> tuple[str, ...]:
    """Return the distinct current names."""
    return tuple(dict.fromkeys(renames.get(name, name) for name in names))


def iter_published_names(guide: Guide) -> Iterator[tuple[str, str]]:
    """Yield kind and name for everything with published pages: languages, and current and old names, without drafts."""
    yield from (("language", tag) for tag in guide.settings.languages)
    for partner in guide.partners:
        if partner.status != "draft":
            yield from (("partner", slug) for slug in (partner.slug, *partner.was))
    for service_type in guide.service_types:
        yield from (("service-type", type_id) for type_id in (service_type.id, *service_type.was))
    for article in guide.spotlights:
        if not article.draft:
            yield from (("spotlight", slug) for slug in (article.slug, *article.was))
