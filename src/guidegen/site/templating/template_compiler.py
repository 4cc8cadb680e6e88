"""Templates that are compiled once for each language: what is the same on all its pages is worked out then, not on each page.

Authors write ordinary Jinja2. Before a template is compiled, words of the interface become text, menus are unrolled and known
conditions decided; the code that Jinja2 writes looks attributes up directly and escapes only what needs it. The render without
all this is what it is held to: the same bytes (``tests/site/templating/test_template_compiler.py``).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Impossible
from jinja2.runtime import Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

PURE = frozenset({"isolate", "contents", "marked", "safe_html"})
"""Filters whose result depends on their argument and the language alone."""
CALLED = frozenset({"say", "icon"})
"""Functions of which the same is true."""
safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""``Markup`` of a text that is escaped already; quicker than ``Markup`` itself, which looks whether it is a text at all."""
_NOTHING = object()
_UNSAFE = re.compile("[&<>\"']").search


def escaped(value: object) -> str:
    """As ``markupsafe.escape``, but a text that needs nothing is returned as it is."""
    if type(value) is str and not _UNSAFE(value):
        return value
    return value if type(value) is Markup else str(escape(value))


def direct(environment: Environment, function: Any, name: str, arguments: tuple[str, ...], *more: bool) -> Any:
    """A macro as the function that Jinja2 wrote for it, which is called without a detour.

    A macro that takes what it does not name, or is called with a block, or whose arguments its own blocks see, stays as it is.
    """
    code = function.__code__
    if any(more[:3]) or code.co_cellvars:
        return Macro(environment, function, name, list(arguments), *more)
    function.__code__ = code.replace(co_varnames=(*arguments, *code.co_varnames[len(arguments) :]))
    function.__defaults__ = (missing,) * len(arguments)
    return function


