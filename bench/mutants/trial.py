"""Try a change: compile its module in a process of its own, and run the tests until one fails."""

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from pathlib import Path
from types import CodeType

import pytest

from bench.mutants.changes import Change
from bench.mutants.subjects import Subject

ROOT = Path(__file__).resolve().parents[2]
_POLL_S = 0.02  # seconds
_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class ChangedModuleLoader(importlib.machinery.SourceFileLoader, importlib.abc.MetaPathFinder):
    """An import hook that finds one module before its file is searched, and returns the code of a changed tree."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        super().__init__(name, str(file))
        self._code = compile(ast.fix_missing_locations(tree), str(file), "exec")

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """Return the spec of the changed module."""
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_code(self, _: str) -> CodeType:
        """Return the changed code."""
        return self._code


def is_noticed(subject: Subject, tree: ast.Module, change: Change | None, limit: float) -> bool:
    """Return whether a test fails with the change, or is not done within ``limit`` seconds."""
    child = os.fork()
    if child == 0:
        if change:
            change.make()
        os._exit(_run_tests(subject, tree))
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        ended_id, status = os.waitpid(child, os.WNOHANG)
        if ended_id:
            _kill(child)
            return status != 0
        time.sleep(_POLL_S)
    _kill(child)
    os.waitpid(child, 0)
    return True


def _run_tests(subject: Subject, tree: ast.Module) -> int:
    """Return the exit code of the tests, run in a process group of their own."""
    os.setpgid(0, 0)
    os.chdir(ROOT)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    file = ROOT / "src" / "guidegen" / f"{subject.module}.py"
    try:
        sys.meta_path.insert(0, ChangedModuleLoader(f"guidegen.{subject.module.replace('/', '.')}", file, tree))
        return int(pytest.main([*_OPTIONS, *subject.tests]))
    except BaseException:  # the change broke pytest
        return 1


def _kill(child: int) -> None:
    """Kill a process and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
