"""Places of a partner as pages show them, and what is known of how a service is reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guidegen.model import urls, wording
from guidegen.model.hours import Hours, InWords, Times
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.opening_hours import last_day
from guidegen.model.partner import Partner
from guidegen.model.postal_addresses import address_line
from guidegen.model.reach import Reach
from guidegen.model.service import REMOTE, Service
from guidegen.site.components.localized_text import NOTHING, ResolvedText, TextResolver
from guidegen.site.components.timetable import HoursLine, hours_lines
from guidegen.text import cldr
from guidegen.text.language import Language, LocalizedString, Message, message, proper

SECRET = message("The address is kept secret. Call to find the way.")
MAP_NAMES = {"openstreetmap": "OpenStreetMap", "google": "Google Maps", "apple": "Apple Maps"}
_REMOTE = {"online": message("Online"), "phone": message("By phone"), "home": message("At your home")}


@dataclass(frozen=True, slots=True)
class ExternalLink:
    label: LocalizedString
    address: str


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number one can tap, and the places for which it is; ``places`` is empty where it is for all."""

    number: LocalizedString
    address: str
    kind: str
    extension: str = ""
    languages: Message = Message(())
    note: ResolvedText = NOTHING
    places: Message = Message(())

    @property
    def is_external(self) -> bool:
        """Return whether the link leaves the guide for a website."""
        return self.address.startswith("https:")


@dataclass(frozen=True, slots=True)
class ContactView:
    """An e-mail address or a website, and the places for which it is."""

    link: ExternalLink
    places: Message


@dataclass(frozen=True, slots=True)
class HoursView:
    """A line of a timetable with the places for which it is."""

    line: HoursLine
    text: ResolvedText
    note: ResolvedText
    places: Message


@dataclass(frozen=True, slots=True)
class SpokenView:
    text: Message
    note: ResolvedText
    places: Message


@dataclass(frozen=True, slots=True)
class ReachView:
    """How a service is reached.

    ``zone`` is the time zone of its hours where that is not the guide's, ``until`` the last day on which any of them holds.
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
    """A location. ``address`` runs as it is written on a letter; ``position`` is for the map of the reader's phone."""

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
    """Names of the locations of a partner, to label facts that are not for all of them.

    A name is translated only when it is shown, so that an unused name causes no notice about missing translations.
    """

    def __init__(self, locations: Sequence[Location], resolver: TextResolver) -> None:
        self._teller = resolver
        self._places = {place.key: place for place in locations}
        self._towns = [place.address.town for place in locations]

    def of(self, keys: tuple[str, ...]) -> Message:
        """Return the names of places as a list."""
        return self._teller.language.join([self._name(key) for key in keys]) if keys else Message(())

    def _name(self, key: str) -> str | LocalizedString:
        if key in _REMOTE:
            return self._teller.language.say(_REMOTE[key])
        place = self._places.get(key)
        if place is None:
            return LocalizedString(key)
        return self._teller.resolve(place.name).words or proper(_told_apart(place, self._towns), self._teller.order[0])


def _told_apart(place: Location, towns: list[str]) -> str:
    """Return the town of a place, with its street where another place is in the same town."""
    street = "" if place.confidential else place.address.line1
    if place.address.town and (towns.count(place.address.town) == 1 or not street):
        return place.address.town
    return ", ".join(part for part in (street, place.address.town) if part) or place.key


def phone_view(phone: Phone, resolver: TextResolver, labels: Labels | None = None) -> PhoneView:
    """Return a number for a reader: its own run of digits, and an address that dials or texts."""
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


def reach_view(found: Reach, labels: Labels, resolver: TextResolver) -> ReachView:
    """Return how a service is reached, for a reader."""
    return ReachView(
        phones=tuple(phone_view(phone, resolver, labels) for phone in found.phones),
        emails=tuple(ContactView(mail_link(one.address), labels.of(one.at)) for one in found.emails),
        websites=tuple(ContactView(site_link(one.address), labels.of(one.at)) for one in found.websites),
        spoken=spoken_phrase(found.languages, labels, resolver),
        languages=spoken_views(found.languages, labels, resolver),
        hours=hours_views(found.hours, labels, resolver),
        zone=_zone(found.time_zone),
        zone_name=zone_phrase(found.time_zone, resolver),
        until=last_of(found.hours),
    )


def last_of(hours: tuple[Hours, ...]) -> str:
    """Return the last day on which any hours hold, for scripts; empty where they do not end."""
    if any(isinstance(entry, InWords) for entry in hours):
        return ""
    last = max((last_day(entry) for entry in hours if isinstance(entry, Times)), default=date.max)
    return "" if last == date.max else last.isoformat()


def spoken_views(spoken: tuple[SpokenLanguage, ...], labels: Labels, resolver: TextResolver) -> tuple[SpokenView, ...]:
    """Return languages for a reader, one by one."""
    return tuple(
        SpokenView(wording.language_phrase(one, resolver.language), resolver.resolve(one.note), labels.of(one.at))
        for one in spoken
    )


