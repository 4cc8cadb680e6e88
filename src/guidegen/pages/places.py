"""Places of a partner as pages show them."""

from collections.abc import Iterator

from guidegen import urls
from guidegen.languages import Phrase, Words, message, proper
from guidegen.model import REMOTE, Address, Location, Partner, Service
from guidegen.pages.shown import Passage, Teller
from guidegen.record import record

SECRET = message("The address is kept secret. Call to find the way.")


@record
class PlaceView:
    """A location, or one of online, phone, home. ``address`` runs as it is written on a letter."""

    name: Passage
    address: Words
    transit: Passage
    access: str
    access_note: Passage
    map: str


def place_view(place: Location, teller: Teller) -> PlaceView:
    language = teller.language
    wheelchair = {True: message("Wheelchairs can get in"), False: message("Wheelchairs cannot get in"), None: ""}[
        place.access.wheelchair
    ]
    name = teller.passage(place.name)
    if place.confidential:
        name = Passage(language.words(language.say(SECRET)))
    return PlaceView(
        name=name,
        address=proper(address_line(place.address), teller.order[0]),
        transit=teller.passage(place.transit),
        access=language.say(wheelchair) if wheelchair else "",
        access_note=teller.passage(place.access.note),
        map=urls.map_of(place.position) if place.position else "",
    )


def address_line(address: Address) -> str:
    """The address in one line, in the order of a letter in the United States."""
    town = " ".join(part for part in (address.state, address.postal_code) if part)
    return ", ".join(part for part in (address.line1, address.line2, address.city, town) if part)


def where(service: Service, partner: Partner, teller: Teller) -> Iterator[Phrase]:
    """The places of a service, each in one line, and the ways to take part from elsewhere."""
    language = teller.language
    remote = {"online": message("Online"), "phone": message("By phone"), "home": message("At your home")}
    by_key = {place.key: place for place in partner.locations}
    for key in service.at:
        if key in REMOTE and key not in by_key:
            yield Phrase((language.say(remote[key]),))
        elif key in by_key:
            yield from place_lines(by_key[key], teller)


def place_lines(place: Location, teller: Teller) -> Iterator[Phrase]:
    """Name and address of a place, a line for each; of a confidential one how to find it, and the town."""
    if place.confidential:
        yield Phrase((teller.language.say(SECRET),))
    for part in (teller.passage(place.name).words, proper(address_line(place.address), teller.order[0])):
        if part:
            yield Phrase((part,))
