"""Read the gettext catalogs of the interface, one for each language, with Babel."""

import gettext
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath

from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import PoFileError, read_po, write_po

from guidegen import resources
from guidegen.cache.build_cache import NO_CACHE, BuildCache
from guidegen.content.text_file import read_text
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.problems import GuidegenError, Problem, Severity, suggest
from guidegen.model.settings import Settings
from guidegen.patterns import compile_lazily
from guidegen.text.characters import find_unwanted, normalize_nfc
from guidegen.text.language import Catalog, Language

FALLBACK = "en"
"""The language of the built-in messages."""
_PLACEHOLDER = compile_lazily(r"\{([^{}]+)\}")
_MAX_LENGTH = 2_000
"""Characters of a message. The longest one has 152."""
_FOREIGN = compile_lazily(
    r"[<>]|\b(?:https?|ftp|mailto|tel|sms|data|javascript):|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|info|[a-z]{2})\b|[\w.+-]+@[\w-]"
    r"|\+?\d[\d() .-]{5,}\d|\d{3,}",
    re.IGNORECASE,
)
"""Markup, addresses and numbers, which a translation may have only if the English text has them."""
_MAX_GROWTH, _MAX_EXTRA = 4, 100
"""The maximum length of a translation: a factor of the English length, plus a number of characters."""
_MAX_FORMS = 6
"""The number of plural forms of Arabic, which has the most (CLDR, "Language Plural Rules")."""
_MAX_TRIED_NUMBER = 200
"""Plural rules are tried for the numbers below this: they depend on the last two digits and on small numbers."""


def load_languages(root: Path, tags: tuple[str, ...], region: str, cache: BuildCache = NO_CACHE) -> tuple[Language, ...]:
    """Return the guide's languages with their catalogs.

    If a catalog lacks more than a tenth of the messages, the whole interface of its language is in English, and marked as
    English. A few missing messages are in English without a mark, because messages have no language of their own.
    """
    return tuple(_load_language(root, tag, region, cache) for tag in tags)


def _load_language(root: Path, tag: str, region: str, cache: BuildCache) -> Language:
    catalog = load_catalog(root, tag, cache)
    translated, total = count_translated(root, tag, cache)
    if not _is_usable(translated, total):
        return Language(tag, region, Catalog(), FALLBACK)
    return Language(tag, region, catalog)


def _is_usable(translated: int, total: int) -> bool:
    return 10 * translated >= 9 * total


def load_catalog(root: Path, tag: str, cache: BuildCache = NO_CACHE) -> Catalog:
    """Return the catalog of a language, or of its primary language (``zh`` for ``zh-Hans``); empty if there is none.

    A guide's own catalog in ``locales`` may have a few messages only: the others come from the built-in catalog.
    """
    messages, plural = dict[str, tuple[str, ...]](), ""
    for file in reversed(_find_catalogs(root, tag)):
        own, plural = cache.get_or_compute("catalog", (cache.name_of(file),), (), partial(_read_catalog, file))
        messages |= own
    return Catalog.ruled(messages, plural) if messages else Catalog()


def start_catalog(root: Path, tag: str) -> Path:
    """Write ``locales/<tag>.po`` with every message of the interface, to be filled in, and return its path."""
    template = (resources.find_built_in_folder() / "locales" / f"{FALLBACK}.po").read_bytes()
    catalog, source = BabelCatalog(locale=tag.replace("-", "_"), charset="utf-8"), read_po(io.BytesIO(template))
    for message in source:
        if message.id:
            catalog.add(message.id, locations=message.locations, auto_comments=message.auto_comments)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=120, sort_output=True, include_lineno=False)
    file = root / "locales" / f"{tag}.po"
    file.parent.mkdir(exist_ok=True)
    write_file_durably(file, buffer.getvalue())
    return file


def count_translated(root: Path, tag: str, cache: BuildCache = NO_CACHE) -> tuple[int, int]:
    """Return how many messages of the interface are in a language, and how many there are.

    A copy of the English catalog counts as no translation; single messages may well be the same in two languages.
    """
    english = load_catalog(root, FALLBACK, cache).messages
    if tag.split("-")[0] == FALLBACK:
        return len(english), len(english)
    messages = load_catalog(root, tag, cache).messages
    translated = [message for message in english if any(messages.get(message, ()))]
    different = sum(messages[message][0] != english[message][0] for message in translated)
    return (len(translated) if 2 * different > len(translated) else different), len(english)


