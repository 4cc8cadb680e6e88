"""Flatten guidegen's templates, and record what a page shows as plain facts.

A flat template has no inheritance, macros, filters or calls: only text, facts, branches and loops. ``dialects.py`` writes it in the
template language of a peer. ``Recorder`` walks it with the view of a page and records every fact that a peer needs to show the
same page. So a redesign of guidegen's templates needs no change here, and a peer still does one step for each fact of a page.

A fact belongs to the page (``p``), to all pages of a language (``c``) or to an item of a list (``p/services``). Names of variables
are such owners too, so that two loops over the same list read the same facts.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import escape

PAGE, SHARED = "p", "c"
HTML_FILTERS = {"isolate", "contents", "safe_html"}
_SHARED_NAMES = {"layout", "language", "say", "phrase", "counted", "icon"}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "gt": lambda left, right: left > right,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
Scope = dict[str, Any]
Evaluate = Callable[[Scope], Any]


@dataclass(frozen=True, eq=False)
class Fact:
    """A value of its owner. ``kind`` says how it is written: ``text``, ``html``, ``attributes``, or ``link`` from the language's folder."""

    owner: str
    name: str
    evaluate: Evaluate
    kind: str = "text"
    condition: Evaluate | None = None
    """The value that conditions test, if it is not the fact itself."""


@dataclass(frozen=True)
class Position:
    """The position in a loop over a list: ``first``, ``last``, ``index``."""

    owner: str
    name: str
    items: Fact


@dataclass(frozen=True)
class Length:
    """The length of a list."""

    items: Fact


@dataclass(frozen=True)
class Joined:
    """The items of a list with a separator between them."""

    items: Fact
    separator: str


@dataclass(frozen=True)
class Test:
    """A condition. ``operator`` is ``and``, ``or``, ``not``, ``eq``, ``ne`` or ``gt``."""

    operator: str
    operands: tuple["Operand", ...]


Operand = Test | Fact | Position | Length | str | int


@dataclass(frozen=True)
class Show:
    """A value that the page shows."""

    value: Fact | Position | Joined


@dataclass(frozen=True)
class Branch:
    """Steps for a condition, and those for its opposite."""

    test: Operand
    then: list["Step"]
    otherwise: list["Step"]


@dataclass(frozen=True)
class Loop:
    """Steps for each item of a list; ``owner`` names the item."""

    items: Fact
    owner: str
    body: list["Step"]


@dataclass(frozen=True)
class Fragment:
    """Steps whose output guidegen caches, for a value that several pages show. ``source`` owns its facts, ``owner`` names it."""

    name: str
    source: str
    owner: str
    body: list["Step"]


Step = str | Show | Branch | Loop | Fragment
FRAGMENT_KEY = "key"
"""The fact of a fragment's value that is the same on all pages where all other facts are."""
RAW_PAGE: list[Step] = [Show(Fact(PAGE, "body", lambda scope: scope["body"], "html"))]
"""The template of a page that is already rendered."""


_RESERVED = {"top", "lang", "body", FRAGMENT_KEY, *dir(dict)}
"""Names that no fact has: those of the facts that ``peers.py`` and fragments add, and the methods of a mapping in Jinja2."""


@dataclass
class _Names:
    """The names of the facts of all templates, so that templates share those of a language."""

    taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def choose(self, owner: str, expression: str, wanted: str) -> str:
        """Return the name of an expression: the wanted one, with a number if another expression of the owner has it."""
        for number in range(2 if wanted in _RESERVED else 1, 100):
            name = wanted if number == 1 else f"{wanted}_{number}"
            if self.taken.setdefault((owner, name), expression) == expression:
                return name
        raise ValueError(f"{owner} has too many facts named {wanted}")


