"""The term files: for each term the concepts that it names and the records that have it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from guidegen.search.analysis import normalize_for_storage, tokenize
from guidegen.search.encoding import encode_differences, encode_number
from guidegen.search.postings import Posting, build_postings, select_postings
from guidegen.search.records import IndexedRecord
from guidegen.search.similarity import shared_prefix_length
from guidegen.search.word_table import sort_like_javascript

_MIN_SHARD_SIZE = 3_000
"""Minimum average size of a term file in characters."""
_MAX_SHARDS = 1_000
NAME_PREFIX = "name:"
"""The prefix of the key of a record's name; its id is the number of the record in base 36."""


Term = tuple[str, str]
"""A term and its line: term, record count, records with it in a name, records with it in a text, keys of names."""


class Shard(NamedTuple):
    """The lines of one file. ``first`` is the shortest prefix of its first term that sorts after the file before."""

    first: str
    lines: list[str]


def build_term_lines(records: Sequence[IndexedRecord], term_index: Mapping[str, str]) -> list[Term]:
    """Return the terms of the records and of a ``WordTable.term_index``, in JavaScript's order of strings."""
    postings = build_postings(records)
    names_by_term = _list_names_by_term(records, postings)
    lines = []
    for term in sort_like_javascript(dict.fromkeys((*term_index, *postings))):
        posting, keys = postings.get(term), term_index.get(term, "")
        if posting:
            keys = "|".join(filter(None, (keys, *names_by_term.get(term, ()))))
            names, texts = select_postings(term, posting, len(records))
            columns = (encode_number(posting.frequency), encode_differences(names), encode_differences(texts), keys)
            line = "\t".join((term, *columns)).rstrip("\t")
        else:
            line = f"{term}\t0\t\t\t{keys}" if keys else f"{term}\t0"
        lines.append((term, line))
    return lines


def _list_names_by_term(records: Sequence[IndexedRecord], postings: Mapping[str, Posting]) -> dict[str, list[str]]:
    """Return the whole names of the records as keys, each by its rarest term: an exact name is the first result."""
    names_by_term: dict[str, list[str]] = {}
    for number, record in enumerate(records):
        for name in dict.fromkeys(map(normalize_for_storage, (record.name, *record.also_known_as))):
            terms = tokenize(name)
            if terms:
                rarest = min(terms, key=lambda term: postings[term].frequency)
                names_by_term.setdefault(rarest, []).append(f"{NAME_PREFIX}{encode_number(number)}=={name}")
    return names_by_term


def group_by_language(lines: Sequence[Term], tags: Sequence[str], source: str) -> dict[str, list[str]]:
    """Return the lines of each language, with only the concept names of that language and the source language.

    A line is left out of a language if no record has the term and none of those names do.
    """
    lines_by_tag: dict[str, list[str]] = {tag: [] for tag in tags}
    has_name = re.compile("|".join(f"={re.escape(tag)}=" for tag in {source, *tags})).search
    for term, line in lines:
        has_records = not line.startswith("\t0", len(term))
        if not has_records and not has_name(line):  # most lines: words of other languages
            continue
        *columns, names = line.split("\t", 4) if line.count("\t") > 3 else (line, "")
        prefix = "\t".join(columns)
        keys = [(key.split("=", 2)[1], key) for key in names.split("|") if key]
        shared_line = _select_names(prefix, keys, ("", source), has_records)
        languages = {language for language, _ in keys}
        for tag, output in lines_by_tag.items():
            has_own = tag != source and tag in languages
            own_line = _select_names(prefix, keys, ("", source, tag), has_records) if has_own else shared_line
            if own_line:
                output.append(own_line)
    return lines_by_tag


def _select_names(prefix: str, keys: Sequence[tuple[str, str]], languages: Sequence[str], has_records: bool) -> str:
    """Return a line with only the names in some languages; empty if it says nothing without the others.

    ``keys`` come with their languages. The names of records have none.
    """
    names = "|".join([key for language, key in keys if language in languages])
    if names:
        return f"{prefix}\t{names}"
    return prefix.rstrip("\t") if has_records else ""


def split_into_shards(lines: Sequence[Term]) -> Iterator[Shard]:
    """Yield the term files.

    A hash of the next term decides where a file ends, so that an added or removed term leaves most files unchanged.
    """
    average = _compute_shard_size(sum(len(line) for _, line in lines))
    first, shard_lines, size, previous = "", list[str](), 0, ""
    for term, line in lines:
        if size > average * 3 // 4 and (size > average * 3 // 2 or crc32(term.encode()) % (average // 4) < len(line)):
            yield Shard(first, shard_lines)
            first, shard_lines, size = term[: shared_prefix_length(previous, term) + 1], [], 0
        shard_lines.append(line)
        size += len(line)
        previous = term
    yield Shard(first, shard_lines)


def _compute_shard_size(total: int) -> int:
    """Return the average size of a term file. It grows in steps, so that a little more text does not move every boundary."""
    size = _MIN_SHARD_SIZE
    while total > size * _MAX_SHARDS:
        size += size // 4
    return size
