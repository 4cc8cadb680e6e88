"""Stored values are only data: whatever somebody writes into the cache, nothing runs and nothing in the process changes."""

import io
import json
import pickle
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.cache.cache_file import CacheFile
from guidegen.cache.serialization import DamagedError, PackedMapping, dumps, load, loads
from guidegen.cache.site_record import load_record, save_record
from guidegen.cache.tracked_files import MARKER, TrackedFiles, resolve_folders
from guidegen.cli import main
from guidegen.model.location import Location, Phone
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity
from tests import make
from tests.crash import tree

pytestmark = pytest.mark.slow

VALUES = [
    None, 1, "text", b"bytes", (), [1], {"a": (1, 2)}, {"b"}, Severity.WARNING, date(2026, 2, 3), Decimal("1.50"),
    PurePosixPath("a/b"), Problem(PurePosixPath("a"), 1, 2, "message"),
    PackedMapping.of({"a": Severity.ERROR}), Phone("(555) 555-0100"),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_read_back_unchanged(value: object) -> None:
    read = loads(dumps(value))

    assert dict(read) == dict(value) if isinstance(value, PackedMapping) else read == value
    assert type(read) is type(value)


class Forged:
    """An object with a forged ``__reduce__``."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts

    def __reduce__(self) -> tuple[Any, ...]:
        return self.parts


def encode_call(module: str, name: str, arguments: bytes = b")") -> bytes:
    """Return pickle code that calls an object of a module."""
    return b"\x80\x04c" + f"{module}\n{name}\n".encode() + arguments + b"R."


def encode_set_state(target: bytes, state: object) -> bytes:
    """Return pickle code that puts an object on the stack and sets its attributes with the BUILD opcode."""
    return b"\x80\x04" + target + pickle.dumps(state, 2)[2:-1] + b"b."


LOCATION = b"cguidegen.model.location\nLocation\n"
SEVERITY = b"cguidegen.model.problems\nSeverity\n"
FORGED: dict[str, bytes | Callable[[], bytes]] = {
    "a program": encode_call("os", "system", b"\x8c\x04true\x85"),
    "a program by its other name": encode_call("posix", "system", b"\x8c\x04true\x85"),
    "eval": encode_call("builtins", "eval", b"\x8c\x011\x85"),
    "getattr": encode_call("builtins", "getattr", b"\x8c\x01a\x8c\x01b\x86"),
    "a file": encode_call("io", "open", b"\x8c\x09/dev/null\x85"),
    "a module of guidegen that is run when it is imported": encode_call("guidegen.__main__", "main"),
    "a function of guidegen": encode_call("guidegen.cli", "main"),
    "a class of guidegen that is not listed": encode_call("guidegen.workers", "Workers"),
    "a module that does not exist": encode_call("guidegen.none", "None_"),
    "a name with dots": b"\x80\x04\x8c\x17guidegen.model.location\x8c\x1aLocation.__class__.__call__\x93.",
    "an attribute of a listed class": b"\x80\x04\x8c\x17guidegen.model.location\x8c\x11Location.__init__\x93.",
    "a name that a module imports": encode_call("guidegen.model.guide", "re"),
    "too few arguments": encode_call("guidegen.model.problems", "Problem"),
    "too many arguments": encode_call("guidegen.model.location", "Phone", b"(" + b"K\x01" * 40 + b"t"),
    "a severity that does not exist": encode_call("guidegen.model.problems", "Severity", b"K\x63\x85"),
    "a severity of another type": encode_call("guidegen.model.problems", "Severity", b"]\x85"),
    "an invalid number": encode_call("decimal", "Decimal", b"\x8c\x01x\x85"),
    "a date with too few bytes": encode_call("datetime", "date", b"C\x02ab\x85"),
    "a date that does not exist": encode_call("datetime", "date", b"K\x00K\x00K\x00\x87"),
    "a time with too many hours": encode_call("datetime", "time", b"K\x63\x85"),
    "packed bytes that are not bytes": encode_call("guidegen.cache.serialization", "PackedMapping", b"K\x01\x85K\x02"),
    "state of a class": encode_set_state(LOCATION, {"confidential": False}),
    "state of slots of a class": encode_set_state(LOCATION, (None, {"confidential": False, "__call__": 1})),
    "state of a shared value": encode_set_state(SEVERITY + b"K\x00\x85R", {"_value_": 1}),
    "state of slots of a shared value": encode_set_state(SEVERITY + b"K\x00\x85R", (None, {"_value_": 1})),
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
    "a text that is not UTF-8": b"\x80\x04\x8c\x02\xff\xfe.",
    "a number too large": b"\x80\x04\x8b\xff\xff\xff\x7f.",
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_bytes_are_damaged_or_plain_and_change_nothing(name: str, tmp_path: Path) -> None:
    raw = FORGED[name]
    modules = set(sys.modules)
    before = {cls: (dict(vars(cls)), repr(vars(cls))) for cls in (Location, Severity, Problem, Partner)}

    try:
        value = loads(raw() if callable(raw) else raw)
    except DamagedError:
        value = None

    assert isinstance(value, type(None) | list | PackedMapping)
    assert {cls: (dict(vars(cls)), repr(vars(cls))) for cls in before} == before
    assert (Severity.ERROR.value, Severity.WARNING.value) == (0, 1)
    assert not [name for name in set(sys.modules) - modules if name.startswith("guidegen")]


def test_a_forged_call_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        loads(pickle.dumps(Forged(Path.touch, (tmp_path / "harmed",))))

    assert list(tmp_path.iterdir()) == []


def test_a_cache_with_values_of_wrong_types_is_cleared_and_the_site_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values of the right form with wrong content raise errors anywhere: then the build starts from scratch."""
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    folders, options = resolve_folders(root), pipeline.BuildOptions().cache_key(root)
    with closing(CacheFile(folders.cache)) as store:
        record = load_record(store, folders, options)
        keys = set(store._keys)
        for key in keys:
            store.add_bytes(key, dumps(forge_value(store.read(key))))
        save_record(store, folders, options, TrackedFiles(root), record, record, (1, 1, 0))
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "all who come"))

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert "the build cache was unusable and has been cleared" in capsys.readouterr().err
    built = tree(root / "site")
    assert main(["build", "--root", str(root), "--jobs", "1", "--clean"]) == 0
    assert {path: text for path, text in tree(root / "site").items() if path != MARKER} == {
        path: text for path, text in built.items() if path != MARKER
    }


def test_an_error_without_a_cache_is_a_bug_and_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_checked_guide", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        pipeline.build(make.folder(tmp_path), tmp_path / "site")


def forge_value(value: Any) -> Any:
    """Return the same shape with content of other types."""
    if isinstance(value, tuple):
        return tuple(map(forge_value, value))
    return 7


def test_values_are_read_from_a_file_one_by_one() -> None:
    file = io.BytesIO(dumps([1]) + dumps({"a": json.dumps(1)}))

    assert (load(file), load(file)) == ([1], {"a": "1"})
    with pytest.raises(DamagedError):
        load(file)
