"""Sheets as staff export, edit and import them."""

import csv
import io
import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from guidegen.cli import main
from guidegen.content.fields.compound import Many, OneOf, Pair
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.table import PARTNER
from guidegen.content.load import load
from guidegen.editing.spreadsheets import importing, reading
from guidegen.editing.spreadsheets.layout import list_sheets
from tests import ROOT, make

pytestmark = pytest.mark.slow

TEXTS = b"partner,language,field,text\n"

TWO_SERVICES = make.PARTNER_YML + "  - {key: kitchen, types: [food], name: Kitchen, documents: [A; B, 'C, D']}\n"


def export(root: Path, out: Path) -> dict[str, list[dict[str, str]]]:
    assert main(["export", "csv", "--root", str(root), "--out", str(out)]) == 0
    return {file.stem: list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))) for file in out.glob("*.csv")}


def change_cells(out: Path, name: str, old: str, new: str) -> None:
    """Replace adjacent cells, which are given with commas between them."""
    file = out / f"{name}.csv"
    text = file.read_text("utf-8-sig")
    old, new = (cells.replace(",", '","') for cells in (old, new))
    assert old in text
    file.write_text(text.replace(old, new), "utf-8-sig")


def import_sheets(root: Path, path: Path, *options: str) -> int:
    return main(["import", "csv", str(path), "--root", str(root), *options])


def list_columns(reader: object, path: tuple[str, ...] = ()) -> list[str]:
    """Return a column for every key of the field table that holds a value, named as in the sheet of its list."""
    if isinstance(reader, Many | Pair) and isinstance(reader.reader, Record | OneOf):
        return list_columns(reader.reader)
    fields: tuple[Field, ...] = ()
    if isinstance(reader, OneOf):
        fields = tuple(field for shape in reader.shapes for field in shape.fields)
    elif isinstance(reader, Record):
        fields = reader.fields
    if not fields:
        return [".".join(path)]
    columns = []
    for field in fields:
        is_list = isinstance(field.reader, Many) and isinstance(field.reader.reader, Record | OneOf)
        columns += list_columns(field.reader, () if is_list else (*path, field.name))
    return columns


def test_every_field_has_a_column() -> None:
    columns = {column.name for sheet in list_sheets() for column in sheet.columns}

    assert columns == {*list_columns(PARTNER)} - {"extra"}  # an import keeps what other programs store there


def test_the_sample_guide_round_trips(tmp_path: Path) -> None:
    root, out = tmp_path / "guide", tmp_path / "sheets"
    for name in ("guide.yml", "content/services.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "content/images", root / "content/images")
    export(ROOT, out)

    assert import_sheets(root, out) == 0

    before, after = load(ROOT), load(root)
    assert after.problems == []
    assert list(after.guide.partners) == [replace(partner, extra="") for partner in before.guide.partners]  # it is in no sheet
    assert [partner.texts for partner in after.guide.partners] == [partner.texts for partner in before.guide.partners]
    files = {file.relative_to(out): file.read_bytes() for file in out.iterdir()}
    export(root, tmp_path / "again")
    assert {file.relative_to(tmp_path / "again"): file.read_bytes() for file in (tmp_path / "again").iterdir()} == files
    translations = [sorted(file.name for file in (folder / "content/partners").glob("*.*.yml")) for folder in (ROOT, root)]
    assert translations[0] == translations[1]


def test_unchanged_files_are_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": "# by Rosa\n" + TWO_SERVICES})
    out = tmp_path / "sheets"
    export(root, out)

    assert import_sheets(root, out) == 0
    assert (root / "content/partners/food-bank.yml").read_text() == "# by Rosa\n" + TWO_SERVICES
    assert "0 partners changed, 1 unchanged" in capsys.readouterr().err

    change_cells(out, "phones", "(555) 555-0114", "(555) 555-0177")
    assert import_sheets(root, out) == 0
    assert (root / "content/partners/food-bank.yml").read_text() == "# by Rosa\n" + TWO_SERVICES.replace("0114", "0177")
    assert "changed  content/partners/food-bank.yml" in capsys.readouterr().err


def test_lists_in_a_cell_escape_semicolons(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES})
    rows = export(root, tmp_path / "sheets")

    assert rows["services"][1]["documents"] == "A\\; B; C, D"


