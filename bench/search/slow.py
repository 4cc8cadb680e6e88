"""Warm queries as a cheap phone answers them: in Chromium, with the processor slowed to a fourth."""

import shutil
from pathlib import Path
from typing import Any

from bench.search.peers import chromium, served

SLOWER = 4
_ASK = """async ([queries, language]) => {
  const {openSearch} = await import('/engine/engine.js');
  const engine = openSearch({base: '/', language});
  const took = [];
  for (const query of queries) {
    await engine.search(query);
    const start = performance.now();
    await engine.search(query);
    took.push(performance.now() - start);
  }
  return took;
}"""


def warm(folder: Path, client: Path, cases: list[dict[str, Any]]) -> list[float]:
    """Milliseconds of each query that was asked once before, of every fifth query."""
    shutil.copytree(client, folder / "engine")
    took: list[float] = []
    languages = sorted({case["ui"] for case in cases})
    for language in languages:
        (folder / f"{language}.html").write_text(f"<!doctype html><html lang={language}><title>x</title>", encoding="utf-8")
    with served(folder) as address, chromium() as browser:
        for language in languages:
            page = browser.new_page()
            page.goto(f"{address}{language}.html")
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            took += page.evaluate(_ASK, [[case["q"] for case in cases if case["ui"] == language][::5], language])
            page.close()
    return took
