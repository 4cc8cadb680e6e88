"""Killed, or on a disk that fails, at any call that writes: what stands is the old or the new, whole. All calls: bench/trust."""

import os
import random
from pathlib import Path

import pytest
from bench.trust.crash import COMMANDS, strike

from tests.crash import ERRORS, available

pytestmark = pytest.mark.skipif(not available() and os.environ.get("CI") != "true", reason="there is no strace")
POINTS = 3
"""Of each command with each kind of fault."""


@pytest.mark.parametrize("name", COMMANDS)
def test_what_stands_is_the_old_or_the_new_as_a_whole(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)  # noqa: S311  # the same points in every run

    struck, wrong = strike(name, tmp_path, ("SIGKILL", *ERRORS), lambda points: chance.sample(points, min(POINTS, len(points))))

    assert wrong == []
    assert struck >= 10
