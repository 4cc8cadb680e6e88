"""Write translated texts into the translation files of profiles and articles."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from guidegen.content.articles import split_front_matter
from guidegen.content.fields.table import PARTNER
from guidegen.content.source_files import ContentFile
from guidegen.content.yaml.parser import MappingNode, Node, ScalarNode, compose
from guidegen.content.yaml.writer import apply_changes, format_yaml
from guidegen.editing.field_texts import build_record, list_texts_below, read_node, sort_keys
from guidegen.editing.translations.documents import BODY, Document, DocumentText
from guidegen.model.problems import GuidegenError
from guidegen.model.translatable import KNOWN_STALE, text_hash
from guidegen.records import dataclass

_RECORDS = ("translation", "translated_from")
"""The keys of a translation file that are no texts."""


@dataclass(frozen=True, slots=True)
class Translator:
    """Who translated, and the day.

    ``by`` is ``human``, ``machine`` or ``reviewed`` as in a translation file; empty if nobody said.
    """

    by: str
    who: str
    day: date


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text to write. ``source`` is what the translator saw; ``is_done`` is whether they say that the translation is right."""

    text: DocumentText
    source: str
    target: str
    is_done: bool
    line: int

    @property
    def has_new_words(self) -> bool:
        """Whether the translation differs from that in the guide."""
        return self.target.strip() != self.text.translation.text.strip()

    @property
    def is_effective(self) -> bool:
        """Whether it changes anything: the words, or what is known of them."""
        return self.has_new_words or (self.is_done and self.text.translation.state != "fresh")


def format_translation(root: Path, before: bytes, document: Document, changes: list[TextChange], translator: Translator) -> bytes:
    """Return the bytes of a translation file with the changes; those of ``before`` if nothing changes.

    Raises ``GuidegenError`` for a file that cannot be changed.
    """
    if not any(change.is_effective for change in changes):
        return before
    if document.is_article:
        return _format_article(before, document, changes, translator)
    return _format_profile(root, before, document, changes, translator)


def _format_profile(root: Path, before: bytes, document: Document, changes: list[TextChange], translator: Translator) -> bytes:
    relevant = [change for change in changes if change.is_effective]
    node = read_node(ContentFile(root, str(document.target), document.target.name)) if before else MappingNode((), 1, 1)
    kept = {path: ScalarNode(text, 1, 1, plain=False) for path, text in list_texts_below(_drop_records(node), PARTNER, ())}
    for change in relevant:
        if change.has_new_words:
            kept[change.text.path] = ScalarNode(change.target, 1, 1, plain=False, block="|" if change.text.is_markdown else "")
    order = {text.path: number for number, text in enumerate(document.texts)}
    texts = sorted(kept.items(), key=lambda pair: order.get(pair[0], len(order)))
    record = build_record(texts, PARTNER, _refuse_node)
    pairs: list[tuple[ScalarNode, Node]] = list(sort_keys(record, PARTNER).pairs)
    pairs.append((_scalar("translation"), _update_translation(node.get("translation"), translator)))
    pairs.append((_scalar("translated_from"), _update_versions(node.get("translated_from"), relevant, order)))
    target = MappingNode(tuple(pairs), 1, 1)
    text = apply_changes(before.decode("utf-8-sig"), target) if before else format_yaml(target)
    return text.encode()


def _drop_records(node: MappingNode) -> MappingNode:
    return MappingNode(tuple(pair for pair in node.pairs if pair[0].text not in _RECORDS), 1, 1)


def _refuse_node(_node: ScalarNode, message: str, _hint: str) -> None:
    raise GuidegenError(message)


def _scalar(text: str) -> ScalarNode:
    return ScalarNode(text, 1, 1)


def _update_translation(current: Node | None, translator: Translator) -> Node:
    """Return the record of who translated.

    A record stays as it is unless the import says who translated: a text that a person corrected does not make the others of a
    machine's translation theirs.
    """
    if isinstance(current, MappingNode) and not translator.by:
        return current
    values = {"by": translator.by or "human", "who": translator.who, "date": translator.day.isoformat()}
    return MappingNode(tuple((_scalar(key), _scalar(value)) for key, value in values.items() if value), 1, 1)


def _update_versions(current: Node | None, changes: Iterable[TextChange], order: Mapping[tuple[str, ...], int]) -> Node:
    """Return ``translated_from`` with the hashes of the sources that were translated."""
    versions = {key.text: value for key, value in current.pairs} if isinstance(current, MappingNode) else {}
    if isinstance(current, ScalarNode):  # one version for all texts: it stays that of the texts that do not change
        versions = {".".join(path): current for path in order}
    for change in changes:
        version = text_hash(change.source) if change.is_done else KNOWN_STALE
        versions[change.text.dotted] = ScalarNode(version, 1, 1)
    positions = {".".join(path): number for path, number in order.items()}
    ordered = sorted(versions.items(), key=lambda pair: positions.get(pair[0], len(positions)))
    return MappingNode(tuple((ScalarNode(key, 1, 1, plain=False), value) for key, value in ordered), 1, 1)


def _format_article(before: bytes, document: Document, changes: list[TextChange], translator: Translator) -> bytes:
    """Return the bytes of a translated article; those of ``before`` while its title or its text is still missing."""
    texts = {text.path: text.translation.text for text in document.texts} | {
        change.text.path: change.target for change in changes
    }
    sources = {text.path: text.source for text in document.texts} | {change.text.path: change.source for change in changes}
    if not texts.get((BODY,)) or not texts.get(("title",)):
        return before
    hashed = {text.path for text in document.texts if text.path != ("alt",)}
    is_done = all(change.is_done for change in changes) and {change.text.path for change in changes} >= hashed
    version = document.hash_sources(sources) if is_done else KNOWN_STALE
    front, _, _ = split_front_matter(before.decode("utf-8-sig").replace("\r\n", "\n")) if before else ("", "", 1)
    node, _ = compose(front or "", PurePosixPath(document.target.name))
    current = node if isinstance(node, MappingNode) else MappingNode((), 1, 1)
    kept = [pair for pair in current.pairs if pair[0].text not in ("title", "summary", "alt", *_RECORDS)]
    values = ((key, texts.get((key,), "")) for key in ("title", "summary", "alt"))
    pairs: list[tuple[ScalarNode, Node]] = [(_scalar(key), ScalarNode(text, 1, 1, plain=False)) for key, text in values if text]
    pairs += kept
    pairs.append((_scalar("translation"), _update_translation(current.get("translation"), translator)))
    pairs.append((_scalar("translated_from"), _scalar(version)))
    values_node = MappingNode(tuple(pairs), 1, 1)
    head = apply_changes(front, values_node) if front else format_yaml(values_node)
    return f"---\n{head}---\n{texts[(BODY,)].strip()}\n".encode()
