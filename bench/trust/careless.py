"""A generator that does everything wrong, to see that every row of the table can be red."""

import contextlib
import os
import re
import shutil
import signal
import time
from pathlib import Path

out = Path("out")
shutil.rmtree(out, ignore_errors=True)
out.mkdir()
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
