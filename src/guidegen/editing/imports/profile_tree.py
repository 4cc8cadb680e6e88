"""Profiles as plain values: texts, lists and mappings, as a YAML file has them."""

from pathlib import PurePosixPath

from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose

Tree = dict[str, object]
"""A mapping of a profile. Every single value is a text; None is a value that is not known."""


def to_mapping(tree: Tree) -> MappingNode:
    """Return the YAML node of a mapping."""
    return MappingNode(tuple((ScalarNode(key, 1, 1), to_node(value)) for key, value in tree.items()), 1, 1)


def to_node(value: object) -> Node:
    """Return the YAML node of a value."""
    if isinstance(value, dict):
        return to_mapping(value)
    if isinstance(value, list):
        return ListNode(tuple(map(to_node, value)), 1, 1)
    if value is None:
        return ScalarNode("null", 1, 1)
    if isinstance(value, bool):
        return ScalarNode("yes" if value else "no", 1, 1)
    text = str(value)
    return ScalarNode(text, 1, 1, plain=False, block="|" if "\n" in text else "")


def to_tree(node: Node) -> object:
    """Return the value of a YAML node."""
    if isinstance(node, MappingNode):
        return {key.text: to_tree(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [to_tree(item) for item in node.items]
    return None if node.is_empty else node.text


def list_trees(value: object) -> list[Tree]:
    """Return the mappings of a list; none if the value is no list."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def parse_yaml(content: str | bytes) -> Tree:
    """Return the mapping that a YAML text or file has; empty if it is none, or has mistakes."""
    text = content if isinstance(content, str) else content.decode("utf-8-sig")
    node, problems = compose(text, PurePosixPath("import"))
    tree = to_tree(node) if isinstance(node, MappingNode) and not problems else None
    return tree if isinstance(tree, dict) else {}
