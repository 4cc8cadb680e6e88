"""The workflows of a guide: they are valid, pinned and tight, and their commands work in a clean environment."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
import yaml

from guidegen import cli
from guidegen.cli import main
from guidegen.editing.starter import hosts
from guidegen.editing.starter.package import find_package
from guidegen.model.problems import GuidegenError

pytestmark = pytest.mark.slow
INSTALL = "python -m pip install --quiet --require-hashes --requirement tools/requirements.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    folder = tmp_path_factory.mktemp("hosts")
    for host in hosts.list_hosts():
        assert main(["new", "guide", host, "--root", str(folder), "--package", str(wheel), "--host", host]) == 0
    return folder


@pytest.mark.parametrize("host", hosts.list_hosts())
def test_every_workflow_installs_by_hash_and_builds(host: str, folder: Path) -> None:
    files = [
        file for file in (folder / host).rglob("*") if file.suffix in (".yml", ".toml", ".jsonc") and "content" not in file.parts
    ]
    workflows = "\n".join(file.read_text(encoding="utf-8") for file in files)

    assert INSTALL in workflows
    assert "guidegen build" in workflows
    assert "guidegen check" in workflows
    assert "--strict" not in workflows  # warnings do not stop a publication, as the documents say
    assert not re.search(r"uses: \S+@(?![0-9a-f]{40} # v)", workflows)


def test_files_of_a_host_can_be_read(folder: Path) -> None:
    for file in [
        *folder.rglob(".github/workflows/*.yml"),
        *folder.rglob(".forgejo/workflows/*.yml"),
        *folder.rglob(".gitlab-ci.yml"),
    ]:
        assert yaml.safe_load(file.read_text(encoding="utf-8")), file
    assert tomllib.loads((folder / "netlify/netlify.toml").read_text(encoding="utf-8"))["build"]["publish"] == "site"
    assert '"name": "cloudflare"' in (folder / "cloudflare/wrangler.jsonc").read_text(encoding="utf-8")


def test_zizmor_finds_no_problem_in_the_workflows(folder: Path) -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("zizmor is missing; the extra 'test' installs it")
    command = [zizmor, "--offline", "--persona=auditor", "--no-progress", str(folder / "github/.github/workflows")]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)

    assert completed.returncode == 0, completed.stdout


def test_only_github_publishes_on_github(folder: Path) -> None:
    assert (folder / "github/.github/workflows/publish.yml").is_file()
    assert not (folder / "netlify/.github/workflows/publish.yml").exists()
    assert (folder / "netlify/.github/workflows/check.yml").is_file()


def test_a_second_run_changes_nothing_and_an_update_replaces_the_wheel(
    folder: Path, wheel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "guide"
    shutil.copytree(folder / "gitlab", root)
    assert main(["ci", "gitlab", "--root", str(root), "--package", str(wheel)]) == 0
    assert capsys.readouterr().err == ""

    newer = tmp_path / "guidegen-9.0-py3-none-any.whl"
    newer.write_bytes(wheel.read_bytes() + b"\n")
    assert main(["ci", "gitlab", "--root", str(root), "--package", str(newer)]) == 0

    assert [file.name for file in (root / "tools").glob("*.whl")] == [newer.name]
    assert newer.name in (root / "tools/requirements.txt").read_text(encoding="utf-8")


def test_the_command_line_knows_every_host() -> None:
    """cli.py imports little, so it has the list once more."""
    assert hosts.list_hosts() == cli.HOSTS


def test_workflows_are_only_written_into_a_guide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ci", "github", "--root", str(tmp_path)]) == 2

    assert "there is no guide.yml" in capsys.readouterr().err


@pytest.mark.parametrize(
    "source", ["https://example.org/guidegen-1.0-py3-none-any.whl", "https://example.org/a.whl#sha256=12", "no-such.whl"]
)
def test_a_package_without_a_hash_or_a_file_is_refused(source: str) -> None:
    with pytest.raises(GuidegenError), find_package(source):
        pass


def test_a_package_may_be_a_web_address_with_its_hash() -> None:
    address = "https://example.org/guidegen-1.0-py3-none-any.whl"
    with find_package(f"{address}#sha256={'0' * 64}") as package:
        assert (package.requirement, package.digest, package.wheel) == (f"guidegen @ {address}", "0" * 64, None)


@pytest.mark.parametrize("host", ["github", pytest.param("netlify", marks=pytest.mark.nightly)])
def test_a_pushed_guide_is_checked_and_published_in_a_clean_environment(host: str, folder: Path, tmp_path: Path) -> None:
    """A bare repository and a new environment stand in for the host: they run what the workflow runs, and nothing else is there."""
    remote, checkout, environment = tmp_path / "remote.git", tmp_path / "checkout", tmp_path / "venv"
    git = ["git", "-c", "user.name=Staff", "-c", "user.email=staff@example.org"]
    subprocess.run([*git, "init", "--quiet", "--bare", "--initial-branch=main", str(remote)], check=True)
    for command in (["add", "--all"], ["commit", "--quiet", "-m", "Our guide"], ["push", "--quiet", str(remote), "HEAD:main"]):
        subprocess.run([*git, *command], cwd=folder / host, check=True)
    subprocess.run([*git, "clone", "--quiet", str(remote), str(checkout)], check=True)
    venv.create(environment, with_pip=True)
    variables = {
        "PATH": f"{environment / 'bin'}{os.pathsep}/usr/bin:/bin",
        "HOME": str(tmp_path),
        "URL": "https://guide.example.org",
        "ADDRESS": "https://guide.example.org/",
    }
    if host == "netlify":
        commands = [tomllib.loads((checkout / "netlify.toml").read_text(encoding="utf-8"))["build"]["command"]]
    else:
        jobs = [
            yaml.safe_load((checkout / f".github/workflows/{name}.yml").read_text(encoding="utf-8"))["jobs"]
            for name in ("check", "publish")
        ]
        steps = [
            step
            for job in jobs
            for part in job.values()
            for step in part["steps"]
            if "run" in step and "github.event.repository.private" not in step.get("if", "")
        ]
        commands = [step["run"] for step in steps]
    for command in commands:
        completed = subprocess.run(
            ["bash", "-e", "-c", command], cwd=checkout, env=variables, capture_output=True, text=True, check=False
        )
        assert completed.returncode == 0, (command, completed.stdout, completed.stderr)

    page = (checkout / "site/en/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://guide.example.org/en/">' in page


@pytest.mark.parametrize("event", ["label", "push"])
def test_translations_are_accepted_without_a_terminal(event: str, folder: Path, tmp_path: Path) -> None:
    """The steps of the workflow run against a local repository: a label covers what a branch changes, a mark its own file."""
    remote, guide = tmp_path / "remote.git", tmp_path / "guide"
    git = ["git", "-c", "user.name=Staff", "-c", "user.email=staff@example.org"]
    shutil.copytree(folder / "github", guide)
    profile = "name: Food Bank\nsummary: Free food.\nphones: [{number: (555) 555-0114}]\nservices: [{key: a, types: [food], name: Food}]\n"
    (guide / "content/partners/food-bank.yml").write_text(profile, encoding="utf-8")
    subprocess.run([*git, "init", "--quiet", "--bare", "--initial-branch=main", str(remote)], check=True)
    for command in (
        ["add", "--all"],
        ["commit", "-qm", "Guide"],
        ["push", "-q", str(remote), "HEAD:main"],
        ["remote", "add", "origin", str(remote)],
        ["fetch", "-q"],
        ["checkout", "-qb", "es"],
    ):
        subprocess.run([*git, *command], cwd=guide, check=True)
    mark = "translation: {by: human, matches: yes}\n" if event == "push" else ""
    (guide / "content/partners/food-bank.es.yml").write_text(f"{mark}summary: Comida gratis.\n", encoding="utf-8")
    for command in (["add", "--all"], ["commit", "-qm", "Spanish"]):
        subprocess.run([*git, *command], cwd=guide, check=True)
    workflow = yaml.safe_load((guide / ".github/workflows/translations.yml").read_text(encoding="utf-8"))
    record, commit = (step["run"] for step in workflow["jobs"]["accept"]["steps"] if step.get("working-directory") == "guide")
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "guidegen").write_text(f'#!/bin/sh\nexec {sys.executable} -m guidegen "$@"\n', encoding="utf-8")
    (tools / "guidegen").chmod(0o755)
    script = commit.replace('"https://x-access-token:$TOKEN@github.com/$GITHUB_REPOSITORY.git"', f'"{remote}"')
    variables = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "BASE": "main" if event == "label" else "",
        "BRANCH": "es",
        "HOME": str(tmp_path),
    }
    for step in (record, script):
        completed = subprocess.run(
            ["bash", "-e", "-c", step], cwd=guide, env=variables, capture_output=True, text=True, check=False
        )
        assert completed.returncode == 0, completed.stderr

    pushed = subprocess.run(
        ["git", "show", "es:content/partners/food-bank.es.yml"], cwd=remote, capture_output=True, text=True, check=True
    ).stdout
    assert "translated_from:\n  summary: " in pushed
    assert "matches" not in pushed
    assert "translation: {by: human}" in pushed or event == "label"
