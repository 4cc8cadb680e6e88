"""The decorator of records: equal to that of the standard library in all that records use."""

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest

from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0
    label: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True)
class Single:
    value: tuple[int, ...]


@dataclass(frozen=True)
class Empty:
    pass


@dataclass(slots=True)
class Counter:
    count: int = 0


@dataclass(frozen=True, order=True)
class Place:
    line: int


def test_records_are_compared_and_hashed_by_their_compared_fields() -> None:
    assert Point(1, 2, "a") == Point(1, 2, "b") != Point(1, 3)
    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b"))
    assert len({Point(1, 2), Point(1, 2), Point(2, 1), Single((1,)), Single((1,)), Empty(), Empty()}) == 4
    assert Point(1).__eq__((1, 0)) is NotImplemented
    assert Place(1) < Place(2)


def test_records_that_can_change_have_no_hash() -> None:
    assert Counter(1) == Counter(1)
    with pytest.raises(TypeError):
        hash(Counter())


def test_records_are_shown_as_they_are_made() -> None:
    standard = dataclasses.make_dataclass("Point", [("x", int), ("y", int)], frozen=True)

    assert repr(Point(1, 2, "hidden")) == repr(standard(1, 2)) == "Point(x=1, y=2)"
    assert repr(Single((1,))) == "Single(value=(1,))"


def test_records_are_copied_and_pickled() -> None:
    assert dataclasses.replace(Point(1), y=5) == Point(1, 5)
    assert copy.deepcopy(Point(1, 2)) == Point(1, 2)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)  # noqa: S301  # our own bytes
