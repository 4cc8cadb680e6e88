"""Messages about files that are not YAML: one each, at the position an editor should look at."""

from pathlib import PurePosixPath

import pytest
import yaml

from guidegen.content.yaml.parser import compose
from guidegen.content.yaml.syntax_errors import explain_syntax_error

PATH = PurePosixPath("content/partners/a.yml")
QUOTES = "Put the text in quotes."
DASH = "Begin each item of the list with a dash and a space"
INDENT = "Keys of one block start in the same column"

# text, line and column of the message, message, hint
SAID = [
    ("a: 1\n\tb: 2\n", 2, 1, "the line is indented with a tab", "Use spaces"),
    ("- a\n-\tb\n", 2, 2, "there is a tab after the dash", "Use a space"),
    ("a: A\n-\tb: 1\n", 2, 2, "there is a tab after the dash", "Use a space"),
    ("a:\n  b: x\n\t\n  c: y\n", 3, 1, "the line is indented with a tab", "Use spaces"),
    ("a:\n  - x\n  \t- y\n", 3, 1, "the line is indented with a tab", "Use spaces"),
    ("a:\n\t- b\n- c: {\n", 2, 1, "the line is indented with a tab", "Use spaces"),
    ("a: [b,\n\tc\nd: e\n", 2, 1, "the line is indented with a tab", "Use spaces"),
    ("items:\n    key: a\n    name: A\n  - key: b\n", 2, 5, "the first item of a list has no dash", DASH),
    ("# first\nitems:\n\n    # note\n    key: a\n  - key: b\n", 5, 5, "the first item of a list has no dash", DASH),
    ("name: A\n  - b\n- c\n", 3, 1, "the indentation of '- c' does not match the lines above it", INDENT),
    ("name：A\nb: 1\n", 1, 5, "this is a wide colon, '：'", "as in  key: value"),
    ("a: 1\n- name ：A\n", 2, 8, "this is a wide colon", "as in  key: value"),
    ("- a: 1\n\u00a0 b: 2\n", 2, 1, "this is not an ordinary space", "Delete it and type an ordinary space."),
    ("a: 1\nb:\u3000c\nd: 2\n", 2, 3, "not an ordinary space", "Delete it"),
    ('a: "x\nb: 2\n', 1, 4, "a quote is opened here and never closed", "Add the closing quote"),
    ("- a: 'x\n  b: 2\n", 1, 6, "a quote is opened here and never closed", "Add the closing quote"),
    ('a: "x\nb: "y"\n', 1, 4, "a quote is opened here and never closed", "Add the closing quote"),
    ("a: b\n'c\n", 2, 1, "a quote is opened here and never closed", "Add the closing quote"),
    ("a: @b\n", 1, 4, "a text cannot begin with '@'", QUOTES),
    ("a: %b\n", 1, 4, "a text cannot begin with '%'", QUOTES),
    ("a: > b\n", 1, 4, "a text cannot begin with '>'", QUOTES),
    ("a: - b\n", 1, 4, "a text cannot begin with '-'", QUOTES),
    ("- a: `b\n", 1, 6, "a text cannot begin with '`'", QUOTES),
    ("- @b\n", 1, 3, "a text cannot begin with '@'", QUOTES),
    ("a: [b] c\n", 1, 4, "a text cannot begin with brackets", "Put the whole text in quotes."),
    ("a: {b: c} d\n", 1, 4, "a text cannot begin with brackets", "Put the whole text in quotes."),
    ("a: b: c\n", 1, 5, "there is a second colon in this line", "note:"),
    ("- a: b: c\n", 1, 7, "there is a second colon in this line", "note:"),
    ("a: b\n  c: d\n", 2, 3, "the key 'c' is indented further than the line above it", INDENT),
    ("b\nc: d\n", 2, 1, "the key 'c' does not line up with the keys around it", INDENT),
    ("%YAML 1.1\n%YAML 1.1\n---\na: b\n", 2, 1, "this line cannot be read (found duplicate %YAML directive)", INDENT),
    ("a: 1\x85b: c\u2028d: @e", 3, 4, "a text cannot begin with '@'", QUOTES),
    ("a:b\nc: d\n", 1, 2, "there is no space after the colon", "as in  key: value"),
    ("a: 1\nb:2\nc: 3\n", 2, 1, "there is no space after the colon", "as in  key: value"),
    ("a: 1\nb\nc: 3\n", 2, 1, "there is no colon after 'b'", "a space:  b:"),
    ("a: 1\n- b\n", 2, 1, "the indentation of '- b' does not match the lines above it", INDENT),
    ("a:\n  b: 1\n c: 2\n", 3, 2, "the indentation of 'c: 2' does not match the lines above it", INDENT),
    ('a: "b" c\n', 1, 8, "there is text after the closing quote", "one pair of double quotes"),
    ("a: 'b' c\n", 1, 8, "there is text after the closing quote", "one pair of double quotes"),
    ('a: "b\\d"\n', 1, 6, "a backslash has a special meaning inside double quotes", "Use 'single quotes' here."),
    ("a: [b, c\nd: e\n", 1, 4, "the bracket '[' opened here is not closed", "Add ']' at the end of the list."),
    ("a: {b: c\nd: e\n", 1, 4, "the bracket '{' opened here is not closed", "Add '}' at the end of the list."),
    ("a: {b: c d: e}\n", 1, 11, "something is missing or extra inside { … }", "end with }"),
    ("a: [b: c: d]\n", 1, 9, "something is missing or extra inside [ … ]", "end with ]"),
    ("a: [,]\n", 1, 5, "',' is not allowed here", "Remove it"),
    ("a: ]\n", 1, 4, "']' is not allowed here", "Remove it, or put the text in quotes."),
]


@pytest.mark.parametrize(("written", "line", "column", "message", "hint"), SAID)
def test_invalid_yaml_is_reported_where_it_can_be_fixed(written: str, line: int, column: int, message: str, hint: str) -> None:
    node, (problem,) = compose(written, PATH, first_line=11)

    assert node is None
    assert (problem.path, problem.line - 10, problem.column, problem.code) == (PATH, line, column, "yaml-syntax")
    assert message in problem.message
    assert hint in problem.hint


def test_very_many_brackets_are_refused_at_the_place_where_they_are_too_many() -> None:
    (problem,) = compose("a: 1\nb: " + "[" * 30_000, PATH, first_line=3)[1]

    assert (problem.line, problem.code, problem.hint) == (4, "yaml", "Remove brackets.")
    assert problem.column > 3


def test_an_error_without_a_place_is_said_of_the_whole_file() -> None:
    problem = explain_syntax_error(yaml.YAMLError("no reason"), "", PATH, 5)

    assert (problem.line, problem.column, problem.code) == (5, 1, "yaml-syntax")
    assert problem.message == "the file cannot be read as YAML: no reason"
