"""Patterns that are compiled when they are first used."""

import re

import pytest

from guidegen.patterns import compile_lazily


def test_a_lazy_pattern_does_what_a_pattern_does() -> None:
    pattern = compile_lazily(r"(\w+)@", re.IGNORECASE)

    match = pattern.search("Ask RAS@example.org")
    assert match
    assert match[1] == "RAS"
    assert pattern.sub("<>", "a@b@c") == "<><>c"
    assert pattern.pattern == r"(\w+)@"
    assert pattern.flags & re.IGNORECASE
    assert compile_lazily(rb"\d").findall(b"a1b2") == [b"1", b"2"]


def test_a_fault_in_a_pattern_is_raised_when_it_is_used() -> None:
    pattern = compile_lazily("(")

    with pytest.raises(re.error):
        pattern.search("")
