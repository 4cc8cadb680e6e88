"""A language is added by one command, and a guide needs no English."""

import html
import re
from pathlib import Path

import pytest

from guidegen.cli import main
from guidegen.content.catalogs import load_catalog
from guidegen.content.load import load
from guidegen.content.yaml.parser import compose
from guidegen.editing.starter import service_texts
from tests import ROOT, make

TWENTY = [
    "en",
    "es",
    "zh-Hans",
    "zh-Hant",
    "ar",
    "vi",
    "ht",
    "fa",
    "uk",
    "so",
    "my",
    "fr",
    "pt",
    "ru",
    "ko",
    "tl",
    "am",
    "sw",
    "hi",
    "ps",
]
PROFILE = """\
name: Xarunta Qoyska
phones: [{number: "(507) 555-0114"}]
languages: [{code: so, how: staff}]
services:
  - key: food
    types: [food]
    name: Raashin
    hours:
      - {monthly: [1mo, 3we], open: "9:00", close: "12:00"}
      - {closed_on: [thanksgiving]}
    cost: {free: yes}
    asks: {photo_id: no}
"""


def add(root: Path, name: str) -> int:
    return main(["new", "language", name, "--root", str(root)])


def test_a_ninth_language_of_the_sample_guide_takes_one_command(tmp_path: Path) -> None:
    services = (ROOT / "content/services.yml").read_text(encoding="utf-8")
    guide = (ROOT / "guide.yml").read_text(encoding="utf-8")
    root = make.folder(tmp_path, {"content/services.yml": services, "guide.yml": guide})

    assert add(root, "Somali") == 0

    loaded = load(root).guide
    assert loaded.settings.languages[-1] == "so"
    for service_type in loaded.service_types:
        assert "so" in service_type.name.translations
        assert not service_type.notice or "so" in service_type.notice.translations
        assert all("so" in urgent.name.translations for urgent in service_type.urgent)
    assert all("so" in answer.text.translations for answer in loaded.answers)
    without_somali = [
        line for line in (root / "content/services.yml").read_text(encoding="utf-8").splitlines() if " so: " not in line
    ]
    assert without_somali == services.splitlines()
    assert main(["check", "--root", str(root)]) == 0


def test_texts_that_a_guide_changed_are_left_alone(tmp_path: Path) -> None:
    root = make.folder(
        tmp_path, {"content/services.yml": "types:\n  - {id: food, name: {en: Our own words, es: Comida nuestra}}\n"}
    )

    assert add(root, "fr") == 0

    assert "fr" not in load(root).guide.service_types[0].name.translations


@pytest.mark.parametrize("name", ["esperando", "en", "es", "../x"])
def test_what_is_no_new_language_changes_nothing(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}

    assert add(root, name) == 2

    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before
    assert "guidegen: " in capsys.readouterr().err


@pytest.mark.parametrize("tag", TWENTY)
def test_all_twenty_languages_have_names_notices_and_words(tag: str) -> None:
    text = (ROOT / "content/services.yml").read_text(encoding="utf-8")

    added, _, missing = service_texts.add_texts(text, tag)

    assert missing == 0
    assert compose(added, make.partner().source)[1] == []
    assert len(load_catalog(ROOT, tag).messages) == len(load_catalog(ROOT, "en").messages)


def test_a_guide_in_somali_burmese_and_french_has_no_english_message(tmp_path: Path) -> None:
    arguments = [
        "--title",
        "Hagaha",
        "--languages",
        "so, my, fr",
        "--country",
        "US",
        "--state",
        "MN",
        "--contact-email",
        "a@example.org",
    ]
    more = ["--contact-name", "Hay", "--time-zone", "America/Chicago", "--towns", "Mankato", "--host", "none", "--no-git"]
    assert main(["new", "guide", "hage", "--root", str(tmp_path), *arguments, *more]) == 0
    root = tmp_path / "hage"
    for file in (root / "content/partners").glob("*.yml"):
        file.unlink()
    make.write(root, "content/partners/xarun.yml", PROFILE)
    assert main(["build", "--root", str(root), "--out", str(tmp_path / "site")]) == 0

    english = {forms[0] for forms in load_catalog(ROOT, "en").messages.values()}
    found = set()
    for tag in ("so", "my", "fr"):
        own = {form for forms in load_catalog(ROOT, tag).messages.values() for form in forms}
        for page in (tmp_path / "site" / tag).rglob("*.html"):
            texts = re.findall(r'(?:>|aria-label="|placeholder="|title=")([^<>"]+)', page.read_text(encoding="utf-8"))
            found |= {(tag, text) for text in map(str.strip, map(html.unescape, texts)) if text in english and text not in own}
    assert found == set()
