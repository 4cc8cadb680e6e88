"""The link check finds every kind of fault and reports nothing in correct pages."""

import pytest

from guidegen.build.link_graph import LinkGraph, PageScanner
from guidegen.model.page import File
from guidegen.site.components.localized_text import html_block
from guidegen.text import markdown
from guidegen.text.language import LocalizedString


def findings(html: str, path: str = "en/a/index.html", base: str = "/guide/") -> tuple[str, ...]:
    graph, scanner = LinkGraph(), PageScanner(base)
    for name, text in {path: html, "en/b/index.html": '<p id="there">', "index.html": "", "static/x.css": ""}.items():
        graph.add_scanned(name, scanner.scan(File(name, text.encode())))
    return graph.problems()


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../b/index.html#there">',
        '<a href="../b/#there">',
        '<a href="/guide/en/b/">',
        '<a href="#here"><p id="here">',
        '<link rel="stylesheet" href="../../static/x.css">',
        '<a href="https://example.org/"><a href="tel:+15555550100"><img src="data:image/png;base64,AA">',
        '<a href="../../">',
        '<form action="../b/index.html">',
        '<a href="index.html"><a href="">',
        '<a href="/guide/"><a href="/guide/index.html"><a href="../../index.html">',
        '<a href="../b/#there"><a href="../b/index.html#there"><a href="../b/%69ndex.html">',
        '<a href="#caf%C3%A9"><p id="café">',
        '<a href="#a%26b"><p id="a&amp;b">',
        '<a href="HTTPS://example.org"><a href="MAILTO:a@example.org"><a href="//example.org">',
        '<link rel="alternate" href="https://example.org/feed">',
        '<p id="one"><p data-id="one">',
    ],
)
def test_correct_pages_have_no_findings(html: str) -> None:
    assert findings(html) == ()


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<a href="../c/index.html">', "the link to en/c/index.html leads nowhere"),
        ('<a href="../b/index.html#gone">', "en/b/index.html has no element with the id 'gone'"),
        ('<a href="#gone">', "en/a/index.html has no element with the id 'gone'"),
        ('<a href="/en/b/">', "the link /en/b/ leaves the guide's folder"),
        ('<a href="../../../index.html">', "leads nowhere"),
        ('<img alt="" src="https://example.org/x.png">', "img loads https://example.org/x.png"),
        ('<script type="module" src="//example.org/x.js">', "script loads //example.org/x.js"),
        ('<link rel="preconnect" href="https://example.org/">', "link loads https://example.org/"),
        ('<p id="one"><p id="one">', "the id one is used twice"),
        ('<script src="gone.js">', "the link to en/a/gone.js leads nowhere"),
        ('<a href="../../">' * 2 + '<a href="../d/"><a href="../d/">', "the link to en/d/index.html leads nowhere"),
        ('<a href="/guide/en/c/?">', "leads nowhere"),
        ('<a href="/guideline/">', "the link /guideline/ leaves the guide's folder"),
        ('<a href="../../static/x.css#a">', "static/x.css has no element with the id 'a'"),
        ('<link href="//example.org/x.css" rel="stylesheet">', "link loads //example.org/x.css"),
        ('<link rel="manifest" href="http://example.org/x">', "link loads http://example.org/x"),
        ('<iframe title="x" src="https://example.org/?a&amp;b">', "iframe loads https://example.org/?a&b"),
        ('<img src="JavaScript:x">', "img loads JavaScript:x"),
        ('<p id="a"><p id="two"><p id="two">', "the id two is used twice"),
        ('<p id="two"><p id="one"><p id="two"><p id="one">', "the id one is used twice"),
    ],
)
def test_every_fault_is_found(html: str, message: str) -> None:
    (finding,) = findings(html)

    assert finding.startswith("en/a/index.html: ")
    assert message in finding


def test_text_of_an_article_is_not_taken_for_a_link_or_an_id() -> None:
    text = 'Write `href="nowhere.html"`, id="twice" or id="twice" in the page. See <https://example.org/?q="x">.'
    rendered = markdown.to_html(text, "")
    assert findings(rendered.html) == ()
    assert findings(html_block(rendered, LocalizedString("", "ar")).html) == ()  # sanitized again after its numbers are isolated


def test_a_file_that_is_not_a_page_is_not_scanned() -> None:
    assert PageScanner("/").scan(File("a.xml", b'<a href="gone">')) is None


def test_faults_of_one_page_are_not_reported_for_the_next() -> None:
    scanner = PageScanner("/")

    assert [
        len(links.faults)
        for path in "ab"
        if (links := scanner.scan(File(f"{path}.html", b'<a href="/x"><img src="//x">' * (path == "a"))))
    ] == [1, 0]


@pytest.mark.parametrize(
    ("link", "message"),
    [("../../#gone", "index.html has no element with the id 'gone'"), ("../", "the link to en/index.html leads nowhere")],
)
def test_a_link_to_a_folder_above_is_followed(link: str, message: str) -> None:
    assert [message in finding for finding in findings(f'<a href="{link}">')] == [True]


def test_unchanged_pages_are_checked_by_their_cached_links() -> None:
    scanner, first = PageScanner("/"), LinkGraph()
    links = {
        name: first.add_scanned(name, scanner.scan(File(name, html)))
        for name, html in {"a.html": b'<a href="b.html#x"><p id="y">', "b.html": b'<p id="x">', "c.css": b""}.items()
    }
    assert first.problems() == ()

    texts, _ = first.compact()
    second = LinkGraph(texts)
    second.add("a.html", links["a.html"])
    second.add_scanned("b.html", scanner.scan(File("b.html", b'<p id="z"><a href="a.html#y">')))
    assert second.problems() == ("a.html: b.html has no element with the id 'x'",)

    third = LinkGraph(texts)
    third.add("a.html", links["a.html"])
    assert third.problems() == ("a.html: the link to b.html leads nowhere",)


def test_texts_that_no_page_uses_are_dropped() -> None:
    scanner, graph = PageScanner("/"), LinkGraph([f"old/{number}.html" for number in range(100)])
    html = b'<a href="b.html#x"><p id="y">'
    graph.add_scanned("a.html", scanner.scan(File("a.html", html)))
    graph.add_scanned("b.html", scanner.scan(File("b.html", b'<p id="x">')))
    texts, links = graph.compact()
    again = LinkGraph(texts)
    for path, packed in links.items():
        again.add(path, packed)

    assert sorted(texts) == ["b.html#x", "x", "y"]
    assert again.problems() == ()
    again.add_scanned("b.html", scanner.scan(File("b.html", b"")))
    assert again.problems() == ("a.html: b.html has no element with the id 'x'",)
