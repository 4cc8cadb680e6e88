"""What the values of a guide say of themselves."""

from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from pathlib import PurePosixPath

import pytest

from guidegen.model import article, guide, hours, location, partner, service, service_type, settings, translatable
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import MAX_SAVED
from guidegen.model.hours import DAYS
from guidegen.model.location import Address, Location, Phone
from guidegen.model.partner import ROLES
from guidegen.model.service import REMOTE
from guidegen.model.service_type import SearchWords, ServiceType
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText, text_hash
from tests import make

TEXT = make.text("Food", ar="طعام", es="Comida")


@pytest.mark.parametrize(
    ("language", "order", "shown", "is_fallback"),
    [
        ("es", ("en", "ar"), ("Comida", "es"), False),
        ("vi", ("es", "en"), ("Comida", "es"), True),
        ("vi", ("uk", "ar"), ("طعام", "ar"), True),
        ("vi", (), ("Food", "en"), True),
    ],
)
def test_a_text_falls_back_along_the_order_of_languages(
    language: str, order: tuple[str, ...], shown: tuple[str, str], is_fallback: bool
) -> None:
    chosen = TEXT.choose(language, order)

    assert ((chosen.words.text, chosen.words.language), chosen.is_fallback) == (shown, is_fallback)
    assert chosen.version is TEXT.versions[shown[1]]


def test_a_text_that_nobody_wrote_is_empty_in_the_language_that_was_asked_for() -> None:
    chosen = TranslatableText().choose("es", ("en",))

    assert (chosen.words.text, chosen.words.language, chosen.version.text, chosen.is_fallback) == ("", "es", "", False)
    assert (TranslatableText().source, TEXT.source) == ("", "Food")
    assert (bool(TranslatableText()), bool(TEXT)) == (False, True)


def test_a_hash_changes_with_the_wording_alone() -> None:
    same = {text_hash(text) for text in ('a "b"  c', "a “b” c\n", " a „b« c", 'a\n"b" c')}
    other = {text_hash(text) for text in ("a b c", "a 'b' c", 'A "b" c', 'a "b", c')}

    assert len(same) == 1
    assert len(other) == 4
    assert not same & other
    assert text_hash("it’s ‘so‚") == text_hash("it's 'so'")
    assert text_hash("Free food.") == "5a1fbe9c"


@pytest.mark.parametrize(("kind", "expected"), [("voice", True), ("", True), ("fax", False), ("text", False), ("tty", False)])
def test_one_can_talk_at_a_number_as_far_as_is_known(kind: str, expected: bool) -> None:
    assert Phone("911", kind).takes_calls is expected


def test_a_partner_names_its_kinds_of_help_and_its_towns_once() -> None:
    services = (make.service("a", types=("food", "english")), make.service("b", types=("english", "health")))
    towns = tuple(Location(key, address=Address(city=town)) for key, town in (("x", "B"), ("y", "A"), ("z", ""), ("w", "B")))

    partner = make.partner(services=services, locations=towns)

    assert partner.types == ("food", "english", "health")
    assert partner.towns == ("B", "A")


def test_an_article_is_found_by_its_language() -> None:
    source = PurePosixPath("content/spotlights/a.md")
    editions = tuple(Edition(tag, source, tag, "") for tag in ("en", "es"))
    article = Spotlight("a", source, date(2026, 1, 1), editions)

    assert article.edition("es") is editions[1]
    assert article.edition("ar") is None


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        (SearchWords(fact="evening"), "fact:evening"),
        (SearchWords(need="shelter"), "need:shelter"),
        (SearchWords(language="es"), "lang:es"),
        (SearchWords(), ""),
    ],
)
def test_words_of_search_name_their_concept(words: SearchWords, concept: str) -> None:
    assert words.concept == concept


