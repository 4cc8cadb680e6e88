"""The command line, as editors and CI use it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guidegen.cli import main
from guidegen.content.load import load
from tests import make

WRONG: dict[str, str | bytes] = {"content/partners/food-bank.yml": "name: A\nsummary: B: C\nemail: a@example.org\n"}


def test_a_good_guide_builds_with_exit_code_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    assert main(["build", "--root", str(root), "--out", str(tmp_path / "out")]) == 0

    assert (tmp_path / "out/en/index.html").is_file()
    assert "pages" in capsys.readouterr().err


def test_problems_are_printed_with_position_and_hint_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, WRONG)

    assert main(["check", "--root", str(root)]) == 1

    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("content/partners/food-bank.yml:2:11: there is a second colon")
    assert lines[1].startswith("    Put the whole text in quotes")
    assert lines[2:4] == ["       2 | summary: B: C", "         |           ^"]
    assert lines[-1] == "1 error"


def test_problems_are_annotations_for_github(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, WRONG)

    main(["check", "--root", str(root), "--format", "github"])

    assert (
        "::error file=content/partners/food-bank.yml,line=2,col=11::there is a second colon in this line%0APut"
        in capsys.readouterr().err
    )


def test_problems_are_json_for_tools(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, WRONG)

    main(["check", "--root", str(root), "--format", "json"])

    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["path"], problem["line"], problem["severity"]) == ("content/partners/food-bank.yml", 2, "error")


def test_check_warns_about_outdated_content_and_fails_if_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = (
        make.PARTNER_YML
        + "    hours: [{days: [mo], open: 9:00, close: 10:00, until: 2020-04-04}]\n    alert: {text: Moved, until: 2020-05-05}\n"
        + "verified: {date: 2020-01-01}\npartnership: {next_review: 2020-02-02, agreement: {type: mou, expires: 2020-03-03}}\n"
    )
    files: dict[str, str | bytes] = {
        "guide.yml": make.GUIDE_YML + "check_after_days: 180\n",
        "content/partners/food-bank.yml": old,
    }
    root = make.folder(tmp_path, files)

    assert main(["check", "--root", str(root)]) == 0
    printed = capsys.readouterr().err
    assert "the facts were last checked" in printed
    assert "the review was due on 2020-02-02" in printed
    assert "the agreement ended on 2020-03-03" in printed
    assert "all hours in this list ended on 2020-04-04" in printed
    assert "the notice ended on 2020-05-05" in printed
    assert main(["check", "--root", str(root), "--strict"]) == 1


def test_check_publishes_nothing(tmp_path: Path) -> None:
    root = make.folder(tmp_path)

    main(["check", "--root", str(root)])

    assert not (root / "site").exists()


@pytest.mark.parametrize("arguments", [[], ["biuld"], ["build", "--nothing"], ["new", "partner"]])
def test_wrong_usage_has_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)

    assert raised.value.code == 2


def test_a_folder_without_a_guide_is_reported_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(tmp_path)]) == 2

    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("kind", ["partner", "spotlight"])
def test_a_new_file_is_valid_and_never_overwritten(tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    assert main(["new", kind, "family-center", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    assert main(["new", kind, "family-center", "--root", str(root)]) == 2

    assert "already exists" in capsys.readouterr().err


def test_a_new_guide_builds(tmp_path: Path) -> None:
    assert main(["new", "guide", "my-town", "--root", str(tmp_path)]) == 0

    assert main(["build", "--root", str(tmp_path / "my-town")]) == 0
    assert (tmp_path / "my-town/site/es/services/english/index.html").is_file()


def test_a_name_that_does_not_fit_into_an_address_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    assert main(["new", "partner", "../Evil Name", "--root", str(root)]) == 2

    assert "lowercase letters" in capsys.readouterr().err


def test_a_new_partner_takes_the_name_of_a_kind_of_help_and_no_number_of_another_country(tmp_path: Path) -> None:
    types = ("{id: food, name: {en: Food, es: Comida}}", "{id: community-library, name: {en: Libraries, es: Bibliotecas}}")
    services = "types:\n" + "".join(f"  - {entry}\n" for entry in types)
    files = {"content/services.yml": services, "guide.yml": make.GUIDE_YML.replace("region: US", "region: NL")}
    root = make.folder(tmp_path, files)

    main(["new", "partner", "biblioteca", "--title", "Biblioteca", "--type", "bibliotecas", "--root", str(root)])

    text = (root / "content/partners/biblioteca.yml").read_text(encoding="utf-8")
    assert "types: [community-library]" in text
    assert "(555)" not in text
    assert "# phones:\n#   - {number: " in text


def test_a_new_partner_has_the_details_given_as_flags(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    flags = [
        "--title",
        "Yes: Food & Friends",
        "--summary",
        'A "warm" lunch, daily.',
        "--phone",
        "(555) 555-0123",
        "--type",
        "food",
    ]

    assert main(["new", "partner", "lunch", *flags, "--root", str(root)]) == 0

    (created,) = (partner for partner in load(root).guide.partners if partner.slug == "lunch")
    assert (created.name, created.summary.source) == ("Yes: Food & Friends", 'A "warm" lunch, daily.')
    assert (created.phones[0].number, created.services[0].types) == ("(555) 555-0123", ("food",))


def test_mistakes_in_details_of_a_new_partner_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    assert main(["new", "partner", "lunch", "--phone", "call me", "--root", str(root)]) == 1

    assert "lunch.yml:4:14: 'number' is 'call me', which is not a phone number" in capsys.readouterr().err


def test_an_existing_partner_with_a_similar_name_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)

    main(["new", "partner", "food-banks", "--root", str(root)])
    main(["new", "partner", "something-else", "--root", str(root)])

    assert capsys.readouterr().err.count("a similar one exists") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_new_asks_for_what_it_needs(tmp_path: Path) -> None:
    import pty

    root = make.folder(tmp_path)
    terminal, pty_slave = pty.openpty()
    command = [sys.executable, "-m", "guidegen", "new", "partner", "--root", str(root)]
    process = subprocess.Popen(command, stdin=pty_slave, stdout=pty_slave, stderr=pty_slave)
    os.write(terminal, "Café des Amis\n\nCoffee for everyone.\n(555) 555-0188\nfood\n".encode())

    assert process.wait(timeout=30) == 0
    os.close(pty_slave)

    printed = os.read(terminal, 100_000).decode()
    os.close(terminal)
    assert "What is the partner called?" in printed
    assert "[cafe-des-amis]" in printed
    assert "The kind of help (english, food)?" in printed
    (created,) = (partner for partner in load(root).guide.partners if partner.slug == "cafe-des-amis")
    details = (created.name, created.summary.source, created.phones[0].number)
    assert details == ("Café des Amis", "Coffee for everyone.", "(555) 555-0188")


def test_translations_are_accepted_by_name(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/food-bank.es.yml": "summary: Comida gratis.\n"})

    assert main(["translations", "accept", "food-bank.es", "--root", str(root)]) == 0

    assert "translated_from:\n  summary: " in (root / "content/partners/food-bank.es.yml").read_text(encoding="utf-8")
