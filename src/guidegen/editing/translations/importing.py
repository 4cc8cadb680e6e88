"""Read translations back from a translator's file: check each, and plan the content files that change.

A text is recorded with the hash of the source that the translator saw. If the source has changed since, readers and ``check`` see
that. Nothing is removed: an empty translation leaves the text as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from guidegen.content import markdown_lint
from guidegen.content.fields.context import ReadingContext
from guidegen.content.fields.text import Translated
from guidegen.content.merge_conflicts import find_conflict
from guidegen.content.text_file import read_bytes
from guidegen.content.translation_comparison import find_changed_phones
from guidegen.content.yaml.parser import ScalarNode
from guidegen.editing.field_texts import PATH_SEPARATOR
from guidegen.editing.translations import paragraphs
from guidegen.editing.translations.documents import BODY, Document, DocumentText, find_reader, list_documents
from guidegen.editing.translations.received import ReceivedUnit
from guidegen.editing.translations.target_files import TextChange, Translator, format_translation
from guidegen.editing.translations.units import PARAGRAPH_MARK, format_context
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text.characters import find_unwanted

_PARAGRAPH = compile_lazily(rf"(.*?)(?:{PATH_SEPARATOR}{PARAGRAPH_MARK}([0-9]{{1,5}}))?")


@dataclass(slots=True)
class TranslationPlan:
    """The result of planning an import: the bytes to write by path, the problems, and counts of texts."""

    files: dict[PurePosixPath, bytes]
    problems: list[Problem]
    changed: int = 0
    unchanged: int = 0
    untranslated: int = 0
    incomplete: int = 0
    refused: int = 0


def plan_import(
    root: Path, guide: Guide, language: str, units: Sequence[ReceivedUnit], name: PurePosixPath, translator: Translator
) -> TranslationPlan:
    """Return the plan for a file of translations into a language. ``name`` is that of the file, for messages."""
    plan = TranslationPlan({}, [])
    groups = _group_units(units)
    for document in list_documents(root, guide, language):
        changes: list[TextChange] = []
        for text in document.texts:
            numbered = groups.pop(format_context(document, text), [])
            if numbered:
                changes += _read_change(document, text, numbered, guide, name, plan)
        if changes:
            _plan_file(root, document, changes, translator, name, plan)
    for context, numbered in groups.items():
        message = f"the guide has no text “{_shorten(context)}”"
        hint = "It was removed or renamed since the export. Export again; what is translated already is kept."
        plan.problems.append(Problem(name, numbered[0][1].line, 1, message, hint, "orphan-translation", Severity.WARNING))
    return plan


def _group_units(units: Iterable[ReceivedUnit]) -> dict[str, list[tuple[int, ReceivedUnit]]]:
    """Return the units by text, with the numbers of their paragraphs, in that order. A text that is no paragraph has 0."""
    groups: dict[str, list[tuple[int, ReceivedUnit]]] = {}
    for unit in units:
        match = _PARAGRAPH.fullmatch(unit.context)
        context, number = (match[1], int(match[2] or 0)) if match else (unit.context, 0)
        groups.setdefault(context, []).append((number, unit))
    return {context: sorted(group, key=lambda pair: pair[0]) for context, group in groups.items()}


def _find_missing_part(text: DocumentText, numbers: Sequence[int], group: Sequence[ReceivedUnit]) -> str:
    """Return why the units of a text are not the whole text, once each; empty if they are."""
    if len(set(numbers)) < len(numbers):
        return "is in the file twice"
    if numbers[0] and (*numbers,) != (*range(1, len(numbers) + 1),):
        return "is not whole: a paragraph is missing in the file"
    current = paragraphs.split(text.source) if numbers[0] else []
    if len(group) < len(current) and len(group) > 1 and all(unit.source in current for unit in group):
        return "is not whole: the last paragraphs are missing in the file"
    return ""


def _shorten(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _read_change(
    document: Document,
    text: DocumentText,
    numbered: list[tuple[int, ReceivedUnit]],
    guide: Guide,
    name: PurePosixPath,
    plan: TranslationPlan,
) -> Iterator[TextChange]:
    """Yield the change of a text, if it has one that can be used. Everything else is counted or reported in the plan."""
    group = [unit for _, unit in numbered]
    if not all(unit.target.strip() for unit in group):
        is_begun = any(unit.target.strip() for unit in group)
        plan.incomplete += is_begun
        plan.untranslated += not is_begun
        return
    source, target = (paragraphs.join([part.strip("\n") for part in parts]) for parts in zip(*_list_pairs(group), strict=True))
    if not any(unit.is_edited for unit in group) and target.strip() != text.translation.text.strip():
        plan.unchanged += 1  # the guide was corrected after the export, and the translator changed nothing
        return
    part = _find_missing_part(text, [number for number, _ in numbered], group)
    hint = "Export again, and send back the whole file. What is translated in the file is kept."
    faults = [(group[0], (f"of {_name_text(document, text)} {part}", hint))] if part else []
    faults += [(unit, fault) for unit in group for fault in _find_faults(document, text, unit)]
    if not faults:
        faults = [(group[0], fault) for fault in _find_reading_faults(document, text, target, guide)]
    if faults:
        plan.refused += 1
        for unit, (message, hint) in faults:
            plan.problems.append(
                Problem(name, unit.line, 1, f"not taken: the translation {message}", hint, "refused-translation")
            )
        return
    yield TextChange(text, source, target, not any(unit.needs_work for unit in group), group[0].line)


def _list_pairs(group: list[ReceivedUnit]) -> list[tuple[str, str]]:
    return [(unit.source, unit.target) for unit in group]


_Fault = tuple[str, str]
"""The end of a sentence that begins "the translation", and a hint."""


def _find_faults(document: Document, text: DocumentText, unit: ReceivedUnit) -> Iterator[_Fault]:
    if text.is_markdown:
        for fault in paragraphs.find_structure_faults(unit.source, unit.target):
            yield f"of {_name_text(document, text)} {fault}", "Keep marks and links as they are, and translate only the words."
    for change in find_changed_phones(unit.source, unit.target):
        yield f"of {_name_text(document, text)} {change.message}", change.hint


def _name_text(document: Document, text: DocumentText) -> str:
    return f"“{document.name}: {text.meaning}”"


def _find_reading_faults(document: Document, text: DocumentText, target: str, guide: Guide) -> Iterator[_Fault]:
    """Yield why guidegen could not read a text from its file: too long, Markdown that is not allowed, invisible characters."""
    where = f"of {_name_text(document, text)}"
    for _, character in find_unwanted(target):
        yield f"{where} contains {character}", "Remove the character; type the text again around it."
        return
    if find_conflict(target, document.target):
        yield f"{where} has a line of signs that git writes where two changes meet", "Remove the line."
        return
    context = ReadingContext(document.target, document.language)
    if text.path == (BODY,):
        lint_errors = markdown_lint.lint(target, guide.slugs)
        yield from ((f"{where} cannot be used: {error.message}", error.hint) for error in lint_errors)
        return
    reader = find_reader(document, text.path)
    node = ScalarNode(target, 1, 1, plain=False, block="|" if text.is_markdown else "")
    if isinstance(reader, Translated):
        reader.read_text(node, text.dotted, context)
    else:
        reader.read(node, text.dotted, context)
    errors = (problem for problem in context.problems if problem.severity is Severity.ERROR)
    yield from ((f"{where} cannot be used: {problem.message}", problem.hint) for problem in errors)


def _plan_file(
    root: Path, document: Document, changes: list[TextChange], translator: Translator, name: PurePosixPath, plan: TranslationPlan
) -> None:
    """Add the changed file of a document to the plan, unless nothing in it changes."""
    file = root / document.target
    before = (read_bytes(file) or b"") if file.exists() else b""
    try:
        after = format_translation(root, before, document, changes, translator)
    except GuidegenError as error:
        plan.refused += len(changes)
        message = f"not taken: {document.target} cannot be written: {error}"
        hint = "Fix the file first:  guidegen check"
        plan.problems.append(Problem(name, changes[0].line, 1, message, hint, "refused-translation"))
        return
    if after == before:
        plan.unchanged += len(changes)
        return
    changed = [change for change in changes if change.is_effective]
    plan.changed += len(changed)
    plan.unchanged += len(changes) - len(changed)
    plan.files[document.target] = after
