"""Prices of a source."""

import re
from collections.abc import Iterator

from guidegen.content.fields import intended
from guidegen.content.fields.service_fields import COST
from guidegen.editing.imports.profile_tree import Tree, parse_yaml
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.source import SourceRecord
from guidegen.patterns import compile_lazily

_FREE_FOR = compile_lazily(r"free (?:to|for) (?P<who>(?!now\b)[^0-9;:$€£]+?)[.]?", re.IGNORECASE)


def convert_costs(service: SourceRecord, rules: Rules) -> Iterator[Tree]:
    """Yield the prices of a service. A text that is no price stays as a note."""
    for value in service.find_all("cost"):
        cost = _read_cost(value.line, rules.country)
        if cost and not rules.find_fault(COST, cost):
            if "note" in cost and len(cost) == 1:
                value.note("the price stays as text")
            else:
                value.carry()
            yield cost
    yield from filter(None, (_convert_cost_option(part, rules) for part in service.below("cost_option")))


def _convert_cost_option(part: SourceRecord, rules: Rules) -> Tree:
    """Return the price of a record of its own; empty for one that is over."""
    if (last := part.text("valid_to")[:10]) and last < rules.today.isoformat():
        for value in part.list_values():
            value.refuse(f"this price ended on {last}")
        return {}
    cost: Tree = {}
    amount, option = part.text("amount"), _read_cost(part.text("option"), rules.country)
    if re.fullmatch(r"0+(?:\.0+)?", amount):
        cost["free"] = "yes"
        part.take("amount")
        part.take("currency")
    elif amount:
        rules.put(cost, COST, "amount", amount, *part.find_all("amount"))
        rules.put(cost, COST, "currency", part.text("currency").upper(), *part.find_all("currency"))
    elif option and "note" not in option:
        cost = option
        part.take("option")
    for key, name in (("for", "option"), ("note", "amount_description")):
        if (said := part.find(name)) and said.outcome is None:
            rules.put(cost, COST, key, said.line, said)
    return cost


def _read_cost(text: str, country: str) -> Tree:
    """Return a price. "Free to eligible persons" is free only for them."""
    if match := _FREE_FOR.fullmatch(text):
        everyone = re.fullmatch(r"(?:all|everyone|everybody|the public|anyone)", match["who"], re.IGNORECASE)
        return {"free": "yes"} if everyone else {"for": match["who"][:1].upper() + match["who"][1:], "free": "yes"}
    if re.fullmatch(r"sliding[- ](?:fee |scale )*(?:based on|depends on) income", text, re.IGNORECASE):
        return {"sliding": "yes"}
    written = intended.plain_amount(text, country) or intended.cost(text[:300], country)
    return {"note": text[:600]} if written.startswith("{for") else parse_yaml(written)
