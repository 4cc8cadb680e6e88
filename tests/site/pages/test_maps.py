"""The maps of areas, and the lists with the same numbers."""

import re
from pathlib import Path

from guidegen.build import pipeline
from tests import make

PLACE = """locations:
  - key: main
    address: {{line1: {street}, city: {town}, state: MA, postal_code: "00101"}}
    position: [{position}]
"""


def area(number: int, town: str = "Millbrook", position: str = "42.4, -72.3") -> dict[str, str]:
    text = make.PARTNER_YML.replace("Food Bank", f"Pantry {number}")
    return {
        f"content/partners/pantry-{number}.yml": text + PLACE.format(street=f"{number} Main Street", town=town, position=position)
    }


def built(tmp_path: Path, *files: dict[str, str]) -> Path:
    root = make.folder(tmp_path, {path: text for profiles in files for path, text in profiles.items()})
    pipeline.build(root, root / "site")
    return root / "site"


def test_the_numbers_on_the_map_match_the_list(tmp_path: Path) -> None:
    site = built(tmp_path, area(1), area(2, position="42.5, -72.2"), area(3, "Eastfield", "42.6, -72.1"))

    html = (site / "en/areas/millbrook/index.html").read_text(encoding="utf-8")
    markers = re.findall(r'<a href="([^"]+)" tabindex="-1"><circle[^>]*/><text[^>]*>(\d+)</text></a>', html)
    listed = re.findall(r'<li><a href="([^"]+)">', html.partition('class="map-box"')[2].partition("</details>")[0])

    assert [path for path, _ in markers] == listed
    assert [number for _, number in markers] == ["1", "2"]
    overview = (site / "en/areas/index.html").read_text(encoding="utf-8")
    marks = re.findall(r'<a href="([^"]+)" tabindex="-1">', overview)
    rows = re.findall(r'<a class="row-link" href="([^"]+)"><b class="mark">(\d)</b>', overview)
    assert [path for path, _ in rows] == marks
    assert len(marks) == 2


def test_a_confidential_location_is_on_no_map(tmp_path: Path) -> None:
    confidential = {path: text + "    confidential: yes\n" for path, text in area(3, position="42.7777, -72.7777").items()}

    site = built(tmp_path, area(1), area(2, position="42.5, -72.2"), confidential)

    html = (site / "en/areas/millbrook/index.html").read_text(encoding="utf-8")
    assert html.count('tabindex="-1"><circle') == 2
    assert "pantry-3" not in html.partition('class="map-box"')[2].partition("</details>")[0]


def test_a_single_location_needs_no_map(tmp_path: Path) -> None:
    site = built(tmp_path, area(1))

    assert 'class="map"' not in (site / "en/areas/millbrook/index.html").read_text(encoding="utf-8")
