"""Views of a partner's locations, and of the ways to reach a service."""

from collections.abc import Iterator, Sequence
from datetime import date

from guidegen.model import urls, wording
from guidegen.model.hours import Hours, InWords, Times
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.opening_hours import find_last_day
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_line
from guidegen.model.reach import Reach
from guidegen.model.service import REMOTE, Service
from guidegen.records import dataclass
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.components.timetable import HoursLine, build_timetable
from guidegen.text import cldr, formats
from guidegen.text.language import Language, LocalizedString, Message, message, proper_name

SECRET = message("The address is kept secret. Call to find the way.")
MAP_NAMES = {"openstreetmap": "OpenStreetMap", "google": "Google Maps", "apple": "Apple Maps"}
_REMOTE = {"online": message("Online"), "phone": message("By phone"), "home": message("At your home")}


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A labeled link, usually to another website."""

    label: LocalizedString
    address: str


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A phone number to tap. ``places`` is empty if the number is for all locations."""

    number: LocalizedString
    address: str
    kind: str
    extension: str = ""
    languages: Message = Message(())
    note: ResolvedText = NOTHING
    places: Message = Message(())

    @property
    def is_external(self) -> bool:
        """True if the link opens a website (WhatsApp) instead of a phone app."""
        return self.address.startswith("https:")


@dataclass(frozen=True, slots=True)
class ContactView:
    """An e-mail address or a website, with the locations it is for."""

    link: ExternalLink
    places: Message


@dataclass(frozen=True, slots=True)
class HoursView:
    """A line of a timetable, with the locations it is for."""

    line: HoursLine
    text: ResolvedText
    note: ResolvedText
    places: Message


@dataclass(frozen=True, slots=True)
class SpokenView:
    """A language in which people can get help, with the locations where it is spoken."""

    text: Message
    note: ResolvedText
    places: Message


@dataclass(frozen=True, slots=True)
class ReachView:
    """The ways to reach a service.

    ``zone`` is the time zone of its hours: empty if it is the guide's, ``?`` if the locations are in different ones. ``until``
    is the last day of its hours in ISO format, empty if they have no end.
    """

    phones: tuple[PhoneView, ...]
    emails: tuple[ContactView, ...]
    websites: tuple[ContactView, ...]
    spoken: Message
    languages: tuple[SpokenView, ...]
    hours: tuple[HoursView, ...]
    zone: str
    zone_name: Message
    until: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A location. ``position`` is ``latitude,longitude``, for the phone's map app."""

    name: ResolvedText
    description: ResolvedText
    address: LocalizedString
    mailing: LocalizedString
    transit: ResolvedText
    access: tuple[str, ...]
    access_note: ResolvedText
    directions: tuple[ExternalLink, ...]
    position: str
    phones: tuple[PhoneView, ...]
    email: ExternalLink | None
    website: ExternalLink | None
    languages: Message
    hours: tuple[HoursView, ...]
    zone_name: Message


class Labels:
    """The names of a partner's locations, which label facts that hold for some of them only."""

    def __init__(self, locations: Sequence[Location], resolver: TextResolver) -> None:
        self._resolver = resolver
        self._locations = {location.key: location for location in locations}
        self._towns = [location.address.town for location in locations]

    def of(self, keys: tuple[str, ...]) -> Message:
        """Return the names of the locations with these keys, as a list; empty if there are no keys."""
        return self._resolver.language.join([self._find_name(key) for key in keys]) if keys else Message(())

    def _find_name(self, key: str) -> str | LocalizedString:
        if key in _REMOTE:
            return self._resolver.language.say(_REMOTE[key])
        location = self._locations.get(key)
        if location is None:
            return LocalizedString(key)
        name = self._resolver.resolve(location.name).words
        return name or proper_name(_describe_place(location, self._towns), self._resolver.order[0])


def _describe_place(place: Location, towns: list[str]) -> str:
    """Return the town of a place, with its street if another place is in the same town."""
    street = "" if place.confidential else place.address.line1
    if place.address.town and (towns.count(place.address.town) == 1 or not street):
        return place.address.town
    return ", ".join(part for part in (street, place.address.town) if part) or place.key


def build_phone_view(phone: Phone, resolver: TextResolver, labels: Labels | None = None) -> PhoneView:
    """Return the view of a phone number, with the URL that dials it or texts it."""
    names = [resolver.language.name_of(tag) for tag in phone.languages]
    return PhoneView(
        number=LocalizedString(phone.number),
        address=urls.phone_url(phone.number, phone.extension, resolver.language.region, phone.kind),
        kind=wording.phone_kind(phone.kind, resolver.language),
        extension=phone.extension,
        languages=resolver.language.join(names) if names else Message(()),
        note=resolver.resolve(phone.note),
        places=labels.of(phone.at) if labels else Message(()),
    )


def reach_view(service_reach: Reach, labels: Labels, resolver: TextResolver) -> ReachView:
    """Return the view of the ways to reach a service."""
    return ReachView(
        phones=tuple(build_phone_view(phone, resolver, labels) for phone in service_reach.phones),
        emails=tuple(ContactView(build_mail_link(email.address), labels.of(email.at)) for email in service_reach.emails),
        websites=tuple(
            ContactView(build_site_link(website.address), labels.of(website.at)) for website in service_reach.websites
        ),
        spoken=describe_spoken(service_reach.languages, labels, resolver),
        languages=build_spoken_views(service_reach.languages, labels, resolver),
        hours=build_hours_views(service_reach.hours, labels, resolver),
        zone=format_zone(service_reach.time_zone),
        zone_name=describe_zone(service_reach.time_zone, resolver),
        until=format_last_day(service_reach.hours),
    )


