"""What the commands print on a terminal, and how they report errors."""

import json
import time
from pathlib import Path

import pytest

from guidegen import commands, console
from guidegen.cli import main
from guidegen.content.fields.json_schema import FILES
from guidegen.model.problems import Severity
from guidegen.model.urls import find_address_error
from tests import make

WRONG: dict[str, str | bytes] = {"content/partners/food-bank.yml": "name: A\nsummary: B: C\nemail: a@example.org\n"}


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(13, "Permission denied", "guide.yml"), "guidegen: guide.yml cannot be used: Permission denied"),
        (OSError("no reason"), "guidegen: a file cannot be used: no reason"),
        (RecursionError(), "guidegen: internal error: something is nested too deeply. Please report it."),
    ],
)
def test_an_error_is_reported_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("guidegen.build.pipeline.review_content", fail)

    assert main(["check", "--root", str(make.folder(tmp_path))]) == 2
    assert capsys.readouterr().err == f"{message}\n"


def test_a_command_can_be_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("guidegen.build.pipeline.review_content", interrupt)

    assert main(["check", "--root", str(make.folder(tmp_path))]) == 130


INVALID_ADDRESSES = {
    "ftp://example.org": "it is not a whole address of a folder",
    "example.org": "it is not a whole address of a folder",
    "https://example.org/?a": "the character '?'",
    "https://example.org/#a": "the character '#'",
    'https://example.org/"': "the character '\"'",
    "https://": "it is not a whole address of a folder",
    "https://example.org:99999/": "there is no port 99999",
    "https://example.org:0/": "there is no port 0",
    "https://example.org/a/../b/": "'..'",
    "https://example.org/%2e%2e/": "'..'",
    "https://example.org/./": "'.'",
    "https://example.org//a/": "'//'",
    "https://example.org/*": "the character '*'",
    "https://example.org/:splat/": "the character ':'",
    "https://example.org/%zz/": "the character '%'",
    "https://example.org/%00/": "a control character",
    "https://example.org/a\0b": "control character",
    "https://example.org/a b/": "the character ' '",
    "https://example.org\\a/": "it is not a whole address of a folder",
    "https://user@example.org/": "it is not a whole address of a folder",
    "https://*.example.org/": "it is not a whole address of a folder",
    f"https://{'a' * 64}.org/": "it is not a whole address of a folder",
    "https://example.org/index.html": "the address of a page",
    f"https://example.org/{'a' * 5000}/": "at most 500 fit",
}


@pytest.mark.parametrize("address", INVALID_ADDRESSES)
def test_an_invalid_base_url_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert main(["build", "--root", str(make.folder(tmp_path)), "--base-url", address]) == 2

    printed = capsys.readouterr().err
    assert printed.startswith(f"guidegen: --base-url is {address[:80]!r}; write a full address")
    assert INVALID_ADDRESSES[address] in printed
    assert printed.count("\n") == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("address", ["https://example.org:99999/", "https://example.org/*/", "https://example.org/a/../"])
def test_an_invalid_address_in_the_settings_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    settings = make.GUIDE_YML.replace("https://guide.example.org/", address)
    root = make.folder(tmp_path, {"guide.yml": settings})

    assert main(["check", "--root", str(root)]) == 1

    line = next(number for number, text in enumerate(settings.split("\n"), 1) if text.startswith("address:"))
    assert f"guide.yml:{line}:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://localhost:8000/", "https://example.org:65535/a/b", "https://пример.рф/%D1%8F/", "https://a.example.org/~me/a.b/"]
)  # fmt: skip
def test_the_address_of_a_folder_is_valid(address: str) -> None:
    assert find_address_error(address) == ""


@pytest.mark.parametrize(
    "command", ["build", "check", "report", "serve", "schema", "new partner a", "import csv a", "export csv --out a"]
)
def test_a_folder_name_with_a_nul_character_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "--root", "a\0b"])

    assert "NUL character" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["0", "x", "-1", "1000000"])
