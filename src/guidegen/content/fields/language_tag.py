"""The reader of language codes, with hints for names and country codes that people write instead."""

import re
from functools import cache

from guidegen.content.fields.context import ReadingContext, read_scalar_text, shorten
from guidegen.content.fields.intended import fold
from guidegen.content.yaml.parser import Node
from guidegen.model.problems import Severity, find_nearest_word
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass
from guidegen.text import cldr


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """A language by its code (BCP 47)."""

    expected: str = "a language code such as  es, zh-Hans, ht"

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        tag = self.normal(text)
        if not cldr.is_language(tag):
            context.report(node, *explain_unknown_language(text), "language")
            return None
        intended = find_language_of_country(text)
        if intended:
            name, country = cldr.language_names()[tag], cldr.territory_name(text.upper())
            message = f"'{text}' is the code of {name}, which few people speak, and also of a country ({country})"
            hint = f"Did you mean:  {_format_with_name(intended)}? For {name} write  {cldr.long_code(tag)}"
            context.report(node, message, hint, "country-code", Severity.WARNING)
        return tag

    @staticmethod
    def normal(text: str) -> str:
        """Return the canonical form of a code: ``es`` for ``spa``."""
        return cldr.canonical(text)


_BETWEEN = compile_lazily(r"\s*(?:[,;/&\n]|\s[-–]\s|\s(?:and|y|e|et|und|en|of|o|i|и|і|та)\s)\s*", re.IGNORECASE)
"""The separators in a list of languages: punctuation, or the word "and" in several languages."""


def find_languages(text: str) -> tuple[list[str], list[str]]:
    """Return the codes of the languages that a text lists by code or name, and the words that name none."""
    tags: list[str] = []
    unknown: list[str] = []
    for part in filter(None, _BETWEEN.split(text.strip())):
        words = [part] if find_language(part) else part.split()
        tags += [tag for word in words if (tag := find_language(word))]
        unknown += [word for word in words if not find_language(word)]
    return list(dict.fromkeys(tags)), unknown


def list_spoken_languages(text: str, _country: str) -> str:
    """Return a list of spoken languages for names or codes in one text; empty if one of them is unknown."""
    tags, unknown = find_languages(text)
    return f"[{', '.join(f'{{code: {tag}}}' for tag in tags)}]" if tags and not unknown else ""


def interpret_spoken_language(text: str, country: str) -> str:
    """Return one spoken language as a record; empty if its name or code is unknown."""
    tags = list_spoken_languages(text, country)
    return tags[1:-1] if tags.count("{") == 1 else ""


def find_language(text: str) -> str:
    """Return the code of a language by its code in any case, or by its name in one of several languages; empty if unknown."""
    if cldr.is_language(cldr.canonical(text)):
        return cldr.canonical(text)
    primary, *subtags = re.split("[-_]", text)
    recased = "-".join([primary.lower(), *(part.upper() if len(part) == 2 else part.title() for part in subtags)])
    if cldr.is_language(recased):
        return recased
    name = text.casefold()
    return _ALSO_CALLED.get(name) or _index_by_name().get(name) or _index_by_other_names().get(fold(text), "")


def find_language_of_country(code: str) -> str:
    """Return the language of the country with this code if it is more likely meant; else an empty text.

    That is so if there is no language with this code (``cz``), or if hardly anybody speaks that language in any country and the
    country's own language is another: ``br`` is Breton, and also Brazil. ``bo`` stays Tibetan: Spanish is the language of many
    countries beside Bolivia.
    """
    intended = cldr.language_of_country(code.upper()) if len(code) == 2 else ""
    if not cldr.is_language(code.lower()):
        return intended
    is_doubtful = intended != code.lower() and cldr.is_rare(code.lower()) and cldr.is_of_country(intended, code.upper())
    return intended if is_doubtful else ""


def _format_with_name(tag: str) -> str:
    return f"{tag}   ({cldr.language_names()[tag]})"


def explain_unknown_language(text: str) -> tuple[str, str]:
    """Return the message and the hint for a text that is not a language code."""
    intended = find_language_of_country(text)
    if intended:
        message = f"'{text}' is the code of a country ({cldr.territory_name(text.upper())}), not of a language"
        return message, f"Did you mean:  {_format_with_name(intended)}"
    several = list_spoken_languages(text, "") if re.search(r"[,; ]", text.strip()) else ""
    if several.count("{") > 1:
        codes = re.findall(r"code: (\S+?)}", several)
        return f"'{shorten(text)}' is not the code of a language", f"Write one entry for each language:  {', '.join(codes)}"
    return f"'{shorten(text)}' is not the code of a language", _suggest_code(text)


# common names of languages that CLDR calls something else in English
_ALSO_CALLED = {
    "español": "es", "espanol": "es", "castellano": "es", "mandarin": "zh", "chinese": "zh", "cantonese": "yue",
    "creole": "ht", "kreyol": "ht", "kreyòl": "ht", "haitian": "ht", "farsi": "fa", "dari": "fa-AF", "pashtu": "ps",
    "karen": "ksw", "hmong": "hmn", "tagalog": "tl", "filipino": "fil", "asl": "ase", "brazilian": "pt-BR",
    "kiche": "quc", "sp": "es", "spa": "es", "span": "es", "eng": "en", "viet": "vi", "port": "pt",
    "mandarino": "zh", "mandarín": "zh", "mixteco": "mix", "français": "fr", "português": "pt", "kurmanji": "ku", "burmese": "my",
}  # fmt: skip


@cache
def _index_by_name() -> dict[str, str]:
    """Return the language codes by their English names, case-folded."""
    return {name.casefold(): tag for tag, name in cldr.language_names().items()}


@cache
def _index_by_other_names() -> dict[str, str]:
    """Return the codes of two-letter languages by their names in Spanish, French, German, Portuguese and the language itself."""
    tags = [tag for tag in cldr.language_names() if len(tag) == 2]
    readers = ("es", "fr", "de", "pt", "nl", "it", "pl", "tr", "uk", "ru")
    names = {fold(cldr.own_name(tag)): tag for tag in tags}
    return names | {fold(cldr.name_in(tag, reader)): tag for reader in readers for tag in tags}


def _suggest_code(text: str) -> str:
    """Return a hint with the code for a language name, or for a code in another spelling."""
    names, by_name = cldr.language_names(), _index_by_name()
    if tag := find_language(text):
        return f"Did you mean:  {tag}"
    candidates = [name for name in names.values() if name[:1].casefold() == text[:1].casefold()]
    close = find_nearest_word(text, candidates) if len(text) > 3 else ""
    if close:
        return f"Did you mean:  {by_name[close.casefold()]}   ({close})"
    return "Use the code of the language (BCP 47), for example:  es  for Spanish,  zh-Hans  for Simplified Chinese"
