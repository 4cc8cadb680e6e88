"""Markdown is converted to safe HTML."""

import html
import re
from html.parser import HTMLParser
from typing import Any

import nh3
import pytest

from guidegen.content import markdown_lint
from guidegen.site.components.localized_text import html_block
from guidegen.text import markdown
from guidegen.text.language import LocalizedString

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


class ElementParser(HTMLParser):
    """A parser that collects the elements of a text with their attributes, as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_or_loads_gets_through(text: str) -> None:
    elements = ElementParser(markdown.to_html(text, "x-").html).elements

    assert {tag for tag, _ in elements} <= {"p", "a", "ul", "li", "blockquote"}
    for _, attributes in elements:
        assert set(attributes) <= {"href"}
        assert (attributes.get("href") or "https://a.example.org").startswith("https://a.example.org")


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_hostile_markup_is_reported_to_the_editor(text: str) -> None:
    assert list(markdown_lint.lint(text, frozenset()))


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a?b=c&d=e", "http://example.org", "mailto:a@example.org", "tel:+15555550114", "sms:5550114"],
)
def test_links_that_people_need_are_kept(link: str) -> None:
    text = f"[a]({link})"

    assert list(markdown_lint.lint(text, frozenset())) == []
    assert 'href="' in markdown.to_html(text, "x-").html


@pytest.mark.parametrize("text", ["Text\n\n##\n\nMore", "## \n", "### ###\n", "   #\t\n"])
def test_a_heading_without_words_is_reported(text: str) -> None:
    (error,) = markdown_lint.lint(text, frozenset())

    assert error.message == "a heading has no words"
    assert text.split("\n")[error.line].strip("# \t") == ""


@pytest.mark.parametrize("text", ["## Words", "```\n##\n```\n", "Number #1", "#hash"])
def test_other_signs_are_no_heading(text: str) -> None:
    assert "a heading has no words" not in [error.message for error in markdown_lint.lint(text, frozenset())]


def test_a_partner_is_linked_by_name() -> None:
    rendered = markdown.to_html(
        "See [[partner:ras]].", "x-", partner_link=lambda _slug: ("Riverbend *School*", "../ras/index.html")
    )

    assert '<a href="../ras/index.html">Riverbend *School*</a>' in rendered.html


def test_a_link_to_an_unknown_partner_is_reported_with_the_nearest_name() -> None:
    (error,) = markdown_lint.lint("\n\nSee [[partner:food-bnk]].", frozenset({"food-bank"}))

    assert error.line == 2
    assert error.hint == "Did you mean:  food-bank"


def test_tables_footnotes_and_definitions_are_kept() -> None:
    text = "| a | b |\n|---|---|\n| 1 | 2 |\n\nTerm\n:   Meaning\n\nText[^1].\n\n[^1]: Note.\n"

    html = markdown.to_html(text, "x-").html

    assert "<table>" in html
    assert "<dt>Term</dt>" in html
    assert 'id="x-fn:1"' in html
    assert list(markdown_lint.lint(text, frozenset())) == []


def test_headings_start_at_the_level_of_the_page() -> None:
    rendered = markdown.to_html("## First part\n\n### Inner\n\n## الجزء الثاني\n", "x-")

    assert [(heading.level, heading.id, heading.text) for heading in rendered.headings] == [
        (2, "x-first-part", "First part"),
        (3, "x-inner", "Inner"),
        (2, "x-الجزء-الثاني", "الجزء الثاني"),
    ]


def test_equal_texts_produce_equal_bytes() -> None:
    text = "Text[^1] and [^2].\n\n[^1]: One.\n[^2]: Two.\n\n## A\n\n## A\n"

    assert markdown.to_html(text, "x-") == markdown.to_html(text, "x-")


@pytest.mark.parametrize("bomb", [">" * 5000, "* " * 3000, "[" * 50_000, "**a" * 20_000, "`" * 9999, ("- " * 40 + "x\n") * 100])
def test_a_text_that_would_be_slow_to_render_is_refused(bomb: str) -> None:
    assert list(markdown_lint.lint(bomb, frozenset()))


@pytest.mark.parametrize(
    "text",
    [
        "<https:" * 10_000, "<a " * 10_000, "</a" * 20_000, "# x\n" * 10_000, "x\n---\n" * 10_000, "&#1" * 80_000, "a  \n" * 80_000,
        "1. " * 600, "a\n: b\n" * 600, "1. - " * 290, "[a]: " * 9_000, "`" * 70_000, "![" * 30_000, "[[partner:" * 7_000,
    ],
)  # fmt: skip
def test_a_hostile_text_is_refused_before_it_is_rendered(text: str) -> None:
    assert len(list(markdown_lint.lint(text, frozenset()))) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "[[Partner:food-bank]]", "[[partners:food-bank]]", "[[food-bank]]", "[[partner:food-bank]", "[partner:food-bank]", "[[partner food-bank]]",
        "[x] (https://a.example.org)", "(x)[https://a.example.org]", "&#x202e;", "&#8203;", "[x]()", "[x](mailto:foo)", "[x](tel:call)", "![x][ref]", "<div\nclass=x>", "<?php x ?>",
    ],
)  # fmt: skip
def test_malformed_links_and_markup_are_reported(typed: str) -> None:
    assert len(list(markdown_lint.lint(f"Text {typed} text.", frozenset({"food-bank"})))) == 1


@pytest.mark.parametrize(
    ("typed", "character"),
    [
        ("&#8238", "U+202E"), ("&#8238;", "U+202E"), ("&#x202E ", "U+202E"), ("&#X202e;", "U+202E"), ("&ZeroWidthSpace;", "U+200B"),
        ("&InvisibleTimes;", "U+2062"), ("&InvisibleComma;", "U+2063"), ("&af;", "U+2061"), ("&#27;", "U+001B"), ("&#x1b;", "U+001B"),
        ("&shy;", "U+00AD"), ("&lrm;", "U+200E"), ("&NoBreak;", "U+2060"), ("&#10240;", "U+2800"), ("&#847;", "U+034F"), ("&#xE000;", "U+E000"),
        ("&#xFFFC;", "U+FFFC"), ("\\`&#8238;\\`", "U+202E"), ("[a](https://a.example.org '&#8238;')", "U+202E"),
        ("a &#8238", "U+202E"), ("&#0008238;", "U+202E"), ("[a]: https://a.example.org '&#8238;'\n\n[a]", "U+202E"),
    ],
)  # fmt: skip
def test_an_entity_for_an_invisible_character_is_reported_on_its_line(typed: str, character: str) -> None:
    errors = list(markdown_lint.lint(f"First.\n\nText {typed} text.\n", frozenset()))

    assert [error.line for error in errors] == [2]
    assert character in errors[0].message


@pytest.mark.parametrize(
    "text", ["`&#8238;`", "&amp;#8238;", "```\n&#8238;\n```", "&amp#8238;", "AT&T", "&eacute; &nbsp; &zwnj;", "a&b;c", "&#128;"]
)
def test_an_entity_that_is_literal_text_or_a_visible_character_is_not_reported(text: str) -> None:
    assert list(markdown_lint.lint(f"Text {text} text.", frozenset())) == []


def test_entities_that_produce_a_stack_of_accents_are_reported() -> None:
    (error,) = markdown_lint.lint("One.\n\nText a" + "&#768;" * 12 + " text.", frozenset())

    assert "a pile of 12 accents" in error.message


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
def test_valid_markdown_is_not_reported(text: str) -> None:
    assert list(markdown_lint.lint(text, frozenset())) == []


def test_a_link_to_a_missing_id_becomes_plain_text() -> None:
    assert "href" not in markdown.to_html("[a](#nowhere)\n\n[^1]: unused", "x-").html
    assert 'href="#x-part"' in markdown.to_html("[a](#part)\n\n## Part", "x-").html


def test_sanitizing_is_the_last_step_even_if_it_leaves_angle_brackets_in_attributes(monkeypatch: pytest.MonkeyPatch) -> None:
    """nh3 before 0.3.7 left ``<`` and ``>`` in attributes, so editing its output turned a link's title into elements."""
    clean = nh3.clean
    results: list[str] = []

    def clean_like_old_nh3(markup: str, **options: Any) -> str:
        results.append(re.sub(r"(?<=title=\")[^\"]*", lambda match: html.unescape(match[0]), clean(markup, **options)))
        return results[-1]

    monkeypatch.setattr(nh3, "clean", clean_like_old_nh3)
    text = '[a](https://a.example.org "<table> <th>")\n\n| a |\n|---|\n| $25 |\n'

    rendered = markdown.to_html(text, "x-")
    block = html_block(rendered, LocalizedString(text, "ar"))

    assert rendered.html == results[0]
    assert block.html == results[1]
    assert [markup.count('<div class="scroll"') for markup in (rendered.html, block.html)] == [1, 1]
    assert 'title="<table> <th>"' in block.html
    assert '<bdi dir="ltr">$25</bdi>' in block.html


