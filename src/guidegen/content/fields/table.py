"""The field table: every key of the content files, with its reader, meaning and example.

The checks of translation files, the JSON Schemas and the reference pages are generated from it.
"""

from dataclasses import replace
from typing import Any

from guidegen.content.fields.by_language import CodesByScheme, ListsByLanguage, TextByLanguage
from guidegen.content.fields.compound import AGES, Field, Many, OneOf, Pair, Record
from guidegen.content.fields.holidays import HolidayName
from guidegen.content.fields.language_tag import LanguageTag
from guidegen.content.fields.scalar import (
    COUNTRY,
    CURRENCY,
    EMAIL,
    IMAGE,
    KEY,
    POSTAL_CODE,
    SLUG,
    Amount,
    AnyValue,
    Choice,
    Degrees,
    Line,
    Pattern,
    PhoneNumber,
    Translated,
    Url,
    WholeNumber,
    YesNo,
)
from guidegen.content.fields.times import Day, DayNumber, DayOrYearDay, Days, Every, MonthDay, TimeOfDay
from guidegen.model.hours import DAYS, MONTHS, Closure, DateRange, Holiday, Hours, InWords, Times
from guidegen.model.location import Access, Address, Location, Phone, SpokenLanguage
from guidegen.model.partner import Agreement, Partnership, PointPerson, Refers, Source, Verified, Wioa
from guidegen.model.service import Alert, Apply, Asks, Cost, Helps, Income, Seats, Service, ServiceArea, Who
from guidegen.model.service_type import Answer, SearchTest, SearchWords, ServiceType
from guidegen.model.settings import Area, Editing, GuideContact, Settings, Urgent
from guidegen.search.concepts import FACTS, NEEDS

DAY = Day()
YES_NO = YesNo()
OLD_NAME = Pattern(
    r"[a-z0-9-]{1,60}", "a name in an address", "the earlier name as it was in the address, such as  old-food-bank"
)
WAS = Field("was", Many(OLD_NAME), "earlier names, oldest first; their addresses lead here", "[old-food-bank]")
NOTE = Translated(600, wanted="a short note")

AT = Field("at", Many(KEY, may_be_one=True), "the location it is for, if not for all", "main")


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
            Pattern(r"[0-9*#]{1,10}", "an extension", 'digits, such as  "12"'),
            "what to dial after the number",
            '"12"',
            hsds="phone.extension",
        ),
        Field("languages", Many(LanguageTag(), limit=30), "languages spoken at this number", "[en, es]", hsds="phone.languages"),
        Field("note", NOTE, "what a caller should know", "Press 2 for Spanish", hsds="phone.description"),
        AT,
    ),
    _build_phone,
)

SPOKEN_LANGUAGE = Record(
    "a language",
    (
        Field("code", LanguageTag(), "the language", "es", required=True, hsds="language.code"),
        Field(
            "how",
            Choice({"staff": "staff speak it", "interpreter": "through an interpreter", "on-request": "ask in advance"}),
            "how people get help in it",
            "staff",
        ),
        Field("note", NOTE, "more details", "Mornings only", hsds="language.note"),
    ),
    SpokenLanguage,
)


