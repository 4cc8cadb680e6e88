"""A page only says that some of its text is not translated if it shows such a text."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make

pytestmark = pytest.mark.slow


def notices(page: str) -> str:
    element = re.search(r'<div class="notices".*?</div>', page, re.DOTALL)
    return element[0] if element else ""


def test_names_that_a_page_does_not_show_cause_no_notice(tmp_path: Path) -> None:
    types = make.SERVICES_YML + "  - {id: pottery, name: {en: Pottery}}\n"
    areas = (
        make.GUIDE_YML
        + "areas: [{name: North, names: {en: The north}, cities: [Northtown]}, {name: South, cities: [Southtown]}]\n"
    )
    files: dict[str, str | bytes] = {"content/services.yml": types, "guide.yml": areas}
    for number in range(7):  # enough for a list with filters
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


def test_every_page_of_the_sample_guide_with_the_notice_labels_such_a_text(sample_site: Path) -> None:
    pages = sorted((sample_site / "vi").rglob("index.html"))  # the Spanish translation is complete

    pages_with_notice = [page for page in pages if "tiếng Anh" in notices(page.read_text(encoding="utf-8"))]
    assert len(pages_with_notice) > 10
    for page in pages_with_notice:
        text = page.read_text(encoding="utf-8").replace(notices(page.read_text(encoding="utf-8")), "")
        assert re.search(r'<small class="label"[^>]*>tiếng Anh</small>', text), page
