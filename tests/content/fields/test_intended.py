"""What people mean by values in the wrong form: the hint shows the right one, or nothing if it is not certain."""

from collections.abc import Callable

import pytest

from guidegen.content.fields import intended, intended_times


@pytest.mark.parametrize(
    ("guess", "typed", "meant"),
    [
        (intended_times.time_of_day, "noon", '"12:00"'),
        (intended_times.time_of_day, "mediodía", '"12:00"'),
        (intended_times.time_of_day, "17h", '"17:00"'),
        (intended_times.time_of_day, "9.30", '"09:30"'),
        (intended_times.time_of_day, "12:00 AM", '"00:00"'),
        (intended_times.time_of_day, "12 pm", '"12:00"'),
        (intended_times.time_of_day, "7 p.m.", '"19:00"'),
        (intended_times.time_of_day, "25:00", ""),
        (intended_times.time_of_day, "after lunch", ""),
        (intended_times.opening, "9-5", 'open: "09:00", close: "17:00"'),
        (intended_times.opening, "9am to 5pm", 'open: "09:00", close: "17:00"'),
        (intended_times.opening, "9:30–17:00", 'open: "09:30", close: "17:00"'),
        (intended_times.opening, "1-5", 'open: "13:00", close: "17:00"'),
        (intended_times.opening, "10:00-12:00", 'open: "10:00", close: "12:00"'),
        (intended_times.opening, "2026-11-03", ""),
        (intended_times.opening, "mornings", ""),
        (intended_times.weekdays, "Tuesdays and Thursdays", "[tu, th]"),
        (intended_times.weekdays, "Mon-Fri", "[mo, tu, we, th, fr]"),
        (intended_times.weekdays, "Mon, Wed & Fri", "[mo, we, fr]"),
        (intended_times.weekdays, "lunes a viernes", "[mo, tu, we, th, fr]"),
        (intended_times.weekdays, "montags", "[mo]"),
        (intended_times.weekdays, "maandag tot en met vrijdag", "[mo, tu, we, th, fr]"),
        (intended_times.weekdays, "ma t/m do", "[mo, tu, we, th]"),
        (intended_times.weekdays, "weekdays", "[mo, tu, we, th, fr]"),
        (intended_times.weekdays, "first week of the month", ""),
        (intended_times.weekdays, "Fri-Mon", ""),
        (intended_times.hours, "Mon-Fri 10 to 2", '[{days: [mo, tu, we, th, fr], open: "10:00", close: "14:00"}]'),
        (intended_times.hours, "24/7", "[{always: yes}]"),
        (intended_times.hours, "call for hours", ""),
        (intended_times.monthly, "first Saturday", "1sa"),
        (intended_times.monthly, "the last Friday of each month", "-1fr"),
        (intended_times.monthly, "first week", ""),
        (intended.web_address, "https//example.org/a", "https://example.org/a"),
        (intended.web_address, "https:/example.org", "https://example.org"),
        (intended.web_address, "see our website", ""),
        (intended.email, "mailto:a@example.org", "a@example.org"),
        (intended.email, "a (at) example (dot) org", "a@example.org"),
        (intended.email, "nobody", ""),
        (intended.position, "42.388° N, 72.297° W", "[42.388, -72.297]"),
        (intended.position, "-33.86, 151.21", "[-33.86, 151.21]"),
        (intended.position, "behind the church", ""),
        (intended.split_list, "• Your lease • Two pay papers", "[Your lease, Two pay papers]"),
        (intended.split_list, "A passport and a letter", "[A passport, a letter]"),
        (intended.find_curly_quotes, "“09:30”", "09:30"),
        (intended.find_curly_quotes, "«Shot record", "Shot record"),
        (intended.find_curly_quotes, "We say “hi” to all", ""),
        (intended.find_curly_quotes, "the teachers’", ""),
    ],
)  # fmt: skip
def test_a_text_is_understood_or_left_alone(guess: Callable[[str], str], typed: str, meant: str) -> None:
    assert guess(typed) == meant


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("11/3/2026", "US", "2026-11-03"),
        ("11/3/2026", "GB", "2026-03-11"),
        ("3.11.2026", "US", "2026-11-03"),
        ("25/12/2026", "US", "2026-12-25"),
        ("2026–10–14", "US", "2026-10-14"),
        ("3 de noviembre de 2026", "US", "2026-11-03"),
        ("3. März 2026", "DE", "2026-03-03"),
        ("Nov. 3rd, 2026", "US", "2026-11-03"),
        ("November 2026", "US", ""),
        ("31/31/2026", "US", ""),
    ],
)
def test_a_date_has_the_order_of_its_country(typed: str, country: str, meant: str) -> None:
    assert intended_times.day(typed, country) == meant


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("$25", "US", "{amount: 25, currency: USD}"),
        ("$25", "CA", "{amount: 25, currency: CAD}"),
        ("25 €", "DE", "{amount: 25, currency: EUR}"),
        ("2,29 €", "DE", "{amount: 2.29, currency: EUR}"),
        ("25 dollars per month", "US", '{amount: 25, currency: USD, note: "per month"}'),
        ("free of charge", "US", "{free: yes}"),
        ("gratis", "MX", "{free: yes}"),
        ("sliding scale", "US", "{sliding: yes}"),
        ("Adults $5", "US", "{for: Adults, amount: 5, currency: USD}"),
        ("ask us", "US", '{note: "ask us"}'),
    ],
)
def test_a_cost_in_words_is_written_with_keys(typed: str, country: str, meant: str) -> None:
    assert intended.cost(typed, country) == meant


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        (
            "120 Birch Street, Riverbend, MA 00101",
            "US",
            '{line1: 120 Birch Street, city: Riverbend, state: MA, postal_code: "00101"}',
        ),
        (
            "1 A Street, Suite 4, Riverbend, MA 00101",
            "US",
            '{line1: 1 A Street, line2: Suite 4, city: Riverbend, state: MA, postal_code: "00101"}',
        ),
        ("Marktstraße 12, 48565 Steinfurt", "DE", '{line1: Marktstraße 12, city: Steinfurt, postal_code: "48565"}'),
        (
            "310 Riverside Drive, Windsor, ON N9A 5K4",
            "CA",
            '{line1: 310 Riverside Drive, city: Windsor, state: ON, postal_code: "N9A 5K4"}',
        ),
        ("Main Street, second door", "US", ""),
        ("120 Birch Street", "US", ""),
    ],
)
def test_an_address_in_one_line_is_taken_apart(typed: str, country: str, meant: str) -> None:
    assert intended.address(typed, country) == meant
