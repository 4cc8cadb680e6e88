"""guide.yml and other files with fixed names, and how the files of a folder belong together."""

from pathlib import Path, PurePosixPath

import pytest

from guidegen.content.load import load, read_settings
from guidegen.content.partners import build_partner
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model.problems import GuidegenError
from guidegen.model.settings import Settings
from tests import make

TESTS_YML = "tests:\n  - {query: bread, type: food}\n"


def problems_by_file(root: Path, files: dict[str, str | bytes]) -> dict[str, list[tuple[int, str]]]:
    """Return the lines and codes of the problems of a guide, by file."""
    problems: dict[str, list[tuple[int, str]]] = {}
    for problem in load(make.folder(root, files)).problems:
        problems.setdefault(str(problem.path), []).append((problem.line, problem.code))
    return problems


def test_a_guide_holds_what_its_files_say(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/partners/food-bank.es.yml": "summary: Comida\n",
        "content/search-tests.yml": TESTS_YML,
        "content/spotlights/a.md": "---\ntitle: T\ndate: 2026-01-01\n---\nText.\n",
        "content/services.yml": make.SERVICES_YML
        + "words:\n  - {fact: evening, synonyms: {en: [late]}}\nanswers:\n  - {id: a, words: {en: [b]}, text: {en: C}}\n",
    }

    loaded = load(make.folder(tmp_path, files))

    guide = loaded.guide
    assert loaded.problems == []
    assert (guide.settings.languages, guide.settings.fictional, guide.settings.places["region"]) == (
        ("en", "es", "ar"),
        False,
        (4, 9),
    )
    assert [kind.id for kind in guide.service_types] == ["english", "food"]
    assert [(partner.slug, list(partner.summary.translations), partner.places["name"]) for partner in guide.partners] == [
        ("food-bank", ["en", "es"], (1, 7))
    ]
    assert [(test.query, test.type) for test in guide.search_tests] == [("bread", "food")]
    assert [spotlight.slug for spotlight in guide.spotlights] == ["a"]
    assert [entry.fact for entry in guide.search_words] == ["evening"]
    assert [answer.id for answer in guide.answers] == ["a"]
    assert (sorted(guide.slugs), sorted(guide.files_with_errors)) == (["food-bank"], [])
    assert guide.services_file.places["types.food"] == (4, 5)
    assert guide.tests_file.places["tests.0.query"] == (2, 13)


def test_translations_are_in_the_order_of_the_guides_languages(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[en, es, ar, vi]"),
        **{f"content/partners/food-bank.{tag}.yml": "summary: x\n" for tag in ("vi", "ar", "es")},
    }

    (partner,) = load(make.folder(tmp_path, files)).guide.partners

    assert list(partner.summary.translations) == ["en", "es", "ar", "vi"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"guide.yml": ""}, {"guide.yml": [(1, "empty")]}),
        ({"guide.yml": "# nothing\n"}, {"guide.yml": [(1, "empty")]}),
        ({"guide.yml": b"\xff"}, {"guide.yml": [(1, "not-utf-8")]}),
        ({"guide.yml": "a: b: c\n"}, {"guide.yml": [(1, "yaml-syntax")]}),
        ({"guide.yml": make.GUIDE_YML.replace("[en", "[english")}, {"guide.yml": [(3, "language")]}),
        ({"content/services.yml": ""}, {"content/services.yml": [(1, "empty")]}),
        ({"content/services.yml": "a: b: c\n"}, {"content/services.yml": [(1, "yaml-syntax")]}),
        ({"content/search-tests.yml": ""}, {"content/search-tests.yml": [(1, "empty")]}),
        ({"content/search-tests.yml": "tests: [{query: a}]"}, {"content/search-tests.yml": [(1, "missing")]}),
        ({"content/partners/b.yml": ""}, {"content/partners/b.yml": [(1, "empty")]}),
        ({"content/partners/b.yml": b"\xff"}, {"content/partners/b.yml": [(1, "not-utf-8")]}),
        ({"content/partners/food-bank.es.yml": ""}, {"content/partners/food-bank.es.yml": [(1, "empty")]}),
        ({"content/partners/food-bank.es.yml": b"\xff"}, {"content/partners/food-bank.es.yml": [(1, "not-utf-8")]}),
        ({"content/partners/food-bank.en.yml": "summary: A\n"}, {"content/partners/food-bank.en.yml": [(1, "language")]}),
        ({"content/partners/food-bank.fr.yml": "summary: A\n"}, {"content/partners/food-bank.fr.yml": [(1, "language")]}),
        ({"content/partners/b.es.yml": "summary: A\n"}, {"content/partners/b.es.yml": [(1, "orphan-translation")]}),
        ({"content/partners/food-bank.es.yml": "services: [{key: x, name: A}]\n"}, {"content/partners/food-bank.es.yml": [(1, "orphan-translation")]}),
        ({"content/partner.yml": ""}, {"content/partner.yml": [(1, "file-name")]}),
        (
            {"content/partners/Food Hub.yml": "name: A\n", "content/partners/food-hub.es.yml": "sumary: A\n"},
            {"content/partners/Food Hub.yml": [(1, "file-name")], "content/partners/food-hub.es.yml": [(1, "unknown-key")]},
        ),
        (
            {"content/partners/food-bank.yml": make.PARTNER_YML + "statu: x\n", "content/partners/food-bank.es.yml": "services: [{key: x, name: A}]\n"},
            {"content/partners/food-bank.yml": [(9, "unknown-key")]},
        ),
        (
            {"guide.yml": make.GUIDE_YML + "x: y\n", "content/partners/food-bank.vi.yml": "summary: A\nemail: b\n"},
            {"guide.yml": [(7, "unknown-key")], "content/partners/food-bank.vi.yml": [(2, "not-translatable")]},
        ),
    ],
)  # fmt: skip
def test_a_problem_with_a_file_is_reported_once_and_hides_no_other(
    tmp_path: Path, files: dict[str, str | bytes], expected: dict[str, list[tuple[int, str]]]
) -> None:
    assert problems_by_file(tmp_path, files) == expected


