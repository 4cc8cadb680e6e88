"""Recognize what the columns of a table are about: by their names in several languages, and by what is in their cells."""

import re
from collections.abc import Callable, Mapping, Sequence

from guidegen.content.fields import intended
from guidegen.editing.imports.tables import Table
from guidegen.model import phone_numbers
from guidegen.model.postal_addresses import address_rules

FIELDS: Mapping[str, str] = {
    "name": "the name of the organization",
    "summary": "one sentence about it",
    "description": "more about it",
    "phone": "a phone number, with an extension or several numbers in one cell",
    "email": "an e-mail address",
    "website": "a website",
    "address": "a whole address in one cell",
    "line1": "street and number",
    "line2": "floor, suite",
    "city": "the town",
    "state": "the state or province",
    "postal_code": "the postal code",
    "service": "the name of what it offers",
    "type": "the kind of help: an id or a name of content/services.yml",
    "hours": "opening hours in words",
    "cost": "what it costs, in words",
    "languages": "languages people can get help in",
    "who": "who it is for",
    "documents": "what to bring",
    "note": "anything else; it goes under 'description'",
    "verified": "when somebody checked the facts",
    "position": "latitude and longitude in one cell",
    "latitude": "the latitude",
    "longitude": "the longitude",
    "ignore": "not used",
}
"""The fields that a column can have, with their meanings. Mapping files use these names."""
_NAMES: Mapping[str, str] = {
    "name": "name organization organisation agency provider program_name organization_name agency_name nombre organizacion organizaciones entidad nom organisme einrichtung organisation_name anbieter trager instituicao nome organisatie instelling naam aanbieder organizzazione organizacja kurum",
    "summary": "summary short_description resumen resume kurzbeschreibung about mission korte_omschrijving samenvatting",
    "description": "description details long_description descripcion descricao beschreibung information omschrijving beschrijving toelichting descrizione",
    "phone": "phone telephone tel phone_number telephone_number phones main_phone contact_number telefono telefon telefone numero_de_telefono numero_de_telephone telephone_no mobile cell hotline telefoon telefoonnummer telefon_numarasi telefono_fisso",
    "email": "email e_mail mail correo correo_electronico courriel email_address e_mailadres mailadres",
    "website": "website web url site web_site homepage link sitio_web pagina_web site_web webseite internet webadres sito",
    "address": "address full_address location physical_address direccion adresse domicilio endereco anschrift location_address adres indirizzo adresy",
    "line1": "street address_1 address1 address_line_1 street_address calle rue strasse address_street straat straatnaam",
    "line2": "address_2 address2 address_line_2 suite unit",
    "city": "city town municipality ciudad ville stadt ort cidade localidad poblacion plaats woonplaats gemeente citta",
    "state": "state province estado provincia region bundesland",
    "postal_code": "zip zipcode zip_code postal_code postcode plz codigo_postal code_postal cp",
    "service": "service services service_name program programs services_offered servicio servicios angebot angebote prestations what_they_offer offerings wat_bieden_ze aanbod dienst diensten wat_doen_ze servizio servizi servizio_offerto attivita servico servicos",
    "type": "type category categories kind service_type resource_type tipo categoria kategorie categorie topic tags soort_hulp soort rubriek thema tipo_de_ayuda hilfeart art_der_hilfe kind_of_help tipo_di_aiuto",
    "hours": "hours opening_hours hours_of_operation schedule horario horarios offnungszeiten heures heures_d_ouverture times days_and_hours open when horaire openingstijden openingsuren tijden orari godziny",
    "cost": "cost fee fees price costo precio kosten prix tarif kosten_en_prijs kosten prijs",
    "languages": "languages language languages_spoken idiomas idioma sprachen langues lenguas talen taal lingue jezyki",
    "who": "eligibility who serves population target_population requisitos elegibilidad zielgruppe public_cible eligible voor_wie doelgroep",
    "documents": "documents required_documents what_to_bring documentos unterlagen bring meenemen wat_meenemen",
    "note": "notes note comments comment remarks notas observaciones bemerkungen remarques additional_information opmerkingen opmerking bijzonderheden",
    "verified": "verified last_verified last_updated updated date_verified verificado aktualisiert checked gecontroleerd laatst_gecontroleerd",
    "latitude": "latitude lat latitud breitengrad",
    "longitude": "longitude lon lng long longitud langengrad",
    "position": "coordinates coords gps geo coordenadas",
}
_MIN_SHARE = 0.6
"""The share of a column's cells that must have a form before the form names the column."""


def propose_columns(table: Table, country: str) -> dict[str, str]:
    """Return the field of each column by its heading. A field is used once, except ``phone`` and ``note``."""
    fields: dict[str, str] = {}
    by_name = {name: field for field, names in _NAMES.items() for name in names.split()}
    for heading in table.heading:
        key = re.sub(r"[^a-z0-9]+", "_", intended.fold(heading)).strip("_")
        if heading:
            fields[heading] = by_name.get(key) or _find_by_words(key, by_name)
    for number, heading in enumerate(table.heading):
        cells = table.column(number)
        if heading and cells and not fields[heading]:
            fields[heading] = _recognize(cells, country)
    _correct_addresses(table, fields, country)
    _keep_first(fields)
    if "name" not in fields.values():
        first = next((heading for heading in table.heading if heading and fields[heading] in ("", "ignore", "service")), "")
        fields |= {first: "name"} if first else {}
    return {heading: field or "ignore" for heading, field in fields.items()}


def _find_by_words(key: str, by_name: Mapping[str, str]) -> str:
    """Return the field of the longest known name that is a part of a heading: ``agency_phone_number_main``."""
    known = [name for name in by_name if len(name) > 3 and f"_{name}_" in f"_{key}_"]
    return by_name[max(known, key=len)] if known else ""


def _recognize(cells: Sequence[str], country: str) -> str:
    """Return the field whose form most cells have; empty if there is none."""
    rules = address_rules(country)
    matchers = rules.postal_code_matchers if rules else ()
    tests: dict[str, Callable[[str], object]] = {
        "email": re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE).fullmatch,
        "website": re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|gov|edu|de|fr|es|mx|ca)(?:/\S*)?", re.IGNORECASE).fullmatch,
        "postal_code": lambda cell: matchers and all(matcher.fullmatch(cell) for matcher in matchers),
        "phone": lambda cell: sum(map(str.isdigit, cell)) >= 7 and phone_numbers.find_numbers(cell, country),
        "position": lambda cell: intended.position(cell),
        "address": lambda cell: intended.address(cell, country),
        "hours": lambda cell: re.search(r"\b(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|mo|di|do|ma|wo|vr|montag|maandag|lundi)", intended.fold(cell)) and re.search(r"[0-9]", cell),
    }  # fmt: skip
    for field, test in tests.items():
        if sum(bool(test(cell)) for cell in cells) >= _MIN_SHARE * len(cells):
            return field
    return ""


def _correct_addresses(table: Table, fields: dict[str, str], country: str) -> None:
    """Make an "address" the street alone if other columns have the town or the postal code."""
    has_town = {"city", "postal_code"} & set(fields.values())
    for number, heading in enumerate(table.heading):
        if fields.get(heading) == "address" and has_town:
            cells = table.column(number)
            whole = sum(bool(intended.address(cell, country)) for cell in cells)
            fields[heading] = "address" if whole > len(cells) / 2 else "line1"


def _keep_first(fields: dict[str, str]) -> None:
    seen: set[str] = set()
    for heading, field in fields.items():
        if field in seen and field not in ("phone", "note"):
            fields[heading] = "note" if field in ("description", "summary") else ""
        seen.add(field)