def format_last_day(hours: tuple[Hours, ...]) -> str:
    """Return the last day on which any of the hours hold, in ISO format for scripts; empty if they have no end."""
    if any(isinstance(entry, InWords) for entry in hours):
        return ""
    last = max((find_last_day(entry) for entry in hours if isinstance(entry, Times)), default=date.max)
    return "" if last == date.max else last.isoformat()


def build_spoken_views(spoken: tuple[SpokenLanguage, ...], labels: Labels, resolver: TextResolver) -> tuple[SpokenView, ...]:
    """Return the view of each spoken language."""
    return tuple(
        SpokenView(
            wording.describe_language(spoken_language, resolver.language),
            resolver.resolve(spoken_language.note),
            labels.of(spoken_language.at),
        )
        for spoken_language in spoken
    )


def describe_spoken(spoken: tuple[SpokenLanguage, ...], labels: Labels, resolver: TextResolver) -> Message:
    """Return the spoken languages in one line, the reader's own first, each with its locations and its note."""
    names, language = [], resolver.language
    for spoken_language in wording.sort_own_first(spoken, language):
        name = wording.spoken_language(spoken_language, language)
        note = Message((resolver.resolve(spoken_language.note).words,)) if spoken_language.note else Message(())
        for detail in (labels.of(spoken_language.at), note):
            name = language.phrase("{what} ({where})", what=name, where=detail) if detail else name
        names.append(name)
    return wording.join_languages(names, language)


def build_hours_views(hours: tuple[Hours, ...], labels: Labels, resolver: TextResolver) -> tuple[HoursView, ...]:
    """Return the lines of a timetable."""
    return tuple(
        HoursView(line, resolver.resolve(line.text), resolver.resolve(line.note), labels.of(line.at))
        for line in build_timetable(hours, resolver.language)
    )


def describe_zone(time_zone: str | None, resolver: TextResolver) -> Message:
    """Return a sentence that names the time zone of some hours; empty if it is the guide's."""
    if not time_zone:
        return Message(())
    name = resolver.language.localize(formats.zone_name(time_zone, resolver.language.tag))
    return resolver.language.phrase("Times are in {zone}", zone=name)


def format_zone(time_zone: str | None) -> str:
    """Return a time zone for scripts. ``?`` means several zones, so that no script says what is open."""
    return "?" if time_zone is None else time_zone


def build_mail_link(address: str) -> ExternalLink:
    return ExternalLink(LocalizedString(address), urls.mail_url(address))


def build_site_link(address: str) -> ExternalLink:
    """Return a link to a website, labeled with its address without ``https://`` and ``www.``."""
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return ExternalLink(LocalizedString(shown), address)


def build_place_view(place: Location, maps: tuple[str, ...], labels: Labels, resolver: TextResolver) -> PlaceView:
    """Return the view of a location. A confidential one has no position and no directions, and its name asks to call."""
    language = resolver.language
    is_public = not place.confidential
    name = resolver.resolve(place.name) if is_public else ResolvedText(language.localize(language.say(SECRET)))
    full_address = ", ".join(
        part for part in (address_line(place.address, language.region), place.address.country or language.region) if part
    )
    has_directions = is_public and bool(place.position or place.address.line1)
    return PlaceView(
        name=name,
        description=resolver.resolve(place.description),
        address=format_address(place.address, resolver),
        mailing=format_address(place.mailing, resolver) if place.mailing else LocalizedString(""),
        transit=resolver.resolve(place.transit),
        access=wording.describe_access(place.access, language),
        access_note=resolver.resolve(place.access.note),
        directions=tuple(_build_directions(place, maps, full_address, language)) if has_directions else (),
        position=f"{place.position[0]},{place.position[1]}" if place.position and is_public else "",
        phones=tuple(build_phone_view(phone, resolver) for phone in place.phones),
        email=build_mail_link(place.email) if place.email else None,
        website=build_site_link(place.website) if place.website else None,
        languages=describe_spoken(place.languages, labels, resolver),
        hours=build_hours_views(place.hours, labels, resolver),
        zone_name=describe_zone(place.time_zone, resolver),
    )


def _build_directions(place: Location, maps: tuple[str, ...], address: str, language: Language) -> Iterator[ExternalLink]:
    for service in maps:
        label = language.phrase("Directions with {service}", service=LocalizedString(MAP_NAMES[service]))
        yield ExternalLink(language.localize(label.text), urls.directions_url(service, place.position, address))


def format_address(address: Address, resolver: TextResolver) -> LocalizedString:
    """Return an address in one line, with the country if it is not the guide's."""
    line = proper_name(address_line(address, resolver.language.region), resolver.order[0])
    if not address.country or address.country == resolver.language.region:
        return line
    country = cldr.territory_name(address.country, resolver.order[0])
    return LocalizedString(f"{line.text}, {country}" if line.text else country, line.language)


def describe_places(service: Service, partner: Partner, service_reach: Reach, resolver: TextResolver) -> Iterator[Message]:
    """Yield the lines of each place of a service, and a line for each remote way that it lists among its places."""
    by_key = {place.key: place for place in partner.locations}
    for place in service_reach.locations if not service.at else ():
        yield from describe_place(place, resolver)
    for key in service.at:
        if key in REMOTE and key not in by_key:
            yield Message((resolver.language.say(_REMOTE[key]),))
        elif key in by_key:
            yield from describe_place(by_key[key], resolver)


def describe_place(place: Location, resolver: TextResolver) -> Iterator[Message]:
    """Yield the name and the address of a place, one line each. A confidential one has a request to call, and its town."""
    if place.confidential:
        yield Message((resolver.language.say(SECRET),))
    name = NOTHING if place.confidential else resolver.resolve(place.name)
    for part in (name.words, format_address(place.address, resolver)):
        if part:
            yield Message((part,))
