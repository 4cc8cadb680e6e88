"""Written YAML is read back as the same value, and a change leaves the rest of a file as it was."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.content.yaml.writer import apply_changes, format_yaml, is_equal
from guidegen.model.problems import GuidegenError
from guidegen.text.characters import find_unwanted

FILE = """\
# The food bank. Ask for Rosa.
name: Food Bank   # as on the door

summary: "Free food, every day."
phones:
  # the desk
  - {number: "(555) 555-0114", kind: voice}
# what they do
services:
  - key: pantry
    name: 'Pantry'
"""


def composed(text: str) -> MappingNode:
    node, problems = compose(text, PurePosixPath("a.yml"))
    assert problems == []
    assert isinstance(node, MappingNode)
    return node


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n :#-'\"{}[],|>&*!%@`\\"), max_size=40).filter(
    lambda text: not any(find_unwanted(text)) and "\ufffe" not in text and "\uffff" not in text
)
scalars = texts.map(lambda text: ScalarNode(text, 1, 1, plain=False)) | st.sampled_from(
    [
        ScalarNode(text, 1, 1)
        for text in ("no", "null", "~", "2026-01-02", "09:30", "02101", "-5", "1.50", "(555) 555-0114", "+1 555")
    ]
)
keys = st.sampled_from(["name", "hours", "note", "a.b-c", "x"])


def records(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.dictionaries(keys, inner, min_size=1, max_size=4)
    return pairs.map(lambda read: MappingNode(tuple((ScalarNode(key, 1, 1), value) for key, value in read.items()), 1, 1))


nodes = st.recursive(
    scalars, lambda inner: st.lists(inner, min_size=1, max_size=4).map(lambda all_: ListNode(tuple(all_), 1, 1)) | records(inner)
)


@pytest.mark.slow
@given(records(nodes))
def test_what_is_written_is_read_as_it_was_meant(node: Node) -> None:
    assert isinstance(node, MappingNode)
    assert is_equal(composed(format_yaml(node)), node)


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ('"(555) 555-0114"', '"(555) 555-0177"', 1),
        ('summary: "Free food, every day."', "summary: Bread", 1),
        ("    name: 'Pantry'", "    name: 'Soup: hot'", 1),
        ("name: Food Bank   #", "name: Food Bank North   #", 1),
    ],
)
def test_a_single_value_is_exchanged_where_it_stands(before: str, after: str, lines: int) -> None:
    target = composed(FILE.replace(before, after))

    result = apply_changes(FILE, target)

    assert is_equal(composed(result), target)
    assert sum(before != after for before, after in zip(FILE.split("\n"), result.split("\n"), strict=True)) == lines
    assert result.count("#") == FILE.count("#")


def test_where_more_differs_only_its_key_is_written_anew() -> None:
    target = composed(FILE.replace("  - key: pantry\n", "  - key: pantry\n    types: [food]\n") + "status: draft\n")

    result = apply_changes(FILE, target)

    assert (
        result
        == FILE.replace("  - key: pantry\n    name: 'Pantry'\n", "  - {key: pantry, types: [food], name: Pantry}\n")
        + "status: draft\n"
    )


def test_a_key_that_is_gone_goes_alone() -> None:
    target = composed(FILE.replace('summary: "Free food, every day."\n', ""))

    assert apply_changes(FILE, target) == FILE.replace('summary: "Free food, every day."\n', "")


@pytest.mark.slow
@given(records(nodes), records(nodes))
def test_whatever_a_file_says_it_can_be_changed(before: Node, after: Node) -> None:
    assert isinstance(before, MappingNode)
    assert isinstance(after, MappingNode)
    assert is_equal(composed(apply_changes(format_yaml(before), after)), after)


def test_what_cannot_be_written_is_never_written_wrong() -> None:
    with pytest.raises(GuidegenError):
        format_yaml(MappingNode(((ScalarNode("a", 1, 1), ScalarNode("\x00", 1, 1)),), 1, 1))


def test_letters_with_their_marks_apart_are_changed_where_they_stand_and_left_apart_elsewhere() -> None:
    before = "name: Cafe\u0301  # the old name\nsummary: u\u0308ber\n"

    assert apply_changes(before, composed("name: Tea\nsummary: über\n")) == "name: Tea  # the old name\nsummary: u\u0308ber\n"
