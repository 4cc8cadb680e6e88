"""Look for saves that ``guidegen serve`` never shows: ``python -m bench.trust.saves [DOUBLES] [PARTNERS]``.

A profile is saved twice, with a pause in which the rest of the site is being built, is done, or is about to start. The page must
then show the second save. Files are saved as editors do it: written in place, renamed over the old one, or written while a
backup of the old one exists. Prints the lost saves.
"""

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 20.0
SUMMARY = r"(?m)(?<=^summary: ).*$"


def in_place(file: Path, text: str) -> None:
    """Save as a simple editor does."""
    file.write_text(text, encoding="utf-8")


def by_renaming(file: Path, text: str) -> None:
    """Save as an editor does that never leaves half a file."""
    new = file.with_name(f".{file.name}.tmp")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def with_a_backup(file: Path, text: str) -> None:
    """Save as an editor does that keeps a backup for a moment."""
    backup = file.with_name(f"{file.name}~")
    file.replace(backup)
    file.write_text(text, encoding="utf-8")
    backup.unlink()


SAVE_FUNCTIONS: tuple[Callable[[Path, str], None], ...] = (in_place, by_renaming, with_a_backup)


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[str]:
    """Run a command that serves the site in a folder; yield its address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment)
    output = process.stderr or ()
    address = ""
    for line in output:
        match = re.match(r"serving (\S+)", line)
        if match:
            address = match[1]
            break
    reader = threading.Thread(target=lambda: [*output], daemon=True)  # else the process blocks when the pipe is full
    reader.start()
    try:
        yield address
    finally:
        process.terminate()
        process.wait()
        reader.join()
        if process.stderr:
            process.stderr.close()


def find_lost_saves(file: Path, url: str, pattern: str, doubles: int, max_gap: float, rng: random.Random) -> Iterator[str]:
    """Save a file twice, ``doubles`` times, up to ``max_gap`` seconds apart; yield each second save that the page never shows.

    ``pattern`` matches the text that each wording replaces.
    """
    text = file.read_text(encoding="utf-8")
    _fetch(url)
    for number in range(doubles):
        save, gap = SAVE_FUNCTIONS[number % len(SAVE_FUNCTIONS)], rng.uniform(0, max_gap)
        save(file, re.sub(pattern, f"First wording of number {number}.", text, count=1))
        time.sleep(gap)
        wording = f"Second wording of number {number}."
        save(file, re.sub(pattern, wording, text, count=1))
        end = time.monotonic() + TIMEOUT_S
        while wording not in _fetch(url):
            if time.monotonic() > end:
                yield f"number {number}, {save.__name__}, {gap:.2f} s apart"
                break
            time.sleep(0.02)


def _fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url) as response:  # noqa: S310  # our own server
            return str(response.read().decode())
    except urllib.error.URLError:  # not published yet
        return ""


def main(doubles: int, partners: int) -> int:
    """Print how many saves were lost; return 0 if none was."""
    from bench.build.generate import write
    from tests import make

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if partners > 1:
            write(root, partners)
        elif partners:
            make.folder(root, {"content/partners/food-bank.yml": make.PARTNER_YML})
        else:
            shutil.copytree(ROOT / "content", root / "content")
            shutil.copyfile(ROOT / "guide.yml", root / "guide.yml")
        file = min(path for path in (root / "content/partners").glob("*.yml") if "." not in path.stem)
        started = time.monotonic()
        command = (sys.executable, "-m", "guidegen", "serve", "--port", "8750")
        with serving(command, root) as address:
            lost_saves = []
            url, max_gap = f"{address}en/partners/{file.stem}/", 1.2 if partners == 1 else 3.5
            for save in find_lost_saves(file, url, SUMMARY, doubles, max_gap, random.Random(1)):  # noqa: S311  # not for secrets
                lost_saves.append(save)
                print(f"lost: {save}", flush=True)
    guide = "the sample guide" if not partners else f"{partners:,} partner{'s' * (partners > 1)}"
    print(f"{doubles:,} double saves of {guide}: {len(lost_saves)} lost ({time.monotonic() - started:.0f} s)")
    return int(bool(lost_saves))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*numbers, *(1000, 1)[len(numbers) :]))