def test_a_wide_table_scrolls_and_its_header_cells_have_a_scope() -> None:
    rendered = markdown.to_html("| a | b |\n|---|:-:|\n| c | d |\n", "x-").html

    assert rendered.startswith('<div class="scroll" tabindex="0"><table>')
    assert '<th scope="col">a</th>' in rendered


@pytest.mark.parametrize("markup", ['<div class="x" tabindex="3">', '<bdi dir="rtl" class="scroll">', '<th scope="row" id="a">'])
def test_attribute_values_that_guidegen_does_not_set_are_removed(markup: str) -> None:
    sanitized = markdown.sanitize(markup, "x-")

    assert re.findall(r'(?:class|tabindex|dir|scope)="', sanitized) == []
    assert 'id="a"' not in sanitized


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org", True),
        ("HTTPS://example.org", True),
        ("http://localhost", False),
        ("https://", False),
        ("https://user@example.org", False),
        ("https://[::1", False),
        ("https://example.org/a b", False),
        ("https://example.org\\a", False),
        ("https://exa&#x6D;ple.org", True),
        ("  https://example.org  ", True),
        ("//example.org", False),
        ("/a", False),
        ("a/b", False),
        ("#part", True),
        ("mailto:a@example.org", True),
        ("mailto:a@example.org?subject=x", True),
        ("mailto:a@example", False),
        ("mailto:a@b@example.org", False),
        ("tel:911", True),
        ("tel:91", False),
        ("sms:+15555550114", True),
        ("sms:call", False),
        ("ftp://example.org/123", False),
        ("data:123", False),
        ("javascript:123", False),
    ],
)
def test_only_complete_and_safe_links_are_published(link: str, expected: bool) -> None:
    assert markdown.is_safe_link(link) is expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# A\n\n## B\n\n###### C", '<h2 id="x-a">A</h2>\n<h3 id="x-b">B</h3>\n<h6 id="x-c">C</h6>'),
        ("#### A\n\n###### B", '<h2 id="x-a">A</h2>\n<h4 id="x-b">B</h4>'),
        ("## ?!", '<h2 id="x-part">?!</h2>'),
        ("## A B\n\n## A B", '<h2 id="x-a-b">A B</h2>\n<h2 id="x-a-b_1">A B</h2>'),
        ("[b](#a)\n\n## A", '<p><a href="#x-a">b</a></p>\n<h2 id="x-a">A</h2>'),
        ("[b](#%C3%A4)\n\n## Ä", '<p><a href="#x-%C3%A4">b</a></p>\n<h2 id="x-ä">Ä</h2>'),
        ("a<br>b", "<p>a<br>b</p>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("*[AB]: A & B\n\nAB", '<p><abbr title="A &amp; B">AB</abbr></p>'),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("<script>a</script><style>b</style>c", "<p>c</p>"),
        ("<div class='footnote'>a</div><div class='modal'>b</div>", '<div class="footnote">a</div>\n<div>b</div>'),
        ("[a](https://example.org)", '<p><a href="https://example.org">a</a></p>'),
    ],
)
def test_markdown_becomes_this_html(text: str, html: str) -> None:
    assert markdown.to_html(text, "x-").html.strip() == html


