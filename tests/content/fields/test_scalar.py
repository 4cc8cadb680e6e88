"""Readers of single values: the values they accept, up to their limits, and their messages about others."""

from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import pytest

from guidegen.content.fields import scalar
from guidegen.content.fields.context import (
    ReadingContext,
    TranslatedTexts,
    describe_shape,
    get_field_name,
    iterate_items,
    join_path,
    shorten,
)
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.scalar import Amount, Choice, Degrees, Pattern, Url, WholeNumber, YesNo
from guidegen.content.fields.text import Line, Translated
from guidegen.content.fields.times import Day, MonthDay, TimeOfDay
from guidegen.content.yaml.parser import ListNode, MappingNode, compose
from guidegen.model.problems import Problem
from guidegen.model.translatable import text_hash
from tests import make

PATH = PurePosixPath("content/partners/a.yml")
LETTERS = Choice({"voice": "people talk", "text": "people write"}, {"cell": "text"})


def read(reader: Any, typed: str, at: str = "phones.0.number") -> tuple[Any, list[Problem]]:
    """Return the result of a reader for a value as typed in a file, and its problems."""
    node, problems = compose(f"key: {typed}\n", PATH)
    assert problems == []
    assert isinstance(node, MappingNode)
    reading = ReadingContext(PATH, "en", ("en", "es"), enclosing_records=[("a partner", ("name", "website"))])
    return reader.read(node.pairs[0][1], at, reading), reading.problems


TAKEN = [
    (Line(5), '" a   b "', "a b"),
    (Line(5), "abcde", "abcde"),
    (Line(), "a" * 200, "a" * 200),
    (Translated(), "a" * 300, make.text("a" * 300)),
    (Translated(5), "abcde", make.text("abcde")),
    (Translated(5, markdown=True), '" *a* "', make.text("*a*")),
    (Pattern("[a-z]+", "a word", "letters"), '" word "', "word"),
    (LETTERS, "voice", "voice"),
    (YesNo(), "YES", True),
    (YesNo(), "true", True),
    (YesNo(), "No", False),
    (YesNo(), '" false "', False),
    (WholeNumber(-2, 120), "-2", -2),
    (WholeNumber(-2, 120), "120", 120),
    (WholeNumber(0, 10**9), "999999999", 999_999_999),
    (Amount(), "12.50", Decimal("12.50")),
    (Amount(), "0", Decimal(0)),
    (Amount(), "1234567.8", Decimal("1234567.8")),
    (PhoneNumber(), "911", "911"),
    (PhoneNumber(), "555  0114", "555 0114"),
    (PhoneNumber(), "(555) 555-0114", "(555) 555-0114"),
    (PhoneNumber(), "555-0114", "555-0114"),
    (PhoneNumber(), "+123456789012345", "+123456789012345"),
    (PhoneNumber(), "+44 20/7946.0018", "+44 20 7946 0018"),
    (Url(), "https://example.org", "https://example.org"),
    (Url(), "http://a-b.example.org:8080/x?y=z#q", "http://a-b.example.org:8080/x?y=z#q"),
    (Url(), "https://example.org/" + "a" * 1980, "https://example.org/" + "a" * 1980),
    (Degrees(), "-180", -180.0),
    (Degrees(), "42.391", 42.391),
    (scalar.COUNTRY, "US", "US"),
    (scalar.CURRENCY, "EUR", "EUR"),
    (scalar.POSTAL_CODE, "02101", "02101"),
    (scalar.EMAIL, "a.b+c@mail.example.org", "a.b+c@mail.example.org"),
    (scalar.IMAGE, "images/a.jpeg", "images/a.jpeg"),
    (Day(), "1900-01-01", date(1900, 1, 1)),
    (Day(), "2200-12-31", date(2200, 12, 31)),
    (TimeOfDay(), "9:05", 545),
    (TimeOfDay(), "00:00", 0),
    (TimeOfDay(), "47:59", 2879),
    (MonthDay(), "1sa", (1, "sa")),
    (MonthDay(), "5MO", (5, "mo")),
    (MonthDay(), "-1fr", (-1, "fr")),
]


@pytest.mark.parametrize(("reader", "typed", "value"), TAKEN)
def test_a_value_is_read_up_to_its_bounds(reader: Any, typed: str, value: object) -> None:
    assert read(reader, typed) == (value, [])


