"""The examples for CI: what they run exists, and they may do no more than they must."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from guidegen.cli import _parser, main
from tests import make

ROOT = Path(__file__).parents[1]
FILES = [*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / ".gitlab-ci.yml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_command_in_it_is_one_of_guidegen(file: Path) -> None:
    commands = re.findall(r"python3 build\.py ([^\n|>#]+)", file.read_text(encoding="utf-8"))

    assert commands or file.name in ("audit.yml", "release.yml")
    for command in commands:
        _parser().parse_args(shlex.split(command))


def test_workflows_are_found_safe_by_zizmor() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("there is no zizmor; the extra 'test' brings it")
    command = [zizmor, "--offline", "--persona=auditor", "--no-progress", str(ROOT / ".github/workflows")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout


def test_every_action_is_pinned_and_nothing_is_allowed_for_all_jobs() -> None:
    for file in FILES[:-1]:
        text = file.read_text(encoding="utf-8")
        assert "\npermissions: {}\n" in text
        assert re.findall(r"uses: \S+@(?![0-9a-f]{40} # v)", text) == []


def test_problems_as_gitlab_shows_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": "name: A: B\n"})

    assert main(["check", "--root", str(root), "--format", "gitlab"]) == 1

    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["location"] == {"path": "content/partners/food-bank.yml", "lines": {"begin": 1}}
    assert rows[0]["severity"] == "major"
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_every_package_that_guidegen_needs_is_locked_by_digest() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = wanted["project"]["optional-dependencies"]
    names = [*wanted["project"]["dependencies"], *extras["serve"], *extras["qr"], *wanted["build-system"]["requires"]]
    for file in ("locked.txt", "audit.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / file).read_text(encoding="utf-8").strip())
        assert all(re.match(r"[\w.-]+==[\w.]+", entry) and "--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?:", "".join(entries))
    locked = {entry.split("==")[0].casefold() for entry in (ROOT / "requirements/locked.txt").read_text().split("\n")}

    assert {re.split("[>=<]", name)[0].casefold() for name in names} <= locked


def test_every_test_that_the_threats_name_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| Threat"))]

    assert len(rows) >= 20
    for row in rows:
        files = re.findall(r"`(tests/[\w/]+\.py)`", row.rpartition("|")[0].rpartition("|")[2])
        assert files, row
        assert [file for file in files if not (ROOT / file).exists()] == []