class Flattener:
    """Flatten the templates of an environment."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._names = _Names()
        self._evaluators: dict[str, Evaluate] = {}
        self._lists: dict[str, Fact] = {}
        self._shown: dict[str, tuple[nodes.Expr, str]] = {}

    def flatten(self, name: str) -> list[Step]:
        """Return the steps of a template."""
        taken, self._shown = dict(self._names.taken), {}
        self._expand(name)
        self._names.taken = taken  # the second time it is known which texts are shown, and conditions on them use the same facts
        return _merge_texts(self._expand(name))

    def _expand(self, name: str) -> list[Step]:
        child, base = self._parse(name), None
        for extends in child.find_all(nodes.Extends):
            base = self._parse(extends.template.value)  # type: ignore[attr-defined]  # a constant in all templates
        layers = [child] if base is None else [child, base]
        blocks: dict[str, list[tuple[nodes.Block, _Scope]]] = {}
        for template in layers:
            scope = self._find_macros(template)
            for block in template.find_all(nodes.Block):
                blocks.setdefault(block.name, []).append((block, scope))
        root = layers[-1]
        return _Expansion(self, blocks).expand(root.body, self._find_macros(root))

    def _parse(self, name: str) -> nodes.Template:
        loader = self._environment.loader
        if loader is None:
            raise ValueError("the environment has no templates")
        return self._environment.parse(loader.get_source(self._environment, name)[0], name)

    def _find_macros(self, template: nodes.Template) -> "_Scope":
        """Return what the names of a template stand for: its own macros and those that it imports."""
        scope: _Scope = {"csp": nodes.Const(self._environment.globals["csp"])}
        for imported in template.find_all(nodes.FromImport):
            theirs = self._find_macros(self._parse(imported.template.value))  # type: ignore[attr-defined]  # a constant
            scope |= {entry: theirs[entry] for entry in imported.names if isinstance(entry, str)}
        for module in template.find_all(nodes.Import):
            theirs = self._find_macros(self._parse(module.template.value))  # type: ignore[attr-defined]  # a constant
            scope |= {f"{module.target}.{name}": value for name, value in theirs.items()}
        for macro in template.find_all(nodes.Macro):
            scope[macro.name] = _Macro(macro, scope)
        return scope

    def find_icon(self, name: str) -> str:
        """Return the HTML of an icon, which is the same in all languages."""
        return str(self._environment.globals["icon"](name))  # type: ignore[operator]

    def enter_loop(self, items: Fact) -> str:
        """Return the owner of the facts of a list's items."""
        owner = f"{items.owner}/{items.name}"
        self._lists[owner] = items
        return owner

    def find_position(self, node: nodes.Expr) -> Position | None:
        """Return the position that an expression reads, such as ``loop.first``; None if it is another expression."""
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name.startswith("loop "):
            owner = node.node.name.removeprefix("loop ")
            return Position(owner, node.attr, self._lists[owner])
        return None

    def fact(self, node: nodes.Expr, kind: str = "text") -> Fact:
        """Return the fact of an expression, whose variables are owners."""
        expression = f"{kind} {node!r}"
        names = {name.name for name in node.find_all(nodes.Name)} | ({node.name} if isinstance(node, nodes.Name) else set())
        loops = [name for name in names if "/" in name]
        owner = max(loops, key=len, default=SHARED if names <= _SHARED_NAMES else PAGE)
        if owner.startswith(SHARED) and not names - set(loops) <= _SHARED_NAMES:
            raise ValueError(f"a fact of all pages depends on one page: {node}")
        return Fact(owner, self._names.choose(owner, expression, _suggest_name(node)), self.evaluator(node), kind)

    def shown_fact(self, node: nodes.Expr, inner: nodes.Expr, kind: str) -> Fact:
        """Return the fact that shows an ``inner`` value in some form."""
        self._shown[repr(inner)] = node, kind
        return self.fact(node, kind)

    def condition(self, node: nodes.Expr) -> Fact:
        """Return the fact of a condition: of a value that the template also shows, the fact that shows it."""
        if repr(node) not in self._shown:
            return self.fact(node)
        return replace(self.fact(*self._shown[repr(node)]), condition=self.evaluator(node))

    def evaluator(self, node: nodes.Expr) -> Evaluate:
        """Return the function that evaluates an expression."""
        key = repr(node)
        if key not in self._evaluators:
            self._evaluators[key] = _compile(node)
        return self._evaluators[key]


