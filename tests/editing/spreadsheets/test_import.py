"""Sheets as staff get, fill in and give back."""

import csv
import io
import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from guidegen.cli import main
from guidegen.content.fields.compound import Field, Many, OneOf, Pair, Record
from guidegen.content.fields.table import PARTNER
from guidegen.content.load import load
from guidegen.editing.spreadsheets import importing, reading
from guidegen.editing.spreadsheets.layout import sheets
from tests import ROOT, make

TEXTS = b"partner,language,field,text\n"

TWO_SERVICES = make.PARTNER_YML + "  - {key: kitchen, types: [food], name: Kitchen, documents: [A; B, 'C, D']}\n"


def exported(root: Path, out: Path) -> dict[str, list[dict[str, str]]]:
    assert main(["export", "csv", "--root", str(root), "--out", str(out)]) == 0
    return {file.stem: list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))) for file in out.glob("*.csv")}


def changed(out: Path, name: str, old: str, new: str) -> None:
    """Change cells that are side by side, written with commas between them."""
    file = out / f"{name}.csv"
    text = file.read_text("utf-8-sig")
    old, new = (cells.replace(",", '","') for cells in (old, new))
    assert old in text
    file.write_text(text.replace(old, new), "utf-8-sig")


def taken(root: Path, path: Path, *more: str) -> int:
    return main(["import", "csv", str(path), "--root", str(root), *more])


def keys_of(reader: object, way: tuple[str, ...] = ()) -> list[str]:
    """Every key of the field table that holds a value, by the sheet that must have it."""
    if isinstance(reader, Many | Pair) and isinstance(reader.reader, Record | OneOf):
        return keys_of(reader.reader)
    fields: tuple[Field, ...] = ()
    if isinstance(reader, OneOf):
        fields = tuple(field for shape in reader.shapes for field in shape.fields)
    elif isinstance(reader, Record):
        fields = reader.fields
    if not fields:
        return [".".join(way)]
    found = []
    for field in fields:
        below = field.reader
        is_list = isinstance(below, Many) and isinstance(below.reader, Record | OneOf)
        found += keys_of(below, () if is_list else (*way, field.name))
    return found


def test_every_key_of_the_field_table_has_a_column() -> None:
    columns = {column.name for sheet in sheets() for column in sheet.columns}

    assert columns == {*keys_of(PARTNER)} - {"extra"}  # what other programs keep there stays as it is


def test_the_sample_guide_comes_back_as_it_was(tmp_path: Path) -> None:
    root, out = tmp_path / "guide", tmp_path / "sheets"
    for name in ("guide.yml", "content/services.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "content/images", root / "content/images")
    exported(ROOT, out)

    assert taken(root, out) == 0

    before, after = load(ROOT), load(root)
    assert after.problems == []
    assert list(after.guide.partners) == [replace(partner, extra="") for partner in before.guide.partners]  # on no sheet
    assert [one.texts for one in after.guide.partners] == [one.texts for one in before.guide.partners]
    files = {file.relative_to(out): file.read_bytes() for file in out.iterdir()}
    exported(root, tmp_path / "again")
    assert {file.relative_to(tmp_path / "again"): file.read_bytes() for file in (tmp_path / "again").iterdir()} == files
    translations = [sorted(one.name for one in (folder / "content/partners").glob("*.*.yml")) for folder in (ROOT, root)]
    assert translations[0] == translations[1]


def test_what_was_not_changed_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": "# by Rosa\n" + TWO_SERVICES})
    out = tmp_path / "sheets"
    exported(root, out)

    assert taken(root, out) == 0
    assert (root / "content/partners/food-bank.yml").read_text() == "# by Rosa\n" + TWO_SERVICES
    assert "0 partners changed, 1 unchanged" in capsys.readouterr().err

    changed(out, "phones", "(555) 555-0114", "(555) 555-0177")
    assert taken(root, out) == 0
    assert (root / "content/partners/food-bank.yml").read_text() == "# by Rosa\n" + TWO_SERVICES.replace("0114", "0177")
    assert "changed  content/partners/food-bank.yml" in capsys.readouterr().err


def test_lists_keep_their_parts(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES})
    rows = exported(root, tmp_path / "sheets")

    assert rows["services"][1]["documents"] == "A\\; B; C, D"


