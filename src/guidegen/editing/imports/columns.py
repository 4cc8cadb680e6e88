"""Recognize what the columns of a table are about: by their names in several languages, and by what is in their cells."""

import re
from collections.abc import Callable, Mapping, Sequence

from guidegen.content.fields import intended
from guidegen.editing.imports.hours_text import parse_hours
from guidegen.editing.imports.tables import Table
from guidegen.model import phone_numbers
from guidegen.model.postal_addresses import address_rules

FIELDS: Mapping[str, str] = {
    "name": "the name of the organization; in a table of places or services, that of the place or service",
    "alternate_name": "another name of the organization",
    "summary": "one sentence about it",
    "description": "more about it",
    "phone": "a phone number, with an extension or several numbers in one cell",
    "tty": "a number for deaf callers",
    "fax": "a fax number",
    "email": "an e-mail address",
    "website": "a website",
    "social": "a page in social media",
    "address": "a whole address in one cell",
    "mailing": "a mailing address in one cell",
    "line1": "street and number",
    "line2": "floor, suite",
    "city": "the town",
    "county": "the county",
    "state": "the state or province",
    "postal_code": "the postal code",
    "country": "the country",
    "transit": "how to get there by bus or train",
    "access": "access for people with disabilities",
    "position": "latitude and longitude in one cell",
    "latitude": "the latitude",
    "longitude": "the longitude",
    "service": "the name of what it offers",
    "type": "the kind of help: an id or a name of content/services.yml",
    "hours": "opening hours in words",
    "holidays": "holidays when it is closed, by name",
    "cost": "what it costs, in words",
    "languages": "languages people can get help in",
    "who": "who it is for",
    "minimum_age": "the youngest age",
    "maximum_age": "the oldest age",
    "income_percent": "the highest income, in percent of an income level",
    "income_level": "the income level, such as  federal poverty level",
    "areas": "the area it covers: counties, towns, postal codes",
    "documents": "what to bring",
    "apply": "how to apply, what to do first",
    "apply_url": "where to sign up online",
    "attend": "how people take part: in person, online, by phone",
    "subjects": "words that people search for",
    "status": "whether it is open",
    "note": "anything else that readers may see; it goes under 'description'",
    "verified": "when somebody checked the facts",
    "source_url": "the web page of the record in the directory that it comes from",
    "id": "the id of the record in this table",
    "organization_id": "the id or the name of the organization, in a table of places or services",
    "location_id": "the id or the name of the place, in a table of services",
    "extra": "kept as data under 'extra', which is not published",
    "ignore": "not used",
}
"""The fields that a column can have, with their meanings. Mapping files use these names."""
_NAMES: Mapping[str, str] = {
    "name": "name title organization organisation agency provider organization_name agency_name nombre organizacion organizaciones entidad nom organisme einrichtung organisation_name anbieter trager instituicao nome organisatie instelling naam aanbieder organizzazione organizacja kurum site_name location_name",
    "alternate_name": "alternate_name also_known_as aka acronym other_name nickname",
    "summary": "summary short_description resumen resume kurzbeschreibung about mission korte_omschrijving samenvatting",
    "description": "description body details long_description descripcion descricao beschreibung information omschrijving beschrijving toelichting descrizione",
    "phone": "phone telephone tel phone_number telephone_number phones main_phone contact_number telefono telefon telefone numero_de_telefono numero_de_telephone telephone_no mobile cell hotline telefoon telefoonnummer telefon_numarasi telefono_fisso toll_free toll_free_phone_number toll_free_number",
    "tty": "tty tty_phone_number tdd tty_number",
    "fax": "fax fax_number",
    "email": "email e_mail mail correo correo_electronico courriel email_address e_mailadres mailadres",
    "website": "website web url site web_site homepage link sitio_web pagina_web site_web webseite internet webadres sito website_address",
    "social": "facebook instagram twitter youtube social_media",
    "address": "address full_address location physical_address direccion adresse domicilio endereco anschrift location_address adres indirizzo adresy",
    "mailing": "mailing_address postal_address mail_address",
    "line1": "street address_1 address1 address_line_1 street_address calle rue strasse address_street straat straatnaam",
    "line2": "address_2 address2 address_line_2 suite unit",
    "city": "city town municipality ciudad ville stadt ort cidade localidad poblacion plaats woonplaats gemeente citta",
    "county": "county landkreis condado",
    "state": "state province estado provincia region bundesland",
    "postal_code": "zip zipcode zip_code postal_code postcode plz codigo_postal code_postal cp",
    "country": "country pais land",
    "transit": "transit transportation bus public_transport",
    "access": "accessibility wheelchair accessible",
    "service": "service services service_name program programs program_name services_offered servicio servicios angebot angebote prestations what_they_offer offerings wat_bieden_ze aanbod dienst diensten wat_doen_ze servizio servizi servizio_offerto attivita servico servicos",
    "type": "type category categories kind service_type resource_type tipo categoria kategorie categorie topic tags soort_hulp soort rubriek thema tipo_de_ayuda hilfeart art_der_hilfe kind_of_help tipo_di_aiuto",
    "hours": "hours opening_hours hours_of_operation schedule horario horarios offnungszeiten heures heures_d_ouverture times days_and_hours open when horaire openingstijden openingsuren tijden orari godziny recurring_dates dates_and_hours",
    "holidays": "holidays holiday_schedule closed_on holiday_closures",
    "cost": "cost fee fees price costo precio kosten prix tarif kosten_en_prijs prijs fees_description income_eligibility_and_fees flat_fee_description sliding_scale_fees_description",
    "languages": "languages language languages_spoken idiomas idioma sprachen langues lenguas talen taal lingue jezyki",
    "who": "eligibility who serves population target_population requisitos elegibilidad zielgruppe public_cible eligible voor_wie doelgroep must_be_one_of_these_to_qualify",
    "minimum_age": "minimum_age min_age age_from youngest_age",
    "maximum_age": "maximum_age max_age age_to oldest_age",
    "income_percent": "max_percentage_of_income_standard income_percent",
    "income_level": "income_standard income_standard_for_eligibility",
    "areas": "service_area service_areas areas_served area_served counties cities zip_codes coverage_area counties_served",
    "documents": "documents required_documents what_to_bring documentos unterlagen bring meenemen wat_meenemen",
    "apply": "application_process how_to_apply apply intake intake_procedure process_for_applying_by_phone process_for_applying_by_email process_for_applying_online process_for_walk_ins",
    "apply_url": "application_form_link application_link apply_online",
    "attend": "service_is_delivered delivery service_delivery attending_type",
    "subjects": "keywords subjects featured_content",
    "status": "status is_this_service_open",
    "note": "notes note comments comment remarks notas observaciones bemerkungen remarques additional_information opmerkingen opmerking bijzonderheden",
    "verified": "verified last_verified last_updated updated date_verified verificado aktualisiert checked gecontroleerd laatst_gecontroleerd",
    "latitude": "latitude lat latitud breitengrad",
    "longitude": "longitude lon lng long longitud langengrad",
    "position": "coordinates coords gps geo coordenadas geolocation",
    "id": "id record_id uuid",
}
_REPEATABLE = frozenset(
    ["phone", "tty", "fax", "note", "hours", "cost", "who", "areas", "documents", "apply", "subjects", "extra", "ignore"]
)
"""Fields that several columns of a table may have."""
_KINDS = {
    "organization": "organi[sz]ation|agenc|provider|partner",
    "location": "location|site|branch|place",
    "service": "service|program",
}
"""The words in the name of a table that say what its rows are."""
_TEXTS = frozenset(
    ["name", "summary", "description", "who", "documents", "apply", "note", "hours", "address", "line1", "city", "county"]
)
"""Fields that are never only a number."""
LIST = "list"
"""The kind of a table in which a row has an organization, its place and one service."""
_SHORT_NAMES = frozenset(("zip", "tel", "fax", "lat", "lng", "fee", "tty"))
_MIN_SHARE = 0.6
"""The share of a column's cells that must have a form before the form names the column."""


