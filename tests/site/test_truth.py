"""Every phone, language, town and opening time that a page shows with a service is a fact of that service.

In the guide of this test each fact is unique: no two locations and no two services share one. The expected facts are computed
from the profile alone, by the rule of the content model: the facts of the service, or else those of its locations, or else
those of the partner.
"""

import csv
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.search import records as searched
from guidegen.text.cldr import name_in
from tests import make

pytestmark = pytest.mark.slow

TYPES = ("english", "food")
KINDS = ("phones", "languages", "opens", "towns")
_CODES = (
    "es",
    "vi",
    "ar",
    "ht",
    "uk",
    "so",
    "ne",
    "sw",
    "pt",
    "fr",
    "ru",
    "pl",
    "ko",
    "ja",
    "hi",
    "ur",
    "bn",
    "am",
    "ti",
    "my",
    "km",
    "lo",
    "th",
    "tr",
)
LANGUAGES = iter((*_CODES, "ro", "sq", "hy", "ka", "az", "uz", "kk", "mn", "gu", "ta", "te", "mr"))
_NUMBERS, _MINUTES = count(), count(6 * 60)


@dataclass
class Facts:
    """The facts of a partner, a location or a service. Each value is unique in the guide."""

    phones: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)


def _create_facts(kinds: str) -> tuple[dict[str, Any], Facts]:
    """Return new facts, as fields of a profile and as values. ``kinds`` has ``p`` for a phone, ``l`` for a language, ``h`` for hours."""
    fields: dict[str, Any] = {}
    facts = Facts()
    if "p" in kinds:
        number = next(_NUMBERS)
        facts.phones = [f"({201 + number // 90}) 555-01{10 + number % 90}"]
        fields["phones"] = [{"number": facts.phones[0]}]
    if "l" in kinds:
        facts.languages = [next(LANGUAGES)]
        fields["languages"] = [{"code": facts.languages[0], "how": "staff"}]
    if "h" in kinds:
        facts.opens = [next(_MINUTES)]
        minute = facts.opens[0]
        fields["hours"] = [{"days": ["mo"], "open": f"{minute // 60:02}:{minute % 60:02}", "close": "21:00"}]
    return fields, facts


@dataclass
class Truth:
    """The true facts of services by name and of partners by slug, the services of each partner, and service names by key."""

    services: dict[str, Facts] = field(default_factory=dict)
    partners: dict[str, Facts] = field(default_factory=dict)
    of_partner: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


# The kinds of facts of each partner, of its locations, and of its services with the indexes of their locations.
SHAPES: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]], ...] = (
    ("plh", ("plh", "plh", ""), (("", (0,)), ("", (1,)), ("", (2,)), ("p", (1,)), ("", (0, 1)))),
    ("", ("plh", "pl"), (("", (0,)), ("", (1,)), ("lh", (0, 1)))),
    ("plh", ("", ""), (("plh", (0,)), ("", (1,)))),
    ("p", ("l", "h"), (("", (0,)), ("", (1,)), ("h", (0,)), ("", ()))),
    ("pl", (), (("h", ()), ("p", ()))),
    ("plh", ("plh",), (("", ()), ("", (0,)))),
)


def _find_first(*candidates: list[Any]) -> list[Any]:
    return next((values for values in candidates if values), [])


def build_profiles() -> tuple[dict[str, str | bytes], Truth]:
    files: dict[str, str | bytes] = {}
    truth = Truth()
    for number, (partner_kinds, place_kinds, service_shapes) in enumerate(SHAPES):
        slug = f"org-{number}"
        partner_fields, general = _create_facts(partner_kinds)
        places = [_create_place(number, index, kinds) for index, kinds in enumerate(place_kinds)]
        services = []
        truth.of_partner[slug] = []
        for index, (kinds, at) in enumerate(service_shapes):
            fields, own = _create_facts(kinds)
            name = f"Service {number} {index}"
            place_facts = [places[place][1] for place in at] or ([places[0][1]] if len(places) == 1 else [])
            truth.services[name] = _resolve_facts(own, together(place_facts), general)
            truth.of_partner[slug].append(name)
            truth.keys[f"{slug} s{index}"] = name
            keys = {"at": [f"l{place}" for place in at]} if at else {}
            services.append(
                {"key": f"s{index}", "types": [TYPES[index % 2]], "name": name, "roles": ["parents"], **keys, **fields}
            )
        truth.partners[slug] = Facts(general.phones, [], [], [town for _, facts in places for town in facts.towns])
        profile = {"name": f"Organization {number}", "summary": "Helps.", "email": "a@example.org", **partner_fields}
        profile |= {"locations": [place for place, _ in places], "services": services}
        files[f"content/partners/{slug}.yml"] = json.dumps(profile)
    return files, truth


