"""One change tried: its module is compiled with it, in a process of its own, and the tests run until one fails."""

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
_PAUSE = 0.02  # seconds
_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class Changed(importlib.machinery.SourceFileLoader, importlib.abc.MetaPathFinder):
    """Finds one module before its file is looked for, and gives the code of a changed tree."""

    def __init__(self, name: str, file: Path, tree: ast.Module) -> None:
        super().__init__(name, str(file))
        self._code = compile(ast.fix_missing_locations(tree), str(file), "exec")

    def find_spec(self, fullname: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        """The module whose code is the changed one."""
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self) if fullname == self.name else None

    def get_code(self, _: str) -> CodeType:
        """The changed code."""
        return self._code


def is_noticed(subject: Subject, tree: ast.Module, change: Change | None, limit: float) -> bool:
    """Whether a test fails with the module so changed, or is not done within so many seconds."""
    child = os.fork()
    if child == 0:
        if change:
            change.make()
        os._exit(_tried(subject, tree))
    ends = time.monotonic() + limit
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end(child)
            return status != 0
        time.sleep(_PAUSE)
    _end(child)
    os.waitpid(child, 0)
    return True


def _tried(subject: Subject, tree: ast.Module) -> int:
    """The exit code of the tests, in a group of processes of its own."""
    os.setpgid(0, 0)
    os.chdir(ROOT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    file = ROOT / "src" / "guidegen" / f"{subject.module}.py"
    try:
        sys.meta_path.insert(0, Changed(f"guidegen.{subject.module.replace('/', '.')}", file, tree))
        return int(pytest.main([*_OPTIONS, *subject.tests]))
    except BaseException:  # the change has broken what runs the tests
        return 1


def _end(child: int) -> None:
    """The process and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
