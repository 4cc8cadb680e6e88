"""The whole search of one language in one file, for a copy of the guide that is read without a network.

It holds the files that the engine asks for by name, with all terms in one of them, and of the names of concepts only
those of its own language and of the source.
"""

import json
from collections.abc import Iterator

from guidegen.languages import Language
from guidegen.model import Guide
from guidegen.outputs import File, Page
from guidegen.search import files as search
from guidegen.search.terms import of_languages, term_lines


def name(language: str) -> str:
    """Where the file of a language is."""
    return f"{search.FOLDER}whole-{language}.json"


def files(guide: Guide, languages: tuple[Language, ...], pages: tuple[Page, ...] = ()) -> Iterator[File]:
    """Everything that search reads, then the whole of each language."""
    made = list(search.files(guide, languages, pages))
    yield from made
    if guide.can_be_saved:
        texts = {file.path.removeprefix(search.FOLDER): file.content.decode() for file in made}
        for language in languages:
            parts = dict(_parts(guide, texts, language.tag))
            yield File(name(language.tag), json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def _parts(guide: Guide, texts: dict[str, str], tag: str) -> Iterator[tuple[str, str]]:
    """Names and texts of the files. Their generation is another one, so that they are never read together with the usual ones."""
    source = guide.settings.languages[0]
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
    yield "terms-0.txt", "\n".join([generation, *of_languages(term_lines(guide), (tag, source))]) + "\n"
