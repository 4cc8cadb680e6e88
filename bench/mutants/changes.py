"""Small changes of a module: swapped operators, changed constants, removed statements. A test should notice each one.

Sentences for people, annotations, decorators and docstrings are not changed.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_SKIPPED_NODES = (ast.Assert, ast.Import, ast.ImportFrom)
_SKIPPED_FIELDS = ("annotation", "returns", "decorator_list", "format_spec")
_find_sentence = re.compile(r"[A-Za-z,.:;'] +[A-Za-z{]").search


@dataclass(frozen=True)
class Change:
    """A change: its line, a description, and a function that makes it in the tree in which it was found."""

    line: int
    description: str
    make: Callable[[], None]


def changes(tree: ast.AST, names: tuple[str, ...] = ()) -> Iterator[Change]:
    """Yield every change of a module, in order of lines, or only those in the functions called ``names``."""
    if names:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in names:
                yield from changes(node)
        return
    for node, replace in _list_children(tree):
        for replacement in _list_replacements(node):
            yield Change(_find_line(node), _describe(node, replacement), partial(replace, replacement))
        yield from changes(node)


def _list_children(node: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Yield the children of a node, each with a function that replaces it."""
    for name, value in ast.iter_fields(node):
        if name in _SKIPPED_FIELDS:
            continue
        if isinstance(value, ast.AST):
            if not isinstance(value, _SKIPPED_NODES):
                yield value, lambda other, name=name: setattr(node, name, other)  # type: ignore[misc]
        elif isinstance(value, list):
            for number, child in enumerate(value):
                if isinstance(child, ast.AST) and not isinstance(child, _SKIPPED_NODES) and not _is_skipped(node, child):
                    yield child, lambda other, value=value, number=number: value.__setitem__(number, other)  # type: ignore[misc]


def _is_skipped(parent: ast.AST, node: ast.AST) -> bool:
    """Return whether a child is a docstring, the literal text of an f-string, or the name of a type variable."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "TypeVar":
        return True
    return isinstance(parent, ast.JoinedStr) and isinstance(node, ast.Constant)


def _list_replacements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield replacements for a node."""
    match node:
        case ast.Compare():
            for number, operator in enumerate(node.ops):
                operators = [*node.ops[:number], _COMPARISONS[type(operator)](), *node.ops[number + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _OPERATORS:
            yield ast.BinOp(node.left, _OPERATORS[type(node.op)](), node.right)
        case ast.Constant():
            yield from (ast.Constant(value) for value in _change_constant(node.value))
        case _:
            yield from _negate(node)
            yield from _replace_statement(node)


def _negate(node: ast.AST) -> Iterator[ast.AST]:
    """Yield conditionals with their conditions negated; a comparison is changed by its operator instead."""
    match node:
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.If(test=ast.Name() | ast.Call() | ast.Attribute()):
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.comprehension(ifs=[ast.Name() | ast.Call() | ast.Attribute() as test]):
            yield ast.comprehension(node.target, node.iter, [ast.UnaryOp(ast.Not(), test)], node.is_async)


def _change_constant(value: object) -> Iterator[str | bool | int]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str) and not _find_sentence(value):
        yield "" if value else "mutant"


def _replace_statement(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield replacements for a statement: nothing, or another jump."""
    match node:
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()


def _find_line(node: ast.AST) -> int:
    """Return the line of a node; a comprehension has none of its own."""
    return next(part.lineno for part in ast.walk(node) if isinstance(part, ast.expr | ast.stmt))


def _describe(node: ast.AST, replacement: ast.AST) -> str:
    if isinstance(node, ast.If) and isinstance(replacement, ast.If):
        node, replacement = node.test, replacement.test
    return f"{_shorten(node)}  ->  {_shorten(replacement)}"


def _shorten(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 70 else text[:69] + "…"
