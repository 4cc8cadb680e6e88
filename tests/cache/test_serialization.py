"""Stored values are only data: whatever somebody writes into the cache, nothing is run and nothing of the process changes."""

import hashlib
import io
import json
import pickle
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.cache import build_cache
from guidegen.cache.blob_store import BlobRef
from guidegen.cache.serialization import DamagedError, PackedMapping, dumps, load, loads
from guidegen.cache.tracked_files import MARKER, TrackedFiles, folders_of
from guidegen.cli import main
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity
from tests import make
from tests.crash import tree

VALUES = [
    None, 1, "text", b"bytes", (), [1], {"a": (1, 2)}, {"b"}, Severity.WARNING, date(2026, 2, 3), Decimal("1.50"),
    PurePosixPath("a/b"), BlobRef("values-1", 0, 3, b"x"), Problem(PurePosixPath("a"), 1, 2, "message"),
    PackedMapping.of({"a": Severity.ERROR}), Phone("(555) 555-0100"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    read = loads(dumps(value))

    assert dict(read) == dict(value) if isinstance(value, PackedMapping) else read == value
    assert type(read) is type(value)


class Forged:
    """An object that pickle takes apart as somebody else says."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def __reduce__(self) -> tuple[Any, ...]:
        return self.parts


def named(module: str, name: str, arguments: bytes = b")") -> bytes:
    """Pickle code that calls an object of a module."""
    return b"\x80\x04c" + f"{module}\n{name}\n".encode() + arguments + b"R."


def with_state(target: bytes, state: object) -> bytes:
    """Pickle code that leaves an object on the stack and sets its attributes: the instruction BUILD."""
    return b"\x80\x04" + target + pickle.dumps(state, 2)[2:-1] + b"b."


LOCATION = b"cguidegen.model.location\nLocation\n"
SEVERITY = b"cguidegen.problems\nSeverity\n"
FORGED: dict[str, bytes | Callable[[], bytes]] = {
    "a program": named("os", "system", b"\x8c\x04true\x85"),
    "a program by its other name": named("posix", "system", b"\x8c\x04true\x85"),
    "eval": named("builtins", "eval", b"\x8c\x011\x85"),
    "getattr": named("builtins", "getattr", b"\x8c\x01a\x8c\x01b\x86"),
    "a file": named("io", "open", b"\x8c\x09/dev/null\x85"),
    "a module of guidegen that is run when it is imported": named("guidegen.__main__", "main"),
    "a function of guidegen": named("guidegen.cli", "main"),
    "a class of guidegen that is not listed": named("guidegen.workers", "Workers"),
    "a module that does not exist": named("guidegen.none", "None_"),
    "a name with dots": b"\x80\x04\x8c\x17guidegen.model.location\x8c\x1aLocation.__class__.__call__\x93.",
    "an attribute of a listed class": b"\x80\x04\x8c\x17guidegen.model.location\x8c\x11Location.__init__\x93.",
    "what a module imported": named("guidegen.model.guide", "re"),
    "too few arguments": named("guidegen.model.problems", "Problem"),
    "too many arguments": named("guidegen.model.location", "Phone", b"(" + b"K\x01" * 40 + b"t"),
    "a severity that there is not": named("guidegen.model.problems", "Severity", b"K\x63\x85"),
    "a severity of no kind": named("guidegen.model.problems", "Severity", b"]\x85"),
    "a number that is none": named("decimal", "Decimal", b"\x8c\x01x\x85"),
    "a date of too few bytes": named("datetime", "date", b"C\x02ab\x85"),
    "a date that there is not": named("datetime", "date", b"K\x00K\x00K\x00\x87"),
    "a time of too many hours": named("datetime", "time", b"K\x63\x85"),
    "packed bytes that are none": named("guidegen.cache.serialization", "Packed", b"K\x01\x85K\x02"),
    "state of a class": with_state(LOCATION, {"confidential": False}),
    "state of slots of a class": with_state(LOCATION, (None, {"confidential": False, "__call__": 1})),
    "state of a shared value": with_state(SEVERITY + b"K\x00\x85R", {"_value_": 1}),
    "state of slots of a shared value": with_state(SEVERITY + b"K\x00\x85R", (None, {"_value_": 1})),
    "a new class": b"\x80\x04" + LOCATION + b")\x81.",
    "a new class by its names": b"\x80\x04" + LOCATION + b"}\x92.",
    "an old instance": b"(iguidegen.workers\nWorkers\n.",
    "an old object": b"(" + b"cguidegen.workers\nWorkers\n" + b"o.",
    "an extension": b"\x80\x04\x82\x01.",
    "a persistent name": b"Pone\n.",
    "nothing": b"",
    "half a value": dumps(Phone("(555) 555-0100"))[:-9],
    "an empty stack": b"\x80\x04.",
    "another protocol": b"\x80\x63.",
    "very deep lists": b"\x80\x04" + b"]" * 200_000 + b"a" * 199_999 + b".",
    "a list as a key": b"\x80\x04}]Nsb.",
    "more bytes than there are": b"\x80\x04\x8e" + (2**62).to_bytes(8, "little") + b"a.",
    "a very long number": b"I" + b"9" * 10_000 + b"\n.",
    "a text that is no UTF-8": b"\x80\x04\x8c\x02\xff\xfe.",
    "a number too large": b"\x80\x04\x8b\xff\xff\xff\x7f.",
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_bytes_are_damaged_or_plain_and_change_nothing(name: str, tmp_path: Path) -> None:
    raw = FORGED[name]
    modules = set(sys.modules)
    before = {kind: (dict(vars(kind)), repr(vars(kind))) for kind in (Location, Severity, Problem, Partner)}

    try:
        value = loads(raw() if callable(raw) else raw)
    except DamagedError:
        value = None

    assert isinstance(value, type(None) | list | PackedMapping)
    assert {kind: (dict(vars(kind)), repr(vars(kind))) for kind in before} == before
    assert (Severity.ERROR.value, Severity.WARNING.value) == (0, 1)
    assert not [found for found in set(sys.modules) - modules if found.startswith("guidegen")]


def test_a_forged_call_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        loads(pickle.dumps(Forged(Path.touch, (tmp_path / "harmed",))))

    assert list(tmp_path.iterdir()) == []


def test_a_cache_whose_values_are_of_other_kinds_is_cleared_and_the_site_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes of the right form with the wrong things in them raise errors anywhere: then the build starts from nothing."""
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    folders, key = folders_of(root), pipeline.Options().key(root)
    known = build_cache.load(folders, key)
    (file,) = folders.cache.glob("values-*")
    raw, forged = file.read_bytes(), b""
    for name, where in known.values.items():
        new = dumps(forged_of(loads(raw[where.start : where.start + where.size])))
        known.values[name] = BlobRef(file.name, len(forged), len(new), hashlib.blake2b(new, digest_size=8).digest())
        forged += new
    file.write_bytes(forged)
    build_cache.save(folders, key, TrackedFiles(root), known, (1, 1, 0))
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "all who come"))

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert "the build cache could not be used, and was cleared" in capsys.readouterr().err
    built = tree(root / "site")
    assert main(["build", "--root", str(root), "--jobs", "1", "--clean"]) == 0
    assert {path: text for path, text in tree(root / "site").items() if path != MARKER} == {
        path: text for path, text in built.items() if path != MARKER
    }


def test_an_error_without_a_cache_is_a_fault_of_guidegen_and_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "read", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        pipeline.build(make.folder(tmp_path), tmp_path / "site")


def forged_of(value: Any) -> Any:
    """The same shape with other kinds of things in it."""
    if isinstance(value, tuple):
        return tuple(map(forged_of, value))
    return 7


def test_the_reader_reads_one_value_after_the_other() -> None:
    file = io.BytesIO(dumps([1]) + dumps({"a": json.dumps(1)}))

    assert (load(file), load(file)) == ([1], {"a": "1"})
    with pytest.raises(DamagedError):
        load(file)
