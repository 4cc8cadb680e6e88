"""Units of translation as XLIFF 2.0 (OASIS), for translation agencies and tools that take no gettext catalog.

A unit is a ``<unit>`` with one ``<segment>``. The states are those of the standard: ``initial`` without a translation,
``translated`` for one that needs work, and ``final``.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from guidegen.editing.translations.received import MAX_UNITS, ReceivedUnit, read_exported_hash
from guidegen.editing.translations.units import Unit
from guidegen.model.problems import GuidegenError
from guidegen.text.characters import normalize_nfc

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTEXT, _PLACE = "context", "location"


def format_xliff(units: Iterable[Unit], language: str, title: str, source_language: str) -> bytes:
    """Return an XLIFF 2.0 document with one file element."""
    root = Element(
        "xliff", {"xmlns": _NAMESPACE, "version": "2.0", "srcLang": source_language, "trgLang": language, _XML_SPACE: "preserve"}
    )
    file = SubElement(root, "file", {"id": "guide", "original": title})
    for number, unit in enumerate(units, 1):
        element = SubElement(file, "unit", {"id": f"u{number}", "name": unit.context})
        notes = SubElement(element, "notes")
        SubElement(notes, "note", {"category": _PLACE}).text = f"{unit.file}:{unit.line}"
        for note in unit.notes:
            SubElement(notes, "note", {"category": _CONTEXT}).text = note
        state = "initial" if not unit.target else "translated" if unit.needs_work else "final"
        segment = SubElement(element, "segment", {"state": state})
        SubElement(segment, "source").text = unit.source
        if unit.target:
            SubElement(segment, "target").text = unit.target
    ElementTree.indent(root, " ")
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def parse_xliff(raw: bytes, name: str) -> tuple[list[ReceivedUnit], str]:
    """Return the units of a document and its target language. Raises ``GuidegenError`` for what is no XLIFF 2 document."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", raw):  # an entity can grow without limit, or name a file
        raise GuidegenError(f"{name} has a DOCTYPE, which XLIFF does not need; export it again without one")
    try:
        root = ElementTree.fromstring(raw)  # noqa: S314  # without a DOCTYPE there are no entities to expand
    except ElementTree.ParseError as error:
        raise GuidegenError(f"{name} is not a whole XML file: {error}") from error
    if not re.fullmatch(r"\{urn:oasis:names:tc:xliff:document:2\.\d\}xliff", root.tag):
        raise GuidegenError(f"{name} is not XLIFF 2; export it as XLIFF 2.0")
    namespace = root.tag[: root.tag.index("}") + 1]
    units = [received for unit in root.iter(f"{namespace}unit") for received in _read_unit(unit, namespace)]
    if len(units) > MAX_UNITS:
        raise GuidegenError(f"{name} has {len(units):,} units; the limit is {MAX_UNITS:,}")
    return units, root.get("trgLang", "")


def _read_unit(unit: Element, namespace: str) -> Iterator[ReceivedUnit]:
    """Yield the unit. A tool may have split it into several segments, with ignorable parts between them."""
    parts = [part for part in unit if part.tag in (f"{namespace}segment", f"{namespace}ignorable")]
    if not parts:
        return
    sources, targets = (
        ["".join(_iterate_text(part.find(f"{namespace}{name}"))) for part in parts] for name in ("source", "target")
    )
    is_whole = all(target or part.tag.endswith("ignorable") for part, target in zip(parts, targets, strict=True))
    texts = [target or source for target, source in zip(targets, sources, strict=True)] if is_whole else []
    segments = [part for part in parts if part.tag == f"{namespace}segment"]
    needs_work = any(segment.get("state", "initial") in ("initial", "translated") for segment in segments)
    exported = read_exported_hash("".join(_iterate_text(note)) for note in unit.iter(f"{namespace}note"))
    source, target = normalize_nfc("".join(sources)), normalize_nfc("".join(texts))
    yield ReceivedUnit(unit.get("name", ""), source, target, needs_work, 1, exported)


def _iterate_text(element: Element | None) -> Iterator[str]:
    return iter(()) if element is None else element.itertext()
