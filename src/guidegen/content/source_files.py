"""List the content files, and check their names and kinds."""

import os
import re
import unicodedata
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path, PurePosixPath

from guidegen.model.problems import GuidegenError, Problem, find_nearest_word
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass

_SLUG = compile_lazily(r"[a-z0-9-]{1,60}")
_FOLDERS = ("partners", "spotlights", "pages", "images", "imported")
_FILES = ("services.yml", "search-tests.yml", "published.txt")
_PLAIN_FILE_HINT = "Put the file itself here."
_RESERVED_ON_WINDOWS = compile_lazily(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_IGNORED = compile_lazily(
    r"\.|.*~$|#.*#$|Thumbs\.db$|desktop\.ini$|README(\.md)?$"
)  # files that editors and operating systems leave behind


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One content file: ``content/partners/food-bank.es.yml`` has the slug ``food-bank`` and the language ``es``."""

    root: Path
    name: str
    slug: str
    language: str = ""

    @property
    def path(self) -> PurePosixPath:
        """The path in the guide."""
        return PurePosixPath(self.name)

    @property
    def file(self) -> Path:
        """The path on the disk."""
        return self.root / self.name


def list_content_files(
    root: Path, folder: str, ending: str, besides: Collection[str] = ()
) -> tuple[list[ContentFile], list[Problem]]:
    """Return the files of a folder of the guide with valid names, sorted by name, and the problems of other names.

    ``besides`` are names that are not files of this kind, such as those of chapters.
    """
    files: list[ContentFile] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for name, is_plain in (entry for entry in _list_entries(root / folder) if entry[0] not in besides):
        slug, _, language = name.removesuffix(ending).partition(".")
        problem = None
        if not (is_plain and name.endswith(ending) and _is_slug(slug)):
            path = PurePosixPath(folder, name)
            problem = _find_chapter_problem(root, path) or (None if is_plain else check_kind(root / path, path))
            problem = problem or _find_spelling_problem(path, ending)
        problem = problem or _find_collision(folder, name, seen)
        if problem:
            problems.append(problem)
        else:
            files.append(ContentFile(root, f"{folder}/{name}", slug, _restore_case(language)))
    return files, problems


def _find_chapter_problem(root: Path, path: PurePosixPath) -> Problem | None:
    """Return the problem of a folder of articles whose name cannot be in a web address."""
    if path.parts[:2] != ("content", "spotlights") or len(path.parts) > 3 or not _is_real_folder(root / path):
        return None
    hint = f"Use lowercase letters a-z, digits and hyphens, at most 60, such as  {_slugify(path.name) or 'work'}"
    return _create_problem(path, f"the name of the chapter '{path.name}' cannot be used in a web address", hint)


def list_folders(root: Path, folder: str) -> list[str]:
    """Return the names of the folders in a folder of the guide that can be in web addresses, sorted."""
    return [name for name, _ in _list_entries(root / folder) if _is_slug(name) and _is_real_folder(root / folder / name)]


def _is_real_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _restore_case(tag: str) -> str:
    """Return a language tag with its usual capitals (BCP 47, section 2.1.1): web editors write file names in lowercase."""
    shapes = {4: str.title, 2: str.upper}
    first, *others = tag.split("-")
    return "-".join((first, *(shapes.get(len(part), str)(part) for part in others)))


def find_stray_files(root: Path) -> list[Problem]:
    """Return a problem for each entry of ``content`` that is not read: most likely its name is misspelled."""
    problems = []
    for name, _ in _list_entries(root / "content"):
        path = PurePosixPath("content", name)
        if name in _FOLDERS and not (root / path).is_dir():
            problems.append(_create_problem(path, f"'{name}' must be a folder, but is a file", "Make it a folder."))
        elif name not in (*_FOLDERS, *_FILES):
            nearest = find_nearest_word(name.partition(".")[0], (*_FOLDERS, "services"))
            hint = (
                f"Did you mean:  content/{nearest}"
                if nearest
                else "Put profiles in content/partners, articles in content/spotlights and other pages in content/pages."
            )
            problems.append(_create_problem(path, f"guidegen does not read 'content/{name}'", hint))
    return problems


def check_image_files(root: Path) -> list[Problem]:
    """Return a problem for each entry of ``content/images`` that is not a regular file: it is not published."""
    paths = [PurePosixPath("content/images", name) for name, is_plain in _list_entries(root / "content/images") if not is_plain]
    return [problem for path in paths if (problem := check_kind(root / path, path))]


def guess_slugs(problems: list[Problem]) -> frozenset[str]:
    """Return the most likely slugs of files with invalid names, so that references to them are not reported too."""
    return frozenset(_slugify(problem.path.name.partition(".")[0]) for problem in problems if problem.code == "file-name")


def _slugify(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60]


def _list_entries(folder: Path) -> list[tuple[str, bool]]:
    """Return the names in a folder, sorted, and whether each is a regular file. Raises ``GuidegenError``."""
    if folder.is_symlink():
        raise GuidegenError(f"the folder {folder} is a link to another place; put the folder itself there")
    if not folder.is_dir():
        return []
    try:
        with os.scandir(folder) as entries:
            return sorted(
                (entry.name, entry.is_file(follow_symlinks=False)) for entry in entries if not _IGNORED.match(entry.name)
            )
    except OSError as error:
        raise GuidegenError(f"the folder {folder} cannot be read: {error.strerror}") from error


def check_name(file: Path, path: PurePosixPath, ending: str) -> Problem | None:
    """Return the problem of a name that is not that of a regular content file, or None."""
    return check_kind(file, path) or _find_spelling_problem(path, ending)


def check_kind(file: Path, path: PurePosixPath) -> Problem | None:
    """Return the problem of a link, a folder or a device in the place of a regular file, or None."""
    if file.is_symlink():
        return _create_problem(path, "this is a link to another file", _PLAIN_FILE_HINT)
    if file.is_dir():
        return _create_problem(path, "this is a folder", f"Put the files directly in {path.parent}, without subfolders.")
    if os.path.lexists(file) and not file.is_file():
        return _create_problem(path, "this is not an ordinary file", _PLAIN_FILE_HINT)
    return None


def check_fixed_file(file: Path, path: PurePosixPath) -> Problem | None:
    """Return the kind problem of a file with a fixed name, such as ``guide.yml``, or None.

    Its code is not that of a wrong name.
    """
    problem = check_kind(file, path)
    return problem and replace(problem, hint=_PLAIN_FILE_HINT, code="unreadable")


def _is_slug(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and not _RESERVED_ON_WINDOWS.fullmatch(slug)


def _find_spelling_problem(path: PurePosixPath, ending: str) -> Problem | None:
    if not path.name.endswith(ending):
        hint = f"Name it <name>{ending}, such as  food-bank{ending}"
        return _create_problem(path, f"the file name does not end in {ending}, so it is not read", hint)
    slug = path.name.removesuffix(ending).partition(".")[0]
    if _is_slug(slug):
        return None
    if not _SLUG.fullmatch(slug):
        suggestion = _slugify(slug) or "food-bank"
        hint = f"Use lowercase letters a-z, digits and hyphens, at most 60, such as  {suggestion}{ending}"
        return _create_problem(path, f"the file name '{path.name}' cannot be used in a web address", hint)
    return _create_problem(
        path, f"'{slug}' cannot be a file name on Windows", f"Choose another name, such as  {slug}-office{ending}"
    )


def _find_collision(folder: str, name: str, seen: dict[str, str]) -> Problem | None:
    """Return the problem of a name that equals another on a case-insensitive disk, or None."""
    other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other == name:
        return None
    path = PurePosixPath(folder, name)
    return _create_problem(path, f"'{name}' and '{other}' would have the same address", "Rename one of them.")


def _create_problem(path: PurePosixPath, message: str, hint: str) -> Problem:
    return Problem(PurePosixPath(_escape_surrogates(str(path))), 1, 1, _escape_surrogates(message), hint, "file-name")


def _escape_surrogates(text: str) -> str:
    """Return a text with undecodable bytes of a file name escaped, so that a report can be encoded."""
    return text.encode(errors="backslashreplace").decode()