def test_every_wrong_cell_is_reported_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/library.yml": make.PARTNER_YML}), tmp_path / "sheets"
    export(root, out)
    before = {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()}
    change_cells(out, "phones", "food-bank,(555) 555-0114", "food-bank,call us")
    change_cells(out, "services", "food-bank,pantry,food", "food-bank,pantry,fod")
    change_cells(out, "partners", "library,Food Bank", "library,Town Library")

    assert import_sheets(root, out) == 1

    message = capsys.readouterr().err
    assert f"{out}/phones.csv:2:2: 'number' is 'call us', which is not a phone number (column 'number')" in message
    assert f"{out}/services.csv:2:3: 'fod' is not a service type of this guide (column 'types')" in message
    assert "would be changed  content/partners/library.yml" in message
    assert "nothing was written" in message
    assert {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()} == before

    assert import_sheets(root, out, "--skip-wrong", "--dry-run") == 1
    assert {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()} == before

    assert import_sheets(root, out, "--skip-wrong") == 1
    assert "Town Library" in (root / "content/partners/library.yml").read_text()
    assert (root / "content/partners/food-bank.yml").read_bytes() == before[root / "content/partners/food-bank.yml"]


def test_a_table_with_custom_headings_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    table = tmp_path / "our list.csv"
    row = "Hill Street Pantry;Free groceries.;'+1 555 555 0177;food;Groceries;Riverbend;1\n"
    table.write_text(f"Name;Summary;Phone;Type;Service;City;Fax no\n{row}", encoding="utf-8-sig")

    assert import_sheets(root, table) == 0

    assert "the column 'Fax no' is ignored" in capsys.readouterr().err
    assert (root / "content/partners/hill-street-pantry.yml").read_text() == (
        "name: Hill Street Pantry\nsummary: Free groceries.\nphones:\n"
        '  - {number: "+1 555 555 0177"}\nlocations:\n'
        "  - key: main\n    address: {city: Riverbend}\n"
        "services:\n  - {key: groceries, types: [food], name: Groceries}\n"
    )


def test_rows_can_be_removed_and_added(tmp_path: Path) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES}), tmp_path / "sheets"
    export(root, out)
    lines = (out / "services.csv").read_text("utf-8-sig").splitlines()
    (out / "services.csv").write_text("\n".join([lines[0], lines[2]]) + "\n", encoding="utf-8")
    (out / "service-hours.csv").write_text(
        'partner,service,days,open,close\nfood-bank,kitchen,"mo, we",9:00,17:00\n', encoding="utf-8"
    )

    assert import_sheets(root, out) == 0

    partner = load(root).guide.partners[0]
    assert [service.key for service in partner.services] == ["kitchen"]
    assert partner.services[0].hours[0].days == ("mo", "we")  # type: ignore[union-attr]  # weekly hours


def test_a_sheet_changes_only_the_fields_of_its_columns(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES + "website: https://a.example.org/\n"})
    (tmp_path / "partners.csv").write_text("partner,email\nfood-bank,new@example.org\n", encoding="utf-8")

    assert import_sheets(root, tmp_path / "partners.csv") == 0

    expected = TWO_SERVICES + "email: new@example.org\nwebsite: https://a.example.org/\n"  # in the order of the field table
    assert (root / "content/partners/food-bank.yml").read_text() == expected


