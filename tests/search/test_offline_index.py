"""The single file of a language agrees with the separate index files and has nothing of other languages."""

import json

import pytest

from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.search import offline_index
from tests import ROOT

pytestmark = pytest.mark.slow


def test_the_single_file_has_only_names_of_its_language_and_the_source_language() -> None:
    guide, _ = pipeline.load_checked_guide(ROOT)
    settings = guide.settings
    languages = load_languages(ROOT, settings.languages, settings.region)
    content = {file.path: file.content.decode() for file in offline_index.files(guide, languages)}
    parts = json.loads(content[offline_index.offline_index_path("ar")])
    lines = [line.split("\t") for line in parts["terms-0.txt"].split("\n")[1:-1]]
    separate = {
        line.partition("\t")[0]: line.split("\t")
        for path, text in content.items()
        if path.startswith("search/terms-")
        for line in text.split("\n")[1:-1]
    }
    for term, *columns in lines:
        assert columns[:3] == separate[term][1:4][: len(columns[:3])], "a term has other records than in the separate files"
        names = columns[3].split("|") if len(columns) > 3 else []
        assert all(name.split("=")[1] in ("ar", settings.languages[0], "") for name in names)  # names of organizations have none
        assert columns[0] != "0" or names, f"{term} has neither records nor names"
    terms = {term for term, *_ in lines}
    for term, columns in separate.items():
        names = columns[4].split("|") if len(columns) > 4 else []
        assert (term in terms) == (columns[1] != "0" or any(name.split("=")[1] in ("ar", "en") for name in names))
