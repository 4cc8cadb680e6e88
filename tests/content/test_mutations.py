"""Single faults in valid files of the sample guide: each is reported, and its first message names the line."""

import random
from pathlib import Path

import pytest
from bench.mistakes.__main__ import Outcome as Told
from bench.mistakes.__main__ import copy_sample as copied
from bench.mistakes.__main__ import try_faults as told
from bench.mistakes.mutate import KINDS

from guidegen.build import pipeline
from tests import make

pytestmark = pytest.mark.slow

FAULTS = 200


@pytest.fixture(scope="module")
def mistakes(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """Return a sample of faults with their messages. ``python -m bench.mistakes`` tries all of them."""
    return list(told(copied(tmp_path_factory.mktemp("mistakes")), FAULTS, random.Random(20261126)))  # noqa: S311  # no secret


def test_there_are_faults_of_every_kind(mistakes: list[Told]) -> None:
    assert len(mistakes) == FAULTS
    assert {mistake.fault.kind for mistake in mistakes} == {kind.name for kind in KINDS}


def test_the_first_message_names_the_line_and_the_field(mistakes: list[Told]) -> None:
    wrong = [mistake for mistake in mistakes if not (mistake.right_line and mistake.right_field)]

    assert [(mistake.fault.kind, mistake.name, mistake.fault.lines, mistake.problems[:1]) for mistake in wrong] == []


def test_one_mistake_has_one_message(mistakes: list[Told]) -> None:
    assert [(mistake.fault.kind, mistake.name, mistake.problems) for mistake in mistakes if len(mistake.problems) > 1] == []


def test_an_unknown_drawing_is_named(tmp_path: Path) -> None:
    services = make.SERVICES_YML.replace("  - id: food\n", "  - id: food\n    icon: fod\n")
    root = make.folder(tmp_path, {"content/services.yml": services})

    (problem,) = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code == "unknown-icon"]

    assert (problem.line, problem.hint) == (5, "Did you mean:  food")
