"""Starts new files: a guide, a partner profile, a spotlight article. Nothing that exists is ever overwritten.

Only the schemas are, which guidegen makes and nobody edits.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from guidegen import resources
from guidegen.content.checks import placeholders
from guidegen.content.fields.json_schema import FILES, schemas
from guidegen.files.atomic_files import new_folder, write_file_durably, write_files
from guidegen.model import urls
from guidegen.model.problems import GuidegenError, nearest_word

_GUIDE = """\
# The guide itself. Every key is explained in the documentation of guidegen.
name: {title}
summary: Free and low-cost help for newcomers and families, in your language.
address: https://{name}.example.org/     # where it will be published
languages: [en, es]                      # the first is the one you write in
region: US
time_zone: America/New_York
contact:
  name: Who keeps this guide
  email: guide@{name}.example.org
  phone: "(555) 555-0100"
check_after_days: 180                    # how long facts count as fresh; check names older ones
"""

_PARTNER = """\
# A partner profile. Leave out what you do not know: the guide never guesses.
name: {title}
{summary}phones:
  - {{number: {phone}}}
services:
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


_NOT_TEXT = ("yes", "no", "true", "false", "null", "on", "off")
"""Words that other programs do not read as texts."""
_SCHEMAS = "schemas"
_MODELINE = f"# yaml-language-server: $schema=../../{_SCHEMAS}/partner.json\n"
"""By it editors that know JSON Schema complete and check what one types. https://github.com/redhat-developer/yaml-language-server"""


class NewFileDetails(NamedTuple):
    """What is known of a new file; all but the name may be empty."""

    name: str
    title: str = ""
    summary: str = ""
    phone: str = ""
    type: str = ""


def ask_details(kind: str, given: NewFileDetails, root: Path, ask: Callable[[str], str]) -> NewFileDetails:
    """What somebody says when asked for what is not given. An empty answer leaves a place to fill in."""
    title = given.title or ask(f"What is the {kind} called?")
    short = urls.slug(title)
    name = ask(f"A short name for its address [{short}]?") or short
    _refuse(kind, name if title else "", root)
    if kind == "guide":
        return given._replace(name=name, title=title)
    summary = given.summary or ask("One sentence that says what it is?")
    if kind == "spotlight":
        return NewFileDetails(name, title, summary)
    phone = given.phone or ask("The number to call?")
    return NewFileDetails(name, title, summary, phone, given.type or ask(f"The kind of help ({', '.join(_types(root))})?"))


def similar(kind: str, given: NewFileDetails, root: Path) -> Iterator[Path]:
    """A partner or an article that is there already and most likely is the same."""
    folder, ending = {"partner": ("partners", ".yml"), "spotlight": ("spotlights", ".md")}.get(kind, ("", ""))
    files = {
        path.name.split(".")[0]: path
        for path in sorted((root / "content" / folder).glob(f"*{ending}"))
        if ending and "." not in path.stem
    }
    found = {nearest_word(name, files) for name in (given.name, urls.slug(given.title or given.name)) if name not in files}
    yield from (files[name] for name in sorted(found) if name)


def create(kind: str, given: NewFileDetails, root: Path, today: date) -> Path:
    """Make a file, or a folder for a guide, and return its path. Raises ``GuidegenError`` if there is one already."""
    name = given.name
    _refuse(kind, name, root)
    title = _text(given.title or name.replace("-", " ").capitalize())
    if kind == "guide":
        return _new_guide(root / name, name, title)
    if not (root / "guide.yml").exists():
        raise GuidegenError(f"there is no guide.yml in {root.resolve()}; go to the guide's folder, or name it with --root")
    if kind == "partner":
        with_schema = (root / _SCHEMAS / "partner.json").is_file()
        text = (_MODELINE if with_schema else "") + _partner(
            given, title, given.type or next((name for name in _types(root) if name != "emergency"), "english")
        )
        return _write(root / "content" / "partners" / f"{name}.yml", text)
    return _write(
        root / "content" / "spotlights" / f"{name}.md",
        _SPOTLIGHT.format(title=title, today=today, summary=_text(given.summary or placeholders.ARTICLE)),
    )


def _refuse(kind: str, name: str, root: Path) -> None:
    """Raises ``GuidegenError`` for a name under which nothing can be made, before anything else is asked."""
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name):
        raise GuidegenError(f"'{name}' cannot become an address; use small letters, digits and hyphens, such as food-bank")
    places = {"guide": name, "partner": f"content/partners/{name}.yml", "spotlight": f"content/spotlights/{name}.md"}
    if os.path.lexists(root / places[kind]):
        raise GuidegenError(f"{root / places[kind]} exists already")


def _new_guide(folder: Path, name: str, title: str) -> Path:
    with new_folder(folder) as stage:
        for part in ("partners", "spotlights", "images"):
            (stage / "content" / part).mkdir(parents=True)
        _write(stage / "guide.yml", _GUIDE.format(name=name, title=title))
        source = resources.built_in_folder() / "content" / "services.yml"
        shutil.copyfile(source, stage / "content" / "services.yml")
        partner = _partner(NewFileDetails("first-partner"), "First partner", "english")
        _write(stage / "content" / "partners" / "first-partner.yml", re.sub(r"status: draft.*\n", "", partner))
        _write(stage / ".gitignore", "/site/\n/.site.*\n/.guidegen\n*.guidegen-new\n")
        write_schemas(stage)
    return folder


def write_schemas(root: Path) -> tuple[Path, ...]:
    """JSON Schemas of the content files in ``schemas``, and the settings by which VS Code uses them unless it has some."""
    folder = root / _SCHEMAS
    texts = {f"{name}.json": text.encode() for name, text in schemas().items()}
    write_files(folder, texts)
    files = [folder / name for name in texts]
    matches = {f"./{_SCHEMAS}/{name}.json": list(patterns) for name, (_, patterns) in FILES.items() if patterns}
    settings = {
        "yaml.schemas": matches,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "editor.tabSize": 2,
        "editor.insertSpaces": True,
    }
    for name, value in (("settings", settings), ("extensions", {"recommendations": ["redhat.vscode-yaml"]})):
        if not (root / ".vscode" / f"{name}.json").exists():
            files.append(_write(root / ".vscode" / f"{name}.json", json.dumps(value, indent=2) + "\n"))
    return tuple(files)


def _partner(given: NewFileDetails, title: str, kind: str) -> str:
    """Return a whole profile in eight lines, and a summary where one was given."""
    summary = f"summary: {_text(given.summary)}\n" if given.summary else ""
    phone = json.dumps(given.phone or placeholders.PHONE, ensure_ascii=False)
    return _PARTNER.format(title=title, summary=summary, phone=phone, type=kind, service=placeholders.SERVICE)


def _text(text: str) -> str:
    """A text as YAML: in quotes where it has anything but words in it."""
    return (
        text
        if re.fullmatch(r"[^\W\d_][\w .'’()-]*[\w.)]", text) and text.lower() not in _NOT_TEXT
        else json.dumps(text, ensure_ascii=False)
    )


def _types(root: Path) -> list[str]:
    """The service types that this guide has."""
    try:
        text = (root / "content" / "services.yml").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    own = re.search(r"^types:\s*$(.*?)(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\s*- (?:\{ *)?id: ([a-z0-9-]+)", own[1] if own else "", re.MULTILINE)


def _write(file: Path, text: str) -> Path:
    if os.path.lexists(file):
        raise GuidegenError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file_durably(file, text.encode())
    return file
