"""Generators used as their documentation recommends, with defaults: where a page goes, and how a site is built."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import make

ROOT = Path(__file__).resolve().parents[2]
TIMEOUT_S = 60  # seconds
_HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Guide"\n',
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}",
    "layouts/_default/list.html": "<!doctype html>{{ range .Pages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}",
}
_PELICAN = {
    "pelicanconf.py": "SITENAME = 'Guide'\nPATH = 'content'\nTIMEZONE = 'UTC'\nDEFAULT_LANG = 'en'\nFEED_ALL_ATOM = None\n"
    "CATEGORY_FEED_ATOM = None\nTRANSLATION_FEED_ATOM = None\nAUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\n"
}


@dataclass(frozen=True)
class Generator:
    """A static site generator, and the commands that use it.

    ``files`` are the initial files of a site, ``content`` is the folder of pages, ``front`` writes front matter. ``out_option``
    names another folder for the site, ``serve`` is the command of a preview that prints ``serving <address>``, and ``export`` is
    the command that writes spreadsheets into the folder ``sheets``; each is empty if the generator has none or it was not tried.
    """

    name: str
    command: Callable[[Path], Sequence[str]]
    out: str
    content: str
    pictures: str
    files: dict[str, str]
    front: Callable[[dict[str, str]], str]
    out_option: str = ""
    serve: tuple[str, ...] = ()
    export: tuple[str, ...] = ()

    def start(self, folder: Path) -> None:
        """Create a site with two good pages."""
        if self.name == "guidegen":
            make.folder(folder)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for name in ("first", "second"):
            self.page(folder, name, f"The {name} page.")

    def page(self, folder: Path, name: str, text: str, **front: str) -> Path:
        """Write a page and return its file; ``front`` is added to the required front matter or replaces parts of it."""
        file = folder / self.content / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        fields = {"title": f"Page {name}", "date": "2026-09-14", "authors": "[Ana]"} | front
        file.write_text(f"{self.front({key: value for key, value in fields.items() if value})}{text}\n", encoding="utf-8")
        return file

    def run(self, folder: Path, limit: Callable[[], None] | None = None) -> "subprocess.CompletedProcess[str]":
        """Build the site."""
        return subprocess.run(
            self.command(folder), cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, env=ENVIRONMENT, preexec_fn=limit
        )  # fmt: skip

    def start_running(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start to build the site in a process group of its own."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            self.command(folder), cwd=folder, stdout=quiet, stderr=quiet, env=ENVIRONMENT, start_new_session=True
        )


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "CI": "true", "NO_COLOR": "1"}


def _format_yaml(front: dict[str, str]) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n"


def _format_metadata(front: dict[str, str]) -> str:
    return "".join(f"{key.capitalize()}: {value}\n" for key, value in front.items()) + "\n"


def _find_tool(name: str) -> str:
    """Return the path of a program in the folder of tools, or on the path."""
    return shutil.which(name, path=os.environ.get("TRUST_TOOLS", "")) or shutil.which(name) or ""


def guidegen() -> Generator:
    """Return the generator of this repository."""
    command = [sys.executable, "-m", "guidegen", "build", "--jobs", "1"]
    program = (sys.executable, "-m", "guidegen")
    return Generator(
        "guidegen", lambda _: command, "site", "content/spotlights", "content/images", {}, _format_yaml,
        "--out", (*program, "serve", "--port", "8770"), (*program, "export", "csv", "--out", "sheets"),
    )  # fmt: skip


def careless() -> Generator:
    """Return the generator that does everything wrong: each row of the table must be red for it."""
    command = [sys.executable, str(Path(__file__).with_name("careless.py"))]
    return Generator(
        "careless", lambda _: command, "out", "content", "static", {}, _format_yaml,
        "--out", (*command, "serve"), (*command, "export"),
    )  # fmt: skip


def peers() -> list[Generator]:
    """Return the other generators that are installed, in the folder ``TRUST_TOOLS`` or on the path."""
    generators = [
        Generator("MkDocs", lambda _: [_find_tool("mkdocs"), "build", "-q"], "site", "docs", "docs", {"mkdocs.yml": "site_name: Guide\n", "docs/index.md": "# Guide\n"}, _format_yaml, "--site-dir"),
        Generator("Pelican", lambda _: [_find_tool("pelican"), "content", "-o", "output", "-s", "pelicanconf.py"], "output", "content", "content/images", _PELICAN, _format_metadata, "--output"),
        Generator("Hugo", lambda _: [_find_tool("hugo"), "--quiet"], "public", "content", "static", _HUGO, _format_yaml, "--destination"),
        Generator("Eleventy", lambda _: [_find_tool("eleventy"), "--quiet"], "_site", ".", "images", {"eleventy.config.js": "module.exports = (c) => c.addPassthroughCopy('images');\n"}, _format_yaml, "--output"),
    ]  # fmt: skip
    programs = {"MkDocs": "mkdocs", "Pelican": "pelican", "Hugo": "hugo", "Eleventy": "eleventy"}
    return [generator for generator in generators if _find_tool(programs[generator.name])]