@dataclass(frozen=True)
class _Macro:
    node: nodes.Macro
    scope: "_Scope"


_Scope = dict[str, Any]
"""The meaning of each name in a template: an expression that uses no such names, or a macro."""


class _Substitution(NodeTransformer):
    """Replace the names of a template by what they stand for."""

    def __init__(self, scope: _Scope) -> None:
        self._scope = scope

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  # Jinja2 calls it by this name
        meaning = self._scope.get(node.name)
        return _copy_tree(meaning) if isinstance(meaning, nodes.Expr) else node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        is_language = isinstance(node.node, nodes.Name) and node.node.name == "page" and node.attr == "language"
        return nodes.Name("language", "load") if is_language else node


class _Expansion:
    """Expand the macros and blocks of one template."""

    def __init__(self, flattener: Flattener, blocks: dict[str, list[tuple[nodes.Block, _Scope]]]) -> None:
        self._flattener = flattener
        self._blocks = blocks

    def expand(self, statements: Iterable[nodes.Node], scope: _Scope) -> list[Step]:
        return [step for statement in statements for step in self._expand_one(statement, scope)]

    def _expand_one(self, node: nodes.Node, scope: _Scope) -> Iterator[Step]:
        if isinstance(node, nodes.Output):
            for value in node.nodes:
                yield from self._show(value, scope)
        elif isinstance(node, nodes.Block):
            yield from self._expand_block(node.name, 0)
        elif isinstance(node, nodes.If):
            otherwise: list[nodes.Node] = node.else_
            if node.elif_:
                first, *rest = node.elif_
                otherwise = [nodes.If(first.test, first.body, rest, node.else_)]
            yield from self._branch(node.test, node.body, otherwise, scope)
        elif isinstance(node, nodes.For):
            yield self._loop(node, scope)
        elif not isinstance(node, (nodes.FromImport, nodes.Import, nodes.Macro, nodes.Extends)):
            raise ValueError(f"cannot flatten {node}")

    def _expand_block(self, name: str, layer: int) -> Iterator[Step]:
        block, scope = self._blocks[name][layer]
        yield from self.expand(block.body, scope | {"super": (name, layer + 1)})

    def _show(self, node: nodes.Expr, scope: _Scope) -> Iterator[Step]:
        if isinstance(node, nodes.TemplateData):
            yield node.data
        elif isinstance(node, nodes.CondExpr):
            yield from self._branch(
                node.test, [nodes.Output([node.expr1])], [nodes.Output([node.expr2])] if node.expr2 else [], scope
            )
        elif isinstance(node, nodes.Concat):
            for part in node.nodes:
                yield from self._show(part, scope)
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            yield from self._show_call(node, node.node.name, scope)
        else:
            yield from self._show_value(self._substitute(node, scope))

    def _show_call(self, node: nodes.Call, name: str, scope: _Scope) -> Iterator[Step]:
        arguments = [self._substitute(argument, scope) for argument in node.args]
        called = scope.get(name)
        if name == "cached_fragment":
            yield self._fragment(node.args, scope)
        elif name == "by_folder":  # peers show it on every page
            macro, *rest = node.args
            name = f"{macro.node.name}.{macro.attr}"  # type: ignore[attr-defined]  # a macro of an imported template
            yield from self._show_call(nodes.Call(macro, rest, [], None, None), name, scope)
        elif name == "super":
            yield from self._expand_block(*scope["super"])
        elif isinstance(called, _Macro):
            parameters = [parameter.name for parameter in called.node.args]
            defaults = dict(zip(reversed(parameters), reversed(called.node.defaults), strict=False))
            given = dict(zip(parameters, arguments, strict=False))
            given |= {pair.key: self._substitute(pair.value, scope) for pair in node.kwargs}
            yield from self.expand(called.node.body, called.scope | defaults | given)
        elif name == "icon" and isinstance(arguments[0], nodes.Const):
            yield self._flattener.find_icon(arguments[0].value)
        else:
            value = self._substitute(node, scope)
            yield Show(self._flattener.fact(value, "html" if name == "icon" else "text"))

    def _fragment(self, arguments: list[nodes.Expr], scope: _Scope) -> Fragment:
        macro, value, page = arguments
        source, name = self._substitute(value, scope), macro.name  # type: ignore[attr-defined]  # a macro and a name
        owner = f"{PAGE}/{name}"  # the same for all lists, so that they share the facts' names
        call = nodes.Call(macro, [nodes.Name(owner, "load"), page], [], None, None)
        return Fragment(name, source.name, owner, list(self._show_call(call, name, scope)))  # type: ignore[attr-defined]  # a name

    def _show_value(self, node: nodes.Expr) -> Iterator[Step]:
        fact = self._flattener.fact
        if isinstance(node, (nodes.CondExpr, nodes.Concat)):
            yield from self._show(node, {})
        elif isinstance(node, nodes.Const):
            yield str(escape(node.value))
        elif position := self._flattener.find_position(node):
            yield Show(position)
        elif not isinstance(node, nodes.Filter) or node.node is None:
            yield Show(fact(node))
        elif node.name == "join":
            yield Show(Joined(fact(node.node), node.args[0].value))  # type: ignore[attr-defined]  # a constant
        elif node.name == "link":
            yield Show(self._flattener.shown_fact(node.node, node.node, "link"))
        elif node.name in HTML_FILTERS:
            yield Show(self._flattener.shown_fact(node, node.node, "html"))
        else:
            yield Show(fact(node, "attributes" if node.name == "marked" else "text"))

    def _branch(self, test: nodes.Node, then: list[nodes.Node], otherwise: list[nodes.Node], scope: _Scope) -> Iterator[Step]:
        test = self._substitute(test, scope)
        value = _fold(test)
        if value is None:
            yield Branch(self._test(test), self.expand(then, scope), self.expand(otherwise, scope))
        else:
            yield from self.expand(then if value else otherwise, scope)

    def _test(self, node: nodes.Expr) -> Operand:
        if isinstance(node, (nodes.And, nodes.Or)):
            return Test("and" if isinstance(node, nodes.And) else "or", (self._test(node.left), self._test(node.right)))
        if isinstance(node, nodes.Not):
            return Test("not", (self._test(node.node),))
        if isinstance(node, nodes.Compare) and len(node.ops) == 1 and node.ops[0].op in ("eq", "ne", "gt"):
            return Test(node.ops[0].op, (self._operand(node.expr), self._operand(node.ops[0].expr)))
        return self._flattener.find_position(node) or self._flattener.condition(node)

    def _operand(self, node: nodes.Expr) -> Operand:
        if isinstance(node, nodes.Const):
            value: str | int = node.value
            return value
        if isinstance(node, nodes.Filter) and node.name == "length" and node.node is not None:
            return Length(self._flattener.fact(node.node))
        return self._flattener.fact(node)

    def _loop(self, node: nodes.For, scope: _Scope) -> Loop:
        if node.else_ or node.recursive:
            raise ValueError(f"cannot flatten {node}")
        items = self._flattener.fact(self._substitute(node.iter, scope))
        owner = self._flattener.enter_loop(items)
        inner = scope | {node.target.name: nodes.Name(owner, "load"), "loop": nodes.Name(f"loop {owner}", "load")}  # type: ignore[attr-defined]
        if node.test is None:
            return Loop(items, owner, self.expand(node.body, inner))
        return Loop(items, owner, list(self._branch(node.test, node.body, [], inner)))

    def _substitute(self, node: nodes.Node, scope: _Scope) -> nodes.Expr:
        result: nodes.Expr = _Substitution(scope).visit(_copy_tree(node))
        return result


