"""The forms of the web editor, and how it reads and writes files. The editor itself: ``tests/browser/test_cms.py``."""

import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from guidegen.cli import main
from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.record import Record
from guidegen.content.fields.table import OWN_PAGE, PARTNER, SPOTLIGHT
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode, compose
from guidegen.editing.cms.config import Backend, complete_backend, format_config
from guidegen.editing.cms.writing import build_security_policy
from guidegen.model.problems import GuidegenError
from guidegen.model.settings import Editing
from tests import ROOT, make

pytestmark = pytest.mark.slow
BACKEND = Backend("github", "a/b")


def to_plain(node: Node | None) -> Any:
    if isinstance(node, MappingNode):
        return {key.text: to_plain(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [to_plain(item) for item in node.items]
    assert isinstance(node, ScalarNode)
    return node.text


def forms() -> dict[str, list[dict[str, Any]]]:
    node, problems = compose(
        format_config(BACKEND, (("food", "Food and meals"),), ("es", "zh-Hans")), PurePosixPath("config.yml")
    )
    assert problems == []
    return {collection["name"]: collection["fields"] for collection in to_plain(node)["collections"]}


def list_form_paths(fields: list[dict[str, Any]], prefix: str = "") -> Iterator[str]:
    for field in fields:
        yield prefix + field["name"]
        yield from list_form_paths(field.get("fields", []), f"{prefix}{field['name']}.")


def list_field_paths(reader: object, prefix: str = "") -> Iterator[str]:
    inner = reader.reader if isinstance(reader, Many) else reader
    for shape in inner.shapes if isinstance(inner, OneOf) else (inner,):
        for field in shape.fields if isinstance(shape, Record) else ():
            yield prefix + field.name
            yield from list_field_paths(field.reader, f"{prefix}{field.name}.")


def test_every_field_has_a_place_in_a_form() -> None:
    fields = forms()

    left_alone = {"extra", "services.area", "services.area.names", "services.area.postal_codes"}
    assert set(list_form_paths(fields["partners"])) == set(list_field_paths(PARTNER)) - left_alone
    assert set(list_form_paths(fields["spotlights"])) == {*list_field_paths(SPOTLIGHT), "body"}
    assert set(list_form_paths(fields["pages"])) == {*list_field_paths(OWN_PAGE), "body"}
    assert {"summary", "services.key", "services.name", "services.hours.note", "phones.number", "translation.by"} <= set(
        list_form_paths(fields["translations"])
    )
    assert not {"website", "services.cost.free", "verified", "name"} & set(list_form_paths(fields["translations"]))


def test_forms_require_required_fields_and_set_no_defaults() -> None:
    fields = {field["name"]: field for field in forms()["partners"]}

    assert [name for name, field in fields.items() if field["required"] == "true"] == ["name"]
    assert json.dumps(fields).count('"default"') == 1
    assert fields["status"]["default"] == "draft"  # an unfinished profile stops no publication
    types = next(field for field in fields["services"]["fields"] if field["name"] == "types")
    assert types["options"] == [{"label": "Food and meals", "value": "food"}]
    assert fields["partnership"]["fields"][1]["hint"].endswith("Private: never published.")


def test_hints_are_plain_and_closed_rows_say_what_is_in_them() -> None:
    fields = {field["name"]: field for field in forms()["partners"]}

    hints = re.findall(r'"hint": "([^"]*)"', json.dumps(forms()))
    assert len(hints) > 100
    assert [hint for hint in hints if re.search(r"such as\W*[\[{\"]", hint)] == []
    hours = next(field for field in fields["services"]["fields"] if field["name"] == "hours")
    assert {"{{fields.days}}", "{{fields.open}}", "{{fields.closed}}", "{{fields.text}}"} <= set(hours["summary"].split())
    assert fields["services"]["summary"] == "{{fields.name}} {{fields.key}}"
    assert "{{fields.number}}" in fields["phones"]["summary"]


def test_rows_of_a_translation_that_belong_to_the_row_in_the_same_place_cannot_be_removed() -> None:
    services = next(field for field in forms()["translations"] if field["name"] == "services")
    rows = {field["name"]: field for field in services["fields"]}

    assert (rows["documents"]["allow_remove"], rows["hours"]["allow_remove"]) == ("false", "false")
    assert "allow_remove" not in services  # its rows have keys


def test_a_new_translation_names_its_source_and_one_of_the_other_languages() -> None:
    names = ("translations", "spotlights-translations", "pages-translations")
    for name in names:
        of, into = forms()[name][:2]
        assert (of["widget"], of["value_field"]) == ("relation", "{{slug}}")
        assert [option["value"] for option in into["options"]] == ["es", "zh-Hans"]
        assert not {"date", "translated_from"} & {field["name"] for field in forms()[name]}
    assert [forms()[name][0]["collection"] for name in names] == ["partners", "spotlights", "pages"]


@pytest.mark.parametrize(
    ("web", "name", "repo", "branch"),
    [
        ("https://github.com/our-county/guide/edit/main/{path}", "github", "our-county/guide", "main"),
        ("https://github.com/our-county/guide/edit/trunk/{path}?plain=1", "github", "our-county/guide", "trunk"),
        ("https://gitlab.com/a/b/guide/-/edit/main/{path}", "gitlab", "a/b/guide", "main"),
    ],
)
def test_the_repository_is_found_in_the_editing_address(web: str, name: str, repo: str, branch: str) -> None:

    assert complete_backend(Backend(), Editing(web)) == Backend(name, repo, branch)
    with pytest.raises(GuidegenError, match="the guide's repository is not known"):
        complete_backend(Backend(), Editing())


def test_the_editor_may_connect_only_to_the_host_of_the_repository() -> None:
    assert "connect-src 'self' blob: http://localhost:8081 https://api.github.com https://github.com;" in build_security_policy(
        BACKEND
    )
    assert "connect-src 'self' blob: http://localhost:8081 https://gitlab.com;" in build_security_policy(Backend("gitlab", "a/b"))
    other = build_security_policy(Backend("github", "a/b", auth_url="https://login.example.org"))
    assert other.count("https://") == 3


def test_a_package_with_another_hash_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    evil = tmp_path / "decap-cms-3.16.3.tgz"
    with tarfile.open(evil, "w:gz") as archive:
        archive.add(__file__, "package/dist/decap-cms.js")
    command = ["cms", "--root", str(root), "--backend", "github", "--repo", "a/b"]

    assert main([*command, "--package", str(evil)]) == 2
    assert "is not decap-cms 3.16.3 as published" in capsys.readouterr().err
    assert main([*command, "--package", str(tmp_path / "none.tgz")]) == 2
    assert not (root / "admin").exists()


def test_a_missing_npm_is_explained_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert main(["cms", "--root", str(make.folder(tmp_path)), "--backend", "github", "--repo", "a/b"]) == 2
    assert "the editor comes from npm, which is not installed: install Node.js" in capsys.readouterr().err


# --- how files are read and written --------------------------------------------------------------


def save_files(requests: list[dict[str, Any]]) -> list[str]:
    """Return the texts that the editor's JavaScript writes for some files, changed or not."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Node is missing; scripts/test installs it")
        pytest.skip("Node is missing")
    run = subprocess.run(
        [node, str(ROOT / "tests/js/formats.mjs")], input=json.dumps(requests), capture_output=True, text=True, check=True
    )
    return [str(text) for text in json.loads(run.stdout)]


def test_saving_an_unchanged_file_of_the_sample_guide_changes_nothing() -> None:
    files = [*sorted((ROOT / "content/partners").glob("*.yml")), *sorted((ROOT / "content/spotlights").glob("*.md"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    kinds = ["profile" if file.suffix == ".yml" else "article" for file in files]

    assert save_files([{"kind": kind, "text": text} for kind, text in zip(kinds, texts, strict=True)]) == texts


PHONE = {"number": "(555) 555-0114", "extension": "012"}
SERVICE = {"key": "pantry", "types": ["food"], "who": {"ages": ["18", None]}, "asks": {"photo_id": "no"}}
PLAIN = """\
# ours
name: Food Bank # as on the door
summary: "Free food."
phones:
  - {number: (555) 555-0114, extension: 012}
locations:
  - key: main
    address: {city: Riverbend, postal_code: 02101}
services:
  # in the cellar
  - key: pantry # the old one
    types: [food]
    who: {ages: [18, null]}
    asks: {photo_id: no}
"""


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"summary": "Bread: free"}, '"Free food."', '"Bread: free"'),
        ({"name": "Food Bank"}, "", ""),
        ({"email": "", "verified": {"date": "", "by": None}, "social": [], "logo": None}, "", ""),
        ({"phones": []}, "phones:\n  - {number: (555) 555-0114, extension: 012}\n", ""),
        ({"status": "draft"}, "photo_id: no}\n", "photo_id: no}\nstatus: draft\n"),
        ({"description": "One\n\nTwo\n"}, "photo_id: no}\n", "photo_id: no}\ndescription: |\n  One\n\n  Two\n"),
        ({"plain_name": "null"}, "", ""),
        ({"plain_name": "a\u2028b\u0007"}, "photo_id: no}\n", "photo_id: no}\nplain_name: |-\n  a\n  b\n"),
        ({"name": ""}, "name: Food Bank # as on the door\n", ""),
        ({"services": [SERVICE | {"who": {"ages": ["21", None]}}]}, "[18, null]", "[21, null]"),
        ({"services": [SERVICE | {"who": {"ages": ["21", ""]}}]}, "[18, null]", "[21, null]"),
        ({"services": [SERVICE | {"who": {"ages": ["", "64"]}}]}, "[18, null]", "[null, 64]"),
        (
            {"services": [{"key": "new", "types": ["food"], "who": {"ages": ["", "5"]}}, SERVICE]},
            "  - key: pantry",
            "  - key: new\n    types: [food]\n    who:\n      ages: [null, 5]\n  - key: pantry",
        ),
        ({"phones": [PHONE, {"number": "(555) 555-0115", "note": ""}]}, "012}\n", "012}\n  - {number: (555) 555-0115}\n"),
    ],
)
def test_only_changed_values_are_written(changes: dict[str, Any], old: str, new: str) -> None:
    expected = PLAIN.replace(old, new) if old else PLAIN

    assert save_files([{"kind": "profile", "text": PLAIN, "changes": changes}]) == [expected]


def test_adding_a_service_changes_no_other_value_of_the_sample_guide() -> None:
    files = [file for file in sorted((ROOT / "content/partners").glob("*.yml")) if "." not in file.stem]
    texts = [text for file in files if "\nservices:" in (text := file.read_text(encoding="utf-8"))]
    new = {"key": "zz-new", "types": ["food"], "name": "New"}

    saved_texts = save_files([{"kind": "profile", "text": text, "added": new} for text in texts])

    for text, after in zip(texts, saved_texts, strict=True):
        lines = after.split("\n")
        start = next(number for number, line in enumerate(lines) if "zz-new" in line)
        assert "\n".join([*lines[:start], *lines[start + 3 :]]) == text


def test_a_file_with_a_mistake_is_shown_and_not_changed() -> None:
    with pytest.raises(subprocess.CalledProcessError) as raised:
        save_files([{"kind": "profile", "text": "name: A: B\n", "changes": {"summary": "C"}}])
    assert "This file has a mistake, so it is not changed" in raised.value.stderr


def test_line_endings_are_kept() -> None:
    assert save_files([{"kind": "profile", "text": PLAIN.replace("\n", "\r\n"), "changes": {"summary": "Bread"}}]) == [
        PLAIN.replace('"Free food."', '"Bread"').replace("\n", "\r\n")
    ]


SINGLE_ENTRIES = """\
name: Food Bank
phones: [{number: "(555) 555-0114", at: main}]
services:
  # the shelf
  - key: pantry
    types: [food]
    name: Pantry
    cost: {free: yes, note: Bring a bag} # always
    hours: [{closed: 2026-12-24}, {dates: 2026-12-25, open: "09:00"}]
"""


def test_a_single_entry_is_a_list_in_forms_and_stays_single_in_the_file() -> None:
    hours = [{"closed": ["2026-12-24"]}, {"dates": ["2026-12-25"], "open": "09:00"}]
    costs: list[dict[str, str]] = [{"free": "yes", "note": "Bring a bag"}]
    pantry = {"key": "pantry", "types": ["food"], "name": "Larder", "cost": costs, "hours": hours}
    one_cost: dict[str, Any] = {"services": [pantry]}
    two_costs = json.loads(json.dumps(one_cost))
    two_costs["services"][0]["cost"].append({"for": "Others", "amount": "5", "currency": "USD"})

    requests = [{"kind": "profile", "text": SINGLE_ENTRIES, "changes": changes} for changes in ({}, one_cost, two_costs)]
    unchanged, renamed, priced = save_files(requests)

    assert unchanged == SINGLE_ENTRIES
    assert renamed == SINGLE_ENTRIES.replace("name: Pantry", "name: Larder")
    assert "- {free: yes, note: Bring a bag}" in priced
    assert "- {for: Others, amount: 5, currency: USD}" in priced


def test_the_editor_knows_which_lists_may_be_single_entries() -> None:
    def list_names(record: Record[Any]) -> Iterator[str]:
        for field in record.fields:
            reader = field.reader
            if isinstance(reader, Many) and reader.may_be_one:
                yield field.name
            inner = reader.reader if isinstance(reader, Many) else reader
            for shape in inner.shapes if isinstance(inner, OneOf) else (inner,):
                if isinstance(shape, Record):
                    yield from list_names(shape)

    source = (ROOT / "client/cms/formats.js").read_text(encoding="utf-8")
    listed = re.findall(r"'([a-z_]+)'", re.findall(r"MAY_BE_ONE = \[(.*?)\]", source)[0])

    assert listed == sorted(set(list_names(PARTNER)))
