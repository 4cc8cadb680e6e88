"""The facts about a new guide: given as flags, asked for on a terminal, or a default that ``guide.yml`` shows."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guidegen.content.checks import placeholders
from guidegen.content.fields.language_tag import find_language
from guidegen.editing.starter import countries, hosts, services_file
from guidegen.model import urls
from guidegen.model.problems import GuidegenError, find_nearest_word
from guidegen.text import cldr

HOSTS = (*hosts.list_hosts(), "none")
"""The hosts for which guidegen writes workflows; ``none`` means no workflow."""
_DEFAULT_ZONES = {"US": "America/New_York"}


@dataclass(frozen=True)
class GuideDetails:
    """The facts about a new guide. An empty one is unknown: ``complete_details`` fills in what can be known."""

    folder: Path
    title: str = ""
    summary: str = ""
    languages: tuple[str, ...] = ()
    country: str = ""
    state: str = ""
    towns: tuple[str, ...] = ()
    time_zone: str = ""
    address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    host: str = ""

    @property
    def name(self) -> str:
        """Return the name of the guide's folder, which is also its name at the host."""
        return self.folder.name


def read_details(folder: Path, flags: Mapping[str, str]) -> GuideDetails:
    """Return the details that were given as flags of ``guidegen new guide``."""
    return GuideDetails(
        folder,
        flags["title"],
        flags["summary"],
        _read_languages(flags["languages"]),
        _find_country(flags["country"]),
        flags["state"].upper(),
        _split_list(flags["towns"]),
        flags["time_zone"],
        flags["address"],
        flags["contact_name"],
        flags["contact_email"],
        flags["phone"],
        flags["host"],
    )


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, re.split(r"\s*[,;]\s*", text.strip())))


def _read_languages(text: str) -> tuple[str, ...]:
    """Return the codes of languages for codes or names; what is neither stays as it is."""
    return tuple(find_language(part) or part for part in _split_list(text))


def _find_country(text: str) -> str:
    """Return the code of a country for its code, or its name in a language in which guidegen names kinds of help.

    What is neither stays as it is.
    """
    return cldr.territory_by_name(text, tuple(services_file.list_named_languages())) or text.strip()


def ask_details(given: GuideDetails, ask: Callable[[str], str]) -> GuideDetails:
    """Return the details, asking for each that was not given. An empty answer accepts what is in brackets, or nothing."""
    title = given.title or ask("What is the guide called?")
    country = given.country or _find_country(
        _ask_until_valid("Which country is it for (its name, or two letters such as US or DE) [US]?", ask, _find_country_error)
    )
    languages = given.languages or _read_languages(
        _ask_until_valid(
            "Which languages, the one you write in first (such as  en, es, ar) [en, es]?", ask, _find_languages_error
        )
    )
    zones = countries.list_zones(country or "US")
    zone = given.time_zone
    if not zone and len(zones) > 1:
        example = _DEFAULT_ZONES.get(country or "US", zones[0])
        zone = _ask_until_valid(f"Which time zone (such as  {example})?", ask, lambda text: _find_zone_error(text, zones))
    towns = given.towns or _split_list(ask("Which towns does it cover (with commas between them)?"))
    address = given.address or _ask_until_valid(
        "Its web address, if you know it already (such as  https://guide.example.org/)?", ask, _find_address_error
    )
    contact_name = given.contact_name or ask("Who keeps the guide (the name of the organization)?")
    contact_email = given.contact_email or ask("The e-mail for corrections?")
    contact_phone = given.contact_phone or ask("The phone for corrections?")
    host = given.host or _ask_until_valid(f"Where will it be published ({', '.join(HOSTS)}) [github]?", ask, _find_host_error)
    return replace(
        given,
        title=title,
        country=country,
        languages=languages,
        time_zone=zone,
        towns=towns,
        address=address,
        contact_name=contact_name,
        contact_email=contact_email,
        contact_phone=contact_phone,
        host=host,
    )


def _ask_until_valid(question: str, ask: Callable[[str], str], find_error: Callable[[str], str]) -> str:
    """Ask up to three times. Raises ``GuidegenError`` if no answer is valid."""
    fault = ""
    for _ in range(3):
        answer = ask(f"{fault.removesuffix(' ?')}. {question}" if fault else question)
        fault = find_error(answer) if answer else ""
        if not fault:
            return answer
    raise GuidegenError(fault)


