"""Pages in a browser: the skip link, use without scripts, and use from a disk."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.page_types import LANGUAGES

pytestmark = pytest.mark.browser


def test_the_first_stop_of_the_tab_key_skips_the_menu(chromium: Browser, address: str) -> None:
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


def test_the_language_menu_leads_to_the_same_page_even_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "en/services/food/")

    page.locator("details.languages summary").click()
    page.get_by_role("link", name="العربية").click()

    page.wait_for_url(f"{address}ar/services/food/index.html")
    assert page.locator("html").get_attribute("dir") == "rtl"
    context.close()


def test_the_guide_opens_from_a_disk(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(site.as_uri() + "/index.html")

    page.get_by_role("link", name="Español").click()
    page.wait_for_url("file://**/es/index.html")
    page.locator(".tiles a").first.click()
    page.wait_for_url("file://**/es/services/**/index.html")
    page.locator(".card-title a").first.click()
    page.wait_for_url("file://**/es/partners/**/index.html")

    assert page.locator("section.service").count() >= 1
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBlockEndStyle") == "solid"
    page.close()


def test_every_page_has_a_description(site: Path) -> None:
    description = re.compile(r'<meta name="description" content="[^"]{10,}">')

    assert [page for page in site.rglob("index.html") if not description.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("path", "name", "start"), [("", "Riverbend County Guide", ""), ("ar/services/food/", "دليل مقاطعة Riverbend", "ar/")]
)
def test_the_guide_can_be_installed_on_a_phone(chromium: Browser, address: str, path: str, name: str, start: str) -> None:
    page = chromium.new_page()
    page.goto(address + path)

    response = page.context.new_cdp_session(page).send("Page.getAppManifest")

    assert response["errors"] == []
    assert json.loads(response["data"])["name"] == name
    assert response["manifest"]["startUrl"] == f"{address}{start}index.html"
    assert response["manifest"]["scope"] == address
    page.close()
