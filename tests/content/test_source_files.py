"""Names of content files, and reading their bytes as text."""

import os
import sys
from pathlib import Path, PurePosixPath

import pytest

from guidegen.content.source_files import check_name, find_stray_files, guess_slugs, list_content_files
from guidegen.content.text_file import read_text
from guidegen.model.problems import GuidegenError, Problem
from tests import make

PATH = PurePosixPath("content/partners/a.yml")


def folder(root: Path, *names: str) -> Path:
    """Create a partners folder with empty files of these names."""
    (root / "content/partners").mkdir(parents=True)
    for name in names:
        make.write(root, f"content/partners/{name}", "")
    return root


def test_a_file_name_says_slug_and_language(tmp_path: Path) -> None:
    names = (
        "food-bank.zh-Hans.yml",
        "food-bank.yml",
        "a1.yml",
        "README.md",
        "Thumbs.db",
        ".x.yml",
        "a1.yml~",
        "#a1.yml#",
        "README",
    )

    files, problems = list_content_files(folder(tmp_path, *names), "content/partners", ".yml")

    assert problems == []
    assert {(file.slug, file.language) for file in files} == {("a1", ""), ("food-bank", ""), ("food-bank", "zh-Hans")}
    assert {str(file.path) for file in files} == {f"content/partners/{name}" for name in names[:3]}
    assert all(file.file == tmp_path / file.path for file in files)


def test_a_guide_may_have_no_articles(tmp_path: Path) -> None:
    assert list_content_files(tmp_path, "content/spotlights", ".md") == ([], [])


WRONG = [
    ("Food Bank.yml", "the file name 'Food Bank.yml' cannot be used in a web address", "such as  food-bank.yml"),
    ("Café-2.yml", "the file name 'Café-2.yml' cannot be used in a web address", "such as  cafe-2.yml"),
    ("東京.yml", "cannot be used in a web address", "such as  food-bank.yml"),
    ("a" * 61 + ".yml", "cannot be used in a web address", f"such as  {'a' * 60}.yml"),
    ("lpt1.yml", "'lpt1' cannot be a file name on Windows", "such as  lpt1-office.yml"),
    ("con.es.yml", "'con' cannot be a file name on Windows", "con-office"),
    ("a.yaml", "the file name does not end in .yml, so it is not read", "Name it <name>.yml, such as  food-bank.yml"),
]


@pytest.mark.parametrize(("name", "message", "hint"), WRONG)
def test_a_name_that_cannot_be_used_is_said(tmp_path: Path, name: str, message: str, hint: str) -> None:
    files, (problem,) = list_content_files(folder(tmp_path, name), "content/partners", ".yml")

    assert files == []
    assert (problem.path, problem.line, problem.column, problem.code) == (
        PurePosixPath("content/partners", name),
        1,
        1,
        "file-name",
    )
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("name", ["console.yml", "com10.yml", "a" * 60 + ".yml", "1-2.yml"])
def test_a_name_that_can_be_used_is_not_reported(tmp_path: Path, name: str) -> None:
    assert check_name(tmp_path / name, PurePosixPath("content/partners", name), ".yml") is None


def test_folders_and_links_are_no_content_files(tmp_path: Path) -> None:
    root = folder(tmp_path, "a.yml")
    (root / "content/partners/b.yml").mkdir()
    (root / "content/partners/c.yml").symlink_to(root / "content/partners/a.yml")

    files, problems = list_content_files(root, "content/partners", ".yml")

    assert [file.slug for file in files] == ["a"]
    assert [problem.message for problem in problems] == ["this is a folder", "this is a link to another file"]
    assert problems[0].hint == "Put the files directly in content/partners, without subfolders."


def test_names_that_differ_by_capitals_are_one_on_some_disks(tmp_path: Path) -> None:
    files, problems = list_content_files(folder(tmp_path, "a.zh-Hans.yml", "a.zh-hans.yml", "b.yml"), "content/partners", ".yml")

    assert [str(file.path.name) for file in files] == ["a.zh-Hans.yml", "b.yml"]
    assert [problem.message for problem in problems] == ["'a.zh-hans.yml' and 'a.zh-Hans.yml' would have the same address"]


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/partners").symlink_to(tmp_path)

    with pytest.raises(GuidegenError, match="is a link to another place"):
        list_content_files(tmp_path, "content/partners", ".yml")


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(_: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refusing)

    with pytest.raises(GuidegenError, match="partners cannot be read: Permission denied"):
        list_content_files(folder(tmp_path), "content/partners", ".yml")


