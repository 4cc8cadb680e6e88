"""How a service is reached: its own facts, else for each location that of the location, else the partner's."""

from typing import Any

import pytest

from guidegen.model import reach
from guidegen.model.hours import Closure, Hours, Times
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.partner import Partner
from tests import make

NORTH, SOUTH = "north", "south"
MONDAY, TUESDAY = Times(540, 1020, ("mo",)), Times(540, 1020, ("tu",))


def partner(service: dict[str, Any], **given: Any) -> Partner:
    places = given.pop("places", {NORTH: {}, SOUTH: {}})
    locations = tuple(Location(key, address=Address(city=key.title()), **facts) for key, facts in places.items())
    return make.partner(locations=locations, services=(make.service(**service),), **given)


def phones(made: Partner) -> list[tuple[str, tuple[str, ...]]]:
    return [(phone.number, phone.at) for phone in reach.reach_of(made, made.services[0]).phones]


def numbers(*given: str, at: str = "", kind: str = "") -> tuple[Phone, ...]:
    return tuple(Phone(number, kind, at=(at,) if at else ()) for number in given)


BOTH = {"at": (NORTH, SOUTH)}


@pytest.mark.parametrize(
    ("service", "places", "general", "expected"),
    [
        ({"at": (NORTH,), "phones": numbers("1")}, {NORTH: {"phones": numbers("2")}, SOUTH: {}}, numbers("3"), [("1", ())]),
        ({"at": (NORTH,)}, {NORTH: {"phones": numbers("2")}, SOUTH: {"phones": numbers("4")}}, numbers("3"), [("2", ())]),
        ({"at": (NORTH,)}, {NORTH: {}, SOUTH: {"phones": numbers("4")}}, numbers("3"), [("3", ())]),
        (BOTH, {NORTH: {"phones": numbers("2")}, SOUTH: {}}, numbers("3"), [("2", (NORTH,)), ("3", (SOUTH,))]),
        (BOTH, {NORTH: {"phones": numbers("2")}, SOUTH: {"phones": numbers("2")}}, numbers("3"), [("2", ())]),
        (BOTH, {NORTH: {"phones": numbers("2", kind="fax")}, SOUTH: {}}, numbers("3"), [("2", (NORTH,)), ("3", ())]),
        ({**BOTH, "phones": numbers("1", at=NORTH)}, {NORTH: {}, SOUTH: {}}, numbers("3"), [("1", (NORTH,)), ("3", (SOUTH,))]),
        ({}, {NORTH: {"phones": numbers("2")}, SOUTH: {}}, numbers("3"), [("3", ())]),
        ({}, {NORTH: {"phones": numbers("2")}}, numbers("3"), [("2", ())]),
        ({"attend": ("phone",)}, {NORTH: {"phones": numbers("2")}}, numbers("3"), [("3", ())]),
        ({"at": ("online",)}, {NORTH: {"phones": numbers("2")}}, numbers("3"), [("3", ())]),
        ({"at": (SOUTH,)}, {NORTH: {}, SOUTH: {}}, numbers("3", at=NORTH), []),
        ({"at": (NORTH,)}, {NORTH: {}, SOUTH: {}}, numbers("3", at=NORTH), [("3", ())]),
        (
            {"phones": (*numbers("1", at=NORTH), *numbers("5", at=SOUTH))},
            {NORTH: {}, SOUTH: {}},
            (),
            [("1", (NORTH,)), ("5", (SOUTH,))],
        ),
    ],
)  # fmt: skip
def test_a_number_is_the_nearest_one_that_is_given(
    service: dict[str, Any], places: dict[str, Any], general: tuple[Phone, ...], expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert phones(partner(service, places=places, phones=general)) == expected


def hours(made: Partner) -> list[tuple[Hours, tuple[str, ...]]]:
    return [(entry, entry.at) for entry in reach.reach_of(made, made.services[0]).hours]


def test_hours_of_the_partner_that_name_a_place_are_those_of_the_place() -> None:
    given = (Times(540, 1020, ("mo",), at=(NORTH,)), Times(540, 1020, ("tu",), at=(SOUTH,)))

    assert hours(partner({"at": (NORTH,)}, hours=given)) == [(MONDAY, ())]
    assert [at for _, at in hours(partner(BOTH, hours=given))] == [(NORTH,), (SOUTH,)]


def test_a_closure_alone_is_one_of_the_hours_written_elsewhere() -> None:
    closure = Closure()
    made = partner({"at": (NORTH,), "hours": (closure,)}, places={NORTH: {"hours": (MONDAY,)}})

    assert hours(made) == [(closure, ()), (MONDAY, ())]


def test_of_two_lines_either_both_name_their_places_or_none() -> None:
    made = partner({**BOTH, "hours": (MONDAY, Times(540, 1020, ("tu",), at=(SOUTH,)))})

    assert [at for _, at in hours(made)] == [(NORTH, SOUTH), (SOUTH,)]


def test_numbers_for_little_room_are_those_that_take_calls_then_texts() -> None:
    given = (Phone("1", "fax"), Phone("2", "text"), Phone("3"), Phone("4", "tty"), Phone("5", "whatsapp"), Phone("6"))

    assert [phone.number for phone in reach.Reach(phones=given).lines] == ["3", "6", "2"]
    assert [phone.number for phone in reach.Reach(phones=given[:1]).lines] == ["1"]


def test_a_fax_is_no_number_of_an_organization_whose_services_have_a_voice() -> None:
    made = partner({"at": (NORTH,), "phones": numbers("1")}, phones=numbers("9", kind="fax"))

    assert [phone.number for phone in reach.lines_of(made)] == ["1"]


def test_languages_come_place_by_place_too() -> None:
    places = {NORTH: {"languages": (SpokenLanguage("es"),)}, SOUTH: {}}
    made = partner(BOTH, places=places, languages=(SpokenLanguage("ar"),))

    assert [(one.code, one.at) for one in reach.reach_of(made, made.services[0]).languages] == [
        ("es", (NORTH,)),
        ("ar", (SOUTH,)),
    ]
