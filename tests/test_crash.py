"""Killed at any moment, or on a disk that fails: what stands is the old or the new, whole. Many more strikes: bench/trust."""

import os
from pathlib import Path

import pytest
from bench.trust.crash import strike
from bench.trust.writers import WRITERS

from tests.crash import available

FAULTS, MOMENTS = 3, 12
"""Strikes of each command."""


@pytest.mark.parametrize("name", WRITERS)
def test_killed_at_any_moment_a_command_leaves_the_old_or_the_new_as_a_whole(name: str, tmp_path: Path) -> None:
    assert strike(name, tmp_path, 0, MOMENTS) == (MOMENTS, [])


@pytest.mark.skipif(not available() and os.environ.get("CI") != "true", reason="there is no strace")
@pytest.mark.parametrize("name", WRITERS)
def test_a_call_that_fails_or_kills_leaves_the_old_or_the_new_as_a_whole(name: str, tmp_path: Path) -> None:
    assert strike(name, tmp_path, FAULTS, 0) == (FAULTS, [])
