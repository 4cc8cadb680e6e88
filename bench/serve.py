"""How long it takes from a save to the page under ``guidegen serve``: ``python -m bench.serve [SAVES] [PARTNERS]``.

The sample guide is copied, or a guide of so many partners generated, and served. One profile is saved again and again, each time
in another wording, with a pause in which the rest of the site is made. Told are the medians of the whole way (until the page is answered with the new words) and of what
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
sys.path.insert(0, str(ROOT))

from bench.build.generate import write  # noqa: E402  # after the path is set

PAUSE = 4.0  # seconds


def main(saves: int, partners: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if partners:
            write(root, partners)
        else:
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
    print(f"{saves} saves of one profile of {f'{partners:,} partners' if partners else 'the sample guide'}, medians")
    print(f"  from the save to the page  {statistics.median(took) * 1000:5.0f} ms  (worst {max(took) * 1000:.0f})")
    print(f"  of that, the build         {statistics.median(built) * 1000:5.0f} ms")


def _saved(root: Path, saves: int, address: str) -> list[float]:
    file = min(one for one in (root / "content/partners").glob("*.yml") if "." not in one.stem)
    url = f"{address}en/partners/{file.stem}/"
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
    given = [int(one) for one in sys.argv[1:]]
    main(*given, *(20, 0)[len(given) :])
