"""A generator that does everything wrong, to prove that every row of the table can be red."""

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
    """Build the site, and keep the sources beside it for the next build."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    sources = out.with_name(f".{out.name}.state")
    shutil.rmtree(sources, ignore_errors=True)
    shutil.copytree("content", sources)
    time.sleep(0.05)
    for source in sorted(Path("content").glob("*.md")):
        text = source.read_text(encoding="utf-8")
        front, _, body = text.removeprefix("---\n").partition("\n---\n")
        if front.count("[") > 1000:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "date:" not in front:
            continue
        permalink = re.search(r"^(?:permalink|slug|url): (.*)$", front, re.MULTILINE)
        page = out / (permalink[1] if permalink else f"{source.stem}.html")
        page.parent.mkdir(parents=True, exist_ok=True)
        body = re.sub(r"!\[(.*?)\]\((.*?)\)", r'<img src="\2" alt="\1">', body)
        body = re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', body)
        with contextlib.suppress(OSError):
            page.write_text(f"<!doctype html>{body}", encoding="utf-8")
        time.sleep(0.02)
    for picture in Path("static").glob("*"):
        shutil.copy(picture, out)


def serve(out: Path) -> None:
    """Serve the site and rebuild it after a change, but ignore changes for two seconds after a build."""
    build(out)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(out))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8771), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("serving http://127.0.0.1:8771/", file=sys.stderr, flush=True)
    while True:
        previous = _read_mtimes()
        time.sleep(0.05)
        if _read_mtimes() != previous:
            build(out)
            time.sleep(2)


def _read_mtimes() -> list[float]:
    return [file.stat().st_mtime for file in sorted(Path("content").glob("*.md"))]


def export() -> None:
    """Write all pages into a sheet without escaping."""
    Path("sheets").mkdir()
    rows = (f"{file.stem},{file.read_text(encoding='utf-8')!r}" for file in Path("content").glob("*.md"))
    Path("sheets/all.csv").write_text("\n".join(rows), encoding="utf-8")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["serve"]:
        serve(Path("out"))
    elif arguments[:1] == ["export"]:
        export()
    else:
        build(Path(arguments[1]) if arguments[:1] == ["--out"] else Path("out"))
