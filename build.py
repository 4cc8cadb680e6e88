#!/usr/bin/env python3
"""Run guidegen from a fresh clone: create an environment with the locked packages if they are missing.

python3 build.py                 builds the sample guide into site/
python3 build.py serve           builds, watches and reloads; any other guidegen command works as well

In the folder of a guide of one's own it works on that guide:  python3 ../guidegen/build.py check
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
EXTRAS = "serve,qr,images,holidays,import"


def main(arguments: list[str]) -> int:
    """Run guidegen from this folder in its environment; without a command, build."""
    if sys.version_info < (3, 11):  # noqa: UP036  # people with an older Python run this file first
        print(f"guidegen needs Python 3.11 or newer; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        python = ready_python(EXTRAS)
    except subprocess.CalledProcessError:
        print("the packages could not be installed; are you online? See the lines above.", file=sys.stderr)
        return 2
    command_line = arguments if arguments and not arguments[0].startswith("-") else ["build", *arguments]
    command, *rest = command_line
    # A new guide is made where one stands. Other commands are about the guide in the folder one stands in, or else this one.
    is_elsewhere = Path("guide.yml").is_file() and Path.cwd() != ROOT
    root = [] if command_line[:2] == ["new", "guide"] or is_elsewhere else ["--root", str(ROOT)]
    result = subprocess.run([python, "-m", "guidegen", command, *root, *rest], env=environment(), check=False)
    site = (Path.cwd() if is_elsewhere else ROOT) / "site" / "index.html"
    if result.returncode == 0 and command_line == ["build"]:
        print(f"\nThe guide is in {site.parent}\nOpen {site} in a browser, or run:  python3 build.py serve")
    return result.returncode


def ready_python(extras: str) -> str:
    """Return a Python with guidegen's packages: this one, or that of ``.venv``, which is created or updated if needed.

    Installs exactly what ``requirements/locked.txt`` names, by hash; only test tools may have any version that ``pyproject.toml``
    permits. Raises ``CalledProcessError`` if packages cannot be installed.
    """
    if has_packages(sys.executable, extras):
        return sys.executable
    python = str(ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    if not has_pip(python):
        if os.path.lexists(ENVIRONMENT) and (ENVIRONMENT.is_symlink() or not (ENVIRONMENT / "pyvenv.cfg").is_file()):
            sys.exit(f"{ENVIRONMENT} is in the way: it is not a Python environment. Move it elsewhere and try again.")
        print("creating .venv with the packages guidegen needs (once)", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    if not has_packages(python, extras):
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "--requirement", str(ROOT / "requirements" / "locked.txt")], check=True)
        subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
        if not has_packages(python, extras):  # test tools are not in the lock file
            subprocess.run([*install, "--no-build-isolation", "--editable", f"{ROOT}[{extras}]"], check=True)
    return python


def has_pip(python: str) -> bool:
    """Return whether a Python exists and has pip: an environment whose creation was interrupted has none."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def has_packages(python: str, extras: str) -> bool:
    """Return whether a Python has every package in a permitted version, and its guidegen is the one of this clone."""
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
        result = subprocess.run([python, "-c", code, *needed], capture_output=True, text=True, check=True)
        clone, versions = json.loads(result.stdout.splitlines()[-1])
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return False
    are_permitted = (versions[name] and release(versions[name]) >= release(lowest) for name, lowest in needed.items())
    return clone == str(ROOT) and all(are_permitted)


def requirements(extras: str) -> Iterator[tuple[str, str]]:
    """Yield the name of each required package in ``pyproject.toml``, and its lowest permitted version."""
    import tomllib  # imported here: Python 3.10 has no tomllib, and main() must still report that

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    for line in (*project["dependencies"], *(line for extra in extras.split(",") for line in optional[extra])):
        name, _, lowest = line.partition(">=")
        yield re.sub(r"\[.*\]", "", name), lowest.partition(",")[0]


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version without trailing zeros, such as (3, 1) for 3.1rc1; empty if it has none."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", re.match(r"[0-9.]*", version)[0])]  # type: ignore[index]  # it always matches
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def environment() -> dict[str, str]:
    """Return the environment variables with UTF-8 enabled, whatever the locale."""
    return {**os.environ, "PYTHONUTF8": "1"}


def run_package_builder() -> None:
    """Run the package `build` (https://build.pypa.io), for ``python -m build`` in this folder, where this file has its name."""
    import runpy

    sys.path[:] = [folder for folder in sys.path if Path(folder or os.curdir).resolve() != ROOT]
    try:
        runpy.run_module("build", run_name="__main__", alter_sys=True)
    except ImportError as error:
        sys.exit(f"python -m build needs the package 'build': python -m pip install build   ({error})")


if __name__ == "__main__" and __spec__ is not None:
    run_package_builder()
elif __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
