"""Sheets into files: first everything is read and checked as if it stood in the files, then all of it is written, or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from guidegen import resources
from guidegen.content import checks
from guidegen.content.fields.table import PARTNER
from guidegen.content.images import content_images
from guidegen.content.load import load, partner_of, translation_of
from guidegen.content.source_files import ContentFile, content_files
from guidegen.content.text_file import MAX_BYTES
from guidegen.content.translations import TranslationFile, read_translation
from guidegen.content.yaml.parser import ListNode, MappingNode
from guidegen.content.yaml.writer import is_same, to_yaml, with_changes
from guidegen.editing.spreadsheets.exporting import node_of
from guidegen.editing.spreadsheets.layout import PARTNER_COLUMN
from guidegen.editing.spreadsheets.planned_files import FOLDER, PlannedFiles, slug_of
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import GuidegenError, Problem, Severity


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that would be written: of which partner, what it holds, whether it is new, and which lists of it get shorter."""

    slug: str
    path: PurePosixPath
    content: bytes
    is_new: bool
    shorter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """What the sheets would do to the files. Of partners that are ``wrong`` nothing can be written."""

    changes: tuple[FileChange, ...]
    problems: tuple[Problem, ...]
    wrong: frozenset[str]
    same: int


def plan(book: Workbook, root: Path) -> Import:
    """What would be written, and all that is wrong with it."""
    loaded = load(root)
    guide = replace(loaded.guide, images=content_images.image_names(root), icons=resources.icon_names(root))
    files = content_files(root, "partners", ".yml")[0]
    gathered = PlannedFiles(book, root, {str(file.path): file for file in files}, guide.settings)
    wanted = gathered.files()
    changes = tuple(_changes(wanted, gathered, root))
    known = frozenset([*loaded.problems, *loaded.partner_problems, *checks.check_guide(guide)])
    problems, wrong = _review(gathered, wanted, files, guide, known)
    slugs = {slug_of(path) for path in wanted}
    told = (*book.problems, *problems)
    return Import(changes, tuple(sorted(told)), wrong, len(slugs - {one.slug for one in changes}))


