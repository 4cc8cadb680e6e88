"""A compiled template is not compiled again unless it or its compiler changes."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from guidegen.site.templating import template_cache
from guidegen.site.templating.template_cache import TemplateCache
from guidegen.site.templating.template_compiler import FastEnvironment


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list to which the source of each compiled template is added."""
    sources: list[str] = []

    def record(self: Environment, source: str, *arguments: object, **options: object) -> object:
        sources.append(source)
        return compile_template(self, source, *arguments, **options)  # type: ignore[call-overload]  # the same arguments

    compile_template = Environment.compile
    monkeypatch.setattr(Environment, "compile", record)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return sources


def render(tmp_path: Path, source: str, environment_class: type[Environment] = FastEnvironment, folder: str = "built-in") -> str:
    """Return the output of a template, as in a new process."""
    templates = tmp_path / folder
    templates.mkdir(exist_ok=True)
    (templates / "page.html").write_text(source)
    cache = TemplateCache(environment_class.__name__, tmp_path / "built-in", tmp_path / "cache")
    environment = environment_class(loader=FileSystemLoader(templates), bytecode_cache=cache)
    return environment.get_template("page.html").render(name="Ana")


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert [render(tmp_path, "Hello {{ name }}") for _ in range(3)] == ["Hello Ana"] * 3
    assert compiled == ["Hello {{ name }}"]


def test_a_changed_template_is_compiled_again(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path, "Hello {{ name }}")

    assert render(tmp_path, "Goodbye {{ name }}") == "Goodbye Ana"
    assert len(compiled) == 2


def test_each_class_of_environments_has_its_own_bytecode(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path, "Hello {{ name }}")
    render(tmp_path, "Hello {{ name }}", Environment)

    assert len(compiled) == 2


@pytest.mark.parametrize("damaged", [b"", b"no code", b"j2"])
def test_a_template_with_damaged_bytecode_is_compiled_again(tmp_path: Path, compiled: list[str], damaged: bytes) -> None:
    render(tmp_path, "Hello {{ name }}")
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(damaged or file.read_bytes()[:-20])

    assert render(tmp_path, "Hello {{ name }}") == "Hello Ana"
    assert len(compiled) == 2


def test_bytecode_of_a_guides_own_templates_is_not_written(tmp_path: Path, compiled: list[str]) -> None:
    assert [render(tmp_path, "Hello {{ name }}", folder="guide") for _ in range(2)] == ["Hello Ana"] * 2
    assert len(compiled) == 2
    assert not (tmp_path / "cache").exists()


def test_nothing_is_written_if_python_writes_no_bytecode(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert render(tmp_path, "Hello {{ name }}") == "Hello Ana"
    assert not (tmp_path / "cache").exists()
    assert len(compiled) == 1


def test_a_cache_folder_that_cannot_be_written_is_not_an_error(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")

    assert [render(tmp_path, "Hello {{ name }}") for _ in range(2)] == ["Hello Ana"] * 2
    assert len(compiled) == 2


def test_each_version_of_jinja2_has_its_own_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    before = template_cache._find_cache_folder()
    monkeypatch.setattr("jinja2.__version__", "0.1")

    assert template_cache._find_cache_folder() != before
    assert before.parent.name == "__pycache__" or sys.pycache_prefix
