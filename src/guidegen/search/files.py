"""The files that a reader's device searches in. How they are laid out: docs/developers/search.md."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from guidegen.model import urls
from guidegen.model.areas import find_areas
from guidegen.model.guide import Guide
from guidegen.model.location import Phone
from guidegen.model.page import File, Page
from guidegen.model.translatable import TranslatableText
from guidegen.model.wording import phone_kind
from guidegen.search import records as searched
from guidegen.search.analysis import simplify_chinese
from guidegen.search.coding import encode_differences, encode_digit, encode_sorted
from guidegen.search.concepts import FACT_NAMES, FACTS, NEEDS, area_id
from guidegen.search.records import IndexedPartner, IndexedService, build_records, build_rows
from guidegen.search.table import WordTable, in_order, word_table
from guidegen.search.terms import Shard, Term, shards_of, term_lines
from guidegen.text import cldr
from guidegen.text.language import Language, LocalizedString, proper

FOLDER = "search/"
FORMAT = 2
"""Raised when a file is written otherwise: an engine of another format reads anew."""
WHOLE = 3_000
"""Records up to which all rows are one file; above, each concept has a file of its own."""
MAX_ROWS = 1_200
"""Rows of such a file: the first ones, which were checked last."""
CARDS, MANY_CARDS = 8, 16
"""Records of a file of cards; of a large guide, whose files would be too many."""
MAX_USUAL = 700
"""Words of a language that misspelt words are held against."""


def inputs(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...] = ()) -> object:
    """The records, the places, the types and the words."""
    areas = find_areas(guide)
    return guide.settings, languages, guide.service_types, guide.words, guide.answers, areas, searched.inputs(guide)


@dataclass(frozen=True, slots=True)
class Index:
    """What search knows of a guide: its partners, all words, and the line of each term."""

    found: Sequence[IndexedPartner]
    words: WordTable
    lines: Sequence[Term]


def build_index(guide: Guide) -> Index:
    """The index of a guide."""
    found, words = build_records(guide), word_table(guide)
    return Index(found, words, term_lines(found, words.term_index))


def files(guide: Guide, languages: tuple[Language, ...], index: Index) -> Iterator[File]:
    """Everything that search reads, in the same bytes for the same guide."""
    found, words = index.found, index.words
    table = list(build_rows(found))
    counts = _counts(table)
    shards = list(shards_of(index.lines))
    generation = _generation(guide, found, shards)
    scripts = _by_script(guide, words)
    meta = {
        "generation": generation,
        "records": len(found),
        "cards": _cards_of(found),
        "source": guide.settings.languages[0],
        "languages": {language.tag: cldr.script(language.tag) for language in languages},
        "scripts": scripts,
        "needs": {need: [name for name in answer if f"type:{name}" in counts] for need, answer in NEEDS.items()},
        "blocks": counts if len(found) > WHOLE else None,
        "shards": "\n".join(encode_sorted(shard.first for shard in shards)),
    }
    usual = _vocabularies(words, dict.fromkeys((*scripts.values(), *(language.tag for language in languages))))
    for language in languages:
        first = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
        yield _text(f"start-{language.tag}.txt", [first, *usual.get(language.tag, [""])])
    for tag in sorted(set(scripts.values())):
        yield _text(f"vocabulary-{tag}.txt", usual[tag])
    for number, shard in enumerate(shards):
        yield _text(f"terms-{number}.txt", [generation, *shard.lines])
    for language in languages:
        yield _text(f"labels-{language.tag}.txt", _labels(guide, language, counts))
    yield from _tables(table, len(found), generation)
    for language in languages:
        yield from _cards(guide, found, language, generation)


def _generation(guide: Guide, found: Sequence[IndexedPartner], shards: Sequence[Shard]) -> str:
    """What all files of one build have in common, so that those of two builds are only read together where that does no harm.

    It says how records are numbered and in which file a term is; what is said of them may be of two builds.
    """
    digest = hashlib.sha256(f"{FORMAT} {guide.settings.languages}".encode())
    digest.update("\n".join(record.slug for record in found).encode())
    digest.update("\n".join(shard.first for shard in shards).encode())
    return digest.hexdigest()[:8]


def _counts(table: Iterable[IndexedService]) -> dict[str, int]:
    """How many rows are of each concept."""
    counts: dict[str, int] = defaultdict(int)
    for row in table:
        for concept in row.concepts:
            counts[concept] += 1
    return dict(sorted(counts.items()))


# --- words --------------------------------------------------------------------------------------


def _by_script(guide: Guide, words: WordTable) -> dict[str, str]:
    """For each script the language whose spelling is known for a query in it: the first of the guide, else the largest."""
    order = [*guide.settings.languages, *sorted(words.sizes, key=lambda tag: (-words.sizes[tag], tag))]
    found: dict[str, str] = {}
    for language in order:
        if language in words.sizes:
            found.setdefault(cldr.script(language), language)
    return found


def _vocabularies(words: WordTable, languages: Iterable[str]) -> dict[str, list[str]]:
    """For each of these languages its usual words, sorted, each as the number of letters it shares with the one before.

    They are what a misspelt word is held against; others are found by their beginning. The first line has the pairs of
    Chinese characters.
    """
    found = {}
    for language in languages:
        if language not in words.sizes:
            continue
        usual = islice(words.weights.get(language, {}), MAX_USUAL)
        found[language] = [_pairs(words.letter_index.get(language, "")), *encode_sorted(in_order(usual))]
    return found


def _labels(guide: Guide, language: Language, used: Mapping[str, int]) -> Iterator[str]:
    """How concepts are called in a language: the types, and those that a partner of the guide has."""
    order, tag = guide.settings.languages, language.tag
    for kind in guide.service_types:
        yield f"type:{kind.id}\t{kind.name.choose(tag, order).words.text}"
    found = {f"fact:{name}": language.say(FACT_NAMES[name]) for name in FACTS}
    spoken = (concept.removeprefix("lang:") for concept in used if concept.startswith("lang:"))
    found |= {f"lang:{code}": cldr.name_in(code, tag) for code in spoken}
    for area in find_areas(guide):
        found[f"area:{area_id(area.name)}"] = area.names.choose(tag, order).words.text if area.names else area.name
    yield from (f"{concept}\t{label}" for concept, label in found.items() if concept in used)


def _pairs(letters: str) -> str:
    """Traditional characters and the simplified ones that the words have: "後后醫医"."""
    used = frozenset(letters)
    return "".join(old + new for old, new in sorted(simplify_chinese().items()) if new in used)


# --- rows ---------------------------------------------------------------------------------------


def _tables(table: Sequence[IndexedService], records: int, generation: str) -> Iterator[File]:
    """All rows in one file, or for a large guide one file for each concept."""
    if records <= WHOLE:
        yield _text("rows.txt", [generation, *_columns(table)])
        return
    by_concept: dict[str, list[IndexedService]] = defaultdict(list)
    for row in table:
        for concept in row.concepts:
            if len(by_concept[concept]) < MAX_ROWS:
                by_concept[concept].append(row)
    for concept, some in sorted(by_concept.items()):
        yield _text("rows-" + concept.replace(":", "-") + ".txt", [generation, *_columns(some)])


def _columns(table: Sequence[IndexedService]) -> Iterator[str]:
    """Record numbers, main kinds of help, then for each concept the rows that have it."""
    yield encode_differences([row.record for row in table])
    mains = list(dict.fromkeys(row.main for row in table))
    yield ",".join(mains)
    yield "".join(encode_digit(mains.index(row.main)) for row in table)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(table):
        for concept in row.concepts:
            holders[concept].append(number)
    for concept, numbers in sorted(holders.items()):
        yield f"{concept}\t{encode_differences(numbers)}"


# --- cards --------------------------------------------------------------------------------------


def _cards(guide: Guide, found: Sequence[IndexedPartner], language: Language, generation: str) -> Iterator[File]:
    """What a result shows, in a language, for a few records in a file."""
    order = guide.settings.languages
    size = _cards_of(found)
    for start in range(0, len(found), size):
        some = [_card(record, language, order) for record in found[start : start + size]]
        yield _json(f"cards-{language.tag}-{start // size}.json", [generation, *some])


MAX_TOWNS = 6
"""Towns that a result names."""


def _cards_of(found: Sequence[IndexedPartner]) -> int:
    return CARDS if len(found) <= WHOLE else MANY_CARDS


def _card(record: IndexedPartner, language: Language, order: tuple[str, ...]) -> list[object]:
    """Return slug, title and its language, own name, sentence and its language, towns, phones, unusual status."""
    name = proper(record.name, order[0])
    title = _chosen(record.plain_name, language, order) if record.plain_name else name
    sentence = _chosen(record.summary, language, order)
    return [
        record.slug,
        title.text,
        _other(title, language),
        name.text if record.plain_name else "",
        _shortened(sentence.text),
        _other(sentence, language),
        record.towns[:MAX_TOWNS],
        [
            (
                _called(phone),
                urls.phone_url(phone.number, phone.extension, language.region, phone.kind),
                _note(phone, language, order),
            )
            for phone in record.phones
        ],
        "" if record.status == "active" else record.status,
    ]


def _called(phone: Phone) -> str:
    return f"{phone.number} #{phone.extension}" if phone.extension else phone.number


def _note(phone: Phone, language: Language, order: tuple[str, ...]) -> str:
    """Return what the number is for, in one line."""
    return " · ".join(part for part in (phone_kind(phone.kind, language), _chosen(phone.note, language, order).text) if part)


def _chosen(text: TranslatableText, language: Language, order: tuple[str, ...]) -> LocalizedString:
    return text.choose(language.tag, order).words


def _other(words: LocalizedString, language: Language) -> str:
    """The language of a text where it is not the page's."""
    return "" if words.language == language.tag else words.language


def _shortened(text: str, most: int = 90) -> str:
    if len(text) <= most:
        return text
    short = text[:most].rpartition(" ")[0]
    return (short if len(short) > most // 2 else text[:most]) + "…"


# --- files --------------------------------------------------------------------------------------


def _text(name: str, lines: Iterable[str]) -> File:
    return File(FOLDER + name, ("\n".join(lines) + "\n").encode())


def _json(name: str, value: object) -> File:
    return File(FOLDER + name, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
