"""Markdown as safe HTML."""

from html.parser import HTMLParser

import pytest

from guidegen import proofreading, prose

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "[a](//evil.example.org)",
    "[a](\\\\evil.example.org)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "![x](https://evil.example.org/x.png)",
    "<iframe src=https://evil.example.org></iframe>",
    "<style>body{background:url(https://evil.example.org)}</style>",
    "<a href='https://a.example.org' onclick='x'>a</a>",
    "<svg onload=alert(1)>",
    "<form action=https://evil.example.org><input></form>",
    "[x][y]\n\n> [y]: //evil.example.org/x",
    "[x][y]\n\n[y]:\n  /admin/x",
    "- a\n\n    [y]: javascript:alert(1)\n\n[x][y]",
    "[a](https://user:secret@evil.example.org)",
]


class Tags(HTMLParser):
    """Every element of a text with its attributes, as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    elements = Tags(prose.to_html(text, "x-").html).found

    assert {tag for tag, _ in elements} <= {"p", "a", "ul", "li", "blockquote"}
    for _, attributes in elements:
        assert set(attributes) <= {"href"}
        assert (attributes.get("href") or "https://a.example.org").startswith("https://a.example.org")


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_an_editor_is_told_of_it(text: str) -> None:
    assert list(proofreading.faults(text, frozenset()))


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a?b=c&d=e", "http://example.org", "mailto:a@example.org", "tel:+15555550114", "sms:5550114"],
)
def test_links_that_people_need_are_kept(link: str) -> None:
    text = f"[a]({link})"

    assert list(proofreading.faults(text, frozenset())) == []
    assert 'href="' in prose.to_html(text, "x-").html


def test_a_partner_is_linked_by_name() -> None:
    rendered = prose.to_html("See [[partner:ras]].", "x-", partner_link=lambda _slug: ("Riverbend *School*", "../ras/index.html"))

    assert '<a href="../ras/index.html">Riverbend *School*</a>' in rendered.html


def test_a_partner_that_does_not_exist_is_reported_with_the_nearest() -> None:
    (fault,) = proofreading.faults("\n\nSee [[partner:food-bnk]].", frozenset({"food-bank"}))

    assert fault.line == 2
    assert fault.hint == "Did you mean:  food-bank"


def test_tables_footnotes_and_definitions_are_kept() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\nTerm\n:   Meaning\n\nText[^1].\n\n[^1]: Note.\n"

    html = prose.to_html(text, "x-").html

    assert "<table>" in html
    assert "<dt>Term</dt>" in html
    assert 'id="x-fn:1"' in html
    assert list(proofreading.faults(text, frozenset())) == []


def test_headings_begin_at_the_level_of_the_page() -> None:
    rendered = prose.to_html("## First part\n\n### Inner\n\n## الجزء الثاني\n", "x-")

    assert [(heading.level, heading.id, heading.text) for heading in rendered.headings] == [
        (2, "x-first-part", "First part"),
        (3, "x-inner", "Inner"),
        (2, "x-الجزء-الثاني", "الجزء الثاني"),
    ]


def test_equal_texts_give_equal_bytes() -> None:
    text = "Text[^1] and [^2].\n\n[^1]: One.\n[^2]: Two.\n\n## A\n\n## A\n"

    assert prose.to_html(text, "x-") == prose.to_html(text, "x-")


@pytest.mark.parametrize("bomb", [">" * 5000, "* " * 3000, "[" * 50_000, "**a" * 20_000, "`" * 9999, ("- " * 40 + "x\n") * 100])
def test_a_text_that_would_take_long_is_refused(bomb: str) -> None:
    assert list(proofreading.faults(bomb, frozenset()))


@pytest.mark.parametrize(
    "text",
    [
        "<https:" * 10_000, "<a " * 10_000, "</a" * 20_000, "# x\n" * 10_000, "x\n---\n" * 10_000, "&#1" * 80_000, "a  \n" * 80_000,
        "1. " * 600, "a\n: b\n" * 600, "1. - " * 290, "[a]: " * 9_000, "`" * 70_000, "![" * 30_000, "[[partner:" * 7_000,
    ],
)  # fmt: skip
def test_a_hostile_text_is_refused_before_it_is_rendered(text: str) -> None:
    assert len(list(proofreading.faults(text, frozenset()))) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "[[Partner:food-bank]]", "[[partners:food-bank]]", "[[food-bank]]", "[[partner:food-bank]", "[partner:food-bank]", "[[partner food-bank]]",
        "[x] (https://a.example.org)", "(x)[https://a.example.org]", "&#x202e;", "&#8203;", "[x]()", "[x](mailto:foo)", "[x](tel:call)", "![x][ref]", "<div\nclass=x>", "<?php x ?>",
    ],
)  # fmt: skip
def test_what_is_almost_a_link_is_reported(typed: str) -> None:
    assert len(list(proofreading.faults(f"Text {typed} text.", frozenset({"food-bank"})))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.example.org>",
        "<ana@example.org>",
        "```\n<b>x</b> [x](javascript:x)\n```",
        "a < b",
        "[partners](https://a.example.org)",
    ],
)
def test_what_markdown_knows_is_not_reported(text: str) -> None:
    assert list(proofreading.faults(text, frozenset())) == []


def test_a_link_within_the_text_that_leads_nowhere_is_plain_text() -> None:
    assert "href" not in prose.to_html("[a](#nowhere)\n\n[^1]: unused", "x-").html
    assert 'href="#x-part"' in prose.to_html("[a](#part)\n\n## Part", "x-").html


@pytest.mark.parametrize("mark", ["# a", "a\n=", "a\n-", "- - -", "***", "_ _ _", "   ---"])
def test_only_so_many_headings_and_rules_fit_into_a_text(mark: str) -> None:
    most = proofreading.MAX_HEADINGS

    assert list(proofreading.faults(f"{mark}\n\n" * most, frozenset())) == []
    (fault,) = proofreading.faults(f"{mark}\n\n" * (most + 1), frozenset())
    assert "headings and rules" in fault.message
