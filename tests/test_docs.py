"""What the documentation says is so."""

import ast
import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_reference_of_fields_is_that_of_the_field_table() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "reference"))["reference"]()

    assert (ROOT / "docs/reference/fields.md").read_text(encoding="utf-8") == made


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        broken += [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]

    assert broken == []


def test_every_command_is_in_the_readme_or_the_documents() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

    for command in ("build", "check", "serve", "new partner", "new spotlight", "new guide", "translations accept", "schema"):
        assert f"guidegen {command}" in text


def test_the_reference_of_problems_is_what_the_program_says() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "problems"))["page"]()

    assert (ROOT / "docs/reference/problems.md").read_text(encoding="utf-8") == made


def test_every_code_of_a_problem_has_an_example() -> None:
    explained = set(runpy.run_path(str(ROOT / "scripts" / "problems"))["EXAMPLES"])

    assert codes() == explained


def codes() -> set[str]:
    """The codes in the program: texts that stand where calls take a code, and what stands for one that is not given."""
    calls = ("Problem", "problem", "warning", "report", "_at")
    found = set()
    for file in (ROOT / "src" / "guidegen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in calls:
                last = [one.value for one in node.args[3:] if isinstance(one, ast.Constant)]
                found |= {one for one in last if isinstance(one, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)}
            elif isinstance(node, ast.FunctionDef) and node.name in calls:
                defaults = [one.value for one in node.args.defaults if isinstance(one, ast.Constant)]
                found |= {one for one in defaults if isinstance(one, str) and one}
    return found