def test_all_allowed_elements_are_kept() -> None:
    text = (
        "# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n> f\n\n---\n\n- g\n\n1. h\n\n| i |\n|---|\n| j |\n\nk\n: l\n\n```\nm\n```\n\n*n* **o** `p`  \n"
        "[q](https://example.org)[^1] r\n\n[^1]: s\n\n*[r]: t\n\n<del>u</del> <sub>v</sub>\n\n<section>w</section>\n"
    )

    html = markdown.to_html(text, "x-").html

    assert {tag for tag, _ in ElementParser(html).elements} == {
        "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td",
        "dl", "dt", "dd", "pre", "code", "em", "strong", "br", "a", "sup", "div", "p", "abbr", "del", "sub", "section",
    }  # fmt: skip
    assert '<sup id="x-fnref:1"><a class="footnote-ref" href="#x-fn:1">1</a></sup>' in html
    assert '<li id="x-fn:1">' in html


def test_a_table_is_wrapped_in_a_scrolling_element() -> None:
    html = markdown.to_html("| a |\n|---|\n| 1 |\n", "x-").html

    assert html.startswith('<div class="scroll" tabindex="0"><table>')
    assert html.endswith("</table></div>")
    assert '<th scope="col">a</th>' in html


@pytest.mark.parametrize("level", [2, 3, 5])
def test_the_highest_heading_has_the_requested_level(level: int) -> None:
    html = markdown.to_html("# A\n\n## B\n\n### C", "x-", level).html

    assert [tag for tag, _ in ElementParser(html).elements] == [f"h{min(6, level + depth)}" for depth in range(3)]


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("../ras/index.html", True),
        ("../../en/partners/a-1/", True),
        ("ras/index.html", False),
        ("/admin", False),
        ("../../admin?x", False),
        ("../A", False),
        ("x:../a", False),
    ],
)
def test_a_link_to_a_partner_must_go_up_and_then_down(address: str, is_kept: bool) -> None:
    html = markdown.to_html("[[partner:a]]", "x-", partner_link=lambda _: ("A", address)).html

    assert ("href" in html) is is_kept


