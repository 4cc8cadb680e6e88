"""Killed, or on a disk that fails, at any call that writes: what stands is the old or the new, whole. All calls: bench/trust."""

import os
from pathlib import Path

import pytest
from bench.trust.crash import COMMANDS, strike

from tests.crash import available

pytestmark = pytest.mark.skipif(not available() and os.environ.get("CI") != "true", reason="there is no strace")
MOST = 5
"""Faults of each command; ``bench.trust.crash`` tries many more."""


@pytest.mark.parametrize("name", COMMANDS)
def test_what_stands_is_the_old_or_the_new_as_a_whole(name: str, tmp_path: Path) -> None:
    struck, wrong = strike(name, tmp_path, MOST)

    assert wrong == []
    assert struck == MOST
