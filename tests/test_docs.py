"""What the documentation says is so."""

import ast
import re
import runpy
from pathlib import Path

import pytest

from guidegen.cli import _build_parser, main
from tests import ROOT, make


def test_the_reference_of_fields_is_that_of_the_field_table() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "generate_field_reference.py"))["reference"]()

    assert (ROOT / "docs/reference/fields.md").read_text(encoding="utf-8") == made


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        broken += [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]

    assert broken == []


def test_every_command_is_in_the_readme_or_the_documents() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

    choices = next(action.choices for action in _build_parser()._actions if action.dest != "help" and action.choices)
    commands = [str(one.get_default("command")) for one in dict(choices).values()]
    assert len(commands) >= 10
    for command in commands:
        assert f"guidegen {command}" in text


def test_the_reference_of_problems_is_what_the_program_says() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "generate_problem_reference.py"))["page"]()

    assert (ROOT / "docs/reference/problems.md").read_text(encoding="utf-8") == made


def test_every_code_of_a_problem_has_an_example() -> None:
    explained = set(runpy.run_path(str(ROOT / "scripts" / "generate_problem_reference.py"))["EXAMPLES"])

    assert codes() == explained


def codes() -> set[str]:
    """The codes in the program: texts that stand where calls take a code, and what stands for one that is not given."""
    calls = ("Problem", "problem", "warning", "warn", "report", "_at", "Misspelling")
    found = set()
    for file in (ROOT / "src" / "guidegen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in calls:
                last = [one.value for one in node.args[2:] if isinstance(one, ast.Constant)]
                found |= {one for one in last if isinstance(one, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one)}
            elif isinstance(node, ast.FunctionDef) and node.name in calls:
                defaults = [one.value for one in node.args.defaults if isinstance(one, ast.Constant)]
                found |= {one for one in defaults if isinstance(one, str) and one}
    return found


TRIED = re.compile(r"^( *)<!-- tried -->\n\1```yaml\n(.*?)\1```\n\1```\n(.*?)\1```", re.MULTILINE | re.DOTALL)
PAGES = sorted((ROOT / "docs/editors").glob("*.md"))
QUOTED = [
    (page.name, *(re.sub(f"^{indent}", "", part, flags=re.MULTILINE) for part in (written, said)))
    for page in PAGES
    for indent, written, said in TRIED.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "written", "said"), QUOTED, ids=lambda text: text.split("\n")[0])
def test_every_message_in_the_documents_is_what_the_program_says(
    page: str, written: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, line = re.match(r"([^:]+):([0-9]+):", said).groups()  # type: ignore[union-attr]  # else it is no message
    keys = re.findall(r"^([a-z_]+):", written, re.MULTILINE)
    usual = {"name": "name: A\n", "summary": "summary: B\n", "website": "website: https://a.example.org/\n"}
    profile = "".join(text for key, text in usual.items() if key not in keys) + written
    for _ in range(2):  # the first time to see which line it is, the second time in the line that the page says
        root = make.folder(tmp_path, {path: profile})
        main(["check", "--root", str(root)])
        printed = capsys.readouterr().err
        found = re.search(re.escape(path) + r":([0-9]+):", printed)
        assert found, page
        profile = "# \n" * (int(line) - int(found[1])) + profile

    assert said in printed, page


def test_documents_quote_enough_messages_to_be_worth_it() -> None:
    assert len(QUOTED) >= 9
