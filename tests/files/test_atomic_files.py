"""Files and folders are replaced atomically, and the next writer removes what killed processes left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from guidegen.files import atomic_files
from guidegen.files.atomic_files import (
    clean_folder,
    new_folder,
    remove_temp_files,
    temp_path,
    write_file,
    write_files,
)

UNUSED_PID = 2**22 + 4711  # above the largest process id of Linux


def test_a_file_is_replaced_or_left_unchanged(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_file(file, b"old")

    with pytest.raises(TypeError):
        write_file(file, None)  # type: ignore[arg-type]  # fails after the temporary file was opened

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_folder_appears_with_all_its_files_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(TypeError), new_folder(tmp_path / "town") as staging_folder:
        write_files(staging_folder, {"a": b"1", "b": None})  # type: ignore[dict-item]  # fails halfway
    assert list(tmp_path.iterdir()) == []

    write_files(tmp_path / "deep/town", {"a": b"1", "b": b"2"})
    write_files(tmp_path / "deep/town", {"b": b"3"})

    assert {path.name: path.read_bytes() for path in (tmp_path / "deep/town").iterdir()} == {"a": b"1", "b": b"3"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["town"]


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_folder_that_another_process_created_meanwhile_is_left_alone(tmp_path: Path, is_empty: bool) -> None:
    def write_concurrently(staging_folder: Path) -> None:
        write_file(staging_folder / "a", b"new")
        (tmp_path / "town").mkdir()
        write_files(tmp_path / "town", {} if is_empty else {"a": b"theirs"})

    with pytest.raises(FileExistsError), new_folder(tmp_path / "town") as staging_folder:
        write_concurrently(staging_folder)

    assert [path.read_bytes() for path in (tmp_path / "town").iterdir()] == ([] if is_empty else [b"theirs"])
    assert [path.name for path in tmp_path.iterdir()] == ["town"]


def test_only_leftovers_of_killed_processes_are_removed(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    kept = [
        f".a.{process.pid}.guidegen-new",
        ".a.guidegen-new",
        f"a.{UNUSED_PID}.guidegen-new",
        f".a.{UNUSED_PID}.guidegen-newer",
    ]
    for name in (*kept, f".a.{UNUSED_PID}.guidegen-new", f".town.{UNUSED_PID}.guidegen-new/guide.yml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    write_file(tmp_path / "b", b"")

    assert {path.name for path in tmp_path.iterdir()} == {*kept, "b"}
    process.communicate(b"\n")
    remove_temp_files(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*kept[1:], "b"}


def test_a_file_that_this_process_is_writing_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leftover = temp_path(tmp_path / "earlier")
    leftover.touch()  # by an earlier process with the same id, as happens in containers
    write_file(tmp_path / "a", b"")
    assert not leftover.exists()
    monkeypatch.setattr(atomic_files, "_CLEAN_AGAIN_AFTER_S", -1)

    leftover.touch()
    clean_folder(tmp_path)

    assert leftover.exists()


def test_writing_many_files_does_not_list_their_folder_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []
    monkeypatch.setattr(atomic_files, "remove_temp_files", lambda folder, **_: listed.append(folder))

    for number in range(50):
        write_file(tmp_path / f"{number}", b"")

    assert len(listed) < 5
