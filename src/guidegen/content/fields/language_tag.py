"""The reader of language codes, and what it makes of the names that people write instead."""

import re
from dataclasses import dataclass
from functools import cache

from guidegen.content.fields.context import ReadingContext, scalar_text, shortened
from guidegen.content.yaml.parser import Node
from guidegen.model.problems import Severity, nearest_word
from guidegen.text import cldr


@dataclass(frozen=True, slots=True)
class LanguageTag:
    """A language by its code (BCP 47)."""

    wanted: str = "a language code such as  es, zh-Hans, ht"

    def read(self, node: Node, at: str, reading: ReadingContext) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None:
            return None
        tag = self.normal(text)
        if not cldr.is_language(tag):
            reading.report(node, *not_a_language(text), "language")
            return None
        meant = language_of_country(text)
        if meant:
            name, country = cldr.language_names()[tag], cldr.territory_name(text.upper())
            message = f"'{text}' is the code of {name}, which few people speak, and that of a country ({country})"
            hint = f"Did you mean:  {_named(meant)}? For {name} write  {cldr.long_code(tag)}"
            reading.report(node, message, hint, "country-code", Severity.WARNING)
        return tag

    @staticmethod
    def normal(text: str) -> str:
        """Return the code as the guide knows it: ``spa`` is ``es``."""
        return cldr.canonical(text)


def language_of_country(code: str) -> str:
    """Return the language of the country with this code, where it is more likely meant than the language with this code.

    So it is where there is no such language (``cz``), or one that hardly anybody speaks in any country, and the code is that of
    a country which another language is of: ``br`` is Breton, and Brazil; ``bo`` is Tibetan, for Spanish is not of Bolivia alone.
    """
    meant = cldr.language_of_country(code.upper()) if len(code) == 2 else ""
    if not cldr.is_language(code.lower()):
        return meant
    is_doubtful = meant != code.lower() and cldr.is_rare(code.lower()) and cldr.is_of_country(meant, code.upper())
    return meant if is_doubtful else ""


def _named(tag: str) -> str:
    return f"{tag}   ({cldr.language_names()[tag]})"


def not_a_language(text: str) -> tuple[str, str]:
    """Return what is wrong with a code, and what to write instead."""
    meant = language_of_country(text)
    if meant:
        message = f"'{text}' is the code of a country ({cldr.territory_name(text.upper())}), not of a language"
        return message, f"Did you mean:  {_named(meant)}"
    return f"'{shortened(text)}' is not the code of a language", _language_hint(text)


# what people write for a language, where CLDR's English name is another word
_ALSO_CALLED = {
    "español": "es", "espanol": "es", "castellano": "es", "mandarin": "zh", "chinese": "zh", "cantonese": "yue",
    "creole": "ht", "kreyol": "ht", "kreyòl": "ht", "haitian": "ht", "farsi": "fa", "dari": "fa-AF", "pashtu": "ps",
    "karen": "ksw", "hmong": "hmn", "tagalog": "tl", "filipino": "fil", "asl": "ase", "brazilian": "pt-BR",
    "kiche": "quc",
    "mixteco": "mix", "français": "fr", "português": "pt", "kurmanji": "ku", "burmese": "my",
}  # fmt: skip


@cache
def _by_name() -> dict[str, str]:
    """The codes by English names in small letters."""
    return {name.casefold(): tag for tag, name in cldr.language_names().items()}


def _language_hint(text: str) -> str:
    """The code for a name or for another way to write a code."""
    names, by_name = cldr.language_names(), _by_name()
    head, *rest = re.split("[-_]", text)
    cased = "-".join([head.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)])
    if cldr.is_language(cased):
        return f"Did you mean:  {cased}"
    meant = _ALSO_CALLED.get(text.casefold()) or by_name.get(text.casefold())
    if meant:
        return f"Did you mean:  {meant}"
    alike = [name for name in names.values() if name[:1].casefold() == text[:1].casefold()]
    close = nearest_word(text, alike) if len(text) > 3 else ""
    if close:
        return f"Did you mean:  {by_name[close.casefold()]}   ({close})"
    return "Use the code of the language (BCP 47), for example:  es  for Spanish,  zh-Hans  for Simplified Chinese"
