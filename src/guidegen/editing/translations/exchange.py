"""Write the texts of a language for translators, and read their work back, in any of the formats."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from guidegen.editing.translations import po_files, xliff_files
from guidegen.editing.translations.importing import TranslationPlan, plan_import
from guidegen.editing.translations.received import MAX_BYTES, ReceivedUnit
from guidegen.editing.translations.target_files import Translator
from guidegen.editing.translations.units import Unit, list_units
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError, suggest
from guidegen.text import cldr


class ExchangeFormat(NamedTuple):
    """A format: the endings of its files, the usual one first, and the functions that write and read one."""

    endings: tuple[str, ...]
    write: Callable[[Iterable[Unit], str, str, str], bytes]
    read: Callable[[bytes, str], tuple[list[ReceivedUnit], str]]


FORMATS = {
    "po": ExchangeFormat((".po",), po_files.format_po, po_files.parse_po),
    "xliff": ExchangeFormat((".xlf", ".xliff"), xliff_files.format_xliff, xliff_files.parse_xliff),
}


def export_language(root: Path, guide: Guide, language: str, file: Path, kind: str) -> list[Unit]:
    """Write the texts of a language to a file, and return them.

    What a file that is already there has translated, and the guide cannot hold yet because a text is not complete, is kept.
    """
    check_language(guide, language)
    exchange_format = FORMATS[kind]
    units = list_units(root, guide, language)
    if file.is_file():
        units = _keep_unfinished(units, exchange_format.read(_read(file), file.name)[0])
    settings = guide.settings
    content = exchange_format.write(units, language, settings.name.source, settings.languages[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file_durably(file, content)
    return units


def _keep_unfinished(units: Sequence[Unit], previous: Sequence[ReceivedUnit]) -> list[Unit]:
    """Return the units with what translators wrote into the previous file and nobody has imported yet."""
    known = {(unit.context, unit.source): unit for unit in previous if unit.target.strip()}
    kept = []
    for unit in units:
        before = known.get((unit.context, unit.source))
        is_new = before and before.target.strip() != unit.target.strip() and (not unit.target or before.is_edited)
        if before and is_new:
            unit = replace(unit, target=before.target, needs_work=before.needs_work)
        kept.append(unit)
    return kept


def plan_language(root: Path, guide: Guide, file: Path, language: str, translator: Translator) -> TranslationPlan:
    """Return what an import of a file would do. Its language is the given one, or else what the file says.

    Raises ``GuidegenError`` for a file that cannot be read or is in no language of the guide.
    """
    exchange_format = next((entry for entry in FORMATS.values() if file.suffix.casefold() in entry.endings), None)
    if exchange_format is None:
        raise GuidegenError(f"{file.name} is neither a .po nor an .xlf file; export one with  guidegen translations export")
    units, said = exchange_format.read(_read(file), file.name)
    tag = language or cldr.canonical(said)
    if not tag:
        raise GuidegenError(f"{file.name} does not say its language; add  --language es")
    check_language(guide, tag)
    return plan_import(root, guide, tag, units, PurePosixPath(file.as_posix()), translator)


def check_language(guide: Guide, language: str) -> None:
    """Raise ``GuidegenError`` if a guide has no translations into a language."""
    translated = guide.settings.languages[1:]
    if language not in translated:
        raise GuidegenError(f"this guide has no translations into '{language}'. {suggest(language, translated)}".rstrip())


def _read(file: Path) -> bytes:
    with open(file, "rb") as opened:
        raw = opened.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise GuidegenError(f"{file.name} is larger than {MAX_BYTES // 1024 // 1024} MB; no guide has so many texts")
    return raw


def write_plan(root: Path, plan: TranslationPlan) -> None:
    """Write the files of a plan, each in one step."""
    for path, content in sorted(plan.files.items()):
        write_file_durably(root / path, content)