def _copy_tree(value: Any) -> Any:
    """Return a copy of an expression, which shares only the environment."""
    if isinstance(value, list):
        return [_copy_tree(entry) for entry in value]
    if not isinstance(value, nodes.Node):
        return value
    result = copy(value)
    for name in value.fields:
        setattr(result, name, _copy_tree(getattr(value, name)))
    return result


def _fold(node: nodes.Expr) -> bool | None:
    """Return the value of a condition on constants, such as the class of a paragraph; None for others."""
    if isinstance(node, nodes.Not):
        value = _fold(node.node)
        return None if value is None else not value
    return bool(node.value) if isinstance(node, nodes.Const) else None


def _merge_texts(steps: list[Step]) -> list[Step]:
    merged: list[Step] = []
    for step in steps:
        if isinstance(step, str) and merged and isinstance(merged[-1], str):
            merged[-1] += step
        elif isinstance(step, Branch):
            merged.append(Branch(step.test, _merge_texts(step.then), _merge_texts(step.otherwise)))
        elif isinstance(step, (Loop, Fragment)):
            merged.append(replace(step, body=_merge_texts(step.body)))
        else:
            merged.append(step)
    return merged


def _suggest_name(node: nodes.Expr) -> str:
    """Return a name for an expression: the fields that it reads, or the text that it translates."""
    words = [word for word in _find_words(node) if word]
    return re.sub(r"[\W_]+", "_", "_".join(words).lower()).strip("_")[:40].strip("_") or "value"


