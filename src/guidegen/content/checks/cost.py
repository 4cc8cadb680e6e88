"""Checks on what services cost."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import problem
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.service import Cost
from guidegen.text import formats


def contradicting(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each cost that is free and has a price."""
    for partner, at, cost in _list_costs(guide):
        if cost.free and (cost.amount or cost.sliding):
            hint = "Keep one of them. If only some people pay, keep the amount and explain it in the note."
            yield problem(partner, f"{at}.free", "'cost' says it is free but also has a price", hint, "cost")


def without_currency(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each amount without a currency."""
    for partner, at, cost in _list_costs(guide):
        if cost.amount is not None and not cost.currency and f"{at}.currency" not in partner.places:
            hint = f"Write  {{amount: {cost.amount}, currency: {formats.currency_of(guide.settings.region) or 'USD'}}}"
            yield problem(partner, f"{at}.amount", "'amount' has no currency", hint, "cost")


def _list_costs(guide: Guide) -> Iterator[tuple[Partner, str, Cost]]:
    """Yield every cost with its partner and path; skip lists with an entry that could not be read."""
    for partner in guide.partners:
        for service in partner.services:
            at = f"services.{service.key}.cost"
            paths = [
                path
                for path in partner.places
                if path.startswith(f"{at}.") and path.count(".") == 3 and path[len(at) + 1 :].isdigit()
            ]
            if len(paths) == len(service.cost):
                yield from ((partner, path, cost) for path, cost in zip(paths, service.cost, strict=True))
            elif len(service.cost) == 1:
                yield partner, at, service.cost[0]
