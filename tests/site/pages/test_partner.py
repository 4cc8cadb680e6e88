"""A partner's profile."""

import json
import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make

FULL = """\
name: Riverbend <Adult> School & Co
plain_name: Free English school
summary: Free English for adults.
phones: [{number: "(555) 555-0100", extension: "12"}]
languages: [{code: es, how: staff}]
verified: {date: 2026-10-02, how: phone}
locations: [{key: main, address: {line1: 120 Mill Street, city: Riverbend, state: MA, postal_code: "00101"}, access: {wheelchair: yes}}]
services:
  - key: evening
    types: [english]
    name: Evening class
    at: [main]
    hours: [{days: [mo], open: "18:00", close: "20:30"}]
    cost: {amount: 25, currency: USD, note: per month}
    who: {text: Adults, ages: [18, null]}
    apply: {steps: Come on a Monday., walk_in: yes}
    asks: {photo_id: no, ssn: yes}
    documents: [A letter]
"""
TWO_DESKS = """\
name: Two desks
summary: Help.
phones: [{number: "(555) 555-0101"}]
languages: [{code: es, how: staff}]
services:
  - {key: one, types: [food], name: One}
  - {key: two, types: [food], name: Two, phones: [{number: "(555) 555-0102"}], languages: [{code: fr, how: staff}]}
"""
SPANISH = "summary: Inglés gratis para adultos.\nservices: [{key: evening, name: Clase nocturna}]\ntranslation: {by: machine}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files: dict[str, str | bytes] = {
        "content/partners/school.yml": FULL,
        "content/partners/school.es.yml": SPANISH,
        "content/partners/two-desks.yml": TWO_DESKS,
        "content/partners/gone.yml": "name: Gone\nsummary: It was.\nstatus: closed\nservices: [{key: a, types: [food], name: A}]\n",
        "content/spotlights/story.md": "---\ntitle: A story\ndate: 2026-01-02\npartners: [school]\n---\nSee [[partner:school]].\n",
    }
    root = make.folder(tmp_path_factory.mktemp("guide"), files)
    pipeline.build(root, root / "site")
    return root / "site"


def page(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_the_facts_of_a_service_are_in_the_order_people_ask(site: Path) -> None:
    labels = re.findall(r"<dt>(.*?)</dt>", page(site, "en/partners/school"))

    assert labels == [
        "What it costs", "Who it is for", "Where", "When", "How to start", "What to bring", "What they ask for", "What they do not ask",
    ]  # fmt: skip


def test_a_service_repeats_no_phone_and_no_language_of_the_whole_partner(site: Path) -> None:
    html = page(site, "en/partners/school")

    assert html.count('href="tel:+15555550100') == 2  # the button that calls, and the part about contact
    assert "Languages they speak" not in html
    own = page(site, "en/partners/two-desks")
    assert own.count("Languages they speak") == 1
    assert "(555) 555-0102" in own[own.index('class="profile-main"') :]


def test_the_first_facts_say_what_is_known_and_name_what_is_not(site: Path) -> None:
    known, unknown = page(site, "en/partners/school"), page(site, "en/partners/two-desks")

    first = known[known.index('<ul class="glance"') : known.index('<ul class="actions"')]
    assert re.sub(r"<[^>]+>|\s+", " ", first).split() == (
        "Monday 6:00 PM to 8:30 PM $25 … 120 Mill Street, Riverbend, MA 00101 Languages: Spanish".replace(
            " PM", "\u202fPM"
        ).split()
    )
    assert "Not known" not in known
    assert "Not known: the price and the opening hours. Ask them." in re.sub(r"<[^>]+>", "", unknown)


def test_the_first_hours_are_those_of_an_active_service_and_name_another_time_zone(tmp_path: Path) -> None:
    hours = 'hours: [{days: [mo], open: "09:00", close: "10:00"}]'
    away = 'time_zone: America/Los_Angeles, hours: [{days: [tu], open: "11:00", close: "12:00"}]'
    services = (
        f"services: [{{key: a, types: [food], name: A, status: paused, {hours}}}, {{key: b, types: [food], name: B, {away}}}]"
    )
    root = make.folder(tmp_path, {"content/partners/x.yml": f"name: X\nsummary: Y\nemail: a@example.org\n{services}\n"})
    pipeline.build(root, root / "site")

    html = page(root / "site", "en/partners/x")
    glance = html[html.index('<ul class="glance"') : html.index('<ul class="actions"')]
    assert "Tuesday" in glance
    assert "Monday" not in glance
    assert "Times are in" in glance
    card = page(root / "site", "en/services/food").partition("x/index.html")[2]
    assert card.count("Times are in") == 1
    assert card.index("Times are in") > card.index("Tuesday")


def test_unknown_facts_are_not_shown(site: Path) -> None:
    html = page(site, "en/partners/food-bank")

    labels = re.findall(r"<dt>(.*?)</dt>", html)
    assert labels == []
    assert "ID needed" not in html
    assert "Nobody has checked these facts yet" in html


def test_a_fallback_is_marked_with_its_language_and_direction_and_has_a_notice(site: Path) -> None:
    html = page(site, "ar/partners/school")

    assert '<html lang="ar" dir="rtl">' in html
    assert '<p class="lead" lang="en" dir="ltr">Free English for adults.' in html
    assert '<bdi lang="en" dir="ltr">Come on a Monday.</bdi>' in html
    notices = re.findall(r'<div class="notices".*?</div>', html, re.DOTALL)
    assert "الإنجليزية" in notices[0]


def test_a_machine_translation_has_a_notice(site: Path) -> None:
    assert "traducid" in re.findall(r'<div class="notices".*?</div>', page(site, "es/partners/school"), re.DOTALL)[0]
    assert "notices" not in page(site, "en/partners/school")


def test_phones_times_and_prices_are_isolated_runs(site: Path) -> None:
    html = page(site, "ar/partners/school")

    assert '<bdi dir="ltr">(555) 555-0100</bdi>' in html
    assert '<bdi dir="ltr">$25</bdi>' in html
    assert re.search(r'<bdi dir="rtl"><bdi dir="ltr">6:00</bdi>.م</bdi>', html)


def test_a_phone_can_be_called_with_its_extension(site: Path) -> None:
    assert 'href="tel:+15555550100,12"' in page(site, "en/partners/school")


def test_names_cannot_break_the_page_or_its_data(site: Path) -> None:
    html = page(site, "en/partners/school")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)

    assert "Riverbend &lt;Adult&gt; School &amp; Co" in html
    assert "<" not in data
    assert json.loads(data)["name"] == "Riverbend <Adult> School & Co"


