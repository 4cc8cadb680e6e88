"""``build.py`` installs exactly the locked packages in a fresh clone, and does not accept older ones."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
from guidegen.cli import _build_parser
from tests import ROOT, make

pytestmark = pytest.mark.slow

LOCKED = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements/locked.txt").read_text(encoding="utf-8"), re.MULTILINE))


def fake_python(folder: Path, clone: Path, versions: dict[str, str]) -> str:
    """Create a program that answers like a Python with these packages installed; return its path."""
    python = folder / "python"
    python.write_text(f"#!/bin/sh\necho '{json.dumps([str(clone), versions])}'\n", encoding="utf-8")
    python.chmod(0o755)
    return str(python)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, True),
        ({"nh3": "0.3.6"}, False),
        ({"nh3": "0.3"}, False),
        ({"nh3": ""}, False),
        ({"nh3": "0.10.0"}, True),
        ({"jinja2": "3.1.6.post1"}, True),
        ({"pillow": ""}, False),
        ({"markupsafe": "2.9"}, False),
    ],
)
def test_a_package_that_is_too_old_counts_as_missing(tmp_path: Path, changed: dict[str, str], expected: bool) -> None:
    versions = {name: LOCKED[name] for name, _ in build.requirements(build.EXTRAS)} | changed

    assert build.has_packages(fake_python(tmp_path, ROOT, versions), build.EXTRAS) is expected


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_the_guidegen_of_another_clone_is_not_used(tmp_path: Path) -> None:
    versions = {name: LOCKED[name] for name, _ in build.requirements(build.EXTRAS)}

    assert not build.has_packages(fake_python(tmp_path, tmp_path, versions), build.EXTRAS)
    assert not build.has_packages(str(tmp_path / "none") if os.name == "nt" else "/bin/false", build.EXTRAS)


def test_every_requirement_names_its_lowest_permitted_version() -> None:
    for name, lowest in build.requirements("serve,qr,images,holidays"):
        assert re.fullmatch(r"[a-z0-9-]+", name)
        assert re.fullmatch(r"[0-9.]+", lowest), name
        assert build.release(LOCKED[name]) >= build.release(lowest)


@pytest.mark.nightly
def test_the_first_command_in_a_fresh_clone_installs_exactly_the_locked_packages(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout.decode()
    for name in filter(None, listing.split("\0")):
        if not name.startswith(("tests/", "bench/")) and (ROOT / name).exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, clone / name)
    if not clone.exists():
        pytest.skip("this is not a clone: git lists no files")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}

    completed = subprocess.run(
        [sys.executable, "build.py"], cwd=clone, capture_output=True, text=True, env=environment, check=False
    )

    if completed.returncode and "could not be installed" in completed.stderr and not os.environ.get("CI"):
        pytest.skip("packages cannot be downloaded here")
    assert completed.returncode == 0, completed.stderr
    assert (clone / "site/index.html").exists()
    python = clone / (".venv/Scripts/python.exe" if os.name == "nt" else ".venv/bin/python")
    frozen = subprocess.run([python, "-m", "pip", "freeze", "--all"], capture_output=True, text=True, check=True).stdout
    installed = dict(line.casefold().split("==") for line in frozen.splitlines() if re.match(r"[\w.-]+==", line))
    assert {name.replace("_", "-"): version for name, version in installed.items() if name not in ("pip", "setuptools")} == LOCKED


def test_a_root_on_the_command_line_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[list[str]] = []

    def record_run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(build, "ready_python", lambda _: sys.executable)
    monkeypatch.setattr(subprocess, "run", record_run)
    root_options = ([f"--root={tmp_path}"], ["--root", str(tmp_path)], ["--roo", str(tmp_path)])

    for arguments in (*(["check", *root] for root in root_options), ["check"], [], ["--strict"]):
        build.main(arguments)

    roots = [_build_parser().parse_args(command[3:]).root for command in commands]
    assert roots == [tmp_path] * 3 + [ROOT] * 3


def test_in_the_folder_of_another_guide_it_works_on_that_guide(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(build, "ready_python", lambda _: sys.executable)

    def record_run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", record_run)
    monkeypatch.chdir(make.folder(tmp_path))

    build.main(["ci", "gitlab"])
    monkeypatch.chdir(tmp_path.parent)
    build.main(["check"])

    assert commands == [
        [sys.executable, "-m", "guidegen", "ci", "gitlab"],
        [sys.executable, "-m", "guidegen", "check", "--root", str(ROOT)],
    ]


@pytest.mark.parametrize("kind", ["a link", "a folder of somebody", "a file"])
def test_only_a_python_environment_is_ever_cleared(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment, precious = tmp_path / ".venv", tmp_path / "precious"
    precious.mkdir()
    (precious / "keep").touch()
    if kind == "a link":
        environment.symlink_to(precious)
    elif kind == "a file":
        environment.touch()
    else:
        precious.rename(environment)
    monkeypatch.setattr(build, "ENVIRONMENT", environment)
    monkeypatch.setattr(build, "has_packages", lambda *_: False)

    with pytest.raises(SystemExit, match="is in the way"):
        build.ready_python("serve")

    assert kind == "a file" or (environment / "keep").exists()


def test_a_python_that_has_no_pip_or_cannot_run_counts_as_missing(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("#!/bin/sh\nexit 1\n")
    assert not build.has_pip(str(tmp_path / "python"))
    assert not build.has_packages(str(tmp_path / "python"), "serve")
    (tmp_path / "python").chmod(0o755)
    assert not build.has_pip(str(tmp_path / "python"))
    (tmp_path / "python").write_text("#!/bin/sh\necho hello\n")
    assert not build.has_packages(str(tmp_path / "python"), "serve")


def test_python_m_build_runs_the_package_builder_of_that_name(tmp_path: Path) -> None:
    make.write(tmp_path, "build/__init__.py", "")
    make.write(tmp_path, "build/__main__.py", "import sys\nprint('the real one', sys.argv[1:])\n")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    completed = subprocess.run(
        [sys.executable, "-m", "build", "--wheel"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert completed.stdout == "the real one ['--wheel']\n", completed.stderr
