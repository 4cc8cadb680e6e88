"""The whole search of one language in one file, for a copy of the guide that is read without a network.

It holds the files that the engine asks for by name, with all terms in one of them, and of the names of concepts only
those of its own language and of the source.
"""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import File, Page
from guidegen.search import files as search


class _Term(NamedTuple):
    """A line of the files of terms: what is said of the term, and the names of concepts with it, each behind its language."""

    line: str
    phrases: Sequence[tuple[str, str]]


def name(language: str) -> str:
    """Where the file of a language is."""
    return f"{search.FOLDER}whole-{language}.json"


def files(guide: Guide, languages: tuple[Language, ...], pages: tuple[Page, ...] = ()) -> Iterator[File]:
    """Everything that search reads, then the whole of each language."""
    made = list(search.files(guide, languages, pages))
    yield from made
    if guide.can_be_saved:
        texts = {file.path.removeprefix(search.FOLDER): file.content.decode() for file in made}
        terms = _opened([text for part, text in texts.items() if part.startswith("terms-")])
        for language in languages:
            parts = dict(_parts(texts, terms, language.tag, guide.settings.languages[0]))
            yield File(name(language.tag), json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def _parts(texts: dict[str, str], terms: Sequence[_Term], tag: str, source: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the files. Their generation is another one, so that they are never read together with the usual ones."""
    first, _, rest = texts[f"start-{tag}.txt"].partition("\n")
    meta = json.loads(first)
    generation = f"{meta['generation']}-{tag}"
    meta |= {"generation": generation, "shards": "0"}
    yield f"start-{tag}.txt", json.dumps(meta, ensure_ascii=False, separators=(",", ":")) + "\n" + rest
    for part, text in texts.items():
        if part in (f"labels-{tag}.txt", f"vocabulary-{tag}.txt", f"vocabulary-{source}.txt"):
            yield part, text
        elif part.startswith("rows"):
            yield part, generation + "\n" + text.partition("\n")[2]
        elif part.startswith(f"cards-{tag}-"):
            yield part, json.dumps([generation, *json.loads(text)[1:]], ensure_ascii=False, separators=(",", ":"))
    yield "terms-0.txt", "\n".join([generation, *_lines(terms, (tag, source))]) + "\n"


def _opened(shards: Sequence[str]) -> list[_Term]:
    """Every term of the files, in their order."""
    found = []
    for line in (line for text in shards for line in text.split("\n")[1:] if line):
        *said, names = line.split("\t") if line.count("\t") == 4 else (line, "")
        phrases = names.split("|") if names else ()
        found.append(_Term("\t".join(said), [(phrase.split("=", 2)[1], phrase) for phrase in phrases]))
    return found


def _lines(terms: Sequence[_Term], tags: tuple[str, ...]) -> Iterator[str]:
    """The lines that say something in one of the languages."""
    for line, phrases in terms:
        said = [phrase for tag, phrase in phrases if tag in tags]
        if said:
            yield "\t".join([line + "\t" * (3 - line.count("\t")), "|".join(said)])
        elif "\t0" not in line[-2:]:
            yield line
