"""Any bytes instead of content are read or refused: a short run of what ``python -m bench.fuzz`` does for hours."""

import random
from pathlib import Path

import pytest
from bench.fuzz.blind import find_failures
from bench.fuzz.finding import SlowError, fault, keep, kept, place
from bench.fuzz.large import files
from bench.fuzz.seeds import seeds
from bench.fuzz.slow import MeasuredGuide
from bench.fuzz.targets import TARGETS

from guidegen.content.fields.phone_field import PhoneNumber

pytestmark = pytest.mark.slow

SECONDS = 1.0
TIMEOUT_S = 5.0
"""Seconds allowed for an input on a machine under load; ``bench.fuzz`` allows one."""


@pytest.mark.parametrize(("target", "file"), kept(), ids=lambda value: getattr(value, "name", value))
def test_kept_crashers_are_read_or_refused(target: str, file: Path) -> None:
    assert fault(target, file.read_bytes(), TIMEOUT_S) is None


@pytest.mark.parametrize("target", TARGETS)
def test_randomly_changed_content_is_read_or_refused(target: str) -> None:
    findings = find_failures(target, SECONDS, random.Random(20261126), TIMEOUT_S)  # noqa: S311  # the same seed in every run

    assert [(place(error), str(error), content[:300]) for content, error in findings] == []


@pytest.mark.parametrize("target", TARGETS)
def test_good_content_raises_no_error(target: str) -> None:
    assert [error for content in seeds(target) if (error := fault(target, content, TIMEOUT_S))] == []


def test_a_reader_that_fails_is_found_and_its_input_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise KeyError("number")

    monkeypatch.setattr(PhoneNumber, "read", fail)
    content, error = next(find_failures("profile", SECONDS, random.Random(1), TIMEOUT_S))  # noqa: S311  # the same seed in every run
    file = keep("profile", content, tmp_path)

    assert place(error).startswith("KeyError at ")
    assert kept(tmp_path) == [("profile", file)]
    assert isinstance(fault("profile", file.read_bytes(), TIMEOUT_S), KeyError)


def test_an_input_that_takes_too_long_is_reported() -> None:
    assert isinstance(fault("yaml", seeds("yaml")[0], timeout_s=0), SlowError)


@pytest.fixture(scope="module")
def measured_guide(tmp_path_factory: pytest.TempPathFactory) -> MeasuredGuide:
    """Return a small guide in which one file may be large."""
    return MeasuredGuide(tmp_path_factory.mktemp("large"))


@pytest.mark.parametrize("case", ["texts of equals", "texts of nested list", "article of table", "hours", "phones"])
def test_a_file_at_the_limits_is_handled_in_time(case: str, measured_guide: MeasuredGuide) -> None:
    file, content = next((file, make_content()) for name, file, make_content in files() if name == case)

    measurement = measured_guide.measure(file, content)

    assert measurement.total < TIMEOUT_S
    assert not measurement.errors
