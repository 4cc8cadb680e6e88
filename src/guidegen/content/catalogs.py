"""The words of the interface: gettext catalogs, one for each language, read by Babel."""

import gettext
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from babel.messages.pofile import PoFileError, read_po

from guidegen import resources
from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.text_file import read_text
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.model.settings import Settings
from guidegen.text.characters import composed, unwanted
from guidegen.text.language import Catalog, Language

_PLACE = re.compile(r"\{([^{}]+)\}")
_FOREIGN = re.compile(
    r"[<>]|\b(?:https?|ftp|mailto|tel|sms|data|javascript):|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|info|[a-z]{2})\b|[\w.+-]+@[\w-]"
    r"|\+?\d[\d() .-]{5,}\d|\d{3,}",
    re.IGNORECASE,
)
"""Markup, addresses and numbers: interface words have none but those of the English words."""
_MAX_GROWTH, _MAX_MORE = 4, 100
"""How long words may be: so many times the English words, and so many letters more."""
_MAX_FORMS = 6
"""Plural forms of Arabic, which has the most. CLDR, "Language Plural Rules"."""
_NUMBERS = 200
"""Rules for plurals look at the last two digits of a number, and at small numbers."""


def guide_languages(root: Path, tags: tuple[str, ...], region: str, memory: BuildCache = NO_CACHE) -> tuple[Language, ...]:
    """The guide's languages with the words of the interface; a language without a catalog speaks English."""
    return tuple(Language(tag, region, catalog(root, tag, memory)) for tag in tags)


def catalog(root: Path, tag: str, memory: BuildCache = NO_CACHE) -> Catalog:
    """The catalog of a language, or of the language without script and region."""
    file = _file_of(root, tag)
    if not file:
        return Catalog()
    messages, plural = memory.get_or_compute("catalog", (memory.name_of(file),), (), lambda: _read(file))
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
    files = (folder / name for name in names for folder in resources.theme_folders(root, "locales"))
    return next((file for file in files if file.is_file()), None)


def _read(file: Path) -> tuple[dict[str, tuple[str, ...]], str]:
    """Return the messages, and the rule for plurals. Raises ``GuidegenError`` for a catalog that would harm pages."""
    text, problems = read_text(file, PurePosixPath(file.as_posix()))
    if problems:
        first = problems[0]
        raise GuidegenError(f"the catalog {file} cannot be used: line {first.line}: {first.message}. {first.hint}".rstrip())
    if any(int(number) > _MAX_FORMS for number in re.findall(r"nplurals\s*=\s*([0-9]{1,9})", text)):
        raise GuidegenError(f"the catalog {file} cannot be read: no language has more than {_MAX_FORMS} plural forms")
    try:
        read = read_po(io.BytesIO(composed(text).encode()), abort_invalid=True)
        if (read.charset or "utf-8").lower().replace("-", "") != "utf8":
            raise ValueError(f"its letters are in UTF-8, and its head says '{read.charset}'")
        rule = gettext.c2py(read.plural_expr)
        for number in range(_NUMBERS):  # a rule may divide by a number that is zero
            rule(number)
    except (PoFileError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError) as error:  # as Babel lets them out
        raise GuidegenError(f"the catalog {file} cannot be read: {error}") from error
    messages: dict[str, tuple[str, ...]] = {}
    for message in read:
        if message.id and message.string and not message.fuzzy:
            ids, strings = _forms(message.id), _forms(message.string)
            fault = next((fault for string in strings if string for fault in _faults(ids, string)), "")
            if fault:
                raise GuidegenError(f"the catalog {file} cannot be used: line {message.lineno}: the words for '{ids[0]}' {fault}")
            messages[ids[0]] = strings
    return messages, read.plural_expr


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    """A text alone, or in the singular and the plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def _faults(ids: tuple[str, ...], string: str) -> Iterator[str]:
    """Yield what a translation has that the English words do not have, or lacks that they have."""
    if not string.strip():
        yield "are blank"
    known = {name for text in ids for name in _PLACE.findall(text)}
    found = _PLACE.findall(string)
    yield from (f"have no place {{{name}}}" for name in found if name not in known)
    if string.count("{") != len(found) or string.count("}") != len(found):
        yield "have a brace in them that is no part of a place such as {name}"
    needed = known if len(ids) == 1 else known - {"number"}  # "one organization" may go without the number
    yield from (f"must have the place {{{name}}}, which would be lost" for name in sorted(needed) if name not in found)
    for match in _FOREIGN.finditer(unicodedata.normalize("NFKC", string)):
        if not any(match[0] in text for text in ids):
            yield f"have '{match[0][:40]}' in them, and the English words do not"
    longest = _MAX_GROWTH * max(map(len, ids)) + _MAX_MORE
    if len(string) > longest:
        yield f"have {len(string):,} letters; at most {longest:,} fit"
    yield from (f"have {found} in them" for _, found in unwanted(string))
