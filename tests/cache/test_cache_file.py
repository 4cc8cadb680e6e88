"""Values are kept on disk from one build to the next, and damaged ones count as missing."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cache.cache_file import CacheFile
from guidegen.cache.folders import GITIGNORE
from guidegen.cache.tracked_files import CACHE_FILE
from guidegen.model.problems import ContentError
from tests import ROOT, make

ADD_FOR_EVER = """
import sys
from pathlib import Path
from guidegen.cache.cache_file import CacheFile
store = CacheFile(Path(sys.argv[1]))
for number in range(10 ** 9):
    store.add_bytes(b"new%d" % number, b"x" * 5_000)
    if number == 2_000:
        print("ready", flush=True)
"""


def store_values(folder: Path, new: Mapping[bytes, bytes], kept_keys: Iterable[bytes]) -> None:
    """Do what a build does that adds some values and keeps some."""
    with closing(CacheFile(folder)) as store:
        for key, raw in new.items():
            store.add_bytes(key, raw)
        store.keep(kept_keys)
        store.commit()


def read(folder: Path, *keys: bytes) -> list[bytes | None]:
    with closing(CacheFile(folder)) as store:
        return [store.read_bytes(key) if key in store else None for key in keys]


def test_values_are_there_in_the_same_build_and_in_the_next(tmp_path: Path) -> None:
    with closing(CacheFile(tmp_path)) as store:
        store.add_bytes(b"a", b"apple")
        assert store.read_bytes(b"a") == b"apple"
        store.add_bytes(b"b", b"banana")
        assert b"b" in store
        store.keep([b"a", b"b", b"unknown"])
        store.commit()

    assert read(tmp_path, b"a", b"b", b"unknown") == [b"apple", b"banana", None]
    store_values(tmp_path, {b"c": b"cherry"}, [b"b", b"c"])
    assert read(tmp_path, b"a", b"b", b"c") == [None, b"banana", b"cherry"]
    assert sorted(file.name for file in tmp_path.iterdir()) == [GITIGNORE, CACHE_FILE], "SQLite left its log"


def test_values_that_are_not_kept_leave_no_files(tmp_path: Path) -> None:
    with closing(CacheFile(tmp_path / "state")) as store:
        store.add_bytes(b"a", b"apple")

    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_leaves_the_values_of_the_one_before(tmp_path: Path) -> None:
    store_values(tmp_path, {b"a": b"apple"}, [b"a"])
    with closing(CacheFile(tmp_path)) as store:
        store.add_bytes(b"a", b"worm")
        store.add_bytes(b"b", b"banana")

    assert read(tmp_path, b"a", b"b") == [b"apple", None]


def test_a_killed_build_leaves_the_values_of_the_one_before(tmp_path: Path) -> None:
    known = {b"%d" % number: b"%d" % number * 1_000 for number in range(200)}
    store_values(tmp_path, known, known)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", ADD_FOR_EVER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        process.stdout.readline()  # more than SQLite keeps in memory
        process.send_signal(signal.SIGKILL)

    assert read(tmp_path, *known, b"new1") == [*known.values(), None]
    store_values(tmp_path, {b"b": b"banana"}, [*known, b"b"])
    assert read(tmp_path, b"b", b"7") == [b"banana", known[b"7"]]


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_value_counts_as_missing_and_a_damaged_file_is_replaced(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # the same damage in every run
    known = {b"%d" % number: rng.randbytes(rng.randint(1, 9_000)) for number in range(40)}
    store_values(tmp_path, known, known)
    file = tmp_path / CACHE_FILE
    raw = bytearray(file.read_bytes())
    start = rng.randrange(len(raw))
    kind = rng.choice(["flip", "zero", "cut"])
    if kind == "cut":
        del raw[start:]
    else:
        for place in range(start, min(len(raw), start + rng.choice([1, 400, 9_000]))):
            raw[place] = raw[place] ^ 0x55 if kind == "flip" else 0
    file.write_bytes(raw)

    found = read(tmp_path, *known)
    assert all(value in (None, known[key]) for key, value in zip(known, found, strict=True))
    store_values(tmp_path, {b"new": b"value"}, [*known, b"new"])
    store_values(tmp_path, {b"newer": b"value"}, [*known, b"newer"])
    found = read(tmp_path, *known)
    assert all(value in (None, known[key]) for key, value in zip(known, found, strict=True))


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CACHE_FILE).write_bytes(content)

    assert read(tmp_path, b"a") == [None]
    store_values(tmp_path, {b"a": b"apple"}, [b"a"])
    assert read(tmp_path, b"a") == [b"apple"]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW cached AS SELECT 'a' AS key, 1 AS checksum, load_extension('/tmp/evil.so') AS value",
        "CREATE TABLE cached (key BLOB PRIMARY KEY, hash BLOB, value BLOB) WITHOUT ROWID",
        "CREATE TRIGGER surprise AFTER INSERT ON cached BEGIN DELETE FROM cached; END",
    ],
    ids=["view", "earlier version", "trigger"],
)
def test_a_file_with_other_tables_is_replaced(tmp_path: Path, statement: str) -> None:
    """Whoever can write to the cache can forge it."""
    if "TRIGGER" in statement:
        store_values(tmp_path, {b"a": b"old"}, [b"a"])
    with closing(sqlite3.connect(tmp_path / CACHE_FILE)) as database:
        database.execute(statement)

    assert read(tmp_path, b"a") == [None]
    store_values(tmp_path, {b"a": b"apple"}, [b"a"])
    assert read(tmp_path, b"a") == [b"apple"]


def test_the_files_of_earlier_versions_are_removed(tmp_path: Path) -> None:
    for name in ("values-0a1b2c3d", "values.db", "rest"):
        (tmp_path / name).write_bytes(b"old")
    store_values(tmp_path, {b"a": b"apple"}, [b"a"])

    assert sorted(file.name for file in tmp_path.iterdir()) == [GITIGNORE, CACHE_FILE]


def test_unused_values_free_their_room(tmp_path: Path) -> None:
    many = {b"%d" % number: b"x" * 10_000 for number in range(100)}
    store_values(tmp_path, many, many)
    size = (tmp_path / CACHE_FILE).stat().st_size
    store_values(tmp_path, {}, [b"1"])

    assert size > 1_000_000
    assert (tmp_path / CACHE_FILE).stat().st_size < 60_000


def test_only_one_build_at_a_time_writes(tmp_path: Path) -> None:
    store_values(tmp_path, {b"a": b"apple"}, [b"a"])
    with closing(CacheFile(tmp_path)) as first, closing(CacheFile(tmp_path)) as second:
        assert first.read_bytes(b"a") == b"apple"
        assert b"a" not in second
        second.add_bytes(b"b", b"banana")
        with pytest.raises(OSError, match="another build"):
            second.write("DELETE FROM cached WHERE key = ?", [(b"a",)])

        first.add_bytes(b"c", b"cherry")
        first.keep([b"a", b"c"])
        first.commit()

    assert read(tmp_path, b"a", b"c") == [b"apple", b"cherry"]


def test_a_link_in_place_of_the_file_is_replaced_and_its_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"mine")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / CACHE_FILE).symlink_to(target)
    store_values(tmp_path / "cache", {b"a": b"apple"}, [b"a"])

    assert target.read_bytes() == b"mine"
    assert read(tmp_path / "cache", b"a") == [b"apple"]


def test_a_disk_error_does_not_fail_the_build(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    with closing(CacheFile(tmp_path / "state")) as store:
        store.add_bytes(b"a", b"apple")
        assert b"a" not in store
        assert store.read_bytes(b"a") is None
        store.keep([b"a"])
        store.commit()


def test_a_build_that_fails_leaves_no_values(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    make.write(root, "content/partners/wrong.yml", "name: [\n")
    with pytest.raises(ContentError):
        pipeline.build(root, root / "site")

    assert not (root / ".guidegen/site").exists()
