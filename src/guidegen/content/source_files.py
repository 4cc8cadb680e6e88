"""Which files the content has, and what their names say."""

import os
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from guidegen.model.problems import GuidegenError, Problem, nearest_word

_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_FOLDERS = ("partners", "spotlights", "images")
_FILES = ("services.yml", "search-tests.yml", "published.txt")
_HERE = "Put the file itself here."
_WINDOWS = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
_IGNORED = re.compile(r"\.|.*~$|#.*#$|Thumbs\.db$|desktop\.ini$|README(\.md)?$")  # what editors and systems leave behind


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One content file: ``content/partners/food-bank.es.yml`` has the slug ``food-bank`` and the language ``es``."""

    root: Path
    name: str
    slug: str
    language: str = ""

    @property
    def path(self) -> PurePosixPath:
        """Its name in the guide."""
        return PurePosixPath(self.name)

    @property
    def file(self) -> Path:
        """Where it lies."""
        return self.root / self.name


def content_files(root: Path, folder: str, ending: str) -> tuple[list[ContentFile], list[Problem]]:
    """The files of ``content/<folder>``, by name, and what is wrong with their names."""
    found: list[ContentFile] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for name, is_plain in _entries(root / "content" / folder):
        slug, _, language = name.removesuffix(ending).partition(".")
        problem = None
        if not (is_plain and name.endswith(ending) and _is_slug(slug)):
            path = PurePosixPath("content", folder, name)
            problem = (None if is_plain else kind_problem(root / path, path)) or _spelling_problem(path, ending)
        problem = problem or _collision(folder, name, seen)
        if problem:
            problems.append(problem)
        else:
            found.append(ContentFile(root, f"content/{folder}/{name}", slug, language))
    return found, problems


def stray_files(root: Path) -> list[Problem]:
    """Files and folders of ``content`` that nothing reads: most likely a misspelt name."""
    problems = []
    for name, _ in _entries(root / "content"):
        path = PurePosixPath("content", name)
        if name in _FOLDERS and not (root / path).is_dir():
            problems.append(_problem(path, f"'{name}' is a file, and a folder is wanted", "Make it a folder."))
        elif name not in (*_FOLDERS, *_FILES):
            close = nearest_word(name.partition(".")[0], (*_FOLDERS, "services"))
            hint = (
                f"Did you mean:  content/{close}" if close else "Profiles go to content/partners, articles to content/spotlights."
            )
            problems.append(_problem(path, f"nothing reads 'content/{name}'", hint))
    return problems


def image_problems(root: Path) -> list[Problem]:
    """Return what is wrong with the kinds of files in ``content/images``: links, folders and devices are not published."""
    paths = [PurePosixPath("content/images", name) for name, is_plain in _entries(root / "content/images") if not is_plain]
    return [problem for path in paths if (problem := kind_problem(root / path, path))]


def almost_slugs(problems: list[Problem]) -> frozenset[str]:
    """What misnamed files would be called: references to them are not reported as well."""
    return frozenset(_plain(problem.path.name.partition(".")[0]) for problem in problems if problem.code == "file-name")


def _plain(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60]


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """The names in a folder, in their order, and whether each is that of a plain file."""
    if folder.is_symlink():
        raise GuidegenError(f"the folder {folder} is a link to another place; put the folder itself there")
    if not folder.is_dir():
        return []
    try:
        with os.scandir(folder) as entries:
            return sorted((one.name, one.is_file(follow_symlinks=False)) for one in entries if not _IGNORED.match(one.name))
    except OSError as error:
        raise GuidegenError(f"the folder {folder} cannot be read: {error.strerror}") from error


def name_problem(file: Path, path: PurePosixPath, ending: str) -> Problem | None:
    """What keeps a name from being that of a content file."""
    return kind_problem(file, path) or _spelling_problem(path, ending)


def kind_problem(file: Path, path: PurePosixPath) -> Problem | None:
    """Return what is wrong where something other than an ordinary file has the name of one, also a link that leads nowhere."""
    if file.is_symlink():
        return _problem(path, "this is a link to another file", _HERE)
    if file.is_dir():
        return _problem(path, "a folder stands here", f"Files lie side by side in {path.parent}, without folders.")
    if os.path.lexists(file) and not file.is_file():
        return _problem(path, "this is not an ordinary file", _HERE)
    return None


def fixed_file_problem(file: Path, path: PurePosixPath) -> Problem | None:
    """Return the same for a file whose name is always the same, such as ``guide.yml``: nothing is wrong with its name."""
    problem = kind_problem(file, path)
    return problem and replace(problem, hint=_HERE, code="unreadable")


def _is_slug(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and not _WINDOWS.fullmatch(slug)


def _spelling_problem(path: PurePosixPath, ending: str) -> Problem | None:
    if not path.name.endswith(ending):
        wanted = f"<name>{ending}"
        hint = f"Name it {wanted}, such as  food-bank{ending}"
        return _problem(path, f"the file name does not end in {ending}, so it is not read", hint)
    slug = path.name.removesuffix(ending).partition(".")[0]
    if _is_slug(slug):
        return None
    if not _SLUG.fullmatch(slug):
        close = _plain(slug) or "food-bank"
        hint = f"Use small letters a-z, digits and hyphens, at most 60, such as  {close}{ending}"
        return _problem(path, f"the file name '{path.name}' cannot become an address", hint)
    return _problem(path, f"'{slug}' cannot be a file name on Windows", f"Choose another name, such as  {slug}-office{ending}")


def _collision(folder: str, name: str, seen: dict[str, str]) -> Problem | None:
    """Two names that become one on a disk that does not tell capitals apart."""
    other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other == name:
        return None
    path = PurePosixPath("content", folder, name)
    return _problem(path, f"'{name}' and '{other}' would have the same address", "Rename one of them.")


def _problem(path: PurePosixPath, message: str, hint: str) -> Problem:
    return Problem(PurePosixPath(_writable(str(path))), 1, 1, _writable(message), hint, "file-name")


def _writable(text: str) -> str:
    """The text with bytes of a name that are no UTF-8 shown as ``\\udcff``, so that reports can hold it."""
    return text.encode(errors="backslashreplace").decode()
