"""The catalogs of the interface are complete in every language of the sample guide, and unsafe ones are rejected."""

import re
import runpy
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.content import catalogs
from guidegen.content.catalogs import load_catalog
from guidegen.model.problems import GuidegenError
from tests import ROOT, make

pytestmark = pytest.mark.slow

LANGUAGES = ("en", "es", "zh-Hans", "ar", "vi", "ht", "fa", "uk", "de", "fr")
INVISIBLE = re.compile("[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def collect_messages() -> dict[str, int]:
    """Return every message of the code and the templates, with the number of its forms in English."""
    collected = runpy.run_path(str(ROOT / "scripts" / "update_catalogs.py"))["collect_messages"]()
    return {(m.id if isinstance(m.id, str) else m.id[0]): (1 if isinstance(m.id, str) else 2) for m in collected if m.id}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_message_is_translated_with_its_placeholders(tag: str) -> None:
    messages = load_catalog(ROOT, tag).messages

    for message in collect_messages():
        forms = messages.get(message, ())
        assert forms, f"{tag} lacks: {message}"
        assert all(forms)
        for form in forms:
            assert INVISIBLE.search(form) is None, message
            if len(forms) == 1:
                assert sorted(re.findall(r"\{\w+\}", form)) == sorted(re.findall(r"\{\w+\}", message)), message


def test_catalogs_have_no_unused_messages() -> None:
    messages = set(collect_messages())

    for tag in LANGUAGES:
        assert set(load_catalog(ROOT, tag).messages) - messages == set()


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 11, 21, 100, 101])
def test_every_number_has_its_plural_form(tag: str, number: int) -> None:
    read = load_catalog(ROOT, tag)

    assert read.plural(number) < len(read.messages["{number} organization"])


def test_a_language_without_a_catalog_gets_a_warning_at_its_position(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[en, es, ar, nl]")})

    _, problems = pipeline.load_checked_guide(root)

    (problem,) = (problem for problem in problems if problem.code == "no-catalog")
    assert (str(problem.path), problem.line, problem.column) == ("guide.yml", 3, 25)
    assert "'nl'" in problem.message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("utf-8", "utf-9", "utf-9"),
        ("(n != 1)", "(n % 0)", "by zero"),
        ("{number} organizaciones", "{nmuber} organizaciones", "{nmuber}"),
    ],
)
def test_a_catalog_that_cannot_be_used_is_named(old: str, new: str, message: str, tmp_path: Path) -> None:
    good = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "{number} organization"\nmsgid_plural "{number} organizations"\n'
        'msgstr[0] "{number} organización"\nmsgstr[1] "{number} organizaciones"\n'
    )
    make.write(tmp_path, "locales/es.po", good)
    assert load_catalog(tmp_path, "es").plural(2) == 1
    make.write(tmp_path, "locales/es.po", good.replace(old, new))

    with pytest.raises(GuidegenError, match=r"es\.po.*" + re.escape(message)):
        load_catalog(tmp_path, "es")


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("<script>alert(1)</script> {date}", "'<'"),
        ("<b>{date}</b>", "'<'"),
        ("{date} https://evil.example.org", "'https:'"),
        ("{date} www.evil.example.org", "'www.'"),
        ("{date} help@evil.example.org", "help@e"),
        ("{date} +1 (900) 555-0100", "'+1 '"),
        ("{date} 1-900-555-0100", "'1-900-555-0100'"),
        ("{date.__class__}", "has {date.__class__}, which is not in the English text"),
        ("{date!r}", "has {date!r}, which is not in the English text"),
        ("{date:>1000000}", "has {date:>1000000}, which is not in the English text"),
        ("{0} {date}", "has {0}, which is not in the English text"),
        ("{{date}} {date}", "a brace"),
        ("{date} {", "a brace"),
        ("} {date}", "a brace"),
        ("Guardado", "must contain {date}"),
        (" ", "is blank"),
        ("{date} ５５５-５５５５", "555-5555"),
        ("{date} 911", "911"),
        ("{date} ftp://x", "ftp:"),
        ("{date} evil.com", "evil.com"),
        ("{date} \u202egnp", "U+202E"),
        ("{date} \u200b", "U+200B"),
        ("{date} " + "a" * 300, "the limit is"),
        ("{date} a" + "\u0301" * 9, "a pile of"),
    ],
)
def test_a_translation_that_would_harm_pages_is_refused_in_its_line(words: str, message: str, tmp_path: Path) -> None:
    text = HEAD + f'msgid "Saved on {{date}}."\nmsgstr "{words}"\n'
    make.write(tmp_path, "locales/es.po", text)

    with pytest.raises(GuidegenError, match=r"es\.po cannot be used: line \d+: ") as refused:
        load_catalog(tmp_path, "es")

    assert message.split(" '+1")[0].strip("'") in str(refused.value)


