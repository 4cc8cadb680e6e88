"""Reading aloud: with a voice of the device alone, each text in its own language, and a button only where there is a voice.

Headless browsers have no voices, so a stand-in for them records what would be said.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
SCHOOL = "partners/riverbend-adult-school/"
VOICES = """
const voices = VOICES;
window.said = [];
window.cancelled = 0;
class Utterance { constructor(text) { this.text = text; } }
const target = new EventTarget();
const speech = Object.assign(target, {
  getVoices: () => window.late ? [] : voices,
  speak: (utterance) => { window.said.push({text: utterance.text, lang: utterance.lang, voice: utterance.voice?.name}); window.last = utterance; },
  cancel: () => { window.cancelled += 1; },
});
Object.defineProperty(window, 'speechSynthesis', {value: speech});
window.SpeechSynthesisUtterance = Utterance;
"""
SPANISH = "{lang: 'es-US', name: 'Paulina', localService: true}"
ENGLISH = "{lang: 'en_GB', name: 'Kate', localService: true}"
REMOTE = "{lang: 'es-ES', name: 'Cloud', localService: false}"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def open_profile(page: Page, address: str, *voices: str, before: str = "") -> None:
    page.add_init_script(before + VOICES.replace("VOICES", f"[{','.join(voices)}]"))
    page.goto(address)
    page.wait_for_load_state("networkidle")


def said(page: Page) -> list[dict[str, Any]]:
    spoken: list[dict[str, Any]] = page.evaluate("window.said")
    return spoken


def test_a_service_is_read_in_the_language_of_each_text(page: Page, address: str) -> None:
    open_profile(page, f"{address}es/partners/river-health-center/", REMOTE, ENGLISH, SPANISH)

    page.locator(".listen").first.click()

    spoken = said(page)
    assert spoken[0]["text"].strip() == page.locator(".service h2").first.inner_text()
    assert {"Paulina", "Kate"} >= {entry["voice"] for entry in spoken}
    assert [entry["lang"] for entry in spoken].count("es-US") > len(spoken) / 2
    whole = " ".join(entry["text"] for entry in spoken)
    assert "5 5 5 " in whole, "a phone number is read digit by digit"
    assert "Escuchar" not in whole, "the button does not read itself"
    answers = page.locator(".service").first.locator(".answers dt").all_inner_texts()
    assert [answer for answer in answers if answer not in whole] == []


def test_the_button_stops_and_says_what_it_does(page: Page, address: str) -> None:
    open_profile(page, f"{address}en/{SCHOOL}", ENGLISH)
    button = page.locator(".listen").first
    expect(button).to_have_text("Listen")

    button.click()
    expect(button).to_have_text("Stop")
    button.click()
    expect(button).to_have_text("Listen")
    count = len(said(page))

    button.click()
    assert len(said(page)) == 2 * count
    page.evaluate("window.last.onend()")
    expect(button).to_have_text("Listen")


def test_the_quick_exit_silences_it_at_once(page: Page, address: str) -> None:
    open_profile(page, f"{address}en/partners/safe-harbor/", ENGLISH)
    page.locator(".listen").first.click()
    cancelled = page.evaluate("window.cancelled")
    page.route("https://www.wikipedia.org/", lambda route: route.abort())

    after = page.evaluate("() => { document.querySelector('.exit a').click(); return window.cancelled; }")

    assert after == cancelled + 1, "before the other website answers"


@pytest.mark.parametrize("voices", [[], [REMOTE], [ENGLISH]])
def test_there_is_no_button_without_a_voice_on_the_device_for_the_page(page: Page, address: str, voices: list[str]) -> None:
    open_profile(page, f"{address}es/{SCHOOL}", *voices)

    expect(page.locator(".listen")).to_have_count(0)


def test_voices_that_are_found_late_and_leaving_the_page(page: Page, address: str) -> None:
    open_profile(page, f"{address}en/{SCHOOL}", ENGLISH, before="window.late = true;")
    expect(page.locator(".listen")).to_have_count(0)

    page.evaluate("window.late = false; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(page.locator(".listen")).to_have_count(page.locator(".service").count())

    page.locator(".listen").first.click()
    cancelled = page.evaluate("window.cancelled")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("window.cancelled") == cancelled + 1
