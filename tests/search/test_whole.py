"""The search of one language in one file: what it says is what the usual files say, and nothing of other languages."""

import json

from guidegen.build import pipeline
from guidegen.content.catalogs import guide_languages
from guidegen.search import whole
from tests import ROOT


def test_the_file_of_a_language_has_its_own_words_and_those_of_the_source_alone() -> None:
    guide, _ = pipeline.load_checked_guide(ROOT)
    settings = guide.settings
    languages = guide_languages(ROOT, settings.languages, settings.region)
    made = {file.path: file.content.decode() for file in whole.files(guide, languages)}
    parts = json.loads(made[whole.file_name("ar")])
    lines = [line.split("\t") for line in parts["terms-0.txt"].split("\n")[1:-1]]
    usual = {
        line.partition("\t")[0]: line.split("\t")
        for path, text in made.items()
        if path.startswith("search/terms-")
        for line in text.split("\n")[1:-1]
    }
    for term, *said in lines:
        assert said[:3] == usual[term][1:4][: len(said[:3])], "records of a term are those of the usual files"
        names = said[3].split("|") if len(said) > 3 else []
        assert all(name.split("=")[1] in ("ar", settings.languages[0]) for name in names)
        assert said[0] != "0" or names, f"{term} says nothing to readers of this file"
    known = {term for term, *_ in lines}
    for term, said in usual.items():
        names = said[4].split("|") if len(said) > 4 else []
        assert (term in known) == (said[1] != "0" or any(name.split("=")[1] in ("ar", "en") for name in names))
