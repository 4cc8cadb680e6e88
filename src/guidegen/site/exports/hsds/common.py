"""Ids, and the parts that organizations, locations and services of HSDS share: phones, languages, addresses."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from guidegen.content.fields.describing import describe_record, list_texts
from guidegen.content.fields.record import Record as DescribedRecord
from guidegen.content.hostnames import to_ascii
from guidegen.model.location import Address, Location, Phone, SpokenLanguage
from guidegen.model.phone_numbers import dialed_digits
from guidegen.model.translatable import KNOWN_STALE, text_hash
from guidegen.text import cldr

Record = dict[str, Any]
"""A JSON object of HSDS."""
PROFILE_KEY = "guidegen"
"""The property of a record for what HSDS has no place for, and for a digest of the rest."""
_URI_CHARACTERS = "/:?#[]@!$&'()*+,;=%-._~"
_ADDRESS_FIELDS = ("address_1", "city", "state_province", "postal_code", "country")
"""What HSDS requires of an address. It is left out if one is not known: an invented town is worse than none."""


class Ids:
    """The ids of a guide's records: UUIDv5 of its address and the path of the record, the same in every build."""

    def __init__(self, address: str) -> None:
        self._namespace = uuid.uuid5(uuid.NAMESPACE_URL, address)

    def make(self, *path: str) -> str:
        """Return the id of the record at a path, such as ``food-bank``, ``services``, ``pantry``."""
        return str(uuid.uuid5(self._namespace, "/".join(path)))


def drop_unknown(record: Mapping[str, Any]) -> Record:
    """Return a record without what is not known: None, empty texts and empty lists. ``False`` and 0 are facts."""
    return {key: value for key, value in record.items() if value is not None and value not in ("", [], {})}


def to_uri(address: str) -> str:
    """Return a web address as a URI (RFC 3986): other letters of a host in Punycode, those of the rest percent-encoded."""
    parts = urlsplit(address)
    if address.isascii() or not parts.hostname:
        return quote(address, safe=_URI_CHARACTERS)
    host = to_ascii(parts.hostname) + (f":{parts.port}" if parts.port else "")
    rest = urlunsplit(("", "", *parts[2:]))
    return f"{parts.scheme}://{host}{quote(rest, safe=_URI_CHARACTERS)}"


def complete(record: Record, extra: Mapping[str, Any]) -> Record:
    """Return a record with its property ``guidegen``: what HSDS has no place for, and the digest of the HSDS part.

    An import finds by the digest whether somebody edited the HSDS part, which wins then.
    """
    return {**record, PROFILE_KEY: {**drop_unknown(extra), "digest": compute_digest(record)}}


def describe_profile(value: object, record: DescribedRecord[Any]) -> Record:
    """Return all that the guide says, in its own terms, and the translations of its texts: by whom, and of which source.

    An import takes it as it is while the digest is right. Who checked a fact is not published.
    """
    profile = describe_record(value, record)
    if isinstance(check := profile.get("verified"), dict):
        check.pop("by", None)
    if isinstance(places := profile.get("locations"), list):
        profile["locations"] = [_hide_confidential(place) for place in places]
    translations: dict[str, Record] = {}
    for path, text in list_texts(value, record):
        for tag, translation in text.translations.items():
            if translation.state != "source":
                source = {"fresh": text_hash(text.source), "stale": KNOWN_STALE}.get(translation.state, "")
                entry = drop_unknown({"text": translation.text, "by": translation.by, "translated_from": source})
                translations.setdefault(tag, {})[".".join(path)] = entry
    return {"profile": profile, "translations": translations}


def _hide_confidential(place: Record) -> Record:
    """Return a location; of a confidential one only its key and its town, as on every page."""
    if not place.get("confidential"):
        return place
    address = {name: part for name, part in place.get("address", {}).items() if name in ("city", "region", "state", "country")}
    return drop_unknown({"key": place["key"], "address": address, "confidential": True})


def compute_digest(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON (RFC 8785 for plain values) of a record without its property ``guidegen``."""
    plain = {key: value for key, value in record.items() if key != PROFILE_KEY}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def build_phones(phones: tuple[Phone, ...], ids: Ids, path: tuple[str, ...], region: str) -> list[Record]:
    """Return phones with their kinds, notes and languages. An extension that is not a number is part of the description."""
    return [_build_phone(phone, number, ids, path, region) for number, phone in enumerate(phones)]


def _build_phone(phone: Phone, number: int, ids: Ids, path: tuple[str, ...], region: str) -> Record:
    key = (*path, "phones", f"{dialed_digits(phone.number, region)}-{phone.extension}-{number}")
    is_numeric = phone.extension.isdecimal() and not phone.extension.startswith("0")
    note = ", ".join(filter(None, (phone.note.source, "" if is_numeric or not phone.extension else f"ext. {phone.extension}")))
    languages = [
        {"id": ids.make(*key, "languages", tag), "name": cldr.name_in(tag, "en"), "code": tag} for tag in phone.languages
    ]
    return drop_unknown(
        {
            "id": ids.make(*key),
            "number": phone.number,
            "extension": int(phone.extension) if is_numeric else None,
            "type": "sms" if phone.kind == "text" else phone.kind,
            "description": note,
            "languages": languages,
        }
    )


def build_languages(spoken: tuple[SpokenLanguage, ...], ids: Ids, path: tuple[str, ...]) -> list[Record]:
    """Return the languages in which staff help; those with an interpreter only are in ``describe_interpreters``."""
    return [
        drop_unknown(
            {
                "id": ids.make(*path, "languages", entry.code),
                "name": cldr.name_in(entry.code, "en"),
                "code": entry.code,
                "note": ", ".join(filter(None, ("on request" if entry.how == "on-request" else "", entry.note.source))),
            }
        )
        for entry in spoken
        if entry.how != "interpreter"
    ]


def describe_interpreters(spoken: tuple[SpokenLanguage, ...]) -> str:
    """Return the languages that are interpreted, in English; empty if there are none."""
    return ", ".join(cldr.name_in(entry.code, "en") for entry in spoken if entry.how == "interpreter")


def build_address(location: Location, ids: Ids, path: tuple[str, ...], kind: str, country: str) -> Record | None:
    """Return an address of a location, or None if something that HSDS requires is not known."""
    address = location.address if kind == "physical" else location.mailing or Address()
    record = drop_unknown(
        {
            "id": ids.make(*path, "addresses", kind),
            "address_1": address.line1,
            "address_2": address.line2,
            "city": address.city,
            "region": address.region,
            "state_province": address.state,
            "postal_code": address.postal_code,
            "country": address.country or country,
            "address_type": kind,
        }
    )
    return record if all(field in record for field in _ADDRESS_FIELDS) else None


def list_missing_address_fields(location: Location, country: str) -> Iterator[str]:
    """Yield what HSDS requires of an address and the profile does not say, if the profile says anything of it."""
    address = location.address
    values = (address.line1, address.city, address.state, address.postal_code, address.country or country)
    if any(values[:4]):
        yield from (field for field, value in zip(_ADDRESS_FIELDS, values, strict=True) if not value)
