"""Equal values have equal keys, and different values have different keys."""

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


class Color(Enum):
    """An enum for records made up here."""

    RED = "r"
    BLUE = "b"


DIFFERENT_VALUES: list[list[object]] = [
    ["a", "b", "", ("a",), (("a",),), ("a", "a")],
    [("a", "b"), ("b", "a"), ("ab",), ("a", ("b",)), (("a", "b"),)],
    [1, "1", True, None, 1.5, "None", Decimal(1), Decimal("1.0")],
    [{"a": "b"}, {"b": "a"}, {"a": "b", "c": "d"}, ("a", "b"), {}, ()],
    [date(2026, 1, 2), "2026-01-02", date(2026, 1, 3)],
    [frozenset({"a", "b"}), frozenset({"a"}), frozenset(), ("a", "b")],
    [Color.RED, Color.BLUE, "r"],
    [Cost(), Cost(free=True), Cost(free=False), Cost(sliding=True), Asks(), Asks(ssn=True)],
    [Helps(), Wioa(), Helps(True), Helps(None, True)],
    [make.text("a"), make.text("a", es="b"), make.text("a", ar="b"), make.text("b")],
    [make.partner("a"), make.partner("b"), make.partner("a", email="a@example.org"), (make.partner("a"),)],
    [(make.service("a"), make.service("b")), (make.service("b"), make.service("a")), (make.service("a"),)],
]


@pytest.mark.parametrize("values", DIFFERENT_VALUES)
def test_different_values_have_different_keys(values: list[object]) -> None:
    keys = [CacheKeys().key_of(value) for value in values]

    assert len(set(keys)) == len(values)
    assert {len(key) for key in keys} == {32}


@pytest.mark.parametrize("value", [value for values in DIFFERENT_VALUES for value in values])
def test_equal_values_have_equal_keys_in_every_instance(value: object) -> None:
    keys = CacheKeys()

    assert keys.key_of(value) == keys.key_of(value) == CacheKeys().key_of(value)


def test_equal_values_in_different_objects_have_equal_keys() -> None:
    first, second = (make.partner("a", services=(make.service(),)) for _ in range(2))

    assert CacheKeys().key_of(first) == CacheKeys().key_of(second)
    assert CacheKeys().key_of(frozenset({"a", "b", "c"})) == CacheKeys().key_of(frozenset({"c", "b", "a"}))


def test_the_key_of_a_record_with_an_identity_depends_on_that_alone() -> None:
    keys = CacheKeys()
    first = make.partner("a", identity="x")

    assert keys.key_of(first) == keys.key_of(make.partner("b", identity="x"))
    assert keys.key_of(first) != keys.key_of(replace(first, identity="y"))
    assert keys.key_of(first) != keys.key_of(make.partner("a"))


def test_a_lazy_value_is_computed_once_for_its_source_key() -> None:
    calls: list[int] = []

    def compute() -> object:
        calls.append(1)
        return make.text("a")

    first = CacheKeys()
    key = first.key_of(LazyValue("x", compute))
    second = CacheKeys(first.new_keys)

    assert key == second.key_of(LazyValue("x", compute)) == CacheKeys().key_of(make.text("a"))
    assert len(calls) == 1
    assert second.new_keys == {"x": key}
    assert second.key_of(LazyValue("y", lambda: make.text("b"))) != key
    assert second.key_of(LazyValue("", compute)) == key
    assert len(calls) == 2, "a value without a source key is computed"
    assert second.new_keys.keys() == {"x", "y"}


def test_a_source_key_depends_on_the_prefix_and_the_files_of_the_partner() -> None:
    partner = make.partner("a", identity="f1")
    source_keys = {
        source_key(key_prefix(kind, shared), version)
        for kind in ("card", "record")
        for shared in (("Millbrook",), ("Eastfield",))
        for version in (partner, replace(partner, identity="f2"))
    }

    assert len(source_keys) == 8
    assert source_key(key_prefix("card"), make.partner("a")) == ""


def test_shared_fields_are_hashed_once_and_all_fields_count(monkeypatch: pytest.MonkeyPatch) -> None:
    keys, services, hashed = CacheKeys(), (make.service("x"), make.service("y")), list[object]()
    compute_hash = CacheKeys._hash

    def record_and_hash(self: CacheKeys, value: object) -> str:
        hashed.append(value)
        return compute_hash(self, value)

    monkeypatch.setattr(CacheKeys, "_hash", record_and_hash)
    first, second = (make.partner(slug, services=services) for slug in "ab")

    assert keys.keys_of_fields(first) != keys.keys_of_fields(second)
    assert len([value for value in hashed if value is services]) == 1
    assert keys.keys_of_fields(first) == CacheKeys().keys_of_fields(make.partner("a", services=services))
    assert keys.keys_of_fields("a") == keys.key_of("a")


def test_fields_that_are_not_compared_do_not_count() -> None:
    assert CacheKeys().key_of(make.partner("a", places={"name": (1, 1)})) == CacheKeys().key_of(make.partner("a"))


def test_a_key_is_the_same_in_every_process() -> None:
    code = "from guidegen.cache.keys import CacheKeys; print(CacheKeys().key_of((frozenset('abc'), {'a': 1})))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True, text=True, check=True, cwd=ROOT,
            env={"PYTHONPATH": "src", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip

    assert runs[0] == runs[1] == CacheKeys().key_of((frozenset("abc"), {"a": 1})) + "\n"
