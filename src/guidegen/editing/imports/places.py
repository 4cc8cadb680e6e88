"""Locations of a source: addresses, positions, access for people with disabilities."""

import re
from collections.abc import Iterator

from guidegen.content.checks.locations import is_in_zone
from guidegen.content.fields import intended
from guidegen.content.fields.location_fields import ADDRESS, LOCATION
from guidegen.editing.imports.hours import convert_hours
from guidegen.editing.imports.names import write_name, write_place
from guidegen.editing.imports.phones import convert_contact, convert_languages, convert_phones
from guidegen.editing.imports.profile_tree import Tree, parse_yaml
from guidegen.editing.imports.rules import Rules, get_position_text
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.location import Address
from guidegen.model.postal_addresses import postal_code_fits_state
from guidegen.patterns import compile_lazily

PLACE_FIELDS = (
    *("address", "mailing", "line1", "line2", "city", "county", "state", "postal_code", "country"),
    *("transit", "access", "position", "latitude", "longitude"),
)
"""The fields of a place that tables may have in the row of an organization."""
_PARTS = ("line1", "line2", "city", "county", "state", "postal_code", "country")
_KEYS = {"county": "region"}
_STREET = (
    "street|st|avenue|ave|road|rd|drive|dr|boulevard|blvd|lane|ln|court|ct|place|pl|plaza|parkway|pkwy|highway|hwy|way|circle|center|centre|floor|"
    "building|square|suite|room"
)
_RUN_TOGETHER = compile_lazily(rf"(?<=[0-9])(?=[A-Z][a-z])|\b(?i:{_STREET})\.?(?=[A-Z])|(?<=[a-z])(?=[0-9])")
"""Places where two lines of an address were joined without a space: "Suite 600Chicago", "Court StreetBrooklyn"."""
_ACCESS = (
    ("wheelchair", r"wheelchair(?!.*restroom)|ramp\b|step-?free"),
    ("restroom", "restroom|toilet|bathroom"),
    ("elevator", r"elevator|\blift\b"),
    ("parking", "parking"),
    ("tty", r"\btty\b|\btdd\b"),
    ("hearing_loop", "hearing loop|induction loop"),
    ("large_print", "large print"),
    ("braille", "braille"),
    ("quiet_room", "quiet room"),
)


_NO_ACCESS = compile_lazily(r"\b(?:no|not|non|none|without|unavailable|inaccessible|nicht|sin)\b")


def convert_location(location: SourceRecord, key: str, rules: Rules) -> Tree:
    """Return a location. Its key is ``key``."""
    target: Tree = {"key": key}
    if (place_type := location.find("location_type")) and place_type.line == "physical":
        place_type.carry()
    if name := location.find("name"):
        rules.put(target, LOCATION, "name", write_name(name.line), name)
    if description := location.find("description"):
        rules.put(target, LOCATION, "description", description.line, description)
    for kind, field in (("address", "address"), ("mailing", "mailing")):
        for part in location.below(kind):
            is_postal = kind == "mailing" or part.text("kind").casefold() in ("postal", "mailing", "mail")
            part.take("kind")
            _put_address(target, "mailing" if is_postal else field, _convert_address(part, rules), part, rules)
    _put_address(target, "address", _convert_address(location, rules), location, rules)
    for value in location.find_all("mailing"):
        address = _split_address(value, rules)
        _put_address(target, "mailing", address or {"line1": value.line[:200]}, location, rules)
    _put_position(target, location, rules)
    if transit := location.find("transit"):
        rules.put(target, LOCATION, "transit", transit.line, transit)
    access = dict(_read_access(location))
    rules.put(target, LOCATION, "access", access)
    for field, entries in (
        ("phones", convert_phones(location, rules)),
        ("languages", convert_languages(location, rules)),
        ("hours", convert_hours(location, rules)),
    ):
        rules.put(target, LOCATION, field, entries)
    return {**target, **dict(convert_contact(location, rules))}


def _put_address(target: Tree, field: str, address: Tree, record: SourceRecord, rules: Rules) -> None:
    """Set an address. A second one that differs stays out, with a reason."""
    if not address:
        return
    if field in target and target[field] != address:
        for name in _PARTS:
            for value in record.find_all(name):
                value.refuse("the place has another address already")
        return
    rules.put(target, LOCATION, field, address)


def _convert_address(record: SourceRecord, rules: Rules) -> Tree:
    """Return an address from its parts, or from a text that has all of them."""
    address: Tree = {}
    for value in record.find_all("address"):
        address |= _split_address(value, rules)
        if not address:
            reason = f"the address was not taken apart: '{value.line[:60]}'"
            rules.put(address, ADDRESS, "line1", value.line[:200], value, note=reason)
    town = record.find("city")
    is_cut = bool(town and not _is_town(town.line))  # most likely a street was cut in two: "21276 Highway", "45 Citronelle"
    for name in _PARTS:
        if (part := record.find(name)) and not (is_cut and name in ("line1", "city")):
            rules.put(address, ADDRESS, _KEYS.get(name, name), _normalize_part(name, part.line, rules), part)
    if is_cut:
        parts = [*record.find_all("line1")[:1], *record.find_all("city")[:1]]
        reason = "the town has a number or begins with a sign, so it is a part of the street"
        rules.put(address, ADDRESS, "line1", " ".join(part.line for part in parts), *parts, note=reason)
    _check_postal_code(address, record, rules)
    if attention := record.find("attention"):
        line2 = ", ".join(filter(None, (attention.line, str(address.get("line2", "")))))
        rules.put(address, ADDRESS, "line2", line2, attention)
    return address


