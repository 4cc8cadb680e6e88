"""The first facts of a profile on hard data: they are right, or they are named as unknown."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make

HEAD = "name: Office\nsummary: Help.\nemail: a@example.org\n"
PLACE = "{key: a, address: {line1: 1 Main St, city: Springfield}}"


def build(tmp_path: Path, text: str) -> str:
    """Return the text of a profile's page, with one space between words."""
    root = make.folder(tmp_path, {"content/partners/office.yml": text})
    pipeline.build(root, root / "site")
    html = (root / "site/en/partners/office/index.html").read_text(encoding="utf-8").partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u202f", " ").split())


def services(*facts: str) -> str:
    entries = [f"  - {{key: s{number}, types: [food], name: S{number}, {fact}}}\n" for number, fact in enumerate(facts)]
    return f"services:\n{''.join(entries)}"


@pytest.mark.parametrize(
    ("costs", "shown"),
    [
        (["cost: {free: yes}", "cost: {free: yes, for: Seniors}"], "Free …"),
        (["cost: {free: yes, for: Seniors}"], "Free: Seniors"),
        (["cost: {note: Flat fee}"], "Flat fee"),
        (["cost: {free: yes}"], "Free"),
    ],
)
def test_prices_in_one_line_promise_nothing_for_all_that_is_for_some(tmp_path: Path, costs: list[str], shown: str) -> None:
    hours = 'languages: [{code: es, how: staff}], hours: [{days: [mo], open: "09:00", close: "17:00"}]'
    text = build(tmp_path, HEAD + services(*(f"{cost}, {hours}" for cost in costs)))

    glance = text[: text.index("Languages: Spanish")]
    assert glance.endswith(f" {shown} ")
    assert " and Free" not in glance


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        (f"{HEAD}locations: [{PLACE}]\n{services('at: [a]')}", False),
        (f"{HEAD}locations: [{{key: a, address: {{city: Springfield}}}}]\n{services('at: [a]')}", True),
        (
            f"{HEAD}locations: [{{key: a, confidential: yes, address: {{city: Springfield}}}}]\n{services('at: [a]')}",
            False,
        ),
    ],
)
def test_an_address_is_unknown_if_a_place_has_no_street_and_no_reason(tmp_path: Path, text: str, is_unknown: bool) -> None:
    assert ("the address" in build(tmp_path, text)) == is_unknown


@pytest.mark.parametrize(
    ("summary", "is_unknown"),
    [("Open Thursday from 9:00 to noon", False), ("Open Thursday, 9 a.m.", False), ("Food for 2 families", True)],
)
def test_hours_that_a_text_says_are_not_called_unknown(tmp_path: Path, summary: str, is_unknown: bool) -> None:
    text = f"name: Office\nsummary: {summary}\nemail: a@example.org\n{services('cost: {free: yes}')}"

    assert ("the opening hours" in build(tmp_path, text)) == is_unknown


def test_a_number_for_tty_never_stands_alone(tmp_path: Path) -> None:
    phones = (
        'phones: [{number: "(555) 555-0128"}, {number: "(555) 555-0129", kind: tty}]\n',
        'phones: [{number: "(555) 555-0128"}, {number: "(555) 555-0129", kind: tty, note: English}]',
    )
    text = build(tmp_path, HEAD + phones[0] + services(phones[1]))

    service = text[text.index("S0") : text.index("Contact")]
    assert "(555) 555-0129" in service
    assert "(555) 555-0128" in service


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (
            f"{HEAD}locations: [{PLACE[:-1]}, phones: [{{number: (555) 555-0130}}]}}]\n{services('at: [a]', 'at: [phone]')}",
            "0130",
        ),
        (HEAD + services(*['phones: [{number: "(555) 555-0131"}]'] * 2, 'phones: [{number: "(555) 555-0132"}]'), "0131"),
        (HEAD + services('phones: [{number: "(555) 555-0131"}]', 'phones: [{number: "(555) 555-0132"}]'), ""),
    ],
)
def test_the_call_button_has_the_number_of_the_only_place_or_of_most_services(tmp_path: Path, text: str, called: str) -> None:
    buttons = re.findall(r"Ask them\. Phone \(555\) 555-(\d+)", build(tmp_path, text))

    assert buttons[:1] == ([called] if called else [])


def test_nobody_is_told_to_call_a_closed_organization(tmp_path: Path) -> None:
    verified = "verified: {date: 2020-01-01, how: phone}\n"

    assert "Call first" in build(tmp_path / "open", HEAD + verified)
    assert "Call first" not in build(tmp_path / "closed", f"{HEAD}{verified}status: closed\n")


def test_a_day_of_the_month_is_apart_from_the_time(tmp_path: Path) -> None:
    text = build(tmp_path, HEAD + services('hours: [{day_of_month: 1, open: "17:00", close: "19:00"}]'))

    assert "Days of the month: 1 · 5:00 PM to 7:00 PM" in text
