"""How to reach a service: its own facts come first, then those of each location, then the partner's."""

from typing import Any

import pytest

from guidegen.model import reach
from guidegen.model.hours import Closure, Hours, Times
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.partner import Partner
from tests import make

NORTH, SOUTH = "north", "south"
MONDAY, TUESDAY = Times(540, 1020, ("mo",)), Times(540, 1020, ("tu",))


def make_partner(service: dict[str, Any], **fields: Any) -> Partner:
    places = fields.pop("places", {NORTH: {}, SOUTH: {}})
    locations = tuple(Location(key, address=Address(city=key.title()), **facts) for key, facts in places.items())
    return make.partner(locations=locations, services=(make.service(**service),), **fields)


def phones_of_service(partner: Partner) -> list[tuple[str, tuple[str, ...]]]:
    return [(phone.number, phone.at) for phone in reach.find_reach(partner, partner.services[0]).phones]


def phones(*numbers: str, at: str = "", kind: str = "") -> tuple[Phone, ...]:
    return tuple(Phone(number, kind, at=(at,) if at else ()) for number in numbers)


BOTH = {"at": (NORTH, SOUTH)}


@pytest.mark.parametrize(
    ("service", "places", "general", "expected"),
    [
        ({"at": (NORTH,), "phones": phones("1")}, {NORTH: {"phones": phones("2")}, SOUTH: {}}, phones("3"), [("1", ())]),
        ({"at": (NORTH,)}, {NORTH: {"phones": phones("2")}, SOUTH: {"phones": phones("4")}}, phones("3"), [("2", ())]),
        ({"at": (NORTH,)}, {NORTH: {}, SOUTH: {"phones": phones("4")}}, phones("3"), [("3", ())]),
        (BOTH, {NORTH: {"phones": phones("2")}, SOUTH: {}}, phones("3"), [("2", (NORTH,)), ("3", (SOUTH,))]),
        (BOTH, {NORTH: {"phones": phones("2")}, SOUTH: {"phones": phones("2")}}, phones("3"), [("2", ())]),
        (BOTH, {NORTH: {"phones": phones("2", kind="fax")}, SOUTH: {}}, phones("3"), [("2", (NORTH,)), ("3", ())]),
        ({**BOTH, "phones": phones("1", at=NORTH)}, {NORTH: {}, SOUTH: {}}, phones("3"), [("1", (NORTH,)), ("3", (SOUTH,))]),
        ({}, {NORTH: {"phones": phones("2")}, SOUTH: {}}, phones("3"), [("3", ())]),
        ({}, {NORTH: {"phones": phones("2")}}, phones("3"), [("2", ())]),
        ({"attend": ("phone",)}, {NORTH: {"phones": phones("2")}}, phones("3"), [("3", ())]),
        ({"at": ("online",)}, {NORTH: {"phones": phones("2")}}, phones("3"), [("3", ())]),
        ({"at": (SOUTH,)}, {NORTH: {}, SOUTH: {}}, phones("3", at=NORTH), []),
        ({"at": (NORTH,)}, {NORTH: {}, SOUTH: {}}, phones("3", at=NORTH), [("3", ())]),
        (
            {"phones": (*phones("1", at=NORTH), *phones("5", at=SOUTH))},
            {NORTH: {}, SOUTH: {}},
            (),
            [("1", (NORTH,)), ("5", (SOUTH,))],
        ),
    ],
)  # fmt: skip
def test_the_most_specific_phones_are_used(
    service: dict[str, Any], places: dict[str, Any], general: tuple[Phone, ...], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert phones_of_service(make_partner(service, places=places, phones=general)) == expected


def hours_of_service(partner: Partner) -> list[tuple[Hours, tuple[str, ...]]]:
    return [(entry, entry.at) for entry in reach.find_reach(partner, partner.services[0]).hours]


def test_hours_of_the_partner_that_name_a_location_apply_to_that_location() -> None:
    hours = (Times(540, 1020, ("mo",), at=(NORTH,)), Times(540, 1020, ("tu",), at=(SOUTH,)))

    assert hours_of_service(make_partner({"at": (NORTH,)}, hours=hours)) == [(MONDAY, ())]
    assert [at for _, at in hours_of_service(make_partner(BOTH, hours=hours))] == [(NORTH,), (SOUTH,)]


def test_a_closure_alone_is_an_exception_to_the_hours_of_the_location() -> None:
    closure = Closure()
    partner = make_partner({"at": (NORTH,), "hours": (closure,)}, places={NORTH: {"hours": (MONDAY,)}})

    assert hours_of_service(partner) == [(closure, ()), (MONDAY, ())]


def test_either_all_hours_name_their_locations_or_none_do() -> None:
    partner = make_partner({**BOTH, "hours": (MONDAY, Times(540, 1020, ("tu",), at=(SOUTH,)))})

    assert [at for _, at in hours_of_service(partner)] == [(NORTH, SOUTH), (SOUTH,)]


def test_compact_views_show_phones_that_take_calls_and_then_texts() -> None:
    mixed = (Phone("1", "fax"), Phone("2", "text"), Phone("3"), Phone("4", "tty"), Phone("5", "whatsapp"), Phone("6"))

    assert [phone.number for phone in reach.Reach(phones=mixed).compact_phones] == ["3", "6", "2"]
    assert [phone.number for phone in reach.Reach(phones=mixed[:1]).compact_phones] == ["1"]


def test_a_fax_is_not_shown_if_the_services_have_a_voice_number() -> None:
    partner = make_partner({"at": (NORTH,), "phones": phones("1")}, phones=phones("9", kind="fax"))

    assert [phone.number for phone in reach.find_compact_phones(partner)] == ["1"]


def test_languages_are_chosen_by_location_too() -> None:
    places = {NORTH: {"languages": (SpokenLanguage("es"),)}, SOUTH: {}}
    partner = make_partner(BOTH, places=places, languages=(SpokenLanguage("ar"),))

    assert [(spoken.code, spoken.at) for spoken in reach.find_reach(partner, partner.services[0]).languages] == [
        ("es", (NORTH,)),
        ("ar", (SOUTH,)),
    ]
