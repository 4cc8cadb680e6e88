"""Write ``content/services.yml`` for a new guide, from the built-in file.

The warnings, hotlines and answers of the built-in file are about the law and the numbers of the United States. A guide of another
country gets the emergency numbers of its own country instead, names that are true everywhere, and no law.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from guidegen import resources
from guidegen.editing.starter.countries import EmergencyNumber, EmergencyNumbers, emergency_numbers, speaks_english, table_date
from guidegen.editing.starter.service_texts import add_texts
from guidegen.patterns import compile_lazily
from guidegen.text import cldr

BUILT_IN_COUNTRY = "US"
_TEXT_KEYS = ("name", "summary")
_LAW_KEYS = ("notice", "checked", "urgent", "synonyms")
"""Keys of a service type that are about one country; of the synonyms, many are its programs. Search has words of its own."""
_NEEDS = {"danger": "police", "overdose": "ambulance"}
"""Urgent needs of search, with the service that answers them."""
LANGUAGE_CLASSES = "language-classes"
"""The type that replaces ``english`` where newcomers learn another language."""


def write_services(country: str, languages: Sequence[str]) -> str:
    """Return the text of ``content/services.yml``, with names in those of the languages that guidegen knows."""
    built_in = (resources.find_built_in_folder() / "content" / "services.yml").read_text(encoding="utf-8")
    for tag in languages:
        built_in = add_texts(built_in, tag)[0]
    head, types, rest = _split(built_in)
    blocks = "\n".join(_write_type(type_id, text, country, languages) for type_id, text in types)
    answers = _keep_languages(rest, languages) if country == BUILT_IN_COUNTRY else ""
    return f"{head}{blocks}{answers}"


def has_english_classes(country: str) -> bool:
    """Return whether a guide of a country has the type ``english``, rather than ``language-classes``."""
    return country == BUILT_IN_COUNTRY or speaks_english(country)


def list_named_languages() -> frozenset[str]:
    """Return the languages in which guidegen names all service types."""
    return frozenset(_load("service_types.json")) | frozenset({"en", "es", "zh-Hans", "ar", "vi", "ht", "fa", "uk"})


def _split(text: str) -> tuple[str, list[tuple[str, str]], str]:
    """Return the comment at the top, each type with its text, and the answers at the end."""
    head, _, body = text.partition("types:\n")
    body, _, tail = body.partition("\n# Words that search shall know")
    answers = tail.partition("\n# What search shows above")[2]
    blocks = re.split(r"\n(?=  - id: )", body)
    named = [(re.match(r"  - id: (\S+)", block), block) for block in blocks]
    types = [(match[1], block.rstrip("\n") + "\n") for match, block in named if match]
    return f"{head}types:\n", types, f"\n# What search shows above{answers}"


def _write_type(type_id: str, text: str, country: str, languages: Sequence[str]) -> str:
    if country == BUILT_IN_COUNTRY:
        return _keep_languages(text, languages)
    text = _drop_keys(text, _LAW_KEYS)
    if type_id == "english" and not has_english_classes(country):
        return _write_language_classes(text, languages)
    text = _replace_names(type_id, _keep_languages(text, languages), languages)
    numbers = emergency_numbers(country)
    if type_id == "emergency":
        return _insert_before(text, "crosswalk", _write_urgent(numbers, languages))
    if type_id == "family-safety":
        return _insert_before(text, "crosswalk", _write_safety(numbers, languages))
    return text


def _keep_languages(text: str, languages: Sequence[str]) -> str:
    """Remove the lines of other languages, and keys that have no line left."""
    lines = [line for line in text.splitlines() if not (match := _LANGUAGE_LINE.match(line)) or match[1] in languages]
    kept = [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if not (_EMPTY_KEY.fullmatch(line) and _indent(following) <= _indent(line))
    ]
    return "\n".join(kept) + "\n"


_LANGUAGE_LINE = compile_lazily(r" {6,10}([a-z]{2,3}(?:-[A-Za-z]+)?): ")
_EMPTY_KEY = compile_lazily(r" +(?:name|summary|notice|text|synonyms|words):")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _drop_keys(text: str, keys: Sequence[str]) -> str:
    pattern = rf"^    (?:{'|'.join(keys)}):.*\n(?:^ {{5,}}.*\n)*"
    return re.sub(pattern, "", text, flags=re.MULTILINE)


def _insert_before(text: str, key: str, block: str) -> str:
    """Insert a block before a key, or at the end if the key is not there."""
    before, found, after = text.partition(f"    {key}:")
    return f"{before}{block}{found}{after}"


def _replace_names(type_id: str, text: str, languages: Sequence[str]) -> str:
    """Replace names and summaries, which are about one country, by those that are true everywhere."""
    for position, key in enumerate(_TEXT_KEYS):
        texts = dict(re.findall(r"^      ([\w-]+): (.+)$", _block(text, key), re.MULTILINE))
        for tag, names in _load("service_types.json").items():
            if tag in languages and type_id in names:
                texts[tag] = _quote(names[type_id][position])
        lines = "".join(f"      {tag}: {texts[tag]}\n" for tag in languages if tag in texts)
        text = _drop_keys(text, [key])
        text = _insert_before_first(text, f"    {key}:\n{lines}", position)
    return text


def _block(text: str, key: str) -> str:
    match = re.search(rf"^    {key}:.*\n((?:^ {{5,}}.*\n)*)", text, re.MULTILINE)
    return match[1] if match else ""


def _insert_before_first(text: str, block: str, position: int) -> str:
    """Insert a name or a summary after the id, the icon and, for a summary, the name."""
    match = re.match(r"  - id:.*\n(?:    (?:icon|classes|sensitive|former_names):.*\n)*", text)
    end = match.end() if match else 0
    if position:
        end += len(re.match(r"    name:\n(?: {6}.*\n)*", text[end:])[0])  # type: ignore[index]  # it was just inserted
    return text[:end] + block + text[end:]


def _write_language_classes(text: str, languages: Sequence[str]) -> str:
    icon = re.search(r"^    icon: .*\n", text, re.MULTILINE)
    names, synonyms = _load("texts.json")[LANGUAGE_CLASSES], _load("texts.json")["language-synonyms"]
    known = [tag for tag in languages if tag in names]
    lines = [f"  - id: {LANGUAGE_CLASSES}\n", icon[0] if icon else "", "    classes: yes\n"]
    for position, key in enumerate(_TEXT_KEYS):
        lines.append(_write_texts("    ", key, {tag: names[tag][position] for tag in known}))
    lines.append("    synonyms:\n")
    lines.extend(f"      {tag}: [{', '.join(synonyms[tag])}]\n" for tag in known)
    return "".join(lines)


def _write_urgent(numbers: EmergencyNumbers | None, languages: Sequence[str]) -> str:
    if numbers is None:
        return (
            "    # Add the emergency numbers of your country here, and call each of them once:\n"
            "    # urgent:\n"
            '    #   - {number: "112", needs: [danger, overdose], name: {en: Emergency}}\n'
        )
    lines = [f"    # From {numbers.source} ({numbers.checked}). Add the crisis lines of your country.\n    urgent:\n"]
    taken: set[str] = set()
    for entry in numbers.numbers:
        lines.append(f'      - number: "{entry.number}"\n')
        needs = [need for need, kind in _NEEDS.items() if need not in taken and {kind, "emergency"} & set(entry.kinds)]
        taken.update(needs)
        lines.append(f"        needs: [{', '.join(needs)}]\n" if needs else "")
        lines.append(_write_texts("        ", "name", _name_number(entry, languages)))
    return "".join(lines)


def _name_number(entry: EmergencyNumber, languages: Sequence[str]) -> dict[str, str]:
    names = _load("texts.json")["urgent"]
    known = [tag for tag in languages if tag in names]
    return {tag: _separator(tag).join(names[tag][kind] for kind in entry.kinds) for tag in known}


def _separator(tag: str) -> str:
    """Return the comma of a language's script, with a space where it has one."""
    if tag.startswith(("zh", "ja")):
        return "、"
    return "، " if cldr.direction(tag) == "rtl" else ", "


def _write_safety(numbers: EmergencyNumbers | None, languages: Sequence[str]) -> str:
    """Return the advice for people who are watched at home, which ends with whom to call."""
    number = numbers.find("police") if numbers else ""
    space = {tag: "" if tag.startswith(("zh", "ja")) else " " for tag in languages}
    texts = {
        tag: parts[0] + (space[tag] + parts[1].replace("{number}", number) if number else "")
        for tag, parts in _load("texts.json")["safety"].items()
        if tag in languages
    }
    ordered = {tag: texts[tag] for tag in languages if tag in texts}
    return _write_texts("    ", "notice", ordered) + f"    checked: {table_date()}\n"


def _write_texts(indent: str, key: str, texts: Mapping[str, str]) -> str:
    return "".join(_text_lines(indent, key, texts)) if texts else ""


def _text_lines(indent: str, key: str, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"{indent}{key}:\n"
    yield from (f"{indent}  {tag}: {_quote(text)}\n" for tag, text in texts.items())


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@cache
def _load(name: str) -> dict[str, Any]:
    text = (resources.find_built_in_folder() / "starter" / name).read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
