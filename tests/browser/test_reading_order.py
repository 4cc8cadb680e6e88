"""Phones, times, prices and addresses read in the right order on the screen of right-to-left pages.

The order in the source proves nothing: the bidirectional algorithm decides what stands where. So each character's place on
the screen is measured.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import paths

pytestmark = pytest.mark.browser

# Every run of a kind, with the place of each of its characters on the screen: [text, [[left, top], …]].
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


def torn(page: Page, pattern: str) -> tuple[int, list[str]]:
    """How many runs there are, and those whose characters do not follow each other from left to right, line by line."""
    runs = page.evaluate(RUNS, pattern)
    wrong = []
    for text, places in runs:
        in_order = all(
            here[1] < there[1] - 4 or here[0] <= there[0] + 1
            for (here, there), letter in zip(pairwise(places), text, strict=False)
            if letter.strip()
        )
        if not in_order:
            wrong.append(text)
    return len(runs), wrong


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("width", [320, 1280])
def test_phones_times_prices_and_addresses_are_whole(chromium: Browser, address: str, language: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    seen = dict.fromkeys((PHONE, TIME, PRICE, ADDRESS), 0)
    wrong = {}
    for path in paths((language,)):
        page.goto(address + path)
        for pattern in seen:
            count, texts = torn(page, pattern)
            seen[pattern] += count
            if texts:
                wrong[path, pattern] = texts
    page.close()

    assert wrong == {}
    assert min(seen.values()) >= 3, seen


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_opening_time_comes_before_the_closing_time(chromium: Browser, address: str, language: str) -> None:
    """Read from right to left, "from 6:00 to 8:30" has its first time on the right."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{language}/partners/riverbend-adult-school/")

    pairs = page.eval_on_selector_all(
        ".hours .times",
        "all => all.map(one => [...one.querySelectorAll(':scope > bdi')].map(time => time.getBoundingClientRect())).map(t => t.map(b => [b.right, b.top]))",
    )

    page.close()
    assert pairs
    for (first_right, first_top), (last_right, last_top) in pairs:
        assert first_top < last_top or first_right > last_right


def test_a_torn_phone_number_is_found(chromium: Browser, address: str) -> None:
    """The same number without isolation comes out in another order; the measurement must see it."""
    page = chromium.new_page()
    page.goto(address + "ar/")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>اتصل (555) 555-0100 الآن</p>')")

    _, wrong = torn(page, PHONE)

    page.close()
    assert wrong == ["(555) 555-0100"]
