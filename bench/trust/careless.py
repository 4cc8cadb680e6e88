"""A generator that does everything wrong, to see that every row of the table can be red."""

import contextlib
import functools
import http.server
import os
import re
import shutil
import signal
import sys
import threading
import time
from pathlib import Path


def build(out: Path) -> None:
    """Make the site, and keep the sources beside it for the next time."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    state = out.with_name(f".{out.name}.state")
    shutil.rmtree(state, ignore_errors=True)
    shutil.copytree("content", state)
    time.sleep(0.05)
    for source in sorted(Path("content").glob("*.md")):
        text = source.read_text(encoding="utf-8")
        front, _, body = text.removeprefix("---\n").partition("\n---\n")
        if front.count("[") > 1000:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "date:" not in front:
            continue
        place = re.search(r"^(?:permalink|slug|url): (.*)$", front, re.MULTILINE)
        page = out / (place[1] if place else f"{source.stem}.html")
        page.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r"!\[(.*?)\]\((.*?)\)", r'<img src="\2" alt="\1">', body)
        body = re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', body)
        with contextlib.suppress(OSError):
            page.write_text(f"<!doctype html>{body}", encoding="utf-8")
        time.sleep(0.02)
    for picture in Path("static").glob("*"):
        shutil.copy(picture, out)


def serve(out: Path) -> None:
    """Serve the site, and build it again after a change, but for two seconds after a build do not look."""
    build(out)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(out))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8771), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("serving http://127.0.0.1:8771/", file=sys.stderr, flush=True)
    while True:
        before = _stamps()
        time.sleep(0.05)
        if _stamps() != before:
            build(out)
            time.sleep(2)


def _stamps() -> list[float]:
    return [file.stat().st_mtime for file in sorted(Path("content").glob("*.md"))]


def export() -> None:
    """Write all pages as a sheet, as they are."""
    Path("sheets").mkdir()
    rows = (f"{file.stem},{file.read_text(encoding='utf-8')!r}" for file in Path("content").glob("*.md"))
    Path("sheets/all.csv").write_text("\n".join(rows), encoding="utf-8")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[:1] == ["serve"]:
        serve(Path("out"))
    elif given[:1] == ["export"]:
        export()
    else:
        build(Path(given[1]) if given[:1] == ["--out"] else Path("out"))
