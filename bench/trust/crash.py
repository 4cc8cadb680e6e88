"""Every command that writes, struck at calls of the system that write: ``python -m bench.trust.crash [times]``.

A call, taken at random from all that the command makes, is made to kill the process (SIGKILL), and to fail with a full disk, a broken one, a read-only one, without permission
and without file handles. After a fault the site, or each file of the content, must be the old or the new one, byte for byte; a
command that failed must have said so in one line, and the next run must work and leave nothing behind.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from typing import TypeAlias

from tests import make
from tests.crash import ERRORS, ROOT, available, calls, command, struck, tree

Run: TypeAlias = "subprocess.CompletedProcess[str]"
SPANISH = "summary: Comida gratis para todos.\nservices: [{key: pantry, name: Despensa}]\n"


@dataclass(frozen=True)
class Case:
    """A command that writes, the folder that it writes into (below the guide), and what is there before."""

    arguments: tuple[str, ...]
    folder: str
    is_one: bool
    prepare: Callable[[Path], None]


def _built(root: Path) -> None:
    _run(root, "build", "--jobs", "1")
    _edit(root)


def _edit(root: Path) -> None:
    file = root / "content/partners/food-bank.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("everyone", "all who come"), encoding="utf-8")


def _translated(root: Path) -> None:
    for name in ("food-bank", "library"):
        (root / f"content/partners/{name}.yml").write_text(make.PARTNER_YML, encoding="utf-8")
        (root / f"content/partners/{name}.es.yml").write_text(SPANISH, encoding="utf-8")


def _sheets(root: Path) -> None:
    _translated(root)
    rows = ("food-bank,A,a@example.org,Free.", "library,B,b@example.org,Books.", "new-one,C,c@example.org,New.")
    (root / "partners.csv").write_text("\n".join(["partner,name,email,summary", *rows, ""]), encoding="utf-8")


COMMANDS = {
    "build, anew": Case(("build", "--jobs", "1"), "site", True, lambda _: None),
    "build, one profile changed": Case(("build", "--jobs", "1"), "site", True, _built),
    "build, everything anew": Case(("build", "--jobs", "1", "--clean"), "site", True, _built),
    "translations accept": Case(("translations", "accept"), "content", False, _translated),
    "import csv": Case(("import", "csv", "partners.csv"), "content", False, _sheets),
}


def strike(name: str, folder: Path, most: int) -> tuple[int, list[str]]:
    """How many times the command was struck, at most so often, and what was wrong after it."""
    case = COMMANDS[name]
    start = make.folder(folder / "start")
    case.prepare(start)
    old = tree(start / case.folder)
    whole = folder / "whole"
    copytree(start, whole, symlinks=True)
    points = calls(_at(case, whole), whole, folder / "trace")
    new = tree(whole / case.folder)
    if new == old:
        raise ValueError(f"{name} changes nothing")
    pairs = [(call, fault) for call in points for fault in ("SIGKILL", *ERRORS)]
    pairs = random.Random(name).sample(pairs, min(most, len(pairs)))  # noqa: S311  # the same ones in every run
    wrong = []
    for call, fault in pairs:
        root = folder / "struck"
        rmtree(root, ignore_errors=True)
        copytree(start, root, symlinks=True)
        found = _after(case, root, struck(_at(case, root), call, fault), old, new)
        wrong += [f"{name}, {fault} at {call.name} {call.number}: {one}" for one in found]
    return len(pairs), wrong


def _at(case: Case, root: Path) -> list[str]:
    arguments = [str(root / one) if one.endswith(".csv") else one for one in case.arguments]
    return [*arguments, "--root", str(root)]


def _after(case: Case, root: Path, run: Run, old: dict[str, str], new: dict[str, str]) -> list[str]:
    """What is wrong after a fault."""
    wrong = []
    if "Traceback" in run.stderr:
        wrong.append(f"a traceback: {run.stderr.strip().splitlines()[-1]}")
    stands = tree(root / case.folder)
    if case.is_one and stands not in (old, new):
        wrong.append("the site is neither the old nor the new one")
    if not case.is_one:
        own = {path: digest for path, digest in stands.items() if not Path(path).name.startswith(".")}
        wrong += [f"{path} is neither the old nor the new one" for path in own if own[path] not in (old.get(path), new.get(path))]
        wrong += [f"{path} is gone" for path in old if path not in own]
    if run.returncode == 0 and case.is_one and stands != new:
        wrong.append("it says that all is well, and the site is not the new one")
    if run.returncode > 0 and len(run.stderr.strip().splitlines()) > 3:
        wrong.append(f"it fails in {len(run.stderr.strip().splitlines())} lines")
    again = _run(root, *_at(case, root))
    if again.returncode or tree(root / case.folder) != new:
        wrong.append(f"the next run does not mend it: {again.stderr.strip()[-200:]}")
    left = [one.name for one in root.iterdir() if one.name in (".site.old", ".site.lock")]
    return wrong + [f"{name} is left behind" for name in left]


def _run(root: Path, *arguments: str) -> Run:
    more = () if "--root" in arguments else ("--root", str(root))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command([*arguments, *more]), capture_output=True, text=True, env=environment, check=False)


def main(most: int) -> int:
    """Strike everywhere and print what came of it."""
    if not available():
        print("this needs strace, and the right to use it")
        return 2
    failed = False
    for name in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            number, wrong = strike(name, Path(folder), most)
            print(f"{name:30} {number:6,} faults  {len(wrong):4} wrong  {time.perf_counter() - started:6.0f} s", flush=True)
            print("\n".join(f"    {one}" for one in wrong[:20]), end="\n" if wrong else "", flush=True)
            failed |= bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 200))