class FastCodeGenerator(CodeGenerator):
    """Writes ``a.b`` for ``a.b``, calls functions and macros without a detour, and escapes with ``escaped``."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escaped, Macro, Markup = environment.escaped, environment.direct, environment.safe")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped:  # a macro: what it shows is escaped
            self.writeline(f"return Markup(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:  # macros that are the same on every page
            self.write("environment.made(")
            self.visit(node.template, frame)
            self.write(f", {self.name!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        is_plain = isinstance(node.node, nodes.Name) and not (forward_caller or node.dyn_args or node.dyn_kwargs)
        if not is_plain or hasattr(self.environment.globals.get(node.node.name), "jinja_pass_arg"):  # type: ignore[attr-defined]
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")


class FastEnvironment(Environment):
    """An environment whose templates are quick, and the same code for all languages."""

    code_generator_class = FastCodeGenerator
    escaped = staticmethod(escaped)
    direct = staticmethod(direct)
    safe = staticmethod(safe)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made: dict[tuple[str, str], TemplateModule] = {}

    def made(self, name: str, parent: str) -> TemplateModule:
        """What a template exports, made once."""
        if (name, parent) not in self._made:
            self._made[name, parent] = self.get_template(name, parent).module
        return self._made[name, parent]


class LanguageEnvironment(FastEnvironment):
    """An environment of one language. ``known`` are the values that all its pages share, by the names templates have for them."""

    known: Mapping[str, Any]

    def __init__(self, known: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        own = {one.name for one in parsed.find_all(nodes.Name) if one.ctx != "load"}
        taken = own | {macro.name for macro in parsed.find_all(nodes.Macro)}
        folded = _ConstantFolder(
            self, {path: value for path, value in self.known.items() if path.split(".")[0] not in taken}, taken
        )
        made: nodes.Template = folded.visit(parsed)
        return made


class _ConstantFolder(NodeTransformer):
    """Puts what is known in place of what asks for it. ``known`` are values by dotted path, such as ``page.language``."""

    def __init__(self, environment: Environment, known: Mapping[str, Any], taken: set[str]) -> None:
        self._environment = environment
        self._known = dict(known)
        self._taken = taken

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        return self._constant(node) if node.ctx == "load" else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        return self._constant(node) or self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        value = self._value(node.node) if node.node else _NOTHING
        if value is not _NOTHING and node.name in PURE and not node.args:
            return _const(self._environment.filters[node.name](value), node)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if isinstance(node.node, nodes.Name) and node.node.name in CALLED - self._taken and len(node.args) == 1:
            argument = node.args[0]
            if isinstance(argument, nodes.Const):
                called: Any = self._environment.globals[node.node.name]
                return _const(called(argument.value), node)
        for field in ("args", "kwargs"):
            setattr(node, field, [self.visit(one) for one in getattr(node, field)])
        return node

    def visit_If(self, node: nodes.If) -> Any:
        node.test = self.visit(node.test)
        decided = self._decided(node.test)
        if decided is None or node.elif_:
            return self.generic_visit(node)
        return list(self._visited(node.body if decided else node.else_))

    def visit_CondExpr(self, node: nodes.CondExpr) -> Any:
        node.test = self.visit(node.test)
        decided = self._decided(node.test)
        if decided is None:
            return self.generic_visit(node)
        chosen = node.expr1 if decided else node.expr2
        return self.visit(chosen) if chosen is not None else _const("", node)

    def visit_For(self, node: nodes.For) -> Any:
        values = self._value(node.iter)
        if values is _NOTHING or not self._can_unroll(node):
            return self.generic_visit(node)
        name, unrolled = node.target.name, []  # type: ignore[attr-defined]  # _can_unroll has seen to it
        for value in values:
            before, self._known = self._known, {**self._known, name: value}
            unrolled += list(self._visited(_copies(node.body)))
            self._known = before
        return unrolled

    def _visited(self, body: list[nodes.Node]) -> Iterator[nodes.Node]:
        for one in body:
            made = self.visit(one)
            yield from made if isinstance(made, list) else (made,)

    def _can_unroll(self, node: nodes.For) -> bool:
        if not isinstance(node.target, nodes.Name) or node.test or node.else_ or node.recursive:
            return False
        inner: Any = (nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.Macro, nodes.CallBlock)
        return not any(one.find(inner) or any(name.name == "loop" for name in one.find_all(nodes.Name)) for one in node.body)

    def _decided(self, test: Any) -> bool | None:
        value = self._value(test)
        if value is not _NOTHING:
            return bool(value)
        try:
            return bool(test.as_const())
        except Impossible:
            return None

    def _value(self, node: nodes.Node) -> Any:
        """What an expression stands for, if that is known."""
        path = _path(node)
        if not path:
            return _NOTHING
        for end in range(len(path), 0, -1):
            value = self._known.get(".".join(path[:end]), _NOTHING)
            if value is not _NOTHING:
                for name in path[end:]:
                    value = getattr(value, name, _NOTHING)
                return value
        return _NOTHING

    def _constant(self, node: nodes.Expr) -> Any:
        value = self._value(node)
        return _const(value, node) if isinstance(value, (str, bool, int)) else None if isinstance(node, nodes.Getattr) else node


def _path(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        path = _path(node.node)
        return [*path, node.attr] if path else []
    return []


def _const(value: object, node: nodes.Node) -> nodes.Expr:
    if isinstance(value, Markup):
        return nodes.MarkSafe(nodes.Const(str(value)), lineno=node.lineno)
    return nodes.Const(value, lineno=node.lineno)


def _copies(body: list[nodes.Node]) -> list[nodes.Node]:
    return [_copy(one) for one in body]


def _copy(value: Any) -> Any:
    """A node with copies of all below it."""
    if isinstance(value, list):
        return [_copy(one) for one in value]
    if not isinstance(value, nodes.Node):
        return value
    made = object.__new__(type(value))
    for name in (*value.fields, *value.attributes):
        if hasattr(value, name):
            setattr(made, name, _copy(getattr(value, name)) if name != "environment" else getattr(value, name))
    return made
