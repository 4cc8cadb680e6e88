"""The quick exit of sensitive pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

pytestmark = pytest.mark.browser

AWAY = "https://www.wikipedia.org/"
SHELTER = "partners/safe-harbor/"


def fulfill_elsewhere(route: Route) -> None:
    route.fulfill(body="<title>Elsewhere</title><p>An encyclopedia.</p>", content_type="text/html")


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 640})
    context.route(f"{AWAY}**", fulfill_elsewhere)
    yield context
    context.close()


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_it_is_the_second_stop_of_the_tab_key(context: BrowserContext, address: str, language: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{language}/{SHELTER}")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('.exit') !== null")


def test_it_stays_visible_and_nothing_covers_it(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}ar/{SHELTER}")
    page.locator("details.languages summary").click()
    for part in (0, 0.3, 0.6, 1):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {part})")
        is_hit = page.evaluate(
            "(() => { const b = document.querySelector('.exit a').getBoundingClientRect();"
            " return b.top >= 0 && b.bottom <= innerHeight && document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2).closest('.exit') !== null })()"
        )
        assert is_hit, part


def test_it_does_not_cover_the_focused_element(context: BrowserContext, address: str) -> None:
    """WCAG 2.2, 2.4.11."""
    page = context.new_page()
    page.goto(f"{address}en/services/family-safety/")
    for _ in range(40):
        page.keyboard.press("Tab")
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        focus_bottom, exit_bottom, is_exit_or_skip_link = page.evaluate(
            "[document.activeElement.getBoundingClientRect().bottom, document.querySelector('.exit').getBoundingClientRect().bottom,"
            " document.activeElement.closest('.exit, .skip') !== null]"
        )
        assert is_exit_or_skip_link or focus_bottom > exit_bottom + 10


def test_without_scripts_it_is_a_link(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    context.route(f"{AWAY}**", fulfill_elsewhere)
    page = context.new_page()
    page.goto(f"{address}en/{SHELTER}")
    referrers = []
    page.on("request", lambda request: referrers.append(request.headers.get("referer")))

    page.locator(".exit a").click()

    expect(page).to_have_title("Elsewhere")
    assert referrers[0] is None
    context.close()


def go_to_shelter(page: Page, address: str) -> None:
    """Go from the home page through the service type to the shelter."""
    page.goto(f"{address}en/")
    page.locator("a[href*='services/family-safety/']").first.click()
    page.locator(".card-title a[href*='safe-harbor']").first.click()
    page.wait_for_url("**/safe-harbor/**")


def wait_until_left(page: Page) -> None:
    page.wait_for_url(AWAY, timeout=30_000)


def test_going_back_does_not_lead_to_what_was_read(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto("about:blank")
    go_to_shelter(page, address)

    page.locator(".exit a").click()
    wait_until_left(page)
    page.go_back()

    assert "safe-harbor" not in page.url
    assert "family-safety" not in page.url
    page.go_forward()
    assert "safe-harbor" not in page.url
    assert "family-safety" not in page.url


def test_without_the_navigation_api_only_the_page_itself_is_replaced(context: BrowserContext, address: str) -> None:
    context.add_init_script("delete window.navigation; Object.defineProperty(window, 'navigation', {value: undefined})")
    page = context.new_page()
    go_to_shelter(page, address)

    page.locator(".exit a").click()
    wait_until_left(page)
    page.go_back()

    assert "safe-harbor" not in page.url


def test_pressing_shift_three_times_leaves_too(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}en/{SHELTER}")
    page.keyboard.press("Shift")
    page.keyboard.press("a")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)
    assert page.url.startswith(address)

    page.keyboard.press("Shift")

    wait_until_left(page)


def test_the_page_goes_blank_before_anything_else(context: BrowserContext, address: str) -> None:
    context.unroute(f"{AWAY}**")
    context.route(f"{AWAY}**", lambda route: route.fulfill(status=204))  # with 204 the browser stays on the page
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
    go_to_shelter(page, address)

    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie, window.name]")

    assert stored == [0, 0, "", ""]
