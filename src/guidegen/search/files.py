"""The static index files that readers' devices search. docs/developers/search.md describes their layout."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.hours import DAYS
from guidegen.model.location import Phone
from guidegen.model.page import File, Page
from guidegen.model.translatable import TranslatableText
from guidegen.model.wording import phone_kind
from guidegen.records import dataclass
from guidegen.search import records as searched
from guidegen.search.analysis import simplify_chinese
from guidegen.search.concepts import FACT_NAMES, FACTS, NEEDS, RELATED, area_id
from guidegen.search.encoding import encode_differences, encode_digit, encode_sorted
from guidegen.search.records import IndexedRecord, IndexedService, build_records, build_rows
from guidegen.search.terms import Shard, Term, build_term_lines, split_into_shards
from guidegen.search.word_table import WordTable, build_word_table, sort_like_javascript
from guidegen.text import cldr
from guidegen.text.language import Language, LocalizedString, days_of_week, proper_name

FOLDER = "search/"
FORMAT = 3
"""Version of the layout. Increase it when a file is written differently, so that a running engine reloads its files."""
_MAX_SINGLE_TABLE = 3_000
"""Maximum number of records for which all rows are in one file; above it, each concept has its own file."""
_MAX_ROWS = 1_200
"""Maximum number of rows in the file of a concept. The first rows are kept: they were verified most recently."""
_CARDS_PER_FILE, _CARDS_PER_LARGE_FILE = 8, 16
"""Cards in a file, and in a guide above ``_MAX_SINGLE_TABLE``, which would otherwise have too many files."""
_MAX_VOCABULARY = 500
"""Maximum number of words of a language with which misspelled words are compared."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...] = ()) -> object:
    """Return the values that the index files depend on, for their cache key."""
    areas = find_areas(guide)
    return guide.settings, languages, guide.service_types, guide.search_words, guide.answers, areas, searched.inputs(guide)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a guide: its records, its word table and the line of each term."""

    records: Sequence[IndexedRecord]
    words: WordTable
    lines: Sequence[Term]


def build_index(guide: Guide) -> Index:
    """Return the index of a guide."""
    records, words = build_records(guide), build_word_table(guide)
    return Index(records, words, build_term_lines(records, words.term_index))


def files(guide: Guide, languages: tuple[Language, ...], index: Index) -> Iterator[File]:
    """Yield all index files. The same guide gives the same bytes."""
    records, words = index.records, index.words
    rows = list(build_rows(records))
    counts = _count_rows(rows)
    shards = list(split_into_shards(index.lines))
    generation = _compute_generation(guide, records, shards)
    scripts = _choose_languages(guide, words)
    meta = {
        "generation": generation,
        "records": len(records),
        "partners": len(records) - len(guide.spotlights),
        "cards": _cards_per_file(records),
        "source": guide.settings.languages[0],
        "languages": {language.tag: cldr.script(language.tag) for language in languages},
        "scripts": scripts,
        "needs": {need: [name for name in answer if f"type:{name}" in counts] for need, answer in NEEDS.items()},
        "instead": _list_related(guide, counts),
        "blocks": counts if len(records) > _MAX_SINGLE_TABLE else None,
        "shards": "\n".join(encode_sorted(shard.first for shard in shards)),
    }
    vocabularies = _build_vocabularies(words, dict.fromkeys((*scripts.values(), *(language.tag for language in languages))))
    for language in languages:
        header = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
        yield _make_text_file(f"start-{language.tag}.txt", [header, *vocabularies.get(language.tag, [""])])
    for tag in sorted(set(scripts.values())):
        yield _make_text_file(f"vocabulary-{tag}.txt", vocabularies[tag])
    for number, shard in enumerate(shards):
        yield _make_text_file(f"terms-{number}.txt", [generation, *shard.lines])
    for language in languages:
        yield _make_text_file(f"labels-{language.tag}.txt", _list_labels(guide, language, counts))
    yield from _make_tables(rows, len(records), generation)
    for language in languages:
        yield from _make_cards(guide, records, language, generation)


def _compute_generation(guide: Guide, records: Sequence[IndexedRecord], shards: Sequence[Shard]) -> str:
    """Return a hash that the files of a build share, so that the engine does not mix files that do not fit together.

    It covers how records are numbered and which file has a term. Other content may come from two builds without harm.
    """
    digest = hashlib.sha256(f"{FORMAT} {guide.settings.languages}".encode())
    digest.update("\n".join(record.slug for record in records).encode())
    digest.update("\n".join(shard.first for shard in shards).encode())
    return digest.hexdigest()[:8]


def _list_related(guide: Guide, counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Return for each kind of help that nobody offers the related kinds that somebody offers."""
    missing = [kind.id for kind in guide.service_types if f"type:{kind.id}" not in counts]
    related = {kind: [name for name in RELATED.get(kind, ()) if f"type:{name}" in counts] for kind in missing}
    return {kind: names for kind, names in related.items() if names}


