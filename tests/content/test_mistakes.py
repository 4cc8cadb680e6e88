"""A content folder with every kind of mistake that editors make: each gets one message in its line, all in one run."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.model.problems import Problem, Severity
from tests import make

HEAD = "name: A\nsummary: B\nemail: a@example.org\n"
SERVICE = HEAD + "services:\n  - key: a\n    types: [food]\n    name: A\n"
HOURS = SERVICE + "    hours:\n"

# file name in content/partners -> content, line of the mistake, part of the message, part of the hint
MISTAKES: dict[str, tuple[str | bytes, int, str, str]] = {
    "wrong-indent.yml": ("name: A\n  summary: B\nemail: a@example.org\n", 2, "indented further", "same column"),
    "tab.yml": ("name: A\nsummary: B\nphones:\n\t- number: 5\n", 4, "tab", "spaces"),
    "unquoted-colon.yml": ("name: A\nsummary: Open: every day\nemail: a@example.org\n", 2, "second colon", "quotes"),
    "duplicate-key.yml": (HEAD + "name: Again\n", 4, "'name' is given twice", "line 1"),
    "unknown-key.yml": (HEAD + "telefone: 1\n", 4, "'telefone' is not a key of a partner", ""),
    "misspelt-key.yml": (HEAD + "websit: https://example.org\n", 4, "'websit' is not a key", "website"),
    "bad-phone.yml": (HEAD + "phones:\n  - {number: call us}\n", 5, "'call us', which is not a phone number", "555"),
    "impossible-date.yml": (HEAD + "verified: {date: 2026-02-30}\n", 4, "a day that does not exist", "month"),
    "date-order.yml": (HEAD + "verified: {date: 30/10/2026}\n", 4, "not a date", "2026-10-30"),
    "closes-first.yml": (HOURS + '      - {days: [mo], open: "09:00", close: "05:00"}\n', 9, "before it opens", "17:00"),
    "unknown-type.yml": (SERVICE.replace("[food]", "[foood]"), 6, "'foood' is not a service type", "food"),
    "dangling-partner.yml": (HEAD + "partnership: {refers: {to: [food-bnk]}}\n", 4, "'food-bnk' is not a partner", "food-bank"),
    "wrong-language.yml": (HEAD + "languages: [{code: Spanish}]\n", 4, "'Spanish' is not the code", "Did you mean:  es"),
    "norway.yml": (HEAD + "languages: [{code: NO}]\n", 4, "'NO' is not the code", "Did you mean:  no"),
    "nameless.yml": ("summary: B\nemail: a@example.org\n", 1, "a partner has no 'name'", "name: Riverbend"),
    "no-contact.yml": ("name: A\nsummary: B\n", 1, "no phone", "phones"),
    "latin-1.yml": ("name: A\nsummary: Caf\u00e9\n".encode("latin-1"), 2, "not valid UTF-8", "save it again"),
    "bidi-override.yml": ("name: A\nsummary: B\u202eC\nemail: a@example.org\n", 2, "U+202E", "Delete it"),
    "escaped-override.yml": ('name: A\nsummary: "B\\u202eC"\nemail: a@example.org\n', 2, "U+202E", "escape"),
    "not-yes-or-no.yml": (SERVICE + "    asks: {photo_id: NEIN}\n", 8, "neither yes nor no", "Did you mean:  no"),
    "time-as-number.yml": (HOURS + '      - {days: [mo], open: 930, close: "17:00"}\n', 9, "'930', which is not a time", "09:30"),
    "anchor.yml": (HEAD + "description: &x text\n", 4, "'&x' names a value", "quotes"),
    "alias.yml": (HEAD + "description: *x\n", 4, "'*x' refers to another value", "quotes"),
    "merge-bomb.yml": (
        "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: [*a, *a]}}\n" for n in range(30)),
        1,
        "'&a' names a value",
        "Anchors",
    ),
    "tag.yml": (HEAD + "description: !!python/object:os.system x\n", 4, "is a tag", "quotes"),
    "brackets.yml": ("name: " + "[" * 30_000, 1, "more than 16 levels", "brackets"),
    "second-document.yml": (HEAD + "---\nname: B\n", 4, "second document", "---"),
    "open-quote.yml": ('name: "A\nsummary: B\n', 1, "never closed", "closing quote"),
    "open-bracket.yml": (HEAD + "also_known_as: [A, B\nstatus: active\n", 4, "not closed", "]"),
    "at-sign.yml": ("name: @a\n", 1, "cannot begin with '@'", "quotes"),
    "no-space.yml": ("name:A\nsummary: B\nemail: a@example.org\n", 1, "no space after the colon", "space"),
    "not-a-list.yml": (HEAD + "also_known_as: RAS\n", 4, "needs a list", "[RAS]"),
    "bad-url.yml": (HEAD + "website: www.example.org\n", 4, "not a web address", "https://www.example.org"),
    "script-url.yml": (HEAD + "website: javascript:alert(1)\n", 4, "not a web address", "https"),
    "bad-email.yml": ("name: A\nsummary: B\nemail: a at example.org\n", 3, "not an e-mail address", "a@example.org"),
    "unknown-choice.yml": (HEAD + "status: open\n", 4, "'open', which is not an allowed value", "active"),
    "price-without-currency.yml": (SERVICE + "    cost: {amount: 25}\n", 8, "no currency", "USD"),
    "free-and-priced.yml": (SERVICE + "    cost: {free: yes, amount: 25, currency: USD}\n", 8, "free but also has a price", "note"),
    "comma-in-braces.yml": (SERVICE + "    who: {text: Adults, of any age}\n", 8, "'of any age' is not a key", "quotes"),
    "swapped-position.yml": (HEAD + "locations: [{key: a, position: [-102.3, 42.1]}]\n", 4, "not a latitude", "[42.1, -102.3]"),
    "unknown-place.yml": (SERVICE + "    at: [mian]\n", 8, "not the key of one of this partner's locations", ""),
    "listed-twice.yml": (SERVICE + "  - {key: a, types: [food], name: B}\n", 8, "lists a twice", "line 5"),
    "link-in-text.yml": (HEAD + "description: |\n  See [this](javascript:x).\n", 5, "'javascript:x' cannot be used", "https"),
    "html-in-text.yml": (HEAD + "description: |\n  Hello\n  <script>x</script>\n", 6, "there is HTML in the text", "Markdown"),
    "missing-logo.yml": (HEAD + "logo: images/none.png\n", 4, "there is no picture 'images/none.png'", ""),
    "backwards.yml": (HOURS + '      - {days: [mo], open: "09:00", close: "10:00", from: 2026-09-01, until: 2025-09-01}\n', 9, "before 'from'", "year"),
    "too-many-free.yml": (SERVICE + "    seats: {open: 5, of: 3}\n", 8, "5 open places, but only 3 places in all", "both"),
    "ages.yml": (SERVICE + "    who: {ages: [65, 18]}\n", 8, "the youngest age (65) is above the oldest (18)", "[18, 65]"),
    "walk-in.yml": (SERVICE + "    appointment: required\n    apply: {walk_in: yes}\n", 9, "says both 'walk_in: yes' and 'appointment: required'", "optional"),
    "self-referral.yml": (HEAD + "partnership: {refers: {to: [self-referral]}}\n", 4, "refers to itself", "Remove"),
    "empty.yml": ("", 1, "the file is empty", "delete it"),
    "only-text.yml": ("just some words\n", 1, "a partner should have keys with values", "name:"),
    "too-large.yml": ("name: " + "x" * 300_000, 1, "larger than 256 KiB", "Shorten"),
    "too-many.yml": ("name: A\nsocial: [" + "1," * 20_001 + "]\n", 2, "more than 20,000 values", ""),
    "Capital.yml": (HEAD, 1, "cannot be used in a web address", "capital.yml"),
    "con.yml": (HEAD, 1, "Windows", "con-office.yml"),
    "profile.yaml": (HEAD, 1, "does not end in .yml", "yml"),
    "swallowed-key.yml": ("name: A\nsummary: B\ndescription: |\n  Text.\n  website: https://example.org\nemail: a@example.org\n", 5, "'website' has become part", "left"),
    "cut-phone.yml": (HEAD + 'phones:\n  - {number: "555-01"}\n', 5, "'555-01', which is not a phone number", "has 5 digits"),
    "no-dash-first.yml": (HEAD + "services:\n    key: a\n    types: [food]\n    name: A\n  - key: b\n    types: [food]\n    name: B\n", 5, "no dash", "dash"),
    "no-dash-second.yml": (SERVICE + "    key: b\n    types: [food]\n    name: B\n", 8, "'key' is given twice", "hyphen"),
    "food-bank.fr.yml": ("summary: B\n", 1, "'fr', which is not one of this guide's languages", "guide.yml"),
    "no-such.es.yml": ("summary: B\n", 1, "there is no no-such.yml", "Rename"),
    "food-bank.es.yml": ("services: [{key: kitchen, name: Cocina}]\n", 1, "'services.kitchen' is translated here", "Remove"),
    "food-bank.ar.yml": ("summary: مجانا\nemail: a@example.org\n", 2, "'email' is not translated", "Remove it"),
}  # fmt: skip


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> list[Problem]:
    root = make.folder(tmp_path_factory.mktemp("guide"), {f"content/partners/{name}": row[0] for name, row in MISTAKES.items()})
    _, problems = pipeline.load_checked_guide(root)
    return [problem for problem in problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_one_message_in_its_own_line(name: str, problems: list[Problem]) -> None:
    _, line, message, hint = MISTAKES[name]

    own = [problem for problem in problems if problem.path.name == name]

    assert [(problem.line, problem.message) for problem in own] == [(line, own[0].message)] if own else own
    assert len(own) == 1
    assert message in own[0].message
    assert hint in own[0].hint
    assert len(own[0].message) < 250


def test_all_mistakes_are_told_in_one_run_and_nothing_else_is(problems: list[Problem]) -> None:
    assert {problem.path.name for problem in problems} == set(MISTAKES)
    assert len(problems) == len(MISTAKES)


def test_the_old_site_stays_when_the_content_has_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root)]) == 0
    before = {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    make.folder(root, {f"content/partners/{name}": row[0] for name, row in MISTAKES.items()})

    code = main(["build", "--root", str(root)])

    assert code == 1
    assert {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()} == before
    output = capsys.readouterr().err
    assert "Traceback" not in output
    assert f"{len(MISTAKES)} errors; nothing was published" in output
