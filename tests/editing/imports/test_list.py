"""A list of somebody's own becomes profiles: columns are recognized, certain facts are taken, gaps make drafts, nothing is refused."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidegen.cli import main
from guidegen.content.fields.language_tag import find_languages
from guidegen.editing.imports.joining import _inherit
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.phone_numbers import find_numbers
from tests import make

TABLE = """\
Organization,Phone Number,Address,Hours,Website,Services,Notes,Category
RIVER CITY FOOD BANK,"(555) 555-0114 ext 3 / 555-0115","12 Mill Street, Riverbend, MA 00101","Mon-Fri 9am-5pm; Sat 10am to 1pm",www.rcfb.example.org,Groceries,Bring a bag,Food
Hill Clinic,555.555.0177,"3 Hill Road, Riverbend, MA 00102",monthly Thursday 9-11,https://hill.example.org,Free clinic,,English
Good Neighbors,call us,,,,Help with papers,,unknown thing
River City Food Bank,,,Tues 5-7pm,,Hot meals,,Food
"""
SPANISH = "Nombre de la organización;Teléfono;Dirección;Ciudad;Código postal;Horario;Idiomas;Tipo\nCasa Abierta;555-555-0114;Calle Mayor 3;Riverbend;00101;Lunes a viernes 9:00-17:00;español, inglés;Comida\n"
UNNAMED = "A,B,C,D\nHelping Hands,(555) 555-0114,https://helping.example.org,hello@helping.example.org\nOpen Door,(555) 555-0115,www.open.example.org,open@open.example.org\n"


def write(root: Path, name: str, content: str | bytes) -> Path:
    make.write(root, name, content)
    return root / name


def run_import(root: Path, text: str | bytes, name: str = "list.csv") -> int:
    """Import a table twice: the first run proposes the mapping."""
    file = write(root, name, text)
    assert main(["import", "list", str(file), "--root", str(root)]) == 0
    return main(["import", "list", str(file), "--all", "--root", str(root)])


def read(root: Path, slug: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((root / f"content/partners/{slug}.yml").read_text(encoding="utf-8"))
    return value


def test_a_table_becomes_profiles_and_what_is_missing_makes_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    assert run_import(root, TABLE) == 0

    assert read(root, "river-city-food-bank") == {
        "name": "River City Food Bank",
        "phones": [{"number": "(555) 555-0114", "extension": 3}, {"number": "(555) 555-0115"}],
        "website": "https://www.rcfb.example.org",
        "locations": [{"key": "main", "address": {"line1": "12 Mill Street", "city": "Riverbend", "state": "MA", "postal_code": "00101"}}],
        "services": [
            {"key": "groceries", "types": ["food"], "name": "Groceries", "hours": [
                {"days": ["mo", "tu", "we", "th", "fr"], "open": "09:00", "close": "17:00"},
                {"days": ["sa"], "open": "10:00", "close": "13:00"}]},
            {"key": "hot-meals", "types": ["food"], "name": "Hot meals", "hours": [{"days": ["tu"], "open": "17:00", "close": "19:00"}]},
        ],
        "description": "Bring a bag",
        "source": {"dataset": "list", "id": "river-city-food-bank"},
    }  # fmt: skip
    assert read(root, "good-neighbors") == {
        "name": "Good Neighbors", "status": "draft", "source": {"dataset": "list", "id": "good-neighbors"},
    }  # fmt: skip
    draft = (root / "content/partners/good-neighbors.yml").read_text(encoding="utf-8")
    assert "# services:\n#   - {key: help-with-papers, types: [], name: Help with papers}\n" in draft
    assert main(["build", "--drafts", "--root", str(root)]) == 0
    assert read(root, "hill-clinic")["services"][0]["hours"] == [{"text": "monthly Thursday 9-11"}]
    output = capsys.readouterr().err
    assert "list.csv:4:2: warning: it is not certain which phone number is meant by 'call us' (column 'Phone Number')" in output
    assert "3 new profiles; drafts, because a fact is missing that readers need: 1" in output
    assert main(["check", "--root", str(root)]) == 0


def test_columns_are_recognized_in_other_languages(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert run_import(root, SPANISH) == 0

    profile = read(root, "casa-abierta")
    assert profile["languages"] == [{"code": "es"}, {"code": "en"}]
    assert profile["locations"] == [
        {"key": "main", "address": {"line1": "Calle Mayor 3", "city": "Riverbend", "postal_code": "00101"}}
    ]
    assert profile["services"][0]["hours"] == [{"days": ["mo", "tu", "we", "th", "fr"], "open": "09:00", "close": "17:00"}]


def test_columns_without_telling_names_are_recognized_by_what_is_in_them(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert run_import(root, UNNAMED) == 0

    profile = read(root, "helping-hands")
    assert (profile["email"], profile["website"]) == ("hello@helping.example.org", "https://helping.example.org")


def test_a_spreadsheet_is_read_directly_with_its_dates(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    root = make.folder(tmp_path)
    file = Path(__file__).with_name("list.xlsx")
    assert run_import(root, file.read_bytes(), "list.xlsx") == 0

    profile = read(root, "mill-street-pantry")
    assert str(profile["verified"]) == "{'date': datetime.date(2026, 11, 3)}"
    assert profile["locations"][0]["address"]["postal_code"] == "02101"


def test_a_profile_of_the_same_name_that_was_not_imported_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    file = write(root, "content/partners/hill-clinic.yml", make.PARTNER_YML.replace("Food Bank", "Hill Clinic"))
    before = file.read_bytes()

    run_import(root, TABLE)

    assert file.read_bytes() == before
    assert "1 left as they are, because a profile of that name exists: hill-clinic" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"Hours": hours', '"Hours": ours', "Did you mean:  hours"),
        ('"Hours": hours', '"Our hours": hours', "the table has no column 'Our hours'"),
        (": name ", ": ignore ", "no column is the name"),
        ('"Food": food', '"Food": fod', "'fod' is not a kind of help of this guide"),
        ("# type: food", "type: fod", "'fod' is not a kind of help of this guide"),
        ("columns:", "colums:", "there is no list of columns"),
    ],
)
def test_a_mistake_in_the_mapping_is_named_and_nothing_is_written(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    file = write(root, "list.csv", TABLE)
    assert main(["import", "list", str(file), "--root", str(root)]) == 0
    mapping = root / "list.mapping.yml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    assert main(["import", "list", str(file), "--root", str(root)]) == 1

    assert message in capsys.readouterr().err
    assert not (root / "content/partners/hill-clinic.yml").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no table"),
        (b"one column\nx\n", "has no table"),
        (b"PK\x03\x04\0\0", "is not a CSV file"),
        (b'a,b\n"x,1\n', "cannot be read as a table"),
    ],
)
def test_a_file_that_is_no_table_is_explained(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    file = write(root, "list.csv", content)

    assert main(["import", "list", str(file), "--root", str(root)]) == 2

    assert message in capsys.readouterr().err


ITALIAN = """\
Organizzazione;Telefono;Indirizzo;Costo
Mensa;051/2194411;Via Zamboni, 33 - 40126 Bologna;gratuita
Sportello;051 2194411 / 2194412;40126 Bologna, Via Zamboni 33;5 euro
Legale;051 4211876 int. 12 (solo mattina);Via Riva Reno 57, 40122 Bologna (BO), Italia;10
Linea;1522;Piazza Liber Paradisus, 10, 40129 Bologna;0
Dubbio;051 21944OO;Via Zamboni 33, Bologna;
Altro;051/331122-23;;
"""


def test_phones_addresses_and_prices_of_another_country_are_taken_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML.replace("region: US", "region: IT")})
    assert run_import(root, ITALIAN) == 0

    def phones(slug: str) -> list[str]:
        return [" ".join(map(str, phone.values())) for phone in read(root, slug).get("phones", ())]

    assert [phones(slug) for slug in ("mensa", "sportello", "legale", "linea", "dubbio", "altro")] == [
        ["051/2194411"], ["051 2194411", "051 2194412"], ["051 4211876 12 solo mattina"], ["1522"], [], [],
    ]  # fmt: skip
    addresses = [read(root, slug)["locations"][0]["address"] for slug in ("mensa", "sportello", "legale", "linea", "dubbio")]
    assert [(address["line1"], address.get("city"), address.get("state")) for address in addresses] == [
        ("Via Zamboni, 33", "Bologna", None),
        ("Via Zamboni 33", "Bologna", None),
        ("Via Riva Reno 57", "Bologna", "BO"),
        ("Piazza Liber Paradisus, 10", "Bologna", None),
        ("Via Zamboni 33, Bologna", None, None),
    ]
    drafts = "".join(
        (root / f"content/partners/{slug}.yml").read_text(encoding="utf-8") for slug in ("mensa", "sportello", "legale", "linea")
    )
    assert re.findall("cost: (.*)", drafts) == [
        "{free: yes}",
        "{amount: 5, currency: EUR}",
        "{amount: 10, currency: EUR}",
        "{free: yes}",
    ]
    output = capsys.readouterr().err
    assert output.count("it is not certain which phone number is meant by '") == 2
    assert output.count("the address was not taken apart: '") == 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("English: 413-555-0114, Spanish: 413-555-0115", [("413-555-0114", "English"), ("413-555-0115", "Spanish")]),
        ("413-555-0114 (Spanish), 413-555-0115 (English)", [("413-555-0114", "Spanish"), ("413-555-0115", "English")]),
        ("Ask for Ana 413-555-0114", [("413-555-0114", "Ask for Ana")]),
        ("Tel: 413-555-0114, fax 413-555-0115", [("413-555-0114", ""), ("413-555-0115", "")]),
        ("413-555-0114 or 413-555-0115", [("413-555-0114", ""), ("413-555-0115", "")]),
        ("413-555-0114 lub 413-555-0115", [("413-555-0114", ""), ("413-555-0115", "")]),
        ("413-555-0114 and 0115", []),
    ],
)
def test_words_beside_a_number_stay_with_that_number(text: str, numbers: list[tuple[str, str]]) -> None:
    assert [(found.number, found.note) for found in find_numbers(text, "US")] == numbers


@pytest.mark.parametrize(
    ("text", "tags", "unknown"),
    [
        ("cinese mandarino", ["zh"], []),
        ("inglese e francese", ["en", "fr"], []),
        ("Haitian Creole and Spanish", ["ht", "es"], []),
        ("EN/ES", ["en", "es"], []),
        ("English Spanish", ["en", "es"], []),
        ("Inglese - Spagnolo", ["en", "es"], []),
        ("Spanish, Chin", ["es"], ["Chin"]),
        ("garman", [], ["garman"]),
    ],
)
def test_languages_are_taken_by_name_and_never_guessed(text: str, tags: list[str], unknown: list[str]) -> None:
    assert find_languages(text) == (tags, unknown)


def test_a_street_that_was_cut_in_two_is_joined_and_a_house_number_is_no_postal_code(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "Name,Phone,Address,City,State,Zip,Category\nA,(555) 555-0114,21276 Highway,45 Citronelle,AL,21276,Food\nB,(555) 555-0115,1 N Cody Rd,. Mobile,AL,36608,Food\n"
    run_import(root, rows)

    addresses = [read(root, slug)["locations"][0]["address"] for slug in ("a", "b")]
    assert addresses == [
        {"line1": "21276 Highway 45 Citronelle", "state": "AL"}, {"line1": "1 N Cody Rd . Mobile", "state": "AL", "postal_code": 36608},
    ]  # fmt: skip


def test_a_spreadsheet_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("python_calamine")
    root = make.folder(tmp_path)
    file = root / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package, package.open("xl/worksheets/sheet1.xml", "w") as sheet:
        for _ in range(201):
            sheet.write(b"A" * 1_000_000)

    assert main(["import", "list", str(file), "--root", str(root)]) == 2
    assert "would unpack to 201 MB" in capsys.readouterr().err


def test_services_of_two_offices_name_their_office(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = """Organization,Street,City,State,Zip,Program,Category,Phone,Hours
Harbor Center,67 Court St,Westfield,MA,01085,ESOL,english,413-555-0121,Mon 9am-5pm
Harbor Center,10 Exchange St,Chicopee,MA,01013,Pantry,food,413-555-0122,Tue 9am-5pm
"""
    run_import(root, rows)

    services = read(root, "harbor-center")["services"]
    assert [(service["name"], service["at"], service["phones"][0]["number"]) for service in services] == [
        ("ESOL", ["westfield"], "413-555-0121"),
        ("Pantry", ["chicopee"], "413-555-0122"),
    ]


def test_what_only_a_later_row_says_is_not_said_of_the_whole_organization(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "Organization,Program,Category,Phone,Languages,Website\nUnity Hub,Legal,food,,,unity.example.org\nUnity Hub,Hotline,food,413-555-0155,Spanish,\n"
    run_import(root, rows)

    profile = read(root, "unity-hub")
    assert "phones" not in profile
    assert "languages" not in profile
    assert profile["services"][1]["phones"] == [{"number": "413-555-0155"}]


def test_long_names_are_not_cut_before_they_are_compared(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    name = "Massachusetts Department of Transitional Assistance Local Office"
    run_import(root, f"Name,Phone,Category\n{name} Springfield,413-555-0101,Food\n{name} Holyoke,413-555-0102,Food\n")

    names = {read(root, path.stem)["name"] for path in (root / "content/partners").glob("massachusetts*.yml")}
    assert names == {f"{name} Springfield", f"{name} Holyoke"}


def test_tables_that_are_linked_by_name_keep_namesakes_apart(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    make.write(
        root, "air/Organizations.csv", 'Name,Website\n"Smith, Jones & Co",smith.example.org\nCasa Nueva,casa.example.org\n'
    )
    make.write(
        root,
        "air/Locations.csv",
        'Name,Organization,Street,City,Phone\nMain Office,"Smith, Jones & Co",1 A St,Riverbend,413-555-0101\nMain Office,Casa Nueva,2 B St,Hilltop,413-555-0102\nEast,Casa Nueva,3 C St,Hilltop,413-555-0103\n',
    )
    make.write(
        root,
        "air/Services.csv",
        'Name,Organization,Location,Category,Cost\nLegal Clinic,"Smith, Jones & Co",Main Office,food,$100\nLegal Clinic,Casa Nueva,"Main Office,East",food,Free\n',
    )
    command = ["import", "list", str(root / "air"), "--root", str(root)]
    assert main(command) == main(command) == 0

    smith, casa = (read(root, path.stem) for path in sorted((root / "content/partners").glob("[sc]*.yml"), reverse=True))
    assert (smith["services"][0]["cost"], casa["services"][0]["cost"]) == ({"amount": 100, "currency": "USD"}, {"free": True})
    assert [place["address"]["line1"] for place in smith["locations"]] == ["1 A St"]
    assert casa["services"][0]["at"] == ["main-office", "east"]


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("413-555-0105; 24 hour hotline 413-555-0155", [{"number": "413-555-0105"}, {"number": "413-555-0155", "note": "24 hour hotline"}]),
        ("413-555-0102 TTY 413-555-0152", [{"number": "413-555-0102"}, {"number": "413-555-0152", "kind": "tty"}]),
        ("413-555-0103 fax", [{"number": "413-555-0103", "kind": "fax"}]),
        ("No longer in service: 413-555-0104", []),
        ("416-922-2672, poste 221", [{"number": "416-922-2672", "extension": "221"}]),
        ("(555) 555-0114 ext 3 / 555-0115", [{"number": "(555) 555-0114", "extension": "3"}, {"number": "(555) 555-0115"}]),
    ],
)  # fmt: skip
def test_words_and_kinds_stay_with_their_number(cell: str, phones: list[dict[str, str]], tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    run_import(root, f'Name,Phone,Website,Category\nA,"{cell}",a.example.org,Food\n')
    found = [{key: str(value) for key, value in phone.items()} for phone in read(root, "a").get("phones", [])]
    assert found == phones


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("No Spanish", []), ("Spanish or English", ["es", "en"]), ("English, Cape Verdean Creole", ["en"]), ("We do not speak Spanish", []),
        ("French Creole", []), ("EN/ES", ["en", "es"]), ("Haitian Creole and Spanish", ["ht", "es"]), ("is it", []), ("Spanish, Chin", ["es"]),
    ],
)  # fmt: skip
def test_only_languages_become_languages(cell: str, tags: list[str], tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    run_import(root, f'Name,Languages,Website,Category\nA,"{cell}",a.example.org,Food\n')
    assert [entry["code"] for entry in read(root, "a").get("languages", [])] == tags


@pytest.mark.parametrize(
    ("cell", "access"),
    [
        ("Wheelchair accessible: no", {"wheelchair": False}), ("Wheelchair inaccessible", {"wheelchair": False}), ("Yes", {"wheelchair": True}),
        ("parking unavailable", {"parking": False}), ("Partially wheelchair accessible", {"note": "Partially wheelchair accessible"}),
        ("wheelchair ramp", {"wheelchair": True}),
    ],
)  # fmt: skip
def test_access_is_yes_only_where_the_source_says_yes(cell: str, access: dict[str, object], tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    make.write(
        root,
        "list.mapping.yml",
        'columns: {"Name": name, "City": city, "Wheelchair accessible": access, "Website": website}\ntype: food\n',
    )
    file = write(root, "list.csv", f"Name,City,Wheelchair accessible,Website\nA,Riverbend,{cell},a.example.org\n")
    assert main(["import", "list", str(file), "--root", str(root)]) == 0
    assert read(root, "a")["locations"][0].get("access") == access


def test_a_service_that_was_completed_from_its_comment_is_compared_again(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "Organization,Program,Category,Phone,Hours\nQuilters,Circle,Quilts,413-555-0101,Wed 9am-5pm\n"
    run_import(root, rows)
    file = root / "content/partners/quilters.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    uncommented = [line.removeprefix("# ") if line.startswith(("# services", "#  ")) else line for line in lines]
    text = "\n".join(line for line in uncommented if not line.startswith(("#", "status"))) + "\n"
    file.write_text(text.replace("types: []", "types: [food]"), encoding="utf-8")

    write(root, "list.csv", rows.replace("Wed 9am-5pm", "Fri 1pm-3pm"))
    assert main(["import", "list", str(root / "list.csv"), "--root", str(root)]) == 0

    (service,) = read(root, "quilters")["services"]
    assert (service["types"], service["hours"]) == (["food"], [{"days": ["fr"], "open": "13:00", "close": "15:00"}])


def test_headings_of_several_words_mean_their_last_word(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "Agency Name,Site City,Site Zip,Program Name,Agency Phone,Hours of Operation\nA,Riverbend,01085,ESOL,413-555-0101,Mon 9am-5pm\nB,Riverbend,01085,GED,413-555-0102,Mon 9am-5pm\n"
    file = write(root, "list.csv", rows)
    assert main(["import", "list", str(file), "--root", str(root)]) == 0
    mapping = (root / "list.mapping.yml").read_text(encoding="utf-8")
    assert dict(re.findall(r'^  "(.*?)": (\w+)', mapping, re.MULTILINE)) == {
        "Agency Name": "name", "Site City": "city", "Site Zip": "postal_code", "Program Name": "service", "Agency Phone": "phone",
        "Hours of Operation": "hours",
    }  # fmt: skip


TRICKY = """\
Organization,Phone,Address,Holiday schedule (location closed),Average volume for this service,Mailing address is the same as the physical address,Category,Subjects
County Bar,(555) 555-0114,"3 Hill Road, Riverbend, MA 00102",Christmas Day,20 cases a month,Yes,Food,"Suing someone for $10,000 or less, evictions"
Town Bar,(555) 555-0115,"4 Hill Road, Riverbend, MA 00102",Christmas Day,10 cases a month,No,Food,"Preparing, filing and presenting motions

