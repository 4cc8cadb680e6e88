"""The served scripts are built from their sources, and small."""

import gzip
import os
import runpy

import pytest

from tests import ROOT

pytestmark = pytest.mark.slow

SERVED = ROOT / "static" / "js" / "search"


def size(*names: str) -> int:
    """Return the compressed size in bytes."""
    return sum(len(gzip.compress((SERVED / f"{name}.js").read_bytes(), 9)) for name in names)


def test_served_scripts_are_built_from_the_sources() -> None:
    client = runpy.run_path(str(ROOT / "scripts" / "build_client.py"), run_name="client")
    if not client["is_available"]():
        if os.environ.get("CI") == "true":
            pytest.fail("terser is missing; scripts/test installs it")
        pytest.skip("terser is missing; scripts/test installs it")

    for file, text in client["build_files"]():
        assert file.read_text(encoding="utf-8") == text, f"run scripts/build_client.py: {file.name} is not made from its source"


def test_engine_and_box_are_within_their_size_budget() -> None:
    assert size("engine", "box") <= 9 * 1024


def test_all_scripts_are_within_their_size_budget() -> None:
    assert sum(len(gzip.compress(file.read_bytes(), 9)) for file in SERVED.glob("*.js")) <= 20 * 1024
