"""Units of translation as a gettext catalog (.po), for Poedit, Weblate, OmegaT and other tools.

A unit is an entry with its context; one that needs work is fuzzy.
"""

import io
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from guidegen.editing.translations.received import MAX_UNITS, ReceivedUnit, read_exported_hash
from guidegen.editing.translations.units import Unit
from guidegen.model.problems import GuidegenError
from guidegen.patterns import compile_lazily
from guidegen.text.characters import normalize_nfc

_WIDTH = 100
_LINE = compile_lazily(r'\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)?\s*"(?:[^"\\]|\\.)*"\s*)?')
"""A line of a catalog. Babel takes a line without its last quotation mark, as a broken download leaves it, for a whole one."""


def format_po(units: Iterable[Unit], language: str, title: str, source_language: str) -> bytes:
    """Return a catalog. Equal units give equal bytes: no date is written that nobody entered."""
    catalog = Catalog(
        locale=None,
        project=title,
        version="",
        charset="utf-8",
        header_comment=f"# {title}: texts in {language}, translated from {source_language}.",
        fuzzy=False,
    )
    for unit in units:
        catalog.add(
            unit.source,
            unit.target,
            locations=[(unit.file, unit.line)],
            flags=["fuzzy"] if unit.needs_work else [],
            auto_comments=unit.notes,
            context=unit.context,
        )
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=_WIDTH, omit_header=True)
    return _format_header(title, language, source_language).encode() + buffer.getvalue()


def _format_header(title: str, language: str, source_language: str) -> str:
    lines = {
        "Project-Id-Version": title,
        "Language": language.replace("-", "_"),
        "X-Source-Language": source_language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    quoted = (f"{name}: {value}".replace("\\", "\\\\").replace('"', '\\"') for name, value in lines.items())
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in quoted) + "\n"


def parse_po(raw: bytes, name: str) -> tuple[list[ReceivedUnit], str]:
    """Return the units of a catalog in its order, and its language. Raises ``GuidegenError`` for what is no catalog."""
    try:
        text = normalize_nfc(raw.decode("utf-8-sig"))
        broken = next((number for number, line in enumerate(text.split("\n"), 1) if not _LINE.fullmatch(line)), 0)
        if broken:
            raise GuidegenError(f"{name} is not a whole .po file: line {broken} is no line of a catalog; export it again")
        catalog = read_po(io.StringIO(text), abort_invalid=True)
    except UnicodeDecodeError as error:
        raise GuidegenError(f"{name} is not in UTF-8; save it in UTF-8 in your translation program") from error
    except PoFileError as error:
        raise GuidegenError(f"{name} is not a whole .po file: {error}; export it again") from error
    except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError) as error:  # Babel lets errors of Python through
        raise GuidegenError(f"{name} cannot be read as a .po file: {error}") from error
    units = list(_list_received(catalog))
    if len(units) > MAX_UNITS:
        raise GuidegenError(f"{name} has {len(units):,} entries; the limit is {MAX_UNITS:,}")
    return units, str(catalog.locale_identifier or "").replace("_", "-")


def _list_received(catalog: Iterable[Message]) -> Iterator[ReceivedUnit]:
    for message in catalog:
        if message.id and isinstance(message.id, str) and isinstance(message.string, str):
            exported = read_exported_hash(message.auto_comments)
            yield ReceivedUnit(message.context or "", message.id, message.string, message.fuzzy, message.lineno or 1, exported)
