"""YAML as text with positions."""

from pathlib import PurePosixPath

import pytest

from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode, compose

PATH = PurePosixPath("content/partners/a.yml")


@pytest.mark.parametrize("typed", ["no", "NO", "02101", "9:30", "1e3", "2026-10-02", "0x1F", "yes", "1_000", "=", ".inf"])
def test_a_value_stays_what_was_typed(typed: str) -> None:
    node, problems = compose(f"key: {typed}\n", PATH)

    assert problems == []
    assert isinstance(node, MappingNode)
    assert node.get("key") == ScalarNode(typed, 1, 6)


def test_every_value_keeps_its_line_and_column() -> None:
    node, _ = compose("a: 1\nb:\n  - x\n  - {c: y}\n", PATH)

    assert isinstance(node, MappingNode)
    items = node.get("b")
    assert isinstance(items, ListNode)
    assert [(item.line, item.column) for item in items.items] == [(3, 5), (4, 5)]


def test_characters_beyond_the_basic_plane_count_as_one_column() -> None:
    node, _ = compose("a: {😀: 1, b: 2}\n", PATH)

    assert isinstance(node, MappingNode)
    inner = node.get("a")
    assert isinstance(inner, MappingNode)
    assert inner.pairs[1][0].column == 11


def test_texts_are_composed_and_columns_are_those_of_the_file() -> None:
    node, _ = compose('{cafe\u0301: u\u0308ber, b: "e\\u0301"}\n', PATH)

    assert isinstance(node, MappingNode)
    assert [(key.text, value) for key, value in node.pairs] == [
        ("café", ScalarNode("über", 1, 9)),
        ("b", ScalarNode("é", 1, 19, plain=False)),
    ]


def test_front_matter_counts_the_lines_of_its_file() -> None:
    _, problems = compose("a: 1\na: 2\n", PATH, first_line=2)

    assert [problem.line for problem in problems] == [3]


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL"])
def test_a_key_without_a_value_is_empty(empty: str) -> None:
    node, _ = compose(f"a: {empty}\n", PATH)

    assert isinstance(node, MappingNode)
    value = node.get("a")
    assert isinstance(value, ScalarNode)
    assert value.is_empty


def test_quotes_make_null_a_text() -> None:
    node, _ = compose('a: "null"\n', PATH)

    assert isinstance(node, MappingNode)
    value = node.get("a")
    assert isinstance(value, ScalarNode)
    assert not value.is_empty


SAID = [
    ("a: 1\n---\nb: 2\n", 2, 1, "yaml", "a second document starts here", "Remove the line '---'."),
    ("a: [x, *b]\n", 1, 8, "yaml", "'*b' refers to another value", "A text that begins with * needs quotes."),
    ("a: &b c\n", 1, 4, "yaml", "'&b' names a value", "A text that begins with & needs quotes."),
    ("a: &b [c]\n", 1, 4, "yaml", "'&b' names a value", "&"),
    ("a: !b c\n", 1, 4, "yaml", "'!b' is a tag", "A text that begins with ! needs quotes."),
    ("a: !!str c\n", 1, 4, "yaml", "'!!str' is a tag", "!"),
    ("a: ! c\n", 1, 4, "yaml", "'!' is a tag", "!"),
    ("a: ! 'c'\n", 1, 4, "yaml", "'!' is a tag", "!"),
    ("a: !!map {b: c}\n", 1, 4, "yaml", "'!!map' is a tag", "!"),
    ("{a: b}: c\n", 1, 1, "yaml", "there is a list or brackets instead of a key", "Put a name before the colon."),
    ("x: 1\n<<: {a: b}\n", 2, 1, "yaml", "the merge key '<<' is not supported", "Write the keys out."),
    ("a: 1\nb: 2\nb: 3\n", 3, 1, "duplicate-key", "the key 'b' is given twice", "It is already in line 4. Keep one;"),
    ("a: 1\nb: 2\na: 3\nb: 4\n", 3, 1, "duplicate-key", "the key 'a' is given twice", "already in line 3"),
    (
        'a: "b\\u200bc\\u200b"\n',
        1,
        4,
        "invisible-character",
        "there is an invisible character (U+200B) in the text",
        "Remove the escape.",
    ),
    ('a: "b\u200bc"\n', 1, 4, "invisible-character", "there is an invisible character (U+200B) in the text", "Remove"),
    ("a: 1 Main St #4\n", 1, 14, "lost-text", "'#4' is lost, because YAML reads it as a comment", 'quotes:  "1 Main St #4"'),
    ("a:\n  - b\t#c d\n", 2, 7, "lost-text", "'#c d' is lost", '"b #c d"'),
    ("a: b #" + "c" * 40, 1, 6, "lost-text", "'#" + "c" * 29 + "' is lost", "c" * 40),
]


