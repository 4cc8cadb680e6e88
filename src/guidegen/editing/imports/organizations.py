"""Organizations of a source as profiles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guidegen.content.fields import intended
from guidegen.content.fields.partner_fields import PARTNER
from guidegen.editing.imports.hours import convert_hours, needs_appointment
from guidegen.editing.imports.hsds_names import PRIVATE_KINDS
from guidegen.editing.imports.joining import Source
from guidegen.editing.imports.names import make_unique, write_name
from guidegen.editing.imports.own_part import collect_translations, restore_profile
from guidegen.editing.imports.phones import convert_contact, convert_languages, convert_phones
from guidegen.editing.imports.places import PLACE_FIELDS, convert_location
from guidegen.editing.imports.profile_tree import Tree, list_trees
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.services import convert_service, put_markdown, read_day
from guidegen.editing.imports.source import Outcome, SourceRecord
from guidegen.model import urls

_MAX_SUMMARY = 300
_MAX_NAME = 120
_NO_PLACE = "guidegen has no place for it"
_LINK_ENDING = "_id"
_POSITION = ("position", "latitude", "longitude")
_KEY_AND_FACT = 2
_REACH = ("phones", "email", "website", "languages", "hours")


@dataclass(frozen=True, slots=True)
class ConvertedProfile:
    """A profile, the id of its organization in the source, and the record it comes from.

    ``name`` is empty if the source does not say one; such a record cannot become a profile. ``unfinished`` are services whose
    kind of help is not known: they are comments in a new profile. If guidegen itself wrote the source, it also says the ``slug``
    and the ``translations`` by language.
    """

    id: str
    name: str
    tree: Tree
    record: SourceRecord
    unfinished: Sequence[Tree] = ()
    slug: str = ""
    translations: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def whole(self) -> Tree:
        """The profile with its unfinished services, as the next import compares it."""
        services = self.tree.get("services")
        every = [*(services if isinstance(services, list) else []), *self.unfinished]
        return {**self.tree, "services": every} if every else self.tree


def convert_organization(organization: SourceRecord, rules: Rules) -> ConvertedProfile:
    """Return the profile of an organization with its locations and services."""
    tree = _convert_facts(organization, rules)
    services = _convert_places_and_services(tree, organization, rules)
    _drop_repetitions(tree, list_trees(tree.get("locations")), services)
    _put_origin(tree, organization, rules)
    is_own = organization.own is not None
    tree, services = restore_profile(tree, services, organization)
    if is_own:
        services = [_keep_known_types(service, rules) for service in services]
    finished = [service for service in services if service["types"]]
    if finished:
        tree["services"] = finished
    if not is_own:
        _keep_rest(tree, organization)
    if not is_own and not (finished and _can_be_reached(tree, finished)):
        tree["status"] = "draft"
    return ConvertedProfile(
        organization.text("id"),
        str(tree.get("name", "")),
        tree,
        organization,
        [service for service in services if not service["types"]],
        str(organization.own.content.get("slug", "")) if organization.own else "",
        collect_translations(organization),
    )


def _keep_known_types(service: Tree, rules: Rules) -> Tree:
    """Return a service of another guide with the kinds of help that this guide has."""
    known = {kind.id for kind in rules.guide.service_types}
    given = [str(name) for name in service["types"]] if isinstance(service["types"], list) else []
    found = [name if name in known else rules.mapping.find_type(name, rules.guide) for name in given]
    return {**service, "types": list(dict.fromkeys(filter(None, found)))}


def _convert_facts(organization: SourceRecord, rules: Rules) -> Tree:
    """Return what is said of the whole organization."""
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
    return tree


def _convert_places_and_services(tree: Tree, organization: SourceRecord, rules: Rules) -> list[Tree]:
    """Set the locations of a profile, and return its services, which name them by their keys."""
    _lend_place(organization)
    places = organization.below("location")
    locations = [convert_location(place, key, rules) for place, key in zip(places, _make_location_keys(places), strict=True)]
    known = {id(place): str(location["key"]) for place, location in zip(places, locations, strict=True) if len(location) > 1}
    rules.put(tree, PARTNER, "locations", [location for location in locations if location["key"] in known.values()])
    taken: set[str] = set()
    services = []
    for record in organization.below("service"):
        service = convert_service(record, known, taken, rules)
        if needs_appointment(organization):
            service["appointment"] = "required"
        if not service["types"]:
            _note_unfinished(record)
        services.append(service)
    return services


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
    services = [service for service in organization.below("service") if service.list_places() in ([], places)]
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
        for name in _REACH:
            if name in service and service[name] == (place.get(name) or tree.get(name)):
                del service[name]
    for location in locations:
        for name in (*_REACH, "name"):
            if name in location and location[name] == tree.get(name) and len(location) > _KEY_AND_FACT:
                del location[name]


def _make_location_keys(places: Sequence[SourceRecord]) -> Iterator[str]:
    """Yield a unique key for each location, made from its name or its town."""
    taken: set[str] = set()
    for place in places:
        towns = [place, *place.below("address")]
        town = next((part.text("city") for part in towns if part.text("city")), "")
        base = urls.slug(place.text("name") or town)[:50].strip("-") if len(places) > 1 else ""
        yield make_unique(base or "main", taken)


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
    holders = (tree, *services, *list_trees(tree.get("locations")))
    return any(holder.get(key) for holder in holders for key in ("phones", "email", "website"))
