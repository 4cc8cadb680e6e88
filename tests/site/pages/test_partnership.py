"""The public page about who works with whom: only what its partners and the guide's settings publish."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

from guidegen.model.guide import Guide
from guidegen.model.location import SpokenLanguage
from guidegen.model.partner import Partner, Partnership, Refers, Verified
from guidegen.model.settings import Area, Gaps
from guidegen.model.visibility import select_public
from guidegen.site.pages import partnership
from guidegen.site.pages.partnership import PartnershipView
from tests import make


def public(slug: str, to: tuple[str, ...] = (), visibility: str = "public", **fields: object) -> Partner:
    return make.partner(
        slug, name=slug.upper(), partnership=Partnership(visibility, refers=Refers(to, (), "phone", "desk 4", 1)), **fields
    )


def with_settings(guide: Guide, **settings: object) -> Guide:
    return replace(guide, settings=replace(guide.settings, **settings))  # type: ignore[arg-type]


def show(guide: Guide) -> PartnershipView | None:
    language = make.language()
    pages = list(partnership.plan(select_public(guide), (language,)))
    return partnership.view(pages[0].inputs, language) if pages else None


def test_only_paths_between_public_partners_are_shown() -> None:
    guide = make.guide(
        public("a", ("b", "hidden")),
        public("b"),
        public("hidden", ("a", "b"), "private"),
        public("closed", ("a",), status="closed"),
    )

    view = show(with_settings(guide, constellation=True))

    assert view
    assert [(row.sender.name.text, row.receiver.name.text) for row in view.referrals] == [("A", "B")]
    assert view.referrals[0].details.text == "By phone · Answers in 1 day · Only one of the two says so"
    assert view.picture
    assert {star.label.name for star in view.picture.stars} == {"A", "B"}


def test_the_page_exists_only_if_the_guide_asks_for_it() -> None:
    guide = make.guide(public("a", ("b",)), public("b"))

    assert show(guide) is None
    tables_only = show(with_settings(guide, gaps=Gaps(public=True)))
    assert tables_only
    assert not tables_only.referrals
    assert tables_only.picture is None
    assert tables_only.tables


def test_the_tables_count_organizations_by_kind_language_and_area() -> None:
    spanish = make.service(languages=(SpokenLanguage("es", "staff"),))
    guide = make.guide(
        make.partner("one", services=(spanish, replace(spanish, key="shelf"))),
        make.partner("two", services=(replace(spanish, languages=(SpokenLanguage("es-MX", ""),)),)),
        make.partner("paused", services=(spanish,), status="paused"),
    )
    settings = with_settings(guide, gaps=Gaps(("es", "so"), public=True), areas=(Area("Lake"), Area("Hill")))

    view = show(settings)

    assert view
    assert view.languages == ("Spanish", "Somali")
    assert [table.area.words.text for table in view.tables] == [""], "an area without anything has no table"
    counts = {kind.path: numbers for kind, numbers in view.tables[0].rows}
    assert counts["en/services/food/"] == (2, 0)


def test_a_guide_in_one_language_has_no_table_without_columns() -> None:
    guide = with_settings(make.guide(make.partner()), gaps=Gaps(public=True), languages=("en",))

    view = show(guide)

    assert view
    assert view.tables == ()


def test_how_old_facts_are_changes_nothing() -> None:
    """A page must not depend on the day of the build."""
    spanish = make.service(languages=(SpokenLanguage("es", "staff"),))
    views = [
        show(with_settings(make.guide(make.partner(services=(spanish,), verified=verified)), gaps=Gaps(public=True)))
        for verified in (None, Verified(date(2001, 2, 3)), Verified(date(2026, 11, 1)))
    ]
    assert views[0] == views[1] == views[2]


def test_the_table_of_the_sample_says_the_same_as_the_picture(sample_site: Path) -> None:
    html = (sample_site / "ar/partnership/index.html").read_text(encoding="utf-8")

    picture, _, rest = html.partition('class="constellation"')[2].partition("</svg>")
    lines = Counter(unescape(title) for title in re.findall(r'<path class="path".*?<title>(.*?)</title>', picture))
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td>', rest.partition("</table>")[0])
    assert lines == Counter(" → ".join(unescape(re.sub("<[^>]+>", "", cell)) for cell in row) for row in rows)
    assert len(rows) >= 30