def _count_rows(rows: Iterable[IndexedService]) -> dict[str, int]:
    """Return the number of rows of each concept."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for concept in row.concepts:
            counts[concept] += 1
    return dict(sorted(counts.items()))


# --- words --------------------------------------------------------------------------------------


def _choose_languages(guide: Guide, words: WordTable) -> dict[str, str]:
    """Return for each script the language whose vocabulary corrects queries in it: the first of the guide, else the largest."""
    order = [*guide.settings.languages, *sorted(words.sizes, key=lambda tag: (-words.sizes[tag], tag))]
    languages: dict[str, str] = {}
    for language in order:
        if language in words.sizes:
            languages.setdefault(cldr.script(language), language)
    return languages


def _build_vocabularies(words: WordTable, languages: Iterable[str]) -> dict[str, list[str]]:
    """Return the vocabulary lines of each language: its most common words, sorted and prefix-compressed.

    Misspelled words are compared with these; rarer words are only found by prefix. The first line has the pairs of traditional
    and simplified characters.
    """
    vocabularies = {}
    for language in languages:
        if language not in words.sizes:
            continue
        common_words = islice(words.weights.get(language, {}), _MAX_VOCABULARY)
        vocabularies[language] = [
            _pair_characters(words.letter_index.get(language, "")),
            *encode_sorted(sort_like_javascript(common_words)),
        ]
    return vocabularies


def _list_labels(guide: Guide, language: Language, used: Mapping[str, int]) -> Iterator[str]:
    """Yield the label of each service type, and of each other concept that a partner has."""
    order, tag = guide.settings.languages, language.tag
    for kind in guide.service_types:
        yield f"type:{kind.id}\t{kind.name.resolve(tag, order).text.text}"
    labels = {f"fact:{name}": language.say(FACT_NAMES[name]) for name in FACTS}
    labels |= {f"day:{day}": name for day, name in zip(DAYS, days_of_week(language), strict=True)}
    spoken = (concept.removeprefix("lang:") for concept in used if concept.startswith("lang:"))
    labels |= {f"lang:{code}": language.name_of(code) for code in spoken}
    for area in find_areas(guide):
        labels[f"area:{area_id(area.name)}"] = area.names.resolve(tag, order).text.text if area.names else area.name
    yield from (f"{concept}\t{label}" for concept, label in labels.items() if concept in used)


def _pair_characters(letters: str) -> str:
    """Return traditional characters, each followed by its simplified form, if that is in ``letters``: "後后醫医"."""
    used = frozenset(letters)
    return "".join(old + new for old, new in sorted(simplify_chinese().items()) if new in used)


# --- rows ---------------------------------------------------------------------------------------


def _make_tables(rows: Sequence[IndexedService], record_count: int, generation: str) -> Iterator[File]:
    """Yield one file with all rows or, for a large guide, one file per concept."""
    if record_count <= _MAX_SINGLE_TABLE:
        yield _make_text_file("rows.txt", [generation, *_encode_columns(rows)])
        return
    by_concept: dict[str, list[IndexedService]] = defaultdict(list)
    for row in rows:
        for concept in row.concepts:
            if len(by_concept[concept]) < _MAX_ROWS:
                by_concept[concept].append(row)
    for concept, concept_rows in sorted(by_concept.items()):
        yield _make_text_file("rows-" + concept.replace(":", "-") + ".txt", [generation, *_encode_columns(concept_rows)])


def _encode_columns(rows: Sequence[IndexedService]) -> Iterator[str]:
    """Yield the lines of a table: record numbers, main kinds of help, then for each concept the rows that have it."""
    yield encode_differences([row.record for row in rows])
    mains = list(dict.fromkeys(row.main for row in rows))
    yield ",".join(mains)
    yield "".join(encode_digit(mains.index(row.main)) for row in rows)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for concept in row.concepts:
            holders[concept].append(number)
    for concept, numbers in sorted(holders.items()):
        yield f"{concept}\t{encode_differences(numbers)}"


# --- cards --------------------------------------------------------------------------------------


def _make_cards(guide: Guide, records: Sequence[IndexedRecord], language: Language, generation: str) -> Iterator[File]:
    """Yield the card files of a language: what results show, a few records in each file."""
    order = guide.settings.languages
    size = _cards_per_file(records)
    for start in range(0, len(records), size):
        cards = [_make_card(record, language, order) for record in records[start : start + size]]
        yield _make_json_file(f"cards-{language.tag}-{start // size}.json", [generation, *cards])


_MAX_TOWNS = 6


def _cards_per_file(records: Sequence[IndexedRecord]) -> int:
    return _CARDS_PER_FILE if len(records) <= _MAX_SINGLE_TABLE else _CARDS_PER_LARGE_FILE


def _make_card(record: IndexedRecord, language: Language, order: tuple[str, ...]) -> list[object]:
    """Return slug, title and its language, own name, summary and its language, towns, phones, and any status but active."""
    name = proper_name(record.name, order[0])
    title = _choose(record.plain_name, language, order) if record.plain_name else name
    summary = _choose(record.summary, language, order)
    return [
        record.slug,
        title.text,
        _foreign_tag(title, language),
        name.text if record.plain_name else "",
        _shorten(summary.text),
        _foreign_tag(summary, language),
        record.towns[:_MAX_TOWNS],
        [
            (
                _format_number(phone),
                urls.phone_url(phone.number, phone.extension, language.region, phone.kind),
                _format_note(phone, language, order),
            )
            for phone in record.phones
        ],
        "" if record.status == "active" else record.status,
    ]


def _format_number(phone: Phone) -> str:
    return f"{phone.number} #{phone.extension}" if phone.extension else phone.number


def _format_note(phone: Phone, language: Language, order: tuple[str, ...]) -> str:
    """Return the kind and the note of a number on one line."""
    return " · ".join(part for part in (phone_kind(phone.kind, language), _choose(phone.note, language, order).text) if part)


def _choose(text: TranslatableText, language: Language, order: tuple[str, ...]) -> LocalizedString:
    return text.resolve(language.tag, order).text


def _foreign_tag(words: LocalizedString, language: Language) -> str:
    """Return the language of a text if it is not that of the page, else an empty string."""
    return "" if words.language == language.tag else words.language


def _shorten(text: str, limit: int = 90) -> str:
    if len(text) <= limit:
        return text
    short = text[:limit].rpartition(" ")[0]
    return (short if len(short) > limit // 2 else text[:limit]) + "…"


# --- files --------------------------------------------------------------------------------------


def _make_text_file(name: str, lines: Iterable[str]) -> File:
    return File(FOLDER + name, ("\n".join(lines) + "\n").encode())


def _make_json_file(name: str, value: object) -> File:
    return File(FOLDER + name, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
