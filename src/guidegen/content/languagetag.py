"""The reader of language codes, and what it makes of the names that people write instead."""

import re
from functools import cache

from guidegen import cldr
from guidegen.content.reading import Reading, scalar_text, shortened
from guidegen.content.yamlfile import Node
from guidegen.problems import nearest
from guidegen.record import record


@record
class LanguageTag:
    """A language by its code (BCP 47)."""

    wanted: str = "a language code such as  es, zh-Hans, ht"

    def read(self, node: Node, at: str, reading: Reading) -> str | None:
        text = scalar_text(node, at, reading, self.wanted)
        if text is None or cldr.is_language(text):
            return text
        message = f"'{shortened(text)}' is not the code of a language"
        reading.report(node, message, _language_hint(text), "language")
        return None


# what people write for a language, where CLDR's English name is another word
_ALSO_CALLED = {
    "español": "es", "espanol": "es", "castellano": "es", "mandarin": "zh", "chinese": "zh", "cn": "zh", "cantonese": "yue",
    "creole": "ht", "kreyol": "ht", "kreyòl": "ht", "haitian": "ht", "farsi": "fa", "dari": "prs", "pashtu": "ps", "karen": "ksw",
    "hmong": "hmn", "jp": "ja", "kr": "ko", "tagalog": "tl", "filipino": "fil", "asl": "ase", "brazilian": "pt-BR",
    "kiche": "quc",
    "mixteco": "mix", "français": "fr", "português": "pt", "kurmanji": "kmr", "burmese": "my", "ua": "uk", "vn": "vi",
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
    close = nearest(text, alike) if len(text) > 3 else ""
    if close:
        return f"Did you mean:  {by_name[close.casefold()]}   ({close})"
    return "Use the code of the language (BCP 47), for example:  es  for Spanish,  zh-Hans  for Simplified Chinese"
