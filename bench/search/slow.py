"""Measure repeated queries on a slow phone: in Chromium, with the CPU slowed down to a fourth."""

import shutil
from pathlib import Path
from typing import Any

from bench.search.peers import chromium, served

CPU_SLOWDOWN = 4
_MEASURE_SCRIPT = """async ([queries, language]) => {
  const {openSearch} = await import('/engine/engine.js');
  const engine = openSearch({base: '/', language});
  const durations = [];
  for (const query of queries) {
    await engine.search(query);
    const start = performance.now();
    await engine.search(query);
    durations.push(performance.now() - start);
  }
  return durations;
}"""


def warm(folder: Path, client: Path, cases: list[dict[str, Any]]) -> list[float]:
    """Return the milliseconds of repeated queries, for every fifth query."""
    shutil.copytree(client, folder / "engine")
    durations: list[float] = []
    languages = sorted({case["ui"] for case in cases})
    for language in languages:
        (folder / f"{language}.html").write_text(f"<!doctype html><html lang={language}><title>x</title>", encoding="utf-8")
    with served(folder) as address, chromium() as browser:
        for language in languages:
            page = browser.new_page()
            page.goto(f"{address}{language}.html")
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
            durations += page.evaluate(_MEASURE_SCRIPT, [[case["q"] for case in cases if case["ui"] == language][::5], language])
            page.close()
    return durations
