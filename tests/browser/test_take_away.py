"""What readers take away: handouts, interpreter cards, links to share, and bookmarks."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import TOOLS, unavailable
from tests.browser.page_types import LANGUAGES

pytestmark = pytest.mark.browser
BOOKMARKS = "guidegen / list"


@pytest.fixture
def page(chromium: Browser) -> Page:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    return context.new_page()


# --- handouts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "paper"), [*((tag, "Letter") for tag in LANGUAGES), ("ar", "A4")])
def test_a_handout_fits_on_one_sheet(chromium: Browser, address: str, site: Path, language: str, paper: str) -> None:
    """The six largest handouts have at most two sides."""
    page = chromium.new_page()
    too_long = {}
    handouts = sorted((site / language / "handout").glob("*/index.html"), key=lambda file: -file.stat().st_size)
    for file in handouts[:6]:
        page.goto(f"{address}{file.relative_to(site).as_posix()}")
        sides = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))
        if sides > 2:
            too_long[file.parent.name] = sides
    page.close()

    assert too_long == {}


@pytest.mark.parametrize("path", ["en/handout/english/", "ar/handout/food/", "zh-Hans/handout/immigration-legal/"])
def test_the_qr_code_leads_to_the_page_of_the_type(chromium: Browser, address: str, path: str) -> None:
    reader = TOOLS / "jsqr" / "dist" / "jsQR.js"
    if not reader.is_file():
        unavailable("jsqr")
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address + path)
    page.evaluate(reader.read_text(encoding="utf-8"))

    decoded = page.evaluate(
        """async () => {
        const drawn = document.querySelector('.qr'), {width} = drawn.viewBox.baseVal, side = 6 * width;
        const text = new XMLSerializer().serializeToString(drawn).replace('<svg', `<svg width="${side}" height="${side}"`);
        const image = new Image(); image.src = 'data:image/svg+xml,' + encodeURIComponent(text); await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), {width: side, height: side}), ink = canvas.getContext('2d');
        ink.fillStyle = '#fff'; ink.fillRect(0, 0, side, side); ink.drawImage(image, 0, 0);
        return jsQR(ink.getImageData(0, 0, side, side).data, side, side)?.data; }"""
    )

    context.close()
    assert decoded == "https://guide.riverbend.example.org/" + path.replace("handout", "services")


# --- interpreter cards ----------------------------------------------------------------------------


def test_a_card_asks_for_an_interpreter_in_both_languages(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}ar/partners/riverbend-adult-school/")
    assert not page.locator(".desk").first.is_visible()

    page.locator('a[href="#card-evening-english"]').click()
    card = page.locator("#card-evening-english")
    text = card.inner_text()

    assert card.locator("[lang=en]").first.inner_text() == "I speak Arabic. I need an interpreter, please."
    assert "مترجم" in text
    assert "Evening English classes" in text
    assert "دروس اللغة الإنجليزية المسائية" in text
    assert "120 Mill Street" in text
    assert not page.locator("header.top").is_visible()
    card.locator("a").click()
    assert page.locator("header.top").is_visible()
    context.close()


# --- sharing --------------------------------------------------------------------------------------


def test_sharing_uses_plain_links(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/partners/riverbend-adult-school/")

    links = page.locator(".share a").evaluate_all("all => all.map(a => a.href)")

    assert [link.split(":")[0] for link in links].count("sms") == 1
    assert any(link.startswith("https://wa.me/?text=") for link in links)
    assert all(
        unquote(link).endswith("\nhttps://guide.riverbend.example.org/en/partners/riverbend-adult-school/") for link in links
    )
    context.close()


# --- bookmarks ------------------------------------------------------------------------------------


def bookmark(page: Page, address: str, *slugs: str) -> None:
    for slug in slugs:
        page.goto(f"{address}en/partners/{slug}/")
        page.get_by_role("button", name="Keep").click()


def listed(page: Page) -> list[str]:
    page.locator("#my-list[aria-busy=false]").wait_for(state="attached")
    names: list[str] = page.locator("#my-list .card-title").all_inner_texts()
    return names


def test_bookmarks_are_listed_with_phone_and_address(page: Page, address: str) -> None:
    bookmark(page, address, "riverbend-adult-school", "dental-van")
    page.goto(f"{address}en/my-list/")

    names = listed(page)

    first = page.locator("#my-list .card").first.inner_text()
    assert names == ["Free English and high school classes for adults", "A dentist on wheels"]
    assert "(555) 555-0100" in first
    assert "120 Mill Street" in first
    page.get_by_role("button", name="Remove: A dentist").click()
    page.locator("#my-list .card").nth(1).wait_for(state="detached")
    page.reload()
    assert len(listed(page)) == 1


def test_bookmarks_stay_on_the_device_and_can_be_cleared(page: Page, address: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    bookmark(page, address, "dental-van")
    assert page.evaluate("Object.keys(localStorage)") == [BOOKMARKS]
    page.goto(f"{address}en/my-list/")
    listed(page)

    page.get_by_role("button", name="Clear the list").click()
    page.locator("#list-empty").wait_for()

    assert page.evaluate("Object.keys(localStorage)") == []
    assert all(request.startswith(address) and "?" not in request for request in requests)


def test_a_list_can_be_shared_as_a_link(page: Page, chromium: Browser, address: str) -> None:
    bookmark(page, address, "dental-van")
    page.goto(f"{address}en/my-list/")
    listed(page)
    body = page.locator("#list-tools a").get_attribute("href") or ""
    assert body.endswith("%23p%3Ddental-van")

    other_context: BrowserContext = chromium.new_context()
    other_page = other_context.new_page()
    other_page.goto(f"{address}ar/my-list/#p=dental-van,riverbend-food-bank")
    assert len(listed(other_page)) == 2
    assert other_page.evaluate("localStorage.length") == 0
    other_page.locator("#list-tools button").last.click()
    other_page.wait_for_function("localStorage.length === 1 && !location.hash.includes('p=')")

    assert len(listed(other_page)) == 2
    other_context.close()


@pytest.mark.parametrize("fragment", ["p=../../x", "p=%3Cimg%20src%3Dx%3E", "p=https://elsewhere.example/", "p="])
def test_a_link_cannot_inject_anything_but_slugs(page: Page, address: str, fragment: str) -> None:
    page.goto(f"{address}en/my-list/#{fragment}")

    assert listed(page) == []


def test_a_partner_that_left_the_guide_has_a_notice(page: Page, address: str) -> None:
    page.goto(f"{address}en/my-list/#p=not-there")

    assert listed(page) == ["not-there"]
    assert "no longer in the guide" in page.locator("#my-list .card").inner_text()
