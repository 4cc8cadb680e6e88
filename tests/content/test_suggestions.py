"""What a message suggests is right: it never turns a fact into its opposite, and works when it is followed."""

from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content.translation_comparison import find_differences
from guidegen.model.problems import GuidegenError, Problem
from tests import ROOT, make

PARTNER = "name: Food Bank\nsummary: Free food for everyone.\nemail: a@example.org\n"
SERVICE = PARTNER + "services:\n  - key: pantry\n    types: [food]\n    name: Pantry\n"
PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def find_problems(tmp_path: Path, files: dict[str, str | bytes]) -> list[Problem]:
    """Return the problems of a guide with some files, without those of missing translations."""
    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))
    return [problem for problem in problems if problem.code != "missing-translation"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("cost: Not free", 'Write  {note: "Not free"}'),
        ("cost: No longer free", 'Write  {note: "No longer free"}'),
        ("cost: [Not free, Seniors free]", 'Write  [{note: "Not free"}, {for: Seniors, free: yes}]'),
        ("cost: Free for kids, $5 adults", 'Write  {note: "Free for kids, $5 adults"}'),
        ('cost: "Members free, others $10"', 'Write  {note: "Members free, others $10"}'),
        ("cost: Seniors free", "Write  {for: Seniors, free: yes}"),
        ("cost: Usually free", 'Write  {note: "Usually free"}'),
        ("cost: Call 211", 'Write  {note: "Call 211"}'),
        ("cost: Up to $50", 'Write  {note: "Up to $50"}'),
        ("cost: yes", "Write  {free: yes}  if it costs nothing, else  {amount: 25, currency: USD}"),
        ("cost: 25", "Write  {amount: 25, currency: USD}"),
        ('cost: {amount: "1,200", currency: USD}', "Write it without a comma:  amount: 1200"),
        ("cost: {amount: 1,200, currency: USD}", "Inside { } a comma ends a value. Write it without a comma:  amount: 1200"),
        ("hours: [{days: [mo], open: 9am, close: 5pm}]", 'Write  open: "09:00", close: "17:00"'),
        ("hours: [{days: [mo], open: 9, close: 5}]", 'Write  open: "09:00", close: "17:00"'),
        (
            'hours: [{days: [mo], open: "9:00-12:00", close: "13:00-17:00"}]',
            'Write two entries with the same days:  {…, open: "09:00", close: "12:00"}  and  {…, open: "13:00", close: "17:00"}',
        ),
        ('hours: [{days: [mo], open: "9:00-12:00", close: "1:00-5:00"}]', "Write two entries with the same days, each"),
        ("cost: Kids $5, adults $10", 'Write  {note: "Kids $5, adults $10"}'),
        ('hours: [{days: [mo], open: "01:00", close: "05:00"}]', 'open: "13:00", close: "17:00"'),
        ('hours: [{monthly: 1st and 3rd Saturdays, open: "09:00"}]', "Write  [1sa, 3sa]"),
        ("hours: [{closed: [sunday]}]", "days of the week that are not listed are closed"),
        ("hours: [{closed: yes}]", "Write a date such as"),
        ('hours: ["24/7"]', "Write  {always: yes}"),
        ("hours: [{days: [mo, tu], always: yes}]", 'open: "00:00", close: "24:00"'),
        ('phones: [{number: "556-1007"}]', "It has 7 digits; numbers here have 10. Add the area code."),
        ('phones: [{number: "1-413-556-100"}]', "It has 9 digits after the 1; numbers here have 10."),
        ('phones: [{number: "555123"}]', "If people text it, write  kind: text"),
        ('phones: [{number: "5551"}]', "Call it to check, then correct it."),
        ('phones: [{number: "(413) 556‑1008"}]', 'Write  "(413) 556-1008"'),
        ('phones: [{number: "٤١٣-٥٥٦-١٠٠٩"}]', 'Write  "413-556-1009"'),
    ],
)
def test_a_mistake_in_a_service_has_one_message_with_the_right_suggestion(tmp_path: Path, written: str, hint: str) -> None:
    problems = find_problems(tmp_path, {"content/partners/food-bank.yml": f"{SERVICE}    {written}\n"})

    assert len(problems) == 1
    assert hint in problems[0].hint


@pytest.mark.parametrize(("region", "number"), [("NL", "113"), ("BR", "188"), ("CL", "*4141"), ("IN", "14416")])
def test_short_codes_of_countries_whose_lists_are_not_complete_are_fine(tmp_path: Path, region: str, number: str) -> None:
    guide = make.GUIDE_YML.replace("region: US", f"region: {region}").replace("time_zone: America/New_York\n", "")
    text = f'{SERVICE}    phones: [{{number: "{number}"}}]\n'

    assert find_problems(tmp_path, {"guide.yml": guide, "content/partners/food-bank.yml": text}) == []


