"""A compiler that specializes templates for one language, so that everything its pages share is computed once.

Authors write ordinary Jinja2. Before a template is compiled, messages become text, loops over constants are unrolled and
constant conditions are decided. The generated code looks attributes up directly and escapes only text that needs it. The
output must be the same, byte for byte, as that of plain Jinja2 (``tests/site/templating/test_template_compiler.py``).
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
"""Filters whose result depends only on their argument and the language."""
CALLED = frozenset({"say", "icon"})
"""Functions whose result depends only on their argument and the language."""
safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A constructor of ``Markup`` from escaped text. It is faster than ``Markup``, which first checks the type of its argument."""
_UNKNOWN = object()
_find_unsafe = re.compile("[&<>\"']").search


def escape_text(value: object) -> str:
    """Return the same text as ``markupsafe.escape``, but return the value itself if nothing in it needs escaping."""
    if type(value) is str and not _find_unsafe(value):
        return value
    return value if type(value) is Markup else str(escape(value))


def unwrap_macro(environment: Environment, function: Any, name: str, arguments: tuple[str, ...], *flags: bool) -> Any:
    """Return a macro as the function that Jinja2 generated for it, which is faster to call than a ``Macro``.

    ``flags`` are the last arguments of ``Macro``. The result is still a ``Macro`` if the macro uses ``kwargs``, ``varargs`` or
    ``caller``, or if an inner block uses its arguments.
    """
    code = function.__code__
    if any(flags[:3]) or code.co_cellvars:
        return Macro(environment, function, name, list(arguments), *flags)
    function.__code__ = code.replace(co_varnames=(*arguments, *code.co_varnames[len(arguments) :]))
    function.__defaults__ = (missing,) * len(arguments)
    return function


