"""Search the same guide with MiniSearch and Pagefind, from the npm registry, with the same queries."""

import functools
import gzip
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from guidegen.model.guide import Guide
from guidegen.search.records import build_records, build_rows

FOLDER = Path(__file__).parent


def install() -> None:
    """Install the two peers into ``bench/search/node_modules``."""
    if not (FOLDER / "node_modules" / "minisearch").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)


def pages(guide: Guide, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return for each language a page of each partner: its texts, and all that guidegen's search knows about it, in words."""
    records = build_records(guide)
    concepts: dict[int, dict[str, None]] = {}
    for row in build_rows(records):
        concepts.setdefault(row.record, {}).update(dict.fromkeys(row.concepts))
    pages_by_language = {}
    for language in guide.settings.languages:
        labels = dict(
            line.split("\t") for line in (folder / f"search/labels-{language}.txt").read_text(encoding="utf-8").splitlines()
        )
        page_list = []
        for number, record in enumerate(records):
            texts = [record.summary, *record.texts[::3]]  # the names of services
            texts_shown = [text.resolve(language, guide.settings.languages).text.text for text in texts]
            concept_names = [labels[concept] for concept in concepts[number] if concept in labels]
            page_list.append(
                {"id": number, "slug": record.slug, "name": record.name, "text": ". ".join([*texts_shown, *concept_names])}
            )
        pages_by_language[language] = page_list
    return pages_by_language


def minisearch(folder: Path) -> list[dict[str, Any]]:
    """Run MiniSearch with prefixes and fuzzy matching of a quarter of the letters; names have threefold weight."""
    return _run_node("measure.mjs", folder, "minisearch")


def pagefind(folder: Path, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run Pagefind in Chromium, as intended; bytes are measured on every tenth query, in a new browser context."""
    index_ms = _run_node("pagefind.mjs", folder)["took"]
    for language in {case["ui"] for case in cases}:
        (folder / f"{language}.html").write_text(f"<!doctype html><html lang={language}><title>x</title>", encoding="utf-8")
    answers: list[dict[str, Any]] = [{} for _ in cases]
    with served(folder) as address, chromium() as browser:
        for language in sorted({case["ui"] for case in cases}):
            numbers = [number for number, case in enumerate(cases) if case["ui"] == language]
            page = browser.new_page()
            page.goto(f"{address}{language}.html")
            results = page.evaluate(_SEARCH_SCRIPT, [cases[number]["q"] for number in numbers])
            page.close()
            for number, answer in zip(numbers, results, strict=True):
                answers[number] = {**answer, "took": index_ms}
            for number in numbers[::10]:
                answers[number] |= _measure_transfer(browser, f"{address}{language}.html", cases[number]["q"])
    return answers


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_QuietHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield the system's Chromium, headless."""
    from tests.browser.conftest import open_chromium

    with open_chromium() as browser:
        yield browser


_SEARCH_SCRIPT = """async (queries) => {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  const answers = [];
  for (const query of queries) {
    const start = performance.now();
    const answer = await pagefind.search(query);
    const records = await Promise.all(answer.results.slice(0, 10).map((result) => result.data()));
    answers.push({slugs: records.map((record) => record.meta.slug), total: answer.results.length, ms: performance.now() - start});
  }
  return answers;
}"""


def _measure_transfer(browser: Any, address: str, query: str) -> dict[str, int]:
    """Return bytes and requests of a first query; files that are stored compressed count as they are."""
    context = browser.new_context()
    page = context.new_page()
    sizes = []

    def record_size(response: Any) -> None:
        if "/pagefind/" in response.url:
            body = response.body()
            is_compressed = response.url.rsplit(".", 1)[-1] not in ("js", "json")
            sizes.append(len(body) if is_compressed else len(gzip.compress(body, 9)))

    page.on("response", record_size)
    page.goto(address)
    page.evaluate(_SEARCH_SCRIPT, [query])
    time.sleep(0.05)
    context.close()
    return {"bytes": sum(sizes), "requests": len(sizes)}


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _run_node(script: str, folder: Path, *arguments: str) -> Any:
    command = ["node", "--max-old-space-size=6000", str(FOLDER / script), f"{folder}/", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
