"""What scripts write is written as pages write it."""

from datetime import date, timedelta

import pytest

from guidegen.content.catalogs import load_languages
from guidegen.site.components.script_data import build_date_patterns
from tests import ROOT

TAGS = tuple(sorted(file.stem for file in (ROOT / "locales").glob("*.po")))


@pytest.mark.parametrize("has_year", [False, True])
def test_every_date_of_a_year_is_that_of_the_page_in_every_language(has_year: bool) -> None:
    assert len(TAGS) > 20
    for language in load_languages(ROOT, TAGS, "US"):
        patterns = build_date_patterns(language, has_year)
        months, first = patterns["dates"], str(patterns["first"])
        assert isinstance(months, list)
        for number in range(365):
            day = date(2027, 1, 1) + timedelta(number)
            written = months[day.month - 1].replace("{day}", first if day.day == 1 else str(day.day)).replace("{year}", "2027")
            expected = language.date(day) if has_year else language.day_of_year(day.month, day.day)
            assert written == expected.text, (language.tag, day)
