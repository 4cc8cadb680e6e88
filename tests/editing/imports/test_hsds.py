"""HSDS feeds of several versions become profiles, and come back without losing anybody's work."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidegen.cli import main
from tests import make

SHARED = Path(__file__).parents[4] / "shared"

FEED: dict[str, Any] = {
    "id": "8c5a1d0e-0000-4000-8000-000000000001",
    "name": "MILL STREET PANTRY",
    "description": "Free groceries for anybody who asks, no questions.",
    "email": "hello@mill.example.org",
    "website": "mill.example.org",
    "phones": [{"id": "p1", "number": "(555) 555-0114 ext 3", "type": "voice", "languages": [{"id": "l1", "code": "spa"}]}],
    "contacts": [{"id": "c1", "name": "Ana Field", "email": "ana@mill.example.org"}],
    "locations": [
        {
            "id": "loc1", "location_type": "physical", "name": "Church basement", "latitude": 42.391, "longitude": -72.302,
            "addresses": [{"id": "a1", "address_1": "12 MILL STREET", "city": "RIVERBEND", "state_province": "MA", "postal_code": "00101", "country": "US", "address_type": "physical"}],
            "accessibility": [{"id": "x", "description": "wheelchair entrance"}, {"id": "y", "description": "no elevator"}],
        },
        {"id": "loc2", "location_type": "physical", "name": "Annex", "latitude": 0, "longitude": 0},
    ],
    "services": [
        {
            "id": "s1", "name": "Groceries", "status": "active", "fees_description": "Free to everyone", "eligibility_description": "People with papers or without",
            "minimum_age": 18, "maximum_age": 200,
            "service_at_locations": [{"id": "sal1", "location_id": "loc1"}],
            "schedules": [
                {"id": "h1", "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00Z"},
                {"id": "h2", "freq": "MONTHLY", "byday": "1SA", "opens_at": "10:00", "closes_at": "12:00", "description": "1st Saturday 10 am - 12 pm"},
                {"id": "h3", "freq": "WEEKLY", "opens_at": "16:00", "closes_at": "18:00"},
            ],
            "required_documents": [{"id": "d1", "document": "A bag"}],
            "attributes": [{"id": "t1", "link_entity": "service", "taxonomy_term": {"id": "tt1", "code": "F", "name": "Food", "description": "Food"}}],
        }
    ],
    "metadata": [{"id": "m1", "last_action_type": "update"}],
}  # fmt: skip
ROOT_FILE = "feed.json"


def read(root: Path, slug: str) -> dict[str, Any]:
    value: dict[str, Any] = yaml.safe_load((root / f"content/partners/{slug}.yml").read_text(encoding="utf-8"))
    return value


def write_feed(root: Path, *organizations: dict[str, Any]) -> Path:
    make.write(root, ROOT_FILE, json.dumps(list(organizations)))
    return root / ROOT_FILE


def run_import(root: Path, path: Path, *options: str) -> int:
    """Import a source. The first run for it proposes the mapping."""
    command = ["import", "hsds", str(path), "--root", str(root), *options]
    if not path.with_name(f"{path.stem}.mapping.yml").exists():
        assert main(command) == 0
    return main(command)


def read_account(folder: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    columns, values = (
        list(csv.DictReader((folder / name).read_text(encoding="utf-8-sig").splitlines()))
        for name in ("columns.csv", "values.csv")
    )
    return columns, values


def test_a_record_becomes_a_profile_with_what_is_certain(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert run_import(root, write_feed(root, FEED), "--account", str(root / "account")) == 0

    assert read(root, "mill-street-pantry") == {
        "name": "Mill Street Pantry",
        "summary": "Free groceries for anybody who asks, no questions.",
        "email": "hello@mill.example.org",
        "website": "https://mill.example.org",
        "phones": [{"number": "(555) 555-0114", "extension": 3, "languages": ["es"]}],
        "locations": [
            {
                "key": "church-basement", "name": "Church basement", "position": [42.391, -72.302],
                "address": {"line1": "12 Mill Street", "city": "Riverbend", "state": "MA", "postal_code": "00101", "country": "US"},
                "access": {"wheelchair": True, "elevator": False},
            },
            {"key": "annex", "name": "Annex"},
        ],
        "services": [
            {
                "key": "groceries", "types": ["food"], "name": "Groceries", "at": ["church-basement"], "cost": {"free": True},
                "hours": [
                    {"days": ["mo", "we"], "open": "09:00", "close": "17:00"},
                    {"monthly": ["1sa"], "open": "10:00", "close": "12:00"},
                ],
                "who": {"text": "People with papers or without", "ages": [18, None]}, "documents": ["A bag"],
            }
        ],
        "source": {"dataset": "feed", "id": "8c5a1d0e-0000-4000-8000-000000000001"},
    }  # fmt: skip
    _, values = read_account(root / "account")
    reasons = {(row["column"], row["outcome"]): row["reason"] for row in values}
    assert reasons["contacts.name", "refused"] == "names and addresses of persons are not published"
    assert reasons["locations.latitude", "refused"] == "0, 0 is a place in the sea: there is no position"
    assert reasons["services.maximum_age", "refused"] == "no age is meant: there is no limit"
    assert reasons["services.schedules.opens_at", "refused"] == "it does not say on which days"
    assert main(["check", "--root", str(root)]) == 0


def test_the_account_adds_up_to_the_last_value(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    run_import(root, write_feed(root, FEED), "--account", str(root / "account"))

    def count(value: object) -> int:
        if isinstance(value, dict):
            return sum(map(count, value.values()))
        return sum(map(count, value)) if isinstance(value, list) else 1

    columns, values = read_account(root / "account")
    *rows, total = columns
    for row in rows:
        assert int(row["values"]) == sum(int(row[name]) for name in ("carried", "noted", "refused"))
    assert int(total["values"]) == sum(int(row["values"]) for row in rows) == count(FEED)
    by_row = list(csv.DictReader((root / "account/rows.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["file"], row["row"], row["values"]) for row in by_row] == [(ROOT_FILE, "1", total["values"])]
    outcomes = Counter(row["outcome"] for row in values)
    assert (outcomes["noted"], outcomes["refused"]) == (int(total["noted"]), int(total["refused"]))
    assert all(row["reason"] for row in values)
    assert (root / "account/account.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_importing_twice_changes_nothing_and_edits_survive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    run_import(root, write_feed(root, FEED))
    file = root / "content/partners/mill-street-pantry.yml"
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    run_import(root, root / ROOT_FILE)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before

    translation = root / "content/partners/mill-street-pantry.es.yml"
    translation.write_text("summary: Comida gratis.\n", encoding="utf-8")
    file.write_text(
        "# call before you change this\n" + file.read_text(encoding="utf-8").replace("hello@", "office@"), encoding="utf-8"
    )
    changed = {
        **FEED,
        "description": "Free groceries and meals.",
        "email": "hello@mill.example.org",
        "website": "https://new.mill.example.org",
    }
    capsys.readouterr()
    assert run_import(root, write_feed(root, changed)) == 0

    profile = read(root, "mill-street-pantry")
    assert profile["email"] == "office@mill.example.org"  # ours; the feed says what it said before
    assert profile["website"] == "https://new.mill.example.org"  # only the feed changed it
    assert profile["summary"] == "Free groceries and meals."
    assert translation.read_text(encoding="utf-8") == "summary: Comida gratis.\n"
    assert file.read_text(encoding="utf-8").startswith("# call before you change this\n")
    assert "1 profiles changed, 0 unchanged" in capsys.readouterr().err


def test_a_conflict_is_listed_until_it_is_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    run_import(root, write_feed(root, FEED))
    file = root / "content/partners/mill-street-pantry.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("hello@", "office@"), encoding="utf-8")
    write_feed(root, {**FEED, "email": "new@mill.example.org"})
    conflict = 'conflict: mill-street-pantry: email stays  "office@mill.example.org" ; the source says  "new@mill.example.org"'
    for _ in range(2):
        capsys.readouterr()
        run_import(root, root / ROOT_FILE)
        assert conflict in capsys.readouterr().err
    run_import(root, root / ROOT_FILE, "--keep-ours")
    capsys.readouterr()
    run_import(root, root / ROOT_FILE)
    assert "conflict" not in capsys.readouterr().err
    assert read(root, "mill-street-pantry")["email"] == "office@mill.example.org"


def _make_feed(count: int) -> list[dict[str, Any]]:
    return [{**FEED, "id": f"org-{number}", "name": f"Pantry {number}", "locations": [], "phones": [{"number": f"(555) 555-01{number:02}"}]} for number in range(count)]  # fmt: skip


def test_a_record_that_is_gone_is_marked_and_many_stop_the_import(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    feed = _make_feed(10)
    run_import(root, write_feed(root, *feed))

    assert run_import(root, write_feed(root, *feed[:9])) == 0
    assert "gone" in read(root, "pantry-9")["source"]
    assert (root / "content/partners/pantry-9.yml").exists()
    assert main(["check", "--root", str(root)]) == 0
    assert "the directory that it was taken from no longer has it" in capsys.readouterr().err
    run_import(root, write_feed(root, *feed))
    assert "gone" not in read(root, "pantry-9")["source"]

    assert run_import(root, write_feed(root, *feed[:5])) == 2
    assert "5 of 10 records of 'feed' are no longer in the source" in capsys.readouterr().err
    assert "gone" not in read(root, "pantry-8")["source"]
    assert run_import(root, root / ROOT_FILE, "--accept-gone") == 0
    assert "gone" in read(root, "pantry-8")["source"]


def test_organizations_of_the_same_name_are_told_apart_and_likely_duplicates_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    other = json.loads(
        json.dumps(FEED)
        .replace("000000000001", "000000000002")
        .replace("RIVERBEND", "HILLTOP")
        .replace("0114", "0115")
        .replace('"loc1"', '"loc3"')
        .replace('"loc2"', '"loc4"')
        .replace('"s1"', '"other-s1"')
    )
    run_import(root, write_feed(root, FEED, other))
    assert read(root, "mill-street-pantry-hilltop")["locations"][0]["address"]["city"] == "Hilltop"

    copy = root / "other.json"
    copy.write_text(json.dumps([FEED]), encoding="utf-8")
    capsys.readouterr()
    run_import(root, copy)
    assert "perhaps the same organization: mill-street-pantry-riverbend and mill-street-pantry" in capsys.readouterr().err


def test_a_program_that_says_english_everywhere_is_not_believed(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    languages = [{"id": "x", "name": "English"}]
    feed = [
        {**record, "phones": [{"number": f"(555) 555-01{number:02}", "languages": languages}]}
        for number, record in enumerate(_make_feed(60))
    ]
    feed[0]["services"] = [{**FEED["services"][0], "languages": [{"id": "y", "name": "Spanish"}]}]
    run_import(root, write_feed(root, *feed), "--account", str(root / "account"))

    assert all("languages" not in read(root, f"pantry-{number}")["phones"][0] for number in range(60))
    assert any("nearly every record says 'English'" in row["reason"] for row in read_account(root / "account")[1])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"id": "x", "name": "A"', "is not complete JSON"),
        (b'\xff\xfe[{"id"', "is not a text in UTF-8"),
        (b"[" * 100_000, "too deep to be read"),
        (b"[]", "has no record of HSDS"),
        (b'{"rows": [1, 2, "x", null]}', "has no record of HSDS"),
        (b"", "has no record of HSDS"),
    ],
)
def test_a_broken_feed_ends_with_a_clear_message(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    make.write(root, ROOT_FILE, content)
    before = sorted(root.rglob("*"))
    assert main(["import", "hsds", str(root / ROOT_FILE), "--root", str(root)]) == 2
    assert message in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


WRONG: list[Any] = [
    None,
    0,
    -1,
    1.5,
    True,
    "",
    " ",
    "x" * 5_000,
    [],
    {},
    [[]],
    [{}],
    {"a": {"b": [1]}},
    "\u0000",
    "<script>",
    "https://[",
    "@",
    "99:99",
    "9999-99-99",
]


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_wrong_types_everywhere_never_crash_and_never_publish_a_wrong_profile(value: object, tmp_path: Path) -> None:
    root = make.folder(tmp_path)

    def spoil(record: object, path: str) -> list[object]:
        """Return copies of a record, each with one value replaced."""
        if isinstance(record, dict):
            return [
                {**record, key: changed} for key, inner in record.items() for changed in (value, *spoil(inner, f"{path}.{key}"))
            ]
        if isinstance(record, list):
            return [
                [*record[:number], changed, *record[number + 1 :]]
                for number, inner in enumerate(record)
                for changed in (value, *spoil(inner, path))
            ]
        return []

    spoiled = [
        {**record, "id": record["id"] if record.get("id") in (value, None) else f"org-{number}"}
        for number, record in enumerate(spoil(FEED, ""))
        if isinstance(record, dict)
    ]
    make.write(root, "feed.mapping.yml", "dataset: feed\ntype: food\n")
    assert run_import(root, write_feed(root, *spoiled)) == 0
    assert main(["check", "--root", str(root)]) == 0


TABLES_1_1 = {
    "organizations.csv": "id,name,description,url\n1,Legal Aid,Free lawyers,legal.example.org\n",
    "locations.csv": "id,organization_id,name\n10,1,Main office\n11,99,Far library\n",
    "physical_addresses.csv": "id,location_id,address_1,city,state_province,postal_code\n1,10,1 Main St,Riverbend,MA,00101\n",
    "postal_addresses.csv": "id,organization_id,address_1,city,state_province,postal_code\n1,1,PO Box 7,Riverbend,MA,00101\n",
    "services.csv": "id,organization_id,location_id,name,fees\n100,1,10,Advice,Free\n101,99,11,Evening help,\n102,98,,Hotline,\n",
    "phones.csv": "id,organization_id,location_id,service_id,number,language\n,1,,,(555) 555-0101,\n,,10,,(555) 555-0102,Spanish\n,,,100,(555) 555-0103,\n,,11,,(555) 555-0104,\n,,,102,(555) 555-0105,\n",
    "holiday_schedules.csv": "service_id,closed,start_date,end_date\n100,true,2090-12-24,2090-12-25\n100,true,2020-12-25,2020-12-25\n",
    "regular_schedules.csv": "service_id,location_id,weekday,opens_at,closes_at\n100,,Monday,9:00,17:00\n100,,Tuesday,9:00,17:00\n100,,Friday,9:00,4:30\n100,,Sunday,,\n",
}


def test_tables_of_hsds_1_are_joined_and_orphans_are_kept(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    for name, text in TABLES_1_1.items():
        make.write(root, f"tables/{name}", text)
    make.write(root, "tables.mapping.yml", "dataset: legal\ntype: food\nlicence: MIT\n")
    assert run_import(root, root / "tables", "--account", str(root / "account")) == 0

    legal = read(root, "legal-aid")
    assert legal["source"] == {"dataset": "legal", "id": 1, "licence": "MIT"}
    assert legal["locations"][0]["mailing"]["line1"] == "PO Box 7"
    assert legal["locations"][0]["phones"] == [{"number": "(555) 555-0102", "languages": ["es"]}]
    assert legal["services"][0]["phones"] == [{"number": "(555) 555-0103"}]
    assert legal["services"][0]["hours"] == [
        {"days": ["mo", "tu"], "open": "09:00", "close": "17:00"},
        {"text": "Friday: 9:00 - 4:30"},  # without it, Friday would look closed
        {"closed": ["2090-12-24..2090-12-25"]},
    ]
    assert read(root, "far-library")["services"][0]["name"] == "Evening help"  # its organization is not in the tables
    assert read(root, "hotline")["phones" if "phones" in read(root, "hotline") else "services"]
    columns, values = read_account(root / "account")
    cells = sum(
        len([cell for cell in row if cell.strip()])
        for text in TABLES_1_1.values()
        for row in list(csv.reader(text.splitlines()))[1:]
    )
    assert int(columns[-1]["values"]) == cells
    assert sum("the source has no organization" in row["reason"] for row in values) == 3


def test_ohana_tables_find_their_kinds_of_help_by_id(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    make.write(root, "ohana/organizations.csv", "id,name,description,website\n1,Harbor House,Meals,https://harbor.example.org\n")
    make.write(
        root,
        "ohana/locations.csv",
        'id,organization_id,name,languages,accessibility\n1,1,Harbor House,Spanish; Tagalog,"wheelchair, disabled_parking"\n',
    )
    make.write(
        root,
        "ohana/services.csv",
        'id,location_id,name,description,taxonomy_ids,status,audience\n1,1,Dinner,Hot food,"101, 102",active,Anybody\n',
    )
    make.write(root, "ohana/taxonomy.csv", "taxonomy_id,name,parent_id\n101,Food,\n102,Something else,\n")
    assert run_import(root, root / "ohana") == 0

    profile = read(root, "harbor-house")
    assert profile["services"][0]["types"] == ["food"]
    assert profile["locations"][0]["languages"] == [{"code": "es"}, {"code": "tl"}]
    assert profile["locations"][0]["access"] == {"wheelchair": True, "parking": True}


def test_phones_and_hours_of_a_service_stay_at_their_place(tmp_path: Path) -> None:
    """A service at three places, the first of which is another organization's: nothing moves to a wrong office."""
    root = make.folder(tmp_path)
    place = {
        "location_type": "physical",
        "addresses": [
            {"address_1": "1 A St", "city": "Riverbend", "state_province": "MA", "postal_code": "00101", "country": "US"}
        ],
    }
    held = [("l2", "0222", "TU"), ("l1", "0111", "MO"), ("l3", "0333", "WE")]
    places = [
        {
            "id": f"sal-{key}",
            "location_id": key,
            "phones": [{"number": f"413-555-{number}"}],
            "schedules": [{"freq": "WEEKLY", "byday": day, "opens_at": "09:00", "closes_at": "11:00"}],
        }
        for key, number, day in held
    ]
    first = {
        "id": "o1", "name": "Alpha", "description": "x", "phones": [{"number": "413-555-0100"}],
        "locations": [{**place, "id": "l1", "name": "House"}, {**place, "id": "l3", "name": "Annex"}],
        "services": [{"id": "s1", "name": "Food", "service_at_locations": places, "attributes": [{"id": "t", "taxonomy_term": {"id": "f", "name": "Food"}}]}],
    }  # fmt: skip
    second = {"id": "o2", "name": "Beta", "description": "x", "locations": [{**place, "id": "l2", "name": "Elsewhere"}]}
    run_import(root, write_feed(root, first, second), "--account", str(root / "account"))

    service = read(root, "alpha")["services"][0]
    assert {phone["number"]: phone["at"] for phone in service["phones"]} == {"413-555-0111": ["house"], "413-555-0333": ["annex"]}
    assert {entry["days"][0]: entry["at"] for entry in service["hours"]} == {"mo": ["house"], "we": ["annex"]}
    assert any(row["reason"] == "it is for a place of another organization" for row in read_account(root / "account")[1])