def write(changes: Sequence[FileChange], root: Path) -> Iterator[FileChange]:
    """Write the files, and tell each once it stands."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for change in changes:
        file = root / change.path
        write_file_durably(file, change.content)
        yield change


def _changes(wanted: Mapping[PurePosixPath, MappingNode], gathered: PlannedFiles, root: Path) -> Iterator[FileChange]:
    for path, node in wanted.items():
        before = gathered.before(path)
        if before is None or not is_same(before, node):
            try:
                content = _new(node) if before is None else _changed((root / path).read_bytes(), node)
            except GuidegenError as error:
                gathered.refuse(slug_of(path), f"this cannot be written: {error}", "Shorten the texts of this partner.")
                continue
            yield FileChange(slug_of(path), path, content, before is None, tuple(_shorter(before, node)) if before else ())


def _new(node: MappingNode) -> bytes:
    return _fitting(to_yaml(node).encode())


def _changed(raw: bytes, node: MappingNode) -> bytes:
    """The bytes of a file with its mark and its ends of lines as they were."""
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    made = with_changes(text, node)
    return _fitting(mark + (made.replace("\n", "\r\n") if b"\r\n" in raw else made).encode())


def _fitting(content: bytes) -> bytes:
    if len(content) > MAX_BYTES:
        raise GuidegenError(f"the file would be larger than {MAX_BYTES // 1024} KiB")
    return content


def _shorter(before: MappingNode, node: MappingNode) -> Iterator[str]:
    for key, value in before.pairs:
        after = node.get(key.text)
        number = len(value.items) - (len(after.items) if isinstance(after, ListNode) else 0) if isinstance(value, ListNode) else 0
        if number > 0:
            yield f"{number} fewer in {key.text}"


# --- what would be wrong -------------------------------------------------------------------------


def _review(
    gathered: PlannedFiles,
    wanted: Mapping[PurePosixPath, MappingNode],
    files: Sequence[ContentFile],
    guide: Guide,
    before: frozenset[Problem],
) -> tuple[list[Problem], frozenset[str]]:
    """What is wrong with the guide as it would be and is not so today, and the partners of which nothing can be written."""
    book, slugs = gathered.book, frozenset(map(slug_of, wanted))
    told: dict[Problem, None] = {}
    wrong = frozenset(gathered.refused) | _in_wrong_rows(book) & slugs | gathered.are_doubtful() & slugs
    while True:
        problems = [one for one in _found(slugs - wrong, wanted, files, guide) if one not in before]
        errors = [one for one in problems if one.severity is Severity.ERROR]
        told |= dict.fromkeys(map(book.located, errors))
        here = frozenset(slug_of(one.path) for one in errors if one.path.parent == FOLDER)
        more = (here if all(one.path.parent == FOLDER for one in errors) else slugs) - wrong
        if not more & slugs:  # what is left fits together
            break
        wrong |= more
    if wrong:  # of those left out, their own mistakes are told as well
        problems = [one for one in _found(slugs, wanted, files, guide) if one not in before]
        told |= dict.fromkeys(book.located(one) for one in problems if one.severity is Severity.ERROR)
    return [*told], wrong & slugs


def _found(
    slugs: frozenset[str], wanted: Mapping[PurePosixPath, MappingNode], files: Sequence[ContentFile], guide: Guide
) -> list[Problem]:
    """Everything wrong with the guide if the files of these partners were written."""
    partners = {one.slug: one for one in guide.partners}
    problems: list[Problem] = []
    own: dict[str, dict[PurePosixPath, MappingNode]] = {}
    for path, node in wanted.items():
        own.setdefault(slug_of(path), {})[path] = node
    there: dict[str, list[ContentFile]] = {}
    for file in files:
        there.setdefault(file.slug, []).append(file)
    for slug in sorted(slugs):
        partner, found = _read(slug, own[slug], there.get(slug, ()), guide)
        problems += found
        partners |= {slug: partner} if partner else {}
    flawed = frozenset(problem.path for problem in problems if problem.severity is Severity.ERROR) | guide.flawed
    made = replace(guide, partners=tuple(partners.values()), slugs=guide.slugs | partners.keys(), flawed=flawed)
    return [*problems, *checks.check(made)]


def _in_wrong_rows(book: Workbook) -> frozenset[str]:
    """The partners one of whose rows could not be taken over."""
    lines = {(str(one.path), one.line) for one in book.problems if one.severity is Severity.ERROR}
    rows = ((row, book.located(_at(row))) for own in book.rows.values() for row in own)
    return frozenset(row.text(PARTNER_COLUMN) for row, at in rows if (str(at.path), at.line) in lines)


def _at(row: SheetRow) -> Problem:
    return Problem(PurePosixPath(), row.place.line, 1, "")


def _read(
    slug: str, wanted: Mapping[PurePosixPath, MappingNode], files: Sequence[ContentFile], guide: Guide
) -> tuple[Partner | None, list[Problem]]:
    """A partner from what the sheets would make of its files, and from those of them that they do not name."""
    source, problems = FOLDER / f"{slug}.yml", []
    translated: dict[str, TranslationFile] = {}
    for file in files:
        if file.language and file.path not in wanted:
            read, found = translation_of(file)
            problems += found
            translated |= {file.language: read} if read else {}
    for path, node in wanted.items():
        language = path.stem.partition(".")[2]
        if language:
            made, found = read_translation(node, PARTNER, path, language)
            problems += found
            translated[language] = made
    own = next((file for file in files if file.path == source), None)
    node = wanted.get(source) or (node_of(own) if own else MappingNode((), 1, 1))
    partner, found = partner_of(source, node, translated, guide.settings)
    return partner, problems + found


def describe_changes(change: FileChange) -> str:
    """A line about a file that was written."""
    shorter = f"  ({', '.join(change.shorter)})" if change.shorter else ""
    return f"{'new    ' if change.is_new else 'changed'}  {change.path}{shorter}"
