"""The Nu HTML checker over every page."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import TOOLS, unavailable

CHECKER = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Three warnings say nothing here. From files, 'self' of a content security policy has no host to mean; that the policy lets
# our own files through, and that nothing else is asked for, is tested in the browser. And JSON-LD is a data block, which
# HTML does not treat as a script: https://html.spec.whatwg.org/#data-block. And the checker knows no hashes in a policy, which
# allow the one style and the one script of the guide in one file; the browser does.
NOT_SO = tuple(f"{what} violates Content Security Policy" for what in ("Resource", "Inline script", "Inline style"))
# Of the parts of a guide in one file, each with its heading of the first level, one is shown at a time.
ONE_AT_A_TIME = re.compile(r"/guide\.html:\d+: Consider using the “h1” element")


def findings(*paths: Path) -> list[str]:
    """What the checker says, errors and warnings alike."""
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", "--no-langdetect", "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    shown = [f"{one['url'].split('/site/')[-1]}:{one.get('lastLine')}: {one['message']}" for one in messages]
    return [one for one in shown if not any(phrase in one for phrase in NOT_SO) and not ONE_AT_A_TIME.search(one)]


@pytest.fixture(scope="module", autouse=True)
def _checker() -> None:
    if not CHECKER.is_file() or not shutil.which("java"):
        unavailable("the Nu HTML checker (vnu-jar and Java)")


def test_the_checker_finds_nothing_on_any_page(site: Path) -> None:
    assert findings(site) == []


def test_the_checker_does_find_a_fault_that_is_there(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a"><blink>x</blink>', encoding="utf-8")

    assert len(findings(page)) >= 2