def test_every_wrong_cell_is_named_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/library.yml": make.PARTNER_YML}), tmp_path / "sheets"
    exported(root, out)
    before = {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()}
    changed(out, "phones", "food-bank,(555) 555-0114", "food-bank,call us")
    changed(out, "services", "food-bank,pantry,food", "food-bank,pantry,fod")
    changed(out, "partners", "library,Food Bank", "library,Town Library")

    assert taken(root, out) == 1

    said = capsys.readouterr().err
    assert f"{out}/phones.csv:2:2: 'number' is 'call us', which is not a phone number (column 'number')" in said
    assert f"{out}/services.csv:2:3: 'fod' is not a service type of this guide (column 'types')" in said
    assert "would be changed  content/partners/library.yml" in said
    assert "nothing was written" in said
    assert {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()} == before

    assert taken(root, out, "--skip-wrong", "--dry-run") == 1
    assert {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()} == before

    assert taken(root, out, "--skip-wrong") == 1
    assert "Town Library" in (root / "content/partners/library.yml").read_text()
    assert (root / "content/partners/food-bank.yml").read_bytes() == before[root / "content/partners/food-bank.yml"]


def test_a_list_of_ones_own_in_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    table = tmp_path / "our list.csv"
    row = "Hill Street Pantry;Free groceries.;'+1 555 555 0177;food;Groceries;Riverbend;1\n"
    table.write_text(f"Name;Summary;Phone;Type;Service;City;Fax no\n{row}", encoding="utf-8-sig")

    assert taken(root, table) == 0

    assert "the column 'Fax no' is ignored" in capsys.readouterr().err
    assert (root / "content/partners/hill-street-pantry.yml").read_text() == (
        "name: Hill Street Pantry\nsummary: Free groceries.\nphones:\n"
        '  - {number: "+1 555 555 0177"}\nlocations:\n'
        "  - key: main\n    address: {city: Riverbend}\n"
        "services:\n  - {key: groceries, types: [food], name: Groceries}\n"
    )


def test_rows_that_are_gone_and_rows_that_are_new(tmp_path: Path) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES}), tmp_path / "sheets"
    exported(root, out)
    lines = (out / "services.csv").read_text("utf-8-sig").splitlines()
    (out / "services.csv").write_text("\n".join([lines[0], lines[2]]) + "\n", encoding="utf-8")
    (out / "service-hours.csv").write_text(
        'partner,service,days,open,close\nfood-bank,kitchen,"mo, we",9:00,17:00\n', encoding="utf-8"
    )

    assert taken(root, out) == 0

    partner = load(root).guide.partners[0]
    assert [service.key for service in partner.services] == ["kitchen"]
    assert partner.services[0].hours[0].days == ("mo", "we")  # type: ignore[union-attr]  # weekly ones


