"""JSON Schemas for editors, in the real yaml-language-server over stdio: what it says of files, and what it offers."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guidegen.cli import main
from guidegen.content.fields.json_schema import schemas
from guidegen.editing import scaffold
from tests import ROOT, make
from tests.browser.conftest import TOOLS, unavailable

SERVER = TOOLS / "yaml-language-server" / "bin" / "yaml-language-server"


class Editor:
    """An editor with a folder open, as far as the Language Server Protocol 3.17 needs one here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = json.loads((folder / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        self.said: dict[str, list[dict[str, Any]]] = {}
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
        """Opens a file; what the server finds in it, as ``line: message``."""
        return self._told(self._open(name, text))

    def problems_of_all(self, names: list[str]) -> dict[str, list[str]]:
        """The same of many files, by their names; those without problems are left out."""
        opened = {name: self._open(name, None) for name in names}
        return {name: told for name, uri in opened.items() if (told := self._told(uri))}

    def _told(self, uri: str) -> list[str]:
        while uri not in self.said:
            self._hear()
        return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in self.said[uri]]

    def offered(self, name: str, text: str, line: int, column: int) -> dict[str, str]:
        """What is offered at a place, with what is said of it."""
        uri = self._open(name, text)
        found = self.ask(
            "textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        )
        return {one["label"]: str(one.get("documentation", "")) for one in found["items"]}

    def hover(self, name: str, text: str, line: int, column: int) -> str:
        uri = self._open(name, text)
        found = self.ask(
            "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}
        )
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, params: object) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            heard = self._hear()
            if heard.get("id") == number and "method" not in heard:
                return heard.get("result")

    def tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()

    def _open(self, name: str, text: str | None) -> str:
        uri = (self.folder / name).as_uri()
        self.said.pop(uri, None)
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

    def _hear(self) -> dict[str, Any]:
        """The next message; questions of the server are answered as an editor does."""
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
            self.said[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif "id" in heard and "method" in heard:
            self._send({"id": heard["id"], "result": None})
        return heard


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Editor]:
    """An editor that has said nothing yet."""
    if not SERVER.is_file() or not shutil.which("node"):
        unavailable("yaml-language-server")
    scaffold.write_schemas(tmp_path)
    made = Editor(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """The sample guide's content, opened in an editor."""
    if not SERVER.is_file() or not shutil.which("node"):
        unavailable("yaml-language-server")
    folder = tmp_path_factory.mktemp("schema")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "guide.yml", folder / "guide.yml")
    scaffold.write_schemas(folder)
    made = Editor(folder)
    yield made
    made.close()


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
    ("name", "text", "said"),
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
def test_a_mistake_is_told_in_its_line(fresh: Editor, name: str, text: str, said: str) -> None:
    found = fresh.problems(name, text)

    assert any(one.startswith(said) for one in found), found


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
    assert inside["name"].startswith("What it is called")


def test_values_are_offered(editor: Editor) -> None:
    assert {"active", "paused", "closed"} <= set(editor.offered(PARTNER, HEAD + "status: \n", 4, 9))


def test_translations_are_offered_texts_alone(editor: Editor) -> None:
    offered = editor.offered("content/partners/food-bank.ar.yml", "\n", 1, 1)

    assert "summary" in offered
    assert "email" not in offered


def test_a_key_is_explained_under_the_pointer(editor: Editor) -> None:
    said = editor.hover(PARTNER, HEAD + "verified: {date: 2026-10-02}\n", 4, 12)

    assert "the facts were checked" in said
    assert "2026-10-02" in said


def test_the_schemas_of_the_sample_guide_are_those_of_the_field_table() -> None:
    """``guidegen schema`` makes them."""
    assert {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")} == schemas()


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
