"""The registry names every check once, with arguments that fit its scope."""

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

import pytest

from guidegen.content import checks
from guidegen.content.checks import CHECKS, Check, Scope

NOT_CHECKS = {"translations.list_vital_texts"}
"""Generators that other modules use."""


def test_every_check_is_in_the_registry_once() -> None:
    written = {
        f"{module.name}.{name}"
        for module in pkgutil.iter_modules(checks.__path__)
        for name, function in vars(import_module(f"{checks.__name__}.{module.name}")).items()
        if inspect.isgeneratorfunction(function) and function.__module__.endswith(f".checks.{module.name}")
        if not name.startswith("_")
    }
    registered = Counter(f"{check.run.__module__.rpartition('.')[2]}.{check.run.__name__}" for check in CHECKS)

    assert set(registered) == written - NOT_CHECKS
    assert set(registered.values()) == {1}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.run.__name__)
def test_a_check_takes_the_date_if_its_scope_says_so(check: Check) -> None:
    count = 2 if check.scope in (Scope.DATES, Scope.SEARCH) else 1

    assert len(inspect.signature(check.run).parameters) == count