class FastCodeGenerator(CodeGenerator):
    """A code generator that uses plain attribute access, plain calls and ``escape_text``, instead of Jinja2's wrappers."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape_text, Macro, Markup = environment.escape_text, environment.unwrap_macro, environment.safe")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        if force_unescaped:  # a macro, whose output is escaped already
            self.writeline(f"return Markup(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:  # without context, the imported macros are the same on every page
            self.write("environment.get_module(")
            self.visit(node.template, frame)
            self.write(f", {self.name!r})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escape_text(")

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
    """An environment with faster templates. Their code is the same for all languages."""

    code_generator_class = FastCodeGenerator
    escape_text = staticmethod(escape_text)
    unwrap_macro = staticmethod(unwrap_macro)
    safe = staticmethod(safe)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._modules: dict[tuple[str, str], TemplateModule] = {}

    def get_module(self, name: str, parent: str) -> TemplateModule:
        """Return the module of a template, which holds its macros. It is created once."""
        if (name, parent) not in self._modules:
            self._modules[name, parent] = self.get_template(name, parent).module
        return self._modules[name, parent]


class LanguageEnvironment(FastEnvironment):
    """An environment of one language. ``known`` are the constants of its templates, by dotted path such as ``page.language``."""

    known: Mapping[str, Any]

    def __init__(self, known: Mapping[str, Any], **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        assigned = {node.name for node in template.find_all(nodes.Name) if node.ctx != "load"}
        shadowed = assigned | {macro.name for macro in template.find_all(nodes.Macro)}
        constants = {path: value for path, value in self.known.items() if path.split(".")[0] not in shadowed}
        folded: nodes.Template = _ConstantFolder(self, constants, shadowed).visit(template)
        return folded


class _ConstantFolder(NodeTransformer):
    """A transformer that replaces expressions by their constant values, and unrolls loops over constants.

    ``shadowed`` are the names that the template itself assigns.
    """

    def __init__(self, environment: Environment, constants: Mapping[str, Any], shadowed: set[str]) -> None:
        self._environment = environment
        self._constants = dict(constants)
        self._shadowed = shadowed

    def visit_Name(self, node: nodes.Name) -> nodes.Node:
        return self._fold(node) if node.ctx == "load" else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        return self._fold(node) or self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        value = self._evaluate(node.node) if node.node else _UNKNOWN
        if value is not _UNKNOWN and node.name in PURE and not node.args:
            return _to_node(self._environment.filters[node.name](value), node)
        return self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        if isinstance(node.node, nodes.Name) and node.node.name in CALLED - self._shadowed and len(node.args) == 1:
            argument = node.args[0]
            if isinstance(argument, nodes.Const):
                function: Any = self._environment.globals[node.node.name]
                return _to_node(function(argument.value), node)
        for field in ("args", "kwargs"):
            setattr(node, field, [self.visit(argument) for argument in getattr(node, field)])
        return node

    def visit_If(self, node: nodes.If) -> Any:
        node.test = self.visit(node.test)
        outcome = self._decide(node.test)
        if outcome is None or node.elif_:
            return self.generic_visit(node)
        return list(self._visit_all(node.body if outcome else node.else_))

    def visit_CondExpr(self, node: nodes.CondExpr) -> Any:
        node.test = self.visit(node.test)
        outcome = self._decide(node.test)
        if outcome is None:
            return self.generic_visit(node)
        branch = node.expr1 if outcome else node.expr2
        return self.visit(branch) if branch is not None else _to_node("", node)

    def visit_For(self, node: nodes.For) -> Any:
        values = self._evaluate(node.iter)
        if values is _UNKNOWN or not self._can_unroll(node):
            return self.generic_visit(node)
        name, unrolled = node.target.name, []  # type: ignore[attr-defined]  # _can_unroll checks that it is a Name
        for value in values:
            outer, self._constants = self._constants, {**self._constants, name: value}
            unrolled += list(self._visit_all(_copy(node.body)))
            self._constants = outer
        return unrolled

    def _visit_all(self, body: list[nodes.Node]) -> Iterator[nodes.Node]:
        for node in body:
            result = self.visit(node)
            yield from result if isinstance(result, list) else (result,)

    def _can_unroll(self, node: nodes.For) -> bool:
        if not isinstance(node.target, nodes.Name) or node.test or node.else_ or node.recursive:
            return False
        scoped: Any = (nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.Macro, nodes.CallBlock)
        return not any(
            child.find(scoped) or any(name.name == "loop" for name in child.find_all(nodes.Name)) for child in node.body
        )

    def _decide(self, test: Any) -> bool | None:
        """Return the outcome of a condition; None if it is not constant."""
        value = self._evaluate(test)
        if value is not _UNKNOWN:
            return bool(value)
        try:
            return bool(test.as_const())
        except Impossible:
            return None

    def _evaluate(self, node: nodes.Node) -> Any:
        """Return the value of a name or an attribute; ``_UNKNOWN`` if it is not constant."""
        path = _find_path(node)
        for end in range(len(path), 0, -1):
            value = self._constants.get(".".join(path[:end]), _UNKNOWN)
            if value is not _UNKNOWN:
                for name in path[end:]:
                    value = getattr(value, name, _UNKNOWN)
                return value
        return _UNKNOWN

    def _fold(self, node: nodes.Expr) -> Any:
        """Return the constant for an expression; else a name itself, and None for an attribute."""
        value = self._evaluate(node)
        if isinstance(value, (str, bool, int)):
            return _to_node(value, node)
        return None if isinstance(node, nodes.Getattr) else node


def _find_path(node: nodes.Node) -> list[str]:
    """Return the dotted path of a name or an attribute, as its parts; empty for any other expression."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        path = _find_path(node.node)
        return [*path, node.attr] if path else []
    return []


def _to_node(value: object, node: nodes.Node) -> nodes.Expr:
    if isinstance(value, Markup):
        return nodes.MarkSafe(nodes.Const(str(value)), lineno=node.lineno)
    return nodes.Const(value, lineno=node.lineno)


def _copy(value: Any) -> Any:
    """Return a deep copy of a node or a list of nodes; the environment is shared."""
    if isinstance(value, list):
        return [_copy(child) for child in value]
    if not isinstance(value, nodes.Node):
        return value
    copy = object.__new__(type(value))
    for name in (*value.fields, *value.attributes):
        if hasattr(value, name):
            setattr(copy, name, _copy(getattr(value, name)) if name != "environment" else getattr(value, name))
    return copy
