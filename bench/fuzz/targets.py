"""What fuzzing calls: small functions of any bytes, each of which raises only where guidegen has a fault.

What is refused with a ``Problem`` or a ``GuidegenError`` is no fault, unless the problem points to a place that is not there.
"""

import atexit
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from guidegen.build import pipeline
from guidegen.content import catalogs, checks
from guidegen.content.checks.searching import clashing
from guidegen.content.markdown_lint import lint
from guidegen.content.text_file import MAX_BYTES
from guidegen.content.yaml import writer
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.editing import accept_translations, link_checker
from guidegen.editing.spreadsheets import importing, reading
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.search.analysis import normalize, normalized_text, tokenize
from guidegen.search.lexicon import Name, phrases
from guidegen.search.understand import Lexicon
from guidegen.text.characters import without_unwanted
from guidegen.text.language import Language
from guidegen.text.markdown import is_safe_link, to_html
from tests import make

Target = Callable[[bytes], None]
SLUG = "food-bank"
_ARTICLE = f"---\ntitle: Story\ndate: 2026-01-02\npartners: [{SLUG}]\n---\nText.\n"
_FILES: dict[str, str | bytes] = {
    "content/partners/food-bank.es.yml": "summary: Comida.\n",
    "content/partners/library.yml": make.PARTNER_YML,
    "content/spotlights/story.md": _ARTICLE,
    "content/spotlights/story.es.md": "---\ntitle: Historia\n---\nTexto.\n",
}


class FaultError(Exception):
    """Something that must never be."""


def _must(is_so: object, otherwise: str) -> None:
    if not is_so:
        raise FaultError(otherwise)


