"""Lists sorted by distance: the nearest first, computed on the device, with nothing stored and nothing sent."""

import math
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Geolocation, Page, Request, expect

from guidegen.text import formats

pytestmark = pytest.mark.browser
HERE: Geolocation = {"latitude": 42.3512, "longitude": -72.2941}
LIST = "services/english/"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(geolocation=HERE, permissions=["geolocation"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def measure(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two positions in miles, by the spherical law of cosines: not the formula of the script."""
    latitude, longitude, other_latitude, other_longitude = map(math.radians, (*one, *other))
    cosine = math.sin(latitude) * math.sin(other_latitude)
    cosine += math.cos(latitude) * math.cos(other_latitude) * math.cos(longitude - other_longitude)
    return 3959 * math.acos(min(1, cosine))


def list_distances(page: Page) -> list[float]:
    """Return the shown distances, in the order of the cards."""
    shown = page.locator(".card .distance").all_inner_texts()
    return [float(match[0]) for text in shown if (match := re.search(r"\d+\.\d", text))]


def expected_distances(page: Page, here: tuple[float, float]) -> list[float]:
    """Return the distances of the cards with a position, the nearest first, computed from the positions in the page."""
    cards = page.locator(".card[data-at]").evaluate_all("cards => cards.map(card => card.dataset.at)")
    return sorted(min(measure(here, parse_position(at)) for at in card.split()) for card in cards)


def parse_position(text: str) -> tuple[float, float]:
    latitude, longitude = map(float, text.split(","))
    return latitude, longitude


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_nearest_to_a_town_comes_first_and_the_list_comes_back(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}{language}/{LIST}")
    before = page.locator(".card-title").all_inner_texts()
    select = page.locator("select[name=near]")
    town = select.locator("option").nth(3)
    latitude, longitude = map(float, str(town.get_attribute("value")).split(","))

    select.select_option(index=3)
    expect(page.locator(".card .distance").first).to_be_visible()

    assert list_distances(page) == pytest.approx(expected_distances(page, (latitude, longitude)), abs=0.06)
    assert page.locator(".card").count() == len(before)
    assert page.locator("main section:visible .card").count() == 0, "a heading of a town stays without its cards"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]  # is set

    select.select_option("")
    expect(page.locator(".card .distance")).to_have_count(0)
    assert page.locator(".card-title").all_inner_texts() == before


def test_the_position_of_the_device_is_asked_for_on_a_tap_and_goes_nowhere(
    context: BrowserContext, page: Page, address: str
) -> None:
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.add_init_script(
        "window.asked = 0; const get = Geolocation.prototype.getCurrentPosition;"
        "Geolocation.prototype.getCurrentPosition = function (...rest) { window.asked += 1; return get.apply(this, rest); };"
    )
    page.goto(f"{address}en/{LIST}")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.asked") == 0
    assert page.evaluate("document.querySelector('.near-note').textContent") == ""

    page.locator("select[name=near]").select_option("me")
    expect(page.locator(".card .distance").first).to_be_visible()

    assert page.evaluate("window.asked") == 1
    assert list_distances(page) == pytest.approx(expected_distances(page, (HERE["latitude"], HERE["longitude"])), abs=0.06)
    sent = " ".join(f"{request.url} {request.post_data or ''} {request.headers}" for request in requests)
    traces = [
        page.url,
        str(context.storage_state()),
        page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"),
        sent,
    ]
    assert not [trace for trace in traces if "42.35" in trace or "72.29" in trace]
    assert {request.method for request in requests} == {"GET"}

    page.locator("a[hreflang=es]").first.evaluate("link => link.click()")
    page.wait_for_load_state()
    assert page.locator("select[name=near]").input_value() == ""


def test_without_a_position_the_page_says_so_and_keeps_its_order(chromium: Browser, address: str) -> None:
    context = chromium.new_context()  # nobody grants a permission
    page = context.new_page()
    page.goto(f"{address}en/{LIST}")
    before = page.locator(".card-title").all_inner_texts()

    page.locator("select[name=near]").select_option("me")

    expect(page.locator(".near-note")).to_have_text("Your position is not known. Choose a place.")
    assert page.locator("select[name=near]").input_value() == ""
    assert page.locator(".card-title").all_inner_texts() == before
    context.close()


def test_filters_and_distances_work_together(page: Page, address: str) -> None:
    page.goto(f"{address}en/{LIST}#f=fact:free")
    shown = page.locator(".card:visible").count()

    page.locator("select[name=near]").select_option(index=2)
    expect(page.locator(".card .distance").first).to_be_visible()

    assert page.locator(".card:visible").count() == shown
    assert list_distances(page) == sorted(list_distances(page))


def test_urgent_numbers_stay_and_the_distance_of_several_places_is_beside_no_town(page: Page, address: str) -> None:
    page.goto(f"{address}en/{LIST}")
    page.evaluate(
        """() => {
          document.querySelector('main').insertAdjacentHTML('afterbegin', '<section class="urgent"><p>911</p></section>');
          const card = document.querySelector('.card[data-at]');
          card.id = 'several';
          card.dataset.at += ' 10,10';
        }"""
    )

    page.locator("select[name=near]").select_option(index=2)
    expect(page.locator(".card .distance").first).to_be_visible()

    assert page.locator("section.urgent").is_visible()
    assert page.locator("#several .town .distance").count() == 0
    assert page.locator("#several > .distance").count() == 1


def test_near_me_in_a_query_leads_to_the_list(page: Page, address: str) -> None:
    for language, query in (
        ("en", "food near me"),
        ("es", "comida cerca de mí"),
        ("ar", "طعام قريب مني"),
        ("zh-Hans", "附近的食物"),
    ):
        page.goto(f"{address}{language}/search/#q={query}")
        link = page.locator("#nearest")
        expect(link).to_be_visible()
        assert str(link.get_attribute("href")).endswith(f"{language}/services/food/index.html#narrow")
    page.goto(f"{address}en/search/#q=food")
    expect(page.locator("#search-results .card").first).to_be_visible()
    expect(page.locator("#nearest")).to_be_hidden()


@pytest.mark.parametrize("region", ["US", "GB", "LR", "CA", "DE", "MX", ""])
def test_the_unit_is_that_of_road_signs(region: str) -> None:
    assert formats.has_miles(region) == (region in ("US", "GB", "LR"))
    assert formats.distance_pattern("en", region) == ("{number} mi" if region in ("US", "GB", "LR") else "{number} km")
