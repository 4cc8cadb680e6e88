"""The functions that fuzzing calls with any bytes: each raises only if guidegen has a bug.

A refusal with a ``Problem`` or a ``GuidegenError`` is no bug, unless the problem points to a place that does not exist.
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
from guidegen.editing import link_checker
from guidegen.editing.spreadsheets import importing, reading
from guidegen.editing.translations import accepting
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.search.analysis import normalize, normalize_for_storage, tokenize
from guidegen.search.lexicon import Name, weigh_names
from guidegen.search.query_lexicon import Lexicon
from guidegen.text.characters import remove_unwanted
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
    """Something that must never happen."""


def _require(condition: object, message: str) -> None:
    if not condition:
        raise FaultError(message)


@cache
def _make_guide(_target: str) -> Path:
    """Return a small guide for one target, which is removed when the process ends."""
    folder = tempfile.mkdtemp(prefix="guidegen-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make.folder(Path(folder), _FILES)


def _decode_text(content: bytes) -> str:
    """Return a text as content has it after it was read."""
    return remove_unwanted(content.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n"))


def _check_positions(problems: Iterable[Problem], root: Path) -> None:
    """Check that every problem names an existing file and a line in it, except for problems about missing files."""
    for problem in problems:
        file = root / problem.path
        if not file.is_file():
            _require(problem.code == "missing" or file.exists(), f"{problem} is about no file")
            continue
        lines = len(re.split(rb"\r\n|\r|\n", file.read_bytes()))
        _require(1 <= problem.line <= lines, f"{problem} is about a line that does not exist")
        _require(problem.column >= 1 and problem.message.strip() and "\n" not in problem.message, f"{problem} cannot be shown")


# --- files ---------------------------------------------------------------------------------------


def _make_file_target(name: str) -> Target:
    def target(content: bytes) -> None:
        root = _make_guide(name)
        (root / name).write_bytes(content)
        guide, problems = pipeline.load_checked_guide(root)
        _check_positions([*problems, *checks.check_dates(guide, make.TODAY), *clashing(guide, make.TODAY)], root)
        link_checker.find_urls(root)

    return target


def yaml(content: bytes) -> None:
    """Check that the YAML composer reports what it cannot read, and that each position is in the text."""
    text = _decode_text(content)
    node, problems = compose(text, PurePosixPath("a.yml"))
    lines = text.count("\n") + 1
    _require(problems or node or not _has_content(text), "it was read without any content")
    _require(all(1 <= problem.line <= lines for problem in problems), f"{problems} are about lines that do not exist")


def _has_content(text: str) -> bool:
    """Return whether a text has more than comments and document marks."""
    return any(line.strip() and not line.lstrip().startswith(("#", "---", "...", "%")) for line in text.split("\n"))


def accepted(content: bytes) -> None:
    """Check that accepting a translation changes nothing in its file but the record of its source."""
    root = _make_guide("accepted")
    file = root / "content/partners/food-bank.es.yml"
    file.write_bytes(content)
    guide, problems = pipeline.load_checked_guide(root)
    before = _compose(_decode_text(content))
    if before is None or any(problem.severity is Severity.ERROR for problem in problems):
        return
    with suppress(GuidegenError):
        accepting.accept(root, guide)
        after = _compose(_decode_text(file.read_bytes()))
        _require(after is not None, "the file cannot be read any longer")
        _require(writer.is_equal(_remove_record(before), _remove_record(after)), "the file has other content")


def _remove_record(node: MappingNode | None) -> MappingNode:
    pairs = node.pairs if node else ()
    return MappingNode(tuple(pair for pair in pairs if pair[0].text != "translated_from"), 1, 1)


# --- texts ---------------------------------------------------------------------------------------


def markdown(content: bytes) -> None:
    """Check that an article's text is rendered reproducibly, with unique ids and only safe links."""
    text = _decode_text(content)
    if any(lint(text, frozenset({SLUG}))):
        return
    html = to_html(text, "a-", partner_link=lambda slug: ("Food *Bank*", f"../../partners/{slug}/"))
    _require(html == to_html(text, "a-", partner_link=lambda slug: ("Food *Bank*", f"../../partners/{slug}/")), "it differs")
    ids = re.findall(r'\sid="([^"]*)"', html.html)
    _require(len(ids) == len(set(ids)), f"an id is used twice: {sorted(ids)}")
    for href in re.findall(r'\shref="([^"]*)"', html.html):
        _require(is_safe_link(href) or href == f"../../partners/{SLUG}/", f"the link {href} is published")
    _require(not re.search(r"<(?:script|style|img|iframe|object)\b", html.html), "it contains elements that a text must not have")


