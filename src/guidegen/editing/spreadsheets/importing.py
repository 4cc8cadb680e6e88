"""Plan an import: check all rows as if they were in the files, and find the partners that cannot be written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from guidegen import resources
from guidegen.content import checks
from guidegen.content.fields.table import PARTNER
from guidegen.content.images import content_images
from guidegen.content.load import load
from guidegen.content.partners import build_partner, read_translation_file
from guidegen.content.source_files import ContentFile, list_content_files
from guidegen.content.translations import TranslationFile, read_translation
from guidegen.content.yaml.parser import ListNode, MappingNode
from guidegen.content.yaml.writer import is_equal
from guidegen.editing.field_texts import read_node
from guidegen.editing.profile_files import create_content, update_content
from guidegen.editing.spreadsheets.layout import PARTNER_COLUMN
from guidegen.editing.spreadsheets.planned_files import FOLDER, PlannedFiles, get_slug
from guidegen.editing.spreadsheets.reading import SheetRow, Workbook
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file to write, with the slug of its partner. ``shortened_lists`` describes the lists that lose entries."""

    slug: str
    path: PurePosixPath
    content: bytes
    is_new: bool
    shortened_lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The result of planning an import: the changes, the problems, and ``unchanged_count``.

    ``rejected`` are the slugs of the partners whose files cannot be written because of errors.
    """

    changes: tuple[FileChange, ...]
    problems: tuple[Problem, ...]
    rejected: frozenset[str]
    unchanged_count: int


def plan_import(book: Workbook, root: Path) -> ImportPlan:
    """Return the changes that an import would make, and its problems. Nothing is written."""
    loaded = load(root)
    guide = replace(loaded.guide, images=content_images.list_image_names(root), icons=resources.list_icon_names(root))
    files = list_content_files(root, "content/partners", ".yml")[0]
    planned = PlannedFiles(book, root, {str(file.path): file for file in files}, guide.settings)
    nodes = planned.build_files()
    changes = tuple(_list_changes(nodes, planned, root))
    existing = frozenset([*loaded.problems, *loaded.partner_problems, *checks.check_guide(guide)])
    problems, wrong = _check_plan(planned, nodes, files, guide, existing)
    slugs = {get_slug(path) for path in nodes}
    all_problems = tuple(sorted((*book.problems, *problems)))
    return ImportPlan(changes, all_problems, wrong, len(slugs - {change.slug for change in changes}))


def write_changes(changes: Sequence[FileChange], root: Path) -> Iterator[FileChange]:
    """Write the files, and yield each change once its file is written."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for change in changes:
        write_file_durably(root / change.path, change.content)
        yield change


def _list_changes(nodes: Mapping[PurePosixPath, MappingNode], planned: PlannedFiles, root: Path) -> Iterator[FileChange]:
    for path, node in nodes.items():
        before = planned.read_current(path)
        if before is None or not is_equal(before, node):
            try:
                content = create_content(node) if before is None else update_content((root / path).read_bytes(), node)
            except GuidegenError as error:
                planned.refuse(get_slug(path), f"this cannot be written: {error}", "Shorten the texts of this partner.")
                continue
            shorter = tuple(_describe_shorter_lists(before, node)) if before else ()
            yield FileChange(get_slug(path), path, content, before is None, shorter)


def _describe_shorter_lists(before: MappingNode, node: MappingNode) -> Iterator[str]:
    for key, value in before.pairs:
        after = node.get(key.text)
        lost = len(value.items) - (len(after.items) if isinstance(after, ListNode) else 0) if isinstance(value, ListNode) else 0
        if lost > 0:
            yield f"{lost} fewer in {key.text}"


# --- problems of the planned files ---------------------------------------------------------------