REFUSED = [
    (Line(5), "abcdef", "too-long", "'number' is 6 characters long; the limit is 5", "Shorten the text."),
    (Line(5), '" "', "empty", "'number' is empty", "Write a short text, or remove the line."),
    (Line(5), "[a]", "wrong-shape", "'number' needs one value, but has a list", "Write a short text"),
    (Line(5), "{a: b}", "wrong-shape", "but has keys with values", "Write a short text"),
    (Line(5), "{a}", "wrong-shape", "but has keys with values", "Write a short text. A text that begins with { needs quotes."),
    (Line(), "a" * 201, "too-long", "'number' is 201 characters long; the limit is 200", "Shorten the text."),
    (Translated(), "a" * 301, "too-long", "'number' is 301 characters long; the limit is 300", "Shorten the text."),
    (Translated(3), "abcd", "too-long", "is 4 characters long; the limit is 3", "Shorten"),
    (Translated(3, markdown=True), "abcd", "too-long", "is 4 characters long; the limit is 3", "Shorten the text."),
    (Translated(3, markdown=True), "[a]", "wrong-shape", "has a list", "Write a text"),
    (Pattern("[a-z]+", "a word", "letters"), "a1", "value", "'number' is 'a1', which is not a word", "Write letters"),
    (LETTERS, "Cell", "choice", "'number' is 'Cell', which is not", "Did you mean:  text   (one of  voice, text)"),
    (LETTERS, "voise", "choice", "'voise'", "Did you mean:  voice   (one of  voice, text)"),
    (LETTERS, "[voice]", "wrong-shape", "has a list", "Write one of  voice, text"),
    (YesNo(), "maybe", "yes-no", "'number' is 'maybe', which is neither yes nor no", "Write yes or no; leave the key out"),
    (WholeNumber(-2, 120), "-3", "number", "'-3', not a whole number from -2 to 120", "Write a whole number from -2 to 120."),
    (WholeNumber(-2, 120), "121", "number", "'121', not", "Write"),
    (WholeNumber(-2, 120), "1.0", "number", "'1.0', not", "Write"),
    (WholeNumber(0, 10**12), "1234567890", "number", "'1234567890', not", "Write"),
    (Amount(), "$25.50", "amount", "'$25.50', which is not an amount", "amount: 25.50, currency: USD"),
    (Amount(), "Free", "amount", "'Free'", "Write  cost: {free: yes}"),
    (Amount(), "12345678", "amount", "'12345678'", "Write an amount such as  25  or  12.50"),
    (Amount(), "1.234", "amount", "'1.234'", "Write an amount"),
    (PhoneNumber(), "91", "phone", "'91', which is not a phone number", "Write the number as people dial it"),
    (PhoneNumber(), "+1234567890123456", "phone", "'+1234567890123456'", "Write the number as people dial it"),
    (PhoneNumber(), "(555 555-0114", "phone", "'(555 555-0114'", "Write the number"),
    (PhoneNumber(), "(555) (555) 0114", "phone", "(555)", "Write the number"),
    (PhoneNumber(), "555-011", "phone", "'555-011'", "Write the number"),
    (PhoneNumber(), "2026-10-02", "phone", "'2026-10-02'", "Write the number"),
    (PhoneNumber(), "+44 (0)20 7946 0018", "phone", "has a (0) after the country code", "Leave the (0) out"),
    (PhoneNumber(), "555 0114 ext. 12", "phone", "ext", 'extension: "12"'),
    (PhoneNumber(), "555 0114 or 555 0115", "phone", " or ", "Write one number for each entry, as people dial it"),
    (PhoneNumber(), "555 HELP", "phone", "HELP", "Write digits instead of letters, as people dial it"),
    (PhoneNumber(), "call us", "phone", "call us", "; if there is none, remove the line"),
    (Url(), "www.example.org/a", "url", "which is not a web address", "Write it with https:// in front:  https://www.example.org/a"),
    (Url(), "ftp://example.org", "url", "ftp", "Write a full address such as  https://example.org/classes"),
    (Url(), "https://localhost", "url", "localhost", "Write a full address"),
    (Url(), "https://user@example.org", "url", "user@", "Write a full address"),
    (Url(), "https://example.org:x", "url", ":x", "Write a full address"),
    (Url(), "https://example.org:0", "url", ":0", "Write a full address"),
    (Url(), "https://example.org/a b", "url", "a b", "Write a full address"),
    (Url(), "https://example.org/" + "a" * 1981, "url", "…', which is not a web address", "Write a full address"),
    (Degrees(), "180.5", "number", "'180.5', which is not in degrees", "Write degrees such as  42.391"),
    (Degrees(), "42,391", "number", "'42,391'", "Write degrees"),
    (scalar.COUNTRY, "USA", "value", "'USA', which is not the code of a country", "Did you mean:  US"),
    (scalar.CURRENCY, "XQQ", "value", "'XQQ', which is not the code of a currency", "three capital letters"),
    (scalar.EMAIL, "a@example", "value", "which is not an e-mail address", "hello@example.org"),
    (Day(), "3/11/2026", "date", "'3/11/2026', which is not a date", "Did you mean:  2026-11-03"),
    (Day(), "2026-02-30", "date", "is 2026-02-30, a day that does not exist", "Check the month and the day"),
    (Day(), "1899-12-31", "date", "the year is 1899", "Check the year."),
    (Day(), "2201-01-01", "date", "the year is 2201", "Check the year."),
    (TimeOfDay(), "48:00", "time", "'48:00', which is not a time of day", "Write the time on the 24-hour clock"),
    (TimeOfDay(), "9:60", "time", "'9:60'", "Write the time on the 24-hour clock"),
    (TimeOfDay(), "9am", "time", "'9am'", 'Did you mean:  "09:00"   (the 24-hour clock)'),
    (TimeOfDay(), "12 a.m.", "time", "'12 a.m.'", 'Did you mean:  "00:00"'),
    (TimeOfDay(), "12.30 pm", "time", "'12.30 pm'", 'Did you mean:  "12:30"'),
    (TimeOfDay(), "11:05 P.M.", "time", "P.M.", 'Did you mean:  "23:05"'),
    (MonthDay(), "6mo", "month-day", "'6mo' is not a day of the month", "Write a number and a day"),
    (MonthDay(), "1xx", "month-day", "'1xx' is not a day of the month", "Write a number and a day"),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "typed", "code", "message", "hint"), REFUSED)
