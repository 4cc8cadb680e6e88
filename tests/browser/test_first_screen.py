"""What a phone of 360 by 740 pixels shows before anybody scrolls, and how many sheets of paper a page takes.

The figures are those of docs/developers/design-system.md.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "ar", "zh-Hans", "uk")
SCHOOL = "partners/riverbend-adult-school/index.html"
SCREEN = {"width": 360, "height": 740}


@pytest.fixture(scope="module", params=LANGUAGES)
def phone(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[tuple[Page, str]]:
    """Yield a page of a phone, and the address of the guide in a language."""
    context = chromium.new_context(viewport=SCREEN, timezone_id="America/New_York")  # type: ignore[arg-type]  # two numbers
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-18T15:00:00Z")
    yield page, f"{address}{request.param}/"
    context.close()


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box is not None
    return box


def bottom_of(locator: Locator) -> float:
    return box_of(locator)["y"] + box_of(locator)["height"]


def test_a_profile_answers_on_the_first_screen(phone: tuple[Page, str]) -> None:
    page, guide = phone
    page.goto(guide + SCHOOL)
    page.locator(".keep .button").wait_for()

    assert box_of(page.locator("header.top"))["height"] <= 112
    assert bottom_of(page.locator(".glance .now")) <= 440  # its first line is above 420
    assert box_of(page.locator(".glance .now"))["y"] <= 420
    actions = page.locator(".actions > li:visible")
    assert actions.count() == 4
    assert len({round(box_of(action)["y"]) for action in actions.all()}) == 1
    assert bottom_of(page.locator(".actions")) <= 740
    assert "(555) 555-0100" in page.locator(".actions .call").inner_text()


def test_a_closed_profile_is_at_most_six_screens(phone: tuple[Page, str]) -> None:
    page, guide = phone
    page.goto(guide + SCHOOL)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = false")

    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * SCREEN["height"]


def test_cards_are_short_and_open_for_the_rest(phone: tuple[Page, str]) -> None:
    page, guide = phone
    page.goto(f"{guide}services/english/index.html")
    page.locator("#narrow").wait_for()

    heights = sorted(box_of(card)["height"] for card in page.locator(".card").all())
    assert heights[len(heights) // 2] <= 230
    assert heights[-1] <= 300  # an alert, three lines of price and the longest of names
    card = page.locator(".card").first
    before = box_of(card)
    card.locator("summary").click()
    assert box_of(card)["height"] > before["height"]
    assert card.locator(".speaks").is_visible()


@pytest.mark.parametrize("width", [320, 345, 360])
def test_every_urgent_number_is_inside_its_box(phone: tuple[Page, str], width: int) -> None:
    page, guide = phone
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(guide + "index.html")
    box = box_of(page.locator(".urgent"))

    for number in page.locator(".urgent-row strong").all():
        assert box["x"] < box_of(number)["x"]
        assert box_of(number)["x"] + box_of(number)["width"] < box["x"] + box["width"]
    page.set_viewport_size({"width": 360, "height": 740})


def test_the_home_page_begins_with_search_urgent_numbers_and_kinds_of_help(phone: tuple[Page, str]) -> None:
    page, guide = phone
    page.goto(f"{guide}index.html")

    first, second = page.locator(".tiles a").nth(0).bounding_box(), page.locator(".tiles a").nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] <= 700
    assert first["y"] == second["y"]  # two in a row
    assert bottom_of(page.locator(".urgent-row")) <= first["y"]
    assert not page.locator(".urgent-list").is_visible()
    page.locator(".urgent summary").click()
    assert page.locator(".urgent-list .more").first.is_visible()


def test_the_result_of_a_filter_stays_in_sight(phone: tuple[Page, str]) -> None:
    page, guide = phone
    page.goto(f"{guide}services/english/index.html")
    page.locator("#narrow details summary").click()
    page.locator("#narrow [value='lang:vi']").check()

    status = page.locator("#narrow .found [role=status]")
    assert status.inner_text()
    box = status.bounding_box()
    assert box is not None
    assert 0 < box["y"] < SCREEN["height"]
    page.locator(".found button").click()
    card = page.locator(".card:visible").first.bounding_box()
    assert card is not None
    assert 0 <= card["y"] < SCREEN["height"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_paper_is_not_wasted_and_does_not_know_the_day(chromium: Browser, address: str, language: str, size: str) -> None:
    page = chromium.new_page()
    page.clock.set_fixed_time("2026-11-18T15:00:00Z")

    def count_sheets(path: str) -> int:
        page.goto(f"{address}{language}/{path}")
        page.locator(".now").first.wait_for(state="attached")
        return page.pdf(format=size).count(b"/Type /Page\n")

    assert 0 < count_sheets("services/english/index.html") <= 3  # eleven organizations
    assert 0 < count_sheets(SCHOOL) <= 2
    page.emulate_media(media="print")
    assert page.locator(".now:visible").count() == 0
    assert page.locator(".glance .when").first.is_visible()
    assert page.locator(".service .answers").last.is_visible()  # a closed service is printed
    page.close()


def test_a_link_to_a_service_opens_it(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport=SCREEN)  # type: ignore[arg-type]  # as above
    page.goto(f"{address}en/{SCHOOL}#s-citizenship-class")

    assert page.locator("#s-citizenship-class .answers").is_visible()
    page.close()


def test_a_profile_says_a_phone_once_and_is_short_for_a_screen_reader(chromium: Browser, address: str) -> None:
    """A screen reader says every node in order, and the Tab key stops at every link."""
    page = chromium.new_page(viewport=SCREEN)  # type: ignore[arg-type]  # as above
    page.goto(f"{address}en/{SCHOOL}")
    page.locator(".keep .button").wait_for()

    stops = page.locator("a[href], button, summary, input").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.href)"
    )
    assert sum(str(stop).startswith("tel:") for stop in stops[:23]) == 1
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    said = [node for node in nodes if not node["ignored"] and node["role"]["value"] != "InlineTextBox"]
    assert 100 < len(said) < 400  # the whole page
    page.close()


@pytest.mark.parametrize(("width", "scripts", "is_shown"), [(1280, True, True), (1280, False, False), (360, True, False)])
def test_wide_screens_with_scripts_have_a_print_button(
    chromium: Browser, address: str, width: int, scripts: bool, is_shown: bool
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
    page = context.new_page()
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(f"{address}en/partners/riverbend-adult-school/")
    button = page.get_by_role("button", name="Print")

    assert button.is_visible() == is_shown
    if is_shown:
        button.click()
        assert page.evaluate("window.printed")
    context.close()
