"""Organizations of a source as profiles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidegen.content.fields import intended
from guidegen.content.fields.partner_fields import PARTNER
from guidegen.editing.imports.hours import convert_hours, needs_appointment
from guidegen.editing.imports.hsds_names import PRIVATE_KINDS
from guidegen.editing.imports.joining import Source, list_places
from guidegen.editing.imports.names import write_name
from guidegen.editing.imports.phones import convert_contact, convert_languages, convert_phones
from guidegen.editing.imports.places import PLACE_FIELDS, convert_location
from guidegen.editing.imports.profile_tree import Tree
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.services import convert_service, put_markdown, read_day
from guidegen.editing.imports.source import Outcome, SourceRecord
from guidegen.model import urls

_MAX_SUMMARY = 300
_MAX_NAME = 120
_NO_PLACE = "guidegen has no place for it"
_LINK_ENDING = "_id"
_POSITION = ("position", "latitude", "longitude")
_REACH = ("phones", "email", "website", "languages", "hours")


@dataclass(frozen=True, slots=True)
class ConvertedProfile:
    """A profile, the id of its organization in the source, and the record it comes from.

    ``name`` is empty if the source does not say one; such a record cannot become a profile. ``unfinished`` are services whose
    kind of help is not known: they are comments in a new profile.
    """

    id: str
    name: str
    tree: Tree
    record: SourceRecord
    unfinished: Sequence[Tree] = ()


def convert_organization(organization: SourceRecord, rules: Rules) -> ConvertedProfile:
    """Return the profile of an organization with its locations and services."""
    tree: Tree = {}
    name = write_name(organization.text("name"))[:_MAX_NAME].strip()
    rules.put(tree, PARTNER, "name", name, *organization.find_all("name")[:1])
    _put_texts(tree, organization, rules)
    phones = convert_phones(organization, rules) or list(_list_unnamed_contact_phones(organization, rules))
    rules.put(tree, PARTNER, "phones", phones)
    tree |= dict(convert_contact(organization, rules))
    pages = [*organization.find_all("social"), *(value for part in organization.below("url") for value in part.find_all("url"))]
    rules.put(tree, PARTNER, "social", [address for page in pages if (address := intended.web_address(page.line))], *pages)
    rules.put(tree, PARTNER, "languages", convert_languages(organization, rules))
    rules.put(tree, PARTNER, "hours", convert_hours(organization, rules))
    _lend_place(organization)
    places = organization.below("location")
    locations = [convert_location(place, key, rules) for place, key in zip(places, _make_location_keys(places), strict=True)]
    known = {id(place): str(location["key"]) for place, location in zip(places, locations, strict=True) if len(location) > 1}
    rules.put(tree, PARTNER, "locations", [location for location in locations if location["key"] in known.values()])
    taken: set[str] = set()
    services = [
        convert_service(service, [known[id(place)] for place in list_places(service) if id(place) in known], taken, rules)
        for service in organization.below("service")
    ]
    if needs_appointment(organization):
        services = [{**service, "appointment": "required"} for service in services]
    finished = [service for service in services if service["types"]]
    if finished:
        tree["services"] = finished
    for service, record in zip(services, organization.below("service"), strict=True):
        if not service["types"]:
            _note_unfinished(record)
    _drop_repetitions(tree, _list_trees(tree.get("locations")), services)
    _put_origin(tree, organization, rules)
    _keep_rest(tree, organization)
    if not finished or not _can_be_reached(tree, finished):
        tree["status"] = "draft"
    unfinished = [service for service in services if not service["types"]]
    return ConvertedProfile(organization.text("id"), name, tree, organization, unfinished)


def _put_texts(tree: Tree, organization: SourceRecord, rules: Rules) -> None:
    """Set the names and texts. A short description is the summary."""
    if other := organization.find("alternate_name"):
        if other.line.casefold() == organization.text("name").casefold():
            other.carry("the name says the same")
        else:
            rules.put(tree, PARTNER, "also_known_as", [other.line], other)
    if summary := organization.find("summary"):
        rules.put(tree, PARTNER, "summary", summary.line, summary)
    texts = [*organization.find_all("description"), *organization.find_all("note")]
    if (
        texts
        and "summary" not in tree
        and texts[0] in organization.find_all("description")
        and len(texts[0].line) <= _MAX_SUMMARY
    ):
        rules.put(tree, PARTNER, "summary", texts[0].line, texts[0])
        texts = texts[1:]
    if texts:
        put_markdown(tree, "\n\n".join(text.text for text in texts), texts, rules)


def _list_unnamed_contact_phones(organization: SourceRecord, rules: Rules) -> Iterator[Tree]:
    """Yield the phones of contacts without a name: they are those of the office. Those of persons are not published."""
    for contact in organization.below("contact"):
        if not contact.text("name"):
            yield from convert_phones(contact, rules)


def _lend_place(organization: SourceRecord) -> None:
    """Give the only place its address and position, if the table has them beside the organization or its service."""
    addresses = [*organization.below("address"), *organization.below("mailing")]
    if not organization.below("location") and (addresses or any(organization.find(name) for name in PLACE_FIELDS)):
        organization.add_child(SourceRecord("location", organization.file, organization.row))
    if len(places := organization.below("location")) != 1:
        return
    for address in addresses:
        if not places[0].below(address.kind):
            places[0].add_child(address)
    services = [service for service in organization.below("service") if list_places(service) in ([], places)]
    for holder, names in ((organization, PLACE_FIELDS), *((service, _POSITION) for service in services)):
        given = [name for name in names if holder.find(name)]
        for name in given if not any(places[0].find(name) for name in given) else ():
            places[0].values[name] = holder.values[name]


def _drop_repetitions(tree: Tree, locations: Sequence[Tree], services: Sequence[Tree]) -> None:
    """Remove what a service or a location only repeats: ``reach`` finds it at the place, or at the organization."""
    by_key = {str(location["key"]): location for location in locations}
    for service in services:
        keys = service.get("at")
        place = by_key[str(keys[0])] if isinstance(keys, list) and len(keys) == 1 else {}
        for field in _REACH:
            if field in service and service[field] == (place.get(field) or tree.get(field)):
                del service[field]
    for location in locations:
        for field in (*_REACH, "name"):
            if field in location and location[field] == tree.get(field) and len(location) > 2:  # a key and one fact
                del location[field]


def _make_location_keys(places: Sequence[SourceRecord]) -> Iterator[str]:
    """Yield the key of each location: of its name or its town, so that it stays the same when others come."""
    taken: set[str] = set()
    for place in places:
        towns = [place, *place.below("address")]
        town = next((part.text("city") for part in towns if part.text("city")), "")
        base = urls.slug(place.text("name") or town)[:50].strip("-") if len(places) > 1 else ""
        key, number = base or "main", 1
        while key in taken:
            number += 1
            key = f"{base or 'main'}-{number}"
        taken.add(key)
        yield key


def _put_origin(tree: Tree, organization: SourceRecord, rules: Rules) -> None:
    """Set when the facts were checked, and the directory that they come from."""
    values = [
        *organization.find_all("verified"),
        *(value for service in organization.below("service") for value in service.find_all("verified")),
    ]
    days = []
    for value in values:
        if day := read_day(value, rules.country):
            days.append(day)
            value.carry()
        else:
            value.refuse(f"'{value.line[:40]}' is not a date", "Write it in the profile:  verified: {date: 2026-11-03}")
    if days:
        rules.put(tree, PARTNER, "verified", {"date": min(days)})
    source: Tree = {"dataset": rules.mapping.dataset, "id": organization.take("id")}
    if address := intended.web_address(organization.text("source_url")):
        source["url"] = address
        organization.take("source_url")
    if rules.mapping.licence:
        source["licence"] = rules.mapping.licence
    rules.put(tree, PARTNER, "source", source)


def _keep_rest(tree: Tree, organization: SourceRecord) -> None:
    """Keep what guidegen has no field for as data, and say why the rest is left out."""
    extra: dict[str, object] = {}
    for record in (organization, *organization.below("location"), *organization.below("service")):
        rest = {
            value.column: value.text
            for values in record.values.values()
            for value in values
            if value.outcome is None and not value.column.endswith(_LINK_ENDING)
        }
        for value in (value for values in record.values.values() for value in values if value.outcome is None):
            value.note("kept under  extra:  and not shown")
        if rest:
            entries = extra.setdefault(record.kind, [])
            if isinstance(entries, list):
                entries.append({"name": record.text("name") or record.text("id"), **rest})
    if extra:
        tree["extra"] = extra


def explain_rest(source: Source) -> None:
    """Record of every value that nothing has taken why it is left out."""
    for record in source.records:
        reason = PRIVATE_KINDS.get(record.kind, _NO_PLACE)
        for value in (value for values in record.values.values() for value in values if value.outcome is None):
            value.refuse(reason)
    for value in source.values:
        if value.outcome is None:
            value.refuse(_NO_PLACE)


def _note_unfinished(service: SourceRecord) -> None:
    for value in (value for values in service.values.values() for value in values if value.outcome is Outcome.CARRIED):
        value.outcome = None
        value.note("the kind of help of the service is not known: it is a comment in the profile")


def _can_be_reached(tree: Tree, services: Sequence[Tree]) -> bool:
    """Return whether a profile says how to reach the organization."""
    holders = (tree, *services, *_list_trees(tree.get("locations")))
    return any(holder.get(key) for holder in holders for key in ("phones", "email", "website"))


def _list_trees(value: object) -> list[Tree]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
