"""The words of the interface: gettext catalogs, one for each language, read by Babel."""

import gettext
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from babel.messages.pofile import PoFileError, read_po

from guidegen import theme
from guidegen.languages import Catalog, Language
from guidegen.merge_conflicts import conflict_problem
from guidegen.model import Settings
from guidegen.problems import GuidegenError, Problem, Severity
from guidegen.state import NO_MEMORY, Memory

_PLACE = re.compile(r"\{([^{}]+)\}")
_NUMBERS = 200
"""Rules for plurals look at the last two digits of a number, and at small numbers."""


def guide_languages(root: Path, tags: tuple[str, ...], region: str, memory: Memory = NO_MEMORY) -> tuple[Language, ...]:
    """The guide's languages with the words of the interface; a language without a catalog speaks English."""
    return tuple(Language(tag, region, catalog(root, tag, memory)) for tag in tags)


def catalog(root: Path, tag: str, memory: Memory = NO_MEMORY) -> Catalog:
    """The catalog of a language, or of the language without script and region."""
    file = _file_of(root, tag)
    if not file:
        return Catalog()
    messages, plural = memory.recall("catalog", (memory.name_of(file),), (), lambda: _read(file))
    return Catalog.ruled(messages, plural)


def missing_catalogs(root: Path, settings: Settings) -> Iterator[Problem]:
    """A warning for each language of the guide whose readers will meet English menus."""
    for number, tag in enumerate(settings.languages):
        if _file_of(root, tag) is None:
            line, column = settings.places.get(f"languages.{number}", (1, 1))
            message = f"there are no words of the interface in '{tag}'; menus and headings will be in English"
            hint = f"Have them translated: copy locales/en.po to locales/{tag}.po and fill it in."
            yield Problem(settings.source, line, column, message, hint, "no-catalog", Severity.WARNING)


def _file_of(root: Path, tag: str) -> Path | None:
    names = (f"{name}.po" for name in (tag, tag.split("-")[0]))
    files = (folder / name for name in names for folder in theme.folders(root, "locales"))
    return next((file for file in files if file.is_file()), None)


def _read(file: Path) -> tuple[dict[str, tuple[str, ...]], str]:
    """The messages, and the rule for plurals."""
    try:
        raw = file.read_bytes()
        conflict = conflict_problem(raw.decode("utf-8", "replace"), PurePosixPath(file.as_posix()))
        if conflict:
            raise GuidegenError(f"the catalog {file} cannot be used: line {conflict.line}: {conflict.message}. {conflict.hint}")
        read = read_po(io.BytesIO(raw), abort_invalid=True)
        rule = gettext.c2py(read.plural_expr)
        for number in range(_NUMBERS):  # a rule may divide by a number that is zero
            rule(number)
    except (PoFileError, ValueError, LookupError, ArithmeticError, OSError) as error:
        raise GuidegenError(f"the catalog {file} cannot be read: {error}") from error
    messages: dict[str, tuple[str, ...]] = {}
    for message in read:
        if message.id and message.string and not message.fuzzy:
            ids, strings = _forms(message.id), _forms(message.string)
            _refuse_unknown_places(file, ids, strings)
            messages[ids[0]] = strings
    return messages, read.plural_expr


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    """A text alone, or in the singular and the plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def _refuse_unknown_places(file: Path, ids: tuple[str, ...], strings: tuple[str, ...]) -> None:
    """A translation can fill only the places that the English words have."""
    known = {name for text in ids for name in _PLACE.findall(text)}
    for name in (name for text in strings for name in _PLACE.findall(text) if name not in known):
        raise GuidegenError(f"the catalog {file} cannot be used: the words for '{ids[0]}' have no place {{{name}}}")
