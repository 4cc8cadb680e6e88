"""Language codes as people write them: with two letters, with three, or of a country."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.fields.language_tag import find_language_of_country
from guidegen.content.load import load
from guidegen.model.problems import Problem, Severity
from guidegen.text import cldr
from tests import make


def read_languages(root: Path, spoken: str, **files: str) -> tuple[list[str], list[Problem]]:
    """Return the canonical languages of a partner, and the problems about them."""
    text = make.PARTNER_YML + f"languages: {spoken}\n"
    loaded = load(make.folder(root, {"content/partners/food-bank.yml": text, **files}))
    codes = [language.code for partner in loaded.guide.partners for language in partner.languages]
    return codes, [
        problem
        for problem in loaded.problems
        if problem.code in ("language", "country-code", "listed-twice", "orphan-translation")
    ]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        *(("cmn", "zh"), ("som", "so"), ("spa", "es"), ("prs", "fa-AF"), ("arb", "ar"), ("pes", "fa"), ("swa", "sw")),
        *(("chi", "zh"), ("per", "fa"), ("fre", "fr"), ("ger", "de"), ("bur", "my"), ("kor", "ko"), ("vie", "vi")),
        *(("ukr", "uk"), ("tgl", "fil"), ("iw", "he"), ("cmn-Hans", "zh-Hans"), ("spa-MX", "es-MX"), ("kmr", "ku")),
        *(("es", "es"), ("tl", "tl"), ("ckb", "ckb"), ("mam", "mam"), ("yue", "yue"), ("fa-AF", "fa-AF")),
    ],
)
def test_codes_of_three_letters_become_those_that_the_guide_knows(written: str, canonical: str, tmp_path: Path) -> None:
    assert read_languages(tmp_path, f"[{{code: {written}}}]") == ([canonical], [])
    assert cldr.is_language(canonical)


@pytest.mark.parametrize(
    ("written", "name", "meant"),
    [
        *(("cz", "Czechia", "cs   (Czech)"), ("al", "Albania", "sq   (Albanian)"), ("jp", "Japan", "ja   (Japanese)")),
        *(("cn", "China", "zh   (Chinese)"), ("ua", "Ukraine", "uk   (Ukrainian)"), ("vn", "Vietnam", "vi   (Vietnamese)")),
        *(("gr", "Greece", "el   (Greek)"), ("dk", "Denmark", "da   (Danish)"), ("IN", "India", "hi   (Hindi)")),
        *(("mx", "Mexico", "es   (Spanish)"), ("us", "United States", "en   (English)"), ("ge", "Georgia", "ka   (Georgian)")),
    ],
)
def test_the_code_of_a_country_is_asked_about(written: str, name: str, meant: str, tmp_path: Path) -> None:
    codes, problems = read_languages(tmp_path, f"[{{code: {written}}}]")

    assert codes == []
    assert [(problem.message, problem.hint, problem.line) for problem in problems] == [
        (f"'{written}' is the code of a country ({name}), not of a language", f"Did you mean:  {meant}", 9)
    ]


@pytest.mark.parametrize(
    ("written", "meant", "instead"),
    [("br", "pt   (Portuguese)", "bre"), ("kr", "ko   (Korean)", "kau"), ("se", "sv   (Swedish)", "sme")],
)
def test_a_rare_language_with_the_code_of_a_country_is_asked_about_and_can_be_kept(
    written: str, meant: str, instead: str, tmp_path: Path
) -> None:
    codes, problems = read_languages(tmp_path, f"[{{code: {written}}}]")

    assert codes == [written]
    assert [(problem.severity, problem.code) for problem in problems] == [(Severity.WARNING, "country-code")]
    assert f"Did you mean:  {meant}?" in problems[0].hint
    assert problems[0].hint.endswith(f"write  {instead}")
    assert read_languages(tmp_path / "kept", f"[{{code: {instead}}}]") == ([written], [])


@pytest.mark.parametrize("code", ["es", "ar", "my", "am", "ne", "so", "sv", "et", "bo", "ug", "ps", "pa", "km", "tg", "sr", "cy"])
def test_a_language_that_is_spoken_is_not_asked_about_for_the_code_of_a_country(code: str) -> None:
    assert find_language_of_country(code) == ""


def test_one_language_under_two_codes_is_listed_twice(tmp_path: Path) -> None:
    codes, problems = read_languages(tmp_path, "[{code: es}, {code: spa}]")

    assert codes == ["es"]
    assert [problem.message for problem in problems] == ["'languages' lists es twice"]


def test_keys_by_language_may_have_three_letters(tmp_path: Path) -> None:
    services = make.SERVICES_YML.replace("es: Comida", "spa: Comida").replace("es: Clases", "spa: X, es: Clases")
    loaded = load(make.folder(tmp_path, {"content/services.yml": services}))

    assert loaded.guide.service_types[-1].name.translations["es"].text == "Comida"
    assert [(problem.message, problem.line) for problem in loaded.problems] == [("'name' lists es twice", 3)]


def test_a_key_that_is_the_code_of_a_country_is_asked_about(tmp_path: Path) -> None:
    services = make.SERVICES_YML.replace("es: Comida", "jp: 食べ物")
    problems = load(make.folder(tmp_path, {"content/services.yml": services})).problems

    assert [(problem.message, problem.hint) for problem in problems] == [
        ("'jp' is the code of a country (Japan), not of a language", "Did you mean:  ja   (Japanese)")
    ]


def test_the_languages_of_a_guide_and_entries_of_a_translation_may_have_three_letters(tmp_path: Path) -> None:
    codes, problems = read_languages(
        tmp_path,
        "[{code: spa, note: By phone}]",
        **{
            "guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[eng, spa, ara]"),
            "content/partners/food-bank.es.yml": "languages: [{code: spa, note: Por teléfono}]\n",
        },
    )

    assert (codes, problems) == (["es"], [])
    guide = pipeline.load_checked_guide(tmp_path)[0]
    assert guide.settings.languages == ("en", "es", "ar")
    assert guide.partners[0].languages[0].note.translations["es"].text == "Por teléfono"


def test_a_file_is_named_by_the_code_that_the_guide_knows(tmp_path: Path) -> None:
    _, problems = read_languages(tmp_path, "[{code: es}]", **{"content/partners/food-bank.spa.yml": "summary: Gratis.\n"})

    assert [problem.hint for problem in problems] == ["Rename it:  food-bank.es.yml"]