def propose_kind(name: str) -> str:
    """Return what the rows of a table are by its name: organizations, locations, services, or all in one."""
    return next((kind for kind, words in _KINDS.items() if re.search(words, name, re.IGNORECASE)), LIST)


def propose_columns(table: Table, country: str, kind: str = LIST) -> dict[str, str]:
    """Return the field of each column by its heading."""
    fields: dict[str, str] = {}
    by_name = {name: field for field, names in _NAMES.items() for name in names.split()}
    for heading in filter(None, table.heading):
        key = _normalize(heading)
        fields[heading] = (
            _find_link(key, kind)
            or by_name.get(key)
            or by_name.get(_last_part(heading), "")
            or _find_without_remark(heading, by_name)
            or _find_by_words(key, by_name)
        )
        if re.search("_(?:is|are)_(?:the_)?same_as_", key):
            fields[heading] = "ignore"  # a question about two other columns
    has_town = bool({"city", "line1"} & set(fields.values()))
    for number, heading in enumerate(table.heading):
        cells = table.column(number)
        if heading and cells and not _can_have(fields[heading], cells):
            fields[heading] = "ignore"
        elif heading and cells and fields[heading] in ("", "note", "service"):
            fields[heading] = _recognize(cells, country, fields[heading], has_town) or fields[heading]
    if kind != LIST:
        fields = {
            heading: {"service": "name" if kind == "service" else ""}.get(field, field) for heading, field in fields.items()
        }
    _correct_addresses(table, fields, country)
    _keep_first(fields)
    if "name" not in fields.values() and (first := _find_names(table, fields)):
        fields[first] = "name"
    return {heading: field or "ignore" for heading, field in fields.items()}


