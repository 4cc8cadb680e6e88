"""Phone numbers, times, prices and addresses are in the right order on right-to-left pages.

The order in the source proves nothing, because the bidirectional algorithm decides where each character is shown. So the tests
measure the position of each character on the screen.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import paths

pytestmark = pytest.mark.browser

# Each match of a pattern, with the position of each of its characters on the screen: [text, [[left, top], …]].
RUNS = """pattern => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, .visually-hidden, .skip')) continue;
    for (const match of node.data.matchAll(new RegExp(pattern, 'gu'))) {
      const places = [...match[0]].map((_, index) => {
        const range = document.createRange();
        range.setStart(node, match.index + index); range.setEnd(node, match.index + index + 1);
        const box = range.getBoundingClientRect();
        return [Math.round(box.left), Math.round(box.top)];
      });
      found.push([match[0], places]);
    }
  }
  return found;
}"""
PHONE = r"\(\d{3}\) \d{3}-\d{4}"
TIME = r"\d{1,2}:\d{2}"
PRICE = r"\$\d[\d.,]*"
ADDRESS = r"\d+ [A-Z][A-Za-z .,0-9-]+, MA 00\d{3}"


def find_misordered(page: Page, pattern: str) -> tuple[int, list[str]]:
    """Return the number of matches, and those whose characters do not run from left to right, line by line."""
    runs = page.evaluate(RUNS, pattern)
    misordered = []
    for text, positions in runs:
        is_in_order = all(
            position[1] < following[1] - 4 or position[0] <= following[0] + 1
            for (position, following), character in zip(pairwise(positions), text, strict=False)
            if character.strip()
        )
        if not is_in_order:
            misordered.append(text)
    return len(runs), misordered


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("width", [320, 1280])
def test_phones_times_prices_and_addresses_are_in_order(chromium: Browser, address: str, language: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    counts = dict.fromkeys((PHONE, TIME, PRICE, ADDRESS), 0)
    misordered = {}
    for path in paths((language,)):
        page.goto(address + path)
        for pattern in counts:
            count, texts = find_misordered(page, pattern)
            counts[pattern] += count
            if texts:
                misordered[path, pattern] = texts
    page.close()

    assert misordered == {}
    assert min(counts.values()) >= 3, counts


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_opening_time_comes_before_the_closing_time(chromium: Browser, address: str, language: str) -> None:
    """In "from 6:00 to 8:30", read from right to left, the first time is on the right."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{language}/partners/riverbend-adult-school/")

    pairs = page.eval_on_selector_all(
        ".hours .times",
        "all => all.map(times => [...times.querySelectorAll(':scope > bdi')].map(time => time.getBoundingClientRect())).map(t => t.map(b => [b.right, b.top]))",
    )

    page.close()
    assert pairs
    for (first_right, first_top), (last_right, last_top) in pairs:
        assert first_top < last_top or first_right > last_right


def test_a_misordered_phone_number_is_found(chromium: Browser, address: str) -> None:
    """Without isolation, the same number is shown in another order; the test must detect it."""
    page = chromium.new_page()
    page.goto(address + "ar/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>اتصل (555) 555-0100 الآن</p>')")

    _, misordered = find_misordered(page, PHONE)

    page.close()
    assert misordered == ["(555) 555-0100"]
