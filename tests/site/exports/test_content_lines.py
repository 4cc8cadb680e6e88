"""Content lines of calendars and contact cards: any text stays within its own line."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from guidegen.site.exports.content_lines import escape_value, format_property

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


def unfolded(raw: bytes) -> list[str]:
    """Return the unfolded lines, as a program reads them. RFC 5545, section 3.1."""
    return raw.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)


@given(st.lists(texts, min_size=1, max_size=4))
@example(["a\r\nBEGIN:VEVENT", "a\nATTACH:x", "a\rb", "a\u2028b", "a\x85b", "a\x0bb", "a\x1eb"])
@example(["é" * 80, "漢" * 60, "👩🏽\u200d⚕️" * 20, "a" * 74 + "é", " " * 200, "\\" * 90, "a\\n;,b"])
def test_every_text_is_one_line_and_can_be_read_back(values: list[str]) -> None:
    raw = format_property(f"NOTE:{escape_value(value)}" for value in values)

    lines = unfolded(raw)
    assert len(lines) == len(values)
    assert all(line.startswith("NOTE:") for line in lines)
    assert [unescaped(line.removeprefix("NOTE:")) for line in lines] == ["\n".join(value.splitlines()) for value in values]


@given(texts)
@example("é" * 80)
@example("👩🏽\u200d⚕️" * 20)
def test_no_line_is_longer_than_75_bytes_and_no_character_is_split(value: str) -> None:
    for line in format_property([f"SUMMARY:{escape_value(value)}"]).split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode()[:1] != "\r"
