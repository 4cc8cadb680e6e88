"""Equal values have equal digests, and others do not."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest

from guidegen.cache.keys import CacheKeys, LazyValue, key_prefix, source_key
from guidegen.model.partner import Wioa
from guidegen.model.service import Asks, Cost, Helps
from tests import ROOT, make


class Colour(Enum):
    """Of a made-up record."""

    RED = "r"
    BLUE = "b"


APART: list[list[object]] = [
    ["a", "b", "", ("a",), (("a",),), ("a", "a")],
    [("a", "b"), ("b", "a"), ("ab",), ("a", ("b",)), (("a", "b"),)],
    [1, "1", True, None, 1.5, "None", Decimal(1), Decimal("1.0")],
    [{"a": "b"}, {"b": "a"}, {"a": "b", "c": "d"}, ("a", "b"), {}, ()],
    [date(2026, 1, 2), "2026-01-02", date(2026, 1, 3)],
    [frozenset({"a", "b"}), frozenset({"a"}), frozenset(), ("a", "b")],
    [Colour.RED, Colour.BLUE, "r"],
    [Cost(), Cost(free=True), Cost(free=False), Cost(sliding=True), Asks(), Asks(ssn=True)],
    [Helps(), Wioa(), Helps(True), Helps(None, True)],
    [make.text("a"), make.text("a", es="b"), make.text("a", ar="b"), make.text("b")],
    [make.partner("a"), make.partner("b"), make.partner("a", email="a@example.org"), (make.partner("a"),)],
    [(make.service("a"), make.service("b")), (make.service("b"), make.service("a")), (make.service("a"),)],
]


@pytest.mark.parametrize("values", APART)
def test_what_differs_has_another_digest(values: list[object]) -> None:
    digests = [CacheKeys().key_of(value) for value in values]

    assert len(set(digests)) == len(values)
    assert {len(digest) for digest in digests} == {32}


@pytest.mark.parametrize("value", [value for values in APART for value in values])
def test_what_is_equal_has_the_same_digest_whoever_asks(value: object) -> None:
    one = CacheKeys()

    assert one.key_of(value) == one.key_of(value) == CacheKeys().key_of(value)


def test_equal_values_that_are_other_objects_have_the_same_digest() -> None:
    first, second = (make.partner("a", services=(make.service(),)) for _ in range(2))

    assert CacheKeys().key_of(first) == CacheKeys().key_of(second)
    assert CacheKeys().key_of(frozenset({"a", "b", "c"})) == CacheKeys().key_of(frozenset({"c", "b", "a"}))


def test_a_record_that_knows_what_it_was_made_from_is_told_by_that_alone() -> None:
    fingerprints = CacheKeys()
    first = make.partner("a", identity="x")

    assert fingerprints.key_of(first) == fingerprints.key_of(make.partner("b", identity="x"))
    assert fingerprints.key_of(first) != fingerprints.key_of(replace(first, identity="y"))
    assert fingerprints.key_of(first) != fingerprints.key_of(make.partner("a"))


def test_a_derived_value_is_made_once_for_its_origin() -> None:
    made: list[int] = []

    def make_it() -> object:
        made.append(1)
        return make.text("a")

    first = CacheKeys()
    digest = first.key_of(LazyValue("x", make_it))
    second = CacheKeys(first.now)

    assert digest == second.key_of(LazyValue("x", make_it)) == CacheKeys().key_of(make.text("a"))
    assert len(made) == 1
    assert second.now == {"x": digest}
    assert second.key_of(LazyValue("y", lambda: make.text("b"))) != digest
    assert second.key_of(LazyValue("", make_it)) == digest
    assert len(made) == 2, "what comes from nowhere is made"
    assert second.now.keys() == {"x", "y"}


def test_an_origin_is_its_surroundings_and_the_files_of_the_partner() -> None:
    partner = make.partner("a", identity="f1")
    origins = {
        source_key(key_prefix(kind, around), one)
        for kind in ("card", "record")
        for around in (("Millbrook",), ("Eastfield",))
        for one in (partner, replace(partner, identity="f2"))
    }

    assert len(origins) == 8
    assert source_key(key_prefix("card"), make.partner("a")) == ""


def test_fields_that_records_share_are_worked_out_once_and_count_all(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprints, order, digested = CacheKeys(), (make.service("x"), make.service("y")), list[object]()
    digest = CacheKeys._digest

    def noting(self: CacheKeys, value: object) -> str:
        digested.append(value)
        return digest(self, value)

    monkeypatch.setattr(CacheKeys, "_digest", noting)
    one, other = (make.partner(slug, services=order) for slug in "ab")

    assert fingerprints.keys_of_fields(one) != fingerprints.keys_of_fields(other)
    assert len([value for value in digested if value is order]) == 1
    assert fingerprints.keys_of_fields(one) == CacheKeys().keys_of_fields(make.partner("a", services=order))
    assert fingerprints.keys_of_fields("a") == fingerprints.key_of("a")


def test_what_is_not_compared_does_not_count() -> None:
    assert CacheKeys().key_of(make.partner("a", places={"name": (1, 1)})) == CacheKeys().key_of(make.partner("a"))


def test_a_digest_is_the_same_in_every_process() -> None:
    code = "from guidegen.cache.keys import CacheKeys as F; print(F().of((frozenset('abc'), {'a': 1})))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={"PYTHONPATH": "src", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip

    assert runs[0] == runs[1] == CacheKeys().key_of((frozenset("abc"), {"a": 1})) + "\n"
