#!/usr/bin/env python3
"""Build the published scripts in static/js and the style sheet static/css/site.css from their sources in client.

    python scripts/build_client.py            needs terser and esbuild, which scripts/test installs with npm

The search engine is bundled with its modules, so that one request loads it, and so are the scripts of all profiles and lists, and
those of the single-file guide. Each other script is minified by itself. The style sheet is its parts one after the other,
readable, because a guide may replace it with an edited copy. A test compares the results.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / ".tools" / "node_modules"
TERSER = MODULES / "terser" / "bin" / "terser"
ESBUILD = MODULES / "esbuild" / "bin" / "esbuild"
BUNDLED = ("single-file.js", "formats.js")
MODULE_BUNDLES = ("search/engine.js", "loader.js")
PARTS = ("search/analysis.js", "search/files.js", "search/reader.js", "filters.js", "freshness.js", "opening-hours.js")
"""Modules that are published as a part of a bundle alone."""
SHARED = tuple(f"--external:./{name}.js" for name in ("elements", "bookmarks", "listen", "near"))
"""Modules that a bundle loads, because other scripts use them, too, or few readers do."""
STYLES = (
    "tokens", "base", "header", "page", "common", "urgent", "desk-card", "map", "handout", "tiles", "search", "filters", "results",
    "lists", "cards", "facts", "profile", "services", "answers", "contact", "articles", "chooser", "preferences", "print",
)  # fmt: skip
"""The parts of the style sheet. Of two rules of equal weight in a layer, the later one wins."""
# `unsafe` and `pure_getters` assume that nobody redefines built-in functions and that reading a property changes nothing.
OPTIONS = ("--module", "--ecma", "2022", "--compress", "passes=3,unsafe,pure_getters", "--mangle", "--format", "quote_style=1")


def is_available() -> bool:
    """Return whether the tools are installed."""
    return (MODULES / "yaml").is_dir() and TERSER.is_file() and ESBUILD.is_file() and shutil.which("node") is not None


def build_files() -> Iterator[tuple[Path, str]]:
    """Yield each published file and its content."""
    parts = ((name, (ROOT / "client/css" / f"{name}.css").read_text(encoding="utf-8")) for name in STYLES)
    yield ROOT / "static/css/site.css", "\n".join(f"/* {name} */\n{text}" for name, text in parts)
    for source in sorted((ROOT / "client").rglob("*.js")):
        name = source.relative_to(ROOT / "client")
        if name.as_posix() in PARTS:
            continue
        command, text = ["node", str(TERSER), *OPTIONS], source.read_text(encoding="utf-8")
        if name.as_posix() in MODULE_BUNDLES:
            text = _run([str(ESBUILD), str(source), "--bundle", *SHARED, "--format=esm", "--target=es2022", "--charset=utf8"])
        if source.name in BUNDLED:
            command = [str(ESBUILD), str(source), "--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8"]
        minified = _run(command, text)
        folder = ROOT / "static" if name.parts[0] == "root" else ROOT / "static" / "js"
        if name.parts[0] == "cms":  # for the web editor, not for the site
            folder = ROOT / "templates"
        # Scripts are also embedded in pages, where HTML allows no noncharacters.
        yield folder / name, minified.strip().replace("\uffff", "\\uffff") + "\n"


def _run(command: list[str], text: str = "") -> str:
    environment = {**os.environ, "NODE_PATH": str(MODULES)}
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, env=environment).stdout


def main() -> int:
    if not is_available():
        print("scripts/build_client.py: terser or esbuild is missing; run scripts/test once, which installs it", file=sys.stderr)
        return 2
    for file, text in build_files():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
