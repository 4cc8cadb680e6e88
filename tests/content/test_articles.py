"""Articles: their front matter, their translations, and their order."""

from pathlib import Path

import pytest

from guidegen.content.articles import split_front_matter
from guidegen.content.load import load
from tests import make

STORY = "---\ntitle: T\ndate: 2026-01-01\n---\nText.\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("---\na: b\n---\nText\n", ("a: b\n", "Text\n", 4)),
        ("--- \na: b\nc: d\n---\t\n\nText", ("a: b\nc: d\n", "\nText", 5)),
        ("---\n---\n", ("\n", "", 3)),
        ("a: b\n---\nText", (None, "", 1)),
        ("---\na: b\nText", (None, "", 1)),
        ("", (None, "", 1)),
    ],
)
def test_front_matter_is_between_two_lines(text: str, parts: tuple[str | None, str, int]) -> None:
    assert split_front_matter(text) == parts


@pytest.mark.parametrize(
    ("files", "name", "line", "message"),
    [
        ({"a.md": ""}, "a.md", 1, "the file is empty"),
        ({"a.md": "Text.\n"}, "a.md", 1, "the article does not begin with its title and date"),
        ({"a.md": "---\ntitle: T\n"}, "a.md", 1, "the block that begins with '---' is not closed"),
        ({"a.md": "---\n# nothing\n---\nText.\n"}, "a.md", 2, "there is nothing between the two lines '---'"),
        ({"a.md": "---\ntitle: a: b\n---\nText.\n"}, "a.md", 2, "there is a second colon in this line"),
        ({"a.md": "---\ntitle: T\ndate: 2026-01-01\n---\n \n"}, "a.md", 5, "the article has no text"),
        ({"a.md": STORY, "a.fr.md": STORY}, "a.fr.md", 1, "the file name says 'fr'"),
        ({"b.es.md": STORY}, "b.es.md", 1, "this looks like a translation, but there is no b.md"),
        ({"a.md": b"\xff"}, "a.md", 1, "a character here is not valid UTF-8"),
    ],
)
def test_what_is_wrong_with_an_article_is_told_once(
    tmp_path: Path, files: dict[str, str | bytes], name: str, line: int, message: str
) -> None:
    (problem,) = load(make.folder(tmp_path, {f"content/spotlights/{file}": text for file, text in files.items()})).problems

    assert (problem.path.name, problem.line) == (name, line)
    assert message in problem.message


def test_the_newest_article_comes_first_with_its_translations_in_order(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"content/spotlights/{name}.md": STORY.replace("01-01", day) for name, day in (("b", "02-02"), ("c", "03-03"), ("a", "02-02"))}  # fmt: skip
    files |= {f"content/spotlights/a.{tag}.md": f"---\ntitle: {tag}\n---\nText.\n" for tag in ("ar", "es")}

    guide = load(make.folder(tmp_path, files)).guide

    assert [spotlight.slug for spotlight in guide.spotlights] == ["c", "a", "b"]
    assert [(edition.language, edition.title, edition.state) for edition in guide.spotlights[1].editions] == [
        ("en", "T", "source"), ("es", "es", "unrecorded"), ("ar", "ar", "unrecorded"),
    ]  # fmt: skip
