"""The guide's own colors: every text keeps enough contrast, in light and in dark mode."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.model.colors import adjust, contrast
from guidegen.model.settings import Theme
from guidegen.site.exports.theme import build_styles
from tests import ROOT, make

BRANDS = ("#0b5c5e", "#7a1f3d", "#ffd166", "#111111", "#f5f5f5", "#d62828", "#00a86b", "#4361ee", "#ff00ff")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # a well-known near miss
    assert contrast("#abcdef", "#abcdef") == 1


def test_the_nearest_color_with_enough_contrast_is_found() -> None:
    assert adjust("#0b5c5e", "#ffffff", "#000000") == "#0b5c5e"
    assert contrast(adjust("#ffd166", "#faf8f3", "#000000"), "#faf8f3") >= 4.5


@pytest.mark.parametrize("brand", BRANDS)
def test_every_text_can_be_read_whatever_the_color(brand: str) -> None:
    light, dark, *_ = build_styles(Theme(brand=brand)).split("\n")
    colors, dark_colors = (dict(re.findall(r"(--[\w-]+):(#[0-9a-f]{6})", text)) for text in (light, dark))

    assert contrast(colors["--link"], "#faf8f3") >= 4.5
    assert contrast(dark_colors["--link"], "#14181d") >= 4.5
    assert contrast(dark_colors["--brand"], dark_colors["--on-brand"]) >= 4.5


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    css = (ROOT / "static/css/site.css").read_text(encoding="utf-8")
    assert re.findall(r"--ground: (#[0-9a-f]{6})", css)[:2] == ["#faf8f3", "#14181d"]
    assert "--ink: #1b2230" in css


def test_a_guide_without_a_theme_has_no_style_sheet_of_its_own(tmp_path: Path) -> None:
    assert build_styles(Theme()) == ""
    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root)]) == 0
    assert not (root / "site/static/css/theme.css").exists()
    assert "theme.css" not in (root / "site/en/index.html").read_text(encoding="utf-8")


def test_pages_use_the_theme_and_the_single_file_has_it(tmp_path: Path) -> None:
    out = tmp_path / "out/site"
    assert main(["build", "--root", str(ROOT / "tests/sites/de"), "--out", str(out), "--cache", str(tmp_path / "cache")]) == 0

    assert "--brand:#7a1f3d" in (out / "static/css/theme.css").read_text(encoding="utf-8")
    page = (out / "de/index.html").read_text(encoding="utf-8")
    assert page.index("site.css") < page.index("theme.css")
    assert '<img src="../static/images/logo.png" alt="">' in page
    assert "--brand:#7a1f3d" in (out / "de/guide.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("theme", "code", "hint"),
    [
        ('{brand: "#808080"}', "contrast", "Did you mean:"),
        ('{accent: "#22303c"}', "contrast", "Did you mean:"),
        ("{brand: teal}", "value", "six hexadecimal digits"),
        ("{brand: #0b5c5e}", "yaml-syntax", 'Put it in quotes:  "#0b5c5e"'),
        ("{logo: images/none.png}", "missing-picture", ""),
        ("{shape: oval}", "choice", "round, soft, square"),
    ],
)
def test_a_theme_that_cannot_be_used_is_explained(theme: str, code: str, hint: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"guide.yml": f"{make.GUIDE_YML}theme: {theme}\n"})

    _, problems = pipeline.load_checked_guide(root)

    found = [problem for problem in problems if str(problem.path) == "guide.yml" and problem.code == code]
    assert len(found) == 1
    assert hint in found[0].hint
