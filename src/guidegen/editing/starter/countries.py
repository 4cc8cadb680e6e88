"""Facts about countries for new guides: emergency numbers, languages and time zones.

The emergency numbers are in ``starter/countries.json``, each country with the source that states them. Everything else comes from
CLDR and the time zone database.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from guidegen import resources
from guidegen.text import cldr

_MAIN_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "CL": "America/Santiago", "CN": "Asia/Shanghai", "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid", "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon", "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
}  # fmt: skip
"""The zone of nearly all people of a country that has several (CLDR, "primaryZones", and the mainland of ES, PT, CL and EC)."""


@dataclass(frozen=True)
class EmergencyNumber:
    """A public emergency number. ``kinds`` are emergency (all services), police, ambulance or fire."""

    number: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class EmergencyNumbers:
    """The emergency numbers of a country, the first one first, with the address of the page that states them."""

    numbers: tuple[EmergencyNumber, ...]
    source: str
    checked: date

    def find(self, kind: str) -> str:
        """Return the number for police, ambulance or fire; empty if there is none."""
        return next((entry.number for entry in self.numbers if kind in entry.kinds or "emergency" in entry.kinds), "")


@cache
def emergency_numbers(country: str) -> EmergencyNumbers | None:
    """Return the emergency numbers of a country (ISO 3166-1), or None if the table does not have it."""
    entry = _load_table().get(country)
    if entry is None:
        return None
    numbers = tuple(EmergencyNumber(number["number"], tuple(number["kinds"])) for number in entry["numbers"])
    return EmergencyNumbers(numbers, entry["source"], date.fromisoformat(entry["checked"]))


def table_date() -> date:
    """Return the day when the table of emergency numbers was last checked."""
    return max(date.fromisoformat(entry["checked"]) for entry in _load_table().values())


def list_countries() -> tuple[str, ...]:
    """Return the countries whose emergency numbers are known."""
    return tuple(_load_table())


@cache
def _load_table() -> dict[str, Any]:
    file = resources.find_built_in_folder() / "starter" / "countries.json"
    table: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table


@cache
def list_zones(country: str) -> tuple[str, ...]:
    """Return the time zones of a country; only the main one if nearly everybody lives in it."""
    if country in _MAIN_ZONES:
        return (_MAIN_ZONES[country],)
    return cldr.time_zones(country)


def speaks_english(country: str) -> bool:
    """Return whether English is the language that newcomers to a country learn, and no other one beside it.

    A country with a second official language, such as Canada, teaches that one, too.
    """
    others = cldr.official_languages(country) - {"en", "cy", "gd", "ga", "mi", "haw", "mt"}
    return cldr.language_of_country(country) == "en" and not others
