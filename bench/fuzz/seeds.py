"""Seeds of fuzzing: parts of the sample guide, the words that content consists of, and random changes."""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from guidegen.content.articles import split_front_matter
from guidegen.content.fields.record import Field, Record
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
    """Return inputs that are valid, or nearly so."""
    return tuple(dict.fromkeys(_SEEDS.get(target, _read_profiles)()))


def _read_profiles() -> Iterator[bytes]:
    yield make.PARTNER_YML.encode()
    yield from _read_files("content/partners/[a-z]*[a-z].yml", max_files=12)


def _read_translations() -> Iterator[bytes]:
    yield b"summary: Comida.\nservices: [{key: pantry, name: Despensa}]\n"
    yield from _read_files("content/partners/*.es.yml", max_files=8)


def _read_articles() -> Iterator[bytes]:
    yield from _read_files("content/spotlights/*.md", max_files=12)


def _read_settings() -> Iterator[bytes]:
    yield make.GUIDE_YML.encode()
    yield from _read_files("guide.yml")


def _read_services() -> Iterator[bytes]:
    yield make.SERVICES_YML.encode()
    text = (ROOT / "content/services.yml").read_text(encoding="utf-8")
    first, *kinds = re.split(r"^(?=  - id: )", text, flags=re.MULTILINE)
    yield from (f"{first}{kind}".encode() for kind in kinds)


def _read_yaml() -> Iterator[bytes]:
    for generate in (_read_profiles, _read_translations, _read_settings, _read_services):
        yield from generate()


def _read_texts() -> Iterator[bytes]:
    yield from (split_front_matter(article.decode())[1].encode() for article in _read_articles())
    yield from (text.encode() for text in hostile.texts())


def _make_queries() -> Iterator[bytes]:
    yield from (
        query.encode()
        for query in ("where can i learn english", "médico gratis", "免费食物", "دروس الإنجليزية", "อาหารฟรี", "무료")
    )
    yield from (text.encode() for text in hostile.texts())


def _make_sheets() -> Iterator[bytes]:
    for sheet in export_tables(ROOT).values():
        head, *rows = sheet.split(b"\r\n")
        yield b"\r\n".join([head, *rows[:2]])
    yield b"partner,name,summary,phone,type,zip\nfood-bank,Food Bank,Free food.,(555) 555-0114,food,00101\nnew-one,New,Books.,911,food,"
    yield b"partner,language,field,text\nfood-bank,es,services > pantry > name,Despensa\n"
    yield b"partner,service,days,open,close\nfood-bank,pantry,mo; we,9:00,17:00\n"


def _make_pairs() -> Iterator[bytes]:
    files = [*_read_profiles(), *_read_translations(), b'# a\na: "b"   # c\nd:\n  - {e: f}\n  # g\n  - h\n']
    yield from (b"\0".join(pair) for pair in zip(files, [*files[1:], files[0]], strict=True))
    yield from (b"\0".join([file, file.replace(b"a", b"e", 5)]) for file in files)


def _read_catalogs() -> Iterator[bytes]:
    for file in _read_files("locales/[a-z][a-z].po", max_files=4):
        head, *messages = file.split(b"\n\n")
        yield b"\n\n".join([head, *messages[:12]])


_SEEDS = {
    "yaml": _read_yaml,
    "translation": _read_translations,
    "accepted": _read_translations,
    "article": _read_articles,
    "settings": _read_settings,
    "services": _read_services,
    "markdown": _read_texts,
    "sheets": _make_sheets,
    "rewriting": _make_pairs,
    "search": _make_queries,
    "catalog": _read_catalogs,
}


def _read_files(pattern: str, max_files: int = 1) -> Iterator[bytes]:
    files = sorted(ROOT.glob(pattern), key=lambda file: (file.stat().st_size, file.name))
    yield from (file.read_bytes() for file in files[:max_files])


@cache
def words() -> tuple[str, ...]:
    """Return signs with a meaning, and every key and choice of the field table with an example value."""
    texts = list(_SIGNS)
    for table in (PARTNER, SERVICE_TYPES, SETTINGS, SPOTLIGHT, TRANSLATION):
        for field in _list_fields(table):
            texts += [f"{field.name}: ", f"{field.name}: {field.example}", *getattr(field.reader, "meanings", ())]
    return tuple(dict.fromkeys(texts))


def _list_fields(shape: object) -> Iterator[Field]:
    inner = getattr(shape, "reader", shape)
    for record in getattr(inner, "shapes", (inner,)):
        for field in record.fields if isinstance(record, Record) else ():
            yield field
            yield from _list_fields(field.reader)


def mutate(content: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """Return the content after a few changes: bytes and pieces removed, repeated, or copied from another input."""
    for _ in range(rng.choice((1, 1, 2, 4, 8))):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.choice((0, 1, 1, 4, 20, 200)))
        piece = content[start:end]
        other = rng.choice(others)
        offset = rng.randrange(len(other) + 1)
        replacement = rng.choice(
            (
                b"",
                piece * rng.choice((2, 2, 30, 3_000)),
                rng.randbytes(len(piece) or 1),
                rng.choice(words()).encode(),
                rng.choice(words()).encode() * rng.choice((1, 17, 2_000)),
                other[offset : offset + rng.choice((1, 30, 300))],
            )
        )
        content = (content[:start] + replacement + content[end:])[:MAX_BYTES]
    return content
