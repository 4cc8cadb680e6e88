"""The home page of each language."""

import re
from pathlib import Path

from guidegen.build import pipeline
from tests import make

TYPES = """\
types:
  - {id: food, name: Food}
  - {id: emergency, name: Emergency, urgent: [{number: "911", name: Fire}, {number: "211", name: Other help}]}
  - {id: safety, name: Safety, urgent: [{number: "988", name: Crisis}, {number: "811", name: Digging}]}
"""


def numbers(folder: Path, page: str) -> list[str]:
    return re.findall(r'href="tel:([0-9]+)"', (folder / page).read_text(encoding="utf-8"))


def test_it_shows_all_numbers_of_the_first_type_and_one_of_each_other_type(tmp_path: Path) -> None:
    profile = 'name: A\nsummary: B\nphones: [{number: "(555) 555-0114"}]\nservices: [{key: a, types: [food, emergency, safety], name: C}]\n'
    root = make.folder(tmp_path / "guide", {"content/services.yml": TYPES, "content/partners/a.yml": profile})

    pipeline.build(root, tmp_path / "site")

    assert numbers(tmp_path / "site", "en/index.html") == ["911", "211", "988"]
    assert "811" in numbers(tmp_path / "site", "en/services/safety/index.html")


def test_a_guide_with_one_kind_of_help_shows_its_areas(tmp_path: Path) -> None:
    def write(slug: str, kind: str, town: str) -> tuple[str, str]:
        profile = f'name: {slug}\nphones: [{{number: "(555) 555-0114"}}]\nlocations: [{{key: main, address: {{city: {town}}}}}]\n'
        return f"content/partners/{slug}.yml", profile + f"services: [{{key: a, types: [{kind}], name: C}}]\n"

    towns = [f"Town {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    files = dict(write(f"p{number}", "food", town) for number, town in enumerate([*towns, "Town Z"]))
    root = make.folder(tmp_path / "guide", {"content/services.yml": TYPES, **files})
    pipeline.build(root, tmp_path / "site")

    page = (tmp_path / "site/en/index.html").read_text(encoding="utf-8")
    found = re.findall(r'href="areas/([a-z-]+)/index.html"', page)
    assert found == [f"town-{letter}" for letter in "abcdefghijklmnopqrstuvw"] + ["town-z"]  # the largest 24, in their order

    make.write(root, *write("other", "safety", "Town A"))
    pipeline.build(root, tmp_path / "site")
    assert 'href="areas/town-a/index.html"' not in (tmp_path / "site/en/index.html").read_text(encoding="utf-8")
