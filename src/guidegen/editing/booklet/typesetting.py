"""Typeset a booklet with Typst: a tagged PDF (PDF/UA-1) that is the same for the same contents.

Typst needs a font for each script. Those of the Noto family are taken, or others that are installed for the script.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from guidegen import resources
from guidegen.model.problems import GuidegenError
from guidegen.text import cldr
from guidegen.text.collation import sort_key

_FAMILIES = {
    "Latn": ("Noto Sans", "Open Sans", "DejaVu Sans", "Liberation Sans"),
    "Cyrl": ("Noto Sans", "DejaVu Sans", "Liberation Sans"),
    "Arab": ("Noto Sans Arabic", "Noto Naskh Arabic", "Vazirmatn", "DejaVu Sans"),
    "Hani": ("Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei"),
    "Hang": ("Noto Sans CJK KR", "Noto Sans KR"),
    "Mymr": ("Noto Sans Myanmar", "Padauk"),
    "Deva": ("Noto Sans Devanagari", "Lohit Devanagari"),
    "Ethi": ("Noto Sans Ethiopic", "Abyssinica SIL"),
    "Thai": ("Noto Sans Thai",),
    "Khmr": ("Noto Sans Khmer",),
    "Laoo": ("Noto Sans Lao",),
    "Beng": ("Noto Sans Bengali",),
    "Guru": ("Noto Sans Gurmukhi",),
    "Grek": ("Noto Sans", "DejaVu Sans"),
    "Armn": ("Noto Sans Armenian", "DejaVu Sans"),
    "Geor": ("Noto Sans Georgian", "DejaVu Sans"),
    "Gujr": ("Noto Sans Gujarati",),
    "Taml": ("Noto Sans Tamil",),
    "Telu": ("Noto Sans Telugu",),
    "Hebr": ("Noto Sans Hebrew", "DejaVu Sans"),
}
"""Font families by script (ISO 15924), the best first."""
_REGIONAL = {"zh-Hant": "Noto Sans CJK TC", "ja": "Noto Sans CJK JP"}
"""Families of languages that write some characters of a script in their own way."""


def typeset(contents: dict[str, Any], today: date) -> bytes:
    """Return the PDF of a booklet. Raises ``GuidegenError`` without Typst, or without a font for the language."""
    try:
        import typst
    except ImportError as error:
        raise GuidegenError("booklets need Typst:  pip install 'guidegen[pdf]'") from error
    template = resources.find_built_in_folder() / "templates" / "booklet" / "booklet.typ"
    tag = str(contents["language"])
    inputs = {
        "contents": json.dumps(contents, ensure_ascii=False),
        "fonts": json.dumps(_choose_fonts(tag)),
        "order": json.dumps(list(_list_names(contents)), ensure_ascii=False),
    }
    try:
        compiled = typst.compile(
            template.read_bytes(),
            sys_inputs=inputs,
            pdf_standards=["ua-1"],
            timestamp=datetime(today.year, today.month, today.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise GuidegenError(f"the booklet could not be typeset: {error.message}") from error
    if not isinstance(compiled, bytes):
        raise GuidegenError("the booklet could not be typeset: Typst returned no document")
    return compiled


def _list_names(contents: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the index in order, each once."""
    names = {entry["sort"] for kind in contents["kinds"] for entry in kind["entries"]}
    yield from sorted(names, key=lambda name: sort_key(name, str(contents["language"])))


def _choose_fonts(tag: str) -> Sequence[str]:
    """Return the installed families for a language, and after them those of other scripts, for names and phone notes."""
    installed = _list_installed()
    script = cldr.script(tag)
    own = [family for family in (_REGIONAL.get(tag, ""), *_FAMILIES.get(script, ())) if family in installed]
    if not own:
        example = _FAMILIES.get(script, (f"a font for the script {script}",))[0]
        raise GuidegenError(
            f"there is no font for the language {tag}; install one, such as {example} (Debian: fonts-noto-core, fonts-noto-cjk)"
        )
    others = [next((family for family in families if family in installed), "") for families in _FAMILIES.values()]
    latin = [family for family in _FAMILIES["Latn"] if family in installed][:1]
    return list(dict.fromkeys([*latin, *own[:1], *filter(None, others)]))


@cache
def _list_installed() -> frozenset[str]:
    import typst

    return frozenset(typst.Fonts().families())