def _find_words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield str(node.value)
    for child in node.iter_child_nodes():
        yield from _find_words(child)
    if isinstance(node, nodes.Getattr):
        yield node.attr
    elif isinstance(node, nodes.Filter) and node.name != "isolate":
        yield node.name
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and not node.args:
        yield node.node.name
    elif isinstance(node, nodes.Slice):
        yield "some"


def _compile(node: nodes.Node) -> Evaluate:
    """Return a function that evaluates an expression with the values of its names."""
    if isinstance(node, nodes.Const):
        constant = node.value
        return lambda _: constant
    if isinstance(node, nodes.Name):
        name = node.name
        return lambda scope: scope[name]
    if isinstance(node, nodes.Getattr):
        value, attribute = _compile(node.node), node.attr
        return lambda scope: getattr(value(scope), attribute)
    if isinstance(node, nodes.Getitem):
        value, key = _compile(node.node), _compile(node.arg)
        return lambda scope: value(scope)[key(scope)]
    if isinstance(node, nodes.Slice):
        start, stop = (_compile(bound or nodes.Const(None)) for bound in (node.start, node.stop))
        return lambda scope: slice(start(scope), stop(scope))
    if isinstance(node, (nodes.Tuple, nodes.List)):
        items = [_compile(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]
    if isinstance(node, nodes.Concat):
        parts = [_compile(part) for part in node.nodes]
        return lambda scope: "".join(str(part(scope)) for part in parts)
    return _compile_operation(node)


def _compile_operation(node: nodes.Node) -> Evaluate:
    if isinstance(node, (nodes.Filter, nodes.Call)):
        arguments = [_compile(argument) for argument in node.args]
        keywords = {str(pair.key): _compile(pair.value) for pair in node.kwargs if isinstance(pair, nodes.Keyword)}
        if isinstance(node, nodes.Filter) and node.node is not None:
            arguments, name = [_compile(node.node), *arguments], node.name
            function: Evaluate = lambda scope: scope["filters"][name]  # noqa: E731
        else:
            function = _compile(node.node)  # type: ignore[arg-type]  # a call
        return lambda scope: function(scope)(
            *(argument(scope) for argument in arguments), **{key: value(scope) for key, value in keywords.items()}
        )
    if isinstance(node, nodes.CondExpr):
        test, first, second = _compile(node.test), _compile(node.expr1), _compile(node.expr2 or nodes.Const(""))
        return lambda scope: first(scope) if test(scope) else second(scope)
    if isinstance(node, (nodes.And, nodes.Or, nodes.Add, nodes.Sub, nodes.Mul)):
        left, right = _compile(node.left), _compile(node.right)
        return {
            nodes.And: lambda scope: left(scope) and right(scope),
            nodes.Or: lambda scope: left(scope) or right(scope),
            nodes.Add: lambda scope: left(scope) + right(scope),
            nodes.Sub: lambda scope: left(scope) - right(scope),
            nodes.Mul: lambda scope: left(scope) * right(scope),
        }[type(node)]
    if isinstance(node, (nodes.Not, nodes.Neg)):
        value = _compile(node.node)
        return (lambda scope: not value(scope)) if isinstance(node, nodes.Not) else (lambda scope: -value(scope))
    if isinstance(node, nodes.Compare) and len(node.ops) == 1:
        left, right, compare = _compile(node.expr), _compile(node.ops[0].expr), _COMPARISONS[node.ops[0].op]
        return lambda scope: compare(left(scope), right(scope))
    raise ValueError(f"cannot evaluate {node}")


Facts = dict[str, Any]


@dataclass(frozen=True)
class Recorder:
    """Records the facts that pages show. ``link`` writes a link from the folder of the language."""

    link: Callable[[str], str]

    def record(self, steps: list[Step], scope: Scope, facts: dict[str, Facts]) -> None:
        """Record what a page shows into the facts of their owners. ``scope`` has the values of all names.

        What a condition hides is not recorded, nor is a condition that is false: peers take what is missing for false.
        """
        for step in steps:
            if isinstance(step, Show):
                self._record_value(step.value, scope, facts)
            elif isinstance(step, Branch):
                self.record(step.then if self._record_test(step.test, scope, facts) else step.otherwise, scope, facts)
            elif isinstance(step, Fragment):
                shown = facts[step.source]
                self.record(step.body, scope | {step.owner: scope[step.source]}, facts | {step.owner: shown})
                shown[FRAGMENT_KEY] = blake2b(json.dumps(shown).encode(), digest_size=8).hexdigest()
            elif isinstance(step, Loop):
                values = step.items.evaluate(scope)
                items = _record_list(step.items, values, facts)
                for number, (value, item) in enumerate(zip(values, items, strict=True)):
                    inner = scope | {step.owner: value, f"loop {step.owner}": (number, len(items))}
                    self.record(step.body, inner, facts | {step.owner: item})

    def _record_value(self, operand: Operand | Joined, scope: Scope, facts: dict[str, Facts]) -> Any:
        """Record a value as peers show or compare it, and return it."""
        if isinstance(operand, Length):
            return len(_record_list(operand.items, operand.items.evaluate(scope), facts))
        if isinstance(operand, Joined):
            facts[operand.items.owner][operand.items.name] = [str(value) for value in operand.items.evaluate(scope)]
            return None
        if not isinstance(operand, Fact):
            return operand
        owned = facts[operand.owner]
        if not operand.owner.startswith(SHARED) or owned.get(operand.name, True) is True:
            value = operand.evaluate(scope)
            text = self.link(value) if operand.kind == "link" else value
            owned[operand.name] = text if isinstance(text, (int, float)) else str(text)
        return owned[operand.name]

    def _record_test(self, test: Operand, scope: Scope, facts: dict[str, Facts]) -> bool:
        if isinstance(test, Position):
            number, count = scope[f"loop {test.owner}"]
            return bool(number == (0 if test.name == "first" else count - 1))
        if isinstance(test, Test):
            if test.operator == "not":
                return not self._record_test(test.operands[0], scope, facts)
            if test.operator in ("and", "or"):
                combine = all if test.operator == "and" else any
                return combine(self._record_test(operand, scope, facts) for operand in test.operands)
            left, right = (self._record_value(operand, scope, facts) for operand in test.operands)
            return bool(_COMPARISONS[test.operator](left, right))
        if not isinstance(test, Fact):
            raise TypeError(f"{test} is not a condition")
        value = (test.condition or test.evaluate)(scope)
        if isinstance(value, (list, tuple)):
            _record_list(test, value, facts)
        elif value and test.condition:
            self._record_value(test, scope, facts)
        elif value:
            facts[test.owner].setdefault(test.name, True)
        return bool(value)


def _record_list(fact: Fact, values: Any, facts: dict[str, Facts]) -> list[Facts]:
    """Return the facts of the items of a list, which an earlier step may have begun. An empty list is true in JavaScript: leave it out."""
    items: list[Facts] = facts[fact.owner].setdefault(fact.name, [{} for _ in values]) if values else []
    return items
