"""Guides of every kind, good and faulty: published whole and the same each time, or refused with reasons; never anything else.

``GUIDES=2000`` tries so many of each.
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
from guidegen.search import lexicon, table
from tests import make
from tests.edits import few_words, tree
from tests.faulty_guides import faulty_guides
from tests.guides import SECRETS, Files, guides

MOST = int(os.environ.get("GUIDES", "15"))
PATIENCE = 20
"""Seconds of a processor for a build, on a machine under load; a small guide takes a part of one."""
AS_USUAL = pipeline.Options()
OLD = "<!doctype html>Of the last build."
many = settings(
    max_examples=MOST,
    deadline=None,
    derandomize=MOST <= 15,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.fixture(scope="module", autouse=True)
def _few_words() -> Iterator[None]:
    """Two languages of search words in place of twenty: guides are built many times here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lexicon, "built_in_languages", lexicon.built_in_languages)
        patched.setattr(table, "_built_in", table._built_in)
        few_words()
        yield


@contextmanager
def laid(files: Files) -> Iterator[Path]:
    """The guide on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            make.write(Path(folder), name, content)
        yield Path(folder)


def refused(root: Path, options: pipeline.Options = AS_USUAL) -> tuple[Problem, ...] | None:
    """Why a guide was not published; None when it was. Whatever else stops a build is a fault of guidegen."""
    started = time.process_time()
    try:
        pipeline.build(root, root / "site", options)
        return None
    except ContentError as error:
        return error.problems
    finally:
        assert time.process_time() - started < PATIENCE


def astray(problems: tuple[Problem, ...], root: Path) -> list[Problem]:
    """Problems that point to no file, or to a line that it does not have.

    A file that is missing cannot be pointed to, and one whose name is no text only by another name.
    """
    pointed = [one for one in problems if one.code not in ("missing", "file-name") or (root / one.path).exists()]
    lines = {one.path: _lines(root / one.path) for one in pointed}
    return [one for one in problems if one.path in lines and not 1 <= one.line <= lines[one.path]]


def _lines(file: Path) -> int:
    if not file.is_file():
        return int(file.exists())
    return file.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1


def leaks(site: Path) -> list[tuple[str, str]]:
    """What is published of what must not be."""
    return [(name, secret) for name, content in tree(site).items() for secret in SECRETS if secret.encode() in content.lower()]


def is_published(root: Path) -> bool:
    """Whether a guide is published, with nothing that is secret; else it is refused with reasons, and there is no site."""
    problems = refused(root)
    assert problems is None or (astray(problems, root) == [] and not (root / "site").exists())
    assert leaks(root / "site") == []
    return problems is None


@many
@given(guides())
def test_a_guide_is_published_the_same_each_time_and_keeps_its_secrets(files: Files) -> None:
    with laid(files) as root:
        if is_published(root):
            first = tree(root / "site")
            make.write(root, "content/partners/new.yml", make.PARTNER_YML)
            assert refused(root) is None
            (root / "content/partners/new.yml").unlink()
            assert refused(root) is None
            assert tree(root / "site") == first
            assert refused(root, pipeline.Options(clean=True)) is None
            assert tree(root / "site") == first


@many
@given(faulty_guides())
def test_a_faulty_guide_leaves_the_old_site_and_says_where_it_is_wrong(files: Files) -> None:
    with laid(files) as root:
        make.write(root, "site/.guidegen", "site old\n")
        make.write(root, "site/index.html", OLD)
        before = tree(root / "site")
        problems, said = None, ""
        try:
            problems = refused(root)
        except GuidegenError as error:  # there is no guide.yml, or a part of the theme that cannot be used
            said = str(error)

        assert (tree(root / "site") == before) == bool(problems or said)
        assert astray(problems or (), root) == []
        assert not re.search("fault of guidegen|not fit together", said)


@many
@given(guides() | faulty_guides())
def test_every_command_takes_or_refuses_a_guide(files: Files) -> None:
    with laid(files) as root:
        for arguments in (
            ("check",),
            ("report", "--out", str(root / "report")),
            ("export", "csv", "--out", str(root / "sheets")),
            ("import", "csv", str(root / "sheets"), "--dry-run"),
            ("translations", "accept"),
            ("check", "--format", "json"),
        ):
            assert main([*arguments, "--root", str(root)]) in (0, 1, 2), arguments


@many
@given(guides())
def test_what_is_exported_comes_back_as_it_was(files: Files) -> None:
    with laid(files) as root:
        if any(one.severity is Severity.ERROR for one in pipeline.load_checked_guide(root, shows_drafts=True)[1]):
            return
        before = load(root).guide.partners
        assert main(["export", "csv", "--root", str(root), "--out", str(root / "sheets")]) == 0
        assert main(["import", "csv", str(root / "sheets"), "--root", str(root)]) == 0
        assert load(root).guide.partners == before


def _stumble(*_: object) -> None:
    raise KeyError("number")


@pytest.mark.parametrize(
    ("fault", "does", "error"),
    [
        ("guidegen.content.fields.scalar.Phone.read", _stumble, KeyError),
        (f"{__name__}.SECRETS", ("desk@example.org",), AssertionError),  # which every profile publishes
    ],
)
def test_a_fault_of_guidegen_is_found(fault: str, does: object, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fault, does)

    @settings(many, max_examples=200, phases=[Phase.generate], derandomize=True)
    @given(guides())
    def tried(files: Files) -> None:
        with laid(files) as root:
            is_published(root)

    with pytest.raises(error):
        tried()
