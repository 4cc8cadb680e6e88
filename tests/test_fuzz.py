"""Any bytes in place of content are read or refused: a moment of what ``python -m bench.fuzz`` does for hours."""

import random
from pathlib import Path

import pytest
from bench.fuzz.blind import found
from bench.fuzz.finding import SlowError, fault, keep, kept, place
from bench.fuzz.large import files
from bench.fuzz.seeds import seeds
from bench.fuzz.slow import Stand
from bench.fuzz.targets import TARGETS

from guidegen.content.fields.scalar import PhoneNumber

SECONDS = 1.0
PATIENCE = 5.0
"""Seconds for an input, on a machine under load; ``bench.fuzz`` waits one."""


@pytest.mark.parametrize(("target", "file"), kept(), ids=lambda one: getattr(one, "name", one))
def test_what_was_stumbled_over_once_is_read_or_refused(target: str, file: Path) -> None:
    assert fault(target, file.read_bytes(), PATIENCE) is None


@pytest.mark.parametrize("target", TARGETS)
def test_good_content_with_changes_of_luck_is_read_or_refused(target: str) -> None:
    wrong = found(target, SECONDS, random.Random(20261126), PATIENCE)  # noqa: S311  # the same luck in every run

    assert [(place(error), str(error), content[:300]) for content, error in wrong] == []


@pytest.mark.parametrize("target", TARGETS)
def test_good_content_is_no_find(target: str) -> None:
    assert [error for one in seeds(target) if (error := fault(target, one, PATIENCE))] == []


def test_a_reader_that_stumbles_is_found_and_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stumbles(*_: object) -> None:
        raise KeyError("number")

    monkeypatch.setattr(PhoneNumber, "read", stumbles)
    content, error = next(found("profile", SECONDS, random.Random(1), PATIENCE))  # noqa: S311  # the same luck in every run
    file = keep("profile", content, tmp_path)

    assert place(error).startswith("KeyError at ")
    assert kept(tmp_path) == [("profile", file)]
    assert isinstance(fault("profile", file.read_bytes(), PATIENCE), KeyError)


def test_an_input_that_takes_too_long_is_found() -> None:
    assert isinstance(fault("yaml", seeds("yaml")[0], patience=0), SlowError)


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """A small guide in which one file may be large."""
    return Stand(tmp_path_factory.mktemp("large"))


@pytest.mark.parametrize("wanted", ["texts of equals", "texts of nested list", "article of table", "hours", "phones"])
def test_a_file_at_the_limits_is_read_checked_and_shown_in_good_time(wanted: str, stand: Stand) -> None:
    file, content = next((file, make_content()) for name, file, make_content in files() if name == wanted)

    taken = stand.take(file, content)

    assert taken.whole < PATIENCE
    assert not taken.errors