def test_a_sheet_without_some_columns_changes_only_those_it_has(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES + "website: https://a.example.org/\n"})
    (tmp_path / "partners.csv").write_text("partner,email\nfood-bank,new@example.org\n", encoding="utf-8")

    assert taken(root, tmp_path / "partners.csv") == 0

    expected = TWO_SERVICES + "website: https://a.example.org/\nemail: new@example.org\n"
    assert (root / "content/partners/food-bank.yml").read_text() == expected


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("phones.csv", b"number\n1\n", "there is no column 'partner'"),
        ("phones.csv", b"", "the sheet is empty"),
        ("phones.csv", b"partner,number\nfod-bank,(555) 555-0114\n", "there is no partner 'fod-bank'"),
        ("phones.csv", b"partner,number\nFood Bank,(555) 555-0114\n", "'Food Bank' cannot be the name of a partner's file"),
        ("phones.csv", b"partner,number,number\nfood-bank,1,2\n", "two columns are called 'number'"),
        ("phones.csv", b"partner,number\nfood-bank,(555) 555-0114,x\n", "the row has more cells than there are columns: 'x'"),
        ("phones.csv", b'partner,number\nfood-bank,"(555)', "this file cannot be read as a table"),
        ("phones.csv", b"partner,number" + 1_000 * b",x" + b"\n", "it has more than 1,000 columns"),
        ("phones.csv", b"PK\x03\x04\0\0", "it is not a CSV file but probably a spreadsheet file"),
        ("phones.csv", "partner,note\nfood-bank,Café\n".encode("latin-1"), "its text is not in UTF-8"),
        ("phones.csv", b"partner,number\n../../evil,(555) 555-0114\n", "cannot be the name of a partner's file"),
        ("partners.csv", b"partner,name\nfood-bank,A\nfood-bank,B\n", "'food-bank' already has a row"),
        ("hours.csv", b"partner,service,days,open,close\nfood-bank,pantry,mo,9:00,10:00\n", "service-hours.csv"),
        (
            "service-hours.csv",
            b"partner,service,days,open,close\nfood-bank,bakery,mo,9:00,10:00\n",
            "the partner has no entry 'bakery' in 'services'",
        ),
        (
            "texts.csv",
            TEXTS + b"food-bank,es,services > pantry,Despensa\n",
            "there is no text 'services' in a partner",
        ),
        ("texts.csv", TEXTS + b"food-bank,fr,summary,Pain\n", "this guide has no translations into 'fr'"),
        ("texts.csv", TEXTS + b"food-bank,es,services > bakery > name,Pan\n", "has no such text"),
    ],
)
def test_what_can_be_wrong_with_a_sheet(
    name: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path / "guide")
    (tmp_path / name).write_bytes(content)

    assert taken(root, tmp_path / name) == 1

    printed = capsys.readouterr().err
    assert said in printed
    assert f"{tmp_path / name}:" in printed
    assert (root / "content/partners/food-bank.yml").read_text() == make.PARTNER_YML


def test_a_damaged_sheet_never_ends_in_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES}), tmp_path / "sheets"
    exported(root, out)
    chance = random.Random(5)  # noqa: S311  # the same damage in every run
    for number in range(200):
        damaged = tmp_path / f"damaged-{number}"
        shutil.copytree(out, damaged)
        file = chance.choice(sorted(damaged.glob("*.csv")))
        content = bytearray(file.read_bytes())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            content[at : at + chance.randint(0, 4)] = bytes(
                chance.choice(b'",;\n\r=\\>x\xff\xc3') for _ in range(chance.randint(0, 3))
            )
        file.write_bytes(bytes(content))
        assert taken(root, damaged, "--dry-run") in (0, 1)
    assert "fault of guidegen" not in capsys.readouterr().err


