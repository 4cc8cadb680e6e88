"""The generators with which builds are compared: how they are installed, what they read, and how they are run.

Each reads a file for every page, with the data of the page and the name of its template.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
VENV = HERE / ".venv"
NODE = HERE / "node_modules"

Data = dict[str, Any]


@dataclass(frozen=True)
class Peer:
    """A generator. ``shared`` is its file of data that all pages share, ``site`` its output folder."""

    name: str
    shared: str
    site: str
    start: Callable[[Path], object]
    page: Callable[[Path, str, str, Data], object]
    command: Callable[[], Sequence[str]]


def _install(package: str) -> str:
    """Return the command of a package from PyPI, installed if needed. Raises ``CalledProcessError`` if that fails."""
    program = VENV / "bin" / package
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([str(VENV / "bin/pip"), "install", "--quiet", package], check=True)
    return str(program)


def _eleventy_command() -> list[str]:
    if not (NODE / "@11ty/eleventy").is_dir():
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--silent", "--no-save", "@11ty/eleventy@3"], cwd=HERE, check=True
        )
    return ["node", str(NODE / "@11ty/eleventy/cmd.cjs"), "--quiet"]


def _make_file_name(path: str) -> str:
    """Return a file name for the page at ``path``."""
    return path.strip("/").replace("/", "-").removesuffix(".html") or "index-page"


def _write_file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=sorted)  # sets


def _write_templates(folder: Path, page: str, shared: str, suffix: str = ".html") -> None:
    """Write the templates with a generator's names for page data and shared data."""
    for file in sorted((HERE / "jinja").glob("*.html")):
        text = re.sub(r"\bP\b", page, file.read_text(encoding="utf-8"))
        text = re.sub(r"\bC\b", f"{shared}[{page}.lang]", text)
        _write_file(folder / f"{file.stem}{suffix}", text.replace("base.html", f"base{suffix}"))


def _write_hugo_page(folder: Path, path: str, kind: str, data: Data) -> None:
    front = {"title": data.get("name_text", ""), "url": f"/{data['path']}", "layout": kind, "type": "guide", "p": data}
    _write_file(folder / "content" / f"{_make_file_name(path)}.md", _to_json(front))


def _start_eleventy(folder: Path) -> None:
    _write_templates(folder / "_includes", "p", "chrome", ".njk")
    _write_file(folder / "eleventy.config.js", "export const config = {dir: {output: 'public'}};\nexport default () => {};\n")
    _write_file(folder / "package.json", '{"type": "module"}')


def _write_eleventy_page(folder: Path, path: str, kind: str, data: Data) -> None:
    front = {"layout": f"{kind}.njk", "permalink": data["path"], "p": data}
    _write_file(folder / f"{_make_file_name(path)}.njk", f"---json\n{_to_json(front)}\n---\n")


_MKDOCS = """\
site_name: Measured Guide
site_dir: public
theme: {name: null, custom_dir: theme}
plugins: []
hooks: [hook.py]
"""
_MKDOCS_HOOK = """\
import json
import pathlib


def on_env(env, config, files):
    env.autoescape = True
    env.globals["chrome"] = json.loads(pathlib.Path("chrome.json").read_text(encoding="utf-8"))
"""


def _start_mkdocs(folder: Path) -> None:
    _write_templates(folder / "theme", "page.meta.p", "chrome")
    _write_file(folder / "mkdocs.yml", _MKDOCS)
    _write_file(folder / "hook.py", _MKDOCS_HOOK)


def _write_mkdocs_page(folder: Path, path: str, kind: str, data: Data) -> None:
    if path.endswith(".html"):  # MkDocs cannot render such a page, so the file is copied
        _write_file(folder / "docs" / path, data["body"])
        return
    front = _to_json({"template": f"{kind}.html", "title": data.get("name_text", ""), "p": data})
    _write_file(folder / "docs" / path / "index.md", f"---\n{front}\n---\n")


_PELICAN = """\
import json
import pathlib

from pelican import readers, signals

SITENAME, SITEURL, PATH, OUTPUT_PATH, THEME, TIMEZONE = "Measured Guide", "", "content", "public", "theme", "UTC"
DEFAULT_LANG, ARTICLE_PATHS, PAGE_PATHS, DIRECT_TEMPLATES = "en", [], ["."], []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
JINJA_ENVIRONMENT = {"autoescape": True}
CHROME = json.loads(pathlib.Path("chrome.json").read_text(encoding="utf-8"))


class Data(readers.BaseReader):
    enabled = True
    file_extensions = ["json"]

    def read(self, source_path):
        return "", json.loads(pathlib.Path(source_path).read_text(encoding="utf-8"))


def _add(all_readers):
    all_readers.reader_classes["json"] = Data


class Plugin:
    @staticmethod
    def register():
        signals.readers_init.connect(_add, weak=False)


PLUGINS = [Plugin]
"""


def _start_pelican(folder: Path) -> None:
    _write_templates(folder / "theme/templates", "page.p", "CHROME")
    (folder / "theme/static").mkdir()
    _write_file(folder / "pelicanconf.py", _PELICAN)


def _write_pelican_page(folder: Path, path: str, kind: str, data: Data) -> None:
    name = _make_file_name(path)
    front = {"title": name, "slug": name, "template": kind, "save_as": data["path"], "url": data["path"], "p": data}
    _write_file(folder / "content" / f"{name}.json", _to_json(front))


PEERS = {
    peer.name: peer
    for peer in (
        Peer(
            "hugo",
            "data/chrome.json",
            "public",
            lambda folder: shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True),
            _write_hugo_page,
            lambda: [_install("hugo")],
        ),
        Peer("eleventy", "_data/chrome.json", "public", _start_eleventy, _write_eleventy_page, _eleventy_command),
        Peer(
            "mkdocs", "chrome.json", "public", _start_mkdocs, _write_mkdocs_page, lambda: [_install("mkdocs"), "build", "--quiet"]
        ),
        Peer("pelican", "chrome.json", "public", _start_pelican, _write_pelican_page, lambda: [_install("pelican"), "--quiet"]),
    )
}
