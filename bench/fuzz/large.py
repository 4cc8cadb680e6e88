"""Files at the limits: 256 KiB, 20,000 nodes, lists of 200, and texts with as many Markdown marks as allowed."""

import json
from collections.abc import Callable, Iterator
from functools import partial

from guidegen.content import markdown_lint
from guidegen.content.text_file import MAX_BYTES
from tests import make

PROFILE = "content/partners/big.yml"
ARTICLE = "content/spotlights/big.md"
_HEAD = "name: Big\nsummary: All of it.\nemail: big@example.org\n"
_FRONT = "---\ntitle: Big\nsummary: All of it.\ndate: 2026-01-02\nauthors: [Ana]\n---\n\n"
_MAX_ENTRIES = 200
_MAX_NODES = 19_500


def _make_entries(key: str, entry: Callable[[int], str], nodes: int, max_entries: int = _MAX_ENTRIES) -> str:
    """Return a profile with a list of as many entries as a file may have, if an entry has this many nodes."""
    text = f"{key}:\n"
    for number in range(min(max_entries, _MAX_NODES // nodes)):
        line = f"  - {entry(number)}\n"
        if len((_HEAD + text + line).encode()) > MAX_BYTES:
            break
        text += line
    return _HEAD + text


def _make_service(number: int, other_fields: str) -> str:
    return f"{{key: s-{number}, types: [food], name: Service {number}, {other_fields}}}"


def _make_services(other_fields: str, nodes: int, max_entries: int = _MAX_ENTRIES) -> str:
    return _make_entries("services", lambda number: _make_service(number, other_fields), nodes + 9, max_entries)


def _make_hours(count: int) -> str:
    days = ", ".join(
        f'{{days: [mo, tu, we, th, fr], open: "0{n % 10}:00", close: "1{n % 10}:30", note: Note {n}}}' for n in range(count)
    )
    return f"hours: [{days}]"


def _make_closures(count: int, dates: int) -> str:
    days = ", ".join(f"20{n // 300 + 26:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(dates))
    return f'hours: [{{days: [mo], open: "09:00", close: "17:00"}}, {", ".join(f"{{closed: [{days}]}}" for _ in range(count))}]'


def _describe_services(mark: str) -> str:
    """Return a profile with as many services as allowed, whose descriptions repeat this text."""
    text = repeat_to_limit(mark, 3_999) or mark
    mark_counts = markdown_lint.count_marks(text)
    max_services = next(
        n
        for n in range(_MAX_ENTRIES, 0, -1)
        if n == 1 or not markdown_lint.find_exceeded_limit(tuple(n * mark_count for mark_count in mark_counts), "")
    )
    return _make_services(f"description: {json.dumps(text, ensure_ascii=False)}", 2, max_services)


PROFILES: dict[str, str] = {
    "phones": _make_entries("phones", lambda n: f'{{number: "(555) 555-{n:04}", kind: voice, languages: [{", ".join(["en, es, vi, ar, fa, uk, ht, so"] * 1)}], note: "{"Ask for Ana. " * 20}"}}', 19),
    "spoken languages": _make_entries("languages", lambda n: f"{{code: {('en', 'es', 'vi', 'ar')[n % 4]}-{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}, how: staff, note: Note}}", 7),
    "places": _make_entries("locations", lambda n: f'{{key: p-{n}, name: Place {n}, address: {{line1: {n} Main St, city: Town {n}, state: MA, postal_code: "00101"}}, position: [42.1, -72.{n}], transit: "{"Bus. " * 39}"}}', 23),
    "services": _make_services(f'summary: "{"Free food. " * 25}"', 2),
    "services with hours": _make_services(_make_hours(6), 90),
    "hours": _make_services(_make_hours(200), 3_000, 6),
    "closed days": _make_services(_make_closures(60, 200), 12_300, 1),
    "single days": _make_services(_make_closures(1, 180), 190),
    "days of the month": _make_services('hours: [{monthly: [1mo, 2tu, 3we, 4th, 5fr, -1sa, -1su], open: "09:00", close: "17:00"}]', 16),
    "documents": _make_services(f"documents: [{', '.join(f'Letter {n} with your address on it and more' for n in range(30))}]", 32),
    "postal codes": _make_services(f"must_live_in: {{postal_codes: [{', '.join(str(code) for code in range(10_000, 10_090))}]}}", 95),
    "social": _HEAD + f"social: [{', '.join(f'https://example.org/{n}-' + 'x' * 1_200 for n in range(200))}]\n",
    "names": _HEAD + f"also_known_as: [{', '.join(f'Name number {n} of a long list of names that it has' for n in range(200))}]\n",
}  # fmt: skip
_MARKS: dict[str, str] = {
    "words": "word ", "one word": "word", "one Chinese word": "免", "emphasis": "*a* ", "open emphasis": "*a ", "nested emphasis": "**a *b ", "underscores": "_a_b",
    "code": "`a` ", "open code": "` ``a ", "links": "[a](https://e.org) ", "open brackets": "[a ", "nested brackets": "[a[b]c] ", "open links": "[a](b ", "references": "[a][b] ",
    "footnotes": "a[^1] ", "entities": "&amp; ", "backslashes": "\\* ", "quotes": "> a\n", "nested quotes": "> > > > > > > > a\n", "list": "- a\n",
    "nested list": "- a\n    - b\n        - c\n            - d\n", "numbers": "1. a\n", "loose list": "- a\n\n  b\n\n", "table": "| a | b | c |\n| - | - | - |\n| d | e | f |\n\n",
    "wide table": "|a" * 30 + "|\n" + "|-" * 29 + "|\n", "headings": "# a b\n\n", "same headings": "# a\n", "rules": "---\n\n", "definitions": "a\n: b\n\n", "fences": "```\na\n```\n",
    "indented code": "    a\n\n", "abbreviations": "*[a]: b\n\na ", "hard breaks": "a  \n", "lines": "a\n", "spaces": "a" + " " * 60, "dots": "a. ", "dashes": "- - - \n",
    "footnote texts": "[^1]: a\n\n", "link targets": "[a]: https://e.org\n", "colons": ": ", "tildes": "~~~ ", "equals": "a\n=\n", "plus": "+ a\n", "angles": "<https://e.org> ",
}  # fmt: skip


def repeat_to_limit(text: str, max_length: int) -> str:
    """Return a text repeated as often as an article may contain it."""
    count = max_length // len(text)
    while count and any(markdown_lint.lint(text * count, frozenset())):
        count = count * 9 // 10
    return text * count


def _make_article(text: str) -> str:
    return _FRONT + (repeat_to_limit(text, 60_000) or text)


def files() -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield a description, the name of the file, and a function that returns its content."""
    for name, content in PROFILES.items():
        yield name, PROFILE, partial(str, content)
    for name, text in _MARKS.items():
        yield f"texts of {name}", PROFILE, partial(_describe_services, text)
        yield f"article of {name}", ARTICLE, partial(_make_article, text)
        yield f"article of {name}, in lines", ARTICLE, partial(_make_article, f"{text}\n")
    yield "kinds of help", "content/services.yml", _make_types
    yield "areas", "guide.yml", _make_areas


def _make_types() -> str:
    words = ", ".join(f"{tag}: [{', '.join(f'{tag} word {n}' for n in range(20))}]" for tag in ("en", "es", "ar"))
    kinds = "".join(f"  - {{id: k-{n}, name: {{en: Kind {n}}}, synonyms: {{{words}}}}}\n" for n in range(200))
    return make.SERVICES_YML + kinds


def _make_areas() -> str:
    towns = "".join(
        f"  - {{name: Area {n}, cities: [{', '.join(f'Town {n} {town}' for town in range(80))}]}}\n" for n in range(200)
    )
    return make.GUIDE_YML + "areas:\n" + towns
