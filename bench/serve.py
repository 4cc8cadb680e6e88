"""Measure the time from a save to the page under ``guidegen serve``: ``python -m bench.serve [SAVES] [PARTNERS]``.

The sample guide is copied, or a guide with this many partners is generated, and served. One profile is saved repeatedly, each
time with other words, with a pause in between. Prints the medians of the time until the page has the
new words, and of the time for reading the guide that ``serve`` reports.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.build.generate import write  # noqa: E402  # after the path is set

PAUSE_S = 1.0  # seconds


def main(saves: int, partners: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if partners:
            write(root, partners)
        else:
            copytree(ROOT / "content", root / "content")
            (root / "guide.yml").write_bytes((ROOT / "guide.yml").read_bytes())
        command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", "8700"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        lines: list[str] = []
        is_served = threading.Event()

        def listen() -> None:
            for line in process.stderr or ():
                lines.append(line)
                if line.startswith("serving"):
                    is_served.set()

        threading.Thread(target=listen, daemon=True).start()
        if not is_served.wait(60):
            raise SystemExit("".join(lines))
        try:
            durations = _measure_saves(root, saves, re.findall(r"http://[^/]+/", "".join(lines))[-1])
        finally:
            process.terminate()
            process.wait()
    build_times = [float(seconds) for seconds in re.findall(r"pages, ready in ([0-9.]+) s", "".join(lines))]
    print(f"{saves} saves of one profile of {f'{partners:,} partners' if partners else 'the sample guide'}, medians")
    print(f"  from the save to the page  {statistics.median(durations) * 1000:5.0f} ms  (worst {max(durations) * 1000:.0f})")
    print(f"  of that, reading it        {statistics.median(build_times) * 1000:5.0f} ms")


def _measure_saves(root: Path, saves: int, address: str) -> list[float]:
    file = min(path for path in (root / "content/partners").glob("*.yml") if "." not in path.stem)
    url = f"{address}en/partners/{file.stem}/"
    text, durations = file.read_text(encoding="utf-8"), []
    _fetch(url)
    for number in range(saves):
        wording = f"This is wording number {number}."
        started = time.perf_counter()
        file.write_text(text.replace("summary: ", f"summary: {wording} ", 1), encoding="utf-8")
        while wording not in _fetch(url):
            time.sleep(0.01)
        durations.append(time.perf_counter() - started)
        time.sleep(PAUSE_S)
    return durations


def _fetch(url: str) -> str:
    with urllib.request.urlopen(url) as response:  # noqa: S310  # our own server
        return str(response.read().decode())


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    main(*numbers, *(20, 0)[len(numbers) :])
