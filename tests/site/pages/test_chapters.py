"""Chapters of articles: folders in content/spotlights, with an order, a title in every language, and pages of their own."""

from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import ContentError
from tests import make


def article(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nsummary: About {title}.\ndate: 2026-01-01\n{more}---\nText of {title}.\n"


FILES = {
    "content/spotlights/work/chapter.yml": "title: {en: Work, es: Trabajo}\nsummary: {en: How to find work.}\norder: 2\n",
    "content/spotlights/work/wages.md": article("Wages", "order: 2\npartners: [food-bank]\n"),
    "content/spotlights/work/permits.md": article("Permits", "order: 1\n"),
    "content/spotlights/work/permits.es.md": "---\ntitle: Permisos\n---\nTexto.\n",
    "content/spotlights/work/zeal.md": article("Zeal"),
    "content/spotlights/work/advice.md": article("Advice"),
    "content/spotlights/health/chapter.yml": "title: {en: Health}\norder: 1\n",
    "content/spotlights/health/doctors.md": article("Doctors"),
    "content/spotlights/empty/chapter.yml": "title: Empty\n",
    "content/spotlights/empty/later.md": article("Later", "draft: yes\n"),
    "content/spotlights/story.md": article("A story"),
}


def build(root: Path, files: dict[str, str]) -> Path:
    make.folder(root, files)
    pipeline.build(root, root / "site")
    return root / "site"


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_chapters_have_pages_in_order_and_articles_lead_to_each_other(tmp_path: Path) -> None:
    site = build(tmp_path, FILES)

    chapters = read(site, "en/information")
    assert chapters.index("Health") < chapters.index("Work")
    assert "Empty" not in chapters  # its only article is a draft
    work = read(site, "en/information/work")
    assert "How to find work." in work
    order = [work.index(f">{title}<") for title in ("Permits", "Wages", "Advice", "Zeal")]
    assert order == sorted(order)  # those without a number come last, by title
    assert "Doctors" not in work
    wages = read(site, "en/spotlights/wages")
    assert 'href="../permits/index.html"' in wages
    assert 'href="../../information/work/index.html"' in wages
    assert wages.count('aria-current="page"') >= 1
    assert "Wages" in read(site, "en/partners/food-bank")  # a partner that it features links to it

    stories = read(site, "en/spotlights")
    assert "A story" in stories
    assert "Wages" not in stories
    home = read(site, "en")
    assert "Good to know" in home
    assert "Good to know" in read(site, "en/partners/food-bank")  # in the menu
    assert 'href="information/work/index.html"' in home


def test_titles_and_articles_are_shown_in_the_readers_language_or_say_so(tmp_path: Path) -> None:
    site = build(tmp_path, FILES)

    work = read(site, "es/information/work")
    assert "Trabajo" in work
    assert "Permisos" in work
    assert "Wages" in work  # in English, which its link says
    assert 'hreflang="en"' in work
    assert "Información útil" in read(site, "es/spotlights/permits")


def test_a_guide_without_chapters_has_no_page_of_them(tmp_path: Path) -> None:
    site = build(tmp_path, {"content/spotlights/story.md": article("A story")})

    assert not (site / "en/information").exists()
    assert "Good to know" not in read(site, "en")


def test_a_guide_with_chapters_alone_does_not_link_to_an_empty_list(tmp_path: Path) -> None:
    site = build(tmp_path, {name: text for name, text in FILES.items() if "story" not in name})

    assert "For partners" not in read(site, "en")


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("content/spotlights/work/chapter.yml", None, 1, "the folder 'work' is a chapter, but has no file chapter.yml"),
        ("content/spotlights/work/chapter.yml", "order: 1\n", 1, "a chapter has no 'title'"),
        ("content/spotlights/work/chapter.yml", "title: Work\norder: first\n", 2, "'first'"),
        ("content/spotlights/work/chapter.yml", "title: Work\nordr: 1\n", 2, "'ordr'"),
        ("content/spotlights/work/doctors.md", article("Doctors"), 1, "is also the name of content/spotlights/health/doctors.md"),
        ("content/spotlights/work/Bad Name.md", article("Bad"), 1, "cannot be used in a web address"),
        ("content/spotlights/work/deep/x.md", article("Deep"), 1, "this is a folder"),
        ("content/spotlights/Big Folder/x.md", article("Deep"), 1, "the name of the chapter 'Big Folder' cannot be used"),
        ("content/spotlights/work/wages.vi.md", article("Deep"), 1, "'vi'"),
        ("content/spotlights/work/wages.md", article("Wages", "partners: [nobody]\n"), 5, "'nobody'"),
    ],
)
def test_mistakes_name_the_file_and_the_line(tmp_path: Path, name: str, text: str | None, line: int, said: str) -> None:
    files = {**FILES, name: text or ""}
    make.folder(tmp_path, files)
    if text is None:
        (tmp_path / name).unlink()

    with pytest.raises(ContentError) as caught:
        pipeline.build(tmp_path, tmp_path / "site")

    problem = next(problem for problem in caught.value.problems if said in problem.message)
    assert problem.line == line
    assert str(problem.path).startswith(name.removesuffix("/x.md"))


def test_a_mistake_in_a_draft_of_a_chapter_stops_nothing(tmp_path: Path) -> None:
    draft = {
        "content/spotlights/work/plan.md": article("Plan", "draft: yes\npartners: [nobody]\n"),
        "content/spotlights/work/plan.es.md": "---\ntitel: x\n---\nTexto.\n",
    }
    site = build(tmp_path, {**FILES, **draft})

    assert not (site / "en/spotlights/plan").exists()


def test_a_chapter_for_partners_is_on_their_page_alone(tmp_path: Path) -> None:
    toolkit = {
        "content/spotlights/toolkit/chapter.yml": "title: {en: Toolkit}\nsummary: {en: Forms to copy.}\nfor: partners\n",
        "content/spotlights/toolkit/form.md": article("A form"),
    }
    site = build(tmp_path, {**FILES, **toolkit})

    page = read(site, "en/spotlights")
    assert "Toolkit" in page
    assert "A form" in page
    assert "A story" in page
    home = read(site, "en")
    assert "For partners" in home  # in the footer
    assert "Toolkit" not in home
    assert "Toolkit" not in read(site, "en/information")
    form = read(site, "en/spotlights/form")
    assert 'href="../index.html"' in form  # its breadcrumb leads to the page for partners
    assert "Good to know" in form  # only in the menu
    assert "../../information/toolkit/index.html" in form


def test_a_toolkit_alone_has_no_chapter_for_readers(tmp_path: Path) -> None:
    files = {
        "content/spotlights/kit/chapter.yml": "title: Kit\nfor: partners\n",
        "content/spotlights/kit/form.md": article("A form"),
    }
    site = build(tmp_path, files)

    assert not (site / "en/information/index.html").exists()
    assert (site / "en/information/kit/index.html").is_file()
    assert "Good to know" not in read(site, "en")
