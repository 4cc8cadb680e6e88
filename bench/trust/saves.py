"""Saves that ``guidegen serve`` never shows: ``python -m bench.trust.saves [DOUBLES] [PARTNERS]``.

A profile is saved twice, with a pause in which the rest of the site is being built, or is done, or is about to begin. The page
must then show the second save. Files are saved as editors do it: written in place, renamed over the old one, or written with a
copy of the old one put aside. Printed are the saves that were lost, and the builds of the preview that ran at once.
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
    """Save as editors do that never leave half a file."""
    new = file.with_name(f".{file.name}.tmp")
    new.write_text(text, encoding="utf-8")
    new.replace(file)


def with_a_backup(file: Path, text: str) -> None:
    """Save as editors do that keep the file before for a moment."""
    backup = file.with_name(f"{file.name}~")
    file.replace(backup)
    file.write_text(text, encoding="utf-8")
    backup.unlink()


WAYS: tuple[Callable[[Path, str], None], ...] = (in_place, by_renaming, with_a_backup)


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[str]:
    """Run a command that serves the site in a folder; yield the address."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment)
    output = running.stderr or ()
    address = ""
    for line in output:
        found = re.match(r"serving (\S+)", line)
        if found:
            address = found[1]
            break
    reading = threading.Thread(target=lambda: [*output], daemon=True)  # else it waits for a reader
    reading.start()
    try:
        yield address
    finally:
        running.terminate()
        running.wait()
        reading.join()
        if running.stderr:
            running.stderr.close()


def lost(file: Path, url: str, place: str, doubles: int, most: float, chance: random.Random) -> Iterator[str]:
    """Save a file twice so many times, up to ``most`` seconds apart; yield each second save that the page never shows.

    ``place`` is a pattern of what each wording takes the place of.
    """
    text = file.read_text(encoding="utf-8")
    _page(url)
    for number in range(doubles):
        way, gap = WAYS[number % len(WAYS)], chance.uniform(0, most)
        way(file, re.sub(place, f"First wording of number {number}.", text, count=1))
        time.sleep(gap)
        wording = f"Second wording of number {number}."
        way(file, re.sub(place, wording, text, count=1))
        end = time.monotonic() + TIMEOUT_S
        while wording not in _page(url):
            if time.monotonic() > end:
                yield f"number {number}, {way.__name__}, {gap:.2f} s apart"
                break
            time.sleep(0.02)


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url) as answer:  # noqa: S310  # our own server
            return str(answer.read().decode())
    except urllib.error.URLError:  # not there yet
        return ""


def main(doubles: int, partners: int) -> int:
    """Print how many saves were lost; 0 if none was."""
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
        file = min(one for one in (root / "content/partners").glob("*.yml") if "." not in one.stem)
        started = time.monotonic()
        command = (sys.executable, "-m", "guidegen", "serve", "--port", "8750")
        with serving(command, root) as address:
            found = []
            url, most = f"{address}en/partners/{file.stem}/", 1.2 if partners == 1 else 3.5
            for save in lost(file, url, SUMMARY, doubles, most, random.Random(1)):  # noqa: S311  # not for secrets
                found.append(save)
                print(f"lost: {save}", flush=True)
    guide = "the sample guide" if not partners else f"{partners:,} partner{'s' * (partners > 1)}"
    print(f"{doubles:,} double saves of {guide}: {len(found)} lost ({time.monotonic() - started:.0f} s)")
    return int(bool(found))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*given, *(1000, 1)[len(given) :]))
