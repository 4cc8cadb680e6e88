"""Translation files: valid texts, and messages about texts that have no source."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from guidegen.content.fields.table import PARTNER
from guidegen.content.translations import TranslationFile, create_language_problem, is_translatable, read_translation
from guidegen.content.yaml.parser import compose
from guidegen.model.problems import Problem, Severity
from guidegen.model.translatable import NO_TEXT

PATH = PurePosixPath("content/partners/a.es.yml")
ORIGIN = PurePosixPath("content/partners/a.yml")


def read(written: str) -> tuple[TranslationFile, list[Problem]]:
    """Read a translation of a partner from the text of its file."""
    node, problems = compose(written, PATH)
    assert problems == []
    assert node is not None
    return read_translation(node, PARTNER, PATH, "es", "US")


def test_texts_stand_by_their_paths_with_who_made_them_and_from_what() -> None:
    written = """\
summary: Gratis
plain_name:
services:
  - {key: pantry, name: Despensa, cost: {note: Nada}, documents: [Una carta, ~, Otra]}
locations:
  - {key: main, access: {note: Rampa}}
translation: {by: reviewed, who: x, date: 2026-01-01}
translated_from: {summary: 0123abcd, services.pantry.name: 89abcdef}
"""

    file, problems = read(written)

    assert problems == []
    assert (file.source, file.language, file.translation.translator) == (PATH, "es", "reviewed")
    assert file.translation.texts == {
        "summary": "Gratis",
        "services.pantry.name": "Despensa",
        "services.pantry.cost.note": "Nada",
        "services.pantry.documents.0": "Una carta",
        "services.pantry.documents.2": "Otra",
        "locations.main.access.note": "Rampa",
    }
    assert file.translation.source_versions == {"summary": "0123abcd", "services.pantry.name": "89abcdef"}
    assert (file.places["summary"], file.places["services.pantry"]) == ((1, 10), (4, 11))


SAID = [
    ("[summary]", 1, 1, "wrong-shape", "the translation should have keys with values, but is a list", "Write keys with values."),
    ("services: pantry", 1, 11, "wrong-shape", "'services' needs a list, but has 'pantry'", "as in the source file"),
    ("services: [pantry]", 1, 12, "wrong-shape", "a service should have keys with values, but is 'pantry'", "Write keys with values."),
    ("services:\n  - name: A", 2, 5, "missing", "an entry of 'services' has no 'key'", "Write  key: …  as in the source"),
    ("services:\n  - {key: a, name: A}\n  - {key: a, name: B}", 3, 5, "listed-twice", "'services' lists a twice", "Combine them into one entry."),
    ("summery: A", 1, 1, "unknown-key", "'summery' is not a key of a partner", "Did you mean:  summary"),
    ("services:\n  - {key: a, plain_name: A}", 2, 14, "unknown-key", "'plain_name' is not a key of a service", "a key of a partner"),
    ("email: a@example.org", 1, 1, "not-translatable", "'email' is not translated: it comes from the source file", "Remove it. These keys can be translated:  plain_name, summary"),
    ("summary: A\ntranslated_from:\n  summary: xyz", 3, 12, "value", "'summary' is 'xyz', which names no version of the source", "translations accept"),
    ("translation: {by: robot}", 1, 19, "choice", "'by' is 'robot', which is not an allowed value", "human"),
    ("services: [{key: a, name: A}]\nappointment: none", 2, 1, "unknown-key", "'appointment' is not a key of a partner", "It is a key of 'hours': check the indentation of this line."),
    ("summary: [A]", 1, 10, "wrong-shape", "'summary' needs one value, but has a list", "Write a text"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "line", "column", "code", "message", "hint"), SAID)
def test_what_does_not_belong_into_a_translation_is_said(
    written: str, line: int, column: int, code: str, message: str, hint: str
) -> None:
    _, problems = read(written)

    problem = problems[0]
    assert (problem.path, problem.line, problem.column, problem.code) == (PATH, line, column, code)
    assert problem.message == message
    assert hint in problem.hint
    assert len(problems) == 1


def test_entries_without_a_key_of_their_own_may_repeat() -> None:
    file, problems = read('languages: [{code: es, note: A}, {code: es, note: B}]\nsummary: ""')

    assert [(problem.code, problem.column) for problem in problems] == [("empty", 10)]
    assert file.translation.texts == {"languages.es.note": "B"}


def test_a_mistake_does_not_hide_what_else_is_said() -> None:
    file, problems = read("services:\n  - {name: A}\n  - {key: b, name: B}\ntranslation: {by: robot}")

    assert [problem.code for problem in problems] == ["missing", "choice"]
    assert (file.translation.texts, file.translation.translator) == ({"services.b.name": "B"}, "")


def orphans(written: str, *paths: str) -> list[tuple[int, Severity, str, str]]:
    file, _ = read(written)
    problems = list(file.find_orphans(dict.fromkeys(paths, NO_TEXT), ORIGIN))
    assert {(problem.path, problem.code) for problem in problems} <= {(PATH, "orphan-translation")}
    return [(problem.line, problem.severity, problem.message, problem.hint) for problem in problems]


def test_texts_of_a_service_that_is_not_there_are_one_mistake() -> None:
    written = "services:\n  - {key: a, name: A, summary: B}\n  - {key: b, name: C, summary: D}\nsummary: E\n"
    hint = "Remove it, or correct the key, code or number it belongs to."

    assert orphans(written, "services.b.name", "summary") == [
        (2, Severity.ERROR, "'services.a' is translated here, but a.yml has no such text", hint),
        (3, Severity.ERROR, "'services.b.summary' is translated here, but a.yml has no such text", hint),
    ]
    assert orphans(written, "services.a.name", "services.a.summary", "services.b.name", "services.b.summary", "summary") == []


def test_a_number_that_was_corrected_is_no_reason_to_publish_nothing() -> None:
    written = 'phones:\n  - {number: "555 0114", note: A}\n'

    assert orphans(written, "phones.555 0115.note") == [
        (2, Severity.WARNING, "'phones.555 0114' is translated here, but a.yml has no such text", "If it changed, write what a.yml says now instead of  555 0114")
    ]  # fmt: skip
    assert [severity for _, severity, *_ in orphans(written, "summary")] == [Severity.ERROR]
    assert [severity for _, severity, *_ in orphans("languages: [{code: es, note: A}]", "languages.fr.note")] == [
        Severity.WARNING
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("summary", True), ("email", False), ("services", True), ("phones", True), ("also_known_as", False), ("verified", False)],
)
def test_what_holds_a_text_is_translatable(name: str, expected: bool) -> None:
    field: Any = PARTNER.fields_by_name.get(name)

    assert is_translatable(field.reader) is expected


def test_a_file_of_a_language_that_the_guide_has_not_is_named() -> None:
    problem = create_language_problem(PATH, "ess", ("en", "es", "ar"))

    assert (problem.path, problem.line, problem.column, problem.code) == (PATH, 1, 1, "language")
    assert problem.message == "the file name says 'ess', which is not one of this guide's languages"
    assert problem.hint == "Did you mean:  es   To add a language, list it in guide.yml."
    assert "es" not in create_language_problem(PATH, "enn", ("en", "ar")).hint.split("To add")[0]
