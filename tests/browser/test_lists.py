"""What scripts add to a page: open-now notices, the age of facts, and filters."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TUESDAY = "2026-11-24T15:00:00Z"
SCHOOL = "partners/riverbend-adult-school/"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a page in another time zone: the guide's own time zone must be used."""
    context = chromium.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.set_fixed_time(TUESDAY)
    yield page
    context.close()


def open_notice(page: Page, service: str = "evening-english") -> str:
    return page.locator(f"section[aria-labelledby=h-{service}] .now").inner_text().replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("time", "notice"),
    [
        (TUESDAY, "Next: Monday, 6:00 PM"),  # closed on Wednesday
        ("2026-11-18T15:00:00Z", "Next: today, 6:00 PM"),
        ("2026-11-17T15:00:00Z", "Next: tomorrow, 6:00 PM"),
        ("2026-11-19T00:00:00Z", "Open now, until 8:30 PM"),
    ],
)
def test_a_profile_says_when_it_is_open(page: Page, address: str, time: str, notice: str) -> None:
    page.clock.set_fixed_time(time)
    page.goto(f"{address}en/{SCHOOL}")

    assert open_notice(page) == notice


def test_the_notice_has_the_same_time_format_as_the_timetable(page: Page, address: str) -> None:
    page.goto(f"{address}ar/{SCHOOL}")

    timetable_time = page.locator("section[aria-labelledby=h-evening-english] .times bdi").first.inner_text()

    assert timetable_time in page.locator("section[aria-labelledby=h-evening-english] .now bdi").last.inner_text()


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-Hans"])
def test_an_open_notice_names_the_closing_time_in_every_writing_direction(page: Page, address: str, language: str) -> None:
    page.clock.set_fixed_time("2026-11-19T00:00:00Z")  # 7 PM, between the two times
    page.goto(f"{address}{language}/{SCHOOL}")
    section = page.locator("section[aria-labelledby=h-evening-english]")
    opens, closes = section.locator("[data-open] .times").first.locator("> bdi").all_inner_texts()

    assert section.locator(".now bdi").first.inner_text() == closes != opens


