"""The fields of partner profiles."""

from guidegen.content.fields.common_fields import DAY, FORMER_NAMES, STATUS_SYNONYMS, YES_NO
from guidegen.content.fields.compound import Many
from guidegen.content.fields.location_fields import LOCATION, VERIFIED, reach_fields
from guidegen.content.fields.phone_field import PhoneNumber
from guidegen.content.fields.record import Field, Record
from guidegen.content.fields.scalar import EMAIL, IMAGE, SLUG, AnyValue, Choice, Url, WholeNumber
from guidegen.content.fields.service_fields import SERVICE
from guidegen.content.fields.text import Line, Translated
from guidegen.model.partner import Agreement, Partnership, PointPerson, Refers, Source, Wioa

WAYS_TO_REFER = {"warm-handoff": "introduced in person", "form": "by form", "phone": "by phone", "walk-in": "people just go"}
"""Ways to refer a learner to a partner, by their value in profiles."""
ROLES = {
    name: name.replace("-", " ")
    for name in (
        "anchor", "education", "workforce", "legal", "health", "library", "food", "housing", "safety",
        "social-services", "community", "government", "faith", "employer", "transport", "interpretation", "finance",
    )
}  # fmt: skip
"""The roles of partners in the constellation, by their value in profiles."""
CO_ENROLLMENT = {
    "wioa-1": "title I",
    "wioa-2": "title II",
    "wioa-3": "title III",
    "wioa-4": "title IV",
    "iet": "integrated education and training",
}
"""Programs in which learners can be enrolled at the same time, by their value in profiles."""
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
            Many(Choice(ROLES)), "the partner's roles in the constellation", "[education]",
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
                    Field("how", Choice(WAYS_TO_REFER), "how people are referred", "phone"),
                    Field("contact", Line(120), "who to ask for", "intake desk", private=True),
                    Field("replies_in_days", WholeNumber(0, 365), "days until a reply", "3"),
                ),
                Refers,
            ),
            "referral paths",
        ),
        Field("co_enrolment", Many(Choice(CO_ENROLLMENT)), "programs in which learners can be enrolled at the same time", "[wioa-2, iet]", private=True),
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
        Field("gone", DAY, "the day an import no longer found the record there", "2026-11-30"),
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
        *reach_fields("organization"),
        Field("status", Choice({"active": "open as usual", "draft": "shown only in preview", "paused": "closed for now", "closed": "closed for good"}, STATUS_SYNONYMS), "whether it is open; active if left out", "active", hsds="service.status"),
        Field("replaced_by", SLUG, "the partner that took over when this one closed for good", "food-bank"),
        FORMER_NAMES,
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
