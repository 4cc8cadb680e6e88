"""The files of terms: for every word what it names, and which records have it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from guidegen.search.coding import deltas, number
from guidegen.search.likeness import shared_beginning
from guidegen.search.postings import kept, postings
from guidegen.search.records import Record
from guidegen.search.table import in_order

SHARD = 3_000
"""Characters of a file of terms, at least."""
MOST_SHARDS = 1_200


class Term(NamedTuple):
    """A term and its line: in how many records it is, in which names, in which texts, in which names of concepts."""

    term: str
    line: str


class Shard(NamedTuple):
    """The lines of one file, and the shortest text that is not before its first term, but behind the last of the file before."""

    first: str
    lines: list[str]


def term_lines(found: Sequence[Record], said: Mapping[str, str]) -> list[Term]:
    """Every term of the records and of the words, in the order of JavaScript's strings; ``said`` as in a ``WordTable``."""
    index = postings(found)
    lines = []
    for term in in_order(dict.fromkeys((*said, *index))):
        posting, names = index.get(term), said.get(term, "")
        if posting:
            named, texts = kept(posting, len(found))
            line = f"{term}\t{number(posting.frequency)}\t{deltas(named)}\t{deltas(texts)}\t{names}".rstrip("\t")
        else:
            line = f"{term}\t0\t\t\t{names}" if names else f"{term}\t0"
        lines.append(Term(term, line))
    return lines


def of_languages(lines: Sequence[Term], tags: tuple[str, str]) -> Iterator[str]:
    """The lines that say something of a record or in one of two languages, with the names of concepts in those alone."""
    one, other = (f"={tag}=" for tag in tags)
    in_them = re.compile(rf"(?<=[\t|])[^=|\t]*(?:{one}|{other})[^|]*").findall
    for term, line in lines:
        if one in line or other in line:
            own = "|".join(in_them(line))
            yield "\t".join((*line.split("\t", 4)[:4], own))
        elif not line.startswith("\t0", len(term)):
            yield "\t".join(line.split("\t", 4)[:4]).rstrip("\t")


def shards_of(lines: Sequence[Term]) -> Iterator[Shard]:
    """The terms in files.

    Where a file ends is told by the words that begin the next, so that a word more or less leaves the other files as they are.
    """
    most = _shard_size(sum(len(line) for _, line in lines))
    first, some, size, before = "", list[str](), 0, ""
    for term, line in lines:
        if size > most * 3 // 4 and (size > most * 3 // 2 or crc32(term.encode()) % (most // 4) < len(line)):
            yield Shard(first, some)
            first, some, size = term[: shared_beginning(before, term) + 1], [], 0
        some.append(line)
        size += len(line)
        before = term
    yield Shard(first, some)


def _shard_size(total: int) -> int:
    """How large files of terms are on average, in steps: a little more text must not cut all files elsewhere."""
    size = SHARD
    while total > size * MOST_SHARDS:
        size += size // 4
    return size
