"""Sheets into files: first everything is read and checked as if it stood in the files, then all of it is written, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from guidegen import assets, checks, inputs, theme
from guidegen.content.files import ContentFile, content_files
from guidegen.content.load import Loaded, load, partner_of, translation_of
from guidegen.content.tables import PARTNER
from guidegen.content.translated import TranslationFile, read_translation
from guidegen.content.yamlfile import Entries
from guidegen.content.yamltext import changed, is_same, text_of
from guidegen.model import Guide, Partner
from guidegen.problems import Problem, Severity, suggest
from guidegen.sheets.exporting import node_of
from guidegen.sheets.gathering import ordered, translation, with_first, with_list, with_lists_below, with_row
from guidegen.sheets.layout import PARTNER_COLUMN, TEXTS, TRANSLATIONS, Sheet, sheets
from guidegen.sheets.reading import Book, Row

_FOLDER = PurePosixPath("content/partners")
_MISNAMED = "Write small letters a-z, digits and hyphens, at most 60, such as  food-bank"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that would be written: of which partner, and whether it is new."""

    slug: str
    path: PurePosixPath
    node: Entries
    is_new: bool


@dataclass(frozen=True, slots=True)
class Import:
    """What the sheets would do to the files. Of partners that are ``wrong`` nothing can be written."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    wrong: frozenset[str]
    same: int


def plan(book: Book, root: Path) -> Import:
    """What would be written, and all that is wrong with it."""
    loaded = load(root)
    loaded.guide = replace(loaded.guide, images=assets.image_names(root), icons=theme.icon_names(root))
    files = content_files(root, "partners", ".yml")[0]
    there = {str(file.path): file for file in files}
    wanted = _Gathered(book, there).files()
    changes = tuple(_changes(wanted, there))
    problems, wrong = _review(book, wanted, files, loaded)
    slugs = {path.name.partition(".")[0] for path in wanted}
    return Import(changes, tuple(sorted([*book.problems, *problems])), wrong, len(slugs - {one.slug for one in changes}))


def write(changes: Sequence[Change], root: Path) -> Iterator[Change]:
    """Write the files, and tell each once it stands."""
    for change in changes:
        file = root / change.path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = text_of(change.node) if change.is_new else changed(file.read_text(encoding="utf-8-sig"), change.node)
        inputs.replace(file, text.encode())
        yield change


def _changes(wanted: Mapping[PurePosixPath, Entries], there: Mapping[str, ContentFile]) -> Iterator[Change]:
    for path, node in wanted.items():
        file = there.get(str(path))
        if file is None or not is_same(node_of(file), node):
            yield Change(path.name.partition(".")[0], path, node, file is None)


class _Gathered:
    """What the files would say of the partners that the sheets name."""

    def __init__(self, book: Book, there: Mapping[str, ContentFile]) -> None:
        self._book = book
        self._there = there
        self._rows = {name: self._by_partner(name) for name in book.rows}

    def files(self) -> dict[PurePosixPath, Entries]:
        """The files by path: profiles, then translations."""
        own = [sheet for sheet in sheets() if sheet.name in self._rows]
        slugs = dict.fromkeys(slug for sheet in own for slug in self._rows[sheet.name])
        made = {_FOLDER / f"{slug}.yml": self._partner(slug, own) for slug in slugs}
        known = {path.stem for path in made} | {file.slug for file in self._there.values()}
        return made | dict(self._translations(known))

    def _by_partner(self, name: str) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = {}
        known = {file.slug for file in self._there.values()}
        if "partners" in self._book.rows:
            known |= {row.text(PARTNER_COLUMN) for row in self._book.rows["partners"]}
        for row in self._book.rows[name]:
            slug = row.text(PARTNER_COLUMN)
            at = row.cells.get(PARTNER_COLUMN, row.place)
            if (
                not slug
                or not slug.isascii()
                or not all(one.isalnum() or one == "-" for one in slug)
                or slug != slug.lower()[:60]
            ):
                self._book.report(at, f"'{slug}' cannot be the name of a partner's file", _MISNAMED)
            elif slug not in known:
                self._book.report(at, f"there is no partner '{slug}'", suggest(slug, known))
            elif name in ("partners", TRANSLATIONS) and self._is_second(rows.get(slug, ()), row):
                self._book.report(at, f"'{slug}' has a row already", "Remove one of them.")
            else:
                rows.setdefault(slug, []).append(row)
        return rows

    def _is_second(self, before: Sequence[Row], row: Row) -> bool:
        return any(one.text("language") == row.text("language") for one in before)

    def _before(self, path: PurePosixPath, line: int) -> Entries:
        file = self._there.get(str(path))
        return node_of(file) if file else Entries((), line, 1)

    def _partner(self, slug: str, own: Sequence[Sheet]) -> Entries:
        book = self._book
        first = next(rows[slug][0] for sheet in own if slug in (rows := self._rows[sheet.name]))
        node = self._before(_FOLDER / f"{slug}.yml", first.place.line)
        is_told = slug in self._rows.get("partners", {})  # then the sheets say all that there is of it
        for sheet in own:
            own_rows = self._rows[sheet.name].get(slug, [])
            if sheet.name == "partners" and own_rows:
                node = with_row(node, sheet.columns, own_rows[0], book.headings["partners"])
                for other in sheets():
                    node = with_first(node, other, own_rows[0])
            elif (own_rows or is_told) and sheet.above:
                node = with_lists_below(node, sheet, own_rows, book)
            elif own_rows or is_told:
                node = with_list(node, sheet, own_rows, book.headings[sheet.name])
        return ordered(node, PARTNER)

    def _translations(self, known: set[str]) -> Iterator[tuple[PurePosixPath, Entries]]:
        blocks, texts = self._rows.get(TRANSLATIONS, {}), self._rows.get(TEXTS)
        pairs = {(slug, row.text("language")) for rows in (blocks, texts or {}) for slug in rows for row in rows[slug]}
        for slug, language in sorted(pairs):
            block = next((row for row in blocks.get(slug, ()) if row.text("language") == language), None)
            own = None if texts is None else [row for row in texts.get(slug, ()) if row.text("language") == language]
            path = _FOLDER / f"{slug}.{language}.yml"
            first = [*([block] if block else []), *(own or [])][0]
            before = self._before(path, first.place.line)
            if slug in known:
                yield path, ordered(translation(before, block, own, self._book), PARTNER)


# --- what would be wrong -------------------------------------------------------------------------


def _review(
    book: Book, wanted: Mapping[PurePosixPath, Entries], files: Sequence[ContentFile], loaded: Loaded
) -> tuple[list[Problem], frozenset[str]]:
    """What is wrong with the guide as it would be and is not so today, and the partners that it concerns."""
    guide, before = loaded.guide, {*loaded.problems, *checks.check(loaded.guide)}
    partners = {one.slug: one for one in guide.partners}
    problems: list[Problem] = []
    for slug in dict.fromkeys(path.name.partition(".")[0] for path in wanted):
        partner, found = _read(slug, wanted, files, guide)
        problems += found
        partners |= {slug: partner} if partner else {}
    flawed = frozenset(one.path for one in problems) | guide.flawed
    made = replace(guide, partners=tuple(partners.values()), slugs=guide.slugs | partners.keys(), flawed=flawed)
    problems += checks.check(made)
    new = [one for one in problems if one not in before]
    wrong = frozenset(one.path.name.partition(".")[0] for one in new if one.severity is Severity.ERROR)
    wrong |= frozenset(path.name.partition(".")[0] for path in wanted if _is_in_wrong_rows(path, book))
    return [book.located(one) for one in new if one.severity is Severity.ERROR], wrong


def _is_in_wrong_rows(path: PurePosixPath, book: Book) -> bool:
    """Whether one of the rows of a partner could not be taken over."""
    slug = path.name.partition(".")[0]
    lines = {(str(one.path), one.line) for one in book.problems if one.severity is Severity.ERROR}
    own = (row for rows in book.rows.values() for row in rows if row.text(PARTNER_COLUMN) == slug)
    return any((str(at.path), at.line) in lines for at in (book.located(_at(row)) for row in own))


def _at(row: Row) -> Problem:
    return Problem(PurePosixPath(), row.place.line, 1, "")


def _read(
    slug: str, wanted: Mapping[PurePosixPath, Entries], files: Sequence[ContentFile], guide: Guide
) -> tuple[Partner | None, list[Problem]]:
    """A partner from what the sheets would make of its files."""
    source, problems = _FOLDER / f"{slug}.yml", []
    translated: dict[str, TranslationFile] = {}
    for file in files:
        if file.slug == slug and file.language and file.path not in wanted:
            read, found = translation_of(file)
            problems += found
            translated |= {file.language: read} if read else {}
    for path, node in wanted.items():
        name, _, language = path.stem.partition(".")
        if name == slug and language:
            made, found = read_translation(node, PARTNER, path, language)
            problems += found
            translated[language] = made
            if language not in guide.settings.languages[1:]:
                hint = suggest(language, guide.settings.languages[1:])
                problems.append(Problem(path, node.line, 1, f"'{language}' is not a language of the guide", hint, "language"))
    own = next((file for file in files if file.path == source), None)
    node = wanted.get(source) or (node_of(own) if own else Entries((), 1, 1))
    partner, found = partner_of(source, node, translated, guide.settings.languages)
    return partner, problems + found


def told(change: Change) -> str:
    """A line about a file that was written."""
    return f"{'new    ' if change.is_new else 'changed'}  {change.path}"
