"""Templates compiled for a language show the same, byte for byte, as the same templates compiled by Jinja2 as it comes."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from guidegen.build import pipeline
from guidegen.content.catalogs import guide_languages
from guidegen.model import visibility
from guidegen.model.problems import GuidegenError
from guidegen.site import pages
from guidegen.site.components.layout import build_layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import FastEnvironment, LanguageEnvironment, escaped
from tests import ROOT, make


def shown(root: Path) -> list[tuple[str, bytes, bytes]]:
    """Every page of a guide, with the bytes of both renders."""
    guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
    languages = guide_languages(root, guide.settings.languages, guide.settings.region)
    around = {language.tag: build_layout(guide, language) for language in languages}
    themes = Theme(root), Theme(root, FastEnvironment), Theme(root, Environment)
    made = []
    for page in pages.plan(guide, languages):
        special, quick, plain = (render(page, theme, around[page.language.tag]) for theme in themes)
        made.append((page.path, special if special != plain else quick, plain))
    return made


def test_every_page_of_the_sample_guide_is_the_same() -> None:
    both = shown(ROOT)

    assert len(both) > 500
    assert [path for path, quick, plain in both if quick != plain] == []


def test_a_guides_own_templates_may_use_what_jinja2_has(tmp_path: Path) -> None:
    own = (
        "{% extends '!base/text.html' %}\n{% macro menu(entry) %}[{{ entry }}]{% endmacro %}\n{% block main %}"
        "{% set page_name = page.path %}{% for entry in layout.menu if entry.section != 'areas' %}"
        "{{ loop.index }}{{ menu(entry.label) }}{% else %}none{% endfor %}"
        "{% for layout in ['<b>'] %}{{ layout }}{% endfor %}{{ say('Home') | upper }}"
        "{% if layout.is_fictional and page.language.tag == 'en' %}a{% elif not layout.menu %}b{% else %}c{% endif %}"
        "{{ 'x' if page.language.direction == 'rtl' else page_name }}{% call menu('z') %}{% endcall %}{% endblock %}\n"
    ).replace("{% call menu('z') %}{% endcall %}", "")
    both = shown(make.folder(tmp_path, {"templates/text.html": own}))

    assert [path for path, quick, plain in both if quick != plain] == []
    assert any(b"[Services]" in quick for _, quick, _ in both)


MACROS = """\
{% macro two(a, b='<x>') %}{{ a }}/{{ b }};{% endmacro %}
{% macro around() %}({{ caller('in') }}){% endmacro %}
{% macro all(a) %}{{ a }} {{ varargs | join('+') }} {{ kwargs['k'] }};{% endmacro %}
{% macro inner(list) %}{% for one in [1, 2] %}{% for other in list %}{{ one }}{{ other }}{% endfor %}{% endfor %}{% endmacro %}
{% macro caught(word) %}{% call(said) around() %}{{ said }}{{ word }}{% endcall %}{% endmacro %}
"""


def test_macros_may_do_what_they_do_in_jinja2(tmp_path: Path) -> None:
    own = (
        "{% extends '!base/text.html' %}{% from 'own.html' import two, around, all, inner, caught %}"
        "{% import 'own.html' as own %}{% from 'own.html' import two as again with context %}{% block main %}"
        "{{ two('<a>') }}{{ two(b='c', a='d') }}{{ two('e', b='f') }}{{ all('g', 'h', 'i', k='l') }}"
        "{% call(said) around() %}{{ said }}<b>{% endcall %}{{ inner(['<', 'm']) }}{{ caught('&n') }}"
        "{{ own.two('o') }}{{ again('p') }}{{ two(two('q')) }}{{ two('r') | upper }}{{ 'yes' if two('s') is string }}"
        "{% endblock %}"
    )
    both = shown(make.folder(tmp_path, {"templates/text.html": own, "templates/own.html": MACROS}))

    assert [path for path, quick, plain in both if quick != plain] == []
    assert any(b"&lt;a&gt;/&lt;x&gt;;d/c;e/f;" in quick for _, quick, _ in both)


@pytest.mark.parametrize("wrong", ["two()", "two('a', 'b', 'c')", "two('a', c='d')"])
def test_a_macro_that_is_called_wrongly_is_told_with_its_template(tmp_path: Path, wrong: str) -> None:
    own = "{% from 'own.html' import two %}{{ " + wrong + " }}"
    root = make.folder(tmp_path, {"templates/text.html": own, "templates/own.html": MACROS})

    with pytest.raises(GuidegenError, match=r"the template .*(text|own)\.html"):
        pipeline.build(root, root / "site")


def test_what_a_template_misspells_is_told_with_its_name(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"templates/text.html": "{{ view.titel }}"})

    with pytest.raises(GuidegenError, match=r"text\.html.*titel"):
        pipeline.build(root, root / "site")


@dataclass
class Entry:
    label: str


def test_what_is_known_is_text_before_any_page_is_shown() -> None:
    environment = LanguageEnvironment({"menu": (Entry("A&B"), Entry("C")), "is_open": True}, autoescape=True)
    environment.globals["say"] = lambda words: f"<{words}>"
    source = "{% for one in menu %}{{ one.label }},{% endfor %}{% if is_open %}{{ say('hi') }}{% else %}closed{% endif %}"
    code = environment.compile(source, raw=True)

    assert "A&amp;B," in code
    assert "for " not in code
    assert "closed" not in code
    assert environment.from_string(source).render() == "A&amp;B,C,&lt;hi&gt;"


@pytest.mark.parametrize("value", ["a", "<a>", 'x"y', "it's", Markup("<b>"), 7, None])
def test_text_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escaped(value) == Markup("%s") % value if not isinstance(value, Markup) else value
