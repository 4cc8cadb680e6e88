"""The documentation agrees with the program."""

import ast
import re
import runpy
from collections.abc import Sequence
from pathlib import Path

import pytest

from guidegen.cli import _build_parser, main
from tests import ROOT, make

pytestmark = pytest.mark.slow


def test_the_field_reference_is_up_to_date() -> None:
    generated = runpy.run_path(str(ROOT / "scripts" / "generate_field_reference.py"))["format_page"]()

    assert (ROOT / "docs/reference/fields.md").read_text(encoding="utf-8") == generated


def test_every_link_between_documents_works() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        broken += [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]

    assert broken == []


def test_every_command_is_in_the_readme_or_the_documents() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

    choices = next(action.choices for action in _build_parser()._actions if action.dest != "help" and action.choices)
    commands = [str(subparser.get_default("command")) for subparser in dict(choices).values()]
    assert len(commands) >= 10
    for command in commands:
        assert f"guidegen {command}" in text


def test_the_message_reference_is_up_to_date() -> None:
    generated = runpy.run_path(str(ROOT / "scripts" / "generate_message_reference.py"))["format_page"]()

    assert generated == (ROOT / "docs/reference/messages.md").read_text(encoding="utf-8")


def test_messages_made_of_parts_are_whole_sentences_in_every_language() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "generate_message_reference.py"))

    for tag in script["LANGUAGES"]:
        for message, text in script["list_sentences"](script["load_language"](tag)):
            fault = re.search(r"[{}]|\.\.|  | [,.;:!?](?=\s|$)|[,،、][,،、]|^\W*$", text)
            is_french = tag == "fr" and fault and fault[0] in (" :", " ;", " !", " ?")
            assert fault is None or is_french, (tag, message, text)
            assert not re.search(r"[\u4e00-\u9fff][(),;?!]|[(][\u4e00-\u9fff]", text), (tag, message, text)


def test_the_problem_reference_is_up_to_date() -> None:
    generated = runpy.run_path(str(ROOT / "scripts" / "generate_problem_reference.py"))["format_page"]()

    assert (ROOT / "docs/reference/problems.md").read_text(encoding="utf-8") == generated


def test_every_problem_code_has_an_example() -> None:
    explained = set(runpy.run_path(str(ROOT / "scripts" / "generate_problem_reference.py"))["EXAMPLES"])

    assert codes() == explained


def codes() -> set[str]:
    """Return the problem codes in the program: constant arguments of calls that take a code, and their defaults."""
    calls = ("Problem", "problem", "warning", "warn", "report", "_at", "Misspelling", "Difference")
    problem_codes: set[str] = set()
    for file in (ROOT / "src" / "guidegen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in calls:
                problem_codes |= {text for text in constant_texts(node.args[2:]) if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)}
            elif isinstance(node, ast.FunctionDef) and node.name in calls:
                problem_codes |= {text for text in constant_texts(node.args.defaults) if text}
    return problem_codes


def constant_texts(nodes: Sequence[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


QUOTED_EXAMPLE = re.compile(r"^( *)<!-- tried -->\n\1```yaml\n(.*?)\1```\n\1```\n(.*?)\1```", re.MULTILINE | re.DOTALL)
PAGES = sorted((ROOT / "docs/editors").glob("*.md"))
QUOTATIONS = [
    (page.name, *(re.sub(f"^{indent}", "", part, flags=re.MULTILINE) for part in (written, message)))
    for page in PAGES
    for indent, written, message in QUOTED_EXAMPLE.findall(page.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("page", "written", "message"), QUOTATIONS, ids=lambda text: text.split("\n")[0])
def test_every_message_quoted_in_the_documents_is_current(
    page: str, written: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, line = re.match(r"([^:]+):([0-9]+):", message).groups()  # type: ignore[union-attr]  # a message always has a path and a line
    keys = re.findall(r"^([a-z_]+):", written, re.MULTILINE)
    default_fields = {"name": "name: A\n", "summary": "summary: B\n", "website": "website: https://a.example.org/\n"}
    profile = "".join(text for key, text in default_fields.items() if key not in keys) + written
    for _ in range(2):  # the first run finds the line, the second run puts the problem on the line that the page names
        root = make.folder(tmp_path, {path: profile})
        main(["check", "--root", str(root)])
        printed = capsys.readouterr().err
        match = re.search(re.escape(path) + r":([0-9]+):", printed)
        assert match, page
        profile = "# \n" * (int(line) - int(match[1])) + profile

    assert message in printed, page


def test_the_documents_quote_enough_messages() -> None:
    assert len(QUOTATIONS) >= 9
