"""Every type of page in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.page_types import LANGUAGES, LOOKED_AT, PAGES, paths

pytestmark = pytest.mark.browser

RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']})
    .then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).slice(0, 3).join(' | ')}`))"""
SIDEWAYS = """() => [document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ...[...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll') && !e.closest('.visually-hidden')
        && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
        .map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 40)).slice(0, 3)]"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], summary')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.height < 24 && !e.closest('p, .prose, dd, td') }).map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LOOKED_AT)
def test_axe_finds_nothing(chromium: Browser, address: str, axe: str, language: str, scheme: str) -> None:
    context = chromium.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    page = context.new_page()
    found = {}
    for path in paths((language,)):
        page.goto(address + path)
        page.evaluate(axe)
        violations = page.evaluate(RUN_AXE)
        if violations:
            found[path] = violations
    context.close()

    assert found == {}


def test_axe_does_find_a_fault_that_is_there(chromium: Browser, address: str, axe: str) -> None:
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address + "en/")
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x><p style=\"color:#ccc;background:#fff\">pale</p>')"
    )
    page.evaluate(axe)

    violations = page.evaluate(RUN_AXE)

    context.close()
    assert {one.split(":")[0] for one in violations} >= {"image-alt", "color-contrast"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_at_320_pixels(chromium: Browser, address: str, language: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    wide = {}
    for path in paths((language,)):
        page.goto(address + path)
        over, *elements = page.evaluate(SIDEWAYS)
        if over or elements:
            wide[path] = [over, *elements]
    page.close()

    assert wide == {}


def test_no_page_asks_another_host_or_complains(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    hosts: set[str] = set()
    complaints: list[str] = []
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in paths(LANGUAGES):
        page.goto(address + path)
    page.close()

    assert hosts == {address.split("/")[2]}
    assert complaints == []


def test_links_can_be_hit_with_a_thumb(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    small = {}
    for path in paths(("en", "ar")):
        page.goto(address + path)
        targets = page.evaluate(SMALL_TARGETS)
        if targets:
            small[path] = targets
    page.close()

    assert small == {}


def test_the_first_thing_on_the_tab_key_leads_past_the_menu(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address + "ar/partners/riverbend-adult-school/")

    page.keyboard.press("Tab")
    box = page.locator(":focus").bounding_box()
    page.keyboard.press("Enter")

    assert box is not None
    assert box["y"] >= 0
    assert page.evaluate("document.activeElement.id") == "main"
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_a_profile_answers_every_question(chromium: Browser, address: str, language: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{language}/partners/riverbend-adult-school/")

    labels = page.locator("section.service").first.locator("dt").all_inner_texts()
    text = page.locator("main").inner_text()

    assert len(labels) >= 8
    assert "(555) 555-0100" in text
    assert "120 Mill Street" in text
    assert re.search(r"6:00|18:00", text)
    assert page.locator("html").get_attribute("lang") == language
    context.close()


def test_the_language_menu_leads_to_the_same_page_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "en/services/food/")

    page.locator("details.languages summary").click()
    page.get_by_role("link", name="العربية").click()

    assert page.url == address + "ar/services/food/index.html"
    assert page.locator("html").get_attribute("dir") == "rtl"
    context.close()


def test_the_guide_opens_from_a_disk(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(site.as_uri() + "/index.html")

    page.get_by_role("link", name="Español").click()
    page.locator(".tiles a").first.click()
    page.locator(".card-title a").first.click()

    assert page.url.startswith("file://")
    assert page.url.endswith("/index.html")
    assert page.locator("section.service").count() >= 1
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBlockEndStyle") == "solid"
    page.close()


def test_text_spacing_of_the_readers_choice_hides_nothing(chromium: Browser, address: str) -> None:
    """WCAG 2.2, 1.4.12."""
    context = chromium.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    page: Page = context.new_page()
    spacing = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}"
    wide = {}
    for path in PAGES.values():
        page.goto(f"{address}en/{path}")
        page.add_style_tag(content=spacing)
        over, *elements = page.evaluate(SIDEWAYS)
        if over or elements:
            wide[path] = [over, *elements]
    context.close()

    assert wide == {}