@pytest.mark.parametrize(
    ("name", "content", "message"),
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
def test_each_mistake_in_a_sheet_is_reported(
    name: str, content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path / "guide")
    (tmp_path / name).write_bytes(content)

    assert import_sheets(root, tmp_path / name) == 1

    printed = capsys.readouterr().err
    assert message in printed
    assert f"{tmp_path / name}:" in printed
    assert (root / "content/partners/food-bank.yml").read_text() == make.PARTNER_YML


def test_a_damaged_sheet_never_causes_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": TWO_SERVICES}), tmp_path / "sheets"
    export(root, out)
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
        assert import_sheets(root, damaged, "--dry-run") in (0, 1)
    assert "fault of guidegen" not in capsys.readouterr().err


def test_sheets_are_not_exported_into_a_site_or_from_content_with_errors(
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


# --- rows that would do harm -----------------------------------------------------------------------

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


def make_full_guide(tmp_path: Path, **extra: str) -> tuple[Path, Path, Path]:
    files: dict[str, str | bytes] = {
        "content/partners/food-bank.yml": FULL,
        "content/partners/food-bank.es.yml": SPANISH,
        **extra,
    }
    root = make.folder(tmp_path / "guide", files)
    export(root, tmp_path / "sheets")
    return root, tmp_path / "sheets", root / "content/partners/food-bank.yml"


def write_sheet(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


@pytest.mark.parametrize("language", ["x/../../../../evil", "", "fr", "../es"])
def test_nothing_is_written_outside_the_partners_folder(language: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    before = sorted(tmp_path.rglob("*"))
    sheet = write_sheet(tmp_path, "texts.csv", f"partner,language,field,text\nfood-bank,{language},summary,Evil\n")

    assert import_sheets(root, sheet, "--skip-wrong") == 1
    assert sorted(tmp_path.rglob("*")) == sorted([*before, sheet])


@pytest.mark.parametrize("broken", [FULL.replace("Free food for", "Free food: for"), FULL + "name: Twice\n", FULL + "\tx\n"])
def test_a_file_with_errors_is_not_changed(broken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = make_full_guide(tmp_path)
    file.write_text(broken)
    sheet = write_sheet(tmp_path, "partners.csv", "partner,email\nfood-bank,a@example.org\n")

    assert import_sheets(root, sheet, "--skip-wrong") == 1
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
def test_a_missing_column_changes_nothing(name: str, rows: str, old: str, new: str, tmp_path: Path) -> None:
    root, _, file = make_full_guide(tmp_path)

    assert import_sheets(root, write_sheet(tmp_path, f"{name}.csv", rows)) == 0
    assert file.read_text() == FULL.replace(old, new)


def test_a_row_that_matches_no_entry_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = make_full_guide(tmp_path)
    sheet = write_sheet(tmp_path, "phones.csv", "partner,number\nfood-bank,(555) 555-0199\n")

    assert import_sheets(root, sheet, "--skip-wrong") == 1
    assert "it is not clear which entry of 'phones' this row is for" in capsys.readouterr().err
    assert file.read_text() == FULL


def test_values_reformatted_by_spreadsheet_programs_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out, file = make_full_guide(tmp_path)
    for name, old, new in (
        ("locations", "02101", "2101"),
        ("service-hours", "09:00", "9:00"),
        ("service-hours", "2026-02-03", "2/3/2026"),
        ("service-hours", "2026-12-01", "01.12.2026"),
        ("service-cost", "12.50", "12.5"),
        ("texts", "977291e2", "9.77E+07"),
    ):
        change_cells(out, name, old, new)
    for sheet in out.iterdir():  # with empty columns and rows, and a separator line at the top
        text = sheet.read_text("utf-8-sig").replace("\n", ",,\r\n") + ",,,\r\n"
        sheet.write_text("sep=,\r\n" + text if '"' not in text else text, "utf-8-sig")

    assert import_sheets(root, out) == 0, capsys.readouterr().err
    assert file.read_text() == FULL
    assert (root / "content/partners/food-bank.es.yml").read_text() == SPANISH
    assert "0 partners changed, 1 unchanged" in capsys.readouterr().err


def test_a_new_postal_code_without_its_zero_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out, _ = make_full_guide(tmp_path)
    change_cells(out, "locations", "02101", "2139")

    assert import_sheets(root, out) == 1
    assert "the postal code '2139' has lost a zero" in capsys.readouterr().err


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u0007", "\u0085", "\u2028", "\ufffe"])
def test_invisible_characters_are_reported_before_anything_is_written(letter: str, tmp_path: Path) -> None:
    root, _, file = make_full_guide(tmp_path, **{"content/partners/a-bank.yml": make.PARTNER_YML})
    rows = f"partner,email,name\na-bank,new@example.org,A\nfood-bank,,Food{letter}Bank\n"

    assert import_sheets(root, write_sheet(tmp_path, "partners.csv", rows)) == 1
    assert file.read_text() == FULL
    assert (root / "content/partners/a-bank.yml").read_text() == make.PARTNER_YML


def test_a_row_of_an_unknown_partner_blocks_its_sheet(tmp_path: Path) -> None:
    root, out, file = make_full_guide(tmp_path)
    change_cells(out, "services", "food-bank,kitchen", "fod-bank,kitchen")

    assert import_sheets(root, out, "--skip-wrong") == 1
    assert file.read_text() == FULL


def test_a_partner_that_refers_to_a_skipped_partner_is_skipped(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    rows = (
        "name,summary,phone,partnership.refers.to\nNew A,A.,call me,\nNew B,B.,(555) 555-0101,new-a\nNew C,C.,(555) 555-0102,\n"
    )

    assert import_sheets(root, write_sheet(tmp_path, "list.csv", rows), "--skip-wrong") == 1
    assert sorted(file.stem for file in (root / "content/partners").iterdir()) == ["food-bank", "new-c"]
    assert main(["check", "--root", str(root)]) == 0


def test_a_sheet_of_a_nested_list_changes_only_the_named_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = make_full_guide(tmp_path)
    rows = "partner,service,days,open,close\nfood-bank,kitchen,sa,10:00,12:00\n"

    assert import_sheets(root, write_sheet(tmp_path, "service-hours.csv", rows)) == 0
    kitchen = FULL.index("  # upstairs")
    assert file.read_text()[:kitchen] == FULL[:kitchen]
    assert '{days: [sa], open: "10:00", close: "12:00"}' in file.read_text()

    rows = "partner,number,kind,extension,languages,note\nfood-bank,(555) 555-0115,,,,\n"
    assert import_sheets(root, write_sheet(tmp_path, "phones.csv", rows)) == 0
    assert "changed  content/partners/food-bank.yml  (1 fewer in phones)" in capsys.readouterr().err


def test_importing_a_custom_table_again_corrects_the_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    for number in ("0101", "0102"):
        assert (
            import_sheets(root, write_sheet(tmp_path, "our list.csv", f"name,summary,phone\nNew A,A.,(555) 555-{number}\n")) == 0
        )
    assert load(root).guide.partners[1].phones[0].number == "(555) 555-0102"

    root, _, file = make_full_guide(tmp_path / "two")
    assert import_sheets(root, write_sheet(tmp_path, "our list.csv", "name,phone\nFood Bank,(555) 555-0109\n")) == 1
    assert "the partner has 2 entries in 'phones'" in capsys.readouterr().err
    assert file.read_text() == FULL


def test_a_file_keeps_its_line_endings_and_byte_order_mark(tmp_path: Path) -> None:
    root, out, file = make_full_guide(tmp_path)
    raw = b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode()
    file.write_bytes(raw)
    change_cells(out, "phones", "0114", "0177")

    assert import_sheets(root, out) == 0
    assert file.read_bytes() == raw.replace(b"0114", b"0177")


def test_a_symbolic_link_in_place_of_a_file_is_left_alone(tmp_path: Path) -> None:
    root, _, file = make_full_guide(tmp_path)
    file.rename(tmp_path / "elsewhere.yml")
    file.symlink_to(tmp_path / "elsewhere.yml")

    assert (
        import_sheets(
            root, write_sheet(tmp_path, "list.csv", "name,summary,phone\nFood Bank,A.,(555) 555-0101\n"), "--skip-wrong"
        )
        == 1
    )
    assert file.is_symlink()
    assert (tmp_path / "elsewhere.yml").read_text() == FULL


@pytest.mark.parametrize(
    ("name", "rows", "message"),
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
            "It is already in line 2 of phones.csv.",
        ),
    ],
)
def test_messages_contain_the_row(name: str, rows: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, _, file = make_full_guide(tmp_path)

    assert import_sheets(root, write_sheet(tmp_path, name, rows)) == 1
    assert message in capsys.readouterr().err
    assert file.read_text() == FULL


def test_sheets_are_recognized_by_their_columns(tmp_path: Path) -> None:
    root, out, file = make_full_guide(tmp_path)
    (out / "services.csv").rename(tmp_path / "services (1).csv")
    change_cells(tmp_path, "services (1)", "Kitchen", "Soup Kitchen")

    assert import_sheets(root, tmp_path / "services (1).csv") == 0
    assert file.read_text() == FULL.replace("name: Kitchen", "name: Soup Kitchen")


@pytest.mark.parametrize("folder", ["static/sheets", "content/partners", "site/x", "templates", "admin"])
def test_no_sheet_is_exported_into_a_published_folder(folder: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")

    assert main(["export", "csv", "--root", str(root), "--out", str(root / folder)]) == 2
    assert not list(root.rglob("*.csv"))


def test_a_url_with_a_comma_round_trips(tmp_path: Path) -> None:
    text = make.PARTNER_YML + 'social: ["https://example.org/@42.3,-71.2", "https://example.org/a;b"]\n'
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": text})
    export(root, tmp_path / "sheets")

    assert import_sheets(root, tmp_path / "sheets") == 0
    assert (root / "content/partners/food-bank.yml").read_text() == text


def test_a_path_with_an_index_of_thousands_of_digits_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    make.write(root, "texts.csv", TEXTS + b"food-bank,es,services > pantry > documents > " + b"9" * 5_000 + b",Carta\n")

    assert import_sheets(root, root / "texts.csv") == 1
    assert "there is no text" in capsys.readouterr().err


def test_thousands_of_partners_are_imported_in_linear_time(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    rows = "".join(f"p-{number},Partner {number},Free food.,a@example.org\n" for number in range(4_000))
    make.write(root, "partners.csv", f"partner,name,summary,email\n{rows}")
    started = time.process_time()

    assert len(importing.plan_import(reading.read_workbook(root / "partners.csv"), root).changes) == 4_000
    assert time.process_time() - started < 15  # a linear search for each partner took 60 seconds


def test_a_short_postal_code_of_another_country_round_trips(tmp_path: Path) -> None:
    profile = make.PARTNER_YML + 'locations: [{key: main, address: {city: Reykjavík, postal_code: "101", country: IS}}]\n'
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile})
    export(root, root / "sheets")

    assert import_sheets(root, root / "sheets") == 0
    change_cells(root / "sheets", "locations", ",101,", ",102,")
    assert import_sheets(root, root / "sheets") == 1


def test_decomposed_letters_are_no_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = make.PARTNER_YML.replace("name: Food Bank", "name: Cafe\u0301 Sa\u0303o")
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": profile})
    out = tmp_path / "sheets"
    assert export(root, out)["partners"][0]["name"] == "Café São"
    change_cells(out, "partners", "Café", "Cafe\u0301")
    capsys.readouterr()

    assert import_sheets(root, out) == 0

    assert "0 partners changed" in capsys.readouterr().err
    assert (root / "content/partners/food-bank.yml").read_text() == profile


def test_a_workbook_beside_the_sheets_is_reported_instead_of_ignored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    export(root, tmp_path / "out")
    (tmp_path / "out/~$phones.xlsx").write_bytes(b"a lock of Excel")
    assert import_sheets(root, tmp_path / "out") == 0
    (tmp_path / "out/phones.xlsx").write_bytes(b"PK")

    assert import_sheets(root, tmp_path / "out") == 1
    assert "'phones.xlsx' is not a CSV file" in capsys.readouterr().err