def _create_place(number: int, index: int, kinds: str) -> tuple[dict[str, Any], Facts]:
    fields, facts = _create_facts(kinds)
    facts.towns = [f"Town{number}x{index}"]
    address = {"line1": f"{index + 1} Main Street", "city": facts.towns[0]}
    return {"key": f"l{index}", "address": address, **fields}, facts


def _resolve_facts(own: Facts, of_places: Facts, general: Facts) -> Facts:
    """Return the true facts of a service: its own, or else those of its places, or else those of the partner."""
    return Facts(
        _find_first(own.phones, of_places.phones, general.phones),
        _find_first(own.languages, of_places.languages, general.languages),
        _find_first(own.opens, of_places.opens, general.opens),
        of_places.towns,
    )


@pytest.fixture(scope="module")
def guide_and_truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    files, truth = build_profiles()
    root = make.folder(tmp_path_factory.mktemp("truth"), files)
    (root / "content/partners/food-bank.yml").unlink()
    pipeline.build(root, root / "site")
    return root, truth


PHONE = re.compile(r"\(?([2-9][0-9]{2})\)? ?-?555-?01([0-9]{2})")


def phones_in(text: str) -> set[str]:
    """Return the phone numbers in a text, including those that links dial."""
    dialed = {f"({area}) 555-01{rest}" for area, rest in re.findall(r"\+1([2-9][0-9]{2})55501([0-9]{2})", text)}
    return dialed | {f"({area}) 555-01{rest}" for area, rest in PHONE.findall(text)}


def languages_in(text: str, names: Mapping[str, str]) -> set[str]:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return {code for code, name in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)}


def shown_in(text: str, truth: Truth) -> Facts:
    """Return all facts that a part of a page shows."""
    names = {code: name_in(code, "en") for facts in truth.services.values() for code in facts.languages}
    towns = set(re.findall(r"Town[0-9]+x[0-9]+", text))
    opens = {int(minute) for minute in re.findall(r'data-open="mo ([0-9]+)-', text)}
    return Facts(sorted(phones_in(text)), sorted(languages_in(text, names)), sorted(opens), sorted(towns))


def false_facts(shown: Facts, true: Facts) -> dict[str, set[Any]]:
    """Return the facts that are shown but not true, by kind."""
    differences = {kind: set(getattr(shown, kind)) - set(getattr(true, kind)) for kind in KINDS}
    return {kind: values for kind, values in differences.items() if values}


def together(all_facts: list[Facts]) -> Facts:
    return Facts(*([value for facts in all_facts for value in getattr(facts, kind)] for kind in KINDS))


def common(all_facts: list[Facts]) -> Facts:
    first, *others = all_facts
    return Facts(
        *([value for value in getattr(first, kind) if all(value in getattr(other, kind) for other in others)] for kind in KINDS)
    )


def sections(root: Path, language: str = "en") -> Iterator[tuple[str, str, str]]:
    """Yield the slug, the service key and the HTML of each service on the profiles."""
    for file in sorted((root / f"site/{language}/partners").glob("org-*/index.html")):
        for key, text in re.findall(
            r'<section class="service" aria-labelledby="h-(\w+)">(.*?)</section>', file.read_text(), re.DOTALL
        ):
            yield file.parent.name, key, text


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_profile_shows_exactly_the_facts_of_each_service(guide_and_truth: tuple[Path, Truth], language: str) -> None:
    root, truth = guide_and_truth
    html_by_key = {f"{slug} {key}": text for slug, key, text in sections(root, language)}
    contacts = {
        slug: (root / f"site/{language}/partners/{slug}/index.html").read_text().partition('class="profile-side"')[2]
        for slug in truth.of_partner
    }

    assert set(html_by_key) == set(truth.keys)
    for key, text in html_by_key.items():
        true = truth.services[truth.keys[key]]
        shown, contact = shown_in(text, truth), shown_in(contacts[key.split()[0]], truth)
        if language == "en":
            # What holds for the whole partner stands once, in the part about contact.
            assert false_facts(shown, true) == {}, key
            assert set(true.phones) - set(contact.phones) <= set(shown.phones), key
            assert set(true.languages) - set(contact.languages) <= set(shown.languages), key
        assert (set(shown.opens), set(shown.towns)) == (set(true.opens), set(true.towns)), key
        assert set(true.phones) - set(contact.phones) <= set(shown.phones) <= set(true.phones), key


