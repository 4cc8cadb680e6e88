"""The sample guide: Riverbend County."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen import pipeline
from guidegen.checks import asking
from guidegen.content.shapes import Many, OneOf, Record
from guidegen.content.tables import PARTNER
from guidegen.model import Guide
from guidegen.problems import Severity

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def guide() -> Guide:
    read, problems = pipeline.read(ROOT)
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []
    return read


def field_names(reader: object, at: str = "") -> Iterator[str]:
    """Every field of the table by its path without keys."""
    inner = getattr(reader, "reader", reader) if isinstance(reader, Many) else reader
    shapes = inner.shapes if isinstance(inner, OneOf) else (inner,)
    for shape in shapes:
        if isinstance(shape, Record):
            for field in shape.fields:
                yield f"{at}{field.name}"
                yield from field_names(field.reader, f"{at}{field.name}.")


def test_it_has_36_partners_and_8_spotlights_or_more(guide: Guide) -> None:
    assert len(guide.partners) >= 36
    assert len(guide.spotlights) >= 8


def test_every_service_type_is_offered(guide: Guide) -> None:
    assert [kind.id for kind in guide.service_types if not guide.offered()[kind.id]] == []


def test_every_field_is_used_three_times_or_more(guide: Guide) -> None:
    used: Counter[str] = Counter()
    for partner in guide.partners:
        for path in partner.places:
            used[path] += 1
    counts: Counter[str] = Counter()
    for partner in guide.partners:
        keys = {place.key for place in partner.locations} | {one.key for one in partner.services}
        keys |= {phone.number for phone in partner.phones} | {spoken.code for spoken in partner.languages}
        for path in partner.places:
            for key in sorted(keys, key=len, reverse=True):
                path = path.replace(f".{key}.", ".", 1)
            counts[".".join(part for part in path.split(".") if not part.lstrip("-").isdigit())] += 1
    rare = {name: counts[name] for name in field_names(PARTNER) if counts[name] < 3}

    assert rare == {}


def test_every_phone_and_address_is_plainly_fictional(guide: Guide) -> None:
    for partner in guide.partners:
        assert all(phone.number.startswith("(555) 555-01") for phone in partner.phones), partner.slug
        links = [partner.website, *partner.social, *(service.apply.url for service in partner.services)]
        assert all("example.org" in link for link in links if link), partner.slug


def test_spanish_is_complete_and_the_others_have_what_is_vital(guide: Guide) -> None:
    for partner in guide.listed:
        missing = [at for at, text in partner.texts.items() if "es" not in text.versions and ".hours." not in at]
        assert missing == [], partner.slug
    for tag in ("zh-Hans", "ar", "vi", "ht", "fa", "uk"):
        have = sum(tag in partner.summary.versions for partner in guide.listed)
        assert have >= 0.8 * len(guide.listed)


def test_there_are_fresh_stale_unrecorded_and_missing_translations(guide: Guide) -> None:
    states = Counter(
        version.state for partner in guide.partners for text in partner.texts.values() for version in text.versions.values()
    )

    assert {"fresh", "stale", "unrecorded"} <= set(states)
    assert any("fa" not in partner.summary.versions for partner in guide.partners)


def test_two_spotlights_exist_in_three_languages(guide: Guide) -> None:
    assert sum(len(spotlight.editions) >= 3 for spotlight in guide.spotlights) >= 2


ONLY_TWO = {
    "en": "only in English and Spanish",
    "es": "solo en inglés y español",
    "zh-Hans": "只有英语和西班牙语",
    "ar": "بالإنجليزية والإسبانية فقط",
    "vi": "chỉ có tiếng Anh và tiếng Tây Ban Nha",
    "ht": "an anglè ak an panyòl sèlman",
    "fa": "فقط به انگلیسی و اسپانیایی",
    "uk": "лише англійською та іспанською",
}
"""Texts to 988 are answered in two languages: said of the number wherever it stands."""
CALL_IS_FREE = {
    "en": "The call is free",
    "es": "La llamada es gratis",
    "zh-Hans": "这个电话免费",
    "ar": "المكالمة مجانية",
    "vi": "Cuộc gọi miễn phí",
    "ht": "Apèl la gratis",
    "fa": "تماس شب و روز رایگان است",
    "uk": "Дзвінок безкоштовний",
}
"""The call to 911 costs nothing; an ambulance does."""


@pytest.mark.parametrize("tag", ONLY_TWO)
def test_the_crisis_answer_and_the_urgent_list_promise_texts_in_two_languages_only(guide: Guide, tag: str) -> None:
    (answer,) = (one for one in guide.answers if one.number == "988")
    (listed,) = (one for kind in guide.service_types for one in kind.urgent if one.number == "988")

    assert ONLY_TWO[tag] in answer.text.versions[tag].text
    assert ONLY_TWO[tag] in listed.text.versions[tag].text


@pytest.mark.parametrize("tag", CALL_IS_FREE)
def test_the_emergency_notice_says_that_the_call_is_free(guide: Guide, tag: str) -> None:
    (emergency,) = (kind for kind in guide.service_types if kind.id == "emergency")

    assert CALL_IS_FREE[tag] in emergency.notice.versions[tag].text


def test_every_pinned_answer_is_found_and_read_in_every_language(guide: Guide) -> None:
    for answer in guide.answers:
        assert set(answer.text.versions) == set(guide.settings.languages), answer.id
        assert set(answer.words) == set(guide.settings.languages), answer.id


def test_no_chinese_text_says_deportation(guide: Guide) -> None:
    shown = [text for partner in guide.partners for text in partner.texts.values()]
    shown += [text for kind in guide.service_types for text in (kind.name, kind.summary, kind.notice)]

    assert [text.source for text in shown if "zh-Hans" in text.versions and "驱逐" in text.versions["zh-Hans"].text] == []


def test_no_profile_says_that_nobody_asks_about_status_beside_a_paper_that_shows_it(guide: Guide) -> None:
    assert [str(found.path) for found in asking.status_shown_but_not_asked(guide)] == []
