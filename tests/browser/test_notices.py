"""The guide's promises and warnings in every language. Each promise about privacy has a test."""

import pytest
from playwright.sync_api import Browser, Page

from guidegen.site.pages.about_pages import SUBJECTS
from tests.browser import test_exit, test_gate, test_near, test_offline, test_search, test_take_away
from tests.browser.page_types import LANGUAGES

pytestmark = pytest.mark.browser
EVERY_PAGE = test_gate.test_every_page_type_passes
TESTS_OF_PROMISES = (
    (
        "This guide does not collect anything about you.",
        (EVERY_PAGE, test_search.test_enter_searches_without_sending_the_query),
    ),
    ("All pages come from one server.", (EVERY_PAGE,)),
    ("The language page remembers nothing.", (EVERY_PAGE,)),
    (
        "Your own list and a saved copy of the guide stay on your device,",
        (
            test_take_away.test_bookmarks_stay_on_the_device_and_can_be_cleared,
            test_offline.test_the_page_shows_the_size_and_stores_nothing_before_the_reader_asks,
            test_offline.test_the_copy_can_be_removed_and_that_of_another_guide_stays,
        ),
    ),
    (
        "If you ask what is near you,",
        (test_near.test_the_position_of_the_device_is_asked_for_on_a_tap_and_goes_nowhere,),
    ),
    (
        "Some pages have a button that opens another website at once.",
        (test_exit.test_without_scripts_it_is_a_link, test_exit.test_pressing_shift_three_times_leaves_too),
    ),
    ("After that, the back button does not go back", (test_exit.test_going_back_does_not_lead_to_what_was_read,)),
)
UNTESTABLE = 5
"""Sentences about browsers, companies, other websites and what people do with letters, which cannot be tested."""


def paragraphs(page: Page) -> list[str]:
    texts: list[str] = page.locator("main > p").all_inner_texts()
    return texts


def test_every_promise_about_privacy_has_a_test() -> None:
    sentences = [sentence for _, section in SUBJECTS["privacy"].sections for sentence in section]
    tested = [sentence for sentence in sentences if any(sentence.startswith(promise) for promise, _ in TESTS_OF_PROMISES)]

    assert len(tested) == len(TESTS_OF_PROMISES)
    assert len(sentences) - len(tested) == UNTESTABLE
    assert all(callable(test) for _, tests in TESTS_OF_PROMISES for test in tests)


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
    numbers = page.locator(".urgent-list li").evaluate_all(
        "all => all.map(one => [one.querySelector('a').href, one.querySelector('.more')?.textContent])"
    )
    foreign = page.locator(".urgent [lang]").count()
    page.goto(f"{address}{language}/services/immigration-legal/")
    warning = page.locator(".warning").first
    warning_text, foreign_in_warning = warning.inner_text(), warning.locator("[lang]").count()

    context.close()
    assert len(links) == 7  # six sentences, and the link to the guide's own rules
    assert len(privacy) == len(TESTS_OF_PROMISES) + UNTESTABLE
    assert language == "en" or not set(english) & set(links)
    one_of_each_type = ["tel:+18883737888", "tel:988", "tel:+18007997233"]
    assert [number for number, _ in numbers] == ["tel:911", "tel:211", "tel:+18002221222", *one_of_each_type]
    assert all(note for _, note in numbers)
    assert {"ht": "notè"}.get(language, "notario") in warning_text.lower()
    assert (foreign, foreign_in_warning) == (0, 0)