def complete_details(given: GuideDetails) -> GuideDetails:
    """Return the details with a default for each unknown one. Raises ``GuidegenError`` if one is wrong."""
    country = given.country or "US"
    languages = given.languages or ("en", "es")
    zones = countries.list_zones(country)
    zone = given.time_zone or (zones[0] if len(zones) == 1 else _DEFAULT_ZONES.get(country, ""))
    fault = (
        _find_country_error(country)
        or _find_languages_error(", ".join(languages))
        or (_find_address_error(given.address) if given.address else "")
        or (_find_zone_error(zone, zones) if given.time_zone else "")
        or (_find_host_error(given.host) if given.host else "")
    )
    if fault:
        raise GuidegenError(fault)
    if not zone:
        raise GuidegenError(
            f"{cldr.territory_name(country)} has several time zones; add one of these:  --time-zone {' | '.join(zones)}"
        )
    title = given.title or given.name.replace("-", " ").capitalize()
    return replace(
        given,
        title=title,
        summary=given.summary or _SUMMARIES.get(languages[0], ""),
        country=country,
        languages=tuple(cldr.canonical(tag) for tag in languages),
        time_zone=zone,
        address=_end_with_slash(given.address) or f"https://{given.name}.example.org/",
        contact_name=given.contact_name or placeholders.CONTACT,
        contact_email=given.contact_email or f"guide@{given.name}.example.org",
        contact_phone=given.contact_phone,
        host=given.host or "github",
    )


_SUMMARIES = {
    "en": "Free and low-cost help for newcomers and families, in your language.",
    "es": "Ayuda gratis o de bajo costo para familias y personas recién llegadas, en su idioma.",
    "de": "Kostenlose und günstige Hilfe für Zugewanderte und Familien, in Ihrer Sprache.",
    "fr": "De l’aide gratuite ou peu chère pour les nouveaux arrivants et les familles, dans votre langue.",
}


def _end_with_slash(address: str) -> str:
    return address if not address or address.endswith("/") else f"{address}/"


def check_folder(folder: Path) -> None:
    """Raise ``GuidegenError`` if the folder's name does not work in an address, is taken, or is inside another guide."""
    name = folder.name
    if not re.fullmatch(r"[a-z0-9-]{1,60}", name):
        raise GuidegenError(
            f"'{name}' does not work in an address; use lowercase letters, digits and hyphens, such as river-county"
        )
    if os.path.lexists(folder):
        raise GuidegenError(f"{folder} already exists")
    parent = next((parent for parent in folder.resolve().parents if (parent / "guide.yml").is_file()), None)
    if parent is not None:
        raise GuidegenError(f"{parent} is another guide; write a folder beside it:  guidegen new guide {parent.parent / name}")


def _find_country_error(country: str) -> str:
    code = _find_country(country)
    if cldr.is_territory(code) and len(code) == 2:
        return ""
    return f"'{country}' is not a country; write its name, or two letters such as  US"


def _find_languages_error(text: str) -> str:
    tags = _read_languages(text)
    for tag in tags:
        if not cldr.is_language(cldr.canonical(tag)):
            return f"'{tag}' is not a language; write names or codes, such as  en, es, ar"
    if tags and cldr.canonical(tags[0]) not in services_file.list_named_languages():
        name = cldr.language_names().get(tags[0], tags[0])
        return f"guidegen cannot name the kinds of help in {name} yet; put a language such as English first, and {name} after it"
    return ""


def _find_zone_error(zone: str, zones: Sequence[str]) -> str:
    if zone in zones:
        return ""
    by_end = {known.rpartition("/")[2].casefold(): known for known in zones}
    close = by_end.get(find_nearest_word(zone.rpartition("/")[2].casefold().replace(" ", "_"), by_end) or "")
    return f"'{zone}' is not a time zone of that country" + (
        f"; did you mean  {close} ?" if close else f"; its zones: {', '.join(zones)}"
    )


def _find_address_error(address: str) -> str:
    fault = urls.find_address_error(_end_with_slash(address))
    return f"'{address}' cannot be the address: {fault}" if fault else ""


def _find_host_error(host: str) -> str:
    return "" if host in HOSTS else f"'{host}' is not one of: {', '.join(HOSTS)}"


def list_notes(details: GuideDetails) -> Iterator[str]:
    """Yield what staff must still decide, because guidegen cannot know it."""
    country = cldr.territory_name(details.country)
    yield f"country: {country}; languages: {', '.join(details.languages)}; host: {details.host}"
    numbers = countries.emergency_numbers(details.country)
    if numbers is None:
        yield f"guidegen does not know the emergency numbers of {country}: write them in content/services.yml before you publish"
    else:
        shown = ", ".join(f"{entry.number} ({' and '.join(entry.kinds)})" for entry in numbers.numbers)
        yield f"emergency numbers of {country}: {shown}. Call them once, and add crisis lines in content/services.yml"
    if ".example.org" in details.address or ".example.org" in details.contact_email:
        yield "guide.yml has example addresses: replace them before you publish"
    for tag in details.languages:
        if tag not in services_file.list_named_languages():
            yield f"content/services.yml has no names in {cldr.language_names().get(tag, tag)}: add them"
