"""Every page passes the Nu HTML checker."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.conftest import TOOLS, unavailable

pytestmark = pytest.mark.slow
CHECKER = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
# Three warnings are false. The checker reads files, so 'self' in a content security policy has no host; a browser test shows
# that the policy allows our own files and that nothing else is requested. JSON-LD is a data block, which HTML does not treat as
# a script: https://html.spec.whatwg.org/#data-block. And the checker ignores the hashes in a policy, which allow the inline
# style and script of the single-file guide.
FALSE_WARNINGS = tuple(f"{what} violates Content Security Policy" for what in ("Resource", "Inline script", "Inline style"))
# Each section of the single-file guide has an h1, but only one section is visible at a time.
REPEATED_H1 = re.compile(r"/guide\.html:\d+: Consider using the “h1” element")


def findings(*paths: Path) -> list[str]:
    """Return the errors and warnings of the checker, without the false ones."""
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", "--no-langdetect", "--format", "json", "--exit-zero-always"]
    process = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=False)
    messages = json.loads(process.stderr)["messages"]
    lines = [f"{message['url'].split('/site/')[-1]}:{message.get('lastLine')}: {message['message']}" for message in messages]
    return [line for line in lines if not any(warning in line for warning in FALSE_WARNINGS) and not REPEATED_H1.search(line)]


@pytest.fixture(scope="module", autouse=True)
def _checker() -> None:
    if not CHECKER.is_file() or not shutil.which("java"):
        unavailable("the Nu HTML checker (vnu-jar and Java)")


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.nightly)])
def test_the_checker_finds_nothing_on_any_page(site: Path, step: int) -> None:
    """Every fifth page is checked on each run, every page each night. Five has no factor in common with eight languages."""
    assert findings(*sorted(site.rglob("*.html"))[::step]) == []


def test_the_checker_finds_a_planted_fault(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a"><blink>x</blink>', encoding="utf-8")

    assert len(findings(page)) >= 2