def test_a_short_number_in_groups_is_to_be_written_without_spaces(tmp_path: Path) -> None:
    guide = make.GUIDE_YML.replace("region: US", "region: GB").replace("time_zone: America/New_York\n", "")
    text = f'{SERVICE}    phones: [{{number: "116 123"}}]\n'
    (problem,) = find_problems(tmp_path, {"guide.yml": guide, "content/partners/food-bank.yml": text})

    assert 'without spaces:  "116123"' in problem.hint


@pytest.mark.parametrize("number", ["741741", "838255"])
def test_short_codes_for_texts_are_fine(tmp_path: Path, number: str) -> None:
    text = f"{SERVICE}    phones: [{{number: {number}, kind: text}}]\n"

    assert find_problems(tmp_path, {"content/partners/food-bank.yml": text}) == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("summary: CafÃ© con leche â€“ gratis", "Write  Café con leche – gratis"),
        ("summary: A lost � letter", "Write the right letter in its place."),
        ("summary: B\nlogo: images/IMG_1.PNG", "Did you mean:  images/IMG_1.png   (and rename the file to  IMG_1.png)"),
        ("summary: B\nlogo: logo2.png", "Did you mean:  images/logo2.png"),
        ("summary: B\nlogo: content/images/my logo.png", "images/my-logo.png   (and rename the file to  my-logo.png)"),
    ],
)
def test_a_mistake_in_a_profile_has_one_message_with_the_right_suggestion(tmp_path: Path, written: str, hint: str) -> None:
    text = f"name: Food Bank\nemail: a@example.org\n{written}\n"
    problems = find_problems(tmp_path, {"content/partners/food-bank.yml": text})

    assert len(problems) == 1
    assert hint in problems[0].hint


@pytest.mark.parametrize("text", ["NÃO AMANHà »", "Il dit « voilà\u00a0» et part", "Ångström, Âge, DÉJÀ"])
def test_words_that_look_like_a_wrong_encoding_are_fine(tmp_path: Path, text: str) -> None:
    profile = f"name: Food Bank\nemail: a@example.org\nsummary: {text}\n"

    assert "wrong-encoding" not in {p.code for p in find_problems(tmp_path, {"content/partners/food-bank.yml": profile})}


def test_swapped_coordinates_are_corrected_to_where_the_guide_is(tmp_path: Path) -> None:
    place = "locations:\n  - key: a\n    address: {line1: 1 Main St, city: Springfield}\n    position: [-72.59, 42.10]\n"
    problems = find_problems(tmp_path, {"content/partners/food-bank.yml": PARTNER + place})

    assert ["Did you mean:  [42.1, -72.59]" in problem.hint for problem in problems] == [True]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/spotlights/news.md", "---\ntitle: A\nsummary: B\ndate: 11/3/2026\nauthors: [Ana]\n---\nText.\n"),
        ("content/pages/rules.md", "---\ntitle: A\nupdated: 11/3/2026\n---\nText.\n"),
        ("content/partners/food-bank.es.yml", "summary: Comida gratis.\ntranslation: {by: human, date: 11/3/2026}\n"),
        ("content/partners/food-bank.yml", f"{PARTNER}verified: {{date: 11/3/2026, by: Ana}}\n"),
    ],
)
def test_a_date_is_read_in_the_order_of_the_country_in_every_file(tmp_path: Path, path: str, text: str) -> None:
    hints = [problem.hint for problem in find_problems(tmp_path, {path: text}) if problem.code == "date"]

    assert [hint.split()[3] for hint in hints] == ["2026-11-03"]


def test_a_file_in_the_language_of_the_sources_is_not_called_unknown(tmp_path: Path) -> None:
    (problem,) = find_problems(tmp_path, {"content/partners/food-bank.en.yml": "summary: Food.\n"})

    assert "the language you translate from" in problem.message
    assert "food-bank.yml" in problem.hint


def test_a_file_in_another_encoding_has_one_message(tmp_path: Path) -> None:
    text = "name: Banco\nsummary: Comida gratis\n".encode("utf-16-le")
    (problem,) = find_problems(tmp_path, {"content/partners/banco.yml": text})

    assert problem.message == "the file is in UTF-16, not in UTF-8"


