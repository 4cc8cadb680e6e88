"""The quick exit of sensitive pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser

AWAY = "https://www.wikipedia.org/"
SHELTER = "partners/safe-harbor/"


def elsewhere(route: Route) -> None:
    route.fulfill(body="<title>Elsewhere</title><p>An encyclopedia.</p>", content_type="text/html")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.route(f"{AWAY}**", elsewhere)
    yield context
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_it_is_the_second_thing_on_the_tab_key(context: BrowserContext, address: str, language: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{language}/{SHELTER}")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.exit') !== null")


def test_it_stays_in_sight_and_nothing_covers_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}ar/{SHELTER}")
    page.locator("details.languages summary").click()
    for part in (0, 0.3, 0.6, 1):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part})")
        hit = page.evaluate(
            "(() => { const b = document.querySelector('.exit a').getBoundingClientRect();"
            " return b.top >= 0 && b.bottom <= innerHeight && document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2).closest('.exit') !== null })()"
        )
        assert hit, part


def test_what_has_the_focus_is_not_under_it(context: BrowserContext, address: str) -> None:
    """WCAG 2.2, 2.4.11."""
    page = context.new_page()
    page.goto(f"{address}en/services/family-safety/")
    for _ in range(40):
        page.keyboard.press("Tab")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        tops = page.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom, document.querySelector('.exit').getBoundingClientRect().bottom,"
            " document.activeElement.closest('.exit, .skip') !== null]"
        )
        assert tops[2] or tops[0] > tops[1] + 10


def test_without_scripts_it_is_a_link(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.route(f"{AWAY}**", elsewhere)
    page = context.new_page()
    page.goto(f"{address}en/{SHELTER}")
    sent = []
    page.on("request", lambda request: sent.append(request.headers.get("referer")))

    page.locator(".exit a").click()

    assert page.title() == "Elsewhere"
    assert sent[0] is None
    context.close()


def walked(page: Page, address: str) -> None:
    """A reader goes from the front page over the kind of help to the shelter."""
    page.goto(f"{address}en/")
    page.locator("a[href*='services/family-safety/']").first.click()
    page.locator(".card-title a[href*='safe-harbor']").first.click()
    page.wait_for_url("**/safe-harbor/**")


def left(page: Page) -> None:
    page.wait_for_url(AWAY, timeout=5000)


def test_going_back_does_not_lead_to_what_was_read(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto("about:blank")
    walked(page, address)

    page.locator(".exit a").click()
    left(page)
    page.go_back()

    assert "safe-harbor" not in page.url
    assert "family-safety" not in page.url
    page.go_forward()
    assert "safe-harbor" not in page.url
    assert "family-safety" not in page.url


def test_where_the_platform_does_not_allow_that_the_page_itself_is_replaced(context: BrowserContext, address: str) -> None:
    context.add_init_script("delete window.navigation; Object.defineProperty(window, 'navigation', {value: undefined})")
    page = context.new_page()
    walked(page, address)

    page.locator(".exit a").click()
    left(page)
    page.go_back()

    assert "safe-harbor" not in page.url


def test_three_times_shift_leaves_as_well(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}en/{SHELTER}")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert page.url.startswith(address)

    page.keyboard.press("Shift")

    left(page)


def test_the_page_goes_blank_before_anything_else(context: BrowserContext, address: str) -> None:
    context.unroute(f"{AWAY}**")
    context.route(f"{AWAY}**", lambda route: route.fulfill(status=204))  # an answer without a page
    page = context.new_page()
    page.goto(f"{address}en/{SHELTER}")

    page.evaluate("document.querySelector('.exit a').click()")

    assert page.evaluate("getComputedStyle(document.documentElement).display") == "none"
    assert page.title().strip() == ""


def test_a_page_that_is_not_sensitive_has_none(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}en/services/english/")

    assert page.locator(".exit").count() == 0


def test_search_shows_it_with_an_urgent_answer_only(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}en/search/#q=food")
    page.locator("#search-results .card").first.wait_for()
    assert not page.locator(".exit").is_visible()

    page.goto(f"{address}en/search/#q=my husband hits me")

    page.locator("#search-urgent").wait_for()
    assert page.locator(".exit a").is_visible()


def test_nothing_is_stored(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    walked(page, address)

    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, window.name]")

    assert kept == [0, 0, "", ""]
