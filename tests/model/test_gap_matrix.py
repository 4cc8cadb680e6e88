"""The gap matrix: every planted hole is found, and nothing else."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from guidegen.model.gap_matrix import EVERYWHERE, GapMatrix, build_matrix
from guidegen.model.guide import Guide
from guidegen.model.hours import Times
from guidegen.model.location import Address, Location, SpokenLanguage
from guidegen.model.partner import Partner, Verified
from guidegen.model.service import Cost, Service
from guidegen.model.settings import Area, Gaps
from tests import make

DAY = make.TODAY
HOURS = (Times(540, 720, days=("mo",)),)
FREE = (Cost(free=True),)


def offer(key: str, kind: str, *spoken: tuple[str, str], **fields: object) -> Service:
    languages = tuple(SpokenLanguage(code, how) for code, how in spoken)
    return make.service(key, **{"types": (kind,), "languages": languages, "hours": HOURS, "cost": FREE, **fields})


def partner(slug: str, *services: Service, town: str = "Millbrook", age: int = 10, **fields: object) -> Partner:
    place = Location("main", address=Address(city=town))
    verified = Verified(DAY - timedelta(days=age))
    return make.partner(slug, name=slug, locations=(place,), services=services, verified=verified, **fields)


def guide(*partners: Partner, **gaps: object) -> Guide:
    areas = (Area("County", kind="county"), Area("Millbrook", part_of=("County",)), Area("Eastfield", part_of=("County",)))
    settings = replace(make.guide().settings, areas=areas, check_after_days=180, gaps=Gaps(**gaps))  # type: ignore[arg-type]  # any field of it
    return make.guide(*partners, settings=settings)


def matrix(*partners: Partner, **gaps: object) -> GapMatrix:
    return build_matrix(guide(*partners, **gaps), DAY)


@pytest.mark.parametrize(
    ("service", "age", "strength"),
    [
        (offer("a", "food", ("es", "staff")), 10, 1.0),
        (offer("a", "food", ("es", "interpreter")), 10, 0.75),
        (offer("a", "food", ("es", "on-request")), 10, 0.5),
        (offer("a", "food", ("es", "staff")), 400, 0.5),
        (offer("a", "food", ("es", "staff"), hours=()), 10, 0.75),
        (offer("a", "food", ("es", "staff"), cost=()), 10, 0.75),
        (offer("a", "food", ("es-MX", "staff"), ("es", "interpreter")), 10, 1.0),
        (offer("a", "food", ("ar", "staff")), 10, 0.0),
    ],
)
def test_an_offer_counts_by_how_when_and_what_it_costs(service: Service, age: int, strength: float) -> None:
    cell = matrix(partner("bank", service, age=age)).find("food", "es", EVERYWHERE)

    assert cell.strength == strength
    assert cell.state == ("none" if not strength else "enough" if strength >= 1 else "thin")


def test_a_partner_counts_once_and_closed_ones_never() -> None:
    twice = partner("bank", offer("a", "food", ("es", "interpreter")), offer("b", "food", ("es", "on-request")))
    paused = partner("desk", offer("a", "food", ("es", "staff")), status="paused")

    assert matrix(twice, paused).find("food", "es", EVERYWHERE).strength == 0.75


def test_who_covers_the_county_covers_its_towns() -> None:
    found = matrix(partner("bank", offer("a", "food", ("es", "staff"), serves=replace(make.service().serves, names=("County",)))))

    assert {area: found.find("food", "es", area).state for area in found.areas} == {
        EVERYWHERE: "enough",
        "Millbrook": "enough",
        "Eastfield": "enough",
    }


def test_a_hole_names_who_is_nearest() -> None:
    found = matrix(
        partner("bank", offer("a", "food", ("es", "staff"))),
        partner("shelf", offer("a", "food", ("ar", "staff")), town="Eastfield"),
        languages=("es", "ar"),
    )

    holes = {(hole.cell.kind, hole.cell.language, hole.cell.area): hole for hole in found.holes}
    local = holes["food", "es", "Eastfield"]
    assert local.cell.state == "none"
    assert local.suggestions == (("does it in Millbrook", "bank"), ("does it in another language", "shelf"))
    assert ("food", "es", EVERYWHERE) not in holes
    assert holes["english", "es", EVERYWHERE].suggestions == ()


def test_enough_is_what_the_guide_says() -> None:
    bank = partner("bank", offer("a", "food", ("es", "staff")))

    assert matrix(bank, enough=2).find("food", "es", EVERYWHERE).state == "thin"


@pytest.mark.parametrize("seed", range(10))
def test_planted_holes_are_found_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # the same cases in every run
    kinds, languages, towns = ("english", "food"), ("es", "ar", "so"), ("Millbrook", "Eastfield")
    for _ in range(100):
        full = {(kind, tag, town) for kind in kinds for tag in languages for town in towns if rng.random() < 0.6}
        partners = [
            partner(f"p{number}", offer("a", kind, (tag, "staff")), town=town)
            for number, (kind, tag, town) in enumerate(sorted(full))
        ]

        holes = {(hole.cell.kind, hole.cell.language, hole.cell.area) for hole in matrix(*partners, languages=languages).holes}

        nowhere = {(kind, tag) for kind in kinds for tag in languages if not any((kind, tag, town) in full for town in towns)}
        local = {
            (kind, tag, town)
            for kind in kinds
            for tag in languages
            for town in towns
            if (kind, tag, town) not in full and (kind, tag) not in nowhere
        }
        assert holes == {(kind, tag, EVERYWHERE) for kind, tag in nowhere} | local
