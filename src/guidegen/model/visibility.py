"""What of a guide may be published: private facts, secret places and drafts end here, before any page is planned."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from guidegen.model.article import Spotlight
from guidegen.model.guide import Guide
from guidegen.model.location import Access, Address, Location
from guidegen.model.partner import Partner, Partnership
from guidegen.model.translatable import NO_TEXT


def select_public(guide: Guide) -> Guide:
    """The guide without drafts and without anything that is for staff only."""
    partners = tuple(_partner(partner) for partner in guide.partners if partner.status != "draft")
    spotlights = tuple(article for article in guide.spotlights if not article.draft)
    return replace(guide, partners=partners, spotlights=_featuring(spotlights, partners))


def select_preview(guide: Guide) -> Guide:
    """As ``public``, with the drafts."""
    partners = tuple(_with_own_names(_partner(partner) for partner in guide.partners))
    return replace(guide, partners=partners, spotlights=_featuring(guide.spotlights, partners))


def _with_own_names(partners: Iterable[Partner]) -> Iterator[Partner]:
    """Yield the partners without the old names that another one has or had: with a draft that is no error."""
    given = tuple(partners)
    taken = {partner.slug for partner in given}
    for partner in given:
        was = tuple(name for name in partner.was if name not in taken)
        taken.update(was)
        yield partner if was == partner.was else replace(partner, was=was, identity="")


def _partner(partner: Partner) -> Partner:
    return replace(
        partner,
        texts={},
        places={},
        extra="",
        partnership=_partnership(partner.partnership),
        locations=tuple(_location(place) for place in partner.locations),
    )


def _partnership(block: Partnership) -> Partnership:
    """Roles and referral paths of those who opted in; never people, contacts, agreements or dates."""
    if block.visibility != "public":
        return Partnership()
    return Partnership("public", role=block.role, refers=replace(block.refers, contact=""))


def _location(place: Location) -> Location:
    """Of a confidential place only the town is left."""
    if not place.confidential:
        return place
    known = place.address
    region = "" if known.city else known.region
    town = Address(city=known.city, region=region, state=known.state, country=known.country)
    return replace(
        place,
        name=NO_TEXT,
        description=NO_TEXT,
        address=town,
        mailing=None,
        position=None,
        transit=NO_TEXT,
        access=Access(),
        website="",
    )


def _featuring(spotlights: tuple[Spotlight, ...], partners: tuple[Partner, ...]) -> tuple[Spotlight, ...]:
    """The articles, each naming only partners that are published."""
    known = {partner.slug for partner in partners}
    return tuple(replace(article, partners=tuple(slug for slug in article.partners if slug in known)) for article in spotlights)
