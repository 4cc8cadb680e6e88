"""What the peers of the build bench get: flat templates and facts show the same pages as guidegen's own templates."""

import re
from pathlib import Path
from posixpath import join, normpath
from typing import Any

import pytest
from bench.build import peers
from bench.build.dialects import JinjaTemplate
from bench.build.generate import write
from bench.build.generators import Peer
from jinja2 import DictLoader, Environment

from guidegen.build import pipeline

pytestmark = pytest.mark.slow


def test_facts_in_flat_templates_show_the_pages_of_guidegen(tmp_path: Path) -> None:
    root, pages = tmp_path / "guide", dict[str, tuple[str, dict[str, Any]]]()
    write(root, 4, articles=2, languages=("en", "ar"))
    pipeline.build(root, tmp_path / "site")

    def keep_page(_folder: Path, path: str, kind: str, facts: dict[str, Any]) -> None:
        pages[path] = kind, facts

    peer = Peer("shared.json", "templates", JinjaTemplate(""), lambda _: None, keep_page, list)
    shared = peers.write(root, {tmp_path: peer})
    templates = {file.stem: file.read_text(encoding="utf-8") for file in (tmp_path / "templates").iterdir()}
    environment = Environment(loader=DictLoader(templates), autoescape=True)
    differing = []
    for path, (kind, facts) in pages.items():
        shown = environment.get_template(kind).render(p=facts, c=shared[facts["lang"]])
        expected = (tmp_path / "site" / path).read_text(encoding="utf-8")
        if _resolve_links(shown, path) != _resolve_links(expected, path):
            differing.append(path)

    assert {"page-partner", "page-service_type", "page-area", "page-partners", "page-handout", "raw"} <= set(templates)
    assert differing == []


def _resolve_links(html: str, path: str) -> str:
    """Return a page with links from the root of the site: peers write them from the folder of the language."""
    links = re.compile(r' (href|src|action)="(?![a-z]+:|#)([^"#]+)')
    return links.sub(lambda link: f' {link[1]}="{normpath(join("/", path, "..", link[2]))}', html)
