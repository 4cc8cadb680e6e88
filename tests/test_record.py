"""Records are equal when their fields are, and as small as they can be."""

import pickle
from dataclasses import field, fields, replace

import pytest

from guidegen.record import record


@record
class Point:
    """Of a made-up plane."""

    x: int
    y: int = 0
    note: str = field(default="", compare=False, repr=False)


@record(kw_only=True)
class Named(Point):
    """One that has a name."""

    name: str


@record
class Alone:
    """One field."""

    x: int


def test_records_are_compared_and_hashed_by_the_fields_that_count() -> None:
    assert Point(1, 2) == Point(1, 2, "a") != Point(2, 1)
    assert len({Point(1, 2), Point(1, 2, "a"), Point(2, 1), Alone(1), Alone(1)}) == 3
    assert Alone(1) == Alone(1) != Alone(2)
    assert Point(1) != Named(1, name="")


def test_records_are_shown_copied_and_kept_with_their_fields() -> None:
    named = Named(1, 2, "x", name="n")

    assert repr(named) == "Named(x=1, y=2, name='n')"
    assert replace(named, y=3) == Named(1, 3, name="n")
    assert [one.name for one in fields(Named)] == ["x", "y", "note", "name"]
    assert pickle.loads(pickle.dumps(named)) == named  # noqa: S301  # written just now


def test_a_record_has_no_room_for_what_it_does_not_name() -> None:
    with pytest.raises(AttributeError):
        Point(1).z = 1  # type: ignore[attr-defined]  # what is tried
    with pytest.raises(TypeError):
        Named(1, "n")  # type: ignore[call-arg,arg-type]  # what is tried
