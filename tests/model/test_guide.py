"""The values of a guide: their properties and defaults."""

from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import date
from pathlib import PurePosixPath

import pytest

from guidegen.model import article, guide, hours, location, partner, service, service_type, settings, translatable
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import MAX_OFFLINE_PARTNERS
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
    ("language", "order", "expected", "is_fallback"),
    [
        ("es", ("en", "ar"), ("Comida", "es"), False),
        ("vi", ("es", "en"), ("Comida", "es"), True),
        ("vi", ("uk", "ar"), ("طعام", "ar"), True),
        ("vi", (), ("Food", "en"), True),
    ],
)
def test_a_text_falls_back_along_the_order_of_languages(
    language: str, order: tuple[str, ...], expected: tuple[str, str], is_fallback: bool
) -> None:
    resolution = TEXT.resolve(language, order)

    assert ((resolution.text.text, resolution.text.language), resolution.is_fallback) == (expected, is_fallback)
    assert resolution.translation is TEXT.translations[expected[1]]


def test_a_missing_text_is_empty_in_the_requested_language() -> None:
    resolution = TranslatableText().resolve("es", ("en",))

    assert (resolution.text.text, resolution.text.language) == ("", "es")
    assert (resolution.translation.text, resolution.is_fallback) == ("", False)
    assert (TranslatableText().source, TEXT.source) == ("", "Food")
    assert (bool(TranslatableText()), bool(TEXT)) == (False, True)


def test_a_hash_depends_only_on_the_wording() -> None:
    equal_hashes = {text_hash(text) for text in ('a "b"  c', "a “b” c\n", " a „b« c", 'a\n"b" c')}
    other_hashes = {text_hash(text) for text in ("a b c", "a 'b' c", 'A "b" c', 'a "b", c')}

    assert len(equal_hashes) == 1
    assert len(other_hashes) == 4
    assert not equal_hashes & other_hashes
    assert text_hash("it’s ‘so‚") == text_hash("it's 'so'")
    assert text_hash("Free food.") == "5a1fbe9c"


@pytest.mark.parametrize(("kind", "expected"), [("voice", True), ("", True), ("fax", False), ("text", False), ("tty", False)])
def test_a_number_takes_calls_if_its_kind_is_voice_or_unknown(kind: str, expected: bool) -> None:
    assert Phone("911", kind).takes_calls is expected


def test_a_partner_lists_each_service_type_and_town_once() -> None:
    services = (make.service("a", types=("food", "english")), make.service("b", types=("english", "health")))
    towns = (("x", "B"), ("y", "A"), ("z", ""), ("w", "B"))
    locations = tuple(Location(key, address=Address(city=town)) for key, town in towns)

    partner = make.partner(services=services, locations=locations)

    assert partner.types == ("food", "english", "health")
    assert partner.towns == ("B", "A")


def test_an_edition_is_found_by_its_language() -> None:
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
def test_search_words_have_the_concept_of_their_key(words: SearchWords, concept: str) -> None:
    assert words.concept == concept


def test_lists_leave_out_closed_partners() -> None:
    teaching = make.service("a", types=("english",), roles=("workers", "parents"))
    closed = make.partner("old", status="closed", services=(make.service("b", roles=("citizens",), types=("food", "english")),))
    paused = make.partner("paused", status="paused", services=(teaching,))
    guide = make.guide(closed, paused, make.partner("bank", services=(make.service("pantry"),)))

    assert [partner.slug for partner in guide.listed] == ["paused", "bank"]
    assert guide.roles == ("parents", "workers")
    assert guide.count_by_type() == {"english": 1, "food": 1}


def test_a_guide_is_sensitive_if_any_of_its_service_types_is() -> None:
    service_types = (ServiceType("a", make.text("A")), ServiceType("b", make.text("B"), sensitive=True))

    assert make.guide(service_types=service_types).is_sensitive
    assert not make.guide(service_types=service_types[:1]).is_sensitive


@pytest.mark.parametrize(
    ("offline", "count", "expected"),
    [
        (None, 1, True),
        (True, 1, True),
        (False, 1, False),
        (None, MAX_OFFLINE_PARTNERS, True),
        (None, MAX_OFFLINE_PARTNERS + 1, False),
    ],
)
def test_a_guide_can_be_saved_unless_it_says_no_or_is_too_large(offline: bool | None, count: int, expected: bool) -> None:
    settings = replace(Settings(make.text("A"), "https://example.org/", ("en",)), offline=offline)

    assert make.guide(*[make.partner("a")] * count, settings=settings).is_available_offline is expected
    assert MAX_OFFLINE_PARTNERS == 3_000


RECORDS = [
    value
    for module in (article, guide, hours, location, partner, service, service_type, settings, translatable)
    for value in vars(module).values()
    if isinstance(value, type) and is_dataclass(value) and value.__module__ == module.__name__
]
DEFAULTS = {
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
    "Guide.services_file": guide.SourceFile(PurePosixPath("content/services.yml")),
    "Guide.tests_file": guide.SourceFile(PurePosixPath("content/search-tests.yml")),
}
NOT_COMPARED = {
    "Partner.texts", "Partner.places",
        "Partner.remembered", "Partner.identity", "Spotlight.places", "Chapter.places", "OwnPage.places",
    "Settings.places", "SourceFile.places",
}  # fmt: skip


def get_default(field: Field[object]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def is_unknown(value: object) -> bool:
    """Return whether a value means "not known". False does not."""
    unknown_values: tuple[object, ...] = (None, "", (), {}, frozenset(), MISSING)
    is_empty_record = is_dataclass(value) and all(is_unknown(getattr(value, field.name)) for field in fields(value))
    return is_empty_record or any(type(value) is type(unknown) and value == unknown for unknown in unknown_values)


def test_only_these_fields_have_a_default_other_than_unknown() -> None:
    defaults = {f"{record.__name__}.{field.name}": get_default(field) for record in RECORDS for field in fields(record)}
    known_defaults = {name: value for name, value in defaults.items() if not is_unknown(value)}

    assert {name: value for name, value in known_defaults.items() if value is not False} == DEFAULTS
    assert {name for name, value in known_defaults.items() if value is False} == {
        "Partner.is_exposed",
        "Resolution.is_fallback",
        "Spotlight.draft",
        "OwnPage.draft",
        "OwnPage.menu",
        "Settings.fictional",
    }


def test_positions_in_files_are_not_compared_or_shown() -> None:
    names = {f"{record.__name__}.{field.name}": field for record in RECORDS for field in fields(record)}

    assert {name for name, field in names.items() if not field.compare} == NOT_COMPARED
    assert {name for name, field in names.items() if not field.repr} == NOT_COMPARED


def test_codes_from_standards_are_unchanged() -> None:
    assert (DAYS, ROLES) == (("mo", "tu", "we", "th", "fr", "sa", "su"), ("parents", "workers", "citizens"))
    assert set(REMOTE) == {"online", "phone", "home"}
