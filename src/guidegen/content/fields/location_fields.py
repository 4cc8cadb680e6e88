"""The fields of locations, and those that say how a partner, location or service is reached."""

from guidegen.content.fields import intended, intended_times
from guidegen.content.fields.common_fields import DAY, NOTE, PHONE, SPOKEN_LANGUAGE, YES_NO
from guidegen.content.fields.compound import Many, Pair
from guidegen.content.fields.hours_fields import HOURS
from guidegen.content.fields.language_tag import list_spoken_languages
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import COUNTRY, EMAIL, KEY, POSTAL_CODE, Choice, Degrees, Pattern, Url
from guidegen.content.fields.text import Line, Translated
from guidegen.model.location import Access, Address, Location
from guidegen.model.partner import Verified


def _list_phones(text: str, country: str) -> str:
    """Return a list of phones for one text; empty if it has no number."""
    entries = intended.phones(text, country)
    return f"[{', '.join(entries)}]" if entries else ""


def reach_fields(owner: str) -> tuple[Field, ...]:
    """Return the fields for contact, languages and hours of a partner, a location or a service."""
    condition = "" if owner == "organization" else ", if different from the organization's"
    return (
        Field("phones", Many(PHONE, identity="number", distinct=("number", "kind", "extension", "at"), interpret=_list_phones), f"phone numbers{condition}", '[{number: "(555) 555-0114"}]', hsds=f"{owner}.phones"),
        Field("email", EMAIL, f"the public e-mail address{condition}", "hello@example.org", hsds="organization.email" if owner == "organization" else "service.email"),
        Field("website", Url(), f"the website{condition}", "https://example.org/", hsds=f"{owner}.url" if owner != "organization" else "organization.website"),
        Field("languages", Many(SPOKEN_LANGUAGE, identity="code", interpret=list_spoken_languages), f"languages people can get help in{condition}", "[{code: es, how: staff}]", hsds=f"{owner}.languages"),
        Field("hours", Many(HOURS, interpret=intended_times.hours), f"opening hours{condition}", '[{days: [mo], open: "09:00", close: "17:00"}]', hsds=f"{owner}.schedules"),
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
    interpret=lambda text, country: f"{{date: {day}}}" if (day := intended_times.day(text, country)) else "",
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
    intended.address,
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
        Field("position", Pair(Degrees(), "latitude and longitude, such as  [42.391, -72.302]", interpret=intended.position), "latitude and longitude", "[42.391, -72.302]", hsds="location.latitude, location.longitude"),
        Field("transit", Translated(200), "how to get there by bus or train", "Bus 4, stop Mill Street", hsds="location.transportation"),
        Field("access", ACCESS, "access for people with disabilities"),
        *reach_fields("location"),
        Field("time_zone", TIME_ZONE, "the time zone of its hours, if not that of the guide", "America/Chicago", hsds="schedule.timezone"),
        Field("confidential", YES_NO, "the address is secret: only the town, state and country are published", "yes", explicit=True),
    ),
    Location,
)  # fmt: skip
