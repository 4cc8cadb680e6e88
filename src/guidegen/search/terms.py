"""The files of terms: for every word what it names, and which records have it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from guidegen.search.coding import encode_differences, encode_number
from guidegen.search.postings import build_postings, select_postings
from guidegen.search.records import IndexedPartner
from guidegen.search.similarity import shared_beginning
from guidegen.search.table import in_order

SHARD = 3_000
"""Characters of a file of terms, at least."""
MAX_SHARDS = 1_200


class Term(NamedTuple):
    """A term and its line: in how many records it is, in which names, in which texts, in which names of concepts."""

    term: str
    line: str


class Shard(NamedTuple):
    """The lines of one file, and the shortest text that is not before its first term, but behind the last of the file before."""

    first: str
    lines: list[str]


def term_lines(found: Sequence[IndexedPartner], said: Mapping[str, str]) -> list[Term]:
    """Every term of the records and of the words, in the order of JavaScript's strings; ``said`` as in a ``WordTable``."""
    index = build_postings(found)
    lines = []
    for term in in_order(dict.fromkeys((*said, *index))):
        posting, names = index.get(term), said.get(term, "")
        if posting:
            named, texts = select_postings(posting, len(found))
            columns = (encode_number(posting.frequency), encode_differences(named), encode_differences(texts), names)
            line = "\t".join((term, *columns)).rstrip("\t")
        else:
            line = f"{term}\t0\t\t\t{names}" if names else f"{term}\t0"
        lines.append(Term(term, line))
    return lines


def of_languages(lines: Sequence[Term], tags: Sequence[str], source: str) -> dict[str, list[str]]:
    """For each language the lines that say something of a record, in it or the source; of the names of concepts those alone."""
    found: dict[str, list[str]] = {tag: [] for tag in tags}
    of_source, of_each = f"={source}=", [(f"={tag}=", some) for tag, some in found.items()]
    for term, line in lines:
        in_source, is_held = of_source in line, not line.startswith("\t0", len(term))
        named = {mark for mark, _ in of_each if in_source or mark in line}
        if not named and not is_held:
            continue
        *holders, names = line.split("\t", 4) if line.count("\t") > 3 else (line, "")
        before, keys = "\t".join(holders), names.split("|")
        for mark, some in of_each:
            own = [key for key in keys if mark in key or of_source in key] if mark in named else []
            if own:
                some.append(f"{before}\t{'|'.join(own)}")
            elif is_held:
                some.append(before.rstrip("\t"))
    return found


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
    while total > size * MAX_SHARDS:
        size += size // 4
    return size