def cards(text: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Yield the slug of each card, its services by name with their HTML, and the rest of its HTML."""
    for card in re.findall(r'<article class="card".*?</article>', text, re.DOTALL):
        slug = re.search(r"(org-[0-9]+)/index.html", card)
        assert slug
        offers = re.findall(r'<div class="offer">(.*?)</div>', card, re.DOTALL)
        named_offers = [
            (
                re.sub(
                    r'<span class="count">.*?</span>|<[^>]+>|\s+$', "", re.findall(r'offer-name">(.*?)</p>', offer, re.DOTALL)[0]
                ).strip(),
                offer,
            )
            for offer in offers
        ]
        first_rest = re.search(r'<div class="offer-rest">(.*?)</div>', card, re.DOTALL)
        if first_rest:
            named_offers[0] = (named_offers[0][0], named_offers[0][1] + first_rest[1])
        yield slug[1], named_offers, re.sub(r'<div class="offer(?:-rest)?">.*?</div>', "", card, flags=re.DOTALL)


def test_a_card_shows_exactly_the_facts_of_each_service(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    offer_count = 0
    for type_id in TYPES:
        for slug, offers, rest in cards((root / f"site/en/services/{type_id}/index.html").read_text()):
            assert {name for name, _ in offers} <= set(truth.of_partner[slug])
            shared = common([truth.services[name] for name, _ in offers])
            assert false_facts(shown_in(rest, truth), shared) == {}, (slug, "the whole card")
            for name, text in offers:
                offer_count += 1
                true = truth.services[name]
                assert false_facts(shown_in(text, truth), true) == {}, name
                shown = shown_in(text + rest, truth)
                assert false_facts(true, shown) == {}, (name, "is missing")
    assert offer_count == len(truth.services)


def test_a_list_of_organizations_shows_what_is_true_of_all_their_services(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth

    for slug, offers, rest in cards((root / "site/en/partners/index.html").read_text()):
        shared = common([truth.services[name] for name in truth.of_partner[slug]])
        general = truth.partners[slug]
        true = Facts(shared.phones + general.phones, shared.languages, shared.opens, general.towns)
        assert offers == []
        assert false_facts(shown_in(rest, truth), true) == {}, slug


def test_a_list_of_an_area_shows_what_is_true_there(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    pages = sorted((root / "site/en/areas").glob("town*/index.html"))

    assert len(pages) == sum(len(places) for _, places, _ in SHAPES)
    for page in pages:
        towns = [town for facts in truth.partners.values() for town in facts.towns]
        town = next(town for town in towns if town.lower() == page.parent.name)
        for slug, _, rest in cards(page.read_text()):
            located = [truth.services[name] for name in truth.of_partner[slug] if town in truth.services[name].towns]
            unlocated = [truth.services[name] for name in truth.of_partner[slug] if not truth.services[name].towns]
            assert located or unlocated
            true = common([*located, *unlocated])
            general = truth.partners[slug]
            are_all_located = len(located) == len(truth.of_partner[slug])
            phones = true.phones + (general.phones if are_all_located else [])
            assert false_facts(shown_in(rest, truth), Facts(phones, true.languages, true.opens, general.towns)) == {}, (
                town,
                slug,
            )


def test_a_list_of_a_language_names_the_services_where_it_is_spoken(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    spoken = {code for facts in truth.services.values() for code in facts.languages}

    for code in spoken:
        page = (root / f"site/en/languages/{code.lower()}/index.html").read_text()
        speaking = {name for name, facts in truth.services.items() if code in facts.languages}
        for slug, offers, rest in cards(page):
            names = [name for name, _ in offers] or truth.of_partner[slug]
            assert set(names) <= speaking, (code, slug)
            speaking -= set(names)
            for name, text in offers:
                assert false_facts(shown_in(text, truth), truth.services[name]) == {}, (code, name)
            true = common([truth.services[name] for name in names])
            general = truth.partners[slug] if not offers else Facts()
            assert false_facts(shown_in(rest, truth), together([true, general])) == {}, (code, slug)
        assert speaking == set(), code


def test_a_handout_shows_what_is_true(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    for type_id in TYPES:
        page = (root / f"site/en/handout/{type_id}/index.html").read_text()
        entries = re.findall(r'<section class="sheet-entry".*?</section>', page, re.DOTALL)
        others = re.findall(r"<li><b>.*?</li>", page.split("sheet-others")[-1], re.DOTALL)
        assert len(entries) + len(others) == len(SHAPES)
        for entry in entries:
            head, *offers = re.split(r"<p><b>(?=<bdi[^>]*>Service|Service)", entry)
            names = [re.sub(r"<[^>]+>", "", offer.split("</b>")[0]) for offer in offers]
            for name, text in zip(names, offers, strict=True):
                offer_html = text if name != names[-1] else re.split(r'<p class="speaks">', text)[0]
                shown = shown_in(offer_html, truth)
                assert false_facts(shown, truth.services[name]) == {}, name
            true = together(
                [
                    common([truth.services[name] for name in names]),
                    Facts(towns=together([truth.services[name] for name in names]).towns),
                ]
            )
            assert false_facts(shown_in(head, truth), true) == {}, names


def test_json_ld_has_the_ways_to_reach_each_service(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    for slug in truth.of_partner:
        page = (root / f"site/en/partners/{slug}/index.html").read_text()
        data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
        assert phones_in(str(data.get("telephone", ""))) <= set(truth.partners[slug].phones)
        for offer in data["makesOffer"]:
            service = offer["itemOffered"]
            true = truth.services[service["name"]["@value"]]
            channels = service.get("availableChannel", [])
            phones = {channel["servicePhone"]["telephone"] for channel in channels if "servicePhone" in channel}
            assert phones == set(true.phones)
            assert {code for channel in channels for code in channel.get("availableLanguage", [])} <= set(true.languages)
            places = [place for channel in channels for place in channel.get("serviceLocation", [])]
            assert {place["address"]["addressLocality"] for place in places} <= set(true.towns)
            opens = [hours["opens"] for hours in service.get("hoursAvailable", [])]
            assert {int(time[:2]) * 60 + int(time[3:]) for time in opens} <= set(true.opens)


def test_a_contact_card_labels_each_number_with_its_holder(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    for slug, names in truth.of_partner.items():
        lines = (root / f"site/data/contacts/{slug}.vcf").read_text().splitlines()
        labels = {line.split(".")[0]: line.split(":", 1)[1] for line in lines if "X-ABLabel" in line}
        for line in (line for line in lines if ".TEL" in line):
            (number,) = phones_in(line)
            label = labels.get(line.split(".")[0], "")
            if not label:
                assert number in truth.partners[slug].phones
            elif label.startswith("Service"):
                assert number in truth.services[label].phones
            else:
                assert {number} <= {phone for name in names for phone in truth.services[name].phones} or label.startswith("Town")


def test_search_has_the_languages_and_places_of_each_service(guide_and_truth: tuple[Path, Truth]) -> None:
    root, truth = guide_and_truth
    guide = pipeline.load_checked_guide(root)[0]
    for record in searched.build_records(guide):
        names = truth.of_partner[record.slug]
        shared = common([truth.services[name] for name in names])
        assert {phone.number for phone in record.phones} <= {*shared.phones, *truth.partners[record.slug].phones}
        for name, service in zip(names, record.services, strict=True):
            true = truth.services[name]
            codes = {concept.removeprefix("lang:") for concept in service.concepts if concept.startswith("lang:")}
            assert codes == set(true.languages), name
            areas = {concept.removeprefix("area:") for concept in service.concepts if concept.startswith("area:")}
            towns = true.towns or truth.partners[record.slug].towns
            assert areas == {town.lower() for town in towns}, name


def test_spreadsheets_have_each_fact_at_its_holder(guide_and_truth: tuple[Path, Truth], tmp_path: Path) -> None:
    from guidegen.cli import main

    root, truth = guide_and_truth
    assert main(["export", "csv", "--root", str(root), "--out", str(tmp_path)]) == 0
    rows = list(csv.DictReader((tmp_path / "service-phones.csv").read_text("utf-8-sig").splitlines()))

    assert rows
    for row in rows:
        assert row["number"] in truth.services[truth.keys[f"{row['partner']} {row['service']}"]].phones
