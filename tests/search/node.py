"""Asks the search's JavaScript, in Node."""

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests import ROOT


def ask(what: str, question: object) -> Any:
    """The answer of ``tests/js/run.mjs`` to a question."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing; scripts/test installs it")
        pytest.skip("Node is missing")
    script = ROOT / "tests" / "js" / "run.mjs"
    run = subprocess.run([node, str(script), what], input=json.dumps(question), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
