"""JSON Schemas in a real yaml-language-server over stdio: its messages about files, and its completions."""

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidegen.cli import main
from guidegen.content.fields.json_schema import generate_schemas
from guidegen.editing import scaffold
from tests import ROOT, make
from tests.browser.conftest import TOOLS, unavailable

pytestmark = pytest.mark.slow

SERVER = TOOLS / "yaml-language-server" / "bin" / "yaml-language-server"


class Editor:
    """An editor with an open folder: a minimal client of the Language Server Protocol 3.17."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._number = 0
        self._server = subprocess.Popen(["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        root = folder.as_uri()
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "guide"}],
                "capabilities": {"workspace": {"configuration": True, "workspaceFolders": True}},
            },
        )
        self.tell("initialized", {})

    def problems(self, name: str, text: str | None = None) -> list[str]:
        """Open a file and return its problems as ``line: message``."""
        return self._wait_for_problems(self._open(name, text))

    def problems_of_all(self, names: list[str]) -> dict[str, list[str]]:
        """Return the problems of many files by name, without the files that have none."""
        opened = {name: self._open(name, None) for name in names}
        return {name: problems for name, uri in opened.items() if (problems := self._wait_for_problems(uri))}

    def _wait_for_problems(self, uri: str) -> list[str]:
        while uri not in self.diagnostics:
            self._receive()
        return [f"{problem['range']['start']['line'] + 1}: {problem['message']}" for problem in self.diagnostics[uri]]

    def offered(self, name: str, text: str, line: int, column: int) -> dict[str, str]:
        """Return the completions at a position, with their documentation."""
        uri = self._open(name, text)
        position = {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        for _ in range(300):  # until the server has read the schema, it offers nothing, or a comment that names a schema
            answer = self.ask("textDocument/completion", position)
            offered = {item["label"]: str(item.get("documentation", "")) for item in answer["items"]}
            if offered.keys() - {"Inline schema"}:
                break
            time.sleep(0.2)
        return offered

    def hover(self, name: str, text: str, line: int, column: int) -> str:
        uri = self._open(name, text)
        answer = self.ask(
            "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        )
        return str(answer["contents"]["value"]) if answer else ""

    def ask(self, method: str, params: object) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            heard = self._receive()
            if heard.get("id") == number and "method" not in heard:
                return heard.get("result")

    def tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()

    def _open(self, name: str, text: str | None) -> str:
        uri = (self.folder / name).as_uri()
        self.diagnostics.pop(uri, None)
        written = (self.folder / name).read_text(encoding="utf-8") if text is None else text
        self.tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": self._number, "text": written}}
        )
        return uri

    def _send(self, message: dict[str, object]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Receive the next message, and answer requests of the server as an editor does."""
        output = self._server.stdout
        assert output
        size = 0
        while line := output.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        heard: dict[str, Any] = json.loads(output.read(size))
        if heard.get("method") == "workspace/configuration":
            sections = [item["section"] for item in heard["params"]["items"]]
            nested = {
                "yaml": {key.removeprefix("yaml."): value for key, value in self.settings.items() if key.startswith("yaml.")}
            }
            self._send({"id": heard["id"], "result": [nested.get(section) for section in sections]})
        elif heard.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif "id" in heard and "method" in heard:
            self._send({"id": heard["id"], "result": None})
        return heard


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Editor]:
    """Start an editor with no open files."""
    if not SERVER.is_file() or not shutil.which("node"):
        unavailable("yaml-language-server")
    scaffold.write_schemas(tmp_path)
    editor = Editor(tmp_path)
    yield editor
    editor.close()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Start an editor with the content of the sample guide."""
    if not SERVER.is_file() or not shutil.which("node"):
        unavailable("yaml-language-server")
    folder = tmp_path_factory.mktemp("schema")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "guide.yml", folder / "guide.yml")
    scaffold.write_schemas(folder)
    editor = Editor(folder)
    yield editor
    editor.close()


def test_nothing_is_said_of_any_file_of_the_sample_guide(editor: Editor) -> None:
    names = [
        "guide.yml",
        *(path.relative_to(editor.folder).as_posix() for path in sorted(editor.folder.glob("content/**/*.yml"))),
    ]

    assert len(names) > 100
    assert editor.problems_of_all(names) == {}


PARTNER = "content/partners/new-one.yml"
MONDAY = "services: [{key: a, types: [food], name: A,\n  hours: [{days: [mon], open: '9:00', close: '10:00'}]}]"
HEAD = "name: A\nsummary: B\nemail: a@example.org\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (PARTNER, HEAD + "websit: https://example.org\n", "4: Property websit is not allowed."),
        (PARTNER, HEAD + "status: open\n", "4: Value is not accepted."),
        (PARTNER, HEAD + "phones:\n  - {number: call us}\n", '5: Write the number as people dial it'),
        (PARTNER, HEAD + "verified: {date: 30/10/2026}\n", "4: Write the year, the month and the day"),
        (PARTNER, HEAD + MONDAY, "5: "),
        (PARTNER, "summary: B\n", '1: Missing property "name".'),
        ("content/partners/food-bank.es.yml", "summary: B\nemail: a@example.org\n", "2: Property email is not allowed."),
        ("content/partners/food-bank.es.yml", "services: [{name: Comida}]\n", '1: Missing property "key".'),
        ("guide.yml", "name: A\naddress: example.org\nlanguages: [en]\n", "2: Write a full address"),
        ("content/services.yml", "types:\n  - {id: food, nam: Food}\n", "2: "),
    ],
)  # fmt: skip
def test_a_mistake_is_reported_in_its_line(fresh: Editor, name: str, text: str, message: str) -> None:
    problems = fresh.problems(name, text)

    assert any(problem.startswith(message) for problem in problems), problems


def test_what_the_readers_take_in_other_spellings_is_right(fresh: Editor) -> None:
    text = (
        HEAD + "website: HTTPS://example.org\nservices: [{key: a, types: [food], name: 211, asks: {photo_id: No, ssn: TRUE}}]\n"
    )

    assert fresh.problems(PARTNER, text) == []


def test_keys_are_offered_with_what_they_mean(editor: Editor) -> None:
    offered = editor.offered(PARTNER, HEAD + "web\n", 4, 4)

    assert "website" in offered
    assert "name" not in offered  # it is there already
    inside = editor.offered(PARTNER, HEAD + "services:\n  - key: a\n    \n", 6, 5)
    assert {"types", "hours", "cost"} <= set(inside)
    assert inside["name"].startswith("Its name")


def test_values_are_offered(editor: Editor) -> None:
    assert {"active", "paused", "closed"} <= set(editor.offered(PARTNER, HEAD + "status: \n", 4, 9))


def test_translations_are_offered_texts_alone(editor: Editor) -> None:
    offered = editor.offered("content/partners/food-bank.ar.yml", "\n", 1, 1)

    assert "summary" in offered
    assert "email" not in offered


def test_a_key_is_explained_under_the_pointer(editor: Editor) -> None:
    hover = editor.hover(PARTNER, HEAD + "verified: {date: 2026-10-02}\n", 4, 12)

    assert "the facts were checked" in hover
    assert "2026-10-02" in hover


def test_the_schemas_of_the_sample_guide_are_those_of_the_field_table() -> None:
    """``guidegen schema`` makes them."""
    assert {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")} == generate_schemas()


def test_new_profiles_name_their_schema_where_there_is_one(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert main(["new", "partner", "before", "--root", str(root)]) == 0
    assert main(["schema", "--root", str(root)]) == 0
    (root / ".vscode" / "settings.json").write_text("{}", encoding="utf-8")
    assert main(["schema", "--root", str(root)]) == 0
    assert main(["new", "partner", "after", "--root", str(root)]) == 0

    first, second = (
        (root / f"content/partners/{name}.yml").read_text(encoding="utf-8").splitlines()[0] for name in ("before", "after")
    )

    assert "$schema" not in first
    assert second == "# yaml-language-server: $schema=../../schemas/partner.json"
    assert (root / "content/partners" / second.partition("=")[2]).resolve() == (root / "schemas/partner.json").resolve()
    assert (root / ".vscode" / "settings.json").read_text(encoding="utf-8") == "{}"
    assert main(["build", "--root", str(root), "--drafts"]) == 0