def _can_have(field: str, cells: Sequence[str]) -> bool:
    """Return whether the cells of a column can be what its name says: "yes" and "no" answer a question, and numbers are no text.

    Records in JSON are not a value either.
    """
    if all(cell.casefold() in ("yes", "no", "true", "false") for cell in cells):
        return field in ("status", "access", "extra")
    if all(cell.startswith(("[{", "{")) for cell in cells):
        return field == "extra"
    return field not in _TEXTS or not all(re.fullmatch("[0-9.,]+", cell) for cell in cells)


def _last_part(heading: str) -> str:
    """Return the last part of a name such as ``address.city``, which a flattened record has."""
    return intended.fold(heading).rpartition(".")[2] if "." in heading else ""


def _find_link(key: str, kind: str) -> str:
    """Return the field of a column with ids: ``organization_id`` is the id of the row in a table of organizations."""
    stem = re.sub(r"s?_?id$", "", key) if key.endswith("id") else ""
    linked = next((name for name, words in _KINDS.items() if stem and re.fullmatch(rf"(?:{words})\w*", stem)), "")
    if kind == LIST or not (linked or key in _KINDS):
        return ""
    if linked == kind:
        return "id"
    linked = linked or ("" if key == kind else key)
    return f"{linked}_id" if linked in ("organization", "location") else ""


def _normalize(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", intended.fold(heading)).strip("_")


def _find_without_remark(heading: str, by_name: Mapping[str, str]) -> str:
    """Return the field of "Holiday schedule (location closed)", whose remark in brackets names no other field."""
    bare, _, remark = heading.partition("(")
    return by_name.get(_normalize(bare), "") if remark and _normalize(remark) not in by_name else ""


def _find_names(table: Table, fields: Mapping[str, str]) -> str:
    """Return the heading of the first column without a field whose cells are all there, and mostly differ."""
    free = [
        (heading, table.column(number))
        for number, heading in enumerate(table.heading)
        if heading and fields[heading] in ("", "ignore", "service")
    ]
    many = [heading for heading, cells in free if len(cells) == len(table.rows) and len(set(cells)) > len(cells) / 2]
    return next(iter([*many, *(heading for heading, _ in free)]), "")


def _find_by_words(key: str, by_name: Mapping[str, str]) -> str:
    """Return the field of the last known name in a heading: ``site_city`` is a town, ``agency_phone_number_main`` a phone."""
    head = re.split("_(?:of|for)_", key)[0]
    known = [name for name in by_name if (len(name) > 3 or name in _SHORT_NAMES) and f"_{name}_" in f"_{head}_"]
    return by_name[max(known, key=lambda name: (f"_{head}_".rindex(f"_{name}_") + len(name), len(name)))] if known else ""


def _recognize(cells: Sequence[str], country: str, named: str, has_town: bool) -> str:
    """Return the field whose form most cells have; empty if there is none. A column named as a note can only have hours."""
    if named:
        return "hours" if sum(bool(parse_hours(cell)) for cell in cells) >= len(cells) / 2 else ""
    rules = address_rules(country)
    matchers = rules.postal_code_matchers if rules else ()
    tests: dict[str, Callable[[str], object]] = {
        "email": re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE).fullmatch,
        "website": re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|gov|edu|de|fr|es|mx|ca)(?:/\S*)?", re.IGNORECASE).fullmatch,
        "postal_code": lambda cell: has_town and matchers and all(matcher.fullmatch(cell) for matcher in matchers),
        "phone": lambda cell: sum(map(str.isdigit, cell)) >= 7 and phone_numbers.find_numbers(cell, country),
        "position": lambda cell: intended.position(cell),
        "address": lambda cell: intended.address(cell, country),
        "hours": lambda cell: re.search(r"\b(?:mon(?!th)|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|maandag|(?:mo|di|do|ma|wo|vr)\b)", intended.fold(cell)) and re.search(r"[0-9]", cell),
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
        if field in seen and field not in _REPEATABLE:
            fields[heading] = "note" if field in ("description", "summary") else ""
        seen.add(field)
