"""Read a YAML file: its tree, and its values with the field table."""

from pathlib import Path, PurePosixPath

from guidegen.content.fields.context import ReadingContext
from guidegen.content.fields.record import Record
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import Node, compose
from guidegen.model.problems import Problem


def read_node(file: Path, path: PurePosixPath) -> tuple[Node | None, list[Problem]]:
    """Return the tree of a file, or None if it has none, and the problems that are the reason."""
    text, problems = read_text(file, path)
    if problems and not text:
        return None, problems
    node, syntax_problems = compose(text, path)
    if node is None and not syntax_problems:
        problems.append(Problem(path, 1, 1, "the file is empty", "Write it, or delete it.", "empty"))
    return node, problems + syntax_problems


def read_values(
    file: Path, path: PurePosixPath, table: Record[dict[str, object]], context: ReadingContext
) -> dict[str, object] | None:
    """Return the values of a file, read with the field table. Problems are added to the context."""
    node, problems = read_node(file, path)
    context.problems += problems
    return None if node is None else table.read_values(node, "", context)