def test_sheets_are_never_written_into_a_site_or_of_content_with_mistakes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path / "guide")
    assert main(["build", "--root", str(root)]) == 0
    assert main(["export", "csv", "--root", str(root), "--out", str(root / "site")]) == 2
    (root / "content/partners/food-bank.yml").write_text("name: A: B\n")
    assert main(["export", "csv", "--root", str(root), "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert main(["import", "csv", str(tmp_path / "nothing.csv"), "--root", str(root)]) == 2
    assert "there is no" in capsys.readouterr().err


# --- what would do harm --------------------------------------------------------------------------

FULL = """\
# The food bank
name: Food Bank
summary: Free food for everyone.
phones:
  # the desk
  - {number: "(555) 555-0114", kind: fax, note: Ask for Rosa}
  - {number: "(555) 555-0115"}
locations:
  - {key: main, address: {city: Riverbend, postal_code: "02101"}}
services:
  - key: pantry   # in the cellar
    types: [food]
    name: Pantry
    hours:
      - {days: [mo], open: "09:00", close: "17:00", from: 2026-02-03, until: 2026-12-01}
  # upstairs
  - key: kitchen
    types: [food]
    name: Kitchen
    cost: {amount: 12.50, currency: USD}
"""
SPANISH = "# by Ana\nsummary: Comida gratis.\ntranslated_from: {summary: 977291e2}\n"


def full(tmp_path: Path, **more: str) -> tuple[Path, Path, Path]:
    files: dict[str, str | bytes] = {"content/partners/food-bank.yml": FULL, "content/partners/food-bank.es.yml": SPANISH, **more}
    root = make.folder(tmp_path / "guide", files)
    exported(root, tmp_path / "sheets")
    return root, tmp_path / "sheets", root / "content/partners/food-bank.yml"


def written(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


@pytest.mark.parametrize("language", ["x/../../../../evil", "", "fr", "../es"])
def test_nothing_is_written_outside_of_the_partners(language: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    before = sorted(tmp_path.rglob("*"))
    sheet = written(tmp_path, "texts.csv", f"partner,language,field,text\nfood-bank,{language},summary,Evil\n")

    assert taken(root, sheet, "--skip-wrong") == 1
    assert sorted(tmp_path.rglob("*")) == sorted([*before, sheet])


@pytest.mark.parametrize("broken", [FULL.replace("Free food for", "Free food: for"), FULL + "name: Twice\n", FULL + "\tx\n"])
def test_a_file_with_mistakes_is_not_changed(broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = full(tmp_path)
    file.write_text(broken)
    sheet = written(tmp_path, "partners.csv", "partner,email\nfood-bank,a@example.org\n")

    assert taken(root, sheet, "--skip-wrong") == 1
    assert file.read_text() == broken
    assert "there is a mistake in the file, so it is not changed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "rows", "old", "new"),
    [
        ("phones", "partner,number\nfood-bank,(555) 555-0114\nfood-bank,(555) 555-0116\n", "0115", "0116"),
        ("phones", "partner,number,kind\nfood-bank,(555) 555-0177,fax\nfood-bank,(555) 555-0115,\n", "0114", "0177"),
        ("service-hours", "partner,service,days,open,close\nfood-bank,pantry,mo,10:00,17:00\n", "09:00", "10:00"),
        ("services", "partner,key,name\nfood-bank,pantry,Cellar\nfood-bank,kitchen,Kitchen\n", "name: Pantry", "name: Cellar"),
        ("services", "partner,key,name\nfood-bank,cellar,Pantry\nfood-bank,kitchen,Kitchen\n", "key: pantry ", "key: cellar "),
    ],
)
def test_a_column_that_is_not_there_changes_nothing(name: str, rows: str, old: str, new: str, tmp_path: Path) -> None:
    root, _, file = full(tmp_path)

    assert taken(root, written(tmp_path, f"{name}.csv", rows)) == 0
    assert file.read_text() == FULL.replace(old, new)


def test_a_row_that_may_be_that_of_any_entry_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = full(tmp_path)
    sheet = written(tmp_path, "phones.csv", "partner,number\nfood-bank,(555) 555-0199\n")

    assert taken(root, sheet, "--skip-wrong") == 1
    assert "it is not clear which entry of 'phones' this row is for" in capsys.readouterr().err
    assert file.read_text() == FULL


def test_what_spreadsheet_programs_do_to_values_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out, file = full(tmp_path)
    for name, old, new in (
        ("locations", "02101", "2101"),
        ("service-hours", "09:00", "9:00"),
        ("service-hours", "2026-02-03", "2/3/2026"),
        ("service-hours", "2026-12-01", "01.12.2026"),
        ("service-cost", "12.50", "12.5"),
        ("texts", "977291e2", "9.77E+07"),
    ):
        changed(out, name, old, new)
    for sheet in out.iterdir():  # and with empty columns and rows, and their own line at the top
        text = sheet.read_text("utf-8-sig").replace("\n", ",,\r\n") + ",,,\r\n"
        sheet.write_text("sep=,\r\n" + text if '"' not in text else text, "utf-8-sig")

    assert taken(root, out) == 0, capsys.readouterr().err
    assert file.read_text() == FULL
    assert (root / "content/partners/food-bank.es.yml").read_text() == SPANISH
    assert "0 partners changed, 1 unchanged" in capsys.readouterr().err


def test_a_new_code_that_lost_its_zero_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out, _ = full(tmp_path)
    changed(out, "locations", "02101", "2139")

    assert taken(root, out) == 1
    assert "the postal code '2139' has lost a zero" in capsys.readouterr().err


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u0007", "\u0085", "\u2028", "\ufffe"])
def test_invisible_characters_are_told_before_anything_is_written(letter: str, tmp_path: Path) -> None:
    root, _, file = full(tmp_path, **{"content/partners/a-bank.yml": make.PARTNER_YML})
    rows = f"partner,email,name\na-bank,new@example.org,A\nfood-bank,,Food{letter}Bank\n"

    assert taken(root, written(tmp_path, "partners.csv", rows)) == 1
    assert file.read_text() == FULL
    assert (root / "content/partners/a-bank.yml").read_text() == make.PARTNER_YML


def test_a_row_of_nobody_keeps_the_lists_of_all_in_its_sheet(tmp_path: Path) -> None:
    root, out, file = full(tmp_path)
    changed(out, "services", "food-bank,kitchen", "fod-bank,kitchen")

    assert taken(root, out, "--skip-wrong") == 1
    assert file.read_text() == FULL


def test_who_names_a_partner_that_is_left_out_is_left_out(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    rows = (
        "name,summary,phone,partnership.refers.to\nNew A,A.,call me,\nNew B,B.,(555) 555-0101,new-a\nNew C,C.,(555) 555-0102,\n"
    )

    assert taken(root, written(tmp_path, "list.csv", rows), "--skip-wrong") == 1
    assert sorted(one.stem for one in (root / "content/partners").iterdir()) == ["food-bank", "new-c"]
    assert main(["check", "--root", str(root)]) == 0


def test_lists_of_a_part_change_that_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = full(tmp_path)
    rows = "partner,service,days,open,close\nfood-bank,kitchen,sa,10:00,12:00\n"

    assert taken(root, written(tmp_path, "service-hours.csv", rows)) == 0
    kitchen = FULL.index("  # upstairs")
    assert file.read_text()[:kitchen] == FULL[:kitchen]
    assert '{days: [sa], open: "10:00", close: "12:00"}' in file.read_text()

    rows = "partner,number,kind,extension,languages,note\nfood-bank,(555) 555-0115,,,,\n"
    assert taken(root, written(tmp_path, "phones.csv", rows)) == 0
    assert "changed  content/partners/food-bank.yml  (1 fewer in phones)" in capsys.readouterr().err


def test_the_second_time_a_list_of_ones_own_corrects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    for number in ("0101", "0102"):
        assert taken(root, written(tmp_path, "our list.csv", f"name,summary,phone\nNew A,A.,(555) 555-{number}\n")) == 0
    assert load(root).guide.partners[1].phones[0].number == "(555) 555-0102"

    root, _, file = full(tmp_path / "two")
    assert taken(root, written(tmp_path, "our list.csv", "name,phone\nFood Bank,(555) 555-0109\n")) == 1
    assert "the partner has 2 entries in 'phones'" in capsys.readouterr().err
    assert file.read_text() == FULL


def test_a_file_keeps_its_ends_of_lines_and_its_mark(tmp_path: Path) -> None:
    root, out, file = full(tmp_path)
    raw = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()
    file.write_bytes(raw)
    changed(out, "phones", "0114", "0177")

    assert taken(root, out) == 0
    assert file.read_bytes() == raw.replace(b"0114", b"0177")


def test_a_link_in_the_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    root, _, file = full(tmp_path)
    file.rename(tmp_path / "elsewhere.yml")
    file.symlink_to(tmp_path / "elsewhere.yml")

    assert taken(root, written(tmp_path, "list.csv", "name,summary,phone\nFood Bank,A.,(555) 555-0101\n"), "--skip-wrong") == 1
    assert file.is_symlink()
    assert (tmp_path / "elsewhere.yml").read_text() == FULL


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("list.csv", "name,summary,phone\nAux,A.,(555) 555-0101\n", "'aux' cannot be the name of a partner's file"),
        (
            "texts.csv",
            TEXTS.decode() + 2 * "food-bank,es,summary,Uno\n",
            "already has a row for this text and language",
        ),
        (
            "services.csv",
            "partner,key,types,name\nfood-bank,pantry,food,\nfood-bank,kitchen,food,K\n",
            "services.csv:2:1: a service has no 'name'",
        ),
        ("partners.csv", "partner,name\nfood-bank,\n", "partners.csv:2:1: a partner has no 'name'"),
        (
            "phones.csv",
            "partner,number,kind\nfood-bank,(555) 555-0114,\nfood-bank,(555) 555-0114,\n",
            "It stands in line 2 of phones.csv already.",
        ),
    ],
)
def test_messages_name_the_row(name: str, rows: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = full(tmp_path)

    assert taken(root, written(tmp_path, name, rows)) == 1
    assert said in capsys.readouterr().err
    assert file.read_text() == FULL


def test_sheets_are_known_by_their_columns(tmp_path: Path) -> None:
    root, out, file = full(tmp_path)
    (out / "services.csv").rename(tmp_path / "services (1).csv")
    changed(tmp_path, "services (1)", "Kitchen", "Soup Kitchen")

    assert taken(root, tmp_path / "services (1).csv") == 0
    assert file.read_text() == FULL.replace("name: Kitchen", "name: Soup Kitchen")


@pytest.mark.parametrize("folder", ["static/sheets", "content/partners", "site/x", "templates", "admin"])
def test_no_sheet_goes_where_it_will_be_published(folder: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")

    assert main(["export", "csv", "--root", str(root), "--out", str(root / folder)]) == 2
    assert not list(root.rglob("*.csv"))


def test_an_address_with_a_comma_comes_back(tmp_path: Path) -> None:
    text = make.PARTNER_YML + 'social: ["https://example.org/@42.3,-71.2", "https://example.org/a;b"]\n'
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": text})
    exported(root, tmp_path / "sheets")

    assert taken(root, tmp_path / "sheets") == 0
    assert (root / "content/partners/food-bank.yml").read_text() == text


def test_a_way_with_a_number_of_thousands_of_digits_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    make.write(root, "texts.csv", TEXTS + b"food-bank,es,services > pantry > documents > " + b"9" * 5_000 + b",Carta\n")

    assert taken(root, root / "texts.csv") == 1
    assert "there is no text" in capsys.readouterr().err


def test_a_list_of_thousands_of_partners_is_taken_over_in_good_time(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "".join(f"p-{number},Partner {number},Free food.,a@example.org\n" for number in range(4_000))
    make.write(root, "partners.csv", f"partner,name,summary,email\n{rows}")
    started = time.process_time()

    assert len(importing.plan(reading.read(root / "partners.csv"), root).changes) == 4_000
    assert time.process_time() - started < 15  # it took 60 seconds when each partner was looked for among all


def test_a_short_postal_code_of_another_country_comes_back_as_it_was(tmp_path: Path) -> None:
    profile = make.PARTNER_YML + 'locations: [{key: main, address: {city: Reykjavík, postal_code: "101", country: IS}}]\n'
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile})
    exported(root, root / "sheets")

    assert taken(root, root / "sheets") == 0
    changed(root / "sheets", "locations", ",101,", ",102,")
    assert taken(root, root / "sheets") == 1


def test_letters_with_their_marks_apart_are_no_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = make.PARTNER_YML.replace("name: Food Bank", "name: Cafe\u0301 Sa\u0303o")
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": profile})
    out = tmp_path / "sheets"
    assert exported(root, out)["partners"][0]["name"] == "Café São"
    changed(out, "partners", "Café", "Cafe\u0301")
    capsys.readouterr()

    assert taken(root, out) == 0

    assert "0 partners changed" in capsys.readouterr().err
    assert (root / "content/partners/food-bank.yml").read_text() == profile
