"""A page says that some of its text is not translated only where it shows such a text."""

import re
from pathlib import Path

from guidegen.build import pipeline
from tests import make


def notices(page: str) -> str:
    found = re.search(r'<div class="notices".*?</div>', page, re.DOTALL)
    return found[0] if found else ""


def test_names_that_no_page_shows_are_no_reason(tmp_path: Path) -> None:
    types = make.SERVICES_YML + "  - {id: pottery, name: {en: Pottery}}\n"
    areas = (
        make.GUIDE_YML
        + "areas: [{name: North, names: {en: The north}, cities: [Northtown]}, {name: South, cities: [Southtown]}]\n"
    )
    files: dict[str, str | bytes] = {"content/services.yml": types, "guide.yml": areas}
    for number in range(7):  # enough for a list that can be narrowed down
        profile = make.PARTNER_YML.replace("Food Bank", f"Bank {number}")
        locations = "locations: [{key: a, name: Old mill, address: {city: Southtown}}]\n"
        hours = '    at: [a]\n    hours: [{days: [mo], open: "9:00", close: "10:00"}, {closed: [2026-12-24], note: Holiday}]\n'
        files[f"content/partners/bank-{number}.yml"] = locations + profile.rstrip("\n") + "\n" + hours
        files[f"content/partners/bank-{number}.es.yml"] = "summary: Comida.\nservices: [{key: pantry, name: Despensa}]\n"
    root = make.folder(tmp_path, files)
    (root / "content/partners/food-bank.yml").unlink()
    pipeline.build(root, root / "site")

    for page in ("services/food", "partners", "handout/food", "areas/south"):
        assert "inglés" not in notices((root / f"site/es/{page}/index.html").read_text()), page
    assert "inglés" in notices((root / "site/es/partners/bank-0/index.html").read_text())  # it shows the note and the place


def test_every_page_of_the_sample_guide_that_says_so_marks_such_a_text(sample_site: Path) -> None:
    pages = sorted((sample_site / "vi").rglob("index.html"))  # in Spanish nothing is missing

    said = [page for page in pages if "Tiếng Anh" in notices(page.read_text(encoding="utf-8"))]
    assert len(said) > 10
    for page in said:
        text = page.read_text(encoding="utf-8").replace(notices(page.read_text(encoding="utf-8")), "")
        assert re.search(r'<small class="label"[^>]*>Tiếng Anh</small>', text), page
