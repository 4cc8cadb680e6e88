"""Fields that many tables share: phones, languages, notes."""

import re
from typing import Any

from guidegen.content.fields import intended
from guidegen.content.fields.compound import Many
from guidegen.content.fields.language_tag import LanguageTag, interpret_spoken_language
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import KEY, Choice, Pattern, YesNo
from guidegen.content.fields.text import Translated
from guidegen.content.fields.times import Day
from guidegen.model.location import Phone, SpokenLanguage

DAY = Day()
YES_NO = YesNo()
FORMER_NAME = Pattern(
    r"[a-z0-9-]{1,60}", "a name in an address", "the earlier name as it was in the address, such as  old-food-bank"
)
FORMER_NAMES = Field("was", Many(FORMER_NAME), "earlier names, oldest first; their addresses lead here", "[old-food-bank]")
STATUS_SYNONYMS = {
    "open": "active", "abierto": "active", "temporarily closed": "paused", "closed temporarily": "paused", "inactive": "paused",
    "on hold": "paused", "suspended": "paused", "cerrado": "closed", "permanently closed": "closed", "ended": "closed",
}  # fmt: skip
NOTE = Translated(600, expected="a short note")
AT = Field("at", Many(KEY, may_be_one=True), "the location it is for, if not for all", "main")


def _find_digits(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    return f'"{digits}"' if digits else ""


def _build_phone(number: str, extension: str = "", **values: Any) -> Phone:
    """Return a phone. The reader puts an extension that is part of the number after `` ext. ``."""
    number, _, inner_extension = number.partition(" ext. ")
    return Phone(number, extension=extension or inner_extension, **values)


PHONE = Record(
    "a phone",
    (
        Field("number", PhoneNumber(), "the number as people dial it", '"(555) 555-0114"', required=True, hsds="phone.number"),
        Field(
            "kind",
            Choice({"voice": "to talk", "text": "SMS", "whatsapp": "WhatsApp", "fax": "fax", "tty": "for deaf callers"}),
            "what it is for",
            "voice",
            hsds="phone.type",
        ),
        Field(
            "extension",
            Pattern(r"[0-9*#]{1,10}", "an extension", 'digits, such as  "12"', _find_digits),
            "what to dial after the number",
            '"12"',
            hsds="phone.extension",
        ),
        Field("languages", Many(LanguageTag(), limit=30), "languages spoken at this number", "[en, es]", hsds="phone.languages"),
        Field("note", NOTE, "what a caller should know", "Press 2 for Spanish", hsds="phone.description"),
        AT,
    ),
    _build_phone,
    interpret=lambda text, country: next(iter(intended.phones(text, country)), ""),
)
SPOKEN_LANGUAGE = Record(
    "a language",
    (
        Field("code", LanguageTag(), "the language", "es", required=True, hsds="language.code"),
        Field(
            "how",
            Choice(
                {"staff": "staff speak it", "interpreter": "through an interpreter", "on-request": "ask in advance"},
                {
                    "bilingual": "staff",
                    "bilingual staff": "staff",
                    "fluent": "staff",
                    "native": "staff",
                    "phone": "interpreter",
                    "language line": "interpreter",
                    "ask in advance": "on-request",
                    "by request": "on-request",
                    "ask": "on-request",
                },
            ),
            "how people get help in it",
            "staff",
        ),
        Field("note", NOTE, "more details", "Mornings only", hsds="language.note"),
    ),
    SpokenLanguage,
    interpret=interpret_spoken_language,
)
