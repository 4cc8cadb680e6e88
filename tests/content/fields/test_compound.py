"""Readers of records, lists and pairs, and their messages about values that do not fit."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest

from guidegen.content.fields.compound import AGES, Many, OneOf, Pair
from guidegen.content.fields.context import ReadingContext
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import Choice, WholeNumber
from guidegen.content.fields.text import Line
from guidegen.content.fields.times import Day
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model.problems import Problem

PATH = PurePosixPath("content/partners/a.yml")


@dataclass(frozen=True)
class Desk:
    """A value of an invented field table."""

    name: str
    floor: int = 0
    from_: str = ""
    days: tuple[str, ...] = ()
    chairs: tuple["Chair", ...] = ()
    shut: bool = False


@dataclass(frozen=True)
class Chair:
    """A value of a desk."""

    key: str
    colour: str = ""
    cover: str = ""


COVER: Record[str] = Record("a cover", (Field("cloth", Line(), "what it is made of"),), str)
CHAIR = Record(
    "a chair",
    (Field("key", Line(), "its key", "a"), Field("colour", Line(), "its colour"), Field("cover", COVER, "its cover")),
    Chair,
)
DESK = Record(
    "a desk",
    (
        Field("name", Line(), "its name", "Front", required=True),
        Field("floor", WholeNumber(0, 9), "its floor"),
        Field("from", Line(), "its start", explicit=True),
        Field("days", Many(Choice({"mo": "Monday", "tu": "Tuesday"}, {"monday": "mo"})), "its days", required=True),
        Field("chairs", Many(CHAIR, "key", limit=3), "its chairs"),
    ),
    Desk,
)
ROOM: OneOf[dict[str, object]] = OneOf(
    (
        Record("a room", (Field("doors", WholeNumber(), "how many", "2"), Field("note", Line(), "more")), dict),
        Record("a hall", (Field("gates", WholeNumber(), "how many", "3"),), dict),
    ),
    "a place",
)


def read(reader: Any, written: str) -> tuple[Any, list[Problem], ReadingContext]:
    """Return the result of a reader for the value of a key, and its problems."""
    node, problems = compose(f"at: {written}\n", PATH)
    assert problems == []
    assert isinstance(node, MappingNode)
    reading = ReadingContext(PATH, "en", enclosing_records=[("an office", ("rooms", "floor"))])
    value = reader.read(node.pairs[0][1], "desk", reading)
    assert reading.enclosing_records == [("an office", ("rooms", "floor"))]
    return value, reading.problems, reading


def test_a_record_is_built_from_its_keys_and_records_their_positions() -> None:
    written = "{name: Front, floor: 2, from: May, days: [mo, tu], chairs: [{key: a, colour: red}, {key: b}]}"

    desk, problems, reading = read(DESK, written)

    assert problems == []
    assert desk == Desk("Front", 2, "May", ("mo", "tu"), (Chair("a", "red"), Chair("b")))
    assert {"desk.name", "desk.days.1", "desk.chairs.a", "desk.chairs.b.key"} <= set(reading.places)
    assert reading.places["desk.floor"] == (1, 26)
    assert reading.places["desk.chairs.b"] == (1, 5 + written.index("{key: b}"))


def test_a_key_without_a_value_is_one_that_was_left_out() -> None:
    assert read(DESK, "{name: Front, floor: , days: [mo]}")[:2] == (Desk("Front", days=("mo",)), [])


SAID = [
    ("Front", 1, 5, "wrong-shape", "a desk should have keys with values, but is 'Front'", "Write keys with values, such as  {name: Front, days: …}"),
    ("[mo]", 1, 5, "wrong-shape", "a desk should have keys with values, but is a list", "Write keys with values"),
    ("\n  days: [mo]", 2, 3, "missing", "a desk has no 'name'", "Write  name: Front"),
    ("\n  name:\n  days: [mo]", 2, 3, "missing", "a desk has no 'name'", "Write  name: Front"),
    ("\n  days: [mo]\n  name:", 3, 3, "missing", "a desk has no 'name'", "Write  name: Front"),
    ("\n  name: A\n  floor: 1", 2, 3, "missing", "a desk has no 'days'", "Add 'days': its days"),
    ("\n  name: A\n  days: []", 3, 9, "empty", "'days' is an empty list", "Write a list, such as  [mo]"),
    ("\n  name: A\n  days: [~]", 3, 9, "empty", "'days' is an empty list", "Write a list"),
    ("\n  name: A\n  days: [mo]\n  from:", 4, 3, "empty", "'from' has no value", "Write a short text"),
    ("\n  nam: A\n  days: [mo]", 2, 3, "unknown-key", "'nam' is not a key of a desk", "Did you mean:  name"),
    ("\n  name:A: b\n  days: [mo]", 2, 3, "no-space", "'name' needs a colon and a space after it", "Write a colon and a space:  name: …"),
    ("\n  name：A: b\n  days: [mo]", 2, 3, "no-space", "'name' needs a colon", "name: …"),
    ("\n  name: A\n  days: [mo]\n  colour: red", 4, 3, "unknown-key", "'colour' is not a key of a desk", "It is a key of 'chairs': check the indentation"),
    ("\n  name: A\n  days: [mo]\n  cloth: wool", 4, 3, "unknown-key", "'cloth' is not a key of a desk", "It is a key of 'chairs': check the indentation"),
    ("\n  name: A\n  days: [mo]\n  rooms: 2", 4, 3, "unknown-key", "'rooms' is not a key of a desk", "It is a key of an office"),
    ("\n  name: A\n  days: [mo]\n  xyzzy: 2", 4, 3, "unknown-key", "'xyzzy' is not a key", "The keys are:  name, floor, from, days, chairs"),
    ("\n  name: A\n  days: [mo]\n  xyzzy:", 4, 3, "comma-in-braces", "'xyzzy' is not a key and has no value", "Put a text in quotes"),
    ("{name: A, days: [mo], floo: }", 1, 27, "unknown-key", "'floo' is not a key", "Did you mean:  floor"),
    ("{name: Ana, and Bo, days: [mo]}", 1, 17, "comma-in-braces", "'and Bo' is not a key and has no value", "name: \"Ana, and Bo\""),
    ("{name: A, days: mo, tu}", 1, 25, "comma-in-braces", "'tu' is not a key and has no value", "comma"),
    ("{name: A, days: [mo, mo]}", 1, 26, "listed-twice", "'days' lists mo twice", "It is already in line 1. Remove one of them."),
    ("{name: A, days: [mo], chairs: [{key: a}, {key: a}]}", 1, 46, "listed-twice", "'chairs' lists a twice", "It is already in line 1. Give one of them a different key."),
    ("{name: A, days: [mo], chairs: [{key: a}, {key: b}, {key: c}, {key: d}]}", 1, 35, "too-long", "'chairs' has 4 entries; the limit is 3", "Shorten the list."),
    ("{name: A, days: [mo], chairs: a}", 1, 35, "wrong-shape", "'chairs' needs a list, but has 'a'", "Write a list of entries:  [{key: a}]"),
    ("{name: A, days: Monday}", 1, 21, "wrong-shape", "'days' needs a list, but has 'Monday'", "Write [mo]"),
    ("{name: A, days: mo}", 1, 21, "wrong-shape", "'days' needs a list, but has 'mo'", "Write it in square brackets:  [mo]"),
    ("{name: A, days: {mo: tu}}", 1, 21, "wrong-shape", "'days' needs a list, but has keys with values", "Write a hyphen before each entry:  - …"),
    ("{name: A, days: ''}", 1, 21, "wrong-shape", "'days' needs a list, but has nothing", "Write a list, such as"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "line", "column", "code", "message", "hint"), SAID)
def test_what_does_not_fit_is_reported_once_at_its_position(
    written: str, line: int, column: int, code: str, message: str, hint: str
) -> None:
    _, problems, _ = read(DESK, written)

    assert [(problem.line, problem.column, problem.code) for problem in problems] == [(line, column, code)]
    assert message in problems[0].message
    assert hint in problems[0].hint


def test_a_value_that_is_missing_does_not_hide_what_else_is_wrong() -> None:
    desk, problems, _ = read(DESK, "{floor: 12, days: [we]}")

    assert [problem.code for problem in problems] == ["number", "choice", "missing"]
    assert desk == Desk("", days=())


def test_nothing_can_stand_for_a_number_that_is_missing() -> None:
    record: Record[dict[str, object]] = Record("a desk", (Field("floor", WholeNumber(0, 9), "its floor", required=True),), dict)

    assert read(record, "{floor: x}")[0] is None


def test_entries_that_cannot_be_read_are_left_out_and_lists_without_identity_may_repeat_records() -> None:
    assert read(Many(WholeNumber(0, 9)), "[1, x, 1, 12]")[0] == (1, 1)
    assert read(Many(CHAIR), "[{key: a}, {key: a}]")[:2] == ((Chair("a"), Chair("a")), [])


@pytest.mark.parametrize("written", ["[2026-01-01, 2026-01-01]", "[2026-01-01, 2026-01-02, 2026-01-01]"])
def test_a_day_is_listed_once(written: str) -> None:
    days, (problem,), _ = read(Many(Day()), written)

    assert date(2026, 1, 1) in days
    assert len(days) == written.count("2026") - 1
    assert problem.code == "listed-twice"


def test_records_are_told_apart_by_all_their_distinct_keys() -> None:
    many = Many(CHAIR, "key", distinct=("key", "colour"))

    assert len(read(many, "[{key: a, colour: red}, {key: a, colour: blue}]")[0]) == 2
    chairs, (problem,), _ = read(many, "[{key: a, colour: red}, {key: a, colour: red}]")
    assert (len(chairs), problem.code) == (1, "listed-twice")


def test_a_list_may_be_as_long_as_its_limit() -> None:
    assert read(Many(WholeNumber(0, 9), limit=3), "[1, 2, 3]")[:2] == ((1, 2, 3), [])


def test_a_list_shows_an_example_of_its_entries() -> None:
    assert Many(Choice({"mo": "Monday", "tu": "Tuesday"})).expected == "a list, such as  [mo]"
    assert Many(Line()).expected == "a list, such as  [first, second]"


def test_one_of_several_records_is_told_by_its_first_key() -> None:
    assert read(ROOM, "{doors: 2, note: big}")[:2] == ({"doors": 2, "note": "big"}, [])
    assert read(ROOM, "{gates: 3}")[:2] == ({"gates": 3}, [])
    assert ROOM.expected == "{doors: 2, …} or {gates: 3, …}"


@pytest.mark.parametrize(
    ("written", "message", "hint", "code"),
    [
        ("{dors: 2}", "'dors' is not a key of a place", "Did you mean:  doors", "unknown-key"),
        ("{note: x, gate: 2}", "'gate' is not a key of a place", "Did you mean:  gates", "unknown-key"),
        ("{xyzzy: 2}", "a place has none of these keys: doors, gates", "Write {doors: 2, …} or {gates: 3, …}", "missing"),
        ("{note: x}", "a place has none of these keys: doors, gates", "Write {doors: 2, …} or {gates: 3, …}", "missing"),
        ("[doors]", "a place has none of these keys: doors, gates", "Write {doors", "missing"),
        ("doors", "a place has none of these keys: doors, gates", "Write {doors", "missing"),
    ],
)
def test_what_is_none_of_several_records_is_said(written: str, message: str, hint: str, code: str) -> None:
    value, (problem,), _ = read(ROOM, written)

    assert (value, problem.message, problem.code) == (None, message, code)
    assert hint in problem.hint


def test_a_list_of_several_records_is_explained_by_the_first() -> None:
    _, (problem,), _ = read(Many(ROOM), "closed")

    assert problem.hint == "Write a list of entries:  [{doors: 2}]"


@pytest.mark.parametrize(("written", "value"), [("[0, 120]", (0, 120)), ("[18, null]", (18, None)), ("[~, 5]", (None, 5))])
def test_a_pair_may_be_open(written: str, value: object) -> None:
    assert read(AGES, written)[:2] == (value, [])


@pytest.mark.parametrize("written", ["5", "[5]", "[1, 2, 3]", "{a: 1}"])
def test_a_pair_has_two_values(written: str) -> None:
    value, (problem,), _ = read(AGES, written)

    assert value is None
    assert problem.code == "wrong-shape"
    assert "needs two values" in problem.message
    assert problem.hint == "Write the youngest and the oldest age, such as  [18, null]  or  [0, 5]"


def test_nobody_is_older_than_120() -> None:
    assert read(AGES, "[0, 121]")[0] == (0, None)
    assert read(AGES, "[0, 121]")[1][0].code == "number"


@pytest.mark.parametrize("written", ["[1, null]", "[null, 1]", "[x, 1]", "[1, x]"])
def test_a_pair_that_is_not_open_has_both(written: str) -> None:
    value, (problem,), _ = read(Pair(WholeNumber(0, 9), "two numbers"), written)

    assert (value, problem.code) == (None, "number")


def test_a_field_is_named_in_the_model_as_python_allows() -> None:
    assert [field.attribute for field in DESK.fields] == ["name", "floor", "from_", "days", "chairs"]
