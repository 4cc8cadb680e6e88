"""The same guide in MiniSearch and in Pagefind, from the npm registry, with the same queries."""

import functools
import gzip
import json
import shutil
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

HERE = Path(__file__).parent


def install() -> None:
    """The two peers, into ``bench/search/node_modules``."""
    if not (HERE / "node_modules" / "minisearch").is_dir():
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)


def pages(guide: Guide, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What a page of each partner says in each language: its texts, and all that search knows of it, in words."""
    found = build_records(guide)
    concepts: dict[int, dict[str, None]] = {}
    for row in build_rows(found):
        concepts.setdefault(row.record, {}).update(dict.fromkeys(row.concepts))
    made = {}
    for language in guide.settings.languages:
        labels = dict(
            line.split("\t") for line in (folder / f"search/labels-{language}.txt").read_text(encoding="utf-8").splitlines()
        )
        listed = []
        for number, record in enumerate(found):
            texts = [record.summary, *record.texts[::3]]  # the names of the services
            said = [text.choose(language, guide.settings.languages).words.text for text in texts]
            known = [labels[concept] for concept in concepts[number] if concept in labels]
            listed.append({"id": number, "slug": record.slug, "name": record.name, "text": ". ".join([*said, *known])})
        made[language] = listed
    return made


def minisearch(folder: Path) -> list[dict[str, Any]]:
    """MiniSearch with prefixes, and misspellings of a quarter of the letters; names count threefold."""
    return _node("measure.mjs", folder, "minisearch")


def pagefind(folder: Path, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pagefind in Chromium, as it is meant to run; bytes are measured on every tenth query, in a fresh browser context."""
    took = _node("pagefind.mjs", folder)["took"]
    for language in {case["ui"] for case in cases}:
        (folder / f"{language}.html").write_text(f"<!doctype html><html lang={language}><title>x</title>", encoding="utf-8")
    answers: list[dict[str, Any]] = [{} for _ in cases]
    with served(folder) as address, chromium() as browser:
        for language in sorted({case["ui"] for case in cases}):
            numbers = [number for number, case in enumerate(cases) if case["ui"] == language]
            page = browser.new_page()
            page.goto(f"{address}{language}.html")
            found = page.evaluate(_ASK, [cases[number]["q"] for number in numbers])
            page.close()
            for number, answer in zip(numbers, found, strict=True):
                answers[number] = {**answer, "took": took}
            for number in numbers[::10]:
                answers[number] |= _weighed(browser, f"{address}{language}.html", cases[number]["q"])
    return answers


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


_ASK = """async (queries) => {
  const pagefind = await import('/pagefind/pagefind.js');
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    const answer = await pagefind.search(query);
    const some = await Promise.all(answer.results.slice(0, 10).map((one) => one.data()));
    found.push({slugs: some.map((one) => one.meta.slug), total: answer.results.length, ms: performance.now() - start});
  }
  return found;
}"""


def _weighed(browser: Any, address: str, query: str) -> dict[str, int]:
    """Bytes and requests of a first query: what is served compressed already counts as it is."""
    context = browser.new_context()
    page = context.new_page()
    sizes = []

    def weigh(response: Any) -> None:
        if "/pagefind/" in response.url:
            body = response.body()
            packed = response.url.rsplit(".", 1)[-1] not in ("js", "json")
            sizes.append(len(body) if packed else len(gzip.compress(body, 9)))

    page.on("response", weigh)
    page.goto(address)
    page.evaluate(_ASK, [query])
    time.sleep(0.05)
    context.close()
    return {"bytes": sum(sizes), "requests": len(sizes)}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def _node(script: str, folder: Path, *arguments: str) -> Any:
    command = ["node", "--max-old-space-size=6000", str(HERE / script), f"{folder}/", *arguments]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
