"""The fields of ``guide.yml``, and of the files in ``guides/``."""

import dataclasses

from guidegen.content.fields.by_language import TextByLanguage
from guidegen.content.fields.common_fields import YES_NO
from guidegen.content.fields.compound import Many
from guidegen.content.fields.language_tag import LanguageTag
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import COUNTRY, EMAIL, IMAGE, POSTAL_CODE, Choice, Pattern, Url, WholeNumber
from guidegen.content.fields.text import Line
from guidegen.model.settings import Area, Editing, Gaps, GuideContact, Only, Settings, Theme

COLOR = Pattern(r"#[0-9a-fA-F]{6}", "a color", 'six hexadecimal digits in quotes, such as  "#0b5c5e"')
AREA = Record(
    "an area",
    (
        Field("name", Line(80), "its name as written in partner files", "Riverbend", required=True),
        Field("names", TextByLanguage(80), "its name in other languages", "{en: Riverbend}"),
        Field(
            "kind",
            Choice({"county": "a county", "town": "a town", "neighborhood": "a part of a town"}),
            "what kind of place it is",
            "county",
        ),
        Field("part_of", Many(Line(80), may_be_one=True), "larger areas around it", "[Riverbend County]"),
        Field("cities", Many(Line(80)), "towns in it", "[Riverbend]"),
        Field("postal_codes", Many(POSTAL_CODE, limit=2000), "postal codes in it", '["00101"]'),
    ),
    Area,
)
SETTINGS = Record(
    "guide.yml",
    (
        Field("name", TextByLanguage(120), "the name of the guide", "{en: Riverbend County Guide}", required=True),
        Field("summary", TextByLanguage(300), "one sentence about it", "{en: Help for newcomers.}"),
        Field("address", Url(), "the web address where it is published, ending in a slash", "https://guide.example.org/", required=True),
        Field("languages", Many(LanguageTag()), "the languages in order; the first is the one you write in", "[en, es]", required=True),
        Field("region", COUNTRY, "the country, for times and prices", "US"),
        Field("state", Pattern(r"[A-Z0-9]{1,3}", "the code of a state or province", "its code (ISO 3166-2), such as  MA"), "the state or province, for its public holidays", "MA"),
        Field("time_zone", Line(60), "the time zone of all opening hours", "America/New_York"),
        Field("maps", Many(Choice({"openstreetmap": "OpenStreetMap", "google": "Google Maps", "apple": "Apple Maps"})), "map services for directions", "[openstreetmap, google]"),
        Field(
            "contact",
            Record(
                "'contact'",
                (
                    Field("name", Line(120), "who maintains the guide", "Riverbend Adult School"),
                    Field("email", EMAIL, "where to report mistakes", "guide@example.org"),
                    Field("phone", PhoneNumber(), "the phone number to call", '"(555) 555-0199"'),
                    Field("url", Url(), "where to report mistakes online", "https://example.org/report"),
                ),
                GuideContact,
            ),
            "who maintains the guide",
        ),
        Field("areas", Many(AREA, identity="name"), "the places that partners are grouped by", "[{name: Riverbend}]"),
        Field("check_after_days", WholeNumber(1, 3650), "the number of days after which guidegen check asks to verify a partner again", "180"),
        Field("quick_exit", Url(), "the website that the quick exit of sensitive pages opens: one that everybody uses", "https://www.wikipedia.org/"),
        Field("offline", YES_NO, "readers can save pages for use offline; no also deletes what they saved", "yes"),
        Field(
            "editing",
            Record(
                "'editing'",
                (
                    Field("web", Pattern(r"https://[^\s<>\"'\\^`{|}]+\{path\}[^\s<>\"'\\^`{|}]*", "the address of an editor", "an address with {path} for the file, such as  https://github.com/our-county/guide/edit/main/{path}"), "where to edit the guide's files online", "https://github.com/our-county/guide/edit/main/{path}", private=True),
                    Field("editor", Choice({"vscode": "Visual Studio Code", "vscodium": "VSCodium", "cursor": "Cursor", "zed": "Zed", "idea": "IntelliJ IDEA", "none": "no links to an editor"}), "the editor that staff use on their own computers", "vscode", private=True),
                ),
                Editing,
            ),
            "where staff edit, for the links of the staff page",
            private=True,
        ),
        Field(
            "theme",
            Record(
                "'theme'",
                (
                    Field("brand", COLOR, "the color of the header and, darkened if need be, of links", '"#0b5c5e"'),
                    Field("accent", COLOR, "the color of the search button and of marks; dark text stands on it", '"#f2b84b"'),
                    Field("logo", IMAGE, "a picture in the header, beside the name", "images/logo.png"),
                    Field("shape", Choice({"round": "very round corners", "soft": "slightly round", "square": "hardly round"}), "the corners of boxes", "soft"),
                ),
                Theme,
            ),
            "colors, logo and shape of the guide",
            '{brand: "#0b5c5e"}',
        ),
        Field(
            "gaps",
            Record(
                "'gaps'",
                (
                    Field("languages", Many(LanguageTag()), "the spoken languages that people here need; otherwise those of the guide", "[es, so, ar]"),
                    Field("enough", WholeNumber(1, 50), "how many full offers of a kind of help, in a language, are enough", "2"),
                    Field("public", YES_NO, "the site shows how many organizations give each kind of help in each language", "yes"),
                ),
                Gaps,
            ),
            "what the gap matrix of the report asks for",
            "{enough: 2}",
        ),
        Field("constellation", YES_NO, "the site shows which partners send people to which; only those with  visibility: public", "yes"),
        Field("licence", Line(120), "the license under which others may use the facts of the guide", "CC BY 4.0"),
        Field("fictional", YES_NO, "the guide is a sample: every page says so", "yes"),
        Field("about", TextByLanguage(4000, markdown=True), "who makes the guide and why, in Markdown", ""),
    ),
    Settings,
)  # fmt: skip
_OF_THE_WHOLE = ("region", "fictional", "editing", "check_after_days", "gaps")
"""Settings that partial guides cannot change."""
ONLY = Record(
    "'only'",
    (
        Field("areas", Many(Line(80), may_be_one=True), "areas: what is in them, and what serves them", "[Lake County]"),
        Field("types", Many(Line(60), may_be_one=True), "kinds of help, by their ids", "[food, housing]"),
    ),
    Only,
)
PARTIAL_GUIDE = Record(
    "the guide",
    (
        Field("only", ONLY, "what this guide has of the whole guide", "{areas: [Lake County]}", required=True),
        *(
            dataclasses.replace(field, required=field.name in ("name", "address"))
            for field in SETTINGS.fields
            if field.name not in _OF_THE_WHOLE
        ),
    ),
    dict[str, object],
)
"""A file in ``guides/``: settings that replace those of guide.yml."""
