"""The index of one language in a single file, for offline copies of the guide.

It has the files that the engine requests, by name, with all terms in one of them and only the concept names of its language
and the source language.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from guidegen.model.guide import Guide
from guidegen.model.page import File, Page
from guidegen.search import files as search
from guidegen.search.terms import group_by_language
from guidegen.text.language import Language


def offline_index_path(language: str) -> str:
    """Return the path of the file of a language."""
    return f"{search.FOLDER}whole-{language}.json"


def files(guide: Guide, languages: tuple[Language, ...], _pages: tuple[Page, ...] = ()) -> Iterator[File]:
    """Yield all index files and, if readers can save the guide for offline use, the single file of each language."""
    index = search.build_index(guide)
    index_files = search.files(guide, languages, index)
    if not guide.is_available_offline:
        yield from index_files
        return
    texts = {}
    for file in index_files:
        yield file
        texts[file.path.removeprefix(search.FOLDER)] = file.content.decode()
    source = guide.settings.languages[0]
    terms = group_by_language(index.lines, [language.tag for language in languages], source)
    for language in languages:
        parts = dict(_list_parts(source, texts, terms[language.tag], language.tag))
        yield File(offline_index_path(language.tag), json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode())


def _list_parts(source: str, texts: Mapping[str, str], terms: Sequence[str], tag: str) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file. Their own generation keeps the engine from mixing them with other files."""
    header, _, rest = texts[f"start-{tag}.txt"].partition("\n")
    meta = json.loads(header)
    generation = f"{meta['generation']}-{tag}"
    meta |= {"generation": generation, "shards": "0"}
    yield f"start-{tag}.txt", json.dumps(meta, ensure_ascii=False, separators=(",", ":")) + "\n" + rest
    for name, text in texts.items():
        if name in (f"labels-{tag}.txt", f"vocabulary-{tag}.txt", f"vocabulary-{source}.txt"):
            yield name, text
        elif name.startswith("rows"):
            yield name, generation + "\n" + text.partition("\n")[2]
        elif name.startswith(f"cards-{tag}-"):
            yield name, json.dumps([generation, *json.loads(text)[1:]], ensure_ascii=False, separators=(",", ":"))
    yield "terms-0.txt", "\n".join([generation, *terms]) + "\n"