_OPENING = (
    Field("open", TimeOfDay(), "opening time, 24-hour clock", '"09:00"', required=True, hsds="schedule.opens_at"),
    Field("close", TimeOfDay(), "closing time, 24-hour clock; leave it out if only the start is known", '"17:00"', hsds="schedule.closes_at"),
)  # fmt: skip
_MONTH_MEANINGS = dict(zip(MONTHS, ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"), strict=True))  # fmt: skip
_MONTHS_ALSO = {name.casefold(): month for month, name in _MONTH_MEANINGS.items()} | {"sept": "sep"}
_SEASON = (
    Field("from", DayOrYearDay(), "the first day of these hours; without a year, every year", "2026-09-08", hsds="schedule.valid_from"),
    Field("until", DayOrYearDay(), "the last day of these hours; without a year, every year", "2027-06-05", hsds="schedule.valid_to"),
    Field("months", Many(Choice(_MONTH_MEANINGS, _MONTHS_ALSO)), "only in these months", "[nov, dec]", hsds="schedule.bymonth"),
)  # fmt: skip
_DETAILS = (
    Field("appointment", YES_NO, "only by appointment at these times", "yes"),
    AT,
    Field("note", NOTE, "more details", "Not in school holidays", hsds="schedule.notes"),
)
_DAY_MEANINGS = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
_DAYS_ALSO = (
    {name.casefold(): day for day, name in _DAY_MEANINGS.items()}
    | {name.casefold()[:3]: day for day, name in _DAY_MEANINGS.items()}
    | {name.casefold() + "s": day for day, name in _DAY_MEANINGS.items()}
    | {
        "mo-fr": "mo, tu, we, th, fr",
        "mon-fri": "mo, tu, we, th, fr",
        "weekdays": "mo, tu, we, th, fr",
        "daily": ", ".join(DAYS),
    }
)
_HOURS_KIND = "an entry of 'hours'"
WEEKLY = Record(
    _HOURS_KIND,
    (
        Field("days", Many(Choice(_DAY_MEANINGS, _DAYS_ALSO)), "days of the week", "[mo, we]", required=True, hsds="schedule.byday"),
        *_OPENING,
        Field("every", Every(), "how many weeks apart, counted from the week of 'from'", "2 weeks", hsds="schedule.interval"),
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip
MONTHLY = Record(
    _HOURS_KIND,
    (
        Field(
            "monthly",
            Many(MonthDay()),
            "weekdays of the month: 1sa is the first Saturday",
            "[1sa, 3sa]",
            required=True,
            hsds="schedule.byday",
        ),
        *_OPENING,
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)
DAYS_OF_MONTH = Record(
    _HOURS_KIND,
    (
        Field("day_of_month", Many(DayNumber(), may_be_one=True), "days of the month by number", "[1, 15]", required=True, hsds="schedule.bymonthday"),
        *_OPENING,
        *_SEASON,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip
DATES = Record(
    _HOURS_KIND,
    (
        Field("dates", Many(Days(), may_be_one=True), "single dates, on which these hours replace all others", "[2026-12-24]", required=True),
        *_OPENING,
        *_DETAILS,
    ),
    Times,
)  # fmt: skip


def _build_always(always: bool = True, **values: Any) -> Hours | None:
    return Times(0, 24 * 60, DAYS, **values) if always else None


ALWAYS = Record(
    _HOURS_KIND,
    (Field("always", YES_NO, "open day and night", "yes", required=True), *_SEASON, *_DETAILS),
    _build_always,
)
_CLOSED_ON = Field(
    "closed_on", Many(HolidayName(), may_be_one=True), "holidays when it is closed, by name", "[thanksgiving, public-holidays]"
)
_REASON = Field("note", NOTE, "why", "Winter break")
_CLOSURE_INSTEAD = dict.fromkeys(
    ("from", "until"), "Write the first and the last day with two dots between them:  closed: [2026-12-24..2027-01-02]"
)


def _build_closure(closed: tuple[DateRange, ...] = (), closed_on: tuple[Holiday, ...] = (), **values: Any) -> Hours:
    return Closure(closed, closed_on, **values)


CLOSURE = Record(
    _HOURS_KIND,
    (
        Field(
            "closed",
            Many(Days(), may_be_one=True),
            "days when it is closed",
            "[2026-12-24, 2026-12-26..2027-01-02]",
            required=True,
        ),
        _CLOSED_ON,
        AT,
        _REASON,
    ),
    _build_closure,
    _CLOSURE_INSTEAD,
)
HOLIDAYS = Record(_HOURS_KIND, (replace(_CLOSED_ON, required=True), AT, _REASON), _build_closure, _CLOSURE_INSTEAD)
IN_WORDS = Record(
    _HOURS_KIND,
    (
        Field("text", Translated(1000), "hours that can only be described in words; they are shown, but never count as open", "By the tide", required=True, hsds="schedule.description"),
        AT,
    ),
    InWords,
)  # fmt: skip
HOURS: OneOf[Hours] = OneOf((WEEKLY, MONTHLY, DAYS_OF_MONTH, DATES, ALWAYS, CLOSURE, HOLIDAYS, IN_WORDS), _HOURS_KIND)  # type: ignore[arg-type]  # Record is invariant


def _reach_fields(owner: str) -> tuple[Field, ...]:
    """Return the fields for contact, languages and hours of a partner, a location or a service."""
    condition = "" if owner == "organization" else ", if different from the organization's"
    return (
        Field("phones", Many(PHONE, identity="number", distinct=("number", "kind", "extension", "at")), f"phone numbers{condition}", '[{number: "(555) 555-0114"}]', hsds=f"{owner}.phones"),
        Field("email", EMAIL, f"the public e-mail address{condition}", "hello@example.org", hsds="organization.email" if owner == "organization" else "service.email"),
        Field("website", Url(), f"the website{condition}", "https://example.org/", hsds=f"{owner}.url" if owner != "organization" else "organization.website"),
        Field("languages", Many(SPOKEN_LANGUAGE, identity="code"), f"languages people can get help in{condition}", "[{code: es, how: staff}]", hsds=f"{owner}.languages"),
        Field("hours", Many(HOURS), f"opening hours{condition}", '[{days: [mo], open: "09:00", close: "17:00"}]', hsds=f"{owner}.schedules"),
    )  # fmt: skip


VERIFIED = Record(
    "'verified'",
    (
        Field(
            "date",
            DAY,
            "the day the facts were checked",
            "2026-10-02",
            required=True,
            hsds="organization.metadata",
        ),
        Field("by", Line(80), "who checked them", "front desk"),
        Field(
            "how",
            Choice({"phone": "by phone", "visit": "in person", "email": "by e-mail", "web": "on their website"}),
            "how they were checked",
            "phone",
        ),
    ),
    Verified,
)

ADDRESS = Record(
    "an address",
    (
        Field("line1", Line(200), "street and number", "120 Mill Street", hsds="address.address_1"),
        Field("line2", Line(120), "floor, room", "2nd floor", hsds="address.address_2"),
        Field("city", Line(80), "town", "Riverbend", hsds="address.city"),
        Field("region", Line(80), "county", "Riverbend County", hsds="address.region"),
        Field("state", Line(80), "state or province", "MA", hsds="address.state_province"),
        Field("postal_code", POSTAL_CODE, "postal code", '"00101"', hsds="address.postal_code"),
        Field("country", COUNTRY, "country", "US", hsds="address.country"),
    ),
    Address,
    {
        "county": "Write  region: …  for a county.",
        "zip": 'Write  postal_code: "00101"',
        "street": "Write  line1: 120 Mill Street",
    },
)

ACCESS = Record(
    "'access'",
    (
        Field("wheelchair", YES_NO, "has a wheelchair-accessible entrance", "yes", hsds="accessibility.description"),
        Field("restroom", YES_NO, "has a wheelchair-accessible restroom", "yes", hsds="accessibility.description"),
        Field("elevator", YES_NO, "has an elevator", "no", hsds="accessibility.description"),
        Field("parking", YES_NO, "has parking for people with disabilities", "yes", hsds="accessibility.description"),
        Field("tty", YES_NO, "can be called by TTY", "yes", hsds="accessibility.description"),
        Field("hearing_loop", YES_NO, "has a hearing loop", "yes", hsds="accessibility.description"),
        Field("large_print", YES_NO, "has large-print materials", "yes", hsds="accessibility.description"),
        Field("braille", YES_NO, "has materials in braille", "no", hsds="accessibility.description"),
        Field("quiet_room", YES_NO, "has a quiet room", "yes", hsds="accessibility.description"),
        Field("note", NOTE, "more about access", "Ramp at the side door", hsds="accessibility.details"),
    ),
    Access,
)

TIME_ZONE = Pattern(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){0,2}", "a time zone", "a name from the IANA list, such as  America/Chicago")

LOCATION = Record(
    "a location",
    (
        Field("key", KEY, "a short name for the place, used in this file", "main", required=True),
        Field("name", Translated(120), "what people call the place", "Main building", hsds="location.name"),
        Field("description", Translated(600), "how to find it, what is there", "Behind the church, blue door", hsds="location.description"),
        Field("address", ADDRESS, "the postal address, as far as it is known", "", hsds="location.addresses"),
        Field("mailing", ADDRESS, "the mailing address, if different", "", hsds="location.addresses"),
        Field("position", Pair(Degrees(), "latitude and longitude, such as  [42.391, -72.302]"), "latitude and longitude", "[42.391, -72.302]", hsds="location.latitude, location.longitude"),
        Field("transit", Translated(200), "how to get there by bus or train", "Bus 4, stop Mill Street", hsds="location.transportation"),
        Field("access", ACCESS, "access for people with disabilities"),
        *_reach_fields("location"),
        Field("time_zone", TIME_ZONE, "the time zone of its hours, if not that of the guide", "America/Chicago", hsds="schedule.timezone"),
        Field("confidential", YES_NO, "the address is secret: only the town, state and country are published", "yes", explicit=True),
    ),
    Location,
)  # fmt: skip

COST = Record(
    "'cost'",
    (
        Field("free", YES_NO, "it costs nothing", "yes", hsds="cost_option.amount"),
        Field("for", Translated(200), "who pays this price, if others pay another", "Adults", hsds="cost_option.option"),
        Field("amount", Amount(), "what it costs", "25", hsds="cost_option.amount"),
        Field("currency", CURRENCY, "the currency of the amount", "USD", hsds="cost_option.currency"),
        Field("sliding", YES_NO, "the price depends on income", "yes", hsds="cost_option.option"),
        Field("note", NOTE, "more about the price", "per month", hsds="cost_option.amount_description"),
    ),
    Cost,
)

GROUPS = (
    "refugees", "asylum-seekers", "parents", "women", "children", "youth", "elders", "workers", "families",
    "people-with-disabilities", "veterans", "farmworkers", "students", "homeless-people", "lgbtq-people", "survivors",
)  # fmt: skip

_GROUPS_ALSO = {
    "seniors": "elders", "older-adults": "elders", "elderly": "elders", "kids": "children", "teens": "youth", "homeless": "homeless-people",
    "disabled": "people-with-disabilities", "lgbt": "lgbtq-people", "lgbtq": "lgbtq-people", "victims": "survivors", "mothers": "parents",
    "employees": "workers", "learners": "students",
}  # fmt: skip

WHO = Record(
    "'who'",
    (
        Field(
            "text",
            Translated(1000),
            "who it is for, in one sentence",
            "Adults who live in the county",
            hsds="service.eligibility_description",
        ),
        Field("ages", AGES, "youngest and oldest age", "[18, null]", hsds="service.minimum_age, service.maximum_age"),
        Field(
            "groups",
            Many(Choice({name: name.replace("-", " ") for name in GROUPS}, _GROUPS_ALSO)),
            "groups it is meant for",
            "[refugees, parents]",
        ),
        Field(
            "income",
            Record(
                "'income'",
                (
                    Field("at_most", WholeNumber(1, 1000), "the highest income, in percent", "200", required=True),
                    Field(
                        "percent_of",
                        Choice(
                            {
                                "federal-poverty-level": "federal poverty level",
                                "area-median-income": "area median income",
                                "state-median-income": "state median income",
                            }
                        ),
                        "the income level that the percentage refers to",
                        "federal-poverty-level",
                    ),
                ),
                Income,
            ),
            "the income limit",
            "{at_most: 200, percent_of: federal-poverty-level}",
        ),
    ),
    Who,
)

ASKS = Record(
    "'asks'",
    (
        Field("photo_id", YES_NO, "a photo ID must be shown", "no"),
        Field("immigration_status", YES_NO, "people are asked about their immigration status", "no"),
        Field("ssn", YES_NO, "a Social Security number is asked for", "no"),
        Field("proof_of_address", YES_NO, "proof of address must be shown", "yes"),
    ),
    Asks,
)

AREA_OF_SERVICE = Record(
    "an area",
    (
        Field(
            "names",
            Many(Line(80), may_be_one=True),
            "names of areas in guide.yml",
            "[Riverbend County]",
            hsds="service_area.name",
        ),
        Field(
            "postal_codes",
            Many(POSTAL_CODE, may_be_one=True, limit=2000),
            "postal codes",
            '["00101"]',
            hsds="service_area.extent",
        ),
    ),
    ServiceArea,
)


def _build_service(area: ServiceArea | None = None, must_live_in: ServiceArea | None = None, **values: Any) -> Service:
    """Return a service. The deprecated key 'area' means 'must_live_in', because pages showed it as a condition."""
    return Service(must_live_in=must_live_in or area or ServiceArea(), **values)


SERVICE = Record(
    "a service",
    (
        Field("key", KEY, "a short name that never changes", "evening-english", required=True),
        Field("types", Many(KEY), "service types from services.yml, the main one first", "[english]", required=True, hsds="service.attributes"),
        Field("name", Translated(200), "its name", "Evening English classes", required=True, hsds="service.name"),
        Field("summary", Translated(1000), "one sentence; lists show its beginning", "Four levels, evenings.", hsds="service.description"),
        Field("description", Translated(20_000, markdown=True), "more details, in Markdown", "", hsds="service.description"),
        Field("also_known_as", Many(Line(80)), "other names people use", "[night school]", hsds="service.alternate_name"),
        Field("status", Choice({"active": "open as usual", "paused": "closed for now", "closed": "closed for good"}), "whether it is open; active if left out", "paused", hsds="service.status"),
        Field("status_until", DAY, "the last day of this status", "2027-01-10"),
        Field("program", Line(120), "the program it is part of", "WIC", hsds="service.program"),
        Field("subjects", Many(Translated(80), limit=60), "words people search for", "[foreclosure]", hsds="service.attributes"),
        Field("at", Many(Pattern(r"[a-z0-9-]{1,60}", "a key of a location", "the key of a location, or online, phone, home")), "where: keys of locations, or online, phone, home", "[main, online]", hsds="service_at_location"),
        Field("attend", Many(Choice({"in-person": "at a place", "online": "by video", "phone": "by phone", "home": "at your home"})), "how people take part", "[in-person]", hsds="schedule.attending_type"),
        *_reach_fields("service"),
        Field("time_zone", TIME_ZONE, "the time zone of its hours, if not that of the guide", "America/Chicago", hsds="schedule.timezone"),
        Field("appointment", Choice({"required": "only with one", "optional": "with or without", "none": "not needed"}), "whether people need an appointment", "none", hsds="service.application_process"),
        Field("cost", Many(COST, may_be_one=True, limit=20), "what it costs: one price, or a list of prices", "{free: yes}", hsds="service.cost_options"),
        Field("who", WHO, "who it is for", "{text: Adults}", hsds="service.eligibility_description"),
        Field("roles", Many(Choice({"parents": "parents", "workers": "workers", "citizens": "citizens"})), "the roles of civics education it serves", "[parents]"),
        Field("asks", ASKS, "what people are asked for; leave out what is not known", "{photo_id: no}", hsds="required_document"),
        Field("documents", Many(Translated(200), limit=30), "what to bring", "[A letter with your address]", hsds="required_document.document"),
        Field(
            "apply",
            Record(
                "'apply'",
                (
                    Field("steps", Translated(2000), "what to do first", "Come on a Monday at 5 pm.", hsds="service.application_process"),
                    Field("url", Url(), "where to sign up online", "https://example.org/join", hsds="service.url"),
                    Field("walk_in", YES_NO, "people can walk in", "yes"),
                ),
                Apply,
            ),
            "how to start",
        ),
        Field("serves", AREA_OF_SERVICE, "the area it covers", "{names: [Riverbend County]}", hsds="service.service_areas"),
        Field("must_live_in", AREA_OF_SERVICE, "where people must live to use it", "{names: [Riverbend County]}", hsds="service.eligibility_description"),
        Field("area", AREA_OF_SERVICE, "the older name of must_live_in", "{names: [Riverbend County]}", replaced_by="must_live_in"),
        Field(
            "seats",
            Record(
                "'seats'",
                (
                    Field("open", WholeNumber(), "open places", "3", hsds="service_capacity.available"),
                    Field("of", WholeNumber(), "places in all", "20", hsds="service_capacity.maximum"),
                    Field("updated", DAY, "when this was counted", "2026-11-01", hsds="service_capacity.updated"),
                    Field("waiting", Translated(200), "how long the wait is", "About four weeks", hsds="service_capacity.description"),
                ),
                Seats,
            ),
            "open places",
        ),
        Field(
            "helps",
            Record(
                "'helps'",
                (
                    Field("childcare", YES_NO, "there is childcare", "yes"),
                    Field("transport", YES_NO, "there is help with getting there", "no"),
                    Field("interpreter", YES_NO, "there is an interpreter", "yes", hsds="service.interpretation_services"),
                ),
                Helps,
            ),
            "what makes it easier to come",
        ),
        Field(
            "alert",
            Record(
                "'alert'",
                (
                    Field("text", Translated(300), "the notice", "Moved to room 204.", required=True, hsds="service.alert"),
                    Field("until", DAY, "the last day of the notice", "2026-12-01"),
                ),
                Alert,
            ),
            "a temporary notice",
        ),
    ),
    _build_service,
)  # fmt: skip

PARTNERSHIP = Record(
    "'partnership'",
    (
        Field("visibility", Choice({"private": "for staff only", "public": "roles and referral paths are published"}), "who may see this block; private if left out", "private"),
        Field(
            "point_person",
            Record(
                "'point_person'",
                (
                    Field("name", Line(120), "the person staff call", "Ana Field", required=True, private=True),
                    Field("title", Line(120), "what they do", "Program director", private=True),
                    Field("email", EMAIL, "their e-mail address", "ana@example.org", private=True),
                    Field("phone", PhoneNumber(), "their phone number", '"(555) 555-0101"', private=True),
                ),
                PointPerson,
            ),
            "the contact for staff, never published",
            private=True,
        ),
        Field(
            "role",
            Many(Choice({name: name.replace("-", " ") for name in (
                "anchor", "education", "workforce", "legal", "health", "library", "food", "housing", "safety",
                "social-services", "community", "government", "faith", "employer", "transport", "interpretation", "finance",
            )})),
            "the partner's roles in the constellation", "[education]",
        ),
        Field(
            "agreement",
            Record(
                "'agreement'",
                (
                    Field("type", Choice({"mou": "memorandum of understanding", "data-sharing": "data-sharing agreement", "informal": "verbal agreement", "none": "none"}), "the kind of agreement", "mou", required=True),
                    Field("signed", DAY, "the day it was signed", "2025-03-01"),
                    Field("expires", DAY, "the day it expires", "2027-03-01"),
                ),
                Agreement,
            ),
            "the agreement with the partner",
            private=True,
        ),
        Field(
            "refers",
            Record(
                "'refers'",
                (
                    Field("to", Many(SLUG), "partners it sends people to", "[food-bank]"),
                    Field("from", Many(SLUG), "partners that send people to it", "[library]"),
                    Field("how", Choice({"warm-handoff": "introduced in person", "form": "by form", "phone": "by phone", "walk-in": "people just go"}), "how people are referred", "phone"),
                    Field("contact", Line(120), "who to ask for", "intake desk", private=True),
                    Field("replies_in_days", WholeNumber(0, 365), "days until a reply", "3"),
                ),
                Refers,
            ),
            "referral paths",
        ),
        Field("co_enrolment", Many(Choice({"wioa-1": "title I", "wioa-2": "title II", "wioa-3": "title III", "wioa-4": "title IV", "iet": "integrated education and training"})), "programs in which learners can be enrolled at the same time", "[wioa-2, iet]", private=True),
        Field(
            "wioa",
            Record(
                "'wioa'",
                (
                    Field("title_ii", YES_NO, "funded under title II", "yes"),
                    Field("ielce", YES_NO, "integrated English literacy and civics education", "yes"),
                    Field("one_stop_partner", YES_NO, "partner of the one-stop center", "yes"),
                ),
                Wioa,
            ),
            "status under WIOA",
            private=True,
        ),
        Field("last_contact", DAY, "when you last spoke", "2026-09-15", private=True),
        Field("next_review", DAY, "when to review the partnership", "2027-01-15", private=True),
    ),
    Partnership,
)  # fmt: skip

SOURCE = Record(
    "'source'",
    (
        Field("dataset", Line(120), "the name of the directory", "County food map", required=True),
        Field("id", Line(120), "the id of the record there", '"4711"', hsds="organization.id"),
        Field("url", Url(), "the web page of the record", "https://example.org/4711"),
        Field("changed", DAY, "when it was last changed there", "2026-08-30", hsds="metadata.last_action_date"),
        Field("licence", Line(120), "the license under which it may be used", "CC BY 4.0"),
    ),
    Source,
)

PARTNER: Record[dict[str, object]] = Record(
    "a partner",
    (
        Field("name", Line(120), "the organization's name", "Riverbend Adult School", required=True, hsds="organization.name"),
        Field("plain_name", Translated(120), "what it is, in plain words; shown first", "Free English school for adults"),
        Field("also_known_as", Many(Line(80)), "other names people use", "[RAS]", hsds="organization.alternate_name"),
        Field("summary", Translated(1000), "one sentence: what it does for people; lists show its beginning", "Free English classes for adults.", hsds="organization.description"),
        Field("description", Translated(20_000, markdown=True), "more details, in Markdown", "", hsds="organization.description"),
        Field("social", Many(Url()), "social media pages", "[https://example.org/ras]", hsds="organization.additional_websites"),
        Field("logo", IMAGE, "a picture in content/images", "images/ras.png", hsds="organization.logo"),
        *_reach_fields("organization"),
        Field("status", Choice({"active": "open as usual", "draft": "shown only in preview", "paused": "closed for now", "closed": "closed for good"}), "whether it is open; active if left out", "active", hsds="service.status"),
        Field("replaced_by", SLUG, "the partner that took over when this one closed for good", "food-bank"),
        WAS,
        Field("verified", VERIFIED, "when the facts were last checked", "{date: 2026-10-02, how: phone}"),
        Field("locations", Many(LOCATION, identity="key"), "its locations", "", hsds="organization.locations"),
        Field("services", Many(SERVICE, identity="key"), "the services it offers", "", hsds="organization.services"),
        Field("part_of", SLUG, "the partner it belongs to", "riverbend-college", hsds="organization.parent_organization_id"),
        Field("partnership", PARTNERSHIP, "its place in the constellation; for staff"),
        Field("source", SOURCE, "the directory the profile was taken from", "{dataset: County food map}", stored_as="taken_from"),
        Field("extra", AnyValue(), "data of other programs; never shown, but included in open data", "{intake_code: A7}"),
    ),
    dict,
)  # fmt: skip

TRANSLATION = Record(
    "'translation'",
    (
        Field("by", Choice({"human": "a person", "machine": "a program", "reviewed": "a program, then a person"}), "who translated it", "human", required=True),
        Field("who", Line(80), "the translator's initials or name", "AF"),
        Field("date", DAY, "the day of the translation", "2026-11-01"),
    ),
    dict[str, object],
)  # fmt: skip

SPOTLIGHT: Record[dict[str, object]] = Record(
    "a spotlight",
    (
        Field("title", Line(160), "the headline", "A warm handoff that works", required=True),
        Field("summary", Line(300), "one sentence", "How two desks became one."),
        Field("date", DAY, "day of publication", "2026-09-14", required=True),
        Field("authors", Many(Line(80)), "who wrote it", "[Ana Field]"),
        Field("topics", Many(Line(60)), "what it is about", "[referrals]"),
        Field("partners", Many(SLUG), "partners it features", "[food-bank]"),
        Field("image", IMAGE, "a picture in content/images", "images/desk.jpg"),
        Field("alt", Line(300), "what the picture shows, for people who cannot see it", "Two people at a desk"),
        Field("draft", YES_NO, "shown only in preview", "yes"),
        WAS,
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
        Field("translated_from", Pattern(r"[0-9a-f]{8}", "a code that guidegen wrote", "nothing here by hand"), "written by guidegen"),
    ),
    dict,
)  # fmt: skip

URGENT = Record(
    "an entry of 'urgent'",
    (
        Field("number", PhoneNumber(), "the number", '"911"', required=True),
        Field("name", TextByLanguage(120), "what it is", "{en: Emergency}", required=True),
        Field("text", TextByLanguage(300), "when to call", "{en: Fire, police, ambulance}"),
    ),
    Urgent,
)

SERVICE_TYPE = Record(
    "a service type",
    (
        Field("id", KEY, "a short name, used in web addresses", "english", required=True),
        WAS,
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
        Record("an entry of 'words'", (Field("need", Choice({name: name.replace("-", " ") for name in NEEDS}), "an urgent need", "eviction"), _SYNONYMS), SearchWords),
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
        Field("fictional", YES_NO, "the guide is a sample: every page says so", "yes"),
        Field("about", TextByLanguage(4000, markdown=True), "who makes the guide and why, in Markdown", ""),
    ),
    Settings,
)  # fmt: skip