def test_a_link_to_an_unpublished_partner_leaves_no_trace() -> None:
    assert markdown.to_html("a [[partner:secret]] b", "x-").html == "<p>a  b</p>"
    assert markdown.to_html("a [[partner:secret]] b", "x-", partner_link=lambda _: None).html == "<p>a  b</p>"


def test_the_name_of_a_linked_partner_is_plain_text() -> None:
    name = "A_b_ <i> & [c](d) `e` #1 + 2."
    html = markdown.to_html("[[partner:a]]", "x-", partner_link=lambda _: (name, "../a/")).html

    assert html == '<p><a href="../a/">A_b_ &lt;i&gt; &amp; [c](d) `e` #1 + 2.</a></p>'


def test_a_heading_is_listed_as_plain_text() -> None:
    headings = markdown.to_html("## A *b* & <c>\n\n#### D\n\n### E", "x-").headings

    assert [(heading.level, heading.id, heading.text) for heading in headings] == [(2, "x-a-b", "A b &"), (3, "x-e", "E")]


@pytest.mark.parametrize("mark", ["# a", "a\n=", "a\n-", "- - -", "***", "_ _ _", "   ---"])
def test_the_number_of_headings_and_rules_is_limited(mark: str) -> None:
    limit = markdown_lint.MAX_HEADINGS

    assert list(markdown_lint.lint(f"{mark}\n\n" * limit, frozenset())) == []
    (error,) = markdown_lint.lint(f"{mark}\n\n" * (limit + 1), frozenset())
    assert "headings and rules" in error.message


@pytest.mark.parametrize("label", ["don't", "a b", "a\u00a0b", "a%20b", "a>b", "é" * 41, ""])
def test_a_footnote_label_that_cannot_be_part_of_an_id_is_reported(label: str) -> None:
    errors = list(markdown_lint.lint(f"Text.\n\nA fact.[^{label}]\n\n[^{label}]: Source.", frozenset()))

    assert [error.line for error in errors] == [2, 4]


@pytest.mark.parametrize("label", ["1", "source-2", "fuente_é", "注1"])
def test_an_ordinary_footnote_is_not_reported(label: str) -> None:
    assert list(markdown_lint.lint(f"A fact.[^{label}]\n\n[^{label}]: Source.", frozenset())) == []