def test_an_invalid_number_of_processes_is_refused(capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--jobs", jobs])

    assert f"'{jobs}' is not a number of processes" in capsys.readouterr().err


def test_problems_are_colored_on_a_terminal_unless_no_color_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path, WRONG)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["check", "--root", str(root)])
    colored, *_ = capsys.readouterr().err.splitlines()
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check", "--root", str(root)])

    plain, *_ = capsys.readouterr().err.splitlines()
    position, _, message = plain.partition(": ")
    assert colored == f"\x1b[1m{position}:\x1b[0m \x1b[31m{message}\x1b[0m"
    assert console.colorize("a: b", Severity.WARNING) == "a: b"
    monkeypatch.delenv("NO_COLOR")
    assert console.colorize("a: b\n  c", Severity.WARNING) == "\x1b[1ma:\x1b[0m \x1b[33mb\x1b[0m\n  c"


def test_a_long_build_counts_its_files_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.delenv("CI", raising=False)
    slow_build, quick_build = commands._Progress(time.perf_counter() - 2), commands._Progress(time.perf_counter() + 60)
    for _ in range(100):
        slow_build()
        quick_build()
    monkeypatch.setenv("CI", "true")
    ci_build = commands._Progress(time.perf_counter() - 2)
    for _ in range(100):
        ci_build()

    assert capsys.readouterr().err == "\r50 files\r\r100 files\r"


def test_a_build_prints_its_timings_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(make.folder(tmp_path)), "--timings"]) == 0

    *lines, last = capsys.readouterr().err.splitlines()
    assert " files in " in last
    assert len(lines) > 3


def test_schemas_are_written_where_text_editors_look_for_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--root", str(make.folder(tmp_path))]) == 0

    names = [line.removeprefix("wrote ") for line in capsys.readouterr().err.splitlines()]
    assert any(name.endswith("partner.json") for name in names)
    for name in names:
        file = tmp_path / name
        assert file.is_file()
        if file.suffix == ".json":
            json.loads(file.read_text(encoding="utf-8"))
    settings = (tmp_path / ".vscode/settings.json").read_text(encoding="utf-8")
    assert all(f'"{pattern}"' in settings for _, patterns in FILES.values() for pattern in patterns)
    assert [
        name
        for name, (_, patterns) in FILES.items()
        for pattern in patterns
        if pattern.startswith("content/") and "*" not in pattern
    ] == ["services", "search-tests"]


def test_link_problems_are_printed_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("guidegen.editing.link_checker.check_links", lambda _: ())
    root = make.folder(tmp_path)

    assert main(["check", "--root", str(root), "--links"]) == 0
    assert main(["check", "--root", str(root)]) == 0

    lines = capsys.readouterr().err.splitlines()
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :]


def test_a_preview_is_served_on_the_requested_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[Path, int, str]] = []
    monkeypatch.setattr("guidegen.serve.serve", lambda root, port, part: calls.append((root, port, part)))

    assert main(["serve", "--root", str(tmp_path), "--port", "8123", "--guide", "lake"]) == 0
    assert calls == [(tmp_path, 8123, "lake")]


@pytest.mark.parametrize("output_format", ["text", "github", "gitlab", "json"])
def test_file_names_and_content_cannot_control_a_terminal_or_inject_a_log_line(
    output_format: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: dict[str, str | bytes] = {
        "content/partners/n\n::error file=x::harm.yml": "name: A\n",
        "content/partners/a\x1b[31m\u202e.yml": "name: A\n",
        "content/partners/b.yml": make.PARTNER_YML + '"k\\e[31m\\u202e": 1\nstatus: "\\e[2Jq"\n',
    }
    root = make.folder(tmp_path, files)

    assert main(["check", "--root", str(root), "--format", output_format]) == 1

    printed = "".join(capsys.readouterr())
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert not [line for line in printed.splitlines() if line.startswith("::error file=x")]