FOLDED = HEAD.replace('"Plural', '"POT-Creation-Date: 2026-11-23\\n"\n" and more\\n"\n"Plural')
"""A date on two lines, for which Babel raises another error."""


@pytest.mark.parametrize(
    "head",
    [
        FOLDED,
        HEAD.replace("nplurals=2", "nplurals=1000000000"),
        HEAD.replace("utf-8", "latin-1"),
        HEAD.replace("(n != 1)", "(" * 900 + "n"),
        HEAD.replace("(n != 1)", "n.__class__"),
    ],
)
def test_a_head_that_would_harm_is_refused(head: str, tmp_path: Path) -> None:
    make.write(tmp_path, "locales/es.po", head + 'msgid "Search"\nmsgstr "Buscar"\n')

    with pytest.raises(GuidegenError, match=r"es\.po cannot be read"):
        load_catalog(tmp_path, "es")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"a" * 300_000, b"msgid \x00", HEAD.encode() + b'msgid "a"\nmsgstr "\xe9"\n'])
def test_bytes_that_are_no_catalog_are_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales/es.po").write_bytes(raw)

    with pytest.raises(GuidegenError, match=r"es\.po cannot be"):
        load_catalog(tmp_path, "es")


def test_what_a_translation_may_be_is_not_refused(tmp_path: Path) -> None:
    words = 'msgid "Saved on {date}."\nmsgstr "Se guardó: {date}; 50 % & \'más\'"\n'
    make.write(tmp_path, "locales/es.po", HEAD + words)

    assert load_catalog(tmp_path, "es").messages["Saved on {date}."] == ("Se guardó: {date}; 50 % & 'más'",)


def test_check_reads_the_catalogs_as_a_build_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path, {"locales/es.po": HEAD + 'msgid "Search"\nmsgstr "<b>Buscar</b>"\n'})

    assert main(["check", "--root", str(root)]) == 2

    assert "es.po cannot be used: line" in capsys.readouterr().err


def test_a_translation_of_the_interface_is_started_and_used_when_nearly_complete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make.folder(tmp_path)
    assert main(["new", "language", "Dutch", "--root", str(root)]) == 0
    assert main(["new", "language", "nl", "--root", str(root)]) == 2
    assert main(["new", "language", "esperando", "--root", str(root)]) == 2
    file = root / "locales/nl.po"
    text = file.read_text(encoding="utf-8")
    assert catalogs.count_translated(root, "nl")[0] == 0

    copied = re.sub(r'msgid "([^"]+)"\nmsgstr ""', r'msgid "\1"\nmsgstr "\1"', text)
    file.write_text(copied, encoding="utf-8")
    assert catalogs.count_translated(root, "nl")[0] == 0  # a copy of the English text is no translation

    file.write_text(
        re.sub(r'msgid "([^"]+)"\nmsgstr ""', lambda match: f'msgid "{match[1]}"\nmsgstr "{match[1]} (nl)"', text),
        encoding="utf-8",
    )
    translated, total = catalogs.count_translated(root, "nl")
    assert translated > 0.9 * total
    assert catalogs.load_languages(root, ("nl",), "US")[0].interface == "nl"

    complete = file.read_text(encoding="utf-8")
    file.write_text(complete.replace(' (nl)"\n', '"\n', total // 5), encoding="utf-8")  # a fifth is English now
    emptied = re.sub(r'msgid "([^"]+)"\nmsgstr "\1"', r'msgid "\1"\nmsgstr ""', file.read_text(encoding="utf-8"))
    file.write_text(emptied, encoding="utf-8")
    translated, total = catalogs.count_translated(root, "nl")
    assert total / 2 < translated < 0.9 * total
    assert catalogs.load_languages(root, ("nl",), "US")[0].interface == "en"
