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
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A constructor of ``Markup`` from escaped text. It is faster than ``Markup``, which first checks the type of its argument."""
_find_unsafe = re.compile("[&<>\"']").search
_SAFE_FILTERS = frozenset({"isolate", "contents", "marked", "safe_html"})
"""The filters that return ``Markup``, so their output is never escaped again."""


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


class InterfaceWords(dict[str, str]):
    """The translated messages of a language by message, escaped when they are first needed."""

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say

    def __missing__(self, message: str) -> str:
        text = self[message] = escape_text(self._say(message))
        return text


class FastCodeGenerator(CodeGenerator):
    """A code generator that uses plain attribute access, plain calls and ``escape_text``, instead of Jinja2's wrappers.

    An output of ``say("...")`` is looked up in ``environment.words``.
    """

    _word: nodes.Expr | None = None
    """The output that is looked up in the words."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape_text, Macro, Markup = environment.escape_text, environment.unwrap_macro, environment.safe")
        self.writeline("words = environment.words")

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
        elif _is_word(node, frame):
            self._word = node
            self.write("words[")
        else:
            self.write("(" if isinstance(node, nodes.Filter) and node.name in _SAFE_FILTERS else "escape_text(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if node is self._word:
            self.write("]")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node is self._word:
            self.visit(node.args[0], frame)
            return
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


def _is_word(node: nodes.Expr, frame: Frame) -> bool:
    """Return whether an expression is the translation of a constant message: the global function ``say``, and not a variable."""
    if not (isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "say"):
        return False
    load = frame.symbols.find_load(frame.symbols.ref("say"))
    is_global = load is not None and load[0] == VAR_LOAD_RESOLVE and "say" not in frame.symbols.dump_stores()
    return is_global and len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and not (node.kwargs or node.dyn_args)


class FastEnvironment(Environment):
    """An environment with faster templates. Their code is the same for all languages."""

    code_generator_class = FastCodeGenerator
    escape_text = staticmethod(escape_text)
    unwrap_macro = staticmethod(unwrap_macro)
    safe = staticmethod(safe)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.words = InterfaceWords(str)  # English until there is a language
        self._modules: dict[tuple[str, str], TemplateModule] = {}

    def get_module(self, name: str, parent: str) -> TemplateModule:
        """Return the module of a template, which holds its macros. It is created once."""
        if (name, parent) not in self._modules:
            self._modules[name, parent] = self.get_template(name, parent).module
        return self._modules[name, parent]
