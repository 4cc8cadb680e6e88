"""Plan the content files of the partners in a workbook, and reject rows that belong to none of them."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from guidegen.content.fields.scalar import SLUG
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import ContentFile, check_name
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import MappingNode, ScalarNode, compose
from guidegen.editing.field_texts import read_node, sort_keys
from guidegen.editing.spreadsheets.layout import PARTNER_COLUMN, TEXTS, TRANSLATIONS, Sheet, list_sheets
from guidegen.editing.spreadsheets.merging import (
    merge_list,
    merge_nested_lists,
    merge_row,
    merge_single_entry,
    merge_translation,
)
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.model.problems import suggest
from guidegen.model.settings import Settings

FOLDER = PurePosixPath("content/partners")
_NAME_HINT = "Use lowercase letters a-z, digits and hyphens, at most 60, such as  food-bank"


def get_slug(path: PurePosixPath) -> str:
    """Return the slug of the partner that a profile or translation is about."""
    return path.name.partition(".")[0]


def _get_unique_key(sheet: str, row: SheetRow) -> tuple[str, ...]:
    """Return the values that no two rows of a sheet may share, or nothing for a sheet where rows may be alike."""
    columns: dict[str, tuple[str, ...]] = {"partners": (), TRANSLATIONS: ("language",), TEXTS: ("language", "field")}
    return (row.text(PARTNER_COLUMN), *map(row.text, columns[sheet])) if sheet in columns else ()


class PlannedFiles:
    """The content files of the partners in a workbook, as an import would write them. ``refused`` slugs cannot be written."""

    def __init__(self, book: Workbook, root: Path, there: Mapping[str, ContentFile], settings: Settings) -> None:
        self.book = book
        self.refused: set[str] = set()
        self._root = root
        self._existing = there
        self._languages = settings.languages[1:]
        self._is_american = settings.region == "US"
        self._sheets_with_lost_rows: set[str] = set()
        self.rows = {name: self._group_by_partner(name) for name in book.rows}

    def build_files(self) -> dict[PurePosixPath, MappingNode]:
        """Return the content of the files by path: profiles, then translations."""
        partner_sheets = [sheet for sheet in list_sheets() if sheet.name in self.rows]
        slugs = dict.fromkeys(slug for sheet in partner_sheets for slug in self.rows[sheet.name])
        profiles = {FOLDER / f"{slug}.yml": self._build_profile(slug, partner_sheets) for slug in slugs}
        known_slugs = {path.stem for path in profiles} | {file.slug for file in self._existing.values()}
        return profiles | dict(self._build_translations(known_slugs))

    def read_current(self, path: PurePosixPath) -> MappingNode | None:
        """Return the current content of a file, or None if it does not exist."""
        file = self._existing.get(str(path))
        return read_node(file) if file else None

    def refuse(self, slug: str, message: str, hint: str) -> None:
        """Report at a partner's first row why its files cannot be written."""
        self.refused.add(slug)
        self.book.report(next(rows[slug][0] for rows in self.rows.values() if slug in rows).position, message, hint)

    def find_doubtful_slugs(self) -> frozenset[str]:
        """Return the slugs in sheets that have a row of no known partner, since the row may belong to any of them."""
        return frozenset(
            slug for name in self._sheets_with_lost_rows for slug in (*self.rows[name], *self.rows.get("partners", ()))
        )

    def _group_by_partner(self, name: str) -> dict[str, list[SheetRow]]:
        rows_by_slug: dict[str, list[SheetRow]] = {}
        taken: set[tuple[str, ...]] = set()
        known_slugs = {file.slug for file in self._existing.values()}
        if "partners" in self.book.rows:
            known_slugs |= {row.text(PARTNER_COLUMN) for row in self.book.rows["partners"]}
        for row in self.book.rows[name]:
            slug = row.text(PARTNER_COLUMN)
            error = next(self._check_row(name, row, slug, known_slugs, taken), None)
            if error:
                self.book.report(*error)
                self._sheets_with_lost_rows.add(name)
            else:
                self._check_postal_codes(row)
                rows_by_slug.setdefault(slug, []).append(row)
                taken.add(_get_unique_key(name, row))
        return rows_by_slug

    def _check_row(
        self, name: str, row: SheetRow, slug: str, known_slugs: set[str], taken: set[tuple[str, ...]]
    ) -> Iterator[tuple[ScalarNode, str, str]]:
        """Yield the cell, message and hint of each reason why a row belongs to no partner."""
        at, path = row.cells.get(PARTNER_COLUMN, row.position), FOLDER / f"{slug}.yml"
        if not re.fullmatch(SLUG.expression, slug) or check_name(self._root / path, path, ".yml"):
            yield at, f"'{slug}' cannot be the name of a partner's file", _NAME_HINT
        elif slug not in known_slugs:
            yield at, f"there is no partner '{slug}'", suggest(slug, known_slugs)
        language = row.text("language")
        if name in (TEXTS, TRANSLATIONS) and language not in self._languages:
            hint = suggest(language, self._languages)
            yield row.cells.get("language", row.position), f"this guide has no translations into '{language}'", hint
        if (key := _get_unique_key(name, row)) and key in taken:
            subject = {TRANSLATIONS: " for this language", TEXTS: " for this text and language"}.get(name, "")
            yield at, f"'{slug}' already has a row{subject}", "Remove one of the rows."

    def _check_postal_codes(self, row: SheetRow) -> None:
        """Report US postal codes that lost their leading zero."""
        for name, cell in row.cells.items() if self._is_american else ():
            short_code = re.search(r"(?<![0-9])[0-9]{3,4}(?![0-9-])", cell.text) if "postal_code" in name else None
            if short_code and not self._is_in_profile(row, cell.text):
                hint = (
                    f"Write  {short_code[0]:>05}  and format the column as text, so that the spreadsheet program keeps the zero."
                )
                self.book.report(cell, f"the postal code '{short_code[0]}' has lost a zero", hint)

    def _is_in_profile(self, row: SheetRow, text: str) -> bool:
        """Return whether the existing profile has all codes of a cell, with or without leading zeros."""
        file = self._existing.get(str(FOLDER / f"{row.text(PARTNER_COLUMN)}.yml"))
        profile = file.file.read_text(encoding="utf-8", errors="replace") if file else ""
        codes = {*re.findall(r"[0-9]{5}", profile), *re.findall(r"[0-9]+", " ".join(re.findall(r"postal_code.*", profile)))}
        return all(code in codes or f"{code:>05}" in codes for code in re.findall(r"[0-9]+", text))

    def _read_current(self, path: PurePosixPath, row: SheetRow) -> MappingNode:
        """Return the current content of a file. Refuse the partner if the file has mistakes or is a symbolic link."""
        file, slug = self._existing.get(str(path)), get_slug(path)
        if file is None:
            if os.path.lexists(self._root / path):
                self.refuse(slug, f"{path} is not a regular file, so it is not changed", "Replace the link by the file itself.")
            return MappingNode((), row.position.line, 1)
        text, problems = read_text(file.file, file.path)
        node, syntax_problems = compose(text, file.path)
        if problems or syntax_problems or not isinstance(node, MappingNode):
            lines = [f"line {problem.line}" for problem in [*problems, *syntax_problems][:1]]
            message = f"{', '.join([str(path), *lines])}: there is a mistake in the file, so it is not changed"
            self.refuse(slug, message, "Fix it first:  guidegen check")
        return node if isinstance(node, MappingNode) else MappingNode((), row.position.line, 1)

    def _build_profile(self, slug: str, partner_sheets: Sequence[Sheet]) -> MappingNode:
        book = self.book
        first_row = next(sheet_rows[slug][0] for sheet in partner_sheets if slug in (sheet_rows := self.rows[sheet.name]))
        node = self._read_current(FOLDER / f"{slug}.yml", first_row)
        is_complete = slug in self.rows.get("partners", {})  # then a list without rows is empty
        for sheet in partner_sheets:
            rows = self.rows[sheet.name].get(slug, [])
            if sheet.name == "partners" and rows:
                node = merge_row(node, sheet.columns, rows[0], book.headings["partners"])
                for list_sheet in list_sheets():
                    node = merge_single_entry(node, list_sheet, rows[0], book)
            elif (rows or is_complete) and sheet.parent_key:
                node = merge_nested_lists(node, sheet, rows, is_complete, book)
            elif rows or is_complete:
                node = merge_list(node, sheet, rows, book)
        return sort_keys(node, PARTNER)

    def _build_translations(self, known_slugs: set[str]) -> Iterator[tuple[PurePosixPath, MappingNode]]:
        blocks, texts = self.rows.get(TRANSLATIONS, {}), self.rows.get(TEXTS)
        pairs = {(slug, row.text("language")) for rows in (blocks, texts or {}) for slug in rows for row in rows[slug]}
        for slug, language in sorted(pairs):
            block = next((row for row in blocks.get(slug, ()) if row.text("language") == language), None)
            text_rows = None if texts is None else [row for row in texts.get(slug, ()) if row.text("language") == language]
            path = FOLDER / f"{slug}.{language}.yml"
            first_row = [*([block] if block else []), *(text_rows or [])][0]
            before = self._read_current(path, first_row)
            if slug in known_slugs:
                yield path, sort_keys(merge_translation(before, block, text_rows, self.book), PARTNER)
