"""The state that field readers share while they read one file, and small helpers for them."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field
from pathlib import PurePosixPath

from guidegen.content.fields import intended
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Problem, Severity, SourcePosition
from guidegen.model.translatable import KNOWN_STALE, TranslatableText, Translation, find_state, text_hash
from guidegen.records import dataclass
from guidegen.text.orthography import find_misspellings_by_line


@dataclass(frozen=True, slots=True)
class TranslatedTexts:
    """The texts of a translation file and the versions of their sources, by dotted path.

    A version is a hash, a date, or ``stale``, as ``translatable.find_state`` reads it; ``whole_version`` is that of all texts
    without one of their own.
    """

    texts: Mapping[str, str]
    source_versions: Mapping[str, str] = field(default_factory=dict)
    translator: str = ""
    whole_version: str = ""

    def is_of_another_source(self, path: str, source: str) -> bool:
        """Return whether the hash of a text in a list without keys is that of another source.

        Such an entry is known only by its number, so the text may now be that of another entry.
        """
        recorded = self.source_versions.get(path, "")
        is_hash = bool(recorded) and recorded != KNOWN_STALE and "-" not in recorded
        return is_hash and recorded != text_hash(source) and any(part.isdigit() for part in path.split("."))

    def get_translation(self, path: str, source: str, changed: str = "") -> Translation:
        """Return the translated text with its state. ``changed`` is the date of the last change of the source, if it is known."""
        recorded = self.source_versions.get(path, self.whole_version)
        return Translation(self.texts[path], find_state(recorded, text_hash(source), changed), self.translator)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The country (ISO 3166-1) and state of a guide, and the year of the build; 0 where no holidays are read."""

    country: str = ""
    state: str = ""
    year: int = 0

    @property
    def name(self) -> str:
        """The codes as an editor knows them: ``US-MA``."""
        return "-".join(part for part in (self.country, self.state) if part)

    @property
    def years(self) -> range:
        """The years whose holidays a page shows: the year of the build and the next two."""
        return range(self.year, self.year + 3)


@dataclass(slots=True)
class ReadingContext:
    """The state of reading one file: its translations by language, and the results so far.

    Paths are dotted: ``services.evening-english.name``.

    - ``texts`` has every translatable text, and ``places`` the position of every value, by path.
    - ``enclosing_records`` has the kind and the keys of each enclosing record, outermost first.
    - ``jurisdiction`` is the country and state of the guide.
    - ``markdown_totals`` is the amount of Markdown so far, as ``markdown_lint.count_marks`` counts it.
    - ``value_language`` is the language of the current value, where it is not that of the file.
    - ``changed`` is the date of the last change of the file's source, if the file says one.
    """

    source: PurePosixPath
    language: str
    languages: tuple[str, ...] = ()
    translations: Mapping[str, TranslatedTexts] = field(default_factory=dict)
    places: dict[str, SourcePosition] = field(default_factory=dict)
    texts: dict[str, TranslatableText] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    enclosing_records: list[tuple[str, Collection[str]]] = field(default_factory=list)
    markdown_totals: tuple[int, ...] = ()
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    value_language: str = ""
    changed: str = ""

    def report(self, node: Node, message: str, hint: str, code: str, severity: Severity = Severity.ERROR) -> None:
        """Add a problem at the position of a node."""
        self.problems.append(Problem(self.source, node.line, node.column, message, hint, code, severity))

    def report_misspellings(self, node: Node, text: str) -> None:
        """Add a warning for each character that is wrong in the language of the text."""
        for number, misspelling in find_misspellings_by_line(text, self.value_language or self.language):
            line = node.get_line(number) if isinstance(node, ScalarNode) else node.line
            column = 1 if number or line != node.line else node.column
            self.problems.append(
                Problem(self.source, line, column, misspelling.message, misspelling.hint, misspelling.code, Severity.WARNING)
            )

    def add_text(self, path: str, source: str) -> TranslatableText:
        """Return the text at a path with its translations, and record it in ``texts``."""
        versions = {self.language: Translation(source)}
        for tag, translation in self.translations.items():
            if path in translation.texts and not translation.is_of_another_source(path, source):
                versions[tag] = translation.get_translation(path, source, self.changed)
        self.texts[path] = TranslatableText(versions)
        return self.texts[path]


def get_field_name(path: str) -> str:
    """Return the last part of a path that is not a number: the name of the field as an editor knows it."""
    return next((part for part in reversed(path.split(".")) if part and not part.isdigit()), path)


def join_path(path: str, name: str) -> str:
    """Return the path of the part ``name`` of the value at ``path``."""
    return f"{path}.{name}" if path else name


def describe_shape(node: Node) -> str:
    """Return the kind of a node in an editor's words, for a message."""
    if isinstance(node, ListNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "keys with values"
    return f"'{shorten(node.text)}'" if node.text else "nothing"


def shorten(text: str, limit: int = 60) -> str:
    """Return a text on one line of at most ``limit`` characters, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def read_scalar_text(node: Node, path: str, context: ReadingContext, expected: str) -> str | None:
    """Return the text of a single value. If the node is a list or has keys, report it and return None."""
    if isinstance(node, ScalarNode):
        text = node.text.strip()
        return text if _has_right_quotes(node, text, path, context) else None
    hint = f"Write {expected}"
    if isinstance(node, MappingNode) and any(value.is_empty for _, value in node.pairs if isinstance(value, ScalarNode)):
        hint += ". A text that begins with { needs quotes."
    context.report(node, f"'{get_field_name(path)}' needs one value, but has {describe_shape(node)}", hint, "wrong-shape")
    return None


def _has_right_quotes(node: ScalarNode, text: str, path: str, context: ReadingContext) -> bool:
    """Report quotes that YAML does not know, or only one of two. Each line is reported once."""
    if not node.plain or not text or (text[0].isalnum() and text[-1].isalnum()):
        return True
    bare = intended.find_curly_quotes(text)
    is_half_quoted = text.endswith('"') and text.count('"') == 1 and not re.search(r'[A-Za-z].*[0-9]"$', text)
    if bare:
        message = f"'{get_field_name(path)}' has curly quotes, which word processors type: {shorten(text, 40)}"
        is_whole = text[0] in "“„«‘‹”" and text[-1] in '”“»’›"'
        fix = (
            f'Write straight quotes:  "{bare}"'
            if is_whole
            else "Put the whole text in straight quotes, from its beginning to its end."
        )
    elif is_half_quoted:
        message = f"'{get_field_name(path)}' has a quote only at its end: {shorten(text, 40)}"
        fix = f'Write a quote at both ends:  "{text[:-1].strip()}"'
    else:
        return True
    if not any(problem.line == node.line and problem.code == "quotes" for problem in context.problems[-3:]):
        context.report(node, message, fix, "quotes")
    return False


def iterate_items(node: ListNode) -> Iterator[tuple[int, Node]]:
    """Yield the non-empty items of a list with their numbers, from 0."""
    for number, item in enumerate(node.items):
        if not (isinstance(item, ScalarNode) and item.is_empty):
            yield number, item
