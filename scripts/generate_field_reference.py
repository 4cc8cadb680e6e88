#!/usr/bin/env python3
"""Writes docs/reference/fields.md from the field table, so that the two cannot disagree (a test compares them)."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from guidegen.content.fields import compound, table  # noqa: E402  # after the path is set
from guidegen.content.fields.scalar import Choice  # noqa: E402
from guidegen.content.translations import is_translatable  # noqa: E402

FILES = (
    ("guide.yml", "The guide itself.", table.SETTINGS),
    ("content/services.yml", "The service types, and words for search.", table.SERVICE_TYPES),
    (
        "content/search-tests.yml",
        "What people type, and what must be found first. `guidegen check` tries it.",
        table.SEARCH_TESTS,
    ),
    ("content/partners/<name>.yml", "One partner. Its translations stand beside it, `<name>.<language>.yml`.", table.PARTNER),
    ("content/spotlights/<name>.md", "One article: these keys between two lines `---`, then Markdown.", table.SPOTLIGHT),
    ("content/spotlights/<name>.<language>.md", "A translated article.", table.SPOTLIGHT_TRANSLATION),
    ("translation", "In every translation file: who made it.", table.TRANSLATION),
)


def reference() -> str:
    """The whole page."""
    lines = [
        "# Every key you can write",
        "",
        "Made from the field table by `python scripts/generate_field_reference.py`; do not edit by hand.",
        "**Bold** keys are required. T: can be translated. P: private, in no output whatever.",
        "",
    ]
    for name, about, record in FILES:
        lines += [
            f"## `{name}`",
            "",
            about,
            "",
            "| key | what it means | what to write | example | |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [*rows(record), ""]
    return "\n".join(lines)


def rows(record: compound.Record[Any], at: str = "") -> Iterator[str]:
    """A line for each key, and for the keys below it."""
    for field in record.fields:
        inner = field.reader.reader if isinstance(field.reader, compound.Many) else field.reader
        groups = inner.shapes if isinstance(inner, compound.OneOf) else (inner,)
        records = [group for group in groups if isinstance(group, compound.Record)]
        key = f"**`{at}{field.name}`**" if field.required else f"`{at}{field.name}`"
        marks = " ".join(
            mark for mark, is_so in (("T", is_translatable(field.reader) and not records), ("P", field.private)) if is_so
        )
        example = f"`{field.example}`" if field.example else ""
        yield f"| {key} | {cell(field.meaning)} | {cell(wanted(field.reader, bool(records)))} | {cell(example)} | {marks} |"
        suffix = "[]." if isinstance(field.reader, compound.Many) else "."
        for inner_record in records:
            yield from rows(inner_record, f"{at}{field.name}{suffix}")


def wanted(reader: object, is_record: bool) -> str:
    """What to write, in few words."""
    inner = reader.reader if isinstance(reader, compound.Many) else reader
    if is_record:
        return "a list of these keys:" if isinstance(reader, compound.Many) else "these keys:"
    if isinstance(inner, Choice):
        words = ", ".join(
            f"{name} ({meaning})" if meaning.replace(" ", "-") != name else name for name, meaning in inner.meanings.items()
        )
        return ("a list of: " if inner is not reader else "one of: ") + words
    return str(getattr(reader, "wanted", ""))


def cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs" / "reference" / "fields.md").write_text(reference(), encoding="utf-8")
