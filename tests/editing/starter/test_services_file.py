"""``content/services.yml`` of a new guide: right for its country, in its languages."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidegen.build import pipeline
from guidegen.editing.starter import services_file
from guidegen.editing.starter.countries import list_countries
from tests import ROOT, make

US_ONLY = re.compile(r"911|\b211\b|\bZIP\b|\$|notario|public charge|green card|Medicaid|SNAP\b|GED\b|\b1-8\d\d-|988|USCIS|DMV")


def types_of(country: str, *languages: str) -> dict[str, dict[str, Any]]:
    value = yaml.safe_load(services_file.write_services(country, languages))
    return {service_type["id"]: service_type for service_type in value["types"]}


def without_synonyms(types: dict[str, dict[str, Any]]) -> str:
    """Return all texts that pages show. Synonyms only help search, where a newcomer may well type 911."""
    shown = ({key: value for key, value in entry.items() if key != "synonyms"} for entry in types.values())
    return yaml.safe_dump(list(shown), allow_unicode=True)


@pytest.mark.parametrize(
    ("country", "languages"),
    [("DE", ("de", "uk", "ar", "en")), ("CA", ("en", "fr", "pa", "zh-Hant")), ("MX", ("es", "ht")), ("SO", ("en", "so"))],
)
def test_no_word_of_the_united_states_is_shown_elsewhere(country: str, languages: tuple[str, ...]) -> None:
    text = without_synonyms(types_of(country, *languages))

    assert US_ONLY.findall(text) == (["911"] * text.count("911") if country in ("CA", "MX") else [])


def test_the_united_states_keep_their_numbers_notices_and_answers() -> None:
    text = services_file.write_services("US", ("en", "es"))

    assert "notario" in text
    assert '"988"' in text
    assert yaml.safe_load(text)["answers"]
    assert "zh-Hans" not in text
    assert "Todos Santos" not in text  # a word of the sample county


def test_emergency_numbers_are_those_of_the_country_with_what_they_are_for() -> None:
    urgent = types_of("DE", "de", "uk", "ar", "en")["emergency"]["urgent"]

    assert urgent == [
        {"number": "112", "needs": ["overdose"], "name": {"de": "Rettungsdienst, Feuerwehr", "uk": "Швидка допомога, Пожежна служба", "ar": "الإسعاف، الإطفاء", "en": "Ambulance, Fire"}},
        {"number": "110", "needs": ["danger"], "name": {"de": "Polizei", "uk": "Поліція", "ar": "الشرطة", "en": "Police"}},
    ]  # fmt: skip


def test_the_advice_for_people_who_are_watched_names_the_police_of_the_country() -> None:
    assert "Rufen Sie 110 an." in types_of("DE", "de", "en")["family-safety"]["notice"]["de"]
    assert "Call" not in types_of("SO", "en")["family-safety"]["notice"]["en"]


def test_an_unknown_country_is_asked_for_its_numbers() -> None:
    assert "# Add the emergency numbers of your country here" in services_file.write_services("SO", ("en",))


def test_newcomers_learn_the_language_of_their_country() -> None:
    assert "english" in types_of("GB", "en")
    german = types_of("DE", "de", "en")
    assert "english" not in german
    assert german["language-classes"]["name"] == {"de": "Sprachkurse", "en": "Language classes"}


@pytest.mark.parametrize("tag", sorted(services_file.list_named_languages()))
@pytest.mark.parametrize("country", ["US", "DE"])
def test_every_type_is_named_in_every_language_that_may_come_first(tag: str, country: str) -> None:
    for type_id, entry in types_of(country, tag).items():
        assert entry["name"][tag], type_id
        assert entry["summary"][tag], type_id


@pytest.mark.parametrize("country", list_countries())
def test_the_file_has_no_mistake_in_any_country(country: str, tmp_path: Path) -> None:
    """France has emergency numbers of two digits, for example."""
    guide = make.GUIDE_YML.replace("[en, es, ar]", "[en, es]").replace("region: US", f"region: {country}")
    root = make.folder(
        tmp_path, {"guide.yml": guide, "content/services.yml": services_file.write_services(country, ("en", "es"))}
    )

    _, problems = pipeline.load_checked_guide(root)

    assert [problem for problem in problems if problem.path.name == "services.yml"] == []


@pytest.mark.parametrize("country", list_countries())
def test_the_file_has_every_type_in_every_country(country: str) -> None:
    types = types_of(country, "en", "es")

    assert len(types) == len(yaml.safe_load((ROOT / "content/services.yml").read_text(encoding="utf-8"))["types"])
    assert types["emergency"]["urgent"]
