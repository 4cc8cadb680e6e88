"""A compiler of templates for fast rendering.

Authors write ordinary Jinja2. The generated code looks attributes up directly and escapes only text that needs it. The output
must be the same, byte for byte, as that of plain Jinja2 (``tests/site/templating/test_template_compiler.py``).
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A constructor of ``Markup`` from escaped text. It is faster than ``Markup``, which first checks the type of its argument."""
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
