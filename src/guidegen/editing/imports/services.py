"""Services of a source."""

import re
from collections.abc import Iterator, Mapping, Sequence

from guidegen.content.fields import intended, intended_times
from guidegen.content.fields.intended import fold
from guidegen.content.fields.service_fields import AREA_OF_SERVICE, SERVICE, WHO
from guidegen.editing.imports.costs import convert_costs
from guidegen.editing.imports.hours import convert_hours, needs_appointment
from guidegen.editing.imports.mapping import find_type, split_types
from guidegen.editing.imports.names import make_unique, write_name
from guidegen.editing.imports.phones import convert_contact, convert_languages, convert_phones
from guidegen.editing.imports.profile_tree import Tree
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model import urls
from guidegen.patterns import compile_lazily

MAX_AGE = 110
"""A larger maximum age, such as 200, is what a program writes for "no limit"."""
_MAX_SUMMARY = 300
_STATUSES = {
    **dict.fromkeys(("active", "open", "yes"), ""),
    **dict.fromkeys(("inactive", "temporarily closed", "no"), "paused"),
    **dict.fromkeys(("defunct", "closed", "permanently closed"), "closed"),
}
_KINDS_OF_AREA = ("counties", "cities", "towns", "zip codes", "postal codes", "statewide", "county", "city")
_INCOME_LEVELS = {
    "federal poverty": "federal-poverty-level",
    "area median": "area-median-income",
    "state median": "state-median-income",
}
_NEGATION = compile_lazily(r"\b(?:no|not|non|none|never|without|except|kein\w*|nicht|sin|sauf|pas)\b", re.IGNORECASE)
_WAYS = (
    ("in-person", r"in[ -]person|on[ -]site|walk"),
    ("online", r"online|remote|video|virtual|web"),
    ("phone", "phone"),
    ("home", r"\bhome"),
)


def convert_service(service: SourceRecord, keys: Mapping[int, str], taken: set[str], rules: Rules) -> Tree:
    """Return a service. ``keys`` has the key of each location of the organization; its own key differs from those ``taken``."""
    types = list(dict.fromkeys(_find_types(service, rules)))
    name = write_name(", ".join(value.listed for value in service.find_all("name")[:1])) or _name_type(types, rules) or "Services"
    target: Tree = {"key": make_unique(urls.slug(name)[:50].strip("-") or "service", taken), "types": types}
    rules.put(target, SERVICE, "name", name[:190].strip(), *service.find_all("name")[:1])
    _put_texts(target, service, rules)
    own_keys = [keys[id(place)] for place in service.list_places() if id(place) in keys]
    if len(keys) > 1:  # with one place, everything is there
        rules.put(target, SERVICE, "at", list(dict.fromkeys(own_keys)))
    _put_reach(target, service, keys, rules)
    target |= dict(convert_contact(service, rules))
    costs = list(convert_costs(service, rules))
    rules.put(target, SERVICE, "cost", costs[0] if len(costs) == 1 else costs)
    rules.put(target, SERVICE, "who", _convert_who(service, rules))
    _put_areas(target, service, rules)
    _put_details(target, service, rules)
    return target


def _find_types(service: SourceRecord, rules: Rules) -> Iterator[str]:
    """Yield the ids of the kinds of help that the source names, by the mapping file or by name; else that of the mapping file."""
    values = [*service.find_all("type"), *(value for part in service.below("attribute") for value in _list_terms(part))]
    known = False
    for value in values:
        ids = [rules.mapping.find_type(word, rules.guide) for word in split_types(value.text, rules.guide)]
        if any(ids):
            value.carry()
            known = True
            yield from filter(None, ids)
        else:
            value.note(f"'{value.line[:40]}' is not a kind of help of this guide", "Say in the mapping file which one it means.")
    if not known and (guess := rules.mapping.type or find_type(service.text("name"), rules.guide, is_exact=True)):
        yield guess


def _list_terms(attribute: SourceRecord) -> Iterator[SourceValue]:
    """Yield the names of the classification in an attribute."""
    for term in attribute.below("taxonomy_term"):
        if name := term.find("name"):
            yield name
    if not attribute.below("taxonomy_term") and (value := attribute.find("value")):
        yield value


def list_type_words(service: SourceRecord) -> Iterator[str]:
    """Yield the words of a source for kinds of help, for the mapping file."""
    yield from (value.text for value in service.find_all("type"))
    yield from (value.text for part in service.below("attribute") for value in _list_terms(part))


