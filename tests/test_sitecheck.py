"""The last look finds every kind of fault, and nothing in what is right."""

import pytest

from guidegen.outputs import File
from guidegen.sitecheck import Look, SiteCheck


def findings(html: str, path: str = "en/a/index.html", base: str = "/guide/") -> tuple[str, ...]:
    check, look = SiteCheck(), Look(base)
    for name, text in {path: html, "en/b/index.html": '<p id="there">', "index.html": "", "static/x.css": ""}.items():
        check.add(name, look.at(File(name, text.encode())))
    return check.findings()


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
        ('<script src="gone.js">', "leads nowhere"),
    ],
)
def test_what_is_wrong_is_found(html: str, said: str) -> None:
    (found,) = findings(html)

    assert found.startswith("en/a/index.html: ")
    assert said in found
