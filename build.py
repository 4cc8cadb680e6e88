#!/usr/bin/env python3
"""The door of a fresh clone: makes its own environment where the packages are missing, then runs guidegen.

python3 build.py                 builds the sample guide into site/
python3 build.py serve           builds, watches and reloads; any other guidegen command works as well
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
EXTRAS = "serve,qr"
LOCKED = "GUIDEGEN_LOCKED"
"""With this in the environment only the packages of requirements/locked.txt are installed, by their digests."""


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
    named = arguments if arguments and not arguments[0].startswith("--") else ["build", *arguments]
    here = [] if "--root" in named or "--help" in named or "-h" in named else ["--root", str(ROOT)]
    done = subprocess.run([python, "-m", "guidegen", *named, *here], env=environment(), check=False)
    site = ROOT / "site" / "index.html"
    if done.returncode == 0 and named == ["build"]:
        print(f"\nThe guide is in {site.parent}\nOpen {site} in a browser, or run:  python3 build.py serve")
    return done.returncode


def ready_python(extras: str) -> str:
    """A Python that has what guidegen needs: this one, or that of ``.venv``, which is made when it is missing."""
    if has_packages(sys.executable, extras):
        return sys.executable
    python = str(ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    if not Path(python).exists():
        print("making .venv with the packages guidegen needs (once)", file=sys.stderr)
        venv.create(ENVIRONMENT, with_pip=True, clear=ENVIRONMENT.exists())
    if not has_packages(python, extras):
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if os.environ.get(LOCKED):
            subprocess.run([*install, "--require-hashes", "--requirement", str(ROOT / "requirements" / "locked.txt")], check=True)
            subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
        else:
            subprocess.run([*install, "--editable", f"{ROOT}[{extras}]"], check=True)
    return python


def has_packages(python: str, extras: str) -> bool:
    """Whether the modules can be imported there, and guidegen is this clone's own."""
    modules = "babel, jinja2, livereload, markdown, markupsafe, nh3, yaml, zxingcpp, guidegen"
    if "test" in extras:
        modules += ", hatchling, icalendar, mypy, playwright, pytest, vobject"
    code = f"import {modules}; import pathlib; print(pathlib.Path(guidegen.__file__).resolve().parents[2])"
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return found.returncode == 0 and found.stdout.strip() == str(ROOT)


def environment() -> dict[str, str]:
    """The environment with UTF-8 everywhere, whatever the locale."""
    return {**os.environ, "PYTHONUTF8": "1"}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
