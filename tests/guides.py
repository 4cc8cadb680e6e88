"""Whole guides as Hypothesis makes them from the field tables: what has a row there is in a guide, without anybody remembering.

A guide is its files by name. Whatever must not be published says one of ``SECRETS``: private facts, drafts, confidential places,
comments. ``tests/faulty_guides.py`` plants faults.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from guidegen.content.fields import by_language, holidays, language_tag, scalar, times
from guidegen.content.fields.compound import Field, Many, OneOf, Pair, Record
from guidegen.content.fields.table import PARTNER, SERVICE_TYPE, SETTINGS, SPOTLIGHT, SPOTLIGHT_TRANSLATION, TRANSLATION
from guidegen.content.translations import is_translatable
from guidegen.content.yaml.parser import ListNode, MappingNode, Node, ScalarNode
from guidegen.content.yaml.writer import to_yaml
from guidegen.text.characters import unwanted
from tests import hostile

Files = dict[str, bytes]
SECRETS = ("quetzal", "555-0187", "2021-07-08")
LANGUAGES = ("en", "es", "ar", "zh-Hans")
SLUGS = ("food-bank", "library")
TYPES = ("english", "food", "health")
PLACES = ("main", "north")
MOST_KEYS = 6
"""Optional keys of a record that are there: guides stay small."""
_PICTURE = (Path(__file__).parents[1] / "content/images/riverbend-food-bank.png").read_bytes()

_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
_SAID = (
    "Food Bank", "Clases de inglés", "دروس الإنجليزية", "免费食物", "Room 12: ask", "A & B <c>", "“Q”, 5 #2", "- a", "*b*", "W" * 60, "ß İ ŉ ﬁ", "😀",
    *(text for text in hostile.texts() if len(text) <= 60 and text == " ".join(text.split()) and not any(unwanted(text))),
)  # fmt: skip
_TEXT = st.text(_LETTERS, min_size=1, max_size=20).map(lambda text: " ".join(text.split()))
_LINE = (st.sampled_from(_SAID) | _TEXT).filter(lambda text: bool(text) and not any(unwanted(text)))
_PARAGRAPHS = (
    "Text in *Markdown*, with a [link](https://example.org/a?b=c&d).", "## A heading", "### 中文", "- a\n- b\n    - c", "1. a\n2. b", "---",
    "> quoted\n> > twice", "| a | b |\n| --- | --- |\n| c | d |", "A note.[^1]\n\n[^1]: Below.", "Term\n: what it means",
    "```\ncode\n```", "**bold** `code` __x__", "*[RAS]: School\n\nRAS", "<https://example.org/>", "## A heading\n\n## A heading", "a  \nb\\\nc",
)  # fmt: skip
_MARKDOWN = st.lists(st.sampled_from(_PARAGRAPHS) | _TEXT, min_size=1, max_size=5).map("\n\n".join).filter(str.strip)

Values = Callable[[Any], st.SearchStrategy[str]]


def _some(*texts: str) -> Values:
    return lambda _reader: st.sampled_from(texts)


def _fitting(reader: scalar.Pattern) -> st.SearchStrategy[str]:
    return st.from_regex(reader.expression, fullmatch=True, alphabet=st.characters(min_codepoint=33, max_codepoint=126))


_VALUES: dict[type, Values] = {
    scalar.Line: lambda reader: _LINE.filter(lambda text: len(text) <= reader.limit),
    scalar.Translated: lambda reader: _MARKDOWN if reader.markdown else _LINE,
    scalar.Pattern: _fitting,
    scalar.Choice: lambda reader: st.sampled_from([*reader.meanings]),
    scalar.YesNo: _some("yes", "no"),
    scalar.WholeNumber: lambda reader: st.integers(reader.least, reader.most).map(str),
    scalar.Amount: _some("0", "25", "12.50", "9999999"),
    scalar.PhoneNumber: _some("(555) 555-0114", "+1 555 555 0119", "911", "+49 30 5550100"),
    scalar.Url: _some("https://example.org/", "http://example.org:8080/a?b=c&d#e", "https://münchen.example/ü"),
    scalar.StandardCode: lambda reader: st.sampled_from(
        ("US", "DE", "ET") if reader is scalar.COUNTRY else ("USD", "EUR", "JPY")
    ),
    scalar.Degrees: _some("42.391", "-72.3", "0", "89.9999999999"),
    language_tag.LanguageTag: _some(*LANGUAGES, "vi", "ase", "pt-BR", "yue-Hant-HK"),
    times.Day: _some("2026-01-02", "2020-02-29", "1900-01-01", "2200-12-31"),
    times.TimeOfDay: _some("00:00", "9:30", "18:00", "24:00", "26:30"),
    times.MonthDay: _some("1sa", "-1fr", "5mo"),
    times.DayNumber: _some("1", "15", "31", "-1"),
    times.DayOrYearDay: _some("2026-01-02"),
    times.Days: _some("2026-12-24", "2026-12-24..2027-01-02", "2020-02-29"),
    times.Every: _some("1 week"),
    holidays.HolidayName: _some("christmas", "public-holidays"),
    scalar.AnyValue: _some("A7", "yes"),
}
"""A reader that is not here fails the tests: say what it takes."""
_FITTING_TOGETHER: dict[tuple[type, str], Values] = {
    (scalar.Pattern, "types"): _some(*TYPES),
    (scalar.Pattern, "id"): _some(*TYPES),
    (scalar.Pattern, "icon"): _some("english", "food"),
    (scalar.Pattern, "key"): _some(*PLACES),
    (scalar.Pattern, "at"): _some("online", "phone", "home"),
    (scalar.Pattern, "to"): _some("library"),
    (scalar.Pattern, "from"): _some("library"),
    (scalar.Pattern, "partners"): _some(*SLUGS),
    (scalar.Pattern, "replaced_by"): _some("library"),
    (scalar.Pattern, "logo"): _some("images/logo.png"),
    (scalar.Pattern, "image"): _some("images/logo.png"),
    (scalar.Line, "names"): _some("North"),
    (scalar.Line, "cities"): _some("Northtown"),
    (scalar.Line, "city"): _some("Northtown", "São Paulo"),
    (scalar.Line, "time_zone"): _some("America/New_York", "UTC", "Asia/Kathmandu"),
    (scalar.Url, "address"): _some("https://guide.example.org/", "http://example.org/a/b/"),
    (scalar.Choice, "status"): _some("active", "active", "paused", "closed", "draft"),
    (times.TimeOfDay, "open"): _some("00:00", "9:30"),
    (times.TimeOfDay, "close"): _some("17:00", "24:00"),
    (scalar.WholeNumber, "open"): _some("0", "3"),
    (scalar.WholeNumber, "of"): _some("3", "20"),
    (times.DayOrYearDay, "from"): _some("2020-02-29", "2026-01-02"),
    (times.DayOrYearDay, "until"): _some("2026-01-02", "2200-12-31"),
    (scalar.Pattern, "part_of"): _some("library"),
    (scalar.Pattern, "time_zone"): _some("America/Chicago", "UTC"),
    (scalar.Pattern, "state"): _some("MA"),
    (language_tag.LanguageTag, "languages"): _some(*LANGUAGES),
}
"""What speaks of something else in the guide, by reader and key: most guides are without mistakes."""
_HIDING = {("status", "draft"), ("draft", "yes"), ("confidential", "yes")}
"""Values that keep a whole record from being published, beside ``_OPEN`` keys."""
_OPEN = ("city", "state")
_NAMES = ("key", "number", "code")
"""Keys by which entries of lists are known in translations."""
_SECRET: dict[type, str] = {
    scalar.Line: "Quetzal Nightjar",
    scalar.Translated: "Quetzal, *softly*",
    scalar.PhoneNumber: "(555) 555-0187",
    scalar.Url: "https://quetzal.example.org/",
    times.Day: "2021-07-08",
}


@st.composite
def values(draw: st.DrawFn, reader: Any, name: str, is_secret: bool) -> Node:
    """A value that a reader takes. A secret one says so, wherever it has words of its own."""
    if isinstance(reader, Record):
        return draw(records(reader, is_secret))
    if isinstance(reader, OneOf):
        return draw(records(draw(st.sampled_from(reader.shapes)), is_secret))
    if isinstance(reader, Many):
        items = draw(st.lists(values(reader.reader, name, is_secret), min_size=1, max_size=3, unique_by=_identity(reader)))
        return ListNode(tuple(items), 1, 1)
    if isinstance(reader, Pair):
        first, second = draw(_plain(reader.reader, name)), draw(_plain(reader.reader, name))
        return ListNode(tuple(_scalar(text) for text in sorted((first, second), key=float)), 1, 1)
    if isinstance(reader, by_language.TextByLanguage):
        return _entries({tag: _scalar(draw(_VALUES[scalar.Translated](reader))) for tag in LANGUAGES})
    if isinstance(reader, by_language.ListsByLanguage):
        return _entries({tag: draw(values(reader.reader, name, is_secret)) for tag in LANGUAGES[:2]})
    if isinstance(reader, by_language.CodesByScheme):
        return _entries({"open_eligibility": draw(values(reader.reader, name, is_secret))})
    return _scalar(_secret(reader, name) if is_secret and _secret(reader, name) else draw(_plain(reader, name)))


def _plain(reader: Any, name: str) -> st.SearchStrategy[str]:
    return _FITTING_TOGETHER.get((type(reader), name), _VALUES[type(reader)])(reader)


def _secret(reader: Any, name: str) -> str:
    """Words that must not be published; empty for values of closed lists, and those that others refer to."""
    if (type(reader), name) in _FITTING_TOGETHER or name in _OPEN:
        return ""
    return "quetzal@example.org" if reader is scalar.EMAIL else _SECRET.get(type(reader), "")


def _identity(many: Many[Any]) -> Callable[[Node], str]:
    """What no two entries of a list share."""
    return lambda node: (many.name_of(node) or str(node)) if isinstance(node, MappingNode) else str(node)


@st.composite
def records(draw: st.DrawFn, shape: Record[Any], is_secret: bool = False) -> MappingNode:
    """What must be there, and some of what may, in the order of the table."""
    optional = [field.name for field in shape.fields if not field.required]
    chosen = draw(st.sets(st.sampled_from(optional), max_size=MOST_KEYS)) if optional else set()
    fields = [field for field in shape.fields if field.required or field.name in chosen]
    first = {field.name: draw(values(field.reader, field.name, False)) for field in fields if field.name in dict(_HIDING)}
    hidden = is_secret or any(isinstance(node, ScalarNode) and (name, node.text) in _HIDING for name, node in first.items())
    return _entries({field.name: first.get(field.name) or draw(_value(field, hidden)) for field in fields})


def _value(field: Field, is_secret: bool) -> st.SearchStrategy[Node]:
    return values(field.reader, field.name, is_secret or field.private)


def _scalar(text: str) -> ScalarNode:
    return ScalarNode(text, 1, 1, plain=False)


def _entries(pairs: dict[str, Any]) -> MappingNode:
    return MappingNode(tuple((_scalar(key), value) for key, value in pairs.items()), 1, 1)


# --- translations --------------------------------------------------------------------------------


@st.composite
def translated(draw: st.DrawFn, node: Node, reader: Any) -> Node:
    """The same shape with other words; of a record some of the keys that can be translated."""
    if isinstance(node, ScalarNode):
        return _scalar(_secret(reader, "") if "Quetzal" in node.text else draw(_plain(reader, "")))
    if isinstance(node, ListNode):
        return ListNode(tuple(draw(translated(item, reader.reader)) for item in node.items), 1, 1)
    shape: Record[Any] = (reader.shape(node) or reader.shapes[0]) if isinstance(reader, OneOf) else reader
    pairs = {}
    for key, value in node.pairs:
        field = shape.by_name.get(key.text)
        if key.text in _NAMES and shape is not PARTNER:
            pairs[key.text] = value
        elif field and is_translatable(field.reader):
            pairs[key.text] = draw(translated(value, field.reader))
    return _entries(pairs)


# --- files ---------------------------------------------------------------------------------------


@st.composite
def guides(draw: st.DrawFn) -> Files:
    """The files of a guide by name. Most are without mistakes; what does not fit together is left to the checks."""
    settings = draw(records(SETTINGS))
    languages = settings.get("languages")
    tags = tuple(tag.text for tag in languages.items if isinstance(tag, ScalarNode)) if isinstance(languages, ListNode) else ()
    files = {"guide.yml": _yaml(settings), "content/services.yml": draw(_service_types()), "content/images/logo.png": _PICTURE}
    for slug in SLUGS:
        files |= draw(_partner(slug, tags[1:]))
    for name in ("story", "news"):
        files |= draw(st.just(Files()) | _spotlight(name, tags[1:]))
    return files


@st.composite
def _service_types(draw: st.DrawFn) -> bytes:
    kinds = [_entries({**_pairs(draw(records(SERVICE_TYPE))), "id": _scalar(name)}) for name in TYPES]
    return _yaml(_entries({"types": ListNode(tuple(kinds), 1, 1)}))


@st.composite
def _partner(draw: st.DrawFn, slug: str, tags: tuple[str, ...]) -> Files:
    """A profile that can be reached, and its translations into some of the languages."""
    partner = _entries({**_pairs(draw(records(PARTNER))), "email": _scalar("desk@example.org")})
    files = {f"content/partners/{slug}.yml": _yaml(partner)}
    for tag in tags:
        words = draw(st.just(_entries({})) | translated(partner, PARTNER))
        if isinstance(words, MappingNode) and words.pairs:
            files[f"content/partners/{slug}.{tag}.yml"] = _yaml(_entries({**_pairs(words), "translation": draw(_by())}))
    return files


@st.composite
def _spotlight(draw: st.DrawFn, name: str, tags: tuple[str, ...]) -> Files:
    """An article, and its translation into one language at most."""
    front = draw(records(SPOTLIGHT))
    is_draft = front.get("draft") == _scalar("yes")
    files = {f"content/spotlights/{name}.md": _article(front, draw(_body(is_draft)))}
    for tag in tags[: draw(st.integers(0, 1))]:
        front = draw(records(SPOTLIGHT_TRANSLATION, is_draft))
        files[f"content/spotlights/{name}.{tag}.md"] = _article(front, draw(_body(is_draft)))
    return files


def _by() -> st.SearchStrategy[MappingNode]:
    """Who translated; initials are for staff."""
    return records(TRANSLATION).map(lambda made: _entries({**_pairs(made), "who": _scalar("Quetzal")}))


def _body(is_secret: bool) -> st.SearchStrategy[str]:
    return st.just("The Quetzal.\n") if is_secret else _MARKDOWN.map("With [[partner:library]].\n\n{}".format)


def _pairs(node: MappingNode) -> dict[str, Node]:
    return {key.text: value for key, value in node.pairs}


def _yaml(node: MappingNode) -> bytes:
    return f"# Quetzal: a comment is for staff.\n{to_yaml(node)}".encode()


def _article(front: MappingNode, body: str) -> bytes:
    return f"---\n{to_yaml(front)}---\n\n{body}\n".encode()