def spoken_phrase(spoken: tuple[SpokenLanguage, ...], labels: Labels, resolver: TextResolver) -> Message:
    """Return languages in one line, each with its note, and with the places where it is spoken, where that is not everywhere."""
    said, language = [], resolver.language
    for one in wording.own_first(spoken, language):
        name = wording.spoken_language(one, language)
        for more in (labels.of(one.at), Message((resolver.resolve(one.note).words,)) if one.note else Message(())):
            name = language.phrase("{what} ({where})", what=name, where=more) if more else name
        said.append(name)
    return language.join(said) if said else Message(())


def hours_views(hours: tuple[Hours, ...], labels: Labels, resolver: TextResolver) -> tuple[HoursView, ...]:
    """Return the lines of a timetable for a reader."""
    return tuple(
        HoursView(line, resolver.resolve(line.text), resolver.resolve(line.note), labels.of(line.at))
        for line in hours_lines(hours, resolver.language)
    )


def zone_phrase(time_zone: str | None, resolver: TextResolver) -> Message:
    """Return in which time zone hours are, where that is not the guide's."""
    if not time_zone:
        return Message(())
    name = resolver.language.words(cldr.zone_name(time_zone, resolver.language.tag))
    return resolver.language.phrase("Times are in {zone}", zone=name)


def _zone(time_zone: str | None) -> str:
    """Return a time zone for scripts: ``?`` where there are several, so that none can say what is open."""
    return "?" if time_zone is None else time_zone


def mail_link(address: str) -> ExternalLink:
    return ExternalLink(LocalizedString(address), urls.mail_url(address))


def site_link(address: str) -> ExternalLink:
    """Return a link to a website, called by its address without what nobody says aloud."""
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    return ExternalLink(LocalizedString(shown), address)


def place_view(place: Location, maps: tuple[str, ...], labels: Labels, resolver: TextResolver) -> PlaceView:
    """Return a location for a reader. Of a confidential one only the town is there, and how to call."""
    language = resolver.language
    is_open = not place.confidential
    name = resolver.resolve(place.name) if is_open else ResolvedText(language.words(language.say(SECRET)))
    address = address_words(place.address, resolver)
    whole = ", ".join(
        part for part in (address_line(place.address, language.region), place.address.country or language.region) if part
    )
    can_be_found = is_open and bool(place.position or place.address.line1)
    return PlaceView(
        name=name,
        description=resolver.resolve(place.description),
        address=address,
        mailing=address_words(place.mailing, resolver) if place.mailing else LocalizedString(""),
        transit=resolver.resolve(place.transit),
        access=wording.access(place.access, language),
        access_note=resolver.resolve(place.access.note),
        directions=tuple(_directions(place, maps, whole, language)) if can_be_found else (),
        position=f"{place.position[0]},{place.position[1]}" if place.position and is_open else "",
        phones=tuple(phone_view(phone, resolver) for phone in place.phones),
        email=mail_link(place.email) if place.email else None,
        website=site_link(place.website) if place.website else None,
        languages=spoken_phrase(place.languages, labels, resolver),
        hours=hours_views(place.hours, labels, resolver),
        zone_name=zone_phrase(place.time_zone, resolver),
    )


def _directions(place: Location, maps: tuple[str, ...], address: str, language: Language) -> Iterator[ExternalLink]:
    for service in maps:
        label = language.phrase("Directions with {service}", service=LocalizedString(MAP_NAMES[service]))
        yield ExternalLink(language.words(label.text), urls.directions_url(service, place.position, address))


def address_words(address: Address, resolver: TextResolver) -> LocalizedString:
    """Return an address in one line, with the country where that is not the guide's."""
    line = proper(address_line(address, resolver.language.region), resolver.order[0])
    if not address.country or address.country == resolver.language.region:
        return line
    country = cldr.territory_name(address.country, resolver.order[0])
    return LocalizedString(f"{line.text}, {country}" if line.text else country, line.language)


def where(service: Service, partner: Partner, found: Reach, resolver: TextResolver) -> Iterator[Message]:
    """Yield the places of a service, each in one line, and the ways to take part from elsewhere."""
    by_key = {place.key: place for place in partner.locations}
    for place in found.locations if not service.at else ():
        yield from place_lines(place, resolver)
    for key in service.at:
        if key in REMOTE and key not in by_key:
            yield Message((resolver.language.say(_REMOTE[key]),))
        elif key in by_key:
            yield from place_lines(by_key[key], resolver)


def place_lines(place: Location, resolver: TextResolver) -> Iterator[Message]:
    """Yield name and address of a place, a line for each; of a confidential one how to find it, and the town."""
    if place.confidential:
        yield Message((resolver.language.say(SECRET),))
    name = NOTHING if place.confidential else resolver.resolve(place.name)
    for part in (name.words, address_words(place.address, resolver)):
        if part:
            yield Message((part,))
