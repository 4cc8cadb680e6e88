"""Phones, e-mail addresses, websites and languages of a record of the source."""

import re
from collections.abc import Iterator

from guidegen.content.fields import intended
from guidegen.content.fields.common_fields import PHONE, SPOKEN_LANGUAGE
from guidegen.content.fields.language_tag import find_language, find_languages
from guidegen.content.fields.partner_fields import PARTNER
from guidegen.editing.imports.profile_tree import Tree
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.phone_numbers import dialed_digits, find_numbers

_KINDS = {"phone": "", "tty": "tty", "fax": "fax"}
_KIND_WORDS = (("tty", r"tty|tdd|textphone"), ("fax", "fax"), ("text", "sms|text"), ("whatsapp", "whatsapp"))
_SHOWN = 60
_CALL = "Call the organization, and write the number in the profile."


def convert_phones(record: SourceRecord, rules: Rules) -> list[Tree]:
    """Return the entries of ``phones`` of a record, each number once."""
    entries = [
        *(entry for field, kind in _KINDS.items() for value in record.find_all(field) for entry in _read(value, kind, rules)),
        *(entry for part in record.below("phone") for entry in _convert_part(part, rules)),
    ]
    unique: dict[tuple[str, ...], Tree] = {}
    for entry in entries:
        number, extension, kind = (str(entry.get(name, "")) for name in ("number", "extension", "kind"))
        unique.setdefault((dialed_digits(number, rules.country), extension, kind), entry)
    return list(unique.values())


def _read(value: SourceValue, kind: str, rules: Rules) -> Iterator[Tree]:
    """Yield the phones in a text; none if it is not certain which number is meant."""
    found = find_numbers(value.text, rules.country)
    entries = [
        {
            name: text
            for name, text in (
                ("number", number.number), ("kind", number.kind or kind), ("extension", number.extension), ("note", number.note),
            )
            if text
        }
        for number in found
    ]  # fmt: skip
    faults = [fault for entry in entries if (fault := rules.find_fault(PHONE, entry))]
    if not found or faults:
        reason = faults[0] if faults else f"it is not certain which phone number is meant by '{value.line[:_SHOWN]}'"
        value.refuse(reason, _CALL)
        return
    value.carry()
    yield from entries  # type: ignore[misc]  # a dict of texts is a Tree


def _convert_part(part: SourceRecord, rules: Rules) -> Iterator[Tree]:
    """Yield the phone of a record of its own: HSDS has the extension, the kind, the languages and a note beside the number."""
    number, extension = part.find("number"), part.find("extension")
    entries = list(_read(number, "", rules)) if number else []
    if len(entries) != 1:
        yield from entries
        return
    entry = entries[0]
    if extension and re.fullmatch("[0-9*#]{1,10}", extension.line):
        rules.put(entry, PHONE, "extension", extension.line, extension)
    words = part.text("kind")
    kind = next((kind for kind, pattern in _KIND_WORDS if re.search(pattern, words, re.IGNORECASE)), "")
    if kind or words.casefold() in ("voice", "phone", "main", "landline", "hotline", "toll-free", "cell", "mobile"):
        part.take("kind")
        entry |= {"kind": kind} if kind else {}
    codes = [entry["code"] for entry in convert_languages(part, rules)]
    if codes:
        entry["languages"] = codes
    if note := part.find("note"):
        rules.put(entry, PHONE, "note", ", ".join(filter(None, (str(entry.get("note", "")), note.line))), note)
    yield entry


def convert_contact(record: SourceRecord, rules: Rules) -> Iterator[tuple[str, str]]:
    """Yield the e-mail address and the website of a record."""
    target: Tree = {}
    if value := record.find("email"):
        found = re.search(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", value.line)
        address = found[0] if found else intended.email(value.line)
        if not address:
            value.refuse(f"'{value.line[:_SHOWN]}' is not an e-mail address", "Correct it in the source, or leave it out.")
        rules.put(target, PARTNER, "email", address, value)
    if value := record.find("website"):
        address = intended.web_address(value.line.split()[0]) if value.line.split() else ""
        if not address:
            value.refuse(f"'{value.line[:_SHOWN]}' is not a web address", "Correct it in the source, or leave it out.")
        rules.put(target, PARTNER, "website", address, value)
    yield from ((key, str(text)) for key, text in target.items())


def convert_languages(record: SourceRecord, rules: Rules) -> list[Tree]:
    """Return the entries of ``languages``: of a list in a text, and of records of their own."""
    entries: list[Tree] = []
    for value in record.find_all("languages"):
        tags, unknown = find_languages(value.text)
        entries += [{"code": tag} for tag in tags]
        if unknown:
            reason = f"not all languages are known: '{value.line[:_SHOWN]}'"
            (value.note if tags else value.refuse)(reason, "Write their codes in the profile, such as  {code: es}")
        else:
            value.carry()
    for part in record.below("language"):
        tag = find_language(part.text("code")) or find_language(part.text("name"))
        if tag in rules.assumed_languages:
            for value in part.list_values():
                value.refuse(f"nearly every record says '{value.line}': a program wrote it, nobody asked")
        elif tag and not rules.find_fault(SPOKEN_LANGUAGE, {"code": tag}):
            part.take("code")
            part.take("name")
            entry: Tree = {"code": tag}
            if note := part.find("note"):
                rules.put(entry, SPOKEN_LANGUAGE, "note", note.line, note)
            entries.append(entry)
    return list({str(entry["code"]): entry for entry in entries}.values())
