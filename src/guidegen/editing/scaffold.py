"""Create new files: a partner profile or a spotlight article.

Existing files are never overwritten, except the JSON Schemas, which guidegen generates and nobody edits.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from guidegen.content.checks import placeholders
from guidegen.content.fields.intended import fold
from guidegen.content.fields.json_schema import FILES, generate_schemas
from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode, compose
from guidegen.files.atomic_files import write_file_durably, write_files
from guidegen.model import urls
from guidegen.model.phone_numbers import sample_number
from guidegen.model.problems import GuidegenError, find_nearest_word

_PARTNER = """\
# A partner profile. Leave out what you do not know: the guide never guesses.
name: {title}
{summary}{phones}services:
  - key: first-service
    types: [{type}]      # ids of content/services.yml, the main one first
    name: {service}
status: draft            # remove this line when the profile is ready
"""

_SPOTLIGHT = """\
---
title: {title}
summary: {summary}
date: {today}
authors: [Your Name]
draft: yes                  # remove this line when the article is ready
---
Begin with a paragraph that says what happened and why it matters.

## A heading

Link to a partner by its file name: write two square brackets, the word partner, a colon and the name.
"""


_YAML_KEYWORDS = ("yes", "no", "true", "false", "null", "on", "off")
"""Words that other YAML parsers do not read as strings."""
_SCHEMAS = "schemas"
_MODELINE = f"# yaml-language-server: $schema=../../{_SCHEMAS}/partner.json\n"
"""Links a profile to its JSON Schema, so that text editors can complete and check what is typed.

https://github.com/redhat-developer/yaml-language-server
"""


class NewFileDetails(NamedTuple):
    """The values for a new file; all but the name may be empty."""

    name: str
    title: str = ""
    summary: str = ""
    phone: str = ""
    type: str = ""


def ask_details(kind: str, given: NewFileDetails, root: Path, ask: Callable[[str], str]) -> NewFileDetails:
    """Return the details, asking for those that were not given. An empty answer leaves a placeholder in the file.

    Raises ``GuidegenError`` if the name is invalid or taken.
    """
    title = given.title or ask(f"What is the {kind} called?")
    suggested_name = urls.slug(title)
    name = ask(f"A short name for its address [{suggested_name}]?") or suggested_name
    _check_name(kind, name if title else "", root)
    summary = given.summary or ask("One sentence that says what it is?")
    if kind == "spotlight":
        return NewFileDetails(name, title, summary)
    phone = given.phone or ask("The number to call?")
    service_type = given.type or ask(f"The kind of help ({', '.join(_read_types(root))})?")
    return NewFileDetails(name, title, summary, phone, service_type)


def find_similar(kind: str, given: NewFileDetails, root: Path) -> Iterator[Path]:
    """Yield existing partners or articles with a similar name, which are most likely the same one."""
    folder, extension = {"partner": ("partners", ".yml"), "spotlight": ("spotlights", ".md")}.get(kind, ("", ""))
    files = {
        path.name.split(".")[0]: path
        for path in sorted((root / "content" / folder).glob(f"*{extension}"))
        if extension and "." not in path.stem
    }
    candidates = (given.name, urls.slug(given.title or given.name))
    names = {find_nearest_word(name, files) for name in candidates if name not in files}
    yield from (files[name] for name in sorted(names) if name)


def create_file(kind: str, given: NewFileDetails, root: Path, today: date) -> Path:
    """Create a file and return its path.

    Raises ``GuidegenError`` if the name is invalid or taken, or if ``root`` is not the folder of a guide.
    """
    name = given.name
    _check_name(kind, name, root)
    title = format_yaml_text(given.title or name.replace("-", " ").capitalize())
    if not (root / "guide.yml").exists():
        raise GuidegenError(f"there is no guide.yml in {root.resolve()}; go to the guide's folder, or give it with --root")
    if kind == "partner":
        modeline = _MODELINE if (root / _SCHEMAS / "partner.json").is_file() else ""
        first_type = next((type_id for type_id in _read_types(root) if type_id != "emergency"), "english")
        text = modeline + _format_partner(given, title, _find_type(root, given.type) or first_type, _read_region(root))
        return _write(root / "content" / "partners" / f"{name}.yml", text)
    summary = format_yaml_text(given.summary or placeholders.ARTICLE)
    text = _SPOTLIGHT.format(title=title, today=today, summary=summary)
    return _write(root / "content" / "spotlights" / f"{name}.md", text)


def _check_name(kind: str, name: str, root: Path) -> None:
    """Raise ``GuidegenError`` for a name that is invalid or taken, before anything else is asked."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name):
        raise GuidegenError(f"'{name}' does not work in an address; use lowercase letters, digits and hyphens, such as food-bank")
    paths = {"partner": f"content/partners/{name}.yml", "spotlight": f"content/spotlights/{name}.md"}
    if os.path.lexists(root / paths[kind]):
        raise GuidegenError(f"{root / paths[kind]} already exists")


