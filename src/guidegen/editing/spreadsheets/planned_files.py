"""What the files would say of the partners that sheets name, and what keeps a row from being one of theirs."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from guidegen.content.fields.scalar import SLUG
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import ContentFile, name_problem
from guidegen.content.text_file import read_text
from guidegen.content.yaml.parser import MappingNode, ScalarNode, compose
from guidegen.editing.spreadsheets.exporting import node_of
from guidegen.editing.spreadsheets.layout import PARTNER_COLUMN, TEXTS, TRANSLATIONS, Sheet, sheets
from guidegen.editing.spreadsheets.merging import ordered, translation, with_first, with_list, with_lists_below, with_row
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.model.problems import suggest
from guidegen.model.settings import Settings

FOLDER = PurePosixPath("content/partners")
_MISNAMED = "Write small letters a-z, digits and hyphens, at most 60, such as  food-bank"


def slug_of(path: PurePosixPath) -> str:
    """Of the partner whose file, or whose translation, it is."""
    return path.name.partition(".")[0]


def _named_by(sheet: str, row: SheetRow) -> tuple[str, ...]:
    """What no two rows of a sheet share; empty for those of which there may be several alike."""
    names: dict[str, tuple[str, ...]] = {"partners": (), TRANSLATIONS: ("language",), TEXTS: ("language", "field")}
    return (row.text(PARTNER_COLUMN), *map(row.text, names[sheet])) if sheet in names else ()


class PlannedFiles:
    """What the files would say of the partners that the sheets name."""

    def __init__(self, book: Workbook, root: Path, there: Mapping[str, ContentFile], settings: Settings) -> None:
        self.book = book
        self.refused: set[str] = set()
        self._root = root
        self._there = there
        self._languages = settings.languages[1:]
        self._is_american = settings.region == "US"
        self._lost: set[str] = set()
        self.rows = {name: self._by_partner(name) for name in book.rows}

    def files(self) -> dict[PurePosixPath, MappingNode]:
        """The files by path: profiles, then translations."""
        own = [sheet for sheet in sheets() if sheet.name in self.rows]
        slugs = dict.fromkeys(slug for sheet in own for slug in self.rows[sheet.name])
        made = {FOLDER / f"{slug}.yml": self._partner(slug, own) for slug in slugs}
        known = {path.stem for path in made} | {file.slug for file in self._there.values()}
        return made | dict(self._translations(known))

    def before(self, path: PurePosixPath) -> MappingNode | None:
        """What a file says now, if there is one."""
        file = self._there.get(str(path))
        return node_of(file) if file else None

    def refuse(self, slug: str, message: str, hint: str) -> None:
        """Note at the first row of a partner that nothing can be written of it."""
        self.refused.add(slug)
        self.book.report(next(rows[slug][0] for rows in self.rows.values() if slug in rows).place, message, hint)

    def are_doubtful(self) -> frozenset[str]:
        """The partners that are in a sheet with a row of which it is not known whose it is: it may be theirs."""
        return frozenset(slug for name in self._lost for slug in (*self.rows[name], *self.rows.get("partners", ())))

    def _by_partner(self, name: str) -> dict[str, list[SheetRow]]:
        rows: dict[str, list[SheetRow]] = {}
        taken: set[tuple[str, ...]] = set()
        known = {file.slug for file in self._there.values()}
        if "partners" in self.book.rows:
            known |= {row.text(PARTNER_COLUMN) for row in self.book.rows["partners"]}
        for row in self.book.rows[name]:
            slug = row.text(PARTNER_COLUMN)
            told = next(self._wrong(name, row, slug, known, taken), None)
            if told:
                at, message, hint = told
                self.book.report(at, message, hint)
                self._lost.add(name)
            else:
                self._report_short_codes(row)
                rows.setdefault(slug, []).append(row)
                taken.add(_named_by(name, row))
        return rows

    def _wrong(
        self, name: str, row: SheetRow, slug: str, known: set[str], taken: set[tuple[str, ...]]
    ) -> Iterator[tuple[ScalarNode, str, str]]:
        """What keeps a row from being that of a partner."""
        at, path = row.cells.get(PARTNER_COLUMN, row.place), FOLDER / f"{slug}.yml"
        if not re.fullmatch(SLUG.expression, slug) or name_problem(self._root / path, path, ".yml"):
            yield at, f"'{slug}' cannot be the name of a partner's file", _MISNAMED
        elif slug not in known:
            yield at, f"there is no partner '{slug}'", suggest(slug, known)
        language = row.text("language")
        if name in (TEXTS, TRANSLATIONS) and language not in self._languages:
            listed = suggest(language, self._languages)
            yield row.cells.get("language", row.place), f"'{language}' is not a language of this guide's translations", listed
        if (named := _named_by(name, row)) and named in taken:
            such = name in (TRANSLATIONS, TEXTS)
            yield at, f"'{slug}' has {'such a row' if such else 'a row'} already", "Remove one of them."

    def _report_short_codes(self, row: SheetRow) -> None:
        """Postal codes of the United States that lost the zero with which they begin."""
        for name, cell in row.cells.items() if self._is_american else ():
            short = re.search(r"(?<![0-9])[0-9]{3,4}(?![0-9-])", cell.text) if "postal_code" in name else None
            if short and not self._exists(row, cell.text):
                hint = f"Write  {short[0]:>05}  and format the column as text, so that the spreadsheet program keeps the zero."
                self.book.report(cell, f"the postal code '{short[0]}' has lost a zero", hint)

    def _exists(self, row: SheetRow, text: str) -> bool:
        """Whether the profile has the codes: as they are, or longer, so that they stay as they are."""
        file = self._there.get(str(FOLDER / f"{row.text(PARTNER_COLUMN)}.yml"))
        said = file.file.read_text(encoding="utf-8", errors="replace") if file else ""
        codes = {*re.findall(r"[0-9]{5}", said), *re.findall(r"[0-9]+", " ".join(re.findall(r"postal_code.*", said)))}
        return all(code in codes or f"{code:>05}" in codes for code in re.findall(r"[0-9]+", text))

    def _start(self, path: PurePosixPath, row: SheetRow) -> MappingNode:
        """What a file says now. One with mistakes, or a link in its place, is not touched."""
        file, slug = self._there.get(str(path)), slug_of(path)
        if file is None:
            if os.path.lexists(self._root / path):
                self.refuse(slug, f"{path} is no file that can be written", "Put the file itself there, in place of a link.")
            return MappingNode((), row.place.line, 1)
        text, problems = read_text(file.file, file.path)
        node, syntax = compose(text, file.path)
        if problems or syntax or not isinstance(node, MappingNode):
            at = ", ".join([str(path), *(f"line {one.line}" for one in [*problems, *syntax][:1])])
            self.refuse(slug, f"{at}: there is a mistake in the file, so it is not changed", "Mend it first:  guidegen check")
        return node if isinstance(node, MappingNode) else MappingNode((), row.place.line, 1)

    def _partner(self, slug: str, own: Sequence[Sheet]) -> MappingNode:
        book = self.book
        first = next(rows[slug][0] for sheet in own if slug in (rows := self.rows[sheet.name]))
        node = self._start(FOLDER / f"{slug}.yml", first)
        is_told = slug in self.rows.get("partners", {})  # then the sheets say all that there is of it
        for sheet in own:
            own_rows = self.rows[sheet.name].get(slug, [])
            if sheet.name == "partners" and own_rows:
                node = with_row(node, sheet.columns, own_rows[0], book.headings["partners"])
                for other in sheets():
                    node = with_first(node, other, own_rows[0], book)
            elif (own_rows or is_told) and sheet.above:
                node = with_lists_below(node, sheet, own_rows, is_told, book)
            elif own_rows or is_told:
                node = with_list(node, sheet, own_rows, book)
        return ordered(node, PARTNER)

    def _translations(self, known: set[str]) -> Iterator[tuple[PurePosixPath, MappingNode]]:
        blocks, texts = self.rows.get(TRANSLATIONS, {}), self.rows.get(TEXTS)
        pairs = {(slug, row.text("language")) for rows in (blocks, texts or {}) for slug in rows for row in rows[slug]}
        for slug, language in sorted(pairs):
            block = next((row for row in blocks.get(slug, ()) if row.text("language") == language), None)
            own = None if texts is None else [row for row in texts.get(slug, ()) if row.text("language") == language]
            path = FOLDER / f"{slug}.{language}.yml"
            first = [*([block] if block else []), *(own or [])][0]
            before = self._start(path, first)
            if slug in known:
                yield path, ordered(translation(before, block, own, self.book), PARTNER)
