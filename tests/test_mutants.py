"""The mutation bench makes the expected changes, and reports changes that no test notices."""

import ast
import os
import subprocess
import sys

import pytest
from bench.mutants.changes import changes
from bench.mutants.subjects import SUBJECTS

from tests import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("y = a < b", ["y = a <= b"]),
        ("y = a <= b != c", ["y = a < b != c", "y = a <= b == c"]),
        ("y = a in b", ["y = a not in b"]),
        ("y = a and b", ["y = a or b"]),
        ("y = not a", ["y = a"]),
        ("y = -a", ["y = a"]),
        ("y = a + b", ["y = a - b"]),
        ("y = a % b", ["y = a * b"]),
        ("y = a | b", []),
        ("x = 1", ["x = 2"]),
        ("x = True", ["x = False"]),
        ("x = ''", ["x = 'mutant'"]),
        ("x = 'a'", ["x = ''"]),
        ("x = 'Write a text'", []),
        ("x = f'a{b + c}'", ["x = f'a{b - c}'"]),
        ("x: int", []),
        ("y = a if b else c", ["y = c if b else a"]),
        ("a.b = c", ["pass"]),
        ("a += b", ["pass"]),
        ("a()", ["pass"]),
        ("raise a", ["pass"]),
        ("'A docstring.'", []),
        ("assert a == b", []),
        ("import a", []),
        ("if a():\n    b = c", ["if not a():\n    b = c"]),
        ("y = [a for a in b if c]", ["y = [a for a in b if not c]"]),
        ("for a in b:\n    continue", ["for a in b:\n    break"]),
        ("def a():\n    return b", ["def a():\n    return None"]),
        ("def a():\n    return", []),
        ("@a('x')\ndef b(c: 'd'=0) -> 'e':\n    'F.'", ["@a('x')\ndef b(c: 'd'=1) -> 'e':\n    \"\"\"F.\"\"\""]),
    ],
)
def test_small_changes_are_made_one_at_a_time(written: str, expected: list[str]) -> None:
    mutants = []
    for number in range(len(list(changes(ast.parse(written))))):
        tree = ast.parse(written)
        list(changes(tree))[number].make()
        mutants.append(ast.unparse(ast.fix_missing_locations(tree)))

    assert mutants == expected


def test_a_change_has_its_line_and_can_be_limited_to_some_functions() -> None:
    tree = ast.parse("a = 1\ndef b():\n    c(2)\ndef d():\n    e = 3\n")

    assert [(change.line, change.description) for change in changes(tree, ("d",))] == [(5, "3  ->  4")]
    assert [change.line for change in changes(tree)] == [1, 3, 3, 5]


def test_every_module_and_test_named_by_the_bench_exists() -> None:
    for subject in SUBJECTS:
        tree = ast.parse((ROOT / f"src/guidegen/{subject.module}.py").read_text(encoding="utf-8"))
        assert list(changes(tree, subject.functions)), subject.module
        assert all((ROOT / test.partition("::")[0]).is_file() for test in subject.tests), subject.module


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a trial needs a process of its own")
def test_changes_are_tried_and_counted() -> None:
    command = [sys.executable, "-m", "bench.mutants", "text/characters", "--sample", "2"]
    completed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)

    first, *_, last = completed.stdout.splitlines()
    assert first.split()[:3] == ["text/characters", "2", "changes"]
    assert last.split()[:3] == ["all", "2", "changes"]
