"""How long it takes from a save to the page under ``guidegen serve``: ``python -m bench.serve [saves]``.

The sample guide is copied, served, and one profile is saved again and again, each time in another wording, with a pause in which
the rest of the site is made. Told are the medians of the whole way (until the page is answered with the new words) and of what
``serve`` says that it took.
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
PROFILE = "riverbend-adult-school"
PAUSE = 4.0  # seconds


def main(saves: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copytree(ROOT / "content", root / "content")
        (root / "guide.yml").write_bytes((ROOT / "guide.yml").read_bytes())
        command = [sys.executable, "-m", "guidegen", "serve", "--root", str(root), "--port", "8700"]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        said: list[str] = []
        served = threading.Event()

        def listen() -> None:
            for line in running.stderr or ():
                said.append(line)
                if line.startswith("serving"):
                    served.set()

        threading.Thread(target=listen, daemon=True).start()
        if not served.wait(60):
            raise SystemExit("".join(said))
        try:
            took = _saved(root, saves, re.findall(r"http://[^/]+/", "".join(said))[-1])
        finally:
            running.terminate()
            running.wait()
    built = [float(found) for found in re.findall(r"the pages you look at: ([0-9.]+) s", "".join(said))]
    print(f"{saves} saves of one profile of the sample guide, medians")
    print(f"  from the save to the page  {statistics.median(took) * 1000:5.0f} ms  (worst {max(took) * 1000:.0f})")
    print(f"  of that, the build         {statistics.median(built) * 1000:5.0f} ms")


def _saved(root: Path, saves: int, address: str) -> list[float]:
    file, url = root / f"content/partners/{PROFILE}.yml", f"{address}en/partners/{PROFILE}/"
    text, took = file.read_text(encoding="utf-8"), []
    _page(url)
    for number in range(saves):
        wording = f"This is wording number {number}."
        started = time.perf_counter()
        file.write_text(text.replace("summary: ", f"summary: {wording} ", 1), encoding="utf-8")
        while wording not in _page(url):
            time.sleep(0.01)
        took.append(time.perf_counter() - started)
        time.sleep(PAUSE)
    return took


def _page(url: str) -> str:
    with urllib.request.urlopen(url) as answer:  # noqa: S310  # our own server
        return str(answer.read().decode())


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20)