def test_a_dump_of_services_keeps_the_offices_with_their_organization(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    location = {
        "id": "l1",
        "location_type": "physical",
        "name": "North",
        "addresses": [
            {"address_1": "1 A St", "city": "Riverbend", "state_province": "MA", "postal_code": "00101", "country": "US"}
        ],
    }
    service = {
        "id": "s1", "name": "Pantry", "organization": {"id": "o1", "name": "River Center", "description": "x", "website": "https://r.example.org"},
        "service_at_locations": [{"id": "sal", "location": location, "phones": [{"number": "413-555-0177"}]}],
    }  # fmt: skip
    stub = {
        "id": "s2",
        "name": "Meals",
        "organization": {"id": "o1", "name": "River Center"},
        "service_at_locations": [{"id": "sal2", "location": {"id": "l1"}}],
    }
    make.write(root, "feed.mapping.yml", "dataset: feed\ntype: food\n")
    run_import(root, write_feed(root, service, stub))

    profile = read(root, "river-center")
    assert not (root / "content/partners/north.yml").exists()
    assert profile["source"]["id"] == "o1"  # a bare reference does not mean that each document numbers anew
    assert profile["locations"][0]["address"]["line1"] == "1 A St"
    assert [service["name"] for service in profile["services"]] == ["Pantry", "Meals"]
    assert "413-555-0177" in str(profile)


def test_schedules_that_guidegen_cannot_say_stay_text_or_are_refused(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    times = {"opens_at": "09:00", "closes_at": "11:00"}
    schedules = [
        {"freq": "DAILY", "byday": "MO,TU", **times},
        {"freq": "MONTHLY", "bymonthday": "-1", "opens_at": "12:00", "closes_at": "13:00"},
        {
            "freq": "WEEKLY",
            "byday": "TU",
            "interval": 2,
            "dtstart": "2026-09-01",
            "opens_at": "13:00",
            "closes_at": "16:00",
            "description": "Every Tuesday 9am-5pm",
        },
    ]
    service = {**FEED["services"][0], "schedules": schedules, "minimum_age": 18, "maximum_age": 12, "service_at_locations": []}
    service["cost_options"] = [{"amount": 0, "valid_to": "2020-01-01"}, {"option": "Free for members"}]
    service.pop("fees_description")
    run_import(root, write_feed(root, {**FEED, "services": [service]}))

    imported = read(root, "mill-street-pantry")["services"][0]
    assert imported["hours"] == [
        {"days": ["mo", "tu"], "open": "09:00", "close": "11:00"},
        {"day_of_month": [-1], "open": "12:00", "close": "13:00"},
        {"text": "Every Tuesday 9am-5pm"},
    ]
    assert "ages" not in imported["who"]
    assert imported["cost"] == {"free": True, "for": "Members"}


# --- real directories -----------------------------------------------------------------------------


def _require(path: str) -> Path:
    folder = SHARED / "data" / path
    if not folder.exists():
        pytest.skip("the real directories are in ../shared, which is not here")
    return folder


def test_the_illinois_directory_comes_in_whole(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML.replace("region: US", "region: US\nstate: IL")})
    for file in _require("ilao-legal-aid-il/hsds-1.1-output").glob("*.csv"):
        make.write(root, f"il/{file.name}", file.read_bytes())
    make.write(root, "il.mapping.yml", "dataset: il\ntype: food\n")
    assert run_import(root, root / "il", "--account", str(root / "account")) == 0

    columns, _ = read_account(root / "account")
    cells = 0
    for file in (root / "il").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            cells += sum(1 for row in list(csv.reader(rows))[1:] for cell in row if cell.strip())
    assert int(columns[-1]["values"]) == cells
    assert int(columns[-1]["carried"]) >= 0.8 * cells
    assert main(["check", "--root", str(root)]) == 0


def test_no_phone_and_no_time_of_a_real_directory_is_invented(tmp_path: Path) -> None:
    """Every phone and every hour in the profiles is that of a record of the organization in the source."""
    root = make.folder(tmp_path)
    source = [
        json.loads(line)
        for line in (_require("haarrrvest-food") / "food_bank_of_western_massachusetts_ma.jsonl")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    rows = {str(record["raw"]["id"]): record["raw"] for record in source}
    make.write(root, "food.jsonl", "\n".join(json.dumps(row) for row in rows.values()))
    command = ["import", "list", str(root / "food.jsonl"), "--root", str(root)]
    assert main(command) == 0
    mapping = root / "food.mapping.yml"
    mapping.write_text(mapping.read_text(encoding="utf-8").replace("# type: food", "type: food"), encoding="utf-8")
    assert main(command) == 0

    profiles = [read(root, path.stem) for path in (root / "content/partners").glob("*.yml") if path.stem != "food-bank"]
    assert len(profiles) == len(rows) == 243
    for profile in profiles:
        row = rows[str(profile["source"]["id"])]
        digits = re.sub("[^0-9]", "", row["phone"])
        for phone in profile.get("phones", ()):
            assert re.sub("[^0-9]", "", phone["number"]) in digits
        for entry in profile["services"][0].get("hours", ()):
            if "open" in entry:
                hour, minute = map(int, entry["open"].split(":"))
                assert f"{(hour - 1) % 12 + 1}:{minute:02} {'AM' if hour < 12 else 'PM'}" in row["hours"]
