"""YAML as text with places."""

from pathlib import PurePosixPath

import pytest

from guidegen.content.yamlfile import Entries, Items, Scalar, compose

PATH = PurePosixPath("content/partners/a.yml")


@pytest.mark.parametrize("typed", ["no", "NO", "02101", "9:30", "1e3", "2026-10-02", "0x1F", "yes", "1_000", "=", ".inf"])
def test_a_value_stays_what_was_typed(typed: str) -> None:
    node, problems = compose(f"key: {typed}\n", PATH)

    assert problems == []
    assert isinstance(node, Entries)
    assert node.get("key") == Scalar(typed, 1, 6)


def test_every_value_keeps_its_line_and_column() -> None:
    node, _ = compose("a: 1\nb:\n  - x\n  - {c: y}\n", PATH)

    assert isinstance(node, Entries)
    items = node.get("b")
    assert isinstance(items, Items)
    assert [(item.line, item.column) for item in items.items] == [(3, 5), (4, 5)]


def test_characters_beyond_the_basic_plane_count_as_one_column() -> None:
    node, _ = compose("a: {😀: 1, b: 2}\n", PATH)

    assert isinstance(node, Entries)
    inner = node.get("a")
    assert isinstance(inner, Entries)
    assert inner.pairs[1][0].column == 11


def test_front_matter_counts_the_lines_of_its_file() -> None:
    _, problems = compose("a: 1\na: 2\n", PATH, first_line=2)

    assert [problem.line for problem in problems] == [3]


@pytest.mark.parametrize("empty", ["", "~", "null"])
def test_a_key_without_a_value_is_empty(empty: str) -> None:
    node, _ = compose(f"a: {empty}\n", PATH)

    assert isinstance(node, Entries)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert value.is_empty


def test_quotes_make_null_a_text() -> None:
    node, _ = compose('a: "null"\n', PATH)

    assert isinstance(node, Entries)
    value = node.get("a")
    assert isinstance(value, Scalar)
    assert not value.is_empty


@pytest.mark.parametrize("text", ["a: [b, # c", "a: [b, ? # c", "- # c", "a: b\nc: {d: # e", 'a: "b" #c', "? # a"])
def test_a_text_may_end_in_a_comment_without_a_line_end(text: str) -> None:
    node, problems = compose(text, PATH)

    assert node or problems
    assert all(1 <= problem.line <= len(text.split("\n")) for problem in problems)