@cache
def _guide(_target: str) -> Path:
    """A small guide of a target's own, which is gone when the process ends."""
    folder = tempfile.mkdtemp(prefix="guidegen-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make.folder(Path(folder), _FILES)


def _text(content: bytes) -> str:
    """A text as content files hold it after they were read."""
    return without_unwanted(content.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n"))


def _are_placed(problems: Iterable[Problem], root: Path) -> None:
    """Every problem names a file that is there, and a line in it. What tells that a file is missing cannot."""
    for one in problems:
        file = root / one.path
        if not file.is_file():
            _must(one.code == "missing" or file.exists(), f"{one} is about no file")
            continue
        lines = len(re.split(rb"\r\n|\r|\n", file.read_bytes()))
        _must(1 <= one.line <= lines, f"{one} is about a line that is not there")
        _must(one.column >= 1 and one.message.strip() and "\n" not in one.message, f"{one} cannot be shown")


# --- files ---------------------------------------------------------------------------------------


def _file(name: str) -> Target:
    def target(content: bytes) -> None:
        root = _guide(name)
        (root / name).write_bytes(content)
        guide, problems = pipeline.load_checked_guide(root)
        _are_placed([*problems, *checks.check_dates(guide, make.TODAY), *clashing(guide, make.TODAY)], root)
        link_checker.find_urls(root)

    return target


def yaml(content: bytes) -> None:
    """The composer alone: what it cannot read it says, and each place is one of the text."""
    text = _text(content)
    node, problems = compose(text, PurePosixPath("a.yml"))
    lines = text.count("\n") + 1
    _must(problems or node or not _says_something(text), "it was read, and says nothing")
    _must(all(1 <= one.line <= lines for one in problems), f"{problems} are about lines that are not there")


def _says_something(text: str) -> bool:
    """Whether there is more in a text than comments and marks of documents."""
    return any(line.strip() and not line.lstrip().startswith(("#", "---", "...", "%")) for line in text.split("\n"))


def accepted(content: bytes) -> None:
    """A translation in which it is recorded what it was made from: all else in it says the same as before."""
    root = _guide("accepted")
    file = root / "content/partners/food-bank.es.yml"
    file.write_bytes(content)
    guide, problems = pipeline.load_checked_guide(root)
    before = _composed(_text(content))
    if before is None or any(one.severity is Severity.ERROR for one in problems):
        return
    with suppress(GuidegenError):
        accept_translations.accept(root, guide)
        after = _composed(_text(file.read_bytes()))
        _must(after is not None, "the file cannot be read any more")
        _must(writer.is_same(_without_record(before), _without_record(after)), "the file says something else")


def _without_record(node: MappingNode | None) -> MappingNode:
    pairs = node.pairs if node else ()
    return MappingNode(tuple(pair for pair in pairs if pair[0].text != "translated_from"), 1, 1)


# --- texts ---------------------------------------------------------------------------------------


def markdown(content: bytes) -> None:
    """What an article's text becomes: the same each time, with ids that stand once, and links that lead somewhere."""
    text = _text(content)
    if any(lint(text, frozenset({SLUG}))):
        return
    made = to_html(text, "a-", partner_link=lambda slug: ("Food *Bank*", f"../../partners/{slug}/"))
    _must(made == to_html(text, "a-", partner_link=lambda slug: ("Food *Bank*", f"../../partners/{slug}/")), "it differs")
    ids = re.findall(r'\sid="([^"]*)"', made.html)
    _must(len(ids) == len(set(ids)), f"an id stands twice: {sorted(ids)}")
    for href in re.findall(r'\shref="([^"]*)"', made.html):
        _must(is_safe_link(href) or href == f"../../partners/{SLUG}/", f"the link {href} is published")
    _must(not re.search(r"<(?:script|style|img|iframe|object)\b", made.html), "it holds more than a text")


_LEXICON = Lexicon(
    phrases([Name("type:food", "en", "food bank"), Name("type:food", "zh-Hans", "食物银行"), Name("fact:free", "ar", "مجاني")]),
    "en",
)


def search(content: bytes) -> None:
    """What somebody types, or what a profile says, cut into terms and understood."""
    text = content.decode(errors="replace")
    terms = tokenize(text)
    _must(tokenize(normalized_text(text)) == terms == tokenize(normalize(text)), "what is stored is cut otherwise")
    typed = text[:400]
    for one in _LEXICON.interpret(typed, ("en", "ar", "zh-Hans", "xx")[len(content) % 4]):
        _must(0 < one.share <= 1, f"{one} is more than the whole")


def catalog(content: bytes) -> None:
    """The words of the interface in another language."""
    root = _guide("catalog")
    make.write(root, "locales/es.po", content)
    with suppress(GuidegenError):
        language = Language("es", "US", catalogs.catalog(root, "es"))
        for message in language.catalog.messages:
            language.phrase(message, **dict.fromkeys(re.findall(r"\{(\w+)\}", message), "x"))
            for number in range(12):
                language.counted(message, message, number)


# --- spreadsheets, and writing into YAML ---------------------------------------------------------


def sheets(content: bytes) -> None:
    """A sheet that is taken over: what it would write is read again, and taking it over once more changes nothing."""
    root = _guide("sheets")
    make.write(root, "sheet.csv", content)
    with suppress(GuidegenError):
        planned = importing.plan(reading.read(root / "sheet.csv"), root)
        for problem in planned.problems:
            _must(problem.line >= 1 and problem.column >= 1, f"{problem} has no place")
        changes = [one for one in planned.changes if one.slug not in planned.wrong]
        if changes:
            _taken_over(changes, root)


def _taken_over(changes: list[importing.FileChange], root: Path) -> None:
    try:
        for change in changes:
            _must(len(change.content) <= MAX_BYTES, f"{change.path} would be too long to be read")
            make.write(root, str(change.path), change.content)
        again = importing.plan(reading.read(root / "sheet.csv"), root)
        left = [one for one in again.changes if one.slug not in again.wrong]
        _must(not left, f"it would change {[str(one.path) for one in left]} again: {left}")
    finally:
        shutil.rmtree(root / "content/partners")
        make.folder(root, _FILES)


def rewriting(content: bytes) -> None:
    """Two files, parted by a zero byte: the first is changed so that it says what the second says."""
    before, _, after = content.partition(b"\0")
    text = _text(before)
    here, wanted = (_composed(one) for one in (text, _text(after)))
    if here is None or wanted is None:
        return
    _must(writer.with_changes(text, here) == text, "a change of nothing changes the file")
    for made in (writer.to_yaml(wanted), writer.with_changes(text, wanted)):
        _must(writer.is_same(_composed(made), wanted), f"what is written says something else:\n{made}")


def _composed(text: str) -> MappingNode | None:
    node, problems = compose(text, PurePosixPath("a.yml"))
    return node if isinstance(node, MappingNode) and not problems else None


TARGETS: dict[str, Target] = {
    "yaml": yaml,
    "profile": _file("content/partners/food-bank.yml"),
    "translation": _file("content/partners/food-bank.es.yml"),
    "accepted": accepted,
    "article": _file("content/spotlights/story.md"),
    "settings": _file("guide.yml"),
    "services": _file("content/services.yml"),
    "markdown": markdown,
    "sheets": sheets,
    "rewriting": rewriting,
    "search": search,
    "catalog": catalog,
}
