"""Hostile texts in every field of every file, in every output, opened without the content security policy: nothing runs."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from playwright.sync_api import Browser

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.content.fields.compound import Many, OneOf, Pair, Record
from guidegen.content.fields.scalar import Line, Translated
from guidegen.content.fields.table import PARTNER
from guidegen.content.load import load
from guidegen.content.translations import is_translatable
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.content.yaml.writer import format_yaml
from guidegen.model.problems import GuidegenError
from tests import make
from tests.browser.conftest import serving
from tests.hostile import texts

GUIDE = make.GUIDE_YML.replace("[en, es, ar]", "[en, ar]") + "quick_exit: https://www.example.org/\nfictional: yes\n"
SPOTLIGHT = "---\ntitle: {title}\nsummary: {title}\ndate: 2026-09-14\nauthors: [{title}]\npartners: [p0]\n---\n{body}\n"
WATCH = """
window.hits = [];
window.hit = () => window.hits.push(document.location.href);
for (const name of ['alert', 'confirm', 'prompt']) window[name] = window.hit;
"""
WITHOUT = re.compile(r"^( *)description:.*\n(?:\1 .*\n|\n)*", re.MULTILINE)
PLACES = {"city": "Town {0}", "names": "[Town {0}]}}"}
FOUND = """() => {
  const allowed = /^(https?|mailto|tel|sms|geo|data|blob|file):/;
  const wrong = [];
  for (const one of document.querySelectorAll('*')) {
    for (const attribute of one.attributes) {
      if (/^on/i.test(attribute.name)) wrong.push(`${one.tagName} has ${attribute.name}`);
    }
    const address = one.href?.baseVal ?? one.href ?? one.src ?? one.action;
    if (typeof address === 'string' && address && !allowed.test(address)) wrong.push(`${one.tagName} leads to ${address}`);
  }
  for (const script of document.scripts) {
    if (!script.src && !/json/.test(script.type) && !window.inOneFile) wrong.push(`a script: ${script.text.slice(0, 60)}`);
    if (/json/.test(script.type)) JSON.parse(script.text);
  }
  for (const tag of ['iframe', 'object', 'embed', 'base', 'frame', 'applet', 'style']) {
    if (document.querySelector(tag) && !(window.inOneFile && tag === 'style')) wrong.push(`an element ${tag}`);
  }
  return [...wrong, ...window.hits.map((one) => `a script ran at ${one}`)];
}"""


def filled(reader: object, text: str) -> Node | None:
    """A value with the text wherever a text may stand; None where a reader takes no free text."""
    if isinstance(reader, Record):
        found = [(field, filled(field.reader, text)) for field in reader.fields]
        given = [(field.name, value or example(field.example)) for field, value in found if value or field.required]
        return MappingNode(tuple((ScalarNode(name, 1, 1), value) for name, value in given if value), 1, 1) if given else None
    if isinstance(reader, OneOf):
        return filled(reader.shapes[0], text)
    if isinstance(reader, Many):
        one = filled(reader.reader, text)
        return ListNode((one,), 1, 1) if one else None
    if isinstance(reader, Pair):
        return None
    if isinstance(reader, Line | Translated):
        cut = text[: reader.limit]
        return ScalarNode(cut if getattr(reader, "markdown", False) else " ".join(cut.split()) or "x", 1, 1, plain=False)
    return None


def example(text: str) -> Node:
    """What the field table gives as an example of a required value."""
    from guidegen.content.yaml.parser import compose

    node, _ = compose(f"x: {text}\n", make.partner().source)
    assert isinstance(node, MappingNode)
    value = node.get("x")
    assert value is not None
    return value


def profile(text: str, number: int) -> str:
    """A profile with the text in every field; towns and areas differ, for their pages must have addresses of their own."""
    node = filled(PARTNER, text)
    assert isinstance(node, MappingNode)
    extra = {
        "email": ScalarNode("a@example.org", 1, 1),
        "status": ScalarNode("active", 1, 1),
    }
    kept = tuple(pair for pair in node.pairs if pair[0].text not in ("logo", *extra))
    written = format_yaml(MappingNode((*kept, *((ScalarNode(key, 1, 1), value) for key, value in extra.items())), 1, 1))
    written = re.sub(r"types: \[.*?\]", "types: [food]", written)
    return re.sub(r"(city|names): .*", lambda match: f"{match[1]}: {PLACES[match[1]].format(number)}", written)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide of hostile texts: of those that are refused, the file is taken out again."""
    root = make.folder(tmp_path_factory.mktemp("hostile"), {"guide.yml": GUIDE})
    for number, text in enumerate(texts()):
        quoted = json.dumps(" ".join(text.split())[:150] or "x", ensure_ascii=False)
        try:
            (root / f"content/partners/p{number}.yml").write_text(profile(text, number), encoding="utf-8")
        except GuidegenError:
            (root / f"content/partners/p{number}.yml").write_text(f"name: {json.dumps(text)}\n", encoding="utf-8")
        (root / f"content/spotlights/s{number}.md").parent.mkdir(exist_ok=True)
        (root / f"content/spotlights/s{number}.md").write_text(SPOTLIGHT.format(title=quoted, body=text), encoding="utf-8")
    refused: set[Path] = set()
    for _ in range(12):
        problems = [one for one in pipeline.load_checked_guide(root)[1] if one.severity == 0]
        if not problems:
            break
        assert all(one.message and one.line for one in problems)
        for file in {root / one.path for one in problems}:
            if file.suffix == ".yml" and file not in refused:  # HTML in Markdown is refused: once more without the descriptions
                text = file.read_text(encoding="utf-8")
                file.write_text(WITHOUT.sub("", text), encoding="utf-8")
            elif file.suffix == ".md" and file not in refused:
                file.write_text(
                    re.sub(r"(\n---\n).*", r"\1Text.\n", file.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8"
                )
            else:
                file.unlink()
            refused.add(file)
    assert problems == []
    return root


@pytest.fixture(scope="module")
def site(guide: Path) -> Path:
    """The guide as published, without its content security policy."""
    assert main(["build", "--root", str(guide), "--jobs", "1"]) == 0
    for page in (guide / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text), encoding="utf-8")
    return guide / "site"


