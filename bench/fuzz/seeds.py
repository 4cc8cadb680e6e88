"""What fuzzing begins with: pieces of the sample guide, the words that content is made of, and changes of luck."""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from guidegen.content.articles import split_front_matter
from guidegen.content.fields.compound import Field, Record
from guidegen.content.fields.table import PARTNER, SERVICE_TYPES, SETTINGS, SPOTLIGHT, TRANSLATION
from guidegen.content.text_file import MAX_BYTES
from guidegen.editing.spreadsheets.exporting import export_tables
from tests import hostile, make

ROOT = Path(__file__).resolve().parents[2]
_SIGNS = (
    "- ", ": ", "\n", "\n\n", "  ", "\t", "#", "'", '"', "[", "]", "{", "}", "|\n", ">\n", "&a ", "*a", "!!str ", "<<: ", "? ", "---\n", "...\n", "%",
    "\u202e", "\u200b", "\x00", "\xff", "\x85", "\u2028", "\r\n", "\r", "=", "sep=;\n", ";", ",", "\\", "\\;", "$", "@", "`", "**", "__", "~~~\n",
    "```\n", "> ", "1. ", "    ", "[^1]", "[^1]: ", "](", "](https://example.org/)", "[[partner:food-bank]]", "|-|-|\n", "<", "&#", "&amp;", "*[a]: ",
    "[TOC]", "# ", "====\n", "0", "-1", "1e5", "999999999999", "2026-02-29", "24:00", "null", "~", "yes", "es", "food-bank", "msgid ", "msgstr[1] ",
)  # fmt: skip


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Inputs that are good, or nearly so."""
    return tuple(dict.fromkeys(_SEEDS.get(target, _profiles)()))


def _profiles() -> Iterator[bytes]:
    yield make.PARTNER_YML.encode()
    yield from _files("content/partners/[a-z]*[a-z].yml", most=12)


def _translations() -> Iterator[bytes]:
    yield b"summary: Comida.\nservices: [{key: pantry, name: Despensa}]\n"
    yield from _files("content/partners/*.es.yml", most=8)


def _articles() -> Iterator[bytes]:
    yield from _files("content/spotlights/*.md", most=12)


def _settings() -> Iterator[bytes]:
    yield make.GUIDE_YML.encode()
    yield from _files("guide.yml")


def _services() -> Iterator[bytes]:
    yield make.SERVICES_YML.encode()
    whole = (ROOT / "content/services.yml").read_text(encoding="utf-8")
    first, *kinds = re.split(r"^(?=  - id: )", whole, flags=re.MULTILINE)
    yield from (f"{first}{kind}".encode() for kind in kinds)


def _yaml() -> Iterator[bytes]:
    for some in (_profiles, _translations, _settings, _services):
        yield from some()


def _texts() -> Iterator[bytes]:
    yield from (split_front_matter(one.decode())[1].encode() for one in _articles())
    yield from (text.encode() for text in hostile.texts())


def _typed() -> Iterator[bytes]:
    yield from (
        query.encode()
        for query in ("where can i learn english", "médico gratis", "免费食物", "دروس الإنجليزية", "อาหารฟรี", "무료")
    )
    yield from (text.encode() for text in hostile.texts())


def _sheets() -> Iterator[bytes]:
    for sheet in export_tables(ROOT).values():
        head, *rows = sheet.split(b"\r\n")
        yield b"\r\n".join([head, *rows[:2]])
    yield b"partner,name,summary,phone,type,zip\nfood-bank,Food Bank,Free food.,(555) 555-0114,food,00101\nnew-one,New,Books.,911,food,"
    yield b"partner,language,field,text\nfood-bank,es,services > pantry > name,Despensa\n"
    yield b"partner,service,days,open,close\nfood-bank,pantry,mo; we,9:00,17:00\n"


def _pairs() -> Iterator[bytes]:
    files = [*_profiles(), *_translations(), b'# a\na: "b"   # c\nd:\n  - {e: f}\n  # g\n  - h\n']
    yield from (b"\0".join(pair) for pair in zip(files, [*files[1:], files[0]], strict=True))
    yield from (b"\0".join([file, file.replace(b"a", b"e", 5)]) for file in files)


def _catalogs() -> Iterator[bytes]:
    for file in _files("locales/[a-z][a-z].po", most=4):
        head, *messages = file.split(b"\n\n")
        yield b"\n\n".join([head, *messages[:12]])


_SEEDS = {
    "yaml": _yaml,
    "translation": _translations,
    "accepted": _translations,
    "article": _articles,
    "settings": _settings,
    "services": _services,
    "markdown": _texts,
    "sheets": _sheets,
    "rewriting": _pairs,
    "search": _typed,
    "catalog": _catalogs,
}


def _files(pattern: str, most: int = 1) -> Iterator[bytes]:
    files = sorted(ROOT.glob(pattern), key=lambda file: (file.stat().st_size, file.name))
    yield from (file.read_bytes() for file in files[:most])


@cache
def words() -> tuple[str, ...]:
    """Signs that mean something, and every key and choice of the field tables with an example of its value."""
    found = list(_SIGNS)
    for table in (PARTNER, SERVICE_TYPES, SETTINGS, SPOTLIGHT, TRANSLATION):
        for field in _fields(table):
            found += [f"{field.name}: ", f"{field.name}: {field.example}", *getattr(field.reader, "meanings", ())]
    return tuple(dict.fromkeys(found))


def _fields(shape: object) -> Iterator[Field]:
    inner = getattr(shape, "reader", shape)
    for record in getattr(inner, "shapes", (inner,)):
        for field in record.fields if isinstance(record, Record) else ():
            yield field
            yield from _fields(field.reader)


def changed(content: bytes, others: Sequence[bytes], luck: random.Random) -> bytes:
    """The content after a few changes: bytes and pieces lost, doubled, or taken from elsewhere."""
    for _ in range(luck.choice((1, 1, 2, 4, 8))):
        start = luck.randrange(len(content) + 1)
        end = min(len(content), start + luck.choice((0, 1, 1, 4, 20, 200)))
        piece = content[start:end]
        other = luck.choice(others)
        elsewhere = luck.randrange(len(other) + 1)
        new = luck.choice(
            (
                b"",
                piece * luck.choice((2, 2, 30, 3_000)),
                luck.randbytes(len(piece) or 1),
                luck.choice(words()).encode(),
                luck.choice(words()).encode() * luck.choice((1, 17, 2_000)),
                other[elsewhere : elsewhere + luck.choice((1, 30, 300))],
            )
        )
        content = (content[:start] + new + content[end:])[:MAX_BYTES]
    return content
