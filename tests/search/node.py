"""Run the scripts of the site in Node."""

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests import ROOT


def ask(runner: str, question: object) -> Any:
    """Return the answer of a runner in ``tests/js/run.mjs`` to a question."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing; scripts/test installs it")
        pytest.skip("Node is missing")
    script = ROOT / "tests" / "js" / "run.mjs"
    run = subprocess.run([node, str(script), runner], input=json.dumps(question), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
