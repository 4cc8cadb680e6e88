"""Every phone, language, town and hour that a view shows of a service is that of the service: a guide of many offices.

The guide is made so that each fact says whose it is: no two offices and no two services have one in common. What is true is
worked out here from the written profile alone, by the rule of the content model: a fact of the service; else those of its
locations; else that of the partner.
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

TYPES = ("english", "food")
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
    """Facts of one holder; each value stands nowhere else in the guide."""

    phones: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    opens: list[int] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)


def _own(has: str) -> tuple[dict[str, Any], Facts]:
    """Return new facts as they are written in a profile: ``p`` for a phone, ``l`` for a language, ``h`` for hours."""
    written: dict[str, Any] = {}
    facts = Facts()
    if "p" in has:
        number = next(_NUMBERS)
        facts.phones = [f"({201 + number // 90}) 555-01{10 + number % 90}"]
        written["phones"] = [{"number": facts.phones[0]}]
    if "l" in has:
        facts.languages = [next(LANGUAGES)]
        written["languages"] = [{"code": facts.languages[0], "how": "staff"}]
    if "h" in has:
        facts.opens = [next(_MINUTES)]
        minute = facts.opens[0]
        written["hours"] = [{"days": ["mo"], "open": f"{minute // 60:02}:{minute % 60:02}", "close": "21:00"}]
    return written, facts


@dataclass
class Truth:
    """What is true of each service by its name, of each partner by its slug, and which services a partner has."""

    services: dict[str, Facts] = field(default_factory=dict)
    partners: dict[str, Facts] = field(default_factory=dict)
    of_partner: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


# who has facts of their own: the partner, its locations, its services with the locations where they are
SHAPES: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]], ...] = (
    ("plh", ("plh", "plh", ""), (("", (0,)), ("", (1,)), ("", (2,)), ("p", (1,)), ("", (0, 1)))),
    ("", ("plh", "pl"), (("", (0,)), ("", (1,)), ("lh", (0, 1)))),
    ("plh", ("", ""), (("plh", (0,)), ("", (1,)))),
    ("p", ("l", "h"), (("", (0,)), ("", (1,)), ("h", (0,)), ("", ()))),
    ("pl", (), (("h", ()), ("p", ()))),
    ("plh", ("plh",), (("", ()), ("", (0,)))),
)


def _first(*candidates: list[Any]) -> list[Any]:
    return next((one for one in candidates if one), [])


def many_offices() -> tuple[dict[str, str | bytes], Truth]:
    files: dict[str, str | bytes] = {}
    truth = Truth()
    for number, (partner_has, places_have, services_have) in enumerate(SHAPES):
        slug = f"org-{number}"
        written, general = _own(partner_has)
        places: list[tuple[dict[str, Any], Facts]] = []
        for place, has in enumerate(places_have):
            own, facts = _own(has)
            facts.towns = [f"Town{number}x{place}"]
            address = {"line1": f"{place + 1} Main Street", "city": facts.towns[0]}
            places.append(({"key": f"l{place}", "address": address, **own}, facts))
        services = []
        truth.of_partner[slug] = []
        for service, (has, at) in enumerate(services_have):
            own, facts = _own(has)
            name = f"Service {number} {service}"
            here = [places[one][1] for one in at] or ([places[0][1]] if len(places) == 1 else [])
            truth.services[name] = Facts(
                _first(facts.phones, [one for place in here for one in place.phones], general.phones),
                _first(facts.languages, [one for place in here for one in place.languages], general.languages),
                _first(facts.opens, [one for place in here for one in place.opens], general.opens),
                [town for place in here for town in place.towns],
            )
            truth.of_partner[slug].append(name)
            truth.keys[f"{slug} s{service}"] = name
            keys = {"at": [f"l{one}" for one in at]} if at else {}
            services.append(
                {"key": f"s{service}", "types": [TYPES[service % 2]], "name": name, "roles": ["parents"], **keys, **own}
            )
        truth.partners[slug] = Facts(general.phones, [], [], [town for _, facts in places for town in facts.towns])
        profile = {"name": f"Organization {number}", "summary": "Helps.", "email": "a@example.org", **written}
        profile |= {"locations": [place for place, _ in places], "services": services}
        files[f"content/partners/{slug}.yml"] = json.dumps(profile)
    return files, truth


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    files, truth = many_offices()
    root = make.folder(tmp_path_factory.mktemp("truth"), files)
    (root / "content/partners/food-bank.yml").unlink()
    pipeline.build(root, root / "site")
    return root, truth


PHONE = re.compile(r"\(?([2-9][0-9]{2})\)? ?-?555-?01([0-9]{2})")


def phones_in(text: str) -> set[str]:
    """Return the numbers in a text, also those that links dial."""
    dialed = {f"({area}) 555-01{rest}" for area, rest in re.findall(r"\+1([2-9][0-9]{2})55501([0-9]{2})", text)}
    return dialed | {f"({area}) 555-01{rest}" for area, rest in PHONE.findall(text)}


def languages_in(text: str, names: Mapping[str, str]) -> set[str]:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return {code for code, name in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)}


def shown_in(text: str, truth: Truth) -> Facts:
    """Return all facts that a piece of a page shows, whoever has them."""
    names = {code: name_in(code, "en") for facts in truth.services.values() for code in facts.languages}
    towns = set(re.findall(r"Town[0-9]+x[0-9]+", text))
    opens = {int(minute) for minute in re.findall(r'data-open="mo ([0-9]+)-', text)}
    return Facts(sorted(phones_in(text)), sorted(languages_in(text, names)), sorted(opens), sorted(towns))


def false_facts(shown: Facts, true: Facts) -> dict[str, set[Any]]:
    """Return what is shown and not true, by kind."""
    pairs = {name: set(getattr(shown, name)) - set(getattr(true, name)) for name in ("phones", "languages", "opens", "towns")}
    return {name: wrong for name, wrong in pairs.items() if wrong}


def together(facts: list[Facts]) -> Facts:
    return Facts(*([one for some in facts for one in getattr(some, name)] for name in ("phones", "languages", "opens", "towns")))


def common(facts: list[Facts]) -> Facts:
    first, *others = facts
    kinds = ("phones", "languages", "opens", "towns")
    return Facts(
        *([one for one in getattr(first, kind) if all(one in getattr(other, kind) for other in others)] for kind in kinds)
    )


def sections(root: Path, language: str = "en") -> Iterator[tuple[str, str, str]]:
    """Yield slug, service and HTML of each service on the profiles."""
    for file in sorted((root / f"site/{language}/partners").glob("org-*/index.html")):
        for key, text in re.findall(
            r'<section class="service" aria-labelledby="s-(\w+)">(.*?)</section>', file.read_text(), re.DOTALL
        ):
            yield file.parent.name, key, text


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_profile_shows_of_a_service_what_is_true_of_it_and_all_of_it(made: tuple[Path, Truth], language: str) -> None:
    root, truth = made
    found = {f"{slug} {key}": text for slug, key, text in sections(root, language)}

    assert set(found) == set(truth.keys)
    for at, text in found.items():
        true = truth.services[truth.keys[at]]
        shown = shown_in(text, truth)
        if language == "en":
            assert shown == Facts(sorted(true.phones), sorted(true.languages), sorted(true.opens), sorted(true.towns)), at
        assert (set(shown.phones), set(shown.opens), set(shown.towns)) == (set(true.phones), set(true.opens), set(true.towns)), at


def cards(text: str) -> Iterator[tuple[str, list[tuple[str, str]], str]]:
    """Yield of each card its slug, its services with their HTML, and the rest of it."""
    for card in re.findall(r'<article class="card".*?</article>', text, re.DOTALL):
        slug = re.search(r"(org-[0-9]+)/index.html", card)
        assert slug
        offers = re.findall(r'<div class="offer">(.*?)</div>', card, re.DOTALL)
        named = [
            (re.sub(r"<[^>]+>|\s+$", "", re.findall(r'offer-name">(.*?)</p>', one, re.DOTALL)[0]).strip(), one) for one in offers
        ]
        yield slug[1], named, re.sub(r'<div class="offer">.*?</div>', "", card, flags=re.DOTALL)


def test_a_card_shows_of_each_service_what_is_true_of_it(made: tuple[Path, Truth]) -> None:
    root, truth = made
    seen = 0
    for type_id in TYPES:
        for slug, offers, rest in cards((root / f"site/en/services/{type_id}/index.html").read_text()):
            assert {name for name, _ in offers} <= set(truth.of_partner[slug])
            everything = common([truth.services[name] for name, _ in offers])
            assert false_facts(shown_in(rest, truth), everything) == {}, (slug, "the whole card")
            for name, text in offers:
                seen += 1
                true = truth.services[name]
                assert false_facts(shown_in(text, truth), true) == {}, name
                shown = shown_in(text + rest, truth)
                assert false_facts(true, shown) == {}, (name, "is missing")
    assert seen == len(truth.services)


def test_a_list_of_organizations_shows_what_is_true_of_all_their_services(made: tuple[Path, Truth]) -> None:
    root, truth = made

    for slug, offers, rest in cards((root / "site/en/partners/index.html").read_text()):
        everything = common([truth.services[name] for name in truth.of_partner[slug]])
        general = truth.partners[slug]
        true = Facts(everything.phones + general.phones, everything.languages, everything.opens, general.towns)
        assert offers == []
        assert false_facts(shown_in(rest, truth), true) == {}, slug


def test_a_list_of_a_place_shows_what_is_true_there(made: tuple[Path, Truth]) -> None:
    root, truth = made
    pages = sorted((root / "site/en/areas").glob("town*/index.html"))

    assert len(pages) == sum(len(places) for _, places, _ in SHAPES)
    for page in pages:
        town = next(one for facts in truth.partners.values() for one in facts.towns if one.lower() == page.parent.name)
        for slug, _, rest in cards(page.read_text()):
            here = [truth.services[name] for name in truth.of_partner[slug] if town in truth.services[name].towns]
            unknown = [truth.services[name] for name in truth.of_partner[slug] if not truth.services[name].towns]
            assert here or unknown
            true = common([*here, *unknown])
            general = truth.partners[slug]
            whole = len(here) == len(truth.of_partner[slug])
            phones = true.phones + (general.phones if whole else [])
            assert false_facts(shown_in(rest, truth), Facts(phones, true.languages, true.opens, general.towns)) == {}, (
                town,
                slug,
            )


def test_a_list_of_a_language_names_the_services_where_it_is_spoken(made: tuple[Path, Truth]) -> None:
    root, truth = made
    spoken = {code for facts in truth.services.values() for code in facts.languages}

    for code in spoken:
        page = (root / f"site/en/languages/{code.lower()}/index.html").read_text()
        speaking = {name for name, facts in truth.services.items() if code in facts.languages}
        for slug, offers, rest in cards(page):
            named = [name for name, _ in offers] or truth.of_partner[slug]
            assert set(named) <= speaking, (code, slug)
            speaking -= set(named)
            for name, text in offers:
                assert false_facts(shown_in(text, truth), truth.services[name]) == {}, (code, name)
            true = common([truth.services[name] for name in named])
            general = truth.partners[slug] if not offers else Facts()
            assert false_facts(shown_in(rest, truth), together([true, general])) == {}, (code, slug)
        assert speaking == set(), code


def test_a_printed_sheet_shows_what_is_true(made: tuple[Path, Truth]) -> None:
    root, truth = made
    for type_id in TYPES:
        page = (root / f"site/en/handout/{type_id}/index.html").read_text()
        entries = re.findall(r'<section class="sheet-entry".*?</section>', page, re.DOTALL)
        others = re.findall(r"<li><b>.*?</li>", page.split("sheet-others")[-1], re.DOTALL)
        assert len(entries) + len(others) == len(SHAPES)
        for entry in entries:
            head, *offers = re.split(r"<p><b>(?=<bdi[^>]*>Service|Service)", entry)
            names = [re.sub(r"<[^>]+>", "", one.split("</b>")[0]) for one in offers]
            for name, text in zip(names, offers, strict=True):
                tail = text if name != names[-1] else re.split(r'<p class="speaks">', text)[0]
                shown = shown_in(tail, truth)
                assert false_facts(shown, truth.services[name]) == {}, name
            true = together(
                [
                    common([truth.services[name] for name in names]),
                    Facts(towns=together([truth.services[n] for n in names]).towns),
                ]
            )
            assert false_facts(shown_in(head, truth), true) == {}, names


def test_data_for_machines_has_the_ways_to_each_service(made: tuple[Path, Truth]) -> None:
    root, truth = made
    for slug in truth.of_partner:
        page = (root / f"site/en/partners/{slug}/index.html").read_text()
        data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[0])
        assert phones_in(str(data.get("telephone", ""))) <= set(truth.partners[slug].phones)
        for offer in data["makesOffer"]:
            service = offer["itemOffered"]
            true = truth.services[service["name"]["@value"]]
            channels = service.get("availableChannel", [])
            assert {one["servicePhone"]["telephone"] for one in channels if "servicePhone" in one} == set(true.phones)
            assert {code for one in channels for code in one.get("availableLanguage", [])} <= set(true.languages)
            towns = {place["address"]["addressLocality"] for one in channels for place in one.get("serviceLocation", [])}
            assert towns <= set(true.towns)
            opens = {int(one["opens"][:2]) * 60 + int(one["opens"][3:]) for one in service.get("hoursAvailable", [])}
            assert opens <= set(true.opens)


def test_a_contact_card_says_whose_each_number_is(made: tuple[Path, Truth]) -> None:
    root, truth = made
    for slug, names in truth.of_partner.items():
        lines = (root / f"site/data/contacts/{slug}.vcf").read_text().splitlines()
        labels = {line.split(".")[0]: line.split(":", 1)[1] for line in lines if "X-ABLabel" in line}
        for line in (one for one in lines if ".TEL" in one):
            (number,) = phones_in(line)
            label = labels.get(line.split(".")[0], "")
            if not label:
                assert number in truth.partners[slug].phones
            elif label.startswith("Service"):
                assert number in truth.services[label].phones
            else:
                assert {number} <= {phone for name in names for phone in truth.services[name].phones} or label.startswith("Town")


def test_search_knows_of_each_service_its_own_languages_and_places(made: tuple[Path, Truth]) -> None:
    root, truth = made
    guide = pipeline.load_checked_guide(root)[0]
    for record in searched.build_records(guide):
        names = truth.of_partner[record.slug]
        everything = common([truth.services[name] for name in names])
        assert {phone.number for phone in record.phones} <= {*everything.phones, *truth.partners[record.slug].phones}
        for name, facts in zip(names, record.services, strict=True):
            true = truth.services[name]
            assert {one.removeprefix("lang:") for one in facts.concepts if one.startswith("lang:")} == set(true.languages), name
            towns = {one.removeprefix("area:") for one in facts.concepts if one.startswith("area:")}
            places = true.towns or truth.partners[record.slug].towns
            assert towns == {town.lower() for town in places}, name


def test_sheets_hold_each_fact_where_it_was_written(made: tuple[Path, Truth], tmp_path: Path) -> None:
    from guidegen.cli import main

    root, truth = made
    assert main(["export", "csv", "--root", str(root), "--out", str(tmp_path)]) == 0
    rows = list(csv.DictReader((tmp_path / "service-phones.csv").read_text("utf-8-sig").splitlines()))

    assert rows
    for row in rows:
        assert row["number"] in truth.services[truth.keys[f"{row['partner']} {row['service']}"]].phones
