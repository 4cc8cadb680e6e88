"""Numbers and addresses in right-to-left text are isolated, and nothing else is."""

import pytest

from guidegen.text.bidi import isolate_numbers


@pytest.mark.parametrize(
    "run",
    [
        "$25",
        "$12.50",
        "$1,250",
        "25 €",
        "(555) 555-0114",
        "+1 555 555 0114",
        "18:30",
        "9:05",
        "https://example.org/a/b",
        "https://example.org/?x=1&amp;copy=2",
        "a.b@example.org",
    ],
)
def test_a_number_or_address_is_isolated(run: str) -> None:
    assert isolate_numbers(f"نص {run}، نص") == f'نص <bdi dir="ltr">{run}</bdi>، نص'


@pytest.mark.parametrize(
    "text", ["12 شخصا", "2026", "&#39;نص&#39;", "<a href='tel:5555550114'>نص</a>", '<h2 id="a-18:30">نص</h2>']
)
def test_plain_numbers_and_tags_are_unchanged(text: str) -> None:
    assert isolate_numbers(text) == text


@pytest.mark.parametrize("text", ["a" * 60_000, "1" * 60_000, "1." * 30_000, "a@" * 30_000, "(5" * 30_000, "$" * 60_000])
def test_a_hostile_text_is_scanned_in_linear_time(text: str) -> None:
    assert isolate_numbers(text).replace('<bdi dir="ltr">', "").replace("</bdi>", "") == text
