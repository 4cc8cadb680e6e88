"""Phones, e-mail addresses, websites and languages of a record of the source."""

import re
from collections.abc import Iterator

from guidegen.content.fields import intended
from guidegen.content.fields.common_fields import PHONE, SPOKEN_LANGUAGE
from guidegen.content.fields.language_tag import find_language
from guidegen.content.fields.partner_fields import PARTNER
from guidegen.editing.imports.profile_tree import Tree
from guidegen.editing.imports.rules import Rules
from guidegen.editing.imports.source import SourceRecord, SourceValue
from guidegen.model.phone_numbers import FoundNumber, dialed_digits, find_numbers
from guidegen.patterns import compile_lazily

_KINDS = {"phone": "", "tty": "tty", "fax": "fax"}
_KIND_WORDS = (("tty", r"tty|tdd|textphone"), ("fax", "fax"), ("text", "sms|text"), ("whatsapp", "whatsapp"))
_ANY_KIND = compile_lazily(rf"\(?\b(?:{'|'.join(pattern for _, pattern in _KIND_WORDS)})\b\)?", re.IGNORECASE)
_PARTS = compile_lazily(r"\s*(?:[;\n]|,\s(?=.*[0-9]{3}))\s*")
_DEAD = compile_lazily(
    r"no longer|disconnected|not in service|do not (?:call|use)|old number|out of (?:order|service)|wrong number", re.IGNORECASE
)
_EXTENSION = compile_lazily(r"(?:poste|durchwahl|nebenstelle|interno|int\.|anexo|extensi[oó]n)\W{0,3}([0-9]{1,6})", re.IGNORECASE)
"""Extensions as people write them in Canada, Germany, Italy and Latin America."""
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
    """Yield the phones in a text; none if it is not certain which number is meant, or whether it still works."""
    entries = [] if _DEAD.search(value.text) else _find_phones(value.text, kind, rules.country)
    faults = [fault for entry in entries if (fault := rules.find_fault(PHONE, entry))]
    if not entries or faults:
        reason = faults[0] if faults else f"it is not certain which phone number is meant by '{value.line[:_SHOWN]}'"
        value.refuse(reason, _CALL)
        return
    value.carry()
    yield from entries


def _find_phones(text: str, kind: str, country: str) -> list[Tree]:
    """Return the phones in a text, each with the words of its own part: a line, or what is between semicolons and commas."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    by_part = [find_numbers(part, country) for part in parts]
    if len(parts) > 1 and all(len(found) == 1 for found in by_part):
        pairs = [(found[0], part) for found, part in zip(by_part, parts, strict=True)]
    else:
        found = find_numbers(text, country)
        pairs = [(number, text if len(found) == 1 else "") for number in found]
    entries: list[Tree] = []
    kind_of_next = ""
    for number, said in pairs:
        entries.append(_describe_phone(number, said, kind_of_next or kind))
        kind_of_next = _find_kind(number.note) if _ANY_KIND.fullmatch(number.note) else ""  # "555-0102 TTY 555-0152"
    return entries


def _describe_phone(number: FoundNumber, said: str, kind: str) -> Tree:
    """Return the entry of a phone. ``said`` are all words around it, if they are of this number alone."""
    words = said.replace(number.number, " ")
    named = number.kind or _find_kind(words) or kind
    extension = number.extension or next(iter(_EXTENSION.findall(words)), "")
    is_used = _ANY_KIND.fullmatch(number.note) or (extension and not number.extension)
    note = "" if is_used else (_ANY_KIND.sub("", number.note).strip(" ,:;()") if named else number.note)
    values = (("number", number.number), ("kind", named), ("extension", extension), ("note", note))
    return {name: text for name, text in values if text}


def _find_kind(words: str) -> str:
    """Return the kind of phone that words name; empty if they name none."""
    found = (kind for kind, pattern in _KIND_WORDS if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE))
    return next(found, "")


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
    kind = _find_kind(words)
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


_BETWEEN_LANGUAGES = compile_lazily(r"\s*(?:[,;/&+\n]|\b(?:and|or|y|e|et|und|oder|ou|o)\b)\s*", re.IGNORECASE)
_NO_LANGUAGE = compile_lazily(r"\b(?:no|not|none|only if|except|without|kein\w*|nicht|sin|pas|as of)\b|n't\b", re.IGNORECASE)
_CODE_LENGTH = 3


def _read_languages(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of the languages that a text lists, and the parts that name none.

    A part must be a language as a whole: "Cape Verdean Creole" is not Haitian. A short word is a code only among codes.
    """
    if _NO_LANGUAGE.search(text):
        return [], [text]
    parts = [part.strip(" .()") for part in _BETWEEN_LANGUAGES.split(text) if part.strip(" .()")]
    are_codes = all(len(part) <= _CODE_LENGTH or re.fullmatch("[a-z]{2,3}[-_][A-Za-z]{2,4}", part) for part in parts)
    tags, unknown = [], []
    for part in parts:
        tag = find_language(part) if are_codes or len(part) > _CODE_LENGTH else ""
        words = [] if tag or " " not in part or "creole" in part.casefold() else [find_language(word) for word in part.split()]
        if tag or (words and all(words) and all(len(word) > _CODE_LENGTH for word in part.split())):
            tags += [tag] if tag else words
        else:
            unknown.append(part)
    return list(dict.fromkeys(tags)), unknown


def convert_languages(record: SourceRecord, rules: Rules) -> list[Tree]:
    """Return the entries of ``languages``: of a list in a text, and of records of their own."""
    entries: list[Tree] = []
    for value in record.find_all("languages"):
        tags, unknown = _read_languages(value.text)
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
