"""The page about the partnership: who sends people to whom, and how many organizations help in which language.

Both parts are for everybody only if ``guide.yml`` says so, and the first has only paths between partners that are public
themselves. What depends on the day, or on private facts, is in the report for staff (``editing/report``).
"""

from collections.abc import Iterator
from datetime import date

from guidegen.model import urls
from guidegen.model.gap_matrix import build_matrix
from guidegen.model.guide import Guide
from guidegen.model.network import Referral, list_referrals
from guidegen.model.page import Page, View
from guidegen.model.settings import Area
from guidegen.records import dataclass
from guidegen.site.components.constellation import Constellation, Organization, lay_out
from guidegen.site.components.labels import (
    ServiceTypeLabel,
    ServiceTypeLink,
    build_crumb,
    build_home_crumb,
    build_labels,
    build_service_type_link,
    plan_in_languages,
    resolve_area_name,
)
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.pages.chapters import FOR_PARTNERS
from guidegen.text.language import Language, LocalizedString, Message, message, proper_name

TITLE = message("Who works with whom")
_WAYS = {
    "warm-handoff": message("Introduced in person"),
    "form": message("By form"),
    "phone": message("By phone"),
    "walk-in": message("People just go"),
}


@dataclass(frozen=True, slots=True)
class LanguageCounts:
    """The numbers of organizations in an area, None for the whole guide: by kind of help, and in it by language."""

    area: Area | None
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PartnershipInputs:
    """The inputs of the page. ``organizations`` have slug, name and town; ``kinds`` and ``languages`` are for ``tables``."""

    order: tuple[str, ...]
    organizations: tuple[tuple[str, str, str], ...]
    referrals: tuple[Referral, ...]
    kinds: tuple[ServiceTypeLabel, ...] = ()
    languages: tuple[str, ...] = ()
    tables: tuple[LanguageCounts, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerName:
    """The name of a partner, and the path of its profile."""

    name: LocalizedString
    path: str


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A row of the table of referral paths."""

    sender: PartnerName
    receiver: PartnerName
    details: Message


@dataclass(frozen=True, slots=True)
class HelpTable:
    """A table of numbers of organizations: a row for each kind of help, a column for each language."""

    area: ResolvedText
    rows: tuple[tuple[ServiceTypeLink, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipView(View):
    """The view of the page."""

    picture: Constellation | None
    referrals: tuple[ReferralRow, ...]
    languages: tuple[str, ...]
    tables: tuple[HelpTable, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield the page in every language, if ``guide.yml`` asks for one of its parts."""
    if guide.shows_network:
        inputs = _build_inputs(guide)
        yield from plan_in_languages(languages, urls.partnership, "partnership.html", inputs, view, "spotlights")


def _build_inputs(guide: Guide) -> PartnershipInputs:
    settings = guide.settings
    public = {partner.slug: partner for partner in guide.listed if partner.partnership.visibility == "public"}
    referrals = [
        referral
        for referral in (list_referrals(guide) if settings.constellation else ())
        if referral.sender in public and referral.receiver in public
    ]
    names = {slug: partner.name.casefold() for slug, partner in public.items()}
    referrals.sort(key=lambda referral: (names[referral.sender], names[referral.receiver], referral.sender, referral.receiver))
    organizations = tuple((slug, partner.name, (partner.towns or ("",))[0]) for slug, partner in public.items())
    # Only offers are counted. How strong they are depends on the day, so it is for the report.
    matrix = build_matrix(guide, date.min) if settings.gaps.public else None
    if matrix is None or not matrix.languages:
        return PartnershipInputs(settings.languages, organizations, tuple(referrals))
    tags = tuple(tag for tag, _ in matrix.languages)
    areas = {area.name: area for area in settings.areas}
    tables = (
        LanguageCounts(
            areas.get(name),
            tuple(
                tuple(len({offer.partner for offer in matrix.find(kind, tag, name).offers}) for tag in tags)
                for kind, _ in matrix.kinds
            ),
        )
        for name in matrix.areas
    )
    found = tuple(table for table in tables if table.area is None or any(map(any, table.counts)))
    return PartnershipInputs(
        settings.languages, organizations, tuple(referrals), tuple(build_labels(guide).values()), tags, found
    )


def view(inputs: PartnershipInputs, language: Language) -> PartnershipView:
    """Return the view of the page."""
    resolver = TextResolver(language, inputs.order)
    names = {
        slug: PartnerName(proper_name(name, inputs.order[0]), urls.partner(language.tag, slug))
        for slug, name, _ in inputs.organizations
    }
    drawn = (
        Organization(slug, name, town, urls.relative_url(urls.partnership(language.tag), names[slug].path))
        for slug, name, town in inputs.organizations
    )
    return PartnershipView(
        title=language.localize(language.say(TITLE)),
        breadcrumbs=(build_home_crumb(language), build_crumb(language, FOR_PARTNERS, urls.spotlights(language.tag))),
        picture=lay_out(drawn, inputs.referrals),
        referrals=tuple(
            ReferralRow(names[referral.sender], names[referral.receiver], _describe(referral, language))
            for referral in inputs.referrals
        ),
        languages=tuple(language.name_of(tag) for tag in inputs.languages),
        tables=tuple(_build_table(table, inputs.kinds, resolver) for table in inputs.tables),
    )


def _build_table(table: LanguageCounts, kinds: tuple[ServiceTypeLabel, ...], resolver: TextResolver) -> HelpTable:
    links = (build_service_type_link(kind, resolver) for kind in kinds)
    area = resolve_area_name(table.area, resolver) if table.area else NOTHING
    return HelpTable(area, tuple(zip(links, table.counts, strict=True)))


def _describe(referral: Referral, language: Language) -> Message:
    """Return how people are referred, when an answer comes, and whether only one side names the path."""
    parts = []
    if referral.how:
        parts.append(language.say(_WAYS[referral.how]))
    if referral.reply_days == 0:
        parts.append(language.say("Answers on the same day"))
    elif referral.reply_days is not None:
        parts.append(language.counted("Answers in {number} day", "Answers in {number} days", referral.reply_days))
    if referral.said_by != "both":
        parts.append(language.say("Only one of the two says so"))
    return language.separate(parts)
