"""The search box and the search page: with a keyboard, an input method, a slow network, and without scripts."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, FloatRect, Page, Route, expect

pytestmark = pytest.mark.browser


@contextmanager
def open_page(
    chromium: Browser, address: str, width: int = 1280, **options: object
) -> Iterator[tuple[Page, list[str], list[str]]]:
    """Open a page; yield it with the URLs it requests, and its errors and warnings."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]  # Playwright types each option
    page = context.new_page()
    requests: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    yield page, requests, faults
    context.close()


def bounding_box_of(page: Page, selector: str) -> FloatRect:
    """Return the position and size of an element on the screen."""
    bounding_box = page.locator(selector).bounding_box()
    assert bounding_box is not None
    return bounding_box


def wait_until_quiet(page: Page, requests: list[str]) -> None:
    """Wait until a page has made no request for a second."""
    count = -1
    while count != len(requests):
        count = len(requests)
        page.wait_for_timeout(1000)


def search(page: Page, text: str) -> None:
    page.fill("#search", text)
    page.keyboard.press("Enter")
    expect(page.locator("#search-count")).to_have_text(re.compile(r"\d"))  # no longer "Searching …"


def test_the_index_is_not_loaded_before_the_box_is_used(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/") as (page, requests, _):
        page.wait_for_timeout(400)
        before = [url for url in requests if "/search/" in url and not url.endswith("box.js")]
        with page.expect_request("**/start-en.txt"):
            page.focus("#search")

    assert before == []


def test_suggestions_are_a_combobox_that_works_by_keyboard(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/partners/") as (page, _, faults):
        box = page.locator("#search")
        box.press_sequentially("docto", delay=30)
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(box).to_have_attribute("role", "combobox")
        assert page.get_attribute("#search-list", "role") == "listbox"
        assert page.locator("[role=option][aria-selected=true]").count() == 0  # nothing is preselected
        assert 1 <= page.locator("[role=option]").count() <= 6
        box.press("ArrowDown")
        selected = page.locator("[role=option][aria-selected=true]")
        assert box.get_attribute("aria-activedescendant") == selected.get_attribute("id")
        assert selected.inner_text() == "Health"
        box.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        box.press("ArrowDown")
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        box.press("Enter")
        page.wait_for_url("**/en/services/health/**")
        assert faults == []


def test_suggestions_are_in_the_language_of_the_page(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "ar/partners/") as (page, _, _faults):
        page.locator("#search").press_sequentially("food", delay=30)
        expect(page.locator("[role=option]").first).to_be_visible()
        assert re.search("[\u0600-\u06ff]", page.locator("[role=option]").first.inner_text())


def test_enter_searches_without_sending_the_query(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/") as (page, requests, faults):
        search(page, "boss did not pay me")
        assert page.url.endswith("en/search/index.html#q=boss+did+not+pay+me")
        assert re.fullmatch(r"\d+ organizations?", page.inner_text("#search-count"))
        assert "Workers" in page.inner_text(".results li:nth-child(1)")
        assert page.get_attribute("#search-count", "role") == "status"
        assert faults == []

    assert [url for url in requests if "boss" in url or "pay" in url] == []
    assert {url for url in requests if not url.startswith(address)} == set()


def test_results_have_a_url_and_the_back_button_works(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/search/#q=food") as (page, _, _faults):
        expect(page.locator(".results")).to_be_visible()
        assert page.input_value("#search") == "food"
        search(page, "lawyer")
        page.wait_for_url("**#q=lawyer")
        page.go_back()
        expect(page.locator("#search")).to_have_value("food")


@pytest.mark.parametrize(
    ("language", "query", "slug"),
    [("ar", "ضرائب", "community-tax-help"), ("ar", "جنسية", "citizenship-corner"), ("zh-Hans", "翻译", "county-language-bank")],
)
def test_who_mostly_offers_what_was_asked_comes_first_in_any_language(
    chromium: Browser, address: str, language: str, query: str, slug: str
) -> None:
    """The name says so in the language of the guide, but the query is in another one."""
    page = chromium.new_page()
    page.goto(f"{address}{language}/search/index.html#q={query}")
    first = page.locator("main .card-title a").first
    first.wait_for()

    assert f"partners/{slug}/" in str(first.get_attribute("href"))
    page.close()


def test_nothing_is_searched_while_an_input_method_composes_a_word(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "zh-Hans/partners/") as (page, requests, _):
        page.focus("#search")
        wait_until_quiet(page, requests)
        count = len(requests)
        page.evaluate(
            """() => { const box = document.getElementById('search');
            box.dispatchEvent(new CompositionEvent('compositionstart'));
            box.value = 'shi wu'; box.dispatchEvent(new InputEvent('input', {isComposing: true})); }"""
        )
        page.wait_for_timeout(500)
        assert len(requests) == count
        page.evaluate(
            "() => { const box = document.getElementById('search'); box.value = '食物'; box.dispatchEvent(new CompositionEvent('compositionend')); }"
        )
        expect(page.locator("[role=option]").first).to_have_text("食物")


def test_a_late_response_is_dropped(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/partners/") as (page, _, _faults):
        box = page.locator("#search")
        delayed: list[Route] = []
        is_delaying = True
        page.route("**/terms-*.txt", lambda route: delayed.append(route) if is_delaying else route.continue_())
        box.press_sequentially("doctor", delay=10)
        for _ in range(100):
            if delayed:
                break
            page.wait_for_timeout(100)
        assert delayed
        assert box.get_attribute("aria-busy") == "true"
        is_delaying = False
        box.fill("library")
        expect(page.locator("[role=option]").first).to_have_text("Libraries and community")
        for route in delayed:
            route.continue_()
        page.wait_for_timeout(500)
        assert page.locator("[role=option]").first.inner_text() == "Libraries and community"


def test_with_data_saving_the_index_is_only_loaded_on_submit(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/privacy/") as (page, requests, _):
        page.evaluate("() => Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
        page.locator("#search").press_sequentially("doctor", delay=10)
        page.wait_for_timeout(500)
        assert [url for url in requests if "/search/" in url and "box.js" not in url] == []
        page.keyboard.press("Enter")
        expect(page.locator(".results")).to_be_visible()


def test_without_scripts_the_page_lists_every_service_type_with_its_synonyms(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/", java_script_enabled=False) as (page, requests, _):
        page.fill("#search", "secret words")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/search/**")
        text = page.inner_text("main")

    assert "secret" not in page.url
    assert "food pantry" in text
    assert "green card" in text
    assert "Nothing found" not in text
    assert [url for url in requests if "secret" in url] == []


def test_the_interpretation_of_a_query_is_shown_and_can_be_undone(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/search/#q=free+english+class") as (page, _, _faults):
        chip = page.locator(".chip", has_text="Free")
        expect(chip).to_be_visible()
        chip.click()
        expect(page.locator(".chip", has_text="Free")).to_have_count(0)
        expect(page.locator(".chip", has_text="English classes")).to_be_visible()


def test_a_corrected_spelling_has_a_link_to_the_words_as_typed(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/search/#q=therapizt") as (page, _, _faults):
        link = page.get_by_text("Search for “therapizt” instead")
        link.click()
        expect(page.locator("#search-count")).to_have_text("Nothing found for these words.")
        assert page.locator("#search-all").is_visible()


def test_filters_have_counts_and_narrow_the_results(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/search/#q=health") as (page, _, _faults):
        expect(page.locator(".results")).to_be_visible()
        page.locator(".filters summary").click()
        label = page.locator(".filter").first
        number = int(label.locator(".count").inner_text().strip("()"))
        label.locator("input").check()
        expect(page.locator("#search-count")).to_have_text(re.compile(rf"^{number} "))
        assert "&f=" in page.url


def test_urgent_words_show_help_above_the_results(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "es/search/#q=quiero+morir") as (page, _, _faults):
        expect(page.locator("#search-urgent")).to_be_visible()
        answer = page.locator("[data-answer='answer:crisis']")
        expect(answer).to_be_visible()
        assert "988" in answer.inner_text()
        assert bounding_box_of(page, "#search-urgent")["y"] < bounding_box_of(page, "#search-results")["y"]


def test_when_the_index_is_missing_the_lists_remain(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/about/") as (page, _, _faults):
        page.route("**/search/*.txt", lambda route: route.abort())
        page.route("**/search/*.json", lambda route: route.abort())
        page.fill("#search", "food")
        page.keyboard.press("Enter")
        expect(page.locator("#search-count")).to_have_text("Search does not work right now. Use the lists below.")
        assert page.locator("#search-all").is_visible()


def test_a_text_in_another_language_is_labeled(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "uk/search/#q=food") as (page, _, _faults):
        expect(page.locator(".results")).to_be_visible()
        foreign = page.locator(".results [lang=en]")
        if foreign.count():
            assert foreign.first.evaluate("text => text.nextElementSibling?.className") == "label"


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results_and_suggestions(
    chromium: Browser, address: str, axe: str, language: str, scheme: str
) -> None:
    words = {"en": "food", "ar": "طعام", "zh-Hans": "食物"}[language]
    with open_page(chromium, f"{address}{language}/search/#q={words}", width=360, color_scheme=scheme, bypass_csp=True) as (
        page,
        _,
        _faults,
    ):
        expect(page.locator(".results")).to_be_visible()
        page.locator(".filters summary").click()
        page.fill("#search", "")
        page.locator("#search").press_sequentially(words, delay=20)
        expect(page.locator("[role=option]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.evaluate(axe)
        violations = page.evaluate(
            "async () => (await axe.run()).violations.map(violation => violation.id + ': ' + violation.nodes[0].html)"
        )

    assert violations == []


@pytest.mark.parametrize("language", ["en", "ar", "uk"])
def test_results_fit_a_narrow_screen(chromium: Browser, address: str, language: str) -> None:
    with open_page(chromium, f"{address}{language}/search/#q=english", width=320) as (page, _, _faults):
        expect(page.locator(".results")).to_be_visible()
        page.locator(".filters summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert bounding_box_of(page, ".search button")["height"] >= 44
        assert float(page.locator("#search").evaluate("box => parseFloat(getComputedStyle(box).fontSize)")) >= 16


def test_the_query_is_kept_in_another_language_and_with_a_filter(chromium: Browser, address: str) -> None:
    with open_page(chromium, address + "en/search/") as (page, _, faults):
        search(page, "food")
        page.fill("#search", "food saturday")  # not submitted yet
        expect(page.locator("#search")).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")  # the suggestions cover the filters
        page.locator(".filters summary").click()
        page.locator(".filters input").first.check()
        expect(page.locator("#search-count")).not_to_be_empty()
        assert "saturday" in page.url
        page.locator("details.languages summary").click()
        page.locator("details.languages a[hreflang=es]").click()
        page.wait_for_url("**/es/search/**")
        expect(page.locator("#search")).to_have_value("food saturday")
        assert faults == []