def test_a_translation_without_a_source_is_reported_at_its_beginning(tmp_path: Path) -> None:
    translation = "summary: Comida.\nservices:\n  - key: old\n    name: Viejo\n    documents: [Uno, Dos]\n"
    problems = find_problems(tmp_path, {"content/partners/food-bank.es.yml": translation})

    assert [(problem.code, problem.line) for problem in problems] == [("orphan-translation", 3)]


@pytest.mark.parametrize(("number", "is_known"), [("1-800-222-1222", True), ("988", True), ("2111", False), ("55512", True)])
def test_urgent_numbers_that_nobody_has_are_reported(tmp_path: Path, number: str, is_known: bool) -> None:
    services = make.SERVICES_YML + f'    urgent: [{{number: "{number}", name: {{en: A, es: B, ar: C}}}}]\n'
    codes = [problem.code for problem in find_problems(tmp_path, {"content/services.yml": services})]

    assert codes == [] if is_known else ["phone-unknown"]


def test_an_urgent_number_with_a_missing_digit_is_an_error(tmp_path: Path) -> None:
    services = make.SERVICES_YML + '    urgent: [{number: "1-800-222-122", name: {en: A, es: B, ar: C}}]\n'
    (problem,) = find_problems(tmp_path, {"content/services.yml": services})

    assert "9 digits after the 1" in problem.hint


def test_a_guide_in_which_all_profiles_are_drafts_is_reported(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "status: draft\n"})

    assert "no-organization" in {problem.code for problem in pipeline.review_content(root, date(2026, 12, 1))}


def test_own_words_of_the_interface_are_checked(tmp_path: Path) -> None:
    unknown = find_problems(tmp_path / "a", {"locales/es.po": PO_HEAD + 'msgid "Directionz"\nmsgstr "Ruta"\n'})
    other = find_problems(tmp_path / "b", {"locales/sp.po": PO_HEAD + 'msgid "Directions"\nmsgstr "Ruta"\n'})

    assert [(str(p.path), p.line, p.hint) for p in unknown] == [("locales/es.po", 5, "Did you mean:  Directions")]
    assert [str(p.path) for p in other] == ["locales/sp.po"]
    with pytest.raises(GuidegenError, match="line 6: the quotation mark at the end is missing"):
        find_problems(tmp_path / "c", {"locales/es.po": PO_HEAD + 'msgid "Directions"\nmsgstr "Ruta aqui\n'})


@pytest.mark.parametrize(
    ("source", "translation", "language", "message"),
    [
        ("It costs $25.", "Cuesta $52.", "es", "has the amount $52"),
        ("Open at 5:30 pm", "Abre a las 6:30 pm", "es", "has the time 6:30"),
        ("Closed on 2026-12-05", "Cerrado el 2026-12-15", "es", "has the date 2026-12-15"),
        ("Free food for all", "طعام مجاني لكل من يأتي إلى بابنا كل يوم", "es", "has no letter of the script of 'es'"),
        ("It costs $25.", "Cuesta $ 25,00.", "es", ""),
        ("Open at 5:30 pm", "Abre a las 17:30", "es", ""),
        ("It costs $25.", "Cuesta veinticinco dólares.", "es", ""),
        ("WIC", "WIC", "ar", ""),
        ("International Rescue Committee", "International Rescue Committee", "ar", ""),
        ("Free for all who come here.", "Usluge su besplatne za sve koji dolaze ovde.", "sr", ""),
        ("It costs $5–10.", "Es kostet 5–10 $.", "de", ""),
        ("It costs $1,500.", "Le prix est de 1 500 $.", "fr", ""),
        ("It costs $25.50.", "السعر ٢٥٫٥٠ $", "ar", ""),
        ("Open at 9:00 AM.", "Inafunguliwa saa 3:00 asubuhi.", "sw", ""),
    ],
)
def test_small_facts_are_compared_where_their_form_is_certain(source: str, translation: str, language: str, message: str) -> None:
    found = [difference.message for difference in find_differences(source, translation, language)]

    assert [text for text in found if text.startswith("has ")] == ([text for text in found if message in text] if message else [])
    assert bool(found) == bool(message)


def test_a_language_that_is_written_in_two_scripts_is_named_with_both(tmp_path: Path) -> None:
    guide = make.GUIDE_YML.replace("[en, es, ar]", "[en, es, zh]")
    (problem,) = [p for p in find_problems(tmp_path, {"guide.yml": guide}) if p.code == "no-catalog"]

    assert "zh-Hans and zh-Hant" in problem.hint


def test_the_catalogs_of_guidegen_itself_are_not_called_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample guide is in the same folder, and people name it with a dot."""
    monkeypatch.chdir(ROOT)
    _, problems = pipeline.load_checked_guide(Path())

    assert not [problem for problem in problems if problem.code == "no-catalog"]
