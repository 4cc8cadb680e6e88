"""Commands that are killed at any moment, or whose disk fails, leave complete files, old or new. ``bench/trust`` tries more."""

import os
from pathlib import Path

import pytest
from bench.trust.crash import strike
from bench.trust.writers import WRITERS

from tests.crash import is_available

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("moments", [3, pytest.param(12, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", WRITERS)
def test_a_command_killed_at_any_moment_leaves_complete_files(name: str, moments: int, tmp_path: Path) -> None:
    assert strike(name, tmp_path, 0, moments) == (moments, [])


@pytest.mark.skipif(not is_available() and os.environ.get("CI") != "true", reason="there is no strace")
@pytest.mark.parametrize("faults", [1, pytest.param(3, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("name", WRITERS)
def test_a_failing_or_fatal_system_call_leaves_complete_files(name: str, faults: int, tmp_path: Path) -> None:
    assert strike(name, tmp_path, faults, 0) == (faults, [])
