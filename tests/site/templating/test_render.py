"""Texts in a page are escaped, marked with their language, and isolated from the text around them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from guidegen.site.components.layout import build_layout
from guidegen.site.templating.render import Theme
from guidegen.text.language import LocalizedString, Message
from tests import make

NUMBER = '<bdi dir="ltr">18:30</bdi>'


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    return Theme(tmp_path_factory.mktemp("guide"))


def filters(theme: Theme, tag: str) -> dict[str, Callable[[Any], Markup]]:
    """Return the template filters of a language."""
    language = make.language(tag)
    environment = theme.environment(language, build_layout(make.guide(), language))
    return environment.filters


@pytest.mark.parametrize(
    ("tag", "value", "html"),
    [
        ("en", "a <b> & 18:30", "a &lt;b&gt; &amp; 18:30"),
        ("ar", "نص <b> 18:30", f"نص &lt;b&gt; {NUMBER}"),
        ("en", LocalizedString("<18:30>", "en"), "&lt;18:30&gt;"),
        ("ar", LocalizedString("<نص> 18:30", "ar"), f"&lt;نص&gt; {NUMBER}"),
        ("ar", LocalizedString("<At> 18:30", "en"), '<bdi lang="en" dir="ltr">&lt;At&gt; 18:30</bdi>'),
        ("en", LocalizedString("نص 18:30", "ar"), f'<bdi lang="ar" dir="rtl">نص {NUMBER}</bdi>'),
        ("en", LocalizedString("a", "es"), '<bdi lang="es" dir="ltr">a</bdi>'),
        ("ar", LocalizedString("555-0114"), '<bdi dir="ltr">555-0114</bdi>'),
        ("ar", Message(("في <", LocalizedString("a>", "en"), " 18:30")), f'في &lt;<bdi lang="en" dir="ltr">a&gt;</bdi> {NUMBER}'),
        ("en", Message(("At ", LocalizedString("<b>", "en"))), 'At <bdi dir="ltr">&lt;b&gt;</bdi>'),
        ("en", Message(()), ""),
    ],
)
def test_a_text_is_escaped_and_isolated(theme: Theme, tag: str, value: object, html: str) -> None:
    markup = filters(theme, tag)["isolate"](value)

    assert isinstance(markup, Markup)
    assert markup == html


@pytest.mark.parametrize(
    ("value", "attributes", "contents"),
    [
        (LocalizedString("<a>", "en"), "", "&lt;a&gt;"),
        (LocalizedString("<a>", "es"), ' lang="es" dir="ltr"', "&lt;a&gt;"),
        (LocalizedString("<نص> 18:30", "ar"), ' lang="ar" dir="rtl"', f"&lt;نص&gt; {NUMBER}"),
        (LocalizedString("18:30"), ' dir="ltr"', "18:30"),
        (LocalizedString("a", 'x"><b>'), ' lang="x&#34;&gt;&lt;b&gt;" dir="ltr"', "a"),
    ],
)
def test_an_element_in_another_language_is_marked_with_it(
    theme: Theme, value: LocalizedString, attributes: str, contents: str
) -> None:
    filters_by_name = filters(theme, "en")

    assert filters_by_name["marked"](value) == attributes
    assert filters_by_name["contents"](value) == contents
    assert isinstance(filters_by_name["marked"](value), Markup)
    assert isinstance(filters_by_name["contents"](value), Markup)


def test_sanitized_html_is_not_changed(theme: Theme) -> None:
    markup = filters(theme, "en")["safe_html"]("<p>a &amp; b</p>")

    assert isinstance(markup, Markup)
    assert markup == "<p>a &amp; b</p>"


def test_each_language_has_its_own_filters(tmp_path: Path) -> None:
    theme = Theme(tmp_path)

    assert [filters(theme, tag)["isolate"](LocalizedString("a", "en")) for tag in ("en", "es")] == [
        "a",
        '<bdi lang="en" dir="ltr">a</bdi>',
    ]
