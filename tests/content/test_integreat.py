"""A real guide with known dates: pages of one German district, with English translations that are often older.

Integreat, "lkaugsburg" (CC BY 4.0, see the data's README): 119 of 233 English pages were changed on an earlier day than their source.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from tests import ROOT, make

DATA = ROOT.parent / "shared/data/integreat-lkaugsburg"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the pages of the Integreat guide are not at hand")


def read_pages(language: str) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = json.loads((DATA / f"pages.{language}.json").read_text(encoding="utf-8"))
    return pages


def write_article(page: dict[str, Any], front: str) -> str:
    text = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page["content"])).split())
    plain = re.sub(r"[^\w .,:;!?-]", " ", text)[:3_000] or page["title"]
    return f"---\ntitle: {json.dumps(page['title'][:150], ensure_ascii=False)}\n{front}---\n{plain}\n"


def test_pages_come_in_with_their_known_staleness(tmp_path: Path) -> None:
    sources = {page["id"]: page for page in read_pages("de")}
    files = {"guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[de, en]").replace("region: US", "region: DE")}
    expected: dict[str, str] = {}
    for page in read_pages("en"):
        source = sources.get(page["available_languages"].get("de", {}).get("id"))
        if source:
            slug, day, source_day = f"page-{source['id']}", page["last_updated"][:10], source["last_updated"][:10]
            files[f"content/spotlights/{slug}.md"] = write_article(source, f"date: 2020-01-01\nupdated: {source_day}\n")
            files[f"content/spotlights/{slug}.en.md"] = write_article(
                page, f"translation: {{by: human}}\ntranslated_from: {day}\n"
            )
            expected[slug] = "stale" if day < source_day else "fresh"

    guide, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    states = {spotlight.slug: spotlight.editions[1].state for spotlight in guide.spotlights}
    assert states == expected
    assert sum(state == "stale" for state in states.values()) == 119
    assert not [problem for problem in problems if problem.code in ("date", "value", "unknown-key")]
