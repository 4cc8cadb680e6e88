#!/usr/bin/env python3
"""Write docs/reference/fields.md from the field table; a test checks that it is up to date."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from guidegen.content.fields import table  # noqa: E402  # after the path is set
from guidegen.content.fields.compound import Many, OneOf  # noqa: E402
from guidegen.content.fields.record import Record  # noqa: E402
from guidegen.content.fields.scalar import Choice  # noqa: E402
from guidegen.content.translations import is_translatable  # noqa: E402

FILES = (
    ("guide.yml", "The guide itself.", table.SETTINGS),
    ("guides/<name>.yml", "A guide with a part of the content. Other keys are those of guide.yml.", table.PARTIAL_GUIDE),
    ("content/services.yml", "The service types, and words for search.", table.SERVICE_TYPES),
    (
        "content/search-tests.yml",
        "What people type, and what search must find first. `guidegen check` tests it.",
        table.SEARCH_TESTS,
    ),
    ("content/partners/<name>.yml", "One partner. Its translations are in `<name>.<language>.yml`.", table.PARTNER),
    ("content/spotlights/<name>.md", "One article: these keys between two lines `---`, then Markdown.", table.SPOTLIGHT),
    ("content/spotlights/<name>.<language>.md", "A translated article.", table.SPOTLIGHT_TRANSLATION),
    ("content/spotlights/<chapter>/chapter.yml", "One chapter of articles.", table.CHAPTER),
    ("content/pages/<name>.md", "One page of your own: these keys between two lines `---`, then Markdown.", table.OWN_PAGE),
    ("content/pages/<name>.<language>.md", "A translated page.", table.OWN_PAGE_TRANSLATION),
    ("translation", "In every translation file: who translated it.", table.TRANSLATION),
)


def format_page() -> str:
    """Return the page."""
    lines = [
        "# Every key you can write",
        "",
        "Generated from the field table by `python scripts/generate_field_reference.py`; do not edit by hand.",
        "**Bold** keys are required. T: can be translated. P: private, never published.",
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
        lines += [*format_rows(record), ""]
    return "\n".join(lines)


def format_rows(record: Record[Any], at: str = "") -> Iterator[str]:
    """Yield a row for each key and for the keys below it."""
    for field in record.fields:
        inner = field.reader.reader if isinstance(field.reader, Many) else field.reader
        groups = inner.shapes if isinstance(inner, OneOf) else (inner,)
        records = [group for group in groups if isinstance(group, Record)]
        key = f"**`{at}{field.name}`**" if field.required else f"`{at}{field.name}`"
        marks = " ".join(
            mark for mark, applies in (("T", is_translatable(field.reader) and not records), ("P", field.private)) if applies
        )
        example = f"`{field.example}`" if field.example else ""
        yield f"| {key} | {format_cell(field.meaning)} | {format_cell(describe_value(field.reader, bool(records)))} | {format_cell(example)} | {marks} |"
        suffix = "[]." if isinstance(field.reader, Many) else "."
        for inner_record in records:
            yield from format_rows(inner_record, f"{at}{field.name}{suffix}")


def describe_value(reader: object, is_record: bool) -> str:
    """Return in a few words what to write."""
    inner = reader.reader if isinstance(reader, Many) else reader
    if is_record:
        return "a list of these keys:" if isinstance(reader, Many) else "these keys:"
    if isinstance(inner, Choice):
        words = ", ".join(
            f"{name} ({meaning})" if meaning.replace(" ", "-") != name else name for name, meaning in inner.meanings.items()
        )
        return ("a list of: " if inner is not reader else "one of: ") + words
    return str(getattr(reader, "expected", ""))


def format_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs" / "reference" / "fields.md").write_text(format_page(), encoding="utf-8")