def write_schemas(root: Path) -> tuple[Path, ...]:
    """Write the JSON Schemas of the content files and, unless they exist, the VS Code settings that use them.

    Return the paths of the written files.
    """
    folder = root / _SCHEMAS
    texts = {f"{name}.json": text.encode() for name, text in generate_schemas().items()}
    write_files(folder, texts)
    written = [folder / name for name in texts]
    patterns_by_schema = {f"./{_SCHEMAS}/{name}.json": list(patterns) for name, (_, patterns) in FILES.items() if patterns}
    settings = {
        "yaml.schemas": patterns_by_schema,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "editor.tabSize": 2,
        "editor.insertSpaces": True,
    }
    for name, value in (("settings", settings), ("extensions", {"recommendations": ["redhat.vscode-yaml"]})):
        if not (root / ".vscode" / f"{name}.json").exists():
            written.append(_write(root / ".vscode" / f"{name}.json", json.dumps(value, indent=2) + "\n"))
    return tuple(written)


def _format_partner(given: NewFileDetails, title: str, service_type: str, region: str) -> str:
    summary = f"summary: {format_yaml_text(given.summary)}\n" if given.summary else ""
    phone = json.dumps(given.phone or sample_number(region), ensure_ascii=False)
    phones = f"phones:\n  - {{number: {phone}}}\n"
    if not given.phone and phone != json.dumps(placeholders.PHONE):  # another country's sample may be somebody's number
        phones = "".join(f"# {line}\n" for line in phones.splitlines())
    return _PARTNER.format(title=title, summary=summary, phones=phones, type=service_type, service=placeholders.SERVICE)


def format_yaml_text(text: str) -> str:
    """Return the text as a YAML scalar, quoted unless it is made of plain words."""
    is_plain = re.fullmatch(r"[^\W\d_][\w .'’()-]*[\w.)]", text) and text.lower() not in _YAML_KEYWORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _read_types(root: Path) -> list[str]:
    """Return the ids of the guide's service types, or an empty list if their file cannot be read."""
    try:
        text = (root / "content" / "services.yml").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    block = re.search(r"^types:\s*$(.*?)(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\s*- (?:\{ *)?id: ([a-z0-9-]+)", block[1] if block else "", re.MULTILINE)


def _read_region(root: Path) -> str:
    """Return the country of the guide, or an empty text."""
    match = re.search(r"^region: *([A-Z]{2})\b", (root / "guide.yml").read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
    return match[1] if match else ""


def _find_type(root: Path, answer: str) -> str:
    """Return the id of the service type that an answer names, in any language; the answer itself if there is none."""
    file = root / "content" / "services.yml"
    if not answer or answer in _read_types(root) or not file.is_file():
        return answer
    node, _ = compose(file.read_text(encoding="utf-8", errors="replace"), PurePosixPath(file.name))
    types = node.get("types") if isinstance(node, MappingNode) else None
    for item in types.items if isinstance(types, ListNode) else ():
        name, type_id = (item.get("name"), item.get("id")) if isinstance(item, MappingNode) else (None, None)
        names = [value.text for _, value in name.pairs if isinstance(value, ScalarNode)] if isinstance(name, MappingNode) else []
        if isinstance(type_id, ScalarNode) and fold(answer) in map(fold, names):
            return type_id.text
    return answer


def _write(file: Path, text: str) -> Path:
    if os.path.lexists(file):
        raise GuidegenError(f"{file} already exists")
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file_durably(file, text.encode())
    return file
