"""Generated guides, good and faulty, are published completely and reproducibly, or refused with reasons; nothing else happens.

``GUIDES=2000`` sets the number of examples of each test.
"""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.content.load import load
from guidegen.model.problems import ContentError, GuidegenError, Problem, Severity
from guidegen.search import lexicon, word_table
from tests import make
from tests.edits import tree, use_few_words
from tests.faulty_guides import faulty_guides
from tests.guides import SECRETS, Files, guides

pytestmark = pytest.mark.slow

MAX_EXAMPLES = int(os.environ.get("GUIDES", "15"))
TIMEOUT_S = 20
"""CPU seconds allowed for a build on a machine under load; a small guide takes less than one."""
DEFAULT_OPTIONS = pipeline.BuildOptions()
OLD = "<!doctype html>Of the last build."
many_examples = settings(
    max_examples=MAX_EXAMPLES,
    deadline=None,
    derandomize=MAX_EXAMPLES <= 15,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module", autouse=True)
def _few_words() -> Iterator[None]:
    """Use the search words of two languages instead of twenty: guides are built many times here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lexicon, "built_in_languages", lexicon.built_in_languages)
        patched.setattr(word_table, "_built_in", word_table._built_in)
        use_few_words()
        yield


@contextmanager
def guide_on_disk(files: Files) -> Iterator[Path]:
    """Yield the folder of a guide on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            make.write(Path(folder), name, content)
        yield Path(folder)


def build_and_collect_problems(root: Path, options: pipeline.BuildOptions = DEFAULT_OPTIONS) -> tuple[Problem, ...] | None:
    """Return why a guide was not published; None if it was. Any other error is a bug in guidegen."""
    started = time.process_time()
    try:
        pipeline.build(root, root / "site", options)
        return None
    except ContentError as error:
        return error.problems
    finally:
        assert time.process_time() - started < TIMEOUT_S


def misplaced_problems(problems: tuple[Problem, ...], root: Path) -> list[Problem]:
    """Return problems that point to no file, or to a line that the file does not have.

    Left out are missing files, which cannot be pointed to, and files whose names are not valid text.
    """
    located = [problem for problem in problems if problem.code not in ("missing", "file-name") or (root / problem.path).exists()]
    lines = {problem.path: _count_lines(root / problem.path) for problem in located}
    return [problem for problem in problems if problem.path in lines and not 1 <= problem.line <= lines[problem.path]]


def _count_lines(file: Path) -> int:
    if not file.is_file():
        return int(file.exists())
    return file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def leaks(site: Path) -> list[tuple[str, str]]:
    """Return the secrets that are published, each with the file that contains it."""
    return [(name, secret) for name, content in tree(site).items() for secret in SECRETS if secret.encode() in content.lower()]


def is_published(root: Path) -> bool:
    """Return whether a guide is published, without secrets; if not, it must have valid problems and leave no site."""
    problems = build_and_collect_problems(root)
    assert problems is None or (misplaced_problems(problems, root) == [] and not (root / "site").exists())
    assert leaks(root / "site") == []
    return problems is None


@many_examples
@given(guides())
def test_a_guide_is_published_reproducibly_and_keeps_its_secrets(files: Files) -> None:
    with guide_on_disk(files) as root:
        if is_published(root):
            first = tree(root / "site")
            make.write(root, "content/partners/new.yml", make.PARTNER_YML.replace("(555) 555-0114", "+1 555 555 0114"))
            assert build_and_collect_problems(root) is None
            (root / "content/partners/new.yml").unlink()
            assert build_and_collect_problems(root) is None
            assert tree(root / "site") == first
            assert build_and_collect_problems(root, pipeline.BuildOptions(clean=True)) is None
            assert tree(root / "site") == first


@many_examples
@given(faulty_guides())
def test_a_faulty_guide_leaves_the_old_site_and_reports_where_it_is_wrong(files: Files) -> None:
    with guide_on_disk(files) as root:
        make.write(root, "site/.guidegen", "site old\n")
        make.write(root, "site/index.html", OLD)
        before = tree(root / "site")
        problems, message = None, ""
        try:
            problems = build_and_collect_problems(root)
        except GuidegenError as error:  # guide.yml is missing, or a part of the theme is unusable
            message = str(error)

        assert (tree(root / "site") == before) == bool(problems or message)
        assert misplaced_problems(problems or (), root) == []
        assert not re.search("(fault of|bug in) guidegen|broken links or other faults", message)


@many_examples
@given(guides() | faulty_guides())
def test_every_command_accepts_or_refuses_a_guide(files: Files) -> None:
    with guide_on_disk(files) as root:
        for arguments in (
            ("check",),
            ("report", "--out", str(root / "report")),
            ("export", "csv", "--out", str(root / "sheets")),
            ("import", "csv", str(root / "sheets"), "--dry-run"),
            ("translations", "accept"),
            ("check", "--format", "json"),
        ):
            assert main([*arguments, "--root", str(root)]) in (0, 1, 2), arguments


@many_examples
@given(guides())
def test_exported_sheets_are_imported_without_changes(files: Files) -> None:
    with guide_on_disk(files) as root:
        if any(problem.severity is Severity.ERROR for problem in pipeline.load_checked_guide(root, shows_drafts=True)[1]):
            return
        before = load(root).guide.partners
        assert main(["export", "csv", "--root", str(root), "--out", str(root / "sheets")]) == 0
        assert main(["import", "csv", str(root / "sheets"), "--root", str(root)]) == 0
        assert load(root).guide.partners == before


def _fail(*_: object) -> None:
    raise KeyError("number")


@pytest.mark.parametrize(
    ("target", "replacement", "error"),
    [
        ("guidegen.content.fields.phone_field.PhoneNumber.read", _fail, KeyError),
        (f"{__name__}.SECRETS", ("desk@example.org",), AssertionError),  # every profile publishes it
    ],
)
def test_a_bug_in_guidegen_is_found(
    target: str, replacement: object, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, replacement)

    @settings(many_examples, max_examples=200, phases=[Phase.generate], derandomize=True)
    @given(guides())
    def try_guide(files: Files) -> None:
        with guide_on_disk(files) as root:
            is_published(root)

    with pytest.raises(error):
        try_guide()