def test_the_json_ld_matches_the_page(site: Path) -> None:
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page(site, "es/partners/school"))[0])

    assert data["@type"] == "Organization"
    assert data["description"] == {"@value": "Inglés gratis para adultos.", "@language": "es"}
    assert data["makesOffer"][0]["priceSpecification"][0]["price"] == "25"
    assert data["makesOffer"][0]["itemOffered"]["hoursAvailable"][0]["opens"] == "18:00"
    assert data["location"][0]["address"]["addressLocality"] == "Riverbend"
    assert "geo" not in data["location"][0]


def test_a_closed_partner_keeps_its_page_but_is_in_no_list(site: Path) -> None:
    assert "Closed for good." in page(site, "en/partners/gone")
    assert "partners/gone" not in page(site, "en/services/food").replace('hreflang="', "")
    assert "../gone/" not in page(site, "en/partners")


def test_articles_and_partners_link_to_each_other(site: Path) -> None:
    assert "../../spotlights/story/index.html" in page(site, "en/partners/school")
    assert '<a href="../../partners/school/index.html">Riverbend &lt;Adult&gt; School &amp; Co</a>' in page(
        site, "en/spotlights/story"
    )


def test_a_list_links_to_an_article_in_another_language_and_names_it(site: Path) -> None:
    html = page(site, "es/spotlights")

    assert 'href="../../en/spotlights/story/index.html" hreflang="en"' in html
    assert '<small class="label">inglés</small>' in html


def test_the_feed_of_a_language_has_the_articles_written_in_it(site: Path) -> None:
    assert "<title>A story</title>" in (site / "en/feed.xml").read_text(encoding="utf-8")
    assert "A story" not in (site / "es/feed.xml").read_text(encoding="utf-8")


def test_the_sitemap_has_the_alternates_of_each_page(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")

    entry = next(line for line in text.splitlines() if "<loc>https://guide.example.org/ar/partners/school/</loc>" in line)
    assert re.findall(r'hreflang="([^"]+)"', entry) == ["en", "es", "ar"]
    story = next(line for line in text.splitlines() if "spotlights/story/" in line)
    assert re.findall(r'hreflang="([^"]+)"', story) == ["en"]


def test_latin_names_and_addresses_run_from_left_to_right_in_an_arabic_guide(tmp_path: Path) -> None:
    text = FULL.replace("plain_name: Free English school\n", "")
    files: dict[str, str | bytes] = {
        "guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[ar, en]"),
        "content/partners/school.yml": text,
    }
    files["content/services.yml"] = "types: [{id: english, name: {ar: دروس}}, {id: food, name: {ar: طعام}}]\n"
    root = make.folder(tmp_path, files)

    pipeline.build(root, root / "site")

    for language in ("ar", "en"):
        assert '<bdi dir="ltr">120 Mill Street, Riverbend, MA 00101</bdi>' in page(root / "site", f"{language}/partners/school")
