"""Every page type passes all checks in every language, and each check finds its planted fault."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.gate import CHECKS, Check, Gate
from tests.browser.page_types import LANGUAGES, paths

pytestmark = pytest.mark.browser
RUNS = (("en", 1), ("ar", 3), *(pytest.param(tag, 1, marks=pytest.mark.nightly) for tag in LANGUAGES if tag != "en"))
"""Languages, and of how many page types each run opens one; every night opens all of them in every language."""


@pytest.fixture
def gate(chromium: Browser, address: str, axe: str) -> Iterator[Gate]:
    runner = Gate(chromium, address, axe)
    yield runner
    runner.close()


@pytest.mark.parametrize(("language", "step"), RUNS)
def test_every_page_type_passes(gate: Gate, language: str, step: int) -> None:
    assert {path: findings for path in paths((language,))[::step] if (findings := gate.all_findings(path))} == {}


@pytest.mark.parametrize("size", [8, pytest.param(48, marks=pytest.mark.nightly)])
def test_a_sample_of_all_pages_passes(gate: Gate, site: Path, size: int) -> None:
    """``python -m bench.gate`` checks every page."""
    pages = sorted(page.parent.relative_to(site).as_posix() + "/" for page in site.glob("*/**/index.html"))
    sample = pages[:: len(pages) // size]

    assert len(sample) >= size
    assert {path: findings for path in sample if (findings := gate.all_findings(path))} == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_planted_fault_is_found(gate: Gate, check: Check) -> None:
    gate.open("en/services/english/")
    before = gate.findings(check)

    gate.pages[check.scripts].evaluate(check.fault)

    assert before == []
    assert gate.findings(check)


@pytest.mark.parametrize(
    "fault", ["new Image().src = 'https://tracker.example/x.png'", "console.error('x')", "setTimeout(() => nothing.at.all)"]
)
def test_requests_to_other_hosts_and_errors_are_found(gate: Gate, fault: str) -> None:
    gate.open("en/services/english/")
    before = gate.events()

    gate.pages[True].evaluate(fault)
    gate.pages[True].wait_for_timeout(200)

    assert before == []
    assert gate.events()
