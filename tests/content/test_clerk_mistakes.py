"""Two hundred mistakes of clerks, made by somebody who had seen the documents only: right line, one message, and a way out.

``clerk_mistakes.json`` has a profile with one mistake in each row, its line, its kind, and the right text of that line.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import Problem
from tests import make

MISTAKES = json.loads(Path(__file__).with_name("clerk_mistakes.json").read_text(encoding="utf-8"))
ACCEPTED = {
    "phone: extension",  # "(555) 555-0165 ext. 12" and "#24" are read as they are meant
    "language",  # "eng" is a code of English, too
}
AREAS = ("Riverbend County", "Riverbend", "Millbrook", "Eastfield", "Harbor Falls", "North Fork", "Cedar Crossing")
NOT_ABOUT_THE_MISTAKE = ("unverified", "hard-sentence", "placeholder")
GUIDE = """\
name: Test Guide
address: https://guide.example.org/
languages: [en]
region: US
state: MA
time_zone: America/New_York
areas:
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[list[Problem]]:
    """Return the problems of each profile, all read in one guide."""
    services = (Path(__file__).parents[2] / "content/services.yml").read_text(encoding="utf-8")
    types = "".join(f"  - {{id: {line[8:]}, name: X}}\n" for line in services.splitlines() if line.startswith("  - id: "))
    files = {f"content/partners/p{number}.yml": row["text"] for number, row in enumerate(MISTAKES)}
    areas = "".join(f"  - {{name: {area}}}\n" for area in AREAS)
    root = make.folder(
        tmp_path_factory.mktemp("clerk"),
        {"guide.yml": GUIDE + areas, "content/services.yml": f"types:\n{types.split('  - {id: notario')[0]}", **files},
    )
    problems = pipeline.review_content(root, date(2026, 11, 30), ())
    by_file: list[list[Problem]] = [[] for _ in MISTAKES]
    for problem in problems:
        name = problem.path.name
        if (
            name.startswith("p")
            and name.endswith(".yml")
            and problem.code not in (*NOT_ABOUT_THE_MISTAKE, "same-name", "two-spellings", "shared-number")
        ):
            by_file[int(name[1:-4])].append(problem)
    return by_file


def test_every_mistake_is_reported_in_its_line(results: list[list[Problem]]) -> None:
    silent = [row["kind"] for row, problems in zip(MISTAKES, results, strict=True) if not problems]
    elsewhere = [
        (row["kind"], row["line"], [str(problem.line) for problem in problems])
        for row, problems in zip(MISTAKES, results, strict=True)
        if problems and problems[0].line != row["line"]
    ]
    assert set(silent) <= ACCEPTED
    assert len(silent) <= 4
    assert elsewhere == []


def test_one_mistake_gets_one_message(results: list[list[Problem]]) -> None:
    several = [
        (row["kind"], [problem.message for problem in problems])
        for row, problems in zip(MISTAKES, results, strict=True)
        if len(problems) > 1
    ]

    assert several == []


def test_every_message_says_what_to_do(results: list[list[Problem]]) -> None:
    assert [problem.message for problems in results for problem in problems if not problem.hint] == []
    texts = " ".join(f"{problem.message} {problem.hint}" for problems in results for problem in problems)
    assert "Traceback" not in texts
    literal = [problem for problems in results for problem in problems if "  " in problem.hint]
    assert len(literal) >= 130  # most hints show the text to write
