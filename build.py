#!/usr/bin/env python3
"""Run guidegen from a fresh clone: make an environment with the locked packages where they are missing.

python3 build.py                 builds the sample guide into site/
python3 build.py serve           builds, watches and reloads; any other guidegen command works as well
"""

import json
import os
import re
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
EXTRAS = "serve,qr,images,holidays"


def main(arguments: list[str]) -> int:
    """Run guidegen from this folder in its environment; without a command, build."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file is what somebody with an older Python runs first
        print(f"guidegen needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        python = ready_python(EXTRAS)
    except subprocess.CalledProcessError:
        print("the packages could not be installed; is there a network? See the lines above.", file=sys.stderr)
        return 2
    named = arguments if arguments and not arguments[0].startswith("-") else ["build", *arguments]
    command, *rest = named
    done = subprocess.run([python, "-m", "guidegen", command, "--root", str(ROOT), *rest], env=environment(), check=False)
    site = ROOT / "site" / "index.html"
    if done.returncode == 0 and named == ["build"]:
        print(f"\nThe guide is in {site.parent}\nOpen {site} in a browser, or run:  python3 build.py serve")
    return done.returncode


def ready_python(extras: str) -> str:
    """Return a Python that has what guidegen needs: this one, or that of ``.venv``, which is made or updated if it must be.

    What is installed there is exactly what ``requirements/locked.txt`` names, by digest; only test tools come in any version
    that ``pyproject.toml`` permits. Raises ``CalledProcessError`` where packages cannot be installed.
    """
    if has_packages(sys.executable, extras):
        return sys.executable
    python = str(ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    if not has_pip(python):
        if os.path.lexists(ENVIRONMENT) and (ENVIRONMENT.is_symlink() or not (ENVIRONMENT / "pyvenv.cfg").is_file()):
            sys.exit(f"{ENVIRONMENT} is in the way: it is no environment of Python. Move it elsewhere, and try again.")
        print("making .venv with the packages guidegen needs (once)", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    if not has_packages(python, extras):
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "--requirement", str(ROOT / "requirements" / "locked.txt")], check=True)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
        if not has_packages(python, extras):  # the test tools, which are not locked
            subprocess.run([*install, "--no-build-isolation", "--editable", f"{ROOT}[{extras}]"], check=True)
    return python


def has_pip(python: str) -> bool:
    """Whether a Python is there and can install packages: one that was killed while it was made cannot."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_packages(python: str, extras: str) -> bool:
    """Whether a Python has every package in a version that is permitted, and guidegen is this clone's own."""
    code = """
import importlib.metadata, json, pathlib, sys
import guidegen
versions = {}
for name in sys.argv[1:]:
    try:
        versions[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        versions[name] = ""
print(json.dumps([str(pathlib.Path(guidegen.__file__).resolve().parents[2]), versions]))
"""
    needed = dict(requirements(extras))
    try:
        found = subprocess.run([python, "-c", code, *needed], capture_output=True, text=True, check=True)
        clone, versions = json.loads(found.stdout.splitlines()[-1])
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return False
    fitting = (versions[name] and release(versions[name]) >= release(lowest) for name, lowest in needed.items())
    return clone == str(ROOT) and all(fitting)


def requirements(extras: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each package in ``pyproject.toml`` that is needed, and the lowest version that is permitted."""
    import tomllib  # here: Python 3.10 has none, and main() must be able to say so

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    for line in (*project["dependencies"], *(line for extra in extras.split(",") for line in optional[extra])):
        name, _, lowest = line.partition(">=")
        yield re.sub(r"\[.*\]", "", name), lowest


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, such as (3, 1) for 3.1rc1; empty where there is none, and zeros at the end left out."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", re.match(r"[0-9.]*", version)[0])]  # type: ignore[index]  # it may be empty
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def environment() -> dict[str, str]:
    """Return the environment with UTF-8 everywhere, whatever the locale."""
    return {**os.environ, "PYTHONUTF8": "1"}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
