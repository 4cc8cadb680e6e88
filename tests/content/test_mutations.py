"""Single faults in good files of the sample guide: the first message names the line, and none is silent."""

import random
from pathlib import Path

import pytest
from bench.mistakes.__main__ import Told, copied, told
from bench.mistakes.mutate import KINDS

from guidegen.build import pipeline
from tests import make

FAULTS = 200


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """``python -m bench.mistakes`` tries all there are."""
    return list(told(copied(tmp_path_factory.mktemp("mistakes")), FAULTS, random.Random(20261126)))  # noqa: S311  # no secret


def test_there_are_faults_of_every_kind(found: list[Told]) -> None:
    assert len(found) == FAULTS
    assert {one.fault.kind for one in found} == {one.name for one in KINDS}


def test_the_first_message_names_the_line_and_the_field(found: list[Told]) -> None:
    wrong = [one for one in found if not (one.right_line and one.right_field)]

    assert [(one.fault.kind, one.name, one.fault.lines, one.problems[:1]) for one in wrong] == []


def test_one_mistake_has_one_message(found: list[Told]) -> None:
    assert [(one.fault.kind, one.name, one.problems) for one in found if len(one.problems) > 1] == []


def test_an_unknown_drawing_is_named(tmp_path: Path) -> None:
    services = make.SERVICES_YML.replace("  - id: food\n", "  - id: food\n    icon: fod\n")
    root = make.folder(tmp_path, {"content/services.yml": services})

    (problem,) = [one for one in pipeline.load_checked_guide(root)[1] if one.code == "unknown-icon"]

    assert (problem.line, problem.hint) == (5, "Did you mean:  food")