def test_lists_leave_out_closed_partners() -> None:
    teaching = make.service("a", types=("english",), roles=("workers", "parents"))
    closed = make.partner("old", status="closed", services=(make.service("b", roles=("citizens",), types=("food", "english")),))
    paused = make.partner("paused", status="paused", services=(teaching,))
    guide = make.guide(closed, paused, make.partner("bank", services=(make.service("pantry"),)))

    assert [partner.slug for partner in guide.listed] == ["paused", "bank"]
    assert guide.roles == ("parents", "workers")
    assert guide.offered() == {"english": 1, "food": 1}
    assert guide.partner("old") is closed
    assert guide.partner("none") is None


def test_a_guide_is_sensitive_if_a_kind_of_help_is() -> None:
    kinds = (ServiceType("a", make.text("A")), ServiceType("b", make.text("B"), sensitive=True))

    assert make.guide(service_types=kinds).is_sensitive
    assert not make.guide(service_types=kinds[:1]).is_sensitive


@pytest.mark.parametrize(
    ("offline", "count", "expected"),
    [(None, 1, True), (True, 1, True), (False, 1, False), (None, MAX_SAVED, True), (None, MAX_SAVED + 1, False)],
)
def test_copies_are_offered_unless_the_guide_says_no_or_is_too_large(offline: bool | None, count: int, expected: bool) -> None:
    settings = replace(Settings(make.text("A"), "https://example.org/", ("en",)), offline=offline)

    assert make.guide(*[make.partner("a")] * count, settings=settings).can_be_saved is expected
    assert MAX_SAVED == 3_000


RECORDS = [
    one
    for module in (article, guide, hours, location, partner, service, service_type, settings, translatable)
    for one in vars(module).values()
    if isinstance(one, type) and is_dataclass(one) and one.__module__ == module.__name__
]
GIVEN = {
    "Translation.state": "source",
    "Times.every": 1,
    "Income.percent_of": "federal-poverty-level",
    "Service.status": "active",
    "Partner.status": "active",
    "Partner.partnership": partner.Partnership("private"),
    "Partnership.visibility": "private",
    "Edition.state": "source",
    "Edition.body_line": 1,
    "Settings.source": PurePosixPath("guide.yml"),
    "Guide.services_file": guide.ReadFile(PurePosixPath("content/services.yml")),
    "Guide.tests_file": guide.ReadFile(PurePosixPath("content/search-tests.yml")),
}
NOT_COMPARED = {
    "Partner.texts", "Partner.places", "Partner.identity", "Spotlight.places", "Settings.places", "ReadFile.places",
}  # fmt: skip


def default(field: Field[object]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def is_nothing(value: object) -> bool:
    """Whether a value says nothing: not even no."""
    empty: tuple[object, ...] = (None, "", (), {}, frozenset(), MISSING)
    is_record = is_dataclass(value) and all(is_nothing(getattr(value, one.name)) for one in fields(value))
    return is_record or any(type(value) is type(one) and value == one for one in empty)


def test_what_is_not_given_is_not_known_but_for_this() -> None:
    known = {f"{record.__name__}.{one.name}": default(one) for record in RECORDS for one in fields(record)}
    said = {name: value for name, value in known.items() if not is_nothing(value)}

    assert {name: value for name, value in said.items() if value is not False} == GIVEN
    assert {name for name, value in said.items() if value is False} == {
        "Resolution.is_fallback",
        "Spotlight.draft",
        "Settings.fictional",
    }


def test_where_something_stands_is_no_part_of_what_it_says() -> None:
    both = [(f"{record.__name__}.{one.name}", one.compare, one.repr) for record in RECORDS for one in fields(record)]

    assert {name for name, compared, _ in both if not compared} == NOT_COMPARED
    assert {name for name, _, shown in both if not shown} == NOT_COMPARED


def test_words_of_the_standards_stay() -> None:
    assert (DAYS, ROLES) == (("mo", "tu", "we", "th", "fr", "sa", "su"), ("parents", "workers", "citizens"))
    assert set(REMOTE) == {"online", "phone", "home"}