def test_a_guide_with_mistakes_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "guide.yml": "name: A: B\n",
        "content/partners/food-bank.ar.yml": "summary: طعام\n",
        "content/partners/bad.yml": "",
        "content/spotlights/a.es.md": "x",
    }

    guide = load(make.folder(tmp_path, files)).guide

    assert (guide.settings.languages, guide.settings.name.source, guide.settings.address) == (
        ("en", "ar", "es"),
        "Guide",
        "https://example.org/",
    )
    assert ([partner.slug for partner in guide.partners], sorted(guide.slugs)) == (["food-bank"], ["bad", "food-bank"])
    assert {path.name for path in guide.files_with_errors} >= {"guide.yml", "bad.yml"}


def test_the_missing_files_of_a_folder_are_reported(tmp_path: Path) -> None:
    with pytest.raises(GuidegenError, match=r"there is no guide.yml in .*; start a guide with:  guidegen new guide my-town"):
        load(tmp_path)
    make.folder(tmp_path)
    (tmp_path / "content/services.yml").unlink()

    loaded = load(tmp_path)

    (problem,) = loaded.problems
    assert (str(problem.path), problem.line, problem.column, problem.code) == ("content/services.yml", 1, 1, "missing")
    assert loaded.guide.service_types == ()


@pytest.mark.parametrize(("written", "expected"), [("fictional: yes\n", True), ("fictional: no\n", False), ("", False)])
def test_a_guide_may_say_that_it_is_fictional(tmp_path: Path, written: str, expected: bool) -> None:
    make.write(tmp_path, "guide.yml", make.GUIDE_YML + written)

    settings, problems = read_settings(tmp_path)

    assert problems == []
    assert settings is not None
    assert settings.fictional is expected


def test_texts_of_guide_yml_are_in_its_first_language(tmp_path: Path) -> None:
    make.write(tmp_path, "guide.yml", make.GUIDE_YML.replace("[en, es, ar]", "[es, en]"))

    settings, _ = read_settings(tmp_path)

    assert settings is not None
    assert list(settings.name.translations) == ["es"]


def test_a_partner_can_be_made_of_what_a_file_would_say() -> None:
    node, _ = compose("name: A\nsummary: B\nemail: a@example.org\nsumary: C\n", PurePosixPath("a.yml"))
    assert isinstance(node, MappingNode)

    partner, (problem,) = build_partner(
        PurePosixPath("content/partners/a.yml"), node, {}, Settings(make.text("Guide"), "", ("en", "es"))
    )

    assert partner is not None
    assert (partner.slug, partner.name, partner.identity) == ("a", "A", "")
    assert (problem.line, problem.code) == (4, "unknown-key")
