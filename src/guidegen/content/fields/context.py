"""What a field reader is given, and where it leaves places and problems."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.model.problems import Problem, Severity, SourcePosition
from guidegen.model.translatable import TranslatableText, Translation, text_hash
from guidegen.text.orthography import misspellings_in


@dataclass(frozen=True, slots=True)
class TranslatedTexts:
    """What a translation file says: texts, and hashes of what they were made from, by dotted path."""

    texts: Mapping[str, str]
    recorded: Mapping[str, str] = field(default_factory=dict)
    by: str = ""

    def has_moved(self, at: str, source: str) -> bool:
        """Return whether a text of a list without keys was recorded for another source: its entry may be another one now."""
        recorded = self.recorded.get(at)
        return recorded is not None and recorded != text_hash(source) and any(part.isdigit() for part in at.split("."))

    def version(self, at: str, source: str) -> Translation:
        """The translated text with what is known of it."""
        recorded = self.recorded.get(at)
        state = "unrecorded" if recorded is None else "fresh" if recorded == text_hash(source) else "stale"
        return Translation(self.texts[at], state, self.by)


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """The country (ISO 3166-1) and the state of a guide, and the year in which it is read; 0 where no holidays are read."""

    country: str = ""
    state: str = ""
    year: int = 0

    @property
    def name(self) -> str:
        """Return the codes as an editor knows them: ``US-MA``."""
        return "-".join(part for part in (self.country, self.state) if part)

    @property
    def years(self) -> range:
        """Return the years whose holidays a page knows: that in which it is made, and the next two."""
        return range(self.year, self.year + 3)


@dataclass(slots=True)
class ReadingContext:
    """One file being read: its translations by language, and what was found on the way.

    Paths are dotted: ``services.evening-english.name``. ``texts`` collects every translatable text,
    ``places`` where everything stands; ``around`` are the records that are being read, from the outside in, with their keys.
    ``where`` is the country of the guide. ``markdown`` is how much Markdown there was so far, as ``proofreading.amounts`` counts.
    ``written_in`` is the language of the value that is being read, where it is not that of the file.
    """

    source: PurePosixPath
    language: str
    languages: tuple[str, ...] = ()
    translations: Mapping[str, TranslatedTexts] = field(default_factory=dict)
    places: dict[str, SourcePosition] = field(default_factory=dict)
    texts: dict[str, TranslatableText] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    around: list[tuple[str, Collection[str]]] = field(default_factory=list)
    markdown: tuple[int, ...] = ()
    where: Jurisdiction = field(default_factory=Jurisdiction)
    written_in: str = ""

    def report(self, node: Node, message: str, hint: str, code: str, severity: Severity = Severity.ERROR) -> None:
        """Note a mistake at a node."""
        self.problems.append(Problem(self.source, node.line, node.column, message, hint, code, severity))

    def report_misspellings(self, node: Node, text: str) -> None:
        """Note where the letters of a text are not those with which its language is written."""
        for number, found in misspellings_in(text, self.written_in or self.language):
            line = node.line_of(number) if isinstance(node, ScalarNode) else node.line
            column = 1 if number or line != node.line else node.column
            self.problems.append(Problem(self.source, line, column, found.message, found.hint, found.code, Severity.WARNING))

    def text(self, at: str, source: str) -> TranslatableText:
        """The text at a path with the translations there are."""
        versions = {self.language: Translation(source)}
        for tag, translation in self.translations.items():
            if at in translation.texts and not translation.has_moved(at, source):
                versions[tag] = translation.version(at, source)
        self.texts[at] = TranslatableText(versions)
        return self.texts[at]


def field_name(at: str) -> str:
    """The name of the field at the end of a path, as an editor knows it."""
    return next((part for part in reversed(at.split(".")) if part and not part.isdigit()), at)


def join(at: str, name: str) -> str:
    """The path of a part of the value at ``at``."""
    return f"{at}.{name}" if at else name


def shape_of(node: Node) -> str:
    """What a node is, in an editor's words."""
    if isinstance(node, ListNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "keys with values"
    return f"'{shortened(node.text)}'" if node.text else "nothing"


def shortened(text: str, limit: int = 60) -> str:
    """One line of a text, for a message."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def scalar_text(node: Node, at: str, reading: ReadingContext, wanted: str) -> str | None:
    """The text of a single value; None, with a problem, when something else stands there."""
    if isinstance(node, ScalarNode):
        return node.text.strip()
    hint = f"Write {wanted}"
    if isinstance(node, MappingNode) and any(value.is_empty for _, value in node.pairs if isinstance(value, ScalarNode)):
        hint += ". A text that begins with { needs quotes."
    reading.report(node, f"'{field_name(at)}' has {shape_of(node)} where one value is wanted", hint, "wrong-shape")
    return None


def each(node: ListNode) -> Iterator[tuple[int, Node]]:
    """The items with their numbers, the empty ones left out."""
    for number, item in enumerate(node.items):
        if not (isinstance(item, ScalarNode) and item.is_empty):
            yield number, item