def _name_type(types: Sequence[str], rules: Rules) -> str:
    return next((kind.name.source for kind in rules.guide.service_types if kind.id in types[:1]), "")


def _put_texts(target: Tree, service: SourceRecord, rules: Rules) -> None:
    """Set summary and description. A short description is the summary, unless it is only the name again."""
    description = service.find("description")
    if summary := service.find("summary"):
        rules.put(target, SERVICE, "summary", summary.line, summary)
    if description and fold(description.line) == fold(str(target.get("name", ""))):
        description.carry("the name says the same")
    elif description and "summary" not in target and len(description.line) <= _MAX_SUMMARY:
        rules.put(target, SERVICE, "summary", description.line, description)
    elif description:
        put_markdown(target, description.text, [description], rules)
    if other := service.find("alternate_name"):
        rules.put(target, SERVICE, "also_known_as", [other.line], other)
    if program := next(iter(service.below("program")), None):
        if name := program.find("name"):
            rules.put(target, SERVICE, "program", name.line, name)
        if (text := program.find("description")) and text.line in (program.text("name"), ""):
            text.carry("the name says the same")


def put_markdown(target: Tree, text: str, sources: Sequence[SourceValue], rules: Rules) -> None:
    """Set a description. Signs that Markdown would read as more than text are escaped."""
    escaped = re.sub(r"(?m)([\\`*_\[\]<>|~])|^(\s*)(#|[-+](?=\s)|[0-9]+(?=\.\s)|=+$|-{3,}$)", r"\2\\\1\3", text)
    plain = text if not rules.find_fault(SERVICE.fields_by_name["description"].reader, text) else escaped
    rules.put(target, SERVICE, "description", plain, *sources)


def _put_reach(target: Tree, service: SourceRecord, keys: Mapping[int, str], rules: Rules) -> None:
    """Set phones, languages and hours, also those that hold only at one place."""
    phones, hours = convert_phones(service, rules), convert_hours(service, rules)
    for place in service.below("at"):
        key = next((keys[id(location)] for location in place.below("place") if id(location) in keys), "")
        if key:
            phones += [{**phone, "at": [key]} for phone in convert_phones(place, rules)]
            hours += [{**entry, "at": [key]} for entry in convert_hours(place, rules)]
        else:
            _refuse_elsewhere(place)
    languages = convert_languages(service, rules)
    for value in service.find_all("interpretation"):
        languages += [entry | {"how": "interpreter"} for entry in _convert_interpreters(value, rules, languages)]
    for field, entries in (("phones", phones), ("languages", languages), ("hours", hours)):
        rules.put(target, SERVICE, field, entries)


def _refuse_elsewhere(place: SourceRecord) -> None:
    """Refuse what holds only at a place that the organization does not have: it would be taken for its other places."""
    for value in (value for kind in ("phone", "schedule") for part in place.below(kind) for value in part.list_values()):
        value.refuse("it is for a place of another organization")


def _convert_interpreters(value: SourceValue, rules: Rules, spoken: Sequence[Tree]) -> list[Tree]:
    record = SourceRecord("service", value.file, value.row, {"languages": [value]})
    known = {entry["code"] for entry in spoken}
    return [entry for entry in convert_languages(record, rules) if entry["code"] not in known]


def _convert_who(service: SourceRecord, rules: Rules) -> Tree:
    who: Tree = {}
    values = [*service.find_all("who"), *(value for part in service.below("eligibility") for value in part.find_all("who"))]
    texts = list(dict.fromkeys(value.listed for value in values if value.line.casefold() not in ("no", "yes")))
    rules.put(who, WHO, "text", ". ".join(text.rstrip(".") for text in texts), *values)
    ages = [_read_age(value) if value else None for value in (service.find("minimum_age"), service.find("maximum_age"))]
    youngest, oldest = ages
    if youngest and oldest and int(youngest) > int(oldest):
        for value in (*service.find_all("minimum_age"), *service.find_all("maximum_age")):
            value.outcome = None
            value.refuse(f"the youngest age, {youngest}, is above the oldest, {oldest}")
    elif any(age is not None for age in ages):
        rules.put(who, WHO, "ages", ages)
    percent = re.fullmatch(r"([0-9]{2,3}) ?%?", service.text("income_percent"))
    level = next((name for words, name in _INCOME_LEVELS.items() if words in service.text("income_level").casefold()), "")
    if percent and level:
        sources = [*service.find_all("income_percent"), *service.find_all("income_level")]
        rules.put(who, WHO, "income", {"at_most": percent[1], "percent_of": level}, *sources)
    return who


