"""The example CI workflows run existing commands, with no more permissions than they need."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from guidegen.cli import _build_parser, main
from tests import ROOT, make

FILES = [*sorted((ROOT / ".github/workflows").glob("*.yml")), ROOT / ".gitlab-ci.yml"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_command_in_a_workflow_exists(file: Path) -> None:
    commands = re.findall(r"python3 build\.py ([^\n|>#]+)", file.read_text(encoding="utf-8"))

    assert commands or file.name in ("audit.yml", "release.yml", "tests.yml")
    for command in commands:
        _build_parser().parse_args(shlex.split(command))


def test_zizmor_finds_no_problem_in_the_workflows() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("zizmor is missing; the extra 'test' installs it")
    command = [zizmor, "--offline", "--persona=auditor", "--no-progress", str(ROOT / ".github/workflows")]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)

    assert completed.returncode == 0, completed.stdout


def test_every_action_is_pinned_and_no_permission_is_granted_to_all_jobs() -> None:
    for file in FILES[:-1]:
        text = file.read_text(encoding="utf-8")
        assert "\npermissions: {}\n" in text
        assert re.findall(r"uses: \S+@(?![0-9a-f]{40} # v)", text) == []


def test_a_preview_with_drafts_is_built_only_in_private_repositories() -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    steps = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8"))["jobs"]["check"]["steps"]

    drafts = [step for step in steps if "--drafts" in str(step) or "upload-artifact" in str(step)]
    assert len(drafts) == 2
    assert all(step["if"] == "${{ github.event.repository.private }}" for step in drafts)
    for name, job in jobs.items():
        if "--drafts" in str(job):
            assert all('$CI_PROJECT_VISIBILITY != "public"' in rule["if"] for rule in job["rules"]), name
            assert job["artifacts"]["access"] == "developer"


def test_problems_have_the_form_that_gitlab_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": "name: A: B\n"})

    assert main(["check", "--root", str(root), "--format", "gitlab"]) == 1

    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["location"] == {"path": "content/partners/food-bank.yml", "lines": {"begin": 1}}
    assert rows[0]["severity"] == "major"
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_every_required_package_is_locked_by_hash() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = pyproject["project"]["optional-dependencies"]
    names = [
        *pyproject["project"]["dependencies"],
        *extras["serve"],
        *extras["qr"],
        *extras["images"],
        *pyproject["build-system"]["requires"],
    ]
    for file in ("locked.txt", "audit.txt"):
        entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / file).read_text(encoding="utf-8").strip())
        assert all(re.match(r"[\w.-]+==[\w.]+", entry) and "--hash=sha256:" in entry for entry in entries)
        assert not re.search(r"https?:", "".join(entries))
    locked = {entry.split("==")[0].casefold() for entry in (ROOT / "requirements/locked.txt").read_text().split("\n")}

    assert {re.split("[>=<]", name)[0].casefold() for name in names} <= locked


def test_every_test_named_in_the_threat_model_exists() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith(("| ---", "| Threat"))]

    assert len(rows) >= 20
    for row in rows:
        files = re.findall(r"`(tests/[\w/]+\.py)`", row.rpartition("|")[0].rpartition("|")[2])
        assert files, row
        assert [file for file in files if not (ROOT / file).exists()] == []


LABEL, BOT = "weekly-report", "github-actions[bot]"
GH = """\
#!{python}
import json, subprocess, sys
from fnmatch import fnmatch
from pathlib import Path

arguments, folder = sys.argv[1:], Path({folder!r})
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(arguments) + "\\n")
if "--jq" in arguments:
    issues = json.loads((folder / "issues.json").read_text())
    labels = [argument.removeprefix("labels=") for argument in arguments if argument.startswith("labels=")]
    matching = [issue for issue in issues if set(labels) <= {{label["name"] for label in issue["labels"]}}]
    query = arguments[arguments.index("--jq") + 1]
    sys.exit(subprocess.run(["jq", "-r", query], input=json.dumps(matching), text=True).returncode)
sys.exit(arguments[:2] == ["label", "create"] and {label_exists})
"""
"""A stand-in for the GitHub CLI. It filters by the requested labels, and leaves filtering by author to the query."""


def issue(number: int, login: str, *labels: str, **other_fields: object) -> dict[str, object]:
    label_objects = [{"name": label} for label in labels]
    return {"number": number, "title": "What the guide needs", "user": {"login": login}, "labels": label_objects, **other_fields}


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and (shutil.which("jq") is None or shutil.which("bash") is None),
    reason="the script needs bash, and the stand-in jq",
)
@pytest.mark.parametrize(
    ("issues", "edited"),
    [
        ([], None),
        ([issue(7, "stranger")], None),
        ([issue(7, "stranger", LABEL)], None),
        ([issue(7, "github-actions", LABEL)], None),
        ([issue(8, BOT)], None),
        ([issue(8, BOT, LABEL, pull_request={"url": "https://example.org/"})], None),
        ([issue(7, "stranger", LABEL), issue(9, BOT, LABEL), issue(8, BOT, "bug")], "9"),
        ([issue(12, BOT, LABEL), issue(9, BOT, LABEL)], "9"),
    ],
)
@pytest.mark.parametrize("label_exists", [False, True])
def test_the_weekly_report_only_edits_its_own_issue(
    tmp_path: Path, issues: list[dict[str, object]], edited: str | None, label_exists: bool
) -> None:
    gh = tmp_path / "gh"
    gh.write_text(GH.format(python=sys.executable, folder=str(tmp_path), label_exists=label_exists), encoding="utf-8")
    gh.chmod(0o755)
    (tmp_path / "issues.json").write_text(json.dumps(issues), encoding="utf-8")
    workflow = yaml.safe_load((ROOT / ".github/workflows/weekly.yml").read_text(encoding="utf-8"))
    step = workflow["jobs"]["report"]["steps"][-1]
    step_environment = {name: text for name, text in step["env"].items() if "${{" not in text}
    environment = {**os.environ, **step_environment, "GH_REPO": "a/b", "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}

    subprocess.run(["bash", "-e", "-c", step["run"]], check=True, env=environment, cwd=tmp_path)

    calls = [json.loads(line) for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert ["label", "create", LABEL] in [call[:3] for call in calls]
    (last,) = [call for call in calls if call[:2] in (["issue", "edit"], ["issue", "create"])]
    if edited:
        assert last[:3] == ["issue", "edit", edited]
    else:
        assert last[:2] == ["issue", "create"]
        assert last[last.index("--label") + 1] == LABEL


def test_no_folder_of_tests_is_left_out(request: pytest.FixtureRequest) -> None:
    """pytest does not look into folders with some names, such as ``build``, unless it is told so."""
    files = {path for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts}
    skipped = request.config.getini("norecursedirs")
    left_out = {path for path in files for part in path.relative_to(ROOT).parts if any(fnmatch(part, name) for name in skipped)}

    assert len(files) > 100
    assert left_out == set()
