"""What a page knows only when it is read: what is open, which facts are old, and what is left of a list."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

TUESDAY = "2026-11-24T15:00:00Z"
SCHOOL = "partners/riverbend-adult-school/"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A reader far away from the guide: the clock that counts is that of the guide."""
    context = chromium.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.set_fixed_time(TUESDAY)
    yield page
    context.close()


def now(page: Page, service: str = "evening-english") -> str:
    return page.locator(f"section[aria-labelledby=s-{service}] .now").inner_text().replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (TUESDAY, "Next: Monday, 6:00 PM"),  # Wednesday is closed
        ("2026-11-18T15:00:00Z", "Next: today, 6:00 PM"),
        ("2026-11-17T15:00:00Z", "Next: tomorrow, 6:00 PM"),
        ("2026-11-19T00:00:00Z", "Open now, until 8:30 PM"),
    ],
)
def test_a_profile_says_when_it_is_open(page: Page, address: str, at: str, said: str) -> None:
    page.clock.set_fixed_time(at)
    page.goto(f"{address}en/{SCHOOL}")

    assert now(page) == said


def test_it_says_so_in_the_readers_language_with_the_times_of_the_table(page: Page, address: str) -> None:
    page.goto(f"{address}ar/{SCHOOL}")

    table = page.locator("section[aria-labelledby=s-evening-english] .times bdi").first.inner_text()

    assert table in page.locator("section[aria-labelledby=s-evening-english] .now bdi").last.inner_text()


def test_a_page_left_open_knows_that_it_closed(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.clock.install(time="2026-11-19T01:29:30Z")
    page.goto(f"{address}en/{SCHOOL}")
    before = now(page)

    page.clock.run_for(61_000)

    assert before.startswith("Open now")
    assert now(page).startswith("Next:")
    page.close()


def test_old_facts_say_call_first_and_very_old_ones_go_to_the_end(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    fresh = page.locator(".cards").first.locator(".card-title").all_inner_texts()
    page.clock.set_fixed_time("2027-07-01T12:00:00Z")
    page.goto(f"{address}en/services/english/")

    lists = page.locator(".cards")
    order = lists.first.locator(".card-title").all_inner_texts()
    for number in range(lists.count()):
        ages = [
            one or "0000" for one in lists.nth(number).locator(".card").evaluate_all("all => all.map(e => e.dataset.verified)")
        ]
        very_old = [age < "2026-07-06" for age in ages]  # 360 days before
        assert very_old == sorted(very_old)

    assert sorted(order) == sorted(fresh)
    assert page.locator(".card .old").count() > 3
    page.goto(f"{address}en/{SCHOOL}")
    assert page.locator(".old-facts").is_visible()
    assert re.search("October|November|September", page.locator("p[data-verified] time").inner_text())


def shown(page: Page) -> list[str]:
    """Cards in sight, once the choices are at work: their script comes after the page is said to be loaded."""
    page.locator("#narrow").wait_for()
    found: list[str] = page.locator(".card:visible .card-title a").evaluate_all(
        "all => all.map(link => link.href.split('/').at(-2))"
    )
    return found


def test_a_list_is_narrowed_down_to_services_of_which_all_is_true(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    page.get_by_text("Narrow down").click()
    page.get_by_label("Free (", exact=False).check()
    page.get_by_label("Open in the evening").check()
    page.get_by_label("Vietnamese").check()

    left = shown(page)
    truths = page.locator(".card:visible").evaluate_all("all => all.map(e => e.dataset.is)")

    assert 0 < len(left) < 6
    asked = {"fact:free", "fact:evening", "lang:vi"}
    assert all(any(asked <= set(part.split()) for part in one.split("|")[1:]) for one in truths)
    assert page.locator("#narrow [role=status]").inner_text() == f"{len(set(left))} organization" + (
        "s" if len(set(left)) > 1 else ""
    )
    assert page.url.endswith("#f=fact%3Afree&f=fact%3Aevening&f=lang%3Avi")
    assert page.locator("main section:visible h2").count() <= len(left)


def test_the_number_beside_a_choice_is_what_it_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=fact:free")
    page.get_by_text("Narrow down").click()
    choices = page.locator("#narrow label:visible:not(.none) input:not(:checked)").evaluate_all(
        "all => all.map(box => box.value)"
    )
    assert len(choices) > 8
    for value in choices:
        label = page.locator(f"#narrow label:has([value='{value}'])")
        said = int(label.locator(".count").inner_text().strip("()"))
        label.locator("input").check()
        assert len(set(shown(page))) == said, value
        label.locator("input").uncheck()


def test_a_choice_is_kept_in_the_address_and_in_another_language(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=lang:fa")
    left = shown(page)
    page.locator("details.languages summary").click()
    page.get_by_role("link", name="中文").click()

    page.locator("#narrow").wait_for()
    assert left
    assert shown(page) == left
    assert page.get_by_role("button", name="×").count() == 0  # what is read aloud is "remove", not the sign
    page.locator("#narrow .chip").click()
    assert len(shown(page)) > len(left)


def test_where_nothing_is_left_there_is_a_way_out_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/#f=fact:sliding-scale&f=lang:am")

    assert shown(page) == []
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")

    assert len(shown(page)) == 11
    assert "#" not in page.url
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_what_is_open_now_can_be_asked_for(page: Page, address: str) -> None:
    page.clock.set_fixed_time("2026-11-19T00:00:00Z")
    page.goto(f"{address}en/services/english/")
    page.get_by_text("Narrow down").click()
    page.get_by_label("Open now").check()

    assert "riverbend-adult-school" in shown(page)
    assert page.locator(".card:visible .now.open").count() >= len(shown(page))


@pytest.mark.parametrize("path", ["areas/riverbend/", "languages/es/"])
def test_places_and_languages_can_be_narrowed_down_too(page: Page, address: str, path: str) -> None:
    page.goto(f"{address}en/{path}")
    everything = shown(page)
    page.get_by_text("Narrow down").click()
    page.locator("#narrow label:has(input[value='type:english'])").click()

    assert 0 < len(shown(page)) < len(everything)


def test_a_link_to_a_place_on_the_page_is_not_a_choice(page: Page, address: str) -> None:
    page.goto(f"{address}en/services/english/")
    before = len(shown(page))
    page.locator(".jump a").last.click()

    assert len(shown(page)) == before


def test_without_scripts_the_whole_list_stands_in_groups(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/services/english/")

    assert not page.locator("#narrow").is_visible()
    assert page.locator(".card:visible").count() == 11
    assert page.locator("main h2").count() >= 4
    context.close()
