"""About pages: what they say of the people who maintain the guide."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("contact: {email: guide@example.org}\n", "Tell us what happened: guide@example.org"),
        ("contact: {url: 'https://example.org/feedback'}\n", "Tell us what happened: https://example.org/feedback"),
        ("", ""),
    ],
)
def test_a_section_about_the_contact_needs_one(tmp_path: Path, contact: str, shown: str) -> None:
    settings = make.GUIDE_YML.replace("contact: {email: guide@example.org}\n", contact)
    root = make.folder(tmp_path, {"guide.yml": settings})
    pipeline.build(root, root / "site")

    html = (root / "site/en/accessibility/index.html").read_text(encoding="utf-8")

    text = re.sub("<[^>]+>", "", html)
    assert shown in text
    assert ("If something does not work for you" in text) is bool(shown)
    assert ("Tell us what happened" in text) is bool(shown)
