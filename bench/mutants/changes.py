"""Small changes of a module, each of which a test should notice: signs turned round, constants moved, statements left out.

Sentences for people, annotations, decorators and what a docstring says stay as they are.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
_LEFT_ALONE = (ast.Assert, ast.Import, ast.ImportFrom)
_FIELDS_LEFT_ALONE = ("annotation", "returns", "decorator_list", "format_spec")
_IS_SENTENCE = re.compile(r"[A-Za-z,.:;'] +[A-Za-z{]").search


@dataclass(frozen=True)
class Change:
    """What is changed in which line; ``make`` does it, in the tree that it was found in."""

    line: int
    said: str
    make: Callable[[], None]


def changes(tree: ast.AST, names: tuple[str, ...] = ()) -> Iterator[Change]:
    """Every change of a module, in the order of its lines; of the functions called ``names`` alone, where there are some."""
    if names:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name in names:
                yield from changes(node)
        return
    for node, put in _parts(tree):
        for other in _others(node):
            yield Change(_line(node), _said(node, other), lambda put=put, other=other: put(other))  # type: ignore[misc]
        yield from changes(node)


def _parts(node: ast.AST) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """The nodes right below one, each with what puts another in its place."""
    for name, value in ast.iter_fields(node):
        if name in _FIELDS_LEFT_ALONE:
            continue
        if isinstance(value, ast.AST):
            if not isinstance(value, _LEFT_ALONE):
                yield value, lambda other, name=name: setattr(node, name, other)  # type: ignore[misc]
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, ast.AST) and not isinstance(one, _LEFT_ALONE) and not _is_left_alone(node, one):
                    yield one, lambda other, value=value, number=number: value.__setitem__(number, other)  # type: ignore[misc]


def _is_left_alone(around: ast.AST, node: ast.AST) -> bool:
    """Docstrings, the texts between the braces of an f-string, and the names of type variables."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(around, ast.Call) and isinstance(around.func, ast.Name) and around.func.id == "TypeVar":
        return True
    return isinstance(around, ast.JoinedStr) and isinstance(node, ast.Constant)


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare():
            for number, sign in enumerate(node.ops):
                signs = [*node.ops[:number], _COMPARED[type(sign)](), *node.ops[number + 1 :]]
                yield ast.Compare(node.left, signs, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _COMPUTED:
            yield ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)
        case ast.Constant():
            yield from (ast.Constant(value) for value in _constants(node.value))
        case _:
            yield from _turned(node)
            yield from _statements(node)


def _turned(node: ast.AST) -> Iterator[ast.AST]:
    """A choice, with its condition turned round; where that is a comparison, its sign is changed anyway."""
    match node:
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.If(test=ast.Name() | ast.Call() | ast.Attribute()):
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.comprehension(ifs=[ast.Name() | ast.Call() | ast.Attribute() as test]):
            yield ast.comprehension(node.target, node.iter, [ast.UnaryOp(ast.Not(), test)], node.is_async)


def _constants(value: object) -> Iterator[str | bool | int]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str) and not _IS_SENTENCE(value):
        yield "" if value else "mutant"


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Nothing in the place of a statement, or one that goes elsewhere."""
    match node:
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()


def _line(node: ast.AST) -> int:
    """Where a node stands; a part of a comprehension has no line of its own."""
    return next(one.lineno for one in ast.walk(node) if isinstance(one, ast.expr | ast.stmt))


def _said(node: ast.AST, other: ast.AST) -> str:
    if isinstance(node, ast.If) and isinstance(other, ast.If):
        node, other = node.test, other.test
    return f"{_short(node)}  ->  {_short(other)}"


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 70 else text[:69] + "…"
