"""Phone links, directions and open-now notices in Chromium, with a fixed clock."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page

from guidegen.build import pipeline
from tests import make
from tests.browser.conftest import serving

pytestmark = pytest.mark.browser

PROFILE = """\
name: Two Sites Clinic
summary: A clinic with two sites.
phones:
  - {number: "(555) 555-0150", extension: "12#"}
  - {number: "(555) 555-0106", kind: whatsapp}
  - {number: "741741", kind: text}
locations:
  - {key: north, address: {line1: 1 North St, city: Northtown, state: MA, postal_code: "02101"}, position: [42.391, -72.302]}
  - {key: south, address: {line1: 2 South & Elm St, city: Southtown, state: MA}, phones: [{number: "(555) 555-0151"}], languages: [{code: vi}]}
services:
  - key: clinic
    types: [food]
    name: Clinic
    at: [north, south]
    hours:
      - {days: [mo], open: "09:00", close: "17:00", at: north}
      - {days: [tu], open: "09:00", close: "17:00", at: south}
  - {key: legal, types: [english], name: Legal desk, at: [south], hours: [{days: [tu], open: "09:00", close: "17:00"}], appointment: required}
  - key: line
    types: [food]
    name: By appointment on Tuesday
    at: [south]
    hours: [{days: [tu], open: "09:00", close: "17:00", appointment: yes}, {days: [we], open: "09:00", close: "17:00"}]
  - key: short
    types: [food]
    name: Short day
    at: [north]
    hours:
      - {days: [tu], open: "09:00", close: "17:00"}
      - {dates: [2026-12-01], open: "09:00", close: "12:00"}
  - {key: over, types: [food], name: Summer, at: [north], hours: [{days: [mo], open: "09:00", close: "17:00", until: 2026-08-31}]}
  - {key: always, types: [food], name: Line, attend: [phone], hours: [{always: yes}]}
  - {key: west, types: [food], name: West coast, attend: [phone], time_zone: America/Los_Angeles, hours: [{days: [tu], open: "09:00", close: "17:00"}]}
"""
TUESDAY = datetime.fromisoformat("2026-12-01T18:00:00+00:00")
"""1 PM in New York, 10 AM in Los Angeles."""


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = make.GUIDE_YML + "maps: [openstreetmap, google, apple]\n"
    root = make.folder(tmp_path_factory.mktemp("facts"), {"guide.yml": settings, "content/partners/clinic.yml": PROFILE})
    pipeline.build(root, root / "site")
    with serving(root / "site") as served:
        yield served.address


def open_page(chromium: Browser, address: str, agent: str | None = None) -> Page:
    page = chromium.new_context(viewport={"width": 360, "height": 740}, user_agent=agent).new_page()
    page.clock.install(time=TUESDAY)
    page.goto(address)
    return page


def links(page: Page) -> list[str]:
    return [str(link) for link in page.locator("main a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")]


def test_phone_links_dial_the_number_they_show(chromium: Browser, guide: str) -> None:
    page = open_page(chromium, f"{guide}en/partners/clinic/")

    assert {"tel:+15555550150,12%23", "https://wa.me/15555550106", "sms:741741", "tel:+15555550151"} <= set(links(page))
    parsed = page.locator("a[href^='tel:+15555550150']").first.evaluate("a => [a.protocol, a.pathname, a.hash]")
    assert parsed == ["tel:", "+15555550150,12%23", ""]


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize("agent", [IPHONE, None, ANDROID])
def test_directions_work_on_every_phone(chromium: Browser, guide: str, agent: str | None) -> None:
    page = open_page(chromium, f"{guide}en/partners/clinic/", agent)
    page.locator(".now").first.wait_for()
    hrefs = links(page)

    for position in (
        "openstreetmap.org/directions?to=42.391%2C-72.302",
        "destination=42.391%2C-72.302",
        "daddr=42.391%2C-72.302",
    ):
        assert any(position in href for href in hrefs), position
    assert any("destination=2%20South%20%26%20Elm%20St%2C%20Southtown%2C%20MA%2C%20US" in href for href in hrefs)
    assert not any(href.startswith("geo:") for href in hrefs)  # an iPhone does nothing with them
    assert page.get_by_text("Other websites have their own rules.").count() == 1


def open_notice(page: Page, service: str) -> str:
    section = page.locator(f"section[aria-labelledby='h-{service}']")
    now = section.locator(".now")
    return " ".join(now.inner_text().split()) if now.count() else ""


def test_the_open_now_notice_respects_appointments_and_names_the_place(chromium: Browser, guide: str) -> None:
    page = open_page(chromium, f"{guide}en/partners/clinic/")
    page.locator(".now").first.wait_for()

    assert open_notice(page, "clinic") == "Open now, until 5:00 PM · Southtown"
    assert open_notice(page, "legal") == ""
    assert "By appointment" in (page.locator("section[aria-labelledby='h-legal']").text_content() or "")
    assert open_notice(page, "line") == "Next: tomorrow, 9:00 AM"
    assert open_notice(page, "short") == "Next: December 8, 9:00 AM"  # a week from now, so the date is shown
    assert open_notice(page, "over") == "These hours are over. Call first."
    assert open_notice(page, "always") == "Open now"
    assert open_notice(page, "west") == "Open now, until 5:00 PM"


def test_a_list_shows_no_open_notice_for_services_by_appointment(chromium: Browser, guide: str) -> None:
    page = open_page(chromium, f"{guide}en/services/english/")
    page.wait_for_load_state("networkidle")

    assert page.locator(".card .now").count() == 0
    assert "You need an appointment" in page.locator(".card").inner_text()
    assert "(555) 555-0151" in page.locator(".card").inner_text()
    assert "Southtown" in page.locator(".card").inner_text()
    assert "Northtown" not in page.locator(".card").inner_text()
    assert "(555) 555-0150" not in page.locator(".card").inner_text()


def test_a_long_address_wraps_on_a_narrow_screen(chromium: Browser, guide: str) -> None:
    """1280 pixels at 400 % zoom are 320. WCAG 2.2, 1.4.10."""
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{guide}en/partners/clinic/")
    links = page.locator("main [rel~=external], main [href^='mailto:']")
    links.evaluate_all("all => { for (const link of all) link.textContent = 'longname'.repeat(20) }")

    assert links.count() > 3
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()
