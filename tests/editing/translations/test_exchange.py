"""Files for translators: what they hold, and how they come back."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidegen.cli import main
from guidegen.content.load import load
from tests import make

PARTNER = """\
name: Food Bank
summary: Free food for everyone. Call (555) 555-0114.
description: |
  ## What we have

  - rice and beans
  - [a list of dates](https://food.example.org/dates)

  Come early.
phones:
  - {number: "(555) 555-0114", note: Press 2 for Spanish}
services:
  - key: pantry
    types: [food]
    name: Pantry
    hours:
      - {days: [mo], open: "9:00", close: "12:00"}
      - {days: [tu], open: "9:00", close: "12:00", note: Bread only}
    documents: [A letter with your address, Your bag]
    who: {text: Everyone}
"""
SPANISH = """\
summary: Comida gratis para todos. Llame al (555) 555-0114.
translation: {by: machine, who: demo, date: 2026-10-01}
translated_from:
  summary: 00000000
"""
STORY = """\
---
title: A shared desk
summary: How two desks became one.
date: 2026-09-14
---
First paragraph with a [link](https://a.example.org/).

## A heading

Last paragraph.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make.folder(
        tmp_path,
        {
            "content/partners/food-bank.yml": PARTNER,
            "content/partners/food-bank.es.yml": SPANISH,
            "content/spotlights/desk.md": STORY,
        },
    )


def run(root: Path, *arguments: str) -> int:
    return main(["translations", *arguments, "--root", str(root)])


def export(root: Path, language: str = "es") -> polib.POFile:
    assert run(root, "export", language) == 0
    return polib.pofile(str(root / f"translations/{language}.po"))


def bring_back(root: Path, catalog: polib.POFile, language: str = "es", *flags: str) -> int:
    catalog.save(str(root / f"translations/{language}.po"))
    return run(root, "import", str(root / f"translations/{language}.po"), *flags)


def translate_all(catalog: polib.POFile) -> None:
    for entry in catalog:
        entry.msgstr = re.sub(r"\b(?!5|partner|https?|a\.|food)[A-Za-z]{4,}\b(?![^(]*\))", "palabra", entry.msgid)
        entry.flags = []


def read_states(root: Path, language: str = "es") -> dict[str, str]:
    partner = load(root).guide.partners[0]
    return {at: text.translations[language].state for at, text in partner.texts.items() if language in text.translations}


def test_a_catalog_has_context_notes_and_what_needs_work_first_to_do(root: Path) -> None:
    catalog = export(root)

    contexts = [entry.msgctxt for entry in catalog]
    assert contexts[0] == "content/partners/food-bank.yml > services > pantry > name"  # vital, and not translated
    stale = next(entry for entry in catalog if entry.msgctxt.endswith("> summary") and "food-bank" in entry.msgctxt)
    assert (stale.fuzzy, stale.msgstr) == (True, "Comida gratis para todos. Llame al (555) 555-0114.")
    assert "The source has changed" in stale.comment
    assert stale.occurrences == [("content/partners/food-bank.yml", "2")]
    assert "https://guide.example.org/en/partners/food-bank/" in stale.comment
    paragraphs = [entry.msgid for entry in catalog if "food-bank.yml > description" in entry.msgctxt]
    assert paragraphs == [
        "## What we have",
        "- rice and beans\n- [a list of dates](https://food.example.org/dates)",
        "Come early.",
    ]
    assert "content/partners/food-bank.yml > services > pantry > hours > 1 > note" in contexts
    assert "content/spotlights/desk.md > text > ¶2" in contexts


def test_everything_translated_comes_back_and_is_recorded(root: Path) -> None:
    catalog = export(root)
    translate_all(catalog)

    assert bring_back(root, catalog, "es", "--by", "human", "--who", "AF") == 0

    assert set(read_states(root).values()) == {"fresh"}
    written = (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")
    assert "by: human, who: AF" in written
    assert "Comida gratis" not in written
    story = (root / "content/spotlights/desk.es.md").read_text(encoding="utf-8")
    assert story.startswith("---\ntitle: A palabra palabra\n")
    assert "## A palabra" in story
    (spotlight,) = load(root).guide.spotlights
    assert spotlight.editions[1].state == "fresh"
    assert main(["check", "--root", str(root)]) == 0


@pytest.mark.parametrize("kind", ["po", "xliff"])
def test_a_round_trip_without_a_change_changes_nothing(kind: str, root: Path) -> None:
    before = (root / "content/partners/food-bank.es.yml").read_bytes()
    ending = {"po": "po", "xliff": "xlf"}[kind]

    assert run(root, "export", "es", "--as", kind) == 0
    exported = (root / f"translations/es.{ending}").read_bytes()
    assert run(root, "import", str(root / f"translations/es.{ending}")) == 0
    assert run(root, "export", "es", "--as", kind) == 0

    assert (root / "content/partners/food-bank.es.yml").read_bytes() == before
    assert (root / f"translations/es.{ending}").read_bytes() == exported
    assert not (root / "content/spotlights/desk.es.md").exists()


def test_xliff_comes_back_like_a_catalog(root: Path) -> None:
    assert run(root, "export", "es", "--as", "xliff") == 0
    file = root / "translations/es.xlf"
    text = file.read_text(encoding="utf-8")
    unit = re.search(r'<unit id="u\d+" name="[^"]+services &gt; pantry &gt; name">.*?</unit>', text, re.DOTALL)
    assert unit
    done = unit[0].replace('state="initial"', 'state="final"').replace("</source>", "</source><target>Despensa</target>")
    file.write_text(text.replace(unit[0], done), encoding="utf-8")

    assert run(root, "import", str(file)) == 0

    assert read_states(root)["services.pantry.name"] == "fresh"
    assert "name: Despensa" in (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")


def test_a_fuzzy_text_is_taken_as_stale(root: Path) -> None:
    catalog = export(root)
    entry = next(entry for entry in catalog if entry.msgctxt.endswith("pantry > name"))
    entry.msgstr, entry.flags = "Despensa", ["fuzzy"]

    assert bring_back(root, catalog) == 0

    assert read_states(root)["services.pantry.name"] == "stale"


def test_a_source_that_changed_since_the_export_makes_the_translation_stale(root: Path) -> None:
    catalog = export(root)
    entry = next(entry for entry in catalog if entry.msgctxt.endswith("pantry > who > text"))
    entry.msgstr = "Todos"
    profile = root / "content/partners/food-bank.yml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("Everyone}", "Everyone in town}"), encoding="utf-8")

    assert bring_back(root, catalog) == 0

    assert read_states(root)["services.pantry.who.text"] == "stale"


def test_a_text_of_which_a_paragraph_is_missing_waits_and_is_not_lost(root: Path) -> None:
    catalog = export(root)
    paragraph = next(entry for entry in catalog if entry.msgctxt == "content/partners/food-bank.yml > description > ¶3")
    paragraph.msgstr = "Venga temprano."
    assert bring_back(root, catalog) == 0
    assert "Venga" not in (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")

    again = export(root)

    kept = next(entry for entry in again if entry.msgctxt == "content/partners/food-bank.yml > description > ¶3")
    assert kept.msgstr == "Venga temprano."


@pytest.mark.parametrize(
    ("context", "text", "message"),
    [
        ("food-bank.yml > summary", "Llame al (555) 555-0141.", "has the phone number (555) 555-0141"),
        ("description > ¶1", "Lo que tenemos", "has no heading, but its source has 1 heading"),
        ("description > ¶2", "- arroz\n- una lista de fechas", "has lost the link to https://food.example.org/dates"),
        ("description > ¶2", "- arroz\n- [una lista](https://other.example.org/)", "has a link that its source does not have"),
        ("description > ¶3", "Venga <b>temprano</b>.", "cannot be used"),
        ("pantry > who > text", "a" * 1001, "cannot be used: 'text' is 1001 characters long"),
        ("pantry > documents > 0", "Una\u202e carta", "(U+202E)"),
    ],
)
def test_what_breaks_a_text_is_refused_by_name_and_the_rest_is_taken(
    context: str, text: str, message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = export(root)
    translate_all(catalog)
    entry = next(entry for entry in catalog if entry.msgctxt.endswith(context) and entry.msgctxt.startswith("content/partners"))
    entry.msgstr = text

    assert bring_back(root, catalog) == 1

    assert message in capsys.readouterr().err
    assert text not in (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")
    assert read_states(root)["services.pantry.name"] == "fresh"
    assert main(["check", "--root", str(root)]) == 0


def test_a_missing_or_doubled_paragraph_never_cuts_a_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = export(root)
    translate_all(catalog)
    assert bring_back(root, catalog) == 0
    before = (root / "content/partners/food-bank.es.yml").read_bytes()
    again = export(root)
    (middle,) = (entry for entry in again if entry.msgctxt == "content/partners/food-bank.yml > description > ¶2")
    (first,) = (entry for entry in again if entry.msgctxt == "content/partners/food-bank.yml > description > ¶1")
    again.remove(middle)
    first.msgstr += " más"

    assert bring_back(root, again) == 1

    assert "is not whole: a paragraph is missing" in capsys.readouterr().err
    assert (root / "content/partners/food-bank.es.yml").read_bytes() == before


def test_a_correction_after_the_export_survives_the_import_of_an_untouched_file(root: Path) -> None:
    catalog = export(root)
    translate_all(catalog)
    assert bring_back(root, catalog) == 0
    untouched = export(root)
    file = root / "content/partners/food-bank.es.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("services:", "plain_name: X\nservices:").replace("plain_name: X\n", "")
    )
    corrected = file.read_text(encoding="utf-8").replace("palabra palabra palabra", "corregido", 1)
    file.write_text(corrected, encoding="utf-8")

    assert bring_back(root, untouched) == 0

    assert file.read_text(encoding="utf-8") == corrected


def test_work_that_nobody_imported_survives_another_export(root: Path) -> None:
    catalog = export(root)
    stale = next(entry for entry in catalog if entry.msgctxt == "content/partners/food-bank.yml > summary")
    stale.msgstr = "Trabajo nuevo (555) 555-0114"
    catalog.save(str(root / "translations/es.po"))

    again = export(root)

    assert next(entry for entry in again if entry.msgctxt == stale.msgctxt).msgstr == "Trabajo nuevo (555) 555-0114"


def test_a_text_that_is_gone_is_a_warning(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalog = export(root)
    catalog.append(polib.POEntry(msgctxt="content/partners/gone.yml > summary", msgid="Gone", msgstr="Ya no"))

    assert bring_back(root, catalog) == 0

    assert "the guide has no text “content/partners/gone.yml > summary”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("es.po", b'msgid "a\nmsgstr', "is not a whole .po file"),
        ("es.po", b"\xff\xfe\x00", "is not in UTF-8"),
        ("es.txt", b"", "is neither a .po nor an .xlf file"),
        ("es.xlf", b"<xliff>", "is not a whole XML file"),
        ("es.xlf", b'<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "has a DOCTYPE"),
        ("es.xlf", b"<xliff version='1.2'/>", "is not XLIFF 2"),
        ("nl.po", b'msgid ""\nmsgstr "Language: nl\\n"\n', "no translations into 'nl'"),
        ("es.po", b'msgid "a"\nmsgstr "b"\n', "does not say its language"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    name: str, content: bytes, message: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make.write(root, name, content)

    assert run(root, "import", str(root / name)) == 2

    assert message in capsys.readouterr().err


def test_nothing_is_written_in_a_dry_run(root: Path) -> None:
    catalog = export(root)
    translate_all(catalog)
    before = {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()}

    assert bring_back(root, catalog, "es", "--dry-run") == 0

    assert {file: file.read_bytes() for file in (root / "content").rglob("*") if file.is_file()} == before


def test_the_status_counts_states_and_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "status", "es") == 0

    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split()[:5] == ["language", "fresh", "stale", "unrecorded", "missing"]
    assert row.split()[:5] == ["es", "0", "1", "0", "10"]


def test_the_tools_of_translators_accept_the_files(root: Path) -> None:
    export(root)
    file = str(root / "translations/es.po")
    if shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", file], check=True, capture_output=True)
    convert = pytest.importorskip("translate.convert.po2csv")
    assert convert is not None
    factory = pytest.importorskip("translate.storage.factory")
    store = factory.getobject(file)
    assert len([unit for unit in store.units if unit.istranslatable()]) == len(polib.pofile(file))
    assert run(root, "export", "es", "--as", "xliff") == 0


@settings(
    max_examples=200 if os.environ.get("NIGHTLY") else 15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_edit_of_any_entry_is_refused_or_harmless(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = make.folder(
        tmp_path_factory.mktemp("guide"), {"content/partners/food-bank.yml": PARTNER, "content/spotlights/desk.md": STORY}
    )
    catalog = export(folder)
    translate_all(catalog)
    entry = data.draw(st.sampled_from(list(catalog)))
    entry.msgstr = data.draw(
        st.text(alphabet=st.sampled_from("a5-#[](){}<>:|*_`~\n\t\"'\\&;%é中\u202e\x07"), max_size=60)
        | st.just(entry.msgid.replace("5", "6"))
        | st.just(entry.msgid * 40)
    )

    exit_code = bring_back(folder, catalog)

    assert exit_code in (0, 1)
    assert main(["check", "--root", str(folder)]) == 0
    states = read_states(folder)
    assert export(folder) is not None
    assert bring_back(folder, polib.pofile(str(folder / "translations/es.po"))) in (0, 1)
    assert read_states(folder) == states
