"""What the documentation says is so."""

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_reference_of_fields_is_that_of_the_field_table() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "reference"))["reference"]()

    assert (ROOT / "docs/reference/fields.md").read_text(encoding="utf-8") == made


def test_every_link_between_documents_leads_to_a_file() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        broken += [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]

    assert broken == []


def test_every_command_is_in_the_readme_or_the_documents() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

    for command in ("build", "check", "serve", "new partner", "new spotlight", "new guide", "translations accept", "schema"):
        assert f"guidegen {command}" in text
