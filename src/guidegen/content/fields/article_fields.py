"""The fields of spotlight articles and translations."""

from guidegen.content.fields.by_language import TextByLanguage
from guidegen.content.fields.common_fields import DAY, FORMER_NAMES, YES_NO
from guidegen.content.fields.compound import Many
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import IMAGE, SLUG, Choice, WholeNumber
from guidegen.content.fields.source_version import SOURCE_VERSION
from guidegen.content.fields.text import Line

ORDER = WholeNumber(1, 9999)
TRANSLATION = Record(
    "'translation'",
    (
        Field("by", Choice({"human": "a person", "machine": "a program", "reviewed": "a program, then a person"}), "who translated it", "human", required=True),
        Field("who", Line(80), "the translator's initials or name", "AF"),
        Field("date", DAY, "the day of the translation", "2026-11-01"),
        Field("matches", YES_NO, "it matches its source as it is now; a workflow records it and removes this line", "yes"),
    ),
    dict[str, object],
)  # fmt: skip
SPOTLIGHT: Record[dict[str, object]] = Record(
    "a spotlight",
    (
        Field("title", Line(160), "the headline", "A warm handoff that works", required=True),
        Field("summary", Line(300), "one sentence", "How two desks became one."),
        Field("date", DAY, "day of publication", "2026-09-14", required=True),
        Field("updated", DAY, "day of the last change, where that matters to its translations", "2026-10-02"),
        Field("authors", Many(Line(80)), "who wrote it", "[Ana Field]"),
        Field("topics", Many(Line(60)), "what it is about", "[referrals]"),
        Field("partners", Many(SLUG), "partners it features", "[food-bank]"),
        Field("image", IMAGE, "a picture in content/images", "images/desk.jpg"),
        Field("alt", Line(300), "what the picture shows, for people who cannot see it", "Two people at a desk"),
        Field("order", ORDER, "its place in the chapter", "1"),
        Field("draft", YES_NO, "shown only in preview", "yes"),
        FORMER_NAMES,
    ),
    dict,
)  # fmt: skip
CHAPTER: Record[dict[str, object]] = Record(
    "a chapter",
    (
        Field("title", TextByLanguage(80), "its name", "{en: Work, es: Trabajo}", required=True),
        Field("summary", TextByLanguage(300), "one sentence", "{en: How to find work and what to know about it.}"),
        Field("order", ORDER, "its place among the chapters", "1"),
        Field("for", Choice({"readers": "everybody", "partners": "staff of partners, such as a toolkit"}), "whom it is for", "partners"),
    ),
    dict,
)  # fmt: skip
OWN_PAGE: Record[dict[str, object]] = Record(
    "a page",
    (
        Field("title", Line(80), "the title, which is also the text of its link", "Volunteer with us", required=True),
        Field("updated", DAY, "day of the last change, where that matters to its translations", "2026-10-02"),
        Field("menu", YES_NO, "its link is in the menu; otherwise it is in the footer", "yes"),
        Field("draft", YES_NO, "shown only in preview", "yes"),
    ),
    dict,
)  # fmt: skip
OWN_PAGE_TRANSLATION: Record[dict[str, object]] = Record(
    "a translated page",
    (
        Field("title", Line(80), "the title", "", required=True),
        Field("translation", TRANSLATION, "who translated it", "{by: human, who: AF, date: 2026-11-01}"),
        Field("translated_from", SOURCE_VERSION, "which version of the source it says; written by guidegen", "2026-05-01"),
    ),
    dict,
)  # fmt: skip
SPOTLIGHT_TRANSLATION: Record[dict[str, object]] = Record(
    "a translated spotlight",
    (
        Field("title", Line(160), "the headline", "", required=True),
        Field("summary", Line(300), "one sentence"),
        Field("alt", Line(300), "what the picture shows"),
        Field("translation", TRANSLATION, "who translated it", "{by: human, who: AF, date: 2026-11-01}"),
        Field("translated_from", SOURCE_VERSION, "which version of the source it says; written by guidegen", "2026-05-01"),
    ),
    dict,
)  # fmt: skip
