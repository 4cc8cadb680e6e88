"""A file with a fixed name that is not a regular file, or cannot be read, is one error at its path."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import ContentError, Problem, Severity
from tests import make
from tests.content.images.test_images import png

FIXED = ("guide.yml", "content/services.yml", "content/search-tests.yml", "content/images/logo.png")


def guide_with_all_files(root: Path) -> Path:
    profile = make.PARTNER_YML + "logo: images/logo.png\n"
    tests = "tests:\n  - {query: food, type: food}\n"
    return make.folder(
        root / "guide",
        {"content/partners/food-bank.yml": profile, "content/images/logo.png": png(), "content/search-tests.yml": tests},
    )


def errors(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(str(problem.path), problem.message) for problem in problems if problem.severity is Severity.ERROR]


def linked_to_nothing(file: Path) -> None:
    file.symlink_to(file.with_name("nowhere"))


def linked_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def linked_to_a_file(file: Path) -> None:
    target = file.with_name(f".{file.name}")
    target.write_text("x")
    file.symlink_to(target.name)


def folder(file: Path) -> None:
    file.mkdir()


def pipe(file: Path) -> None:
    os.mkfifo(file)


OF_ANOTHER_KIND = [
    (linked_to_nothing, "this is a link to another file"),
    (linked_to_itself, "this is a link to another file"),
    (linked_to_a_file, "this is a link to another file"),
    (folder, "this is a folder"),
    (pipe, "this is not an ordinary file"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("name", FIXED)
@pytest.mark.parametrize(("make_it", "message"), OF_ANOTHER_KIND)
def test_what_is_no_file_is_an_error_where_it_is(
    tmp_path: Path, name: str, make_it: Callable[[Path], None], message: str
) -> None:
    root = guide_with_all_files(tmp_path)
    (root / name).unlink()
    make_it(root / name)

    _, problems = pipeline.load_checked_guide(root)

    assert errors(problems) == [(name, message)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
@pytest.mark.parametrize("name", FIXED)
def test_a_link_is_an_error_after_a_build_from_the_same_bytes(tmp_path: Path, name: str) -> None:
    root = guide_with_all_files(tmp_path)
    pipeline.build(root, tmp_path / "site")
    file = root / name
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(ContentError) as raised:
        pipeline.build(root, tmp_path / "site")

    assert errors(raised.value.problems) == [(name, "this is a link to another file")]


@pytest.mark.parametrize("name", FIXED)
def test_a_file_that_may_not_be_read_is_an_error_where_it_is(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = guide_with_all_files(tmp_path)
    refuse(monkeypatch, name)

    _, problems = pipeline.load_checked_guide(root)

    what = "picture" if name.endswith(".png") else "file"
    assert errors(problems) == [(name, f"the {what} cannot be read: Permission denied")]


def refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make a file unreadable by a patch, because tests may run as root, who can read every file."""
    opened, read_bytes = os.open, Path.read_bytes

    def open_others(file: Path, *given: Any) -> int:
        if Path(file).as_posix().endswith(name):
            raise PermissionError(13, "Permission denied", str(file))
        return opened(file, *given)

    def read_others(file: Path) -> bytes:
        if file.as_posix().endswith(name):
            raise PermissionError(13, "Permission denied", str(file))
        return read_bytes(file)

    monkeypatch.setattr(os, "open", open_others)
    monkeypatch.setattr(Path, "read_bytes", read_others)
