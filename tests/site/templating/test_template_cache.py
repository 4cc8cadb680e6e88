"""Templates that were compiled once are not compiled again, unless they are others."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from guidegen.site.templating import template_cache
from guidegen.site.templating.template_cache import TemplateCache
from guidegen.site.templating.template_compiler import FastEnvironment


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were compiled."""
    sources: list[str] = []

    def noting(self: Environment, source: str, *more: object, **named: object) -> object:
        sources.append(source)
        return compiling(self, source, *more, **named)  # type: ignore[call-overload]  # what it was called with

    compiling = Environment.compile
    monkeypatch.setattr(Environment, "compile", noting)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return sources


def shown(tmp_path: Path, source: str, kind: type[Environment] = FastEnvironment, own: str = "own") -> str:
    """What a template shows, in a process that has compiled nothing yet."""
    templates = tmp_path / own
    templates.mkdir(exist_ok=True)
    (templates / "page.html").write_text(source)
    compiled = TemplateCache(kind.__name__, tmp_path / "own", tmp_path / "kept")
    environment = kind(loader=FileSystemLoader(templates), bytecode_cache=compiled)
    return environment.get_template("page.html").render(name="Ana")


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [shown(tmp_path, "Hello {{ name }}") for _ in range(3)] == ["Hello Ana"] * 3
    assert compiled == ["Hello {{ name }}"]


def test_one_that_changed_is_compiled_anew(tmp_path: Path, compiled: list[str]) -> None:
    shown(tmp_path, "Hello {{ name }}")

    assert shown(tmp_path, "Goodbye {{ name }}") == "Goodbye Ana"
    assert len(compiled) == 2


def test_each_kind_of_environment_has_its_own(tmp_path: Path, compiled: list[str]) -> None:
    shown(tmp_path, "Hello {{ name }}")
    shown(tmp_path, "Hello {{ name }}", Environment)

    assert len(compiled) == 2


@pytest.mark.parametrize("left", [b"", b"no code", b"j2"])
def test_damaged_code_is_compiled_anew(tmp_path: Path, compiled: list[str], left: bytes) -> None:
    shown(tmp_path, "Hello {{ name }}")
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(left or file.read_bytes()[:-20])

    assert shown(tmp_path, "Hello {{ name }}") == "Hello Ana"
    assert len(compiled) == 2


def test_those_of_a_guide_are_not_kept(tmp_path: Path, compiled: list[str]) -> None:
    assert [shown(tmp_path, "Hello {{ name }}", own="guide") for _ in range(2)] == ["Hello Ana"] * 2
    assert len(compiled) == 2
    assert not (tmp_path / "kept").exists()


def test_nothing_is_written_where_python_writes_nothing(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert shown(tmp_path, "Hello {{ name }}") == "Hello Ana"
    assert not (tmp_path / "kept").exists()
    assert len(compiled) == 1


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "kept").write_text("a file, not a folder")

    assert [shown(tmp_path, "Hello {{ name }}") for _ in range(2)] == ["Hello Ana"] * 2
    assert len(compiled) == 2


def test_another_guidegen_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = template_cache._find_cache_folder()
    monkeypatch.setattr("jinja2.__version__", "0.1")

    assert template_cache._find_cache_folder() != before
    assert before.parent.name == "__pycache__" or sys.pycache_prefix
