"""Values are kept on disk from one build to the next, and damaged ones count as missing."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cache.blob_store import MAX_FILES, BlobRef, BlobStore, remove_unused_files
from guidegen.cache.folders import GITIGNORE
from guidegen.files.atomic_files import remove_temp_files
from guidegen.model.problems import ContentError
from tests import make


def store_values(
    folder: Path, known: Mapping[bytes, BlobRef], new: Mapping[bytes, bytes], kept_keys: Iterable[bytes]
) -> dict[bytes, BlobRef]:
    """Return where the values of a build are that adds some values and keeps some."""
    with closing(BlobStore(folder, known)) as store:
        for key, raw in new.items():
            store._add_bytes(key, raw)
        refs = store.keep(kept_keys)
    remove_unused_files(folder, refs.values())
    return refs


def read(folder: Path, known: Mapping[bytes, BlobRef]) -> dict[bytes, bytes | None]:
    with closing(BlobStore(folder, known)) as store:
        return {key: store._read_bytes(key) for key in known}


def stored(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.name != GITIGNORE]


def test_values_are_there_in_the_same_build_and_in_the_next(tmp_path: Path) -> None:
    with closing(BlobStore(tmp_path, {})) as store:
        store._add_bytes(b"a", b"apple")
        assert store._read_bytes(b"a") == b"apple"
        store._add_bytes(b"b", b"banana")
        assert store._read_bytes(b"b") == b"banana"
        refs = store.keep([b"a", b"b", b"unknown"])

    assert read(tmp_path, refs) == {b"a": b"apple", b"b": b"banana"}
    assert store_values(tmp_path, refs, {b"c": b"cherry"}, [b"b", b"c"]).keys() == {b"b", b"c"}


def test_values_that_are_not_kept_leave_no_files(tmp_path: Path) -> None:
    with closing(BlobStore(tmp_path / "state", {})) as store:
        store._add_bytes(b"a", b"apple")

    assert list(tmp_path.iterdir()) == []


def test_leftovers_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    store = BlobStore(tmp_path, {})
    store._add_bytes(b"a", b"apple")
    remove_temp_files(tmp_path)

    assert stored(tmp_path) == []
    assert store.keep([b"a"]) == {}
    store.close()


def test_a_damaged_value_counts_as_missing(tmp_path: Path) -> None:
    refs = store_values(tmp_path, {}, {b"a": b"apple", b"b": b"banana"}, [b"a", b"b"])
    (file,) = stored(tmp_path)
    file.write_bytes(b"appleBanana"[:9])

    assert read(tmp_path, refs) == {b"a": b"apple", b"b": None}
    file.unlink()
    assert read(tmp_path, refs) == {b"a": None, b"b": None}
    assert store_values(tmp_path, refs, {b"b": b"new"}, [b"b"])[b"b"].size == 3


def test_the_number_of_files_is_limited_after_many_builds(tmp_path: Path) -> None:
    refs = store_values(
        tmp_path, {}, {b"%d" % number: b"x" * 1000 for number in range(50)}, [b"%d" % number for number in range(50)]
    )
    (first,) = stored(tmp_path)
    for number in range(30):
        refs = store_values(tmp_path, refs, {b"new%d" % number: b"%d" % number}, [*refs, b"new%d" % number])
        assert len(stored(tmp_path)) <= MAX_FILES + 1

    assert first.exists(), "the large file is not rewritten by every build"
    assert read(tmp_path, refs)[b"new3"] == b"3"
    assert None not in read(tmp_path, refs).values()
    assert len(refs) == 80


def test_a_mostly_unused_file_is_rewritten(tmp_path: Path) -> None:
    refs = store_values(tmp_path, {}, {b"a": b"a" * 10, b"b": b"b" * 90}, [b"a", b"b"])
    refs = store_values(tmp_path, refs, {}, [b"a"])

    assert [file.stat().st_size for file in stored(tmp_path)] == [10]
    assert read(tmp_path, refs) == {b"a": b"a" * 10}


def test_a_disk_error_does_not_fail_the_build(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    with closing(BlobStore(tmp_path / "state", {})) as store:
        store._add_bytes(b"a", b"apple")
        assert store._read_bytes(b"a") is None
        assert store.keep([b"a"]) == {}


def test_a_build_that_fails_leaves_no_values(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    make.write(root, "content/partners/wrong.yml", "name: [\n")
    with pytest.raises(ContentError):
        pipeline.build(root, root / "site")

    assert not (root / ".guidegen/site").exists()