Wills"
"""


def test_headings_with_remarks_and_sums_with_commas_are_read_as_they_are_meant(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert run_import(root, TRICKY) == 0

    columns = yaml.safe_load((root / "list.mapping.yml").read_text(encoding="utf-8"))["columns"]
    assert columns["Holiday schedule (location closed)"] == "holidays"
    assert columns["Average volume for this service"] == "ignore"
    assert columns["Mailing address is the same as the physical address"] == "ignore"
    assert columns["Address"] == "address"
    assert read(root, "county-bar")["services"][0]["subjects"] == ["Suing someone for $10,000 or less", "evictions"]
    assert read(root, "town-bar")["services"][0]["subjects"] == ["Preparing, filing and presenting motions", "Wills"]


def test_a_condition_of_a_place_stays_beside_the_price_of_its_service(tmp_path: Path) -> None:
    def record(*costs: str) -> SourceRecord:
        return SourceRecord("x", "x.csv", 1, {"cost": [SourceValue("x.csv", 1, 1, "cost", cost) for cost in costs]})

    service, place = record("Free", "$50"), record("free", "After 30 minutes, usual rates apply", "$5")
    service.children["at"] = [SourceRecord("at", "x.csv", 1, children={"place": [place]})]
    _inherit(service)

    assert [value.text for value in service.values["cost"]] == ["Free", "$50", "After 30 minutes, usual rates apply", "$5"]