def test_there_are_enough_texts_and_most_come_through(guide: Path) -> None:
    assert len(texts()) >= 300
    assert len(list((guide / "content/partners").glob("p*.yml"))) > 150
    assert len(list((guide / "content/spotlights").glob("s*.md"))) > 150


def test_nothing_runs_and_nothing_is_asked_of_another_host(site: Path, chromium: Browser) -> None:
    wrong: list[str] = []
    with serving(site) as served:
        address = served.address
        context = chromium.new_context()
        context.add_init_script(WATCH)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for file in chosen(site):
            page.goto(f"{address}{file.relative_to(site)}")
            wrong += [f"{file.relative_to(site)}: {one}" for one in page.evaluate(FOUND)]
        page.goto(f"{address}en/search/#q=script")
        page.wait_for_timeout(1500)
        wrong += page.evaluate(FOUND)
        context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.parametrize(
    "planted", ["<img src=x onerror=hit()>", "<a href=javascript:hit()>x</a>", "<iframe></iframe>", "<script>hit()</script>"]
)
def test_what_gets_through_is_seen(planted: str, chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><p>{planted}", encoding="utf-8")
    page = chromium.new_page()
    page.add_init_script(WATCH)
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate(FOUND)
    page.close()


def chosen(site: Path) -> Iterator[Path]:
    """Every page in the first language, and in the other one those of lists."""
    yield from sorted(file for file in (site / "en").rglob("*.html") if file.name != "guide.html")
    yield from sorted(file for pattern in ("*/index.html", "services/*/index.html") for file in (site / "ar").glob(pattern))


def test_the_guide_in_one_file_runs_nothing_of_it(site: Path, chromium: Browser) -> None:
    file = site / "en/guide.html"
    if not file.exists():
        pytest.skip("so large a guide has no copy in one file")
    context = chromium.new_context()
    context.add_init_script(WATCH + "window.inOneFile = true;")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    found = page.evaluate(FOUND)
    context.close()
    assert found == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_every_other_file_keeps_its_structure(site: Path, guide: Path) -> None:
    partners = load(guide).guide.partners
    for file in site.rglob("*"):
        if file.suffix in (".xml", ".svg"):
            assert b"<!ENTITY" not in file.read_bytes()
            ET.fromstring(file.read_bytes())  # noqa: S314  # our own output
        elif file.suffix in (".json", ".webmanifest"):
            json.loads(file.read_bytes())
        elif file.suffix == ".ics":
            calendar: Any = icalendar.Calendar.from_ical(file.read_bytes())
            assert {one.name for one in calendar.subcomponents} <= {"VEVENT", "VTIMEZONE"}
        elif file.suffix == ".vcf":
            cards = list(vobject.readComponents(file.read_text(encoding="utf-8")))
            assert len(cards) == 1
            slug = file.stem if file.stem != "contact" else file.parent.name
            named = [one for one in partners if one.slug == slug]
            assert not named or cards[0].fn.value == named[0].name


def test_sheets_and_the_report_keep_theirs(guide: Path, tmp_path: Path, chromium: Browser) -> None:
    assert main(["export", "csv", "--root", str(guide), "--out", str(tmp_path / "sheets")]) == 0
    for sheet in (tmp_path / "sheets").iterdir():
        assert not re.search(r'(?:^|,)"?[=+@-]', sheet.read_text("utf-8-sig").split("\n", 1)[0])
    assert main(["import", "csv", str(tmp_path / "sheets"), "--root", str(guide), "--dry-run"]) == 0
    assert main(["report", "--root", str(guide), "--out", str(tmp_path / "report")]) == 0
    page = chromium.new_page()
    page.add_init_script(WATCH + "window.inOneFile = true;")
    page.goto((tmp_path / "report/index.html").as_uri())
    assert page.evaluate(FOUND) == []
    page.close()


def test_every_text_field_of_the_table_is_filled(guide: Path) -> None:
    ways = {re.sub(r"\.(\d+|[^.]*[^a-z_.][^.]*)(?=\.|$)", "", at) for one in load(guide).guide.partners for at in one.texts}
    translatable = {field.name for field in PARTNER.fields if is_translatable(field.reader)}
    assert {way.split(".")[0] for way in ways} == translatable
