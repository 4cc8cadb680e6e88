"""Write flat templates in the template languages of the peers: Go's html/template for Hugo, and Jinja2 and Nunjucks for the others."""

import json
from typing import Protocol

from bench.build.flat import FRAGMENT_KEY, PAGE, Branch, Fact, Fragment, Joined, Length, Loop, Operand, Position, Show, Step, Test

TOP = f"{PAGE}.top"
"""The relative URL from a page to the folder of its language, from which all links are written."""


class Dialect(Protocol):
    """A template language."""

    def write(self, name: str, steps: list[Step]) -> dict[str, str]:
        """Return the files of a template by name."""


def _name(owner: str) -> str:
    return owner.replace("/", "_")


class GoTemplate:
    """The templates of Hugo. ``start`` sets ``$p`` and ``$c``, the facts of the page and of its language.

    A fragment that guidegen caches is a partial template, which Hugo caches.
    """

    def __init__(self, start: str) -> None:
        self._start = start

    def write(self, name: str, steps: list[Step]) -> dict[str, str]:
        partials: dict[str, str] = {}
        return {f"guide/{name}": self._start + self._write_steps(steps, [""], partials)} | partials

    def _write_steps(self, steps: list[Step], before: list[str], partials: dict[str, str]) -> str:
        """Return the steps; ``before`` holds the text before them, which says where in the HTML they are."""
        written = []
        for step in steps:
            if isinstance(step, str):
                before[0] = (before[0] + step)[-400:]
                written.append(step)
            elif isinstance(step, Show):
                written.append(self._write_value(step.value, before[0]))
                before[0] += "…"
            elif isinstance(step, Branch):
                otherwise = "{{ else }}" + self._write_steps(step.otherwise, [before[0]], partials) if step.otherwise else ""
                written.append(
                    f"{{{{ if {self._operand(step.test)} }}}}{self._write_steps(step.then, before, partials)}{otherwise}{{{{ end }}}}"
                )
            elif isinstance(step, Fragment):
                start = f"{{{{- $p := .p -}}}}{{{{- $c := .c -}}}}{{{{- ${_name(step.owner)} := .value -}}}}"
                partials[f"_partials/{step.name}"] = start + self._write_steps(step.body, [""], partials)
                value = f"${_name(step.source)}"
                context, key = f'(dict "p" $p "c" $c "value" {value})', f"{value}.{FRAGMENT_KEY} $p.top $p.lang"
                written.append(f'{{{{ partialCached "{step.name}.html" {context} {key} }}}}')
            else:
                body, owner = self._write_steps(step.body, before, partials), _name(step.owner)
                index = f"$at_{owner}, " if f"$at_{owner}" in body else ""
                written.append(f"{{{{ range {index}${owner} := {self._fact(step.items)} }}}}{body}{{{{ end }}}}")
        return "".join(written)

    def _write_value(self, value: Fact | Position | Joined, before: str) -> str:
        if isinstance(value, Position):
            return f"{{{{ add $at_{_name(value.owner)} 1 }}}}"
        if isinstance(value, Joined):
            return f"{{{{ delimit {self._fact(value.items)} {json.dumps(value.separator, ensure_ascii=False)} }}}}"
        if value.kind == "link":
            return f"{{{{ ${TOP} }}}}{{{{ {self._fact(value)} }}}}"
        filters = {"attributes": " | safeHTMLAttr", "text": " | safeURL" if before.endswith('href="') else ""}
        in_script = before.rfind("<script") > before.rfind("</script")
        return f"{{{{ {self._fact(value)}{filters.get(value.kind, ' | safeJS' if in_script else ' | safeHTML')} }}}}"

    def _operand(self, operand: Operand) -> str:
        if isinstance(operand, Test):
            return f"{operand.operator} {' '.join(self._nested(entry) for entry in operand.operands)}"
        if isinstance(operand, Fact):
            return self._fact(operand)
        if isinstance(operand, Length):
            return f"len (or {self._fact(operand.items)} slice)"  # an empty list is missing
        if isinstance(operand, Position):
            at = f"$at_{_name(operand.owner)}"
            return f"eq {at} 0" if operand.name == "first" else f"eq (add {at} 1) (len {self._fact(operand.items)})"
        return json.dumps(operand, ensure_ascii=False)

    def _nested(self, operand: Operand) -> str:
        written = self._operand(operand)
        return f"({written})" if " " in written and not isinstance(operand, (str, int)) else written

    def _fact(self, fact: Fact) -> str:
        return f"${_name(fact.owner)}.{fact.name}"


_OPERATORS = {"eq": "==", "ne": "!=", "gt": ">"}


class JinjaTemplate:
    """The templates of MkDocs, Pelican and Eleventy. ``start`` sets ``p`` and ``c``, the facts of the page and of its language."""

    def __init__(self, start: str) -> None:
        self._start = start

    def write(self, name: str, steps: list[Step]) -> dict[str, str]:
        return {name: self._start + self._write_steps(steps)}

    def _write_steps(self, steps: list[Step]) -> str:
        return "".join(step if isinstance(step, str) else self._write_step(step) for step in steps)

    def _write_step(self, step: Show | Branch | Loop | Fragment) -> str:
        if isinstance(step, Show):
            return self._write_value(step.value)
        if isinstance(step, Branch):
            otherwise = "{% else %}" + self._write_steps(step.otherwise) if step.otherwise else ""
            return f"{{% if {self._operand(step.test)} %}}{self._write_steps(step.then)}{otherwise}{{% endif %}}"
        if isinstance(step, Fragment):
            return f"{{% set {_name(step.owner)} = {_name(step.source)} %}}{self._write_steps(step.body)}"
        return f"{{% for {_name(step.owner)} in {self._fact(step.items)} %}}{self._write_steps(step.body)}{{% endfor %}}"

    def _write_value(self, value: Fact | Position | Joined) -> str:
        if isinstance(value, Position):
            return f"{{{{ loop.{value.name} }}}}"
        if isinstance(value, Joined):
            return f"{{{{ {self._fact(value.items)} | join({json.dumps(value.separator, ensure_ascii=False)}) }}}}"
        if value.kind == "link":
            return f"{{{{ {TOP} }}}}{{{{ {self._fact(value)} }}}}"
        return f"{{{{ {self._fact(value)}{' | safe' if value.kind != 'text' else ''} }}}}"

    def _operand(self, operand: Operand) -> str:
        if isinstance(operand, Test):
            operands = [self._nested(entry) for entry in operand.operands]
            operator = _OPERATORS.get(operand.operator, operand.operator)
            return f"not {operands[0]}" if operator == "not" else f" {operator} ".join(operands)
        if isinstance(operand, Fact):
            return self._fact(operand)
        if isinstance(operand, Length):
            return f"{self._fact(operand.items)} | length"
        return f"loop.{operand.name}" if isinstance(operand, Position) else json.dumps(operand, ensure_ascii=False)

    def _nested(self, operand: Operand) -> str:
        written = self._operand(operand)
        return f"({written})" if isinstance(operand, (Test, Length)) else written

    def _fact(self, fact: Fact) -> str:
        return f"{_name(fact.owner)}.{fact.name}"
