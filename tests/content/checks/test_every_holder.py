"""Phones, websites and hours of locations and services are checked like those of the organization."""

from datetime import date
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make

HEAD = "name: A\nsummary: Help.\nemail: a@example.org\n"
HOLDERS = {
    "partner": "{}\n",
    "location": "locations:\n  - key: north\n    address: {{city: T}}\n    {}\n",
    "service": "services:\n  - key: help\n    types: [food]\n    name: Help\n    {}\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("website: https://xn--pple-43d.com/", "misleading-link"),
        ('phones: [{number: "(555) 555-0100"}]', "placeholder"),
        ('phones: [{number: "(617) 055-9114"}]', "phone-unknown"),
        ('hours: [{days: [mo], open: "09:00", close: "17:00", until: 2026-01-31}]', "hours-ended"),
        ('hours: [{days: [mo], open: "09:00", close: "05:00"}]', "hours"),
    ],
)
def test_facts_are_checked_in_every_holder(holder: str, fact: str, code: str, tmp_path: Path) -> None:
    text = HEAD + HOLDERS[holder].format(fact)
    root = make.folder(tmp_path, {"content/partners/a.yml": text})
    problems = pipeline.review_content(root, date(2026, 11, 29))
    lines = [problem.line for problem in problems if problem.code == code and problem.path.name == "a.yml"]

    assert lines == [text[: text.index(fact)].count("\n") + 1]
