"""The fields of services."""

from typing import Any

from guidegen.content.fields import intended
from guidegen.content.fields.common_fields import DAY, NOTE, STATUS_SYNONYMS, YES_NO
from guidegen.content.fields.compound import AGES, Many
from guidegen.content.fields.location_fields import TIME_ZONE, reach_fields
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import CURRENCY, KEY, POSTAL_CODE, TYPE_NAME, Amount, Choice, Pattern, Url, WholeNumber
from guidegen.content.fields.text import Line, Translated
from guidegen.model.service import Alert, Apply, Asks, Cost, Helps, Income, Seats, Service, ServiceArea, Who
from guidegen.text.formats import currency_of


def _suggest_cost(text: str, country: str) -> str:
    """Return the keys of a cost; for a bare yes or no, those of either meaning."""
    if intended.fold(text) in ("yes", "no", "y", "n", "true", "false"):
        return f"{{free: yes}}  if it costs nothing, else  {{amount: 25, currency: {currency_of(country) or 'USD'}}}"
    return intended.cost(text, country)


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
    interpret=_suggest_cost,
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
        Field("types", Many(TYPE_NAME), "service types from services.yml, the main one first", "[food]", required=True, hsds="service.attributes"),
        Field("name", Translated(200), "its name", "Evening English classes", required=True, hsds="service.name"),
        Field("summary", Translated(1000), "one sentence; lists show its beginning", "Four levels, evenings.", hsds="service.description"),
        Field("description", Translated(20_000, markdown=True), "more details, in Markdown", "", hsds="service.description"),
        Field("also_known_as", Many(Line(80)), "other names people use", "[night school]", hsds="service.alternate_name"),
        Field("status", Choice({"active": "open as usual", "paused": "closed for now", "closed": "closed for good"}, STATUS_SYNONYMS), "whether it is open; active if left out", "paused", hsds="service.status"),
        Field("status_until", DAY, "the last day of this status", "2027-01-10"),
        Field("program", Line(120), "the program it is part of", "WIC", hsds="service.program"),
        Field("subjects", Many(Translated(80), limit=60), "words people search for", "[foreclosure]", hsds="service.attributes"),
        Field("at", Many(Pattern(r"[a-z0-9-]{1,60}", "a key of a location", "the key of a location, or online, phone, home")), "where: keys of locations, or online, phone, home", "[main, online]", hsds="service_at_location"),
        Field("attend", Many(Choice({"in-person": "at a place", "online": "by video", "phone": "by phone", "home": "at your home"})), "how people take part", "[in-person]", hsds="schedule.attending_type"),
        *reach_fields("service"),
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
