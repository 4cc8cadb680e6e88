"""The words of the interface: gettext catalogs, one for each language, read by Babel."""

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from guidegen import theme
from guidegen.languages import Catalog, Language
from guidegen.model import Settings
from guidegen.problems import GuidegenError, Problem, Severity
from guidegen.state import NO_MEMORY, Memory


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
        read = read_po(io.BytesIO(file.read_bytes()), abort_invalid=True)
        gettext.c2py(read.plural_expr)
    except (PoFileError, ValueError, OSError) as error:
        raise GuidegenError(f"the catalog {file} cannot be read: {error}") from error
    messages: dict[str, tuple[str, ...]] = {}
    for message in read:
        if message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            messages[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return messages, read.plural_expr
