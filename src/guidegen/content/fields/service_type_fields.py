"""The fields of ``content/services.yml`` and ``content/search-tests.yml``."""

from guidegen.content.fields.by_language import CodesByScheme, ListsByLanguage, TextByLanguage
from guidegen.content.fields.common_fields import DAY, FORMER_NAMES, YES_NO
from guidegen.content.fields.compound import Many, OneOf
from guidegen.content.fields.language_tag import LanguageTag
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import KEY, Choice
from guidegen.content.fields.text import Line
from guidegen.model.service_type import Answer, SearchTest, SearchWords, ServiceType
from guidegen.model.settings import Urgent
from guidegen.search.concepts import FACTS, NEEDS

NEED = Choice({name: name.replace("-", " ") for name in NEEDS})
URGENT = Record(
    "an entry of 'urgent'",
    (
        Field("number", PhoneNumber(), "the number", '"911"', required=True),
        Field("name", TextByLanguage(120), "what it is", "{en: Emergency}", required=True),
        Field("text", TextByLanguage(300), "when to call", "{en: Fire, police, ambulance}"),
        Field("needs", Many(NEED), "the urgent needs for which search shows this number first", "[suicide]"),
    ),
    Urgent,
)
SERVICE_TYPE = Record(
    "a service type",
    (
        Field("id", KEY, "a short name, used in web addresses", "english", required=True),
        FORMER_NAMES,
        Field("icon", KEY, "an icon in static/icons", "english"),
        Field("name", TextByLanguage(80), "its name", "{en: English classes}", required=True, hsds="taxonomy_term.name"),
        Field("summary", TextByLanguage(300), "one plain sentence", "{en: Learn English.}", hsds="taxonomy_term.description"),
        Field("synonyms", ListsByLanguage(Many(Line(80))), "other words for it in each language, for search", "{en: [ESL]}"),
        Field("crosswalk", CodesByScheme(Many(Line(40))), "codes of other classifications", '{open_eligibility: ["108-01"]}', hsds="taxonomy_term.code"),
        Field("classes", YES_NO, "its services are classes: readers can add hours with a first day to their calendars", "yes"),
        Field("sensitive", YES_NO, "its pages are about something that readers may want to hide from others", "yes"),
        Field("notice", TextByLanguage(400), "a warning shown with it", "{en: A notario is not a lawyer.}"),
        Field("checked", DAY, "when the warning was last checked", "2026-10-02"),
        Field("urgent", Many(URGENT), "emergency numbers", ""),
    ),
    ServiceType,
)  # fmt: skip
_SYNONYMS = Field(
    "synonyms", ListsByLanguage(Many(Line(80))), "words people use for it, in each language", "{en: [after work]}", required=True
)
SEARCH_WORDS = OneOf(
    (
        Record("an entry of 'words'", (Field("fact", Choice({name: name.replace("-", " ") for name in FACTS}), "a fact about access", "evening"), _SYNONYMS), SearchWords),
        Record("an entry of 'words'", (Field("need", NEED, "an urgent need", "eviction"), _SYNONYMS), SearchWords),
        Record("an entry of 'words'", (Field("language", LanguageTag(), "a spoken language", "vi"), _SYNONYMS), SearchWords),
    ),
    "an entry of 'words'",
)  # fmt: skip
ANSWER = Record(
    "an answer",
    (
        Field("id", KEY, "a short name", "notario", required=True),
        Field("words", ListsByLanguage(Many(Line(80))), "what people type, in each language", "{es: [notario]}", required=True),
        Field(
            "text",
            TextByLanguage(400),
            "what search shows first for these words",
            "{en: A notario is not a lawyer.}",
            required=True,
        ),
        Field("number", PhoneNumber(), "a number to call", '"988"'),
    ),
    Answer,
)
SERVICE_TYPES: Record[dict[str, object]] = Record(
    "services.yml",
    (
        Field("types", Many(SERVICE_TYPE, identity="id"), "the service types, in the order of the guide", "", required=True),
        Field("words", Many(SEARCH_WORDS, limit=500), "search words, in addition to those of guidegen"),
        Field("answers", Many(ANSWER, identity="id"), "what search shows first for some words: a hotline, a warning"),
    ),
    dict,
)
SEARCH_TESTS: Record[dict[str, object]] = Record(
    "search-tests.yml",
    (
        Field(
            "tests",
            Many(
                Record(
                    "a search test",
                    (
                        Field("query", Line(200), "what a person types", "my tooth hurts", required=True),
                        Field("type", KEY, "the service type that must come first", "health", required=True),
                        Field(
                            "language",
                            LanguageTag(),
                            "the language of the query; the first language of the guide if left out",
                            "en",
                        ),
                    ),
                    SearchTest,
                ),
                limit=2000,
            ),
            "queries, and what they must find",
            "",
            required=True,
        ),
    ),
    dict,
)