@pytest.mark.parametrize(("written", "line", "column", "code", "message", "hint"), SAID)
def test_what_is_not_used_of_yaml_is_said_where_it_stands(
    written: str, line: int, column: int, code: str, message: str, hint: str
) -> None:
    _, problems = compose(written, PATH, first_line=3)

    assert [(problem.path, problem.line - 2, problem.column, problem.code) for problem in problems] == [
        (PATH, line, column, code)
    ]
    assert message in problems[0].message
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    "written",
    ["---\na: 1\n", "a: 1\n...\n", "a: b # c\n", "a: b #\n", "a: b ## c\n", "a: 'b' #c\n", "a: #b\n", "a: b#c\n", "a: b\n  c #d\n", "a: '\\u200b'\n", '"<<": 1\n', "a: '! b'\n"],
)  # fmt: skip
def test_what_says_what_was_meant_is_not_reported(written: str) -> None:
    assert compose(written, PATH)[1] == []


def test_keys_that_are_wrong_are_left_out_and_the_first_of_two_counts() -> None:
    node, problems = compose("a: 1\nb: 2\n[c]: 3\nb: 4\na: 5\nb: 6\nd: 7\n", PATH)

    assert isinstance(node, MappingNode)
    assert [(key.text, getattr(value, "text", "")) for key, value in node.pairs] == [("a", "1"), ("b", "2"), ("d", "7")]
    assert [problem.line for problem in problems] == [3, 4, 5]
    assert node.get("none") is None


def test_what_was_found_before_a_file_could_not_be_read_is_told_as_well() -> None:
    assert [problem.line for problem in compose("a: 1\na: 2\nb: &c d\n", PATH)[1]] == [2, 3]
    assert [problem.line for problem in compose("a: 1\na: 2\nb: @c\n", PATH)[1]] == [2, 3]


def test_a_file_has_at_most_twenty_thousand_values() -> None:
    assert compose("[" + "1," * 19_999 + "]", PATH)[1] == []
    (problem,) = compose("[" + "1," * 20_000 + "]", PATH)[1]
    assert (problem.line, problem.column, problem.message) == (1, 40_000, "more than 20,000 values in one file")


@pytest.mark.parametrize("written", ["", "# nothing\n", "---\n"])
def test_a_file_may_hold_nothing(written: str) -> None:
    node, problems = compose(written, PATH)

    assert problems == []
    assert node is None or (isinstance(node, ScalarNode) and node.is_empty)


@pytest.mark.parametrize(
    ("written", "plain", "block", "lines"),
    [
        ("a: b", True, "", [1, 1]),
        ("a: 'b'", False, "", [1, 1]),
        ('a: "b"', False, "", [1, 1]),
        ("a: |\n  b\n  c\n", False, "|", [2, 3]),
        ("a: >\n  b\n  c\n", False, ">", [2, 2]),
    ],
)
def test_a_text_knows_how_it_was_typed_and_where_its_lines_stand(written: str, plain: bool, block: str, lines: list[int]) -> None:
    node, _ = compose(written, PATH)

    assert isinstance(node, MappingNode)
    value = node.get("a")
    assert isinstance(value, ScalarNode)
    assert (value.plain, value.block, [value.get_line(number) for number in range(2)]) == (plain, block, lines)


@pytest.mark.parametrize("written", ["[" * 17, "a: " + "[" * 16, "- " * 17 + "a", "a: " + "{a: " * 16 + "b" + "}" * 16])
def test_brackets_are_at_most_sixteen_deep(written: str) -> None:
    node, problems = compose(written, PATH)

    assert node is None
    assert [(problem.code, problem.message) for problem in problems] == [
        ("yaml", "lists or keys are nested more than 16 levels deep")
    ]


@pytest.mark.parametrize("written", ["- " * 15 + "a", "a: " + "{a: " * 14 + "b" + "}" * 14])
def test_sixteen_deep_is_not_too_deep(written: str) -> None:
    assert compose(written, PATH)[1] == []


@pytest.mark.parametrize("text", ["a: [b, # c", "a: [b, ? # c", "- # c", "a: b\nc: {d: # e", 'a: "b" #c', "? # a"])
def test_a_text_may_end_in_a_comment_without_a_line_end(text: str) -> None:
    node, problems = compose(text, PATH)

    assert node or problems
    assert all(1 <= problem.line <= len(text.split("\n")) for problem in problems)
