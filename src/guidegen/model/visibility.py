"""Remove private facts, confidential addresses and drafts from a guide before any page is planned."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guidegen.model.article import Spotlight
from guidegen.model.guide import Guide
from guidegen.model.location import Address, Location
from guidegen.model.partner import Partner, Partnership


def select_public(guide: Guide) -> Guide:
    """Return the guide without drafts and without anything that only staff may see."""
    partners = tuple(drop_unknown_references(_redact_partner(partner) for partner in guide.partners if partner.status != "draft"))
    spotlights = tuple(article for article in guide.spotlights if not article.draft)
    own_pages = tuple(page for page in guide.own_pages if not page.draft)
    return replace(guide, partners=partners, spotlights=_drop_unknown_partners(spotlights, partners), own_pages=own_pages)


def select_preview(guide: Guide) -> Guide:
    """Return the guide as ``select_public`` does, but with its drafts."""
    partners = tuple(_drop_ambiguous_names(_redact_partner(partner) for partner in guide.partners))
    return replace(guide, partners=partners, spotlights=_drop_unknown_partners(guide.spotlights, partners))


def drop_unknown_references(partners: Iterable[Partner]) -> Iterator[Partner]:
    """Yield the partners without references to partners that are not among them, such as drafts."""
    partners = tuple(partners)
    slugs = {partner.slug for partner in partners} | {name for partner in partners for name in partner.was}
    for partner in partners:
        refers = partner.partnership.refers
        to, from_ = (tuple(slug for slug in named if slug in slugs) for named in (refers.to, refers.from_))
        part_of, replaced_by = (slug if slug in slugs else "" for slug in (partner.part_of, partner.replaced_by))
        known = replace(
            partner,
            partnership=replace(partner.partnership, refers=replace(refers, to=to, from_=from_)),
            part_of=part_of,
            replaced_by=replaced_by,
        )
        yield partner if known == partner else replace(known, identity="")


def _drop_ambiguous_names(partners: Iterable[Partner]) -> Iterator[Partner]:
    """Yield the partners without old names that another partner has or had, which is not an error if one of them is a draft."""
    partners = tuple(partners)
    taken = {partner.slug for partner in partners}
    for partner in partners:
        was = tuple(name for name in partner.was if name not in taken)
        taken.update(was)
        yield partner if was == partner.was else replace(partner, was=was, identity="")


def _redact_partner(partner: Partner) -> Partner:
    return replace(
        partner,
        texts={},
        places={},
        extra="",
        partnership=_redact_partnership(partner.partnership),
        locations=tuple(_redact_location(location) for location in partner.locations),
    )


def _redact_partnership(partnership: Partnership) -> Partnership:
    """Keep only the roles and referral paths, and only if the partner opted in; never people, contacts or agreements."""
    if partnership.visibility != "public":
        return Partnership()
    return Partnership("public", role=partnership.role, refers=replace(partnership.refers, contact=""))


def _redact_location(location: Location) -> Location:
    """Reduce a confidential location to its town."""
    if not location.confidential:
        return location
    address = location.address
    region = "" if address.city else address.region
    town = Address(city=address.city, region=region, state=address.state, country=address.country)
    return Location(  # made of what may be published, so that a field that is added later stays secret
        location.key,
        address=town,
        phones=location.phones,
        email=location.email,
        languages=location.languages,
        hours=location.hours,
        time_zone=location.time_zone,
        confidential=True,
    )


def _drop_unknown_partners(spotlights: tuple[Spotlight, ...], partners: tuple[Partner, ...]) -> tuple[Spotlight, ...]:
    """Return the articles with only those of their partners that are in ``partners``."""
    slugs = {partner.slug for partner in partners}
    return tuple(replace(article, partners=tuple(slug for slug in article.partners if slug in slugs)) for article in spotlights)