def test_what_is_not_a_value_is_said_with_how_to_write_it(reader: Any, typed: str, code: str, message: str, hint: str) -> None:
    value, problems = read(reader, typed)

    assert value is None
    (problem,) = problems
    assert (problem.path, problem.line, problem.column, problem.code) == (PATH, 1, 6, code)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("reader", [row[0] for row in TAKEN])
def test_a_list_is_no_single_value(reader: Any) -> None:
    value, (problem,) = read(reader, "[a]")

    assert (value, problem.code) == (None, "wrong-shape")


def test_a_text_of_many_lines_tells_its_faults_by_their_lines() -> None:
    (_, problems) = read(
        Translated(300, markdown=True), "|\n  Good.\n  <b>bad</b>\n  website: x\n  other: y\n  name:x", "description"
    )

    assert [(problem.line, problem.code) for problem in problems] == [(3, "markdown"), (4, "markdown")]
    assert problems[1].message == "the key 'website' has become part of the text of 'description'"


def test_keys_are_looked_for_in_blocks_alone() -> None:
    assert read(Translated(300, markdown=True), '"website: x"')[1] == []


@pytest.mark.parametrize(
    ("at", "name"), [("name", "name"), ("services.pantry.hours.0", "hours"), ("a.0.note", "note"), ("0", "0"), ("", "")]
)
def test_a_field_is_known_by_the_last_name_of_its_path(at: str, name: str) -> None:
    assert get_field_name(at) == name


def test_paths_are_dotted() -> None:
    assert (join_path("", "a"), join_path("a", "b")) == ("a", "a.b")


def test_a_message_shows_one_short_line_of_a_text() -> None:
    assert shorten("a\n  b") == "a b"
    assert shorten("a" * 60) == "a" * 60
    assert shorten("a" * 61) == "a" * 59 + "…"


def test_shapes_have_names_and_empty_items_do_not_count() -> None:
    node, _ = compose("- a\n-\n- ''\n- [b]\n- {c: d}\n", PATH)
    assert isinstance(node, ListNode)

    assert [(number, describe_shape(item)) for number, item in iterate_items(node)] == [
        (0, "'a'"), (2, "nothing"), (3, "a list"), (4, "keys with values"),
    ]  # fmt: skip


def test_a_text_is_kept_with_its_translations_and_how_fresh_they_are() -> None:
    texts = {"summary": "Gratis"}
    translations = {
        "es": TranslatedTexts(texts, {"summary": text_hash("Free")}, "human"),
        "ar": TranslatedTexts(texts, {"summary": text_hash("Costly")}, "machine"),
        "vi": TranslatedTexts(texts),
        "uk": TranslatedTexts({}),
    }
    context = ReadingContext(PATH, "en", ("en", *translations), translations)

    text = context.add_text("summary", "Free")

    versions = {tag: (version.text, version.state, version.by) for tag, version in text.translations.items()}
    assert versions == {
        "en": ("Free", "source", ""),
        "es": ("Gratis", "fresh", "human"),
        "ar": ("Gratis", "stale", "machine"),
        "vi": ("Gratis", "unrecorded", ""),
    }
    assert context.texts == {"summary": text}
