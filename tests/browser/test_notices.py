"""What the guide promises and warns of, in every language of it. Each promise about privacy is held by a test."""

import pytest
from playwright.sync_api import Browser, Page

from guidegen.site.pages.texts import SUBJECTS
from tests.browser import test_exit, test_gate, test_offline, test_search, test_take_away
from tests.browser.page_types import LANGUAGES

pytestmark = pytest.mark.browser
EVERY_PAGE = test_gate.test_every_type_of_page_passes
HELD_BY = (
    (
        "This guide does not collect anything about you.",
        (EVERY_PAGE, test_search.test_enter_searches_for_what_was_typed_and_tells_nobody),
    ),
    ("Your browser gets these pages from one computer only.", (EVERY_PAGE,)),
    ("The language page remembers nothing.", (EVERY_PAGE,)),
    (
        "Your own list and a saved copy of the guide stay on your device,",
        (
            test_take_away.test_it_stays_on_the_device_and_goes_when_it_is_emptied,
            test_offline.test_it_says_its_real_size_and_keeps_nothing_before_it_is_asked_to,
            test_offline.test_the_copy_can_be_taken_away_and_another_guide_stays,
        ),
    ),
    (
        "Some pages have a button that opens another website at once.",
        (test_exit.test_without_scripts_it_is_a_link, test_exit.test_three_times_shift_leaves_as_well),
    ),
    ("After that, the back button of this tab does not", (test_exit.test_going_back_does_not_lead_to_what_was_read,)),
)
NOT_OURS = 4
"""What the page says of browsers, companies and other websites, which no test of ours can hold."""


def paragraphs(page: Page) -> list[str]:
    found: list[str] = page.locator("main > p").all_inner_texts()
    return found


def test_every_promise_about_privacy_is_held_by_a_test() -> None:
    said = [sentence for _, sentences in SUBJECTS["privacy"].sections for sentence in sentences]
    held = [sentence for sentence in said if any(sentence.startswith(promise) for promise, _ in HELD_BY)]

    assert len(held) == len(HELD_BY)
    assert len(said) - len(held) == NOT_OURS
    assert all(callable(test) for _, tests in HELD_BY for test in tests)


@pytest.mark.parametrize("language", LANGUAGES)
def test_notices_are_in_the_language_of_the_guide(chromium: Browser, address: str, language: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/external-links/")
    english = paragraphs(page)
    page.goto(f"{address}{language}/external-links/")
    links = paragraphs(page)
    page.goto(f"{address}{language}/privacy/")
    privacy = paragraphs(page)

    page.goto(f"{address}{language}/")
    numbers = page.locator(".urgent li").evaluate_all(
        "all => all.map(one => [one.querySelector('a').href, one.querySelector('.more')?.textContent])"
    )
    foreign = page.locator(".urgent [lang]").count()
    page.goto(f"{address}{language}/services/immigration-legal/")
    warning = page.locator(".warning").first
    said, marked = warning.inner_text(), warning.locator("[lang]").count()

    context.close()
    assert len(links) == 4
    assert len(privacy) == len(HELD_BY) + NOT_OURS
    assert language == "en" or not set(english) & set(links)
    one_of_each_kind = ["tel:+18883737888", "tel:988", "tel:+18007997233"]
    assert [number for number, _ in numbers] == ["tel:911", "tel:211", "tel:+18002221222", *one_of_each_kind]
    assert all(note for _, note in numbers)
    assert {"ht": "notè"}.get(language, "notario") in said.lower()
    assert (foreign, marked) == (0, 0)
