"""The last look finds every kind of fault, and nothing in what is right."""

import pytest

from guidegen.build.link_graph import LinkGraph, PageScanner
from guidegen.model.page import File


def findings(html: str, path: str = "en/a/index.html", base: str = "/guide/") -> tuple[str, ...]:
    check, look = LinkGraph(), PageScanner(base)
    for name, text in {path: html, "en/b/index.html": '<p id="there">', "index.html": "", "static/x.css": ""}.items():
        check.add_scanned(name, look.scan(File(name, text.encode())))
    return check.problems()


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
def test_what_is_right_is_left_alone(html: str) -> None:
    assert findings(html) == ()


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="../c/index.html">', "the link to en/c/index.html leads nowhere"),
        ('<a href="../b/index.html#gone">', "there is no place #gone in en/b/index.html"),
        ('<a href="#gone">', "there is no place #gone in en/a/index.html"),
        ('<a href="/en/b/">', "the link /en/b/ leaves the guide's folder"),
        ('<a href="../../../index.html">', "leads nowhere"),
        ('<img alt="" src="https://example.org/x.png">', "img loads https://example.org/x.png"),
        ('<script type="module" src="//example.org/x.js">', "script loads //example.org/x.js"),
        ('<link rel="preconnect" href="https://example.org/">', "link loads https://example.org/"),
        ('<p id="one"><p id="one">', "the id one stands twice"),
        ('<script src="gone.js">', "the link to en/a/gone.js leads nowhere"),
        ('<a href="../../">' * 2 + '<a href="../d/"><a href="../d/">', "the link to en/d/index.html leads nowhere"),
        ('<a href="/guide/en/c/?">', "leads nowhere"),
        ('<a href="/guideline/">', "the link /guideline/ leaves the guide's folder"),
        ('<a href="../../static/x.css#a">', "there is no place #a in static/x.css"),
        ('<link href="//example.org/x.css" rel="stylesheet">', "link loads //example.org/x.css"),
        ('<link rel="manifest" href="http://example.org/x">', "link loads http://example.org/x"),
        ('<iframe title="x" src="https://example.org/?a&amp;b">', "iframe loads https://example.org/?a&b"),
        ('<img src="JavaScript:x">', "img loads JavaScript:x"),
        ('<p id="a"><p id="two"><p id="two">', "the id two stands twice"),
        ('<p id="two"><p id="one"><p id="two"><p id="one">', "the id one stands twice"),
    ],
)
def test_what_is_wrong_is_found(html: str, said: str) -> None:
    (found,) = findings(html)

    assert found.startswith("en/a/index.html: ")
    assert said in found


def test_a_file_that_is_no_page_is_not_looked_into() -> None:
    assert PageScanner("/").scan(File("a.xml", b'<a href="gone">')) is None


def test_faults_of_one_page_are_not_told_of_the_next() -> None:
    look = PageScanner("/")

    assert [
        len(facts.faults)
        for path in "ab"
        if (facts := look.scan(File(f"{path}.html", b'<a href="/x"><img src="//x">' * (path == "a"))))
    ] == [1, 0]


@pytest.mark.parametrize(
    ("link", "said"),
    [("../../#gone", "there is no place #gone in index.html"), ("../", "the link to en/index.html leads nowhere")],
)
def test_a_link_to_a_folder_above_is_followed(link: str, said: str) -> None:
    assert [said in found for found in findings(f'<a href="{link}">')] == [True]


def test_pages_that_stay_are_checked_as_they_were_seen() -> None:
    look, first = PageScanner("/"), LinkGraph()
    seen = {
        name: first.add_scanned(name, look.scan(File(name, html)))
        for name, html in {"a.html": b'<a href="b.html#x"><p id="y">', "b.html": b'<p id="x">', "c.css": b""}.items()
    }
    assert first.problems() == ()

    texts, _ = first.compact()
    second = LinkGraph(texts)
    second.add("a.html", seen["a.html"])
    second.add_scanned("b.html", look.scan(File("b.html", b'<p id="z"><a href="a.html#y">')))
    assert second.problems() == ("a.html: there is no place #x in b.html",)

    third = LinkGraph(texts)
    third.add("a.html", seen["a.html"])
    assert third.problems() == ("a.html: the link to b.html leads nowhere",)


def test_texts_that_no_page_has_any_more_go() -> None:
    look, check = PageScanner("/"), LinkGraph([f"old/{number}.html" for number in range(100)])
    html = b'<a href="b.html#x"><p id="y">'
    check.add_scanned("a.html", look.scan(File("a.html", html)))
    check.add_scanned("b.html", look.scan(File("b.html", b'<p id="x">')))
    texts, seen = check.compact()
    again = LinkGraph(texts)
    for path, one in seen.items():
        again.add(path, one)

    assert sorted(texts) == ["b.html#x", "x", "y"]
    assert again.problems() == ()
    again.add_scanned("b.html", look.scan(File("b.html", b"")))
    assert again.problems() == ("a.html: there is no place #x in b.html",)
