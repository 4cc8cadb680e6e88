"""The whole search of one language in one file, for a copy of the guide that is read without a network.

It holds the files that the engine asks for by name, with all terms in one of them, and of the names of concepts only
those of its own language and of the source.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.search import files as search
from guidegen.search.terms import of_languages
from guidegen.text.language import Language


def file_name(language: str) -> str:
    """Where the file of a language is."""
    return f"{search.FOLDER}whole-{language}.json"


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...] = ()) -> Iterator[File]:
    """Everything that search reads, then the whole of each language where readers can keep a copy of the guide."""
    index = search.build_index(guide)
    made = search.files(guide, languages, index)
    if not guide.can_be_saved:
        yield from made
        return
    texts = {}
    for file in made:
        yield file
        texts[file.path.removeprefix(search.FOLDER)] = file.content.decode()
    source = guide.settings.languages[0]
    terms = of_languages(index.lines, [language.tag for language in languages], source)
    for language in languages:
        parts = dict(_parts(source, texts, terms[language.tag], language.tag))
        yield File(file_name(language.tag), json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def _parts(source: str, texts: Mapping[str, str], terms: Sequence[str], tag: str) -> Iterator[tuple[str, str]]:
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
    yield "terms-0.txt", "\n".join([generation, *terms]) + "\n"