def test_the_notice_of_an_open_page_is_updated(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.clock.install(time="2026-11-19T01:29:30Z")
    page.goto(f"{address}en/{SCHOOL}")
    before = open_notice(page)

    page.clock.run_for(61_000)

    assert before.startswith("Open now")
    assert open_notice(page).startswith("Next:")
    page.close()


def test_old_facts_say_call_first_and_very_old_ones_come_last(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    fresh = page.locator(".cards").first.locator(".card-title").all_inner_texts()
    page.clock.set_fixed_time("2027-07-01T12:00:00Z")
    page.goto(f"{address}en/services/english/")

    lists = page.locator(".cards")
    order = lists.first.locator(".card-title").all_inner_texts()
    for number in range(lists.count()):
        dates = lists.nth(number).locator(".card").evaluate_all("all => all.map(e => e.dataset.verified)")
        very_old = [(date or "0000") < "2026-07-06" for date in dates]  # more than 360 days ago
        assert very_old == sorted(very_old)

    assert sorted(order) == sorted(fresh)
    assert page.locator(".card .old").count() > 3
    page.goto(f"{address}en/{SCHOOL}")
    assert page.locator(".old-facts").is_visible()
    assert re.search("October|November|September", page.locator("p[data-verified] time").inner_text())


def visible_slugs(page: Page) -> list[str]:
    """Return the slugs of the visible cards, once the filters work: their script runs after the load event."""
    page.locator("#narrow").wait_for()
    slugs: list[str] = page.locator(".card:visible .card-title a").evaluate_all(
        "all => all.map(link => link.href.split('/').at(-2))"
    )
    return slugs


def test_filters_leave_services_that_match_all_of_them(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    page.get_by_text("Narrow down").click()
    page.get_by_label("Free (", exact=False).check()
    page.get_by_label("Open in the evening").check()
    page.get_by_label("Vietnamese").check()

    slugs = visible_slugs(page)
    card_concepts = page.locator(".card:visible").evaluate_all("all => all.map(e => e.dataset.is)")

    assert 0 < len(slugs) < 6
    chosen = {"fact:free", "fact:evening", "lang:vi"}
    assert all(any(chosen <= set(part.split()) for part in concepts.split("|")[1:]) for concepts in card_concepts)
    assert page.locator("#narrow .found [role=status]").inner_text() == f"{len(set(slugs))} organization" + (
        "s" if len(set(slugs)) > 1 else ""
    )
    assert page.url.endswith("#f=fact%3Afree&f=fact%3Aevening&f=lang%3Avi")
    assert page.locator("main section:visible h2").count() <= len(slugs)


def test_the_count_beside_a_choice_is_the_number_of_cards_it_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=fact:free")
    page.get_by_text("Narrow down").click()
    choices = page.locator("#narrow label:visible:not(.none) input:not(:checked)").evaluate_all(
        "all => all.map(box => box.value)"
    )
    assert len(choices) > 8
    for value in choices:
        label = page.locator(f"#narrow label:has([value='{value}'])")
        count = int(label.locator(".count").inner_text().strip("()"))
        label.locator("input").check()
        assert len(set(visible_slugs(page))) == count, value
        label.locator("input").uncheck()


def test_a_choice_stays_in_the_url_and_in_another_language(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=lang:fa")
    slugs = visible_slugs(page)
    page.locator("details.languages summary").click()
    page.get_by_role("link", name="中文").click()

    page.locator("#narrow").wait_for()
    assert slugs
    assert visible_slugs(page) == slugs
    assert page.get_by_role("button", name="×").count() == 0  # the accessible name is "Remove", not the symbol
    page.locator("#narrow .chip").click()
    assert len(visible_slugs(page)) > len(slugs)


def test_an_empty_result_can_be_reset_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=fact:sliding-scale&f=lang:am")

    assert visible_slugs(page) == []
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")

    assert len(visible_slugs(page)) == 11
    assert "#" not in page.url
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_a_list_can_be_filtered_by_what_is_open_now(page: Page, address: str) -> None:
    page.clock.set_fixed_time("2026-11-19T00:00:00Z")
    page.goto(f"{address}en/services/english/")
    page.get_by_label("Open now").check()  # one tap

    assert "riverbend-adult-school" in visible_slugs(page)
    assert page.locator(".card:visible .now.open").count() >= len(visible_slugs(page))


def test_open_today_is_more_than_open_now(page: Page, address: str) -> None:
    page.clock.set_fixed_time("2026-11-18T15:00:00Z")
    page.goto(f"{address}en/services/english/")
    assert not page.get_by_label("Open now").is_checked()
    page.get_by_label("Open today").check()

    assert "riverbend-adult-school" in visible_slugs(page)  # tonight at 6
    for card in page.locator(".card:visible").all():  # one of its services, which may be in its closed part
        assert any(text.startswith(("Open now", "Next: today")) for text in card.locator(".now").all_text_contents())


@pytest.mark.parametrize("path", ["areas/riverbend/", "languages/es/"])
def test_areas_and_languages_also_have_filters(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}en/{path}")
    all_slugs = visible_slugs(page)
    page.get_by_text("Narrow down").click()
    page.locator("#narrow label:has(input[value='type:english'])").click()

    assert 0 < len(visible_slugs(page)) < len(all_slugs)


def test_a_link_to_a_heading_on_the_page_is_not_a_choice(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    count = len(visible_slugs(page))
    page.locator(".jump a").last.click()

    assert len(visible_slugs(page)) == count


def test_without_scripts_the_list_is_complete_and_grouped(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/services/english/")

    assert not page.locator("#narrow").is_visible()
    assert page.locator(".card:visible").count() == 11
    assert page.locator("main h2").count() >= 4
    context.close()