def has_catalog(root: Path, tag: str) -> bool:
    """Return whether a language, or its primary language, has a catalog: guidegen's own or one of the guide."""
    return bool(_find_catalogs(root, tag))


def count_words(root: Path, tag: str) -> int:
    """Return the number of English words in the messages that a language lacks."""
    english, messages = load_catalog(root, FALLBACK).messages, load_catalog(root, tag).messages
    return sum(len(message.split()) for message in english if not any(messages.get(message, ())))


def find_missing_catalogs(root: Path, settings: Settings, cache: BuildCache = NO_CACHE) -> Iterator[Problem]:
    """Yield a warning for each language of the guide whose interface is not fully translated."""
    for number, tag in enumerate(settings.languages):
        translated, total = count_translated(root, tag, cache)
        if translated < total:
            line, column = settings.places.get(f"languages.{number}", (1, 1))
            result = "" if _is_usable(translated, total) else "; menus and headings are in English on its pages"
            message = f"{translated} of {total} messages of the interface are translated into '{tag}'{result}"
            file = f"locales/{tag}.po"
            hint = (
                f"Fill in {file}"
                if _find_catalogs(root, tag)
                else f"To translate it, run  guidegen new language {tag}  and fill in {file}"
            )
            if others := _list_relatives(tag):
                hint = f"guidegen has it as {' and '.join(others)}: write one of them in place of  {tag}"
            yield Problem(settings.source, line, column, message, hint, "no-catalog", Severity.WARNING)
    yield from _find_unused(root, settings.languages, cache)


def _list_relatives(tag: str) -> list[str]:
    """Return the built-in languages that are more precise than a tag: ``zh-Hans`` and ``zh-Hant`` for ``zh``."""
    return sorted(file.stem for file in (resources.find_built_in_folder() / "locales").glob(f"{tag}-*.po"))


_SIMILARITY, _MIN_MESSAGE = 0.9, 8
"""From 0 to 1, and in characters: what is less similar or as short may be a message of the guide's own templates."""


def _find_unused(root: Path, languages: tuple[str, ...], cache: BuildCache) -> Iterator[Problem]:
    """Yield a warning for each catalog of the guide that no language uses, and for each misspelled message in it.

    Other messages may be those of the guide's own templates.
    """
    names = {name for tag in languages for name in (tag, tag.split("-")[0])}
    is_own = root.resolve() != resources.find_built_in_folder().resolve()
    for file in sorted((root / "locales").glob("*.po")) if is_own else ():
        path = PurePosixPath("locales", file.name)
        if file.stem not in names:
            message = f"the guide has no language '{file.stem}', so this file is not used"
            yield Problem(path, 1, 1, message, suggest(file.stem, sorted(names)), "no-catalog", Severity.WARNING)
            continue
        english = load_catalog(root, FALLBACK, cache).messages
        messages, _ = cache.get_or_compute("catalog", (cache.name_of(file),), (), partial(_read_catalog, file))
        for message_id in sorted(messages.keys() - english.keys()):
            nearest = next(iter(get_close_matches(message_id, english, 1, _SIMILARITY)), "")
            if nearest and len(message_id) > _MIN_MESSAGE:
                before, found, _ = file.read_text(encoding="utf-8").partition(f'msgid "{message_id}"')
                line = before.count("\n") + 1 if found else 1
                message = f"'{message_id}' is not a message of the interface, so its translation is not used"
                yield Problem(path, line, 1, message, f"Did you mean:  {nearest}", "no-catalog", Severity.WARNING)


def _find_catalogs(root: Path, tag: str) -> tuple[Path, ...]:
    """Return the catalogs of a language, the guide's own first."""
    for name in (tag, tag.split("-")[0]):
        files = [folder / f"{name}.po" for folder in resources.find_theme_folders(root, "locales")]
        found = tuple(file for file in files if file.is_file())
        if found:
            return found
    return ()


