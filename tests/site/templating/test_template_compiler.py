"""Compiled templates have the same output, byte for byte, as the same templates in plain Jinja2."""

from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.model import visibility
from guidegen.model.problems import GuidegenError
from guidegen.site import pages
from guidegen.site.components.layout import build_layout
from guidegen.site.templating.render import Theme, render
from guidegen.site.templating.template_compiler import escape_text
from tests import ROOT, make

pytestmark = pytest.mark.slow


def render_all(root: Path, step: int = 1) -> list[tuple[str, bytes, bytes]]:
    """Return the path, the optimized output and the plain output of every page of a guide, or of every ``step``-th one."""
    guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
    languages = load_languages(root, guide.settings.languages, guide.settings.region)
    layouts = {language.tag: build_layout(guide, language) for language in languages}
    themes = Theme(root), Theme(root, Environment)
    outputs = []
    for page in list(pages.plan(guide, languages))[::step]:
        optimized, plain = (render(page, theme, layouts[page.language.tag]) for theme in themes)
        outputs.append((page.path, optimized, plain))
    return outputs


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.nightly)])
def test_every_page_of_the_sample_guide_is_the_same(step: int) -> None:
    """Every fifth page is rendered on each run, every page each night. Five has no factor in common with eight languages."""
    outputs = render_all(ROOT, step)

    assert len(outputs) > 500 / step
    assert [path for path, optimized, plain in outputs if optimized != plain] == []


def test_a_guides_own_templates_can_use_every_feature_of_jinja2(tmp_path: Path) -> None:
    own = (
        "{% extends '!base/text.html' %}\n{% macro menu(entry) %}[{{ entry }}]{% endmacro %}\n{% block main %}"
        "{% set page_name = page.path %}{% for entry in layout.menu if entry.section != 'areas' %}"
        "{{ loop.index }}{{ menu(entry.label) }}{% else %}none{% endfor %}"
        "{% for layout in ['<b>'] %}{{ layout }}{% endfor %}{{ say('Home') | upper }}"
        "{% if layout.is_fictional and page.language.tag == 'en' %}a{% elif not layout.menu %}b{% else %}c{% endif %}"
        "{{ 'x' if page.language.direction == 'rtl' else page_name }}{% call menu('z') %}{% endcall %}{% endblock %}\n"
    ).replace("{% call menu('z') %}{% endcall %}", "")
    outputs = render_all(make.folder(tmp_path, {"templates/text.html": own}))

    assert [path for path, optimized, plain in outputs if optimized != plain] == []
    assert any(b"[Services]" in optimized for _, optimized, _ in outputs)


def test_the_frame_of_a_page_does_not_depend_on_the_pages_before_it() -> None:
    guide = visibility.select_public(pipeline.load_checked_guide(ROOT)[0])
    (language,) = load_languages(ROOT, ("ar",), guide.settings.region)
    layout, shared_theme = build_layout(guide, language), Theme(ROOT)
    planned = list(pages.plan(guide, (language,)))
    outputs = {page.path: render(page, shared_theme, layout) for page in planned}

    for page in planned[::9]:
        assert outputs[page.path] == render(page, Theme(ROOT), layout)


def test_own_templates_may_have_a_variable_named_say(tmp_path: Path) -> None:
    own = (
        "{% extends '!base/text.html' %}{% macro shout(say) %}{{ say('Home') }}{% endmacro %}{% block main %}"
        "{{ say('Home') }}{% for say in [page.path.partition] %}{{ say('Home') }}{% endfor %}{{ shout(page.path.upper) if false }}"
        "{% set say = page.path.partition %}{{ say('Services') }}{% endblock %}"
    )
    outputs = render_all(make.folder(tmp_path, {"templates/text.html": own}))

    assert [path for path, optimized, plain in outputs if optimized != plain] == []


MACROS = """\
{% macro two(a, b='<x>') %}{{ a }}/{{ b }};{% endmacro %}
{% macro around() %}({{ caller('in') }}){% endmacro %}
{% macro all(a) %}{{ a }} {{ varargs | join('+') }} {{ kwargs['k'] }};{% endmacro %}
{% macro inner(list) %}{% for number in [1, 2] %}{% for entry in list %}{{ number }}{{ entry }}{% endfor %}{% endfor %}{% endmacro %}
{% macro caught(word) %}{% call(text) around() %}{{ text }}{{ word }}{% endcall %}{% endmacro %}
"""


def test_macros_work_as_in_plain_jinja2(tmp_path: Path) -> None:
    own = (
        "{% extends '!base/text.html' %}{% from 'own.html' import two, around, all, inner, caught %}"
        "{% import 'own.html' as own %}{% from 'own.html' import two as again with context %}{% block main %}"
        "{{ two('<a>') }}{{ two(b='c', a='d') }}{{ two('e', b='f') }}{{ all('g', 'h', 'i', k='l') }}"
        "{% call(text) around() %}{{ text }}<b>{% endcall %}{{ inner(['<', 'm']) }}{{ caught('&n') }}"
        "{{ own.two('o') }}{{ again('p') }}{{ two(two('q')) }}{{ two('r') | upper }}{{ 'yes' if two('s') is string }}"
        "{% endblock %}"
    )
    outputs = render_all(make.folder(tmp_path, {"templates/text.html": own, "templates/own.html": MACROS}))

    assert [path for path, optimized, plain in outputs if optimized != plain] == []
    assert any(b"&lt;a&gt;/&lt;x&gt;;d/c;e/f;" in optimized for _, optimized, _ in outputs)


@pytest.mark.parametrize("wrong_call", ["two()", "two('a', 'b', 'c')", "two('a', c='d')"])
def test_the_error_of_a_wrong_macro_call_names_the_template(tmp_path: Path, wrong_call: str) -> None:
    own = "{% from 'own.html' import two %}{{ " + wrong_call + " }}"
    root = make.folder(tmp_path, {"templates/text.html": own, "templates/own.html": MACROS})

    with pytest.raises(GuidegenError, match=r"the template .*(text|own)\.html"):
        pipeline.build(root, root / "site")


def test_the_error_of_a_misspelled_field_names_the_template_and_the_field(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"templates/text.html": "{{ view.titel }}"})

    with pytest.raises(GuidegenError, match=r"text\.html.*titel"):
        pipeline.build(root, root / "site")


@pytest.mark.parametrize("value", ["a", "<a>", 'x"y', "it's", Markup("<b>"), 7, None])
def test_text_is_escaped_as_markupsafe_does(value: object) -> None:
    assert escape_text(value) == Markup("%s") % value if not isinstance(value, Markup) else value
