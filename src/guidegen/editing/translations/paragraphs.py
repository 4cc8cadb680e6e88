"""Split a Markdown text into paragraphs for translators, and compare the structure of a paragraph with its translation."""

import re
from collections import Counter
from collections.abc import Iterator

from guidegen.content.translation_comparison import find_link_faults
from guidegen.patterns import compile_lazily

_FENCE = compile_lazily(r" {0,3}(```|~~~)")
_MARKERS = (
    ("heading", re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)),
    ("point of a list", re.compile(r"^\s*([-*+])\s", re.MULTILINE)),
    ("number of a list", re.compile(r"^\s*\d+([.)])\s", re.MULTILINE)),
    ("quotation", re.compile(r"^\s*(>)", re.MULTILINE)),
    ("definition", re.compile(r"^(:)\s", re.MULTILINE)),
    ("row of a table", re.compile(r"^\s*(\|)", re.MULTILINE)),
    ("footnote", re.compile(r"(\[\^[^\]\s]+\])")),
)
"""What makes up the structure of a text, by the word for it in messages."""


def split(text: str) -> list[str]:
    """Return the paragraphs of a Markdown text: what is between empty lines. Joined again, they have the same hash."""
    paragraphs: list[list[str]] = [[]]
    fence = ""
    for line in text.strip("\n").split("\n"):
        match = _FENCE.match(line)
        if match:
            fence = match[1] if not fence else "" if match[1] == fence else fence
        if line.strip() or fence:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return ["\n".join(lines) for lines in paragraphs if lines]


def join(paragraphs: list[str]) -> str:
    """Return the text of paragraphs."""
    return "\n\n".join(paragraphs)


def align(source: str, translation: str) -> list[tuple[str, str]] | None:
    """Return the paragraphs of a text with those of its translation; None if they do not correspond one to one."""
    sources, translations = split(source), split(translation)
    if len(sources) != len(translations):
        return None
    pairs = list(zip(sources, translations, strict=True))
    return None if any(_count_markers(first) != _count_markers(second) for first, second in pairs) else pairs


def find_structure_faults(source: str, translation: str) -> Iterator[str]:
    """Yield how a translation breaks the Markdown structure or the links of its source, as ends of a sentence."""
    expected, given = _count_markers(source), _count_markers(translation)
    for name, _ in _MARKERS:
        if expected[name] != given[name]:
            yield f"has {_count(given[name], name)}, but its source has {_count(expected[name], name)}"
    yield from find_link_faults(source, translation)


def _count(number: int, name: str) -> str:
    """Return a number of marks in words: "no heading", "2 headings"."""
    noun, _, rest = name.partition(" ")
    return f"no {name}" if not number else f"1 {name}" if number == 1 else f"{number} {noun}s {rest}".rstrip()


def _count_markers(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, pattern in _MARKERS:
        counts[name] = len(pattern.findall(text))
    return counts