def _read_age(value: SourceValue) -> str | None:
    """Return an age, or None if it is not one. Zero and two hundred mean "any age"."""
    match = re.fullmatch(r"([0-9]{1,3})(?:\.0+)?(?: years?(?: old)?)?", value.line)
    if not match:
        value.refuse("it is not an age in years")
        return None
    if not 0 < int(match[1]) <= MAX_AGE:
        value.refuse("no age is meant: there is no limit")
        return None
    value.carry()
    return match[1]


def _put_areas(target: Tree, service: SourceRecord, rules: Rules) -> None:
    """Set the area that a service covers: names, and postal codes."""
    values = [*service.find_all("areas"), *(value for part in service.below("service_area") for value in part.find_all("name"))]
    names: list[str] = []
    codes: list[str] = []
    for value in values:
        is_county = rules.country == "US" and re.search("count(?:y|ies)", value.column, re.IGNORECASE)
        for part in filter(None, re.split(r"\s*[;,\n]\s*", value.text)):
            if intended.find_postal_code(part, rules.country) == part:
                codes.append(part)
            elif part.casefold() not in _KINDS_OF_AREA:
                names.append(f"{part} County" if is_county and "county" not in part.casefold() else part)
        if value.text.casefold() in _KINDS_OF_AREA:
            value.refuse("it is a kind of area, not its name")
    area: Tree = {}
    named = [value for value in values if value.outcome is None]
    rules.put(area, AREA_OF_SERVICE, "names", list(dict.fromkeys(names))[:200], *named)
    rules.put(area, AREA_OF_SERVICE, "postal_codes", list(dict.fromkeys(codes)), *named)
    rules.put(target, SERVICE, "serves", area)


def _refuse_negation(value: SourceValue) -> bool:
    """Refuse a value that says what is not so. Return whether it does."""
    if _NEGATION.search(value.text):
        value.refuse("it says what is not so; write it in the profile")
        return True
    return False


def _put_details(target: Tree, service: SourceRecord, rules: Rules) -> None:
    """Set status, documents, how to apply, ways to take part, and words that people search for."""
    if status := service.find("status"):
        meaning = _STATUSES.get(status.line.casefold())
        if meaning is None:
            status.refuse("it is not a status that guidegen knows")
        elif not rules.put(target, SERVICE, "status", meaning, status):
            status.carry()
    documents = [
        *service.find_all("documents"),
        *(value for part in service.below("required_document") for value in part.find_all("document")),
    ]
    split = [text for value in documents for text in re.split(r"\s*(?:\n|;|•)\s*", value.text) if text]
    rules.put(target, SERVICE, "documents", list(dict.fromkeys(split)), *documents)
    steps = service.find_all("apply")
    apply: Tree = {"steps": ". ".join(dict.fromkeys(value.listed.rstrip(".") for value in steps))} if steps else {}
    if url := service.find("apply_url"):
        address = intended.web_address(url.line)
        apply |= {"url": address} if address else {}
        (url.carry if address else url.refuse)("it is not a web address" if not address else "")
    rules.put(target, SERVICE, "apply", apply, *steps)
    ways = [value for value in service.find_all("attend") if not _refuse_negation(value)]
    attend = [way for way, pattern in _WAYS for value in ways if re.search(pattern, value.line, re.IGNORECASE)]
    rules.put(target, SERVICE, "attend", list(dict.fromkeys(attend)), *ways)
    if needs_appointment(service):
        target["appointment"] = "required"
    subjects = [word for value in service.find_all("subjects") for word in _split_subjects(value.text)]
    rules.put(target, SERVICE, "subjects", list(dict.fromkeys(subjects))[:60], *service.find_all("subjects"))
    if alert := service.find("alert"):
        rules.put(target, SERVICE, "alert", {"text": alert.line}, alert)


def _split_subjects(text: str) -> list[str]:
    """Return the subjects in a text: one on each line, or else with semicolons or commas between them; "$10,000" is one."""
    separator = r"\s*\n\s*" if "\n" in text.strip() else r"\s*(?:;|,(?![0-9]{3}))\s*"
    return [word for word in re.split(separator, text.strip()) if word]


def read_day(value: SourceValue, country: str) -> str:
    """Return a date; empty if the text is none."""
    text = value.line
    return text[:10] if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else intended_times.day(text, country)