def _check_plan(
    planned: PlannedFiles,
    nodes: Mapping[PurePosixPath, MappingNode],
    files: Sequence[ContentFile],
    guide: Guide,
    existing: frozenset[Problem],
) -> tuple[list[Problem], frozenset[str]]:
    """Return the errors that the import would add to the guide, and the slugs of the partners that it must leave out.

    Leaving out a partner may break a reference to it, so the check repeats until the remaining partners have no errors.
    """
    book, slugs = planned.book, frozenset(map(get_slug, nodes))
    located: dict[Problem, None] = {}
    wrong = frozenset(planned.refused) | _find_slugs_in_wrong_rows(book) & slugs | planned.find_doubtful_slugs() & slugs
    while True:
        errors = _list_new_errors(slugs - wrong, nodes, files, guide, existing)
        located |= dict.fromkeys(map(book.locate, errors))
        in_partners = frozenset(get_slug(error.path) for error in errors if error.path.parent == FOLDER)
        newly_wrong = (in_partners if all(error.path.parent == FOLDER for error in errors) else slugs) - wrong
        if not newly_wrong & slugs:
            break
        wrong |= newly_wrong
    if wrong:  # the loop left these partners out, so check them all once more to report their errors too
        located |= dict.fromkeys(map(book.locate, _list_new_errors(slugs, nodes, files, guide, existing)))
    return [*located], wrong & slugs


def _list_new_errors(
    slugs: frozenset[str],
    nodes: Mapping[PurePosixPath, MappingNode],
    files: Sequence[ContentFile],
    guide: Guide,
    existing: frozenset[Problem],
) -> list[Problem]:
    problems = _list_problems(slugs, nodes, files, guide)
    return [problem for problem in problems if problem not in existing and problem.severity is Severity.ERROR]


def _list_problems(
    slugs: frozenset[str], nodes: Mapping[PurePosixPath, MappingNode], files: Sequence[ContentFile], guide: Guide
) -> list[Problem]:
    """Return the problems of the guide if the files of these partners were written."""
    partners = {partner.slug: partner for partner in guide.partners}
    problems: list[Problem] = []
    nodes_by_slug: dict[str, dict[PurePosixPath, MappingNode]] = {}
    for path, node in nodes.items():
        nodes_by_slug.setdefault(get_slug(path), {})[path] = node
    files_by_slug: dict[str, list[ContentFile]] = {}
    for file in files:
        files_by_slug.setdefault(file.slug, []).append(file)
    for slug in sorted(slugs):
        partner, partner_problems = _read_partner(slug, nodes_by_slug[slug], files_by_slug.get(slug, ()), guide)
        problems += partner_problems
        partners |= {slug: partner} if partner else {}
    flawed = frozenset(problem.path for problem in problems if problem.severity is Severity.ERROR) | guide.files_with_errors
    planned_guide = replace(
        guide, partners=tuple(partners.values()), slugs=guide.slugs | partners.keys(), files_with_errors=flawed
    )
    return [*problems, *checks.check(planned_guide)]


def _find_slugs_in_wrong_rows(book: Workbook) -> frozenset[str]:
    """Return the slugs of the partners with a row that has an error."""
    lines = {(str(problem.path), problem.line) for problem in book.problems if problem.severity is Severity.ERROR}
    rows = ((row, book.locate(_build_row_problem(row))) for sheet_rows in book.rows.values() for row in sheet_rows)
    return frozenset(row.text(PARTNER_COLUMN) for row, problem in rows if (str(problem.path), problem.line) in lines)


def _build_row_problem(row: SheetRow) -> Problem:
    """Return an empty problem at a row, from which ``Workbook.located`` finds the row's file and line."""
    return Problem(PurePosixPath(), row.position.line, 1, "")


def _read_partner(
    slug: str, nodes: Mapping[PurePosixPath, MappingNode], files: Sequence[ContentFile], guide: Guide
) -> tuple[Partner | None, list[Problem]]:
    """Return a partner from its planned files, and from its existing files that the sheets do not change."""
    source, problems = FOLDER / f"{slug}.yml", []
    translations: dict[str, TranslationFile] = {}
    for file in files:
        if file.language and file.path not in nodes:
            existing, file_problems = read_translation_file(file, guide.settings.region)
            problems += file_problems
            translations |= {file.language: existing} if existing else {}
    for path, node in nodes.items():
        language = path.stem.partition(".")[2]
        if language:
            translations[language], file_problems = read_translation(node, PARTNER, path, language, guide.settings.region)
            problems += file_problems
    source_file = next((file for file in files if file.path == source), None)
    node = nodes.get(source) or (read_node(source_file) if source_file else MappingNode((), 1, 1))
    partner, partner_problems = build_partner(source, node, translations, guide.settings)
    return partner, problems + partner_problems


def describe_change(change: FileChange) -> str:
    """Return one line about a changed file."""
    shorter = f"  ({', '.join(change.shortened_lists)})" if change.shortened_lists else ""
    return f"{'new    ' if change.is_new else 'changed'}  {change.path}{shorter}"
