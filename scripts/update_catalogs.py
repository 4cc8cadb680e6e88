#!/usr/bin/env python3
"""Update the catalogs in locales/ with the texts that the code and the templates use.

    python scripts/update_catalogs.py          collects the messages, and adds new ones to every catalog as untranslated
    python scripts/update_catalogs.py so       starts a catalog for Somali as well

Messages are English sentences passed to say, phrase, counted, crumb or message. Translators edit locales/<language>.po.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALES = ROOT / "locales"
KEYWORDS = {"say": None, "phrase": None, "message": None, "counted": (1, 2), "crumb": (2,)}


def collect_messages() -> Catalog:
    """Return every message of the program and the theme, with its file."""
    catalog = Catalog(project="guidegen", charset="utf-8")
    for file in sorted((ROOT / "src").rglob("*.py")):
        _add_messages(catalog, file, "python")
    for file in sorted((ROOT / "templates").rglob("*.html")):
        _add_messages(catalog, file, "jinja2.ext:babel_extract")
    return catalog


def _add_messages(catalog: Catalog, file: Path, method: str) -> None:
    with open(file, "rb") as opened:
        for _line, message, _comments, _context in extract(method, opened, KEYWORDS, options={"encoding": "utf-8"}):
            if message:
                catalog.add(message, locations=[(file.relative_to(ROOT).as_posix(), 0)])


def main(new_languages: list[str]) -> int:
    template = collect_messages()
    for tag in new_languages:
        (LOCALES / f"{tag}.po").touch()
    for file in sorted(LOCALES.glob("*.po")):
        catalog = read_po(io.BytesIO(file.read_bytes()), locale=file.stem.replace("-", "_"))
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalog.obsolete.clear()
        with open(file, "wb") as opened:
            write_po(
                opened, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False, include_previous=False
            )
        missing = sum(not (m.string if isinstance(m.string, str) else m.string and all(m.string)) for m in catalog if m.id)
        print(f"{file.stem}: {len(catalog)} messages, {missing} not translated")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