def _is_town(text: str) -> bool:
    return bool(re.match(r"[^\W\d_]", text)) and not re.search("[0-9]", text)


def _check_postal_code(address: Tree, record: SourceRecord, rules: Rules) -> None:
    """Remove a postal code of another state: such a number is most likely that of a house."""
    code, state = (str(address.get(name, "")) for name in ("postal_code", "state"))
    if code and state and not postal_code_fits_state(Address(postal_code=code, state=state), rules.country):
        del address["postal_code"]
        for value in record.find_all("postal_code"):
            value.outcome = None
            value.refuse(f"no postal code of {state} begins like it", "Look it up, and write it in the profile.")


def _normalize_part(name: str, text: str, rules: Rules) -> str:
    if name == "state":
        return intended.state_code(text, rules.country) or text
    if name == "country":
        return text.upper() if len(text) == 2 else {"usa": "US", "united states": "US", "u.s.a.": "US"}.get(text.casefold(), text)
    if name == "postal_code" and rules.country == "US" and re.fullmatch("[0-9]{4}", text):
        return f"0{text}"  # a spreadsheet program took the zero away
    return write_place(text) if name in ("line1", "city") else text


def _split_address(value: SourceValue, rules: Rules) -> Tree:
    """Return the parts of an address in one text; empty if they are not certain."""
    text = " ".join(re.sub(r"\n+", ", ", value.text.strip()).split())
    for candidate in (text, _RUN_TOGETHER.sub(lambda place: f"{place[0]}, ", text)):
        written = intended.address(candidate, rules.country)
        address = parse_yaml(written)
        if address and not rules.find_fault(ADDRESS, address) and _is_whole(str(address.get("city", ""))):
            value.carry()
            return address
    return {}


def _is_whole(city: str) -> bool:
    """Return whether the name of a town has nothing of the street in it."""
    return not re.fullmatch("[A-Z]{2}", city) and not re.search(rf"[0-9()]|[a-z][A-Z](?![a-z]*$)|\b(?i:{_STREET})\b", city)


def _put_position(target: Tree, location: SourceRecord, rules: Rules) -> None:
    values = [value for name in ("position", "latitude", "longitude") for value in location.find_all(name)]
    text = get_position_text(location)
    guess = intended.position(_add_decimals(text)) if text else ""
    numbers = [_round(number) for number in guess.strip("[]").split(",")] if guess else []
    reason = ""
    if text and not numbers:
        reason = "it is not a latitude and a longitude in degrees"
    elif numbers and not any(map(float, numbers)):
        reason = "0, 0 is a place in the sea: there is no position"
    elif numbers and not is_in_zone((float(numbers[0]), float(numbers[1])), rules.guide.settings.time_zone):
        reason = "it is very far from the guide"
    elif text in rules.shared_positions:
        reason = "many different addresses have this position: it is that of a town or a state"
    for value in values:
        if reason:
            value.refuse(reason)
    if numbers and not reason:
        rules.put(target, LOCATION, "position", numbers, *values)


def _round(degrees: str) -> str:
    """Return a number of degrees with at most six decimals, which is a hand's breadth."""
    return f"{float(degrees):.6f}".rstrip("0").rstrip(".")


def _add_decimals(text: str) -> str:
    return re.sub(r"(?<![0-9.])(-?[0-9]{1,3})(?![0-9.])", r"\1.0", text)


def _read_access(location: SourceRecord) -> Iterator[tuple[str, str]]:
    """Yield what a place has for people with disabilities; words that say something else become the note."""
    notes = []
    parts = location.below("accessibility")
    described = (value for part in parts for name in ("description", "details") for value in part.find_all(name))
    values = [*location.find_all("access"), *described]
    for value in values:
        for words in re.split(r"[;,\n]+", value.text):
            folded = words.strip().casefold().replace("_", " ")
            name = next((name for name, pattern in _ACCESS if re.search(pattern, folded)), "")
            heading = next((name for name, pattern in _ACCESS if re.search(pattern, value.column, re.IGNORECASE)), "")
            if folded in ("yes", "y", "true", "checked", "no", "n", "false") and heading:
                yield heading, "no" if folded in ("no", "n", "false") else "yes"
            elif name and len(folded.split()) <= 4 and not re.search(r"partial|limited|some|ask|call|\?", folded):
                yield name, "no" if _NO_ACCESS.search(folded) else "yes"
            elif folded and folded != "note":
                notes.append(words.strip())
        value.carry()
    if notes:
        yield "note", ", ".join(notes)[:600]