def test_what_nothing_reads_is_said_with_what_was_meant(tmp_path: Path) -> None:
    for name in (
        "partner/a.yml",
        "services.yml",
        "search-tests.yml",
        "partners/a.yml",
        "spotlights",
        "notes.txt",
        "service.yaml",
        ".git",
    ):
        make.write(tmp_path, f"content/{name}", "")

    assert {str(problem.path): (problem.message, problem.hint) for problem in find_stray_files(tmp_path)} == {
        "content/notes.txt": (
            "guidegen does not read 'content/notes.txt'",
            "Put profiles in content/partners, articles in content/spotlights and other pages in content/pages.",
        ),
        "content/partner": ("guidegen does not read 'content/partner'", "Did you mean:  content/partners"),
        "content/service.yaml": ("guidegen does not read 'content/service.yaml'", "Did you mean:  content/services"),
        "content/spotlights": ("'spotlights' must be a folder, but is a file", "Make it a folder."),
    }


def test_what_a_misnamed_file_would_be_called_is_known(tmp_path: Path) -> None:
    _, problems = list_content_files(folder(tmp_path, "Food Bank.es.yml", "--Café--.yml", "東京.yml"), "content/partners", ".yml")

    assert guess_slugs(problems) == {"food-bank", "cafe", ""}
    assert guess_slugs([]) == frozenset()


# --- bytes


def text_of(root: Path, raw: bytes) -> tuple[str, list[tuple[int, int, str, str]]]:
    make.write(root, "a.yml", raw)
    text, problems = read_text(root / "a.yml", PATH)
    assert {problem.path for problem in problems} <= {PATH}
    return text, [(problem.line, problem.column, problem.code, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"a\r\nb\rc\nd", "a\nb\nc\nd"), (b"\xef\xbb\xbfa", "a"), ("می\u200cخواهم".encode(), "می\u200cخواهم"), (b"a" * 262_144, "a" * 262_144)],
)  # fmt: skip
def test_a_file_is_read_as_text(tmp_path: Path, raw: bytes, text: str) -> None:
    assert text_of(tmp_path, raw) == (text, [])


@pytest.mark.parametrize(
    ("raw", "line", "column", "code", "message"),
    [
        (b"a" * 262_145, 1, 1, "too-large", "the file is larger than 256 KiB"),
        (b"\xe9", 1, 1, "not-utf-8", "a character here is not valid UTF-8 (byte 0xE9)"),
        (b"a: 1\nbc\xff\xfe", 2, 3, "not-utf-8", "a character here is not valid UTF-8 (byte 0xFF)"),
    ],
)
def test_a_file_that_cannot_be_read_gives_no_text(
    tmp_path: Path, raw: bytes, line: int, column: int, code: str, message: str
) -> None:
    assert text_of(tmp_path, raw) == ("", [(line, column, code, message)])


def test_invisible_characters_are_taken_out_and_said_once_for_each_line(tmp_path: Path) -> None:
    text, problems = text_of(tmp_path, "\u200ba\nb\u200bc\u2066\n\nd\x07".encode())

    assert text == "a\nbc\n\nd"
    assert [(line, column, code) for line, column, code, _ in problems] == [(line, column, "invisible-character") for line, column in ((1, 1), (2, 2), (4, 2))]  # fmt: skip
    assert [message for *_, message in problems] == [f"there is an invisible character ({code_point}) in the text" for code_point in ("U+200B", "U+200B", "U+0007")]  # fmt: skip


def test_an_empty_first_line_counts(tmp_path: Path) -> None:
    assert [position[:2] for position in text_of(tmp_path, "\n\u200b".encode())[1]] == [(2, 1)]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    message = "the file cannot be read: No such file or directory"

    assert read_text(tmp_path / "none", PATH) == ("", [Problem(PATH, 1, 1, message, "", "unreadable")])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    hint = "Put a text file in its place."

    assert read_text(tmp_path / "pipe", PATH) == ("", [Problem(PATH, 1, 1, "this is not an ordinary file", hint, "unreadable")])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_link_is_not_followed(tmp_path: Path) -> None:
    make.write(tmp_path, "secret", "x")
    (tmp_path / "a.yml").symlink_to(tmp_path / "secret")

    text, (problem,) = read_text(tmp_path / "a.yml", PATH)

    assert (text, problem.code) == ("", "unreadable")
