"""The sample guide: Riverbend County."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from guidegen.build import pipeline
from guidegen.content.checks import immigration_status
from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.record import Record
from guidegen.content.fields.table import PARTNER
from guidegen.model import reach
from guidegen.model.guide import Guide
from guidegen.model.hours import Closure, Times, YearDay
from guidegen.model.location import Location
from guidegen.model.partner import Partner
from guidegen.model.problems import Severity
from guidegen.model.service import Service
from tests import ROOT


@pytest.fixture(scope="module")
def guide() -> Guide:
    loaded, problems = pipeline.load_checked_guide(ROOT)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    return loaded


def field_names(reader: object, at: str = "") -> Iterator[str]:
    """Yield the path of every field of the table, without keys."""
    inner = getattr(reader, "reader", reader) if isinstance(reader, Many) else reader
    shapes = inner.shapes if isinstance(inner, OneOf) else (inner,)
    for shape in shapes:
        if isinstance(shape, Record):
            for field in shape.fields:
                yield f"{at}{field.name}"
                yield from field_names(field.reader, f"{at}{field.name}.")


def test_it_has_36_partners_and_8_spotlights_or_more(guide: Guide) -> None:
    assert len(guide.partners) >= 36
    assert len(guide.spotlights) >= 8


def test_every_service_type_is_offered(guide: Guide) -> None:
    assert [kind.id for kind in guide.service_types if not guide.count_by_type()[kind.id]] == []


RARE_FIELDS = {
    "source.gone": "only an import writes it",
    "locations.time_zone": "a county has one time zone: a video desk is in Texas",
    "services.time_zone": "a county has one time zone: a course is taught from Chicago",
    "services.area": "the older name of must_live_in",
    "services.area.names": "the older name of must_live_in",
    "services.area.postal_codes": "the older name of must_live_in",
}
"""Fields that the sample need not use three times, with the reason."""


def shared_name(field: str) -> str:
    """Return one name for a field that partners, locations and services share, such as ``phones.number``."""
    below = re.sub(r"^(?:locations|services)\.(?=(?:phones|languages|hours)\.)", "", field)
    return re.sub(r"^locations\.mailing\.", "locations.address.", below)


def keys_of(partner: Partner) -> list[str]:
    """Return the keys, numbers and codes that identify list entries in paths, the longest first."""
    holders: tuple[Partner | Location | Service, ...] = (partner, *partner.locations, *partner.services)
    keys = {place.key for place in partner.locations} | {service.key for service in partner.services}
    keys |= {phone.number for holder in holders for phone in holder.phones}
    keys |= {spoken.code for holder in holders for spoken in holder.languages}
    return sorted(keys, key=len, reverse=True)


def test_every_field_is_used_three_times_or_more(guide: Guide) -> None:
    counts: Counter[str] = Counter()
    for partner in guide.partners:
        keys = keys_of(partner)
        for path in partner.places:
            for key in keys:
                path = path.replace(f".{key}.", ".", 1)
            counts[shared_name(".".join(part for part in path.split(".") if not part.lstrip("-").isdigit()))] += 1
    rare = {name: counts[shared_name(name)] for name in field_names(PARTNER) if counts[shared_name(name)] < 3}

    assert {name: count for name, count in rare.items() if name not in RARE_FIELDS} == {}
    assert counts["locations.time_zone"]
    assert counts["services.time_zone"]


def test_opening_hours_use_every_form(guide: Guide) -> None:
    entries = [entry for partner in guide.partners for _, holder in reach.iter_contact_holders(partner) for entry in holder.hours]
    times = [entry for entry in entries if isinstance(entry, Times)]
    closures = [entry for entry in entries if isinstance(entry, Closure)]
    forms = {
        "only the start": sum(entry.close is None for entry in times),
        "a season of every year": sum(isinstance(entry.from_, YearDay) for entry in times),
        "past midnight": sum(entry.close is not None and entry.close <= entry.open for entry in times),
        "days and ranges closed": sum(any(first < last for first, last in entry.closed) for entry in closures),
        "a holiday by its name": sum(any(holiday.id != "public-holidays" for holiday in entry.holidays) for entry in closures),
        "all public holidays": sum(any(holiday.id == "public-holidays" for holiday in entry.holidays) for entry in closures),
    }

    assert {form: count for form, count in forms.items() if count < 3} == {}


def test_offices_of_one_partner_have_different_contacts(guide: Guide) -> None:
    def differ(partner: Partner) -> bool:
        reaches = [reach.find_reach(partner, service) for service in partner.offered]
        numbers = {phone.number for entry in reaches for phone in entry.phones if phone.at or len(entry.locations) == 1}
        return len(partner.locations) >= 2 and len(numbers) >= 2

    assert len([partner.slug for partner in guide.listed if differ(partner)]) >= 4


def test_the_guide_states_its_location(guide: Guide) -> None:
    settings = guide.settings
    kinds = Counter(area.kind for area in settings.areas)

    assert settings.state == "MA"
    assert settings.maps
    assert kinds["county"] >= 1
    assert kinds["town"] >= 3
    assert all(area.part_of and area.postal_codes for area in settings.areas if area.kind == "town")


def test_some_types_are_classes_and_every_notice_has_a_date(guide: Guide) -> None:
    assert sum(bool(kind.classes) for kind in guide.service_types) >= 3
    assert [kind.id for kind in guide.service_types if kind.notice and not kind.checked] == []


def test_a_number_is_called_in_a_language_that_is_spoken_there(guide: Guide) -> None:
    for partner in guide.partners:
        # the languages of a service are those of its class, not of its phone
        for service in (service for service in partner.offered if not service.languages):
            service_reach = reach.find_reach(partner, service)
            codes = {spoken.code for spoken in service_reach.languages} | {"en"}
            assert {tag for phone in service_reach.phones for tag in phone.languages} <= codes, (partner.slug, service.key)


def test_every_phone_and_address_is_plainly_fictional(guide: Guide) -> None:
    for partner in guide.partners:
        assert all(phone.number.startswith("(555) 555-01") for _, phone in reach.iter_phones(partner)), partner.slug
        links = [*partner.social, *(service.apply.url for service in partner.services)]
        holders: tuple[Partner | Location | Service, ...] = (partner, *partner.locations, *partner.services)
        for holder in holders:
            links += [holder.website, holder.email]
        links += [partner.taken_from.url] if partner.taken_from else []
        assert all("example.org" in link for link in links if link), partner.slug


def test_spanish_is_complete_and_the_others_have_what_is_vital(guide: Guide) -> None:
    for partner in guide.listed:
        missing = [at for at, text in partner.texts.items() if "es" not in text.translations]
        assert missing == [], partner.slug
    for tag in ("zh-Hans", "ar", "vi", "ht", "fa", "uk"):
        have = sum(tag in partner.summary.translations for partner in guide.listed)
        assert have >= 0.8 * len(guide.listed)


def test_there_are_fresh_stale_unrecorded_and_missing_translations(guide: Guide) -> None:
    states = Counter(
        version.state for partner in guide.partners for text in partner.texts.values() for version in text.translations.values()
    )

    assert {"fresh", "stale", "unrecorded"} <= set(states)
    assert any("fa" not in partner.summary.translations for partner in guide.partners)


def test_two_spotlights_exist_in_three_languages(guide: Guide) -> None:
    assert sum(len(spotlight.editions) >= 3 for spotlight in guide.spotlights) >= 2


TWO_LANGUAGES_ONLY = {
    "en": "only in English and Spanish",
    "es": "solo en inglés y español",
    "zh-Hans": "只有英语和西班牙语",
    "ar": "بالإنجليزية والإسبانية فقط",
    "vi": "chỉ có tiếng Anh và tiếng Tây Ban Nha",
    "ht": "an anglè ak an panyòl sèlman",
    "fa": "فقط به انگلیسی و اسپانیایی",
    "uk": "лише англійською та іспанською",
}
"""988 answers text messages in two languages; the guide must state that wherever it gives the number."""
CALL_IS_FREE = {
    "en": "The call is free",
    "es": "La llamada es gratis",
    "zh-Hans": "这个电话免费",
    "ar": "المكالمة مجانية",
    "vi": "Cuộc gọi miễn phí",
    "ht": "Apèl la gratis",
    "fa": "تماس شب و روز رایگان است",
    "uk": "Дзвінок безкоштовний",
}
"""The call to 911 is free; an ambulance is not."""


@pytest.mark.parametrize("tag", TWO_LANGUAGES_ONLY)
def test_the_crisis_answer_and_the_urgent_list_promise_texts_in_two_languages_only(guide: Guide, tag: str) -> None:
    (answer,) = (contact for contact in guide.answers if contact.number == "988")
    (listed,) = (contact for kind in guide.service_types for contact in kind.urgent if contact.number == "988")

    assert TWO_LANGUAGES_ONLY[tag] in answer.text.translations[tag].text
    assert TWO_LANGUAGES_ONLY[tag] in listed.text.translations[tag].text


@pytest.mark.parametrize("tag", CALL_IS_FREE)
def test_the_emergency_notice_says_that_the_call_is_free(guide: Guide, tag: str) -> None:
    (emergency,) = (kind for kind in guide.service_types if kind.id == "emergency")

    assert CALL_IS_FREE[tag] in emergency.notice.translations[tag].text


def test_every_pinned_answer_is_found_and_read_in_every_language(guide: Guide) -> None:
    for answer in guide.answers:
        assert set(answer.text.translations) == set(guide.settings.languages), answer.id
        assert set(answer.words) == set(guide.settings.languages), answer.id


def test_no_chinese_text_mentions_deportation(guide: Guide) -> None:
    shown = [text for partner in guide.partners for text in partner.texts.values()]
    shown += [text for kind in guide.service_types for text in (kind.name, kind.summary, kind.notice)]

    assert [text.source for text in shown if "zh-Hans" in text.translations and "驱逐" in text.translations["zh-Hans"].text] == []


def test_no_profile_says_that_nobody_asks_about_status_beside_a_paper_that_shows_it(guide: Guide) -> None:
    assert [str(problem.path) for problem in immigration_status.status_shown_but_not_asked(guide)] == []


HOTLINES = {
    "emergency": "1-800-222-1222",  # Poison Control
    "worker-rights": "1-888-373-7888",  # National Human Trafficking Hotline
    "family-safety": "1-800-656-4673 1-800-422-4453",  # RAINN, Childhelp
}
"""National hotlines for people in danger, by the service type under which they look."""


@pytest.mark.parametrize("kind", HOTLINES)
def test_national_hotlines_are_where_people_in_danger_look_in_every_language(guide: Guide, kind: str) -> None:
    (service_type,) = (service_type for service_type in guide.service_types if service_type.id == kind)
    listed = {contact.number: contact for contact in service_type.urgent}

    for number in HOTLINES[kind].split():
        assert set(listed[number].name.translations) == set(guide.settings.languages)
        assert set(listed[number].text.translations) == set(guide.settings.languages)


def test_the_immigration_court_hotline_is_listed(guide: Guide) -> None:
    assert "1-800-898-7180" in {answer.number for answer in guide.answers}


BUS = re.compile(r"Bus(?:es)? ([0-9, orand]+), (last )?stop \(?([^.,;()]+)")


def buses(guide: Guide) -> Iterator[tuple[str, str, str, frozenset[str]]]:
    """Yield partner, town, stop and bus lines of every place that a bus serves."""
    for partner in guide.partners:
        for place in partner.locations:
            if match := BUS.match(place.transit.source):
                lines = frozenset(re.findall("[0-9]+", match[1]))
                yield partner.slug, place.address.city, match[3].strip(), lines


def test_every_bus_goes_where_the_bus_company_lists_it(guide: Guide) -> None:
    (company,) = (partner for partner in guide.partners if partner.slug == "ridelink")
    routes = dict(re.findall(r"\*\*Line ([0-9]+)\*\*: (.+)", company.description.source))

    assert set(routes) == {"1", "2", "4", "7", "12"}
    assert len(list(buses(guide))) >= 30
    for slug, town, stop, lines in buses(guide):
        assert [line for line in lines if town not in routes.get(line, "")] == [] or town == "Riverbend", (slug, stop)


def test_a_stop_is_in_one_town_and_has_the_same_lines_everywhere(guide: Guide) -> None:
    stops: dict[str, set[tuple[str, frozenset[str]]]] = {}
    for _, town, stop, lines in buses(guide):
        stops.setdefault(stop, set()).add((town, lines))

    assert {stop: variants for stop, variants in stops.items() if len(variants) > 1} == {}


def test_a_place_has_one_address_and_a_street_is_in_one_town(guide: Guide) -> None:
    streets: dict[str, set[str]] = {}
    towns: dict[str, set[str]] = {}
    halls: dict[str, set[str]] = {}
    for partner in guide.partners:
        for place in partner.locations:
            if not place.address.line1:
                continue
            streets.setdefault(place.address.line1.split(" ", 1)[1], set()).add(place.address.city)
            towns.setdefault(place.address.postal_code, set()).add(place.address.city)
            if shared := re.search(r"Grange Hall|(Riverbend|Eastfield) Public Library", f"{partner.name} {place.name.source}"):
                halls.setdefault(shared[0], set()).add(place.address.line1)

    assert {street: cities for street, cities in streets.items() if len(cities) > 1 and street != "Main Street"} == {}
    assert {code: cities for code, cities in towns.items() if len(cities) > 1} == {}
    assert halls == {
        "Grange Hall": {"5 Orchard Road"},
        "Eastfield Public Library": {"2 Town Green"},
        "Riverbend Public Library": {"300 River Street", "55 Tanner Avenue"},
    }


def test_integrated_civics_education_is_part_of_title_ii(guide: Guide) -> None:
    assert [
        partner.slug for partner in guide.partners if partner.partnership.wioa.ielce and not partner.partnership.wioa.title_ii
    ] == []


def test_the_article_about_the_report_says_what_the_report_says() -> None:
    article = (ROOT / "content/spotlights/reading-our-own-report.md").read_text(encoding="utf-8")
    report = pipeline.report_tasks(ROOT, date(2026, 12, 1))
    network, holes = report.network, report.gaps.holes

    assert f"Of {len(network.referrals)} referral paths" in article
    assert len(network.one_sided) == 17  # "seventeen"
    assert network.single_points == ()
    nothing = {(hole.cell.kind, hole.cell.language) for hole in holes if not hole.cell.area and hole.cell.amount == "nothing"}
    assert {("worker-rights", "ar"), ("worker-rights", "fa"), ("worker-rights", "zh-Hans")} <= nothing
    assert {("citizenship-civics", "fa"), ("citizenship-civics", "uk")} <= nothing
    shelter = next(partner for partner in report.guide.partners if partner.slug == "cedar-crossing-night-shelter")
    assert shelter.partnership.agreement
    assert shelter.partnership.agreement.expires == date(2026, 10, 20)
