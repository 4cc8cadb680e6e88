"""Read and extend ``content/published.txt``, the sorted list of names that are part of published addresses.

It has names instead of addresses to stay short and easy to merge. Only ``guidegen published`` writes it
(docs/decisions/0007-published-names.md).
"""

import os
from pathlib import Path, PurePosixPath

from guidegen.content.source_files import check_fixed_file
from guidegen.content.text_file import read_text
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import PUBLISHED_KINDS, Guide, PublishedName
from guidegen.model.problems import GuidegenError, Problem, Severity
from guidegen.model.renames import iter_published_names
from guidegen.patterns import compile_lazily

PUBLISHED_PATH = PurePosixPath("content/published.txt")
MAX_BYTES = 4 * 1024 * 1024
HEADER = """\
# Names that are part of addresses under which this guide has been published: on paper, in QR codes, in other websites.
# guidegen check uses the list to name every address that would end, and says what to write so that it does not.
# guidegen published adds what is new. To let an address end, delete its line. If git reports a conflict, keep both sides.
"""
_LINE = compile_lazily(rf"({'|'.join(PUBLISHED_KINDS)}) +([A-Za-z0-9-]{{1,60}})")


def read_published(root: Path) -> tuple[tuple[PublishedName, ...] | None, list[Problem]]:
    """Return the names in the list and the problems of the file. Names are None if the guide has no list."""
    if not os.path.lexists(root / PUBLISHED_PATH):
        return None, []
    wrong_kind = check_fixed_file(root / PUBLISHED_PATH, PUBLISHED_PATH)
    if wrong_kind:
        return (), [wrong_kind]
    text, problems = read_text(root / PUBLISHED_PATH, PUBLISHED_PATH, MAX_BYTES)
    names: dict[tuple[str, str], PublishedName] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.strip())
        if match:
            names.setdefault((match[1], match[2]), PublishedName(match[1], match[2], number))
        elif line.strip() and not line.strip().startswith("#"):
            hint = f"Write a kind and a name, such as  partner food-bank  The kinds are: {', '.join(PUBLISHED_KINDS)}."
            message = f"'{line.strip()[:60]}' is not a kind and a name"
            problems.append(Problem(PUBLISHED_PATH, number, 1, message, hint, "published", Severity.WARNING))
    return tuple(names.values()), problems


def add_names(root: Path, guide: Guide) -> list[str]:
    """Add the names of a published guide to its list, and return the new ones, sorted. Raises ``GuidegenError``."""
    listed, problems = read_published(root)
    if problems:
        raise GuidegenError(f"{PUBLISHED_PATH}, line {problems[0].line}: {problems[0].message}. {problems[0].hint}")
    previous_names = {f"{entry.kind} {entry.name}" for entry in listed or ()}
    current_names = {" ".join(entry) for entry in iter_published_names(guide)}
    if not current_names <= previous_names:
        lines = "".join(f"{line}\n" for line in sorted(previous_names | current_names))
        write_file_durably(root / PUBLISHED_PATH, (HEADER + lines).encode())
    return sorted(current_names - previous_names)
