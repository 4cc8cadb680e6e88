"""Loading a content folder into a guide."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.editing.translations import accepting
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import GuidegenError
from guidegen.model.translatable import text_hash
from tests import make

SOURCE = """\
name: School
plain_name: English school
summary: Free English.
email: a@example.org
phones: [{number: "(555) 555-0100", note: Ask for Ana}]
languages: [{code: es, how: staff, note: Mornings}]
services:
  - key: evening
    types: [english]
    name: Evening class
    documents: [A letter, A bill]
    hours: [{days: [mo], open: "18:00", close: "20:00", note: Not in June}]
"""
SPANISH = """\
summary: Inglés gratis.
phones: [{number: "(555) 555-0100", note: Pregunte por Ana}]
languages: [{code: es, note: Por la mañana}]
services:
  - key: evening
    name: Clase nocturna
    documents: [Una carta, Una factura]
    hours: [{note: En junio no}]
translation: {by: machine, who: x, date: 2026-01-01}
"""


def find_partner(root: Path, slug: str) -> Partner | None:
    return next((partner for partner in read(root).partners if partner.slug == slug), None)


def read(root: Path) -> Guide:
    guide, problems = pipeline.load_checked_guide(root)
    assert [problem for problem in problems if problem.severity == 0] == []
    return guide


def test_a_translation_finds_its_place_by_key_number_code_and_position(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/partners/school.yml": SOURCE, "content/partners/school.es.yml": SPANISH}

    school = find_partner(make.folder(tmp_path, files), "school")

    assert school is not None
    texts = {at: text.translations["es"].text for at, text in school.texts.items() if "es" in text.translations}
    assert texts == {
        "summary": "Inglés gratis.",
        "phones.(555) 555-0100.note": "Pregunte por Ana",
        "languages.es.note": "Por la mañana",
        "services.evening.name": "Clase nocturna",
        "services.evening.documents.0": "Una carta",
        "services.evening.documents.1": "Una factura",
        "services.evening.hours.0.note": "En junio no",
    }
    assert school.services[0].name.translations["es"].by == "machine"


def test_a_translation_is_unrecorded_until_accepted_then_fresh_and_stale_when_the_source_changes(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/partners/school.yml": SOURCE, "content/partners/school.es.yml": SPANISH}
    root = make.folder(tmp_path, files)

    def state() -> str:
        school = find_partner(root, "school")
        assert school is not None
        return school.summary.translations["es"].state

    assert state() == "unrecorded"
    assert accepting.accept(root, read(root), ("school.es",)) == 1
    assert state() == "fresh"
    make.folder(root, {"content/partners/school.yml": SOURCE.replace("Free English.", "Free   English.")})
    assert state() == "fresh"
    make.folder(root, {"content/partners/school.yml": SOURCE.replace("Free English.", "English, not free.")})
    assert state() == "stale"


def test_accepting_twice_changes_nothing(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"content/partners/school.yml": SOURCE, "content/partners/school.es.yml": SPANISH}
    root = make.folder(tmp_path, files)
    file = root / "content/partners/school.es.yml"

    accepting.accept(root, read(root))
    once = file.read_text(encoding="utf-8")
    accepting.accept(root, read(root))

    assert file.read_text(encoding="utf-8") == once
    assert once.startswith(SPANISH)
    assert f"summary: {text_hash('Free English.')}" in once


def test_the_style_of_quotes_does_not_make_a_translation_stale() -> None:
    assert text_hash("the “door”, it’s  open") == text_hash('the "door", it\'s open\n')
    assert text_hash("open") != text_hash("closed")


def test_what_is_not_given_is_not_known(tmp_path: Path) -> None:
    bank = find_partner(make.folder(tmp_path), "food-bank")

    assert bank is not None
    service = bank.services[0]
    assert service.cost == ()
    assert service.asks.photo_id is None
    assert service.helps.childcare is None
    assert service.apply.walk_in is None
    assert service.who.ages is None


@pytest.mark.parametrize("shape", ["{open: 9:30, close: 17:00}", '{open: "09:30", close: "17:00"}'])
def test_times_need_no_quotes(tmp_path: Path, shape: str) -> None:
    hours = shape.replace("{", "{days: [mo], ")
    text = make.PARTNER_YML + f"    hours: [{hours}]\n"

    bank = find_partner(make.folder(tmp_path, {"content/partners/food-bank.yml": text}), "food-bank")

    assert bank is not None
    entry = bank.services[0].hours[0]
    assert (getattr(entry, "open", 0), getattr(entry, "close", 0)) == (570, 1020)


def test_a_mark_of_byte_order_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    text = "\ufeff" + make.PARTNER_YML.replace("\n", "\r\n")

    assert find_partner(make.folder(tmp_path, {"content/partners/food-bank.yml": text}), "food-bank")


def test_files_that_editors_leave_behind_are_not_read(tmp_path: Path) -> None:
    left: dict[str, str | bytes] = {
        f"content/partners/{name}": "x" for name in (".food-bank.yml.swp", "food-bank.yml~", ".DS_Store")
    }

    assert [partner.slug for partner in read(make.folder(tmp_path, left)).partners] == ["food-bank"]


def test_a_link_out_of_the_content_is_refused(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    (root / "content/partners/secret.yml").symlink_to("/etc/passwd")

    _, problems = pipeline.load_checked_guide(root)

    assert [problem.message for problem in problems if problem.severity == 0] == ["this is a link to another file"]


def test_a_folder_without_guide_yml_is_no_guide(tmp_path: Path) -> None:
    with pytest.raises(GuidegenError, match=r"there is no guide\.yml"):
        pipeline.load_checked_guide(tmp_path)


MESSAGES = [
    (
        "status: active\nservices: [{key: a, types: [food], name: A, who: {groups: [seniors]}}]",
        "'seniors'",
        "Did you mean:  elders",
    ),
    (
        'services: [{key: a, types: [food], name: A, hours: [{days: [Monday], open: "09:00", close: "10:00"}]}]',
        "'Monday'",
        "mean:  mo ",
    ),
    ("services: [{key: a, types: [food], name: A, hours: [{days: [mo], open: 9am, close: 5:30 pm}]}]", "'9am'", '"09:00"'),
    ("services: [{key: a, types: [food], name: A, logo: x}]", "'logo' is not a key of a service", "a key of a partner"),
    (
        "services: [{key: a, types: [food], name: A, cost: free}]",
        "'cost' should have keys with values, but is 'free'",
        "{free: yes}",
    ),
    ("services: [{key: a, types: [food], name: A, cost: {amount: $25, currency: USD}}]", "'$25'", "amount: 25, currency"),
    (
        "services: [{key: a, types: [food], name: A, area: {postal_codes: 60608, 60623}}]",
        "'60623' is not a key",
        "postal_codes: [60608, 60623]",
    ),
    (
        'services: [{key: a, types: [food], name: S, hours: [{days: [mo], open: 9,00, close: "12:00"}]}]',
        "'00' is not a key",
        'open: "09:00"',
    ),
    ("services:\n    key: help\n    types: [food]\n    name: S", "needs a list", "a hyphen before its first line:  - key: help"),
    ("plain_name: “Center: for all”", "second colon", '"Center: for all"'),
    ("services: [{key: a, types: [Comida], name: S}]", "is not a service type", "Write its id:  food"),
    ("phones: (312) 341-1070", "needs a list", '[{number: "(312) 341-1070"}]'),
    ("languages: Spanish", "needs a list", "[{code: es}]"),
    ("phones: [{number: 312-346-9766 (front desk)}]", "not a phone number", 'number: "312-346-9766", note: front desk'),
    ('phones: [{number: "(618) 453-3217; (618) 536-7711"}]', "not a phone number", '{number: "(618) 536-7711"}'),
    ("phones: [{number: ask for Ana at 12}]", "not a phone number", "digits instead of letters"),
    ("locations: [{key: a}, {key: a}]", "lists a twice", "a different key"),
    (
        "locations: [{key: a, confidential: yes, address: {line1: 1 Oak, city: X}}, {key: b, address: {line1: 1  oak, city: X}}]",
        "has the same address as a confidential location",
        "confidential: yes",
    ),
    (
        'services: [{key: a, types: [food], name: A, hours: [{days: [mo], open: "22:00", close: "20:00"}]}]',
        "before it opens",
        'open: "10:00"',
    ),
]


@pytest.mark.parametrize(("written", "message", "hint"), MESSAGES)
def test_a_message_helps_to_write_what_was_meant(tmp_path: Path, written: str, message: str, hint: str) -> None:
    text = f"name: A\nsummary: B\nemail: a@example.org\n{written}\n"

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, {"content/partners/food-bank.yml": text}))

    errors = [problem for problem in problems if problem.severity == 0]
    assert message in errors[0].message
    assert hint in errors[0].hint


def test_one_number_may_be_for_voice_and_for_tty_and_blanks_do_not_count(tmp_path: Path) -> None:
    text = make.PARTNER_YML.replace(
        '  - {number: "(555) 555-0114"}', '  - {number: "(555) 555-0114 "}\n  - {number: "(555) 555-0114", kind: "tty "}'
    )

    bank = find_partner(make.folder(tmp_path, {"content/partners/food-bank.yml": text}), "food-bank")

    assert bank is not None
    assert [(phone.number, phone.kind) for phone in bank.phones] == [("(555) 555-0114", ""), ("(555) 555-0114", "tty")]


def test_two_texts_on_a_page_may_have_the_same_headings_and_footnotes(tmp_path: Path) -> None:
    described = '    description: "### Topics\\n\\nSoup[^1].\\n\\n[^1]: Hot."\n'
    text = (
        make.PARTNER_YML
        + described
        + "  - key: main\n    types: [food]\n    name: B\n"
        + described
        + 'description: "## About\\n\\n## Main"\n'
    )
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": text})

    pipeline.build(root, root / "site")

    assert 'id="s-pantry.topics"' in (root / "site/en/partners/food-bank/index.html").read_text(encoding="utf-8")


def test_a_town_may_be_named_like_a_part_of_a_page(tmp_path: Path) -> None:
    towns = "".join(
        f"  - {{key: p{n}, address: {{city: {town}}}}}\n" for n, town in enumerate(("Main", "Urgent", "Remote", "Contents"))
    )
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + "locations:\n" + towns})

    assert pipeline.build(root, root / "site").pages > 0


def test_a_broken_guide_yml_does_not_hide_the_mistakes_of_other_files(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "guide.yml": "name: A: B\n",
        "content/partners/food-bank.es.yml": "summary: Comida\n",
        "content/partners/bad.yml": "name: A\n",
    }

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    assert {str(problem.path) for problem in problems if problem.severity == 0} == {"guide.yml", "content/partners/bad.yml"}


SYNTAX = [
    ("summary: **Free** food", 4, "cannot begin with '*'"),
    ("plain_name: *Free* food", 4, "cannot begin with '*'"),
    ("plain_name: &B and C", 4, "'&B' names a value"),
    ("plain_name: [Free] food", 4, "cannot begin with brackets"),
    ("plain_name: {Free} food", 4, "cannot begin with brackets"),
    ("plain_name：Free food", 4, "wide colon"),
    ("plain_name:\u00a0Free food", 4, "not an ordinary space"),
    ("plain_name:Free", 4, "no space after the colon"),
    ('plain_name: "Free\nphones:\n  - {number: "5550114"}', 4, "opened here and never closed"),
    (
        "locations:\n  - {key: a, address: {line1: 1 Main St, city: X}}\nalso_known_as:\n  - A #4",
        7,
        "'#4' is lost",
    ),
    ("phones:\n  - number: '555-555-0114'\n    kind: voice\n    number: '555-555-0115'", 7, "'number' is given twice"),
    ("verified: {date:2026-01-01}", 4, "'date' needs a colon and a space"),
    ("services: [{key: a, types: [], name: A}]", 4, "'types' is an empty list"),
    (
        "services: [{key: a, types: [food], name: A, hours: [{days: [], open: '09:00', close: '10:00'}]}]",
        4,
        "'days' is an empty list",
    ),
    ("services: [{key: a, types: [food], name: A, hours: [{days: [mo], open: '09:00', close: '47:00'}]}]", 4, "more than a day"),
    ("locations: [{key: a, confidential: , address: {city: X}}]", 4, "'confidential' has no value"),
    ("phones: [{number: +44 (0)20 7946 0018}]", 4, "(0) after the country code"),
]


@pytest.mark.parametrize(("written", "line", "message"), SYNTAX)
def test_a_mistake_of_writing_has_one_message_in_its_line(tmp_path: Path, written: str, line: int, message: str) -> None:
    head = (
        "name: A\nemail: a@example.org\nsummary: B\n"
        if not written.startswith("summary")
        else "name: A\nemail: a@example.org\nlogo:\n"
    )

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, {"content/partners/food-bank.yml": head + written + "\n"}))

    errors = [problem for problem in problems if problem.severity == 0]
    assert [problem.line for problem in errors] == [line]
    assert message in errors[0].message


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"content/partner/x.yml": "x"}, ["guidegen does not read 'content/partner'"]),
        ({"content/service.yml": "x"}, ["guidegen does not read 'content/service.yml'"]),
        ({"content/services.yml": make.SERVICES_YML.replace("name: {en: Food", "nam: {en: Food")}, ["'nam' is not a key of a service type"]),
        ({"content/services.yml": make.SERVICES_YML.replace("es: Comida", "es:Comida")}, ["'es:Comida' is not the code of a language"]),
        ({"content/services.yml": "types: []\n"}, ["'types' is an empty list"]),
        ({"guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[]")}, ["'languages' is an empty list"]),
        ({"guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[English, es]")}, ["'English' is not the code of a language"]),
        ({"guide.yml": make.GUIDE_YML.replace(".org/", ".org/?a=b")}, ["cannot be the address of the guide: its path has the character '?'"]),
        ({"guide.yml": make.GUIDE_YML.replace("name: Test Guide", "name: {en: , es: }")}, ["'name' has no text"]),
        ({"content/partners/Food Hub.yml": "name: A\n", "content/partners/b.yml": make.PARTNER_YML + "partnership: {refers: {to: [food-hub]}}\n"}, ["cannot be used in a web address"]),
        ({"content/partners/food-bank.yml": make.PARTNER_YML.replace("    name: Pantry\n", ""), "content/partners/food-bank.es.yml": "services: [{key: pantry, name: D}]\n"}, ["a service has no 'name'"]),
    ],
)  # fmt: skip
def test_one_mistake_does_not_rain(tmp_path: Path, files: dict[str, str | bytes], expected: list[str]) -> None:
    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    errors = [problem.message for problem in problems if problem.severity == 0]
    assert len(errors) == len(expected), errors
    assert all(part in message for part, message in zip(expected, errors, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["sm", "ary", "arz", "kri", "war", "mul", "tlh", "zap", "rom", "ixl", "mww"])
def test_a_partner_may_speak_any_language_that_has_a_code(tmp_path: Path, tag: str) -> None:
    text = make.PARTNER_YML + f"languages: [{{code: {tag}}}]\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": text})

    assert pipeline.build(root, root / "site").pages > 0


def test_a_price_is_shown_in_a_region_that_cldr_does_not_know(tmp_path: Path) -> None:
    text = make.PARTNER_YML + "    cost: {amount: 5, currency: USD}\n"
    files: dict[str, str | bytes] = {"guide.yml": make.GUIDE_YML.replace("US", "EU"), "content/partners/food-bank.yml": text}
    root = make.folder(tmp_path, files)

    assert pipeline.build(root, root / "site").pages > 0


@pytest.mark.parametrize("text", ["{summary: x}", " summary: x", "--- \ntitle: T\n---\nHola"])
def test_a_translation_that_cannot_be_recorded_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    name = "content/spotlights/a.es.md" if text.startswith("---") else "content/partners/food-bank.es.yml"
    story = "---\ntitle: T\ndate: 2026-01-01\n---\nText.\n"
    root = make.folder(tmp_path, {name: text, "content/spotlights/a.md": story})

    try:
        accepting.accept(root, read(root))
    except GuidegenError:
        assert (root / name).read_text(encoding="utf-8") == text

    read(root)


def test_a_translated_article_with_a_byte_order_mark_is_recorded_and_keeps_its_text(tmp_path: Path) -> None:
    story = "---\ntitle: T\ndate: 2026-01-01\n---\nText.\n"
    files: dict[str, str | bytes] = {
        "content/spotlights/a.md": story,
        "content/spotlights/a.es.md": "\ufeff---\ntitle: Hola\n---\nCuerpo\n",
    }
    root = make.folder(tmp_path, files)

    accepting.accept(root, read(root), ("a.es",))

    (edition,) = (edition for edition in read(root).spotlights[0].editions if edition.language == "es")
    assert (edition.title, edition.body.strip(), edition.state) == ("Hola", "Cuerpo", "fresh")


def test_accepting_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    root = make.folder(tmp_path)

    with pytest.raises(GuidegenError, match="no translation called food-bnk"):
        accepting.accept(root, read(root), ("food-bnk.es",))


def test_an_article_does_not_speak_of_a_draft(tmp_path: Path) -> None:
    story = "---\ntitle: T\ndate: 2026-01-01\n---\nSee [[partner:secret]].\n"
    files: dict[str, str | bytes] = {
        "content/spotlights/a.md": story,
        "content/partners/secret.yml": make.PARTNER_YML + "status: draft\n",
    }

    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    assert [(problem.line, problem.message) for problem in problems if problem.severity == 0] == [
        (5, "'secret' is a draft, so it is not published")
    ]


AREAS = make.GUIDE_YML + "areas: [{name: North, cities: [Northville]}]\n"
STORY = "---\ntitle: T\ndate: 2026-01-01\n"


@pytest.mark.parametrize(
    ("files", "path", "line", "message"),
    [
        ({"content/partners/food-bank.yml": make.PARTNER_YML + "    serves: {names: [" + "Long " * 12 + "North, " + "Long " * 12 + "South]}\n"}, "food-bank.yml", 9, "would get the same web address"),
        ({"content/spotlights/a.md": STORY + "partners: [food-bnk]\n---\nText.\n"}, "a.md", 4, "'food-bnk' is not a partner"),
        ({"content/spotlights/a.md": STORY + "---\n[x](#nowhere)\n\n## Here\n"}, "a.md", 5, "no heading for the link '#nowhere'"),
        ({"content/spotlights/a.md": STORY + "image: images/a.png\n---\nText.\n", "content/images/a.png": b"x"}, "a.md", 4, "no description for people who cannot see it"),
        ({"guide.yml": make.GUIDE_YML.replace("America/New_York", "America/Bostn")}, "guide.yml", 5, "is not a time zone"),
    ],
)  # fmt: skip
def test_a_check_names_the_file_and_the_line(
    tmp_path: Path, files: dict[str, str | bytes], path: str, line: int, message: str
) -> None:
    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    assert [
        problem.line for problem in problems if problem.severity == 0 and problem.path.name == path and message in problem.message
    ] == [line]


def test_the_texts_of_a_profile_are_together_no_more_than_an_article(tmp_path: Path) -> None:
    text = "\\n".join(["- a"] * 900)
    services = "".join(f'  - {{key: s-{number}, types: [food], name: S, description: "{text}"}}\n' for number in range(6))
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": make.PARTNER_YML + services})

    (problem,) = pipeline.load_checked_guide(root)[1]

    assert (problem.line, problem.code) == (12, "markdown")
    assert "together have 3,600 lines; the limit is 3,000" in problem.message


def test_a_file_name_that_is_not_utf8_can_be_reported(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/b\udcff.yml": make.PARTNER_YML})

    (problem,) = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code == "file-name"]

    assert str(problem.path) == r"content/partners/b\udcff.yml"
    assert problem.message.encode()
    assert main(["report", "--root", str(root), "--out", str(tmp_path / "report")]) == 0
    assert main(["check", "--format", "gitlab", "--root", str(root)]) == 1
