"""Source hashes are written into translation files, and nothing else is changed."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.content.articles import compute_article_hash
from guidegen.editing.translations.accepting import accept
from guidegen.model.problems import GuidegenError
from guidegen.model.translatable import text_hash
from tests import make

STORY = "---\ntitle: T\ndate: 2026-01-01\n---\nText.\n"
FREE, PANTRY = text_hash("Free food for everyone."), text_hash("Pantry")
FILES: dict[str, str | bytes] = {
    "content/partners/food-bank.es.yml": "# By Ana.\nsummary: Gratis\nservices: [{key: pantry, name: Despensa}]\n",
    "content/partners/food-bank.ar.yml": "translated_from:\n  summary: 00000000\n\nsummary: مجانا\n\n\n",
    "content/partners/library.yml": make.PARTNER_YML.replace("555-0114", "555-0115"),
    "content/partners/library.es.yml": "phones: [{number: '(555) 555-0115', note: A}]\nservices: [{key: pantry, name: B}]\n",
    "content/spotlights/a.md": STORY,
    "content/spotlights/a.es.md": "---\ntitle: Hola\ntranslated_from: 00000000\n---\nCuerpo.\r\n---\r\n",
}  # fmt: skip


SOUND = {name: text for name, text in FILES.items() if "library" not in name}


def accept_files(root: Path, *names: str) -> tuple[int, dict[str, str]]:
    """Return the number of written files, and the texts of the changed ones by name."""
    make.folder(root, FILES)
    guide, _ = pipeline.load_checked_guide(root)
    count = accept(root, guide, names)
    current = {path.name: path.read_bytes().decode() for path in (root / "content").rglob("*.*")}
    before = {name.rpartition("/")[2]: str(text) for name, text in FILES.items()}
    return count, {name: text for name, text in current.items() if name in before and text != before[name]}


def test_hashes_are_written_at_the_end_of_a_file_or_of_its_front_matter(tmp_path: Path) -> None:
    count, changed = accept_files(tmp_path)

    article = compute_article_hash(pipeline.load_checked_guide(tmp_path)[0].spotlights[0].editions[0])
    assert count == 4
    assert changed == {
        "food-bank.es.yml": f"{FILES['content/partners/food-bank.es.yml']!s}translated_from:\n  summary: {FREE}\n  services.pantry.name: {PANTRY}\n",
        "food-bank.ar.yml": f"\nsummary: مجانا\ntranslated_from:\n  summary: {FREE}\n",
        "library.es.yml": f"{FILES['content/partners/library.es.yml']!s}translated_from:\n  services.pantry.name: {PANTRY}\n",
        "a.es.md": f"---\ntitle: Hola\ntranslated_from: {article}\n---\nCuerpo.\n---\n",
    }  # fmt: skip


def test_leftovers_of_a_killed_command_are_removed(tmp_path: Path) -> None:
    leftovers = [tmp_path / f"content/{folder}/.a.es.yml.4199015.guidegen-new" for folder in ("partners", "spotlights")]
    for file in leftovers:
        make.write(tmp_path, str(file.relative_to(tmp_path)), "half")

    accept_files(tmp_path)

    assert not any(file.exists() for file in leftovers)


@pytest.mark.parametrize("name", ["food-bank.es", "food-bank.es.yml", "a.es", "a.es.md", "library.es"])
def test_only_the_named_files_are_written(tmp_path: Path, name: str) -> None:
    count, changed = accept_files(tmp_path, name)

    assert count == 1
    assert [changed_name.rpartition(".")[0] for changed_name in changed] == [name.removesuffix(".yml").removesuffix(".md")]


@pytest.mark.parametrize("name", ["food-bnk.es", "library.ar", "es"])
def test_a_name_without_a_file_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(GuidegenError, match=f"no translation called {name}; write the file name, such as  food-bank.es"):
        accept_files(tmp_path, "food-bank.es", name)

    assert (tmp_path / "content/partners/food-bank.es.yml").read_text(encoding="utf-8") == FILES[
        "content/partners/food-bank.es.yml"
    ]


def test_an_article_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    guide, _ = pipeline.load_checked_guide(make.folder(tmp_path, FILES))
    make.write(tmp_path, "content/spotlights/a.es.md", "Cuerpo.\n")

    with pytest.raises(GuidegenError, match=r"cannot add 'translated_from' to .*a\.es\.md"):
        accept(tmp_path, guide, ("a.es",))


def test_a_path_with_special_characters_is_quoted(tmp_path: Path) -> None:
    phone = make.PARTNER_YML.replace('"(555) 555-0114"', '"(555) 555-0114", note: Call Ana')
    spanish = 'phones: [{number: "(555) 555-0114", note: Llame a Ana}]\n'
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": phone, "content/partners/food-bank.es.yml": spanish})

    assert accept(root, pipeline.load_checked_guide(root)[0]) == 1

    written = (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")
    assert written == f'{spanish}translated_from:\n  "phones.(555) 555-0114.note": {text_hash("Call Ana")}\n'
    partner = pipeline.load_checked_guide(root)[0].partners[0]
    assert partner.phones[0].note.translations["es"].state == "fresh"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("partners/food-bank.es.yml", "{summary: Gratis}"),
        ("partners/food-bank.es.yml", "summary: Gratis\n..."),
        ("spotlights/a.es.md", "---\n{title: Hola}\n---\nCuerpo.\n"),
    ],
)
def test_a_file_without_a_place_for_hashes_is_named_and_left_alone(tmp_path: Path, name: str, text: str) -> None:
    root = make.folder(tmp_path, {f"content/{name}": text, "content/spotlights/a.md": STORY})

    with pytest.raises(GuidegenError, match="write each key at the start of a line of its own") as error:
        accept(root, pipeline.load_checked_guide(root)[0])

    assert name in str(error.value)
    assert (root / "content" / name).read_text(encoding="utf-8") == text


def test_the_hash_does_not_depend_on_unicode_composition(tmp_path: Path) -> None:
    front = "---\ntitle: {}\ndate: 2026-01-01\n---\n{}.\n"
    decomposed = front.format("e\u0301", "e\u0301")
    make.folder(tmp_path, {"content/spotlights/a.md": decomposed, "content/spotlights/a.es.md": "---\ntitle: T\n---\nC.\n"})
    guide, _ = pipeline.load_checked_guide(tmp_path)
    accept(tmp_path, guide, ("a.es",))

    (tmp_path / "content/spotlights/a.md").write_text(front.format("é", "é"), "utf-8")

    assert [edition.state for edition in pipeline.load_checked_guide(tmp_path)[0].spotlights[0].editions] == ["source", "fresh"]


@pytest.mark.parametrize(
    ("marked", "recorded"),
    [
        ("translation: {by: human, matches: yes}\n", "translation: {by: human}\n"),
        ("translation: {matches: yes, by: human, who: AF}\n", "translation: { by: human, who: AF}\n"),
        ("translation:\n  by: reviewed\n  matches: yes   # a note\n  who: AF\n", "translation:\n  by: reviewed\n  who: AF\n"),
    ],
)
def test_a_mark_is_replaced_by_a_record_and_other_files_stay(tmp_path: Path, marked: str, recorded: str) -> None:
    es, article = "content/partners/food-bank.es.yml", "content/spotlights/a.es.md"
    root = make.folder(
        tmp_path, {**SOUND, es: f"{marked}summary: Comida\n", article: f"---\ntitle: Hola\n{marked}---\nCuerpo.\n"}
    )

    assert main(["translations", "accept", "--marked", "--root", str(root)]) == 0

    assert (root / es).read_text() == f"{recorded}summary: Comida\ntranslated_from:\n  summary: {FREE}\n"
    assert f"title: Hola\n{recorded}translated_from: " in (root / article).read_text()
    assert (root / "content/partners/food-bank.ar.yml").read_bytes() == str(FILES["content/partners/food-bank.ar.yml"]).encode()
    assert main(["check", "--root", str(root)]) == 0


def test_without_a_mark_nothing_is_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, SOUND)

    assert main(["translations", "accept", "--marked", "--root", str(root)]) == 0

    assert "recorded that 0 translation files" in capsys.readouterr().err


def test_an_empty_line_in_the_record_leaves_no_key_behind(tmp_path: Path) -> None:
    text = (
        "summary: Gratis\ntranslation:\n  by: human\ntranslated_from:\n  summary: 00000000\n\n  services.pantry.name: 11111111\n"
        "services: [{key: pantry, name: Despensa}]\n"
    )
    root = make.folder(tmp_path, {"content/partners/food-bank.es.yml": text})

    assert main(["translations", "accept", "--root", str(root)]) == 0

    assert "00000000" not in (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")
    assert main(["check", "--root", str(root)]) == 0