def _read_catalog(file: Path) -> tuple[dict[str, tuple[str, ...]], str]:
    """Return the messages and the plural rule. Raises ``GuidegenError`` for a catalog that is invalid or unsafe."""
    text, problems = read_text(file, PurePosixPath(file.as_posix()))
    if problems:
        first = problems[0]
        raise GuidegenError(f"the catalog {file} cannot be used: line {first.line}: {first.message}. {first.hint}".rstrip())
    if any(int(number) > _MAX_FORMS for number in re.findall(r"nplurals\s*=\s*([0-9]{1,9})", text)):
        raise GuidegenError(f"the catalog {file} cannot be read: no language has more than {_MAX_FORMS} plural forms")
    _check_quotes(text, file)
    try:
        po_catalog = read_po(io.BytesIO(normalize_nfc(text).encode()), abort_invalid=True)
        if (po_catalog.charset or "utf-8").lower().replace("-", "") != "utf8":
            raise ValueError(f"it must be in UTF-8, but its header says '{po_catalog.charset}'")
        plural_rule = gettext.c2py(po_catalog.plural_expr)
        for number in range(_MAX_TRIED_NUMBER):  # a rule may divide by zero for some number
            plural_rule(number)
    except (
        PoFileError,
        ValueError,
        LookupError,
        ArithmeticError,
        AttributeError,
        TypeError,
    ) as error:  # Babel lets errors of Python through
        raise GuidegenError(f"the catalog {file} cannot be read: {error}") from error
    messages: dict[str, tuple[str, ...]] = {}
    for message in po_catalog:
        if message.id and message.string and not message.fuzzy:
            ids, strings = _plural_forms(message.id), _plural_forms(message.string)
            fault = next((fault for string in strings if string for fault in _find_faults(ids, string)), "")
            if fault:
                raise GuidegenError(
                    f"the catalog {file} cannot be used: line {message.lineno}: the translation of '{ids[0]}' {fault}"
                )
            messages[ids[0]] = strings
    return messages, po_catalog.plural_expr


def _check_quotes(text: str, file: Path) -> None:
    """Raise ``GuidegenError`` if a text has no quotation mark at its end: Babel would drop its last letter."""
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"(?:msg\w+(?:\[[0-9]\])?\s*)?\"", line) and not re.search(r'"\s*$', line.partition('"')[2]):
            raise GuidegenError(f"the catalog {file} cannot be used: line {number}: the quotation mark at the end is missing")


def _plural_forms(text: str | Iterable[str]) -> tuple[str, ...]:
    """Return the singular and plural forms of a message, or its only form."""
    return (text,) if isinstance(text, str) else tuple(text)


def _find_faults(ids: tuple[str, ...], string: str) -> Iterator[str]:
    """Yield how a translation differs from its English text in placeholders, markup, addresses, numbers or length."""
    length = max(map(len, (*ids, string)))
    if length > _MAX_LENGTH:  # no real message is nearly this long, and the searches below would be slow on it
        yield f"has {length:,} characters; the limit is {_MAX_LENGTH:,}"
        return
    if not string.strip():
        yield "is blank"
    english_names = {name for text in ids for name in _PLACEHOLDER.findall(text)}
    names = _PLACEHOLDER.findall(string)
    yield from (f"has {{{name}}}, which is not in the English text" for name in names if name not in english_names)
    if string.count("{") != len(names) or string.count("}") != len(names):
        yield "has a brace that is not part of a placeholder such as {name}"
    # the singular may spell out the number: "one organization"
    required_names = english_names if len(ids) == 1 else english_names - {"number"}
    yield from (f"must contain {{{name}}}" for name in sorted(required_names) if name not in names)
    for match in _FOREIGN.finditer(unicodedata.normalize("NFKC", string)):
        if not any(match[0] in text for text in ids):
            yield f"has '{match[0][:40]}', which is not in the English text"
    max_length = _MAX_GROWTH * max(map(len, ids)) + _MAX_EXTRA
    if len(string) > max_length:
        yield f"has {len(string):,} characters; the limit is {max_length:,}"
    yield from (f"contains {character}" for _, character in find_unwanted(string))