_LEXICON = Lexicon(
    weigh_names(
        [Name("type:food", "en", "food bank"), Name("type:food", "zh-Hans", "食物银行"), Name("fact:free", "ar", "مجاني")]
    ),
    "en",
)


def search(content: bytes) -> None:
    """Check how a query, or the text of a profile, is split into terms and interpreted."""
    text = content.decode(errors="replace")
    terms = tokenize(text)
    _require(tokenize(normalize_for_storage(text)) == terms == tokenize(normalize(text)), "normalized text is split differently")
    typed = text[:400]
    for meaning in _LEXICON.interpret(typed, ("en", "ar", "zh-Hans", "xx")[len(content) % 4]):
        _require(0 < meaning.share <= 1, f"{meaning} has a share above 1")


def catalog(content: bytes) -> None:
    """Check that a catalog of interface texts can be used or is refused."""
    root = _make_guide("catalog")
    make.write(root, "locales/es.po", content)
    with suppress(GuidegenError):
        language = Language("es", "US", catalogs.load_catalog(root, "es"))
        for message in language.catalog.messages:
            language.phrase(message, **dict.fromkeys(re.findall(r"\{(\w+)\}", message), "x"))
            for number in range(12):
                language.counted(message, message, number)


# --- spreadsheets, and writing into YAML ---------------------------------------------------------


def sheets(content: bytes) -> None:
    """Check that what a sheet would write can be read, and that importing it again changes nothing."""
    root = _make_guide("sheets")
    make.write(root, "sheet.csv", content)
    with suppress(GuidegenError):
        planned = importing.plan_import(reading.read_workbook(root / "sheet.csv"), root)
        for problem in planned.problems:
            _require(problem.line >= 1 and problem.column >= 1, f"{problem} has no position")
        changes = [change for change in planned.changes if change.slug not in planned.rejected]
        if changes:
            _check_import(changes, root)


def _check_import(changes: list[importing.FileChange], root: Path) -> None:
    try:
        for change in changes:
            _require(len(change.content) <= MAX_BYTES, f"{change.path} would be too long to be read")
            make.write(root, str(change.path), change.content)
        second_plan = importing.plan_import(reading.read_workbook(root / "sheet.csv"), root)
        remaining = [change for change in second_plan.changes if change.slug not in second_plan.rejected]
        _require(not remaining, f"it would change {[str(change.path) for change in remaining]} again: {remaining}")
    finally:
        shutil.rmtree(root / "content/partners")
        make.folder(root, _FILES)


def rewriting(content: bytes) -> None:
    """Check the YAML writer: of two files separated by a zero byte, the first is changed to have the content of the second."""
    before, _, after = content.partition(b"\0")
    text = _decode_text(before)
    current, target = (_compose(source) for source in (text, _decode_text(after)))
    if current is None or target is None:
        return
    _require(writer.apply_changes(text, current) == text, "an empty change changes the file")
    for written in (writer.format_yaml(target), writer.apply_changes(text, target)):
        _require(writer.is_equal(_compose(written), target), f"what is written has other content:\n{written}")


def _compose(text: str) -> MappingNode | None:
    node, problems = compose(text, PurePosixPath("a.yml"))
    return node if isinstance(node, MappingNode) and not problems else None


TARGETS: dict[str, Target] = {
    "yaml": yaml,
    "profile": _make_file_target("content/partners/food-bank.yml"),
    "translation": _make_file_target("content/partners/food-bank.es.yml"),
    "accepted": accepted,
    "article": _make_file_target("content/spotlights/story.md"),
    "settings": _make_file_target("guide.yml"),
    "services": _make_file_target("content/services.yml"),
    "markdown": markdown,
    "sheets": sheets,
    "rewriting": rewriting,
    "search": search,
    "catalog": catalog,
}
