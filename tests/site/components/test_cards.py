"""Cards in lists."""

from pathlib import Path

from guidegen.build import pipeline
from tests import make

PROFILE = """\
name: {name}
phones: [{{number: "(555) 555-0114"}}]
locations: [{{key: main, address: {{line1: {street}, city: Riverbend}}{confidential}}}]
services: [{{key: a, types: [food], name: Pantry}}]
"""


def test_organizations_of_the_same_name_show_their_streets(tmp_path: Path) -> None:
    def write(name: str, street: str, confidential: str = "") -> str:
        return PROFILE.format(name=name, street=street, confidential=confidential)

    files = {
        "content/partners/a.yml": write("Care House", "1 Mill Street"),
        "content/partners/b.yml": write("Care House", "9 Hill Road"),
        "content/partners/c.yml": write("Care House", "5 Hidden Lane", ", confidential: yes"),
        "content/partners/d.yml": write("Harbor Kitchen", "7 Dock Street"),
    }
    root = make.folder(tmp_path / "guide", files)
    pipeline.build(root, tmp_path / "site")

    for page in ("services/food", "areas/riverbend", "partners"):
        text = (tmp_path / "site/en" / page / "index.html").read_text(encoding="utf-8")
        assert "1 Mill Street, Riverbend" in text, page
        assert "9 Hill Road, Riverbend" in text, page
        assert "Hidden Lane" not in text
        assert "Dock Street" not in text

    (root / "content/partners/b.yml").write_text(write("Care Home", "9 Hill Road"), encoding="utf-8")
    (root / "content/partners/c.yml").unlink()
    pipeline.build(root, tmp_path / "site")
    assert "Mill Street" not in (tmp_path / "site/en/services/food/index.html").read_text(encoding="utf-8")
