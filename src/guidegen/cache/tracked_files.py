"""The files that a build reads, what the last build knew of them, and so whether anything changed.

That is kept in the build cache, in the file ``now``; what is damaged or older is ignored. This module and ``stamps`` answer
"nothing changed" without the rest of guidegen, so they import little.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from guidegen.cache.file_stats import FileStat, FileStats, hash_file, library_versions, racy, scan_files, stat_file
from guidegen.files.atomic_files import write_file

FORMAT = "1"
PARTIAL_BUILD_COUNTS = (-1, -1, -1)
"""The counts of a site of which only some pages are those of its content: it is never taken for built."""
VALUES_PREFIX = "values-"
"""How the files of a state begin in which values lie."""
MARKER = ".guidegen"
"""The file that names a folder as a site of ours."""
CACHE = ".guidegen"
"""The folder for the caches of all sites of a guide, in the guide's folder."""


class Folders(NamedTuple):
    """The folder of a guide, of its site, and of the cache for that site, by their full paths."""

    root: Path
    out: Path
    cache: Path


class TrackedFiles:
    """The files that a build reads, as they are now; each is only opened when its stamp is not the one known."""

    def __init__(self, root: Path, before: "PreviousFiles | None" = None, stamps: FileStats | None = None) -> None:
        self._root = str(root)
        self._resolved = root.resolve()
        self._before = before or PreviousFiles({}, {})
        self.file_stats = scan_files(self._root) if stamps is None else stamps
        self.racy = frozenset(racy(self.file_stats))
        self._hashes: dict[str, str] = {}

    def hash_of(self, name: str) -> str:
        """The hash of a file that ``scan`` named; empty when it is not there."""
        if name not in self._hashes:
            stamp = self._before.file_stats.get(name)
            same = stamp is not None and stamp == self.file_stats.get(name)
            self._hashes[name] = self._before.hashes[name] if same else self._read(name) if name in self.file_stats else ""
        return self._hashes[name]

    def are_unchanged(self) -> bool:
        """Whether these are the files that the last build read, and hold the same."""
        hashes = self._before.hashes
        return self.file_stats.keys() == hashes.keys() and all(self.hash_of(name) == hashed for name, hashed in hashes.items())

    def hash_group(self, is_meant: Callable[[str], bool]) -> str:
        """What a group of files holds, in one hash."""
        made = hashlib.blake2b(digest_size=16)
        for name in sorted(filter(is_meant, self.file_stats)):
            made.update(f"{name}\t{self.hash_of(name)}\n".encode())
        return made.hexdigest()

    def name_of(self, file: Path) -> str:
        """How ``scan`` names a file."""
        return str(file.relative_to(self._resolved)) if file.is_relative_to(self._resolved) else str(file)

    def is_unchanged(self, name: str) -> bool:
        """Whether a file is as it was when its hash was asked for: an editor may save while a build reads."""
        if name in self.racy:
            return self._read(name) == self._hashes.get(name)
        return stat_file(os.path.join(self._root, name)) == self.file_stats.get(name)

    def _read(self, name: str) -> str:
        return hash_file(os.path.join(self._root, name))

    def save(self, cache: Path, head: "LastBuild") -> None:
        """Write for the next build what was read in this one. Raises ``OSError``."""
        lines = [json.dumps([FORMAT, *head])]
        for name, stamp in self.file_stats.items():
            known = "" if name in self.racy else "\t".join(map(str, stamp))
            lines.append(f"{json.dumps(name)}\t{self.hash_of(name)}\t{known}")
        write_file(cache / "now", "\n".join(lines).encode())


def folders_of(root: Path, out: Path | None = None, cache: Path | None = None) -> Folders:
    """Return the folders of a build. ``out`` is ``site`` in ``root`` by default; the cache is in ``cache`` or ``.guidegen``."""
    root = Path(os.path.abspath(root))
    out = Path(os.path.abspath(out)) if out else root / "site"
    base = Path(os.path.abspath(cache)) if cache else root / CACHE
    above = root if base == root / CACHE else base
    key = str(out.relative_to(above)) if out.is_relative_to(above) else str(out)
    name = key if key == out.name else f"{out.name}-{hashlib.blake2b(os.fsencode(key), digest_size=4).hexdigest()}"
    return Folders(root, out, base / name)


class PreviousFiles(NamedTuple):
    """What the last build knew of the files it read: their stamps, where those can be trusted, and the hashes of all."""

    file_stats: Mapping[str, FileStat]
    hashes: Mapping[str, str]


class LastBuild(NamedTuple):
    """What the last build says of itself: its options, the site's name, the hash of ``rest``, and pages, files and warnings."""

    options: str
    site: str
    rest: str
    counts: tuple[int, int, int]


def counts_if_unchanged(inputs: TrackedFiles, out: Path, head: LastBuild, options: str) -> tuple[int, int, int] | None:
    """Pages, files and warnings of what stands at ``out``, if it was built with the same options from the same files.

    None where a build must look.
    """
    if head.counts == PARTIAL_BUILD_COUNTS or head.options != hash_options(options) or head.site != read_site_id(out):
        return None
    return head.counts if inputs.are_unchanged() else None


def build_summary(counts: tuple[int, int, int], changed: int, out: Path, seconds: float) -> str:
    """The last line of a build: what stands there, how much of it is new, and what it took."""
    pages, files, warnings = counts
    weak = f", {warnings:,} warnings (guidegen check shows them)" if warnings else ""
    return f"{pages:,} pages, {files:,} files in {out}, {changed:,} changed, {seconds:.2f} s{weak}"


def track_files(root: Path, cache: Path, stamps: FileStats | None = None) -> TrackedFiles:
    """The files that a build reads, with what the last build knew of them; ``stamps`` are theirs where they were just taken."""
    return TrackedFiles(root, _before(cache), stamps)


def read_last_build(cache: Path) -> LastBuild | None:
    """What the last build left word of; None where there is none that can be used."""
    try:
        form, options, site, rest, (pages, files, warnings) = json.loads(read_ordinary(cache / "now").partition("\n")[0])
        counts = (pages, files, warnings)
        is_good = form == FORMAT and all(type(count) is int for count in counts)
        return LastBuild(options, site, rest, counts) if is_good else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def open_ordinary(file: Path) -> BufferedReader:
    """Open an ordinary file for reading. Raises ``OSError`` for links, and for pipes, on which it would wait."""
    opened = open(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)), "rb")  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{file} is no ordinary file")
    return opened


def read_ordinary(file: Path) -> str:
    """Return the text of an ordinary file. Raises ``OSError`` and ``UnicodeDecodeError``."""
    with open_ordinary(file) as opened:
        return opened.read().decode()


def clear(cache: Path) -> None:
    """Remove what builds left in their cache: the next build starts from nothing."""
    for file in (cache / "now", cache / "rest", *cache.glob(f"{VALUES_PREFIX}*")):
        file.unlink(missing_ok=True)


def read_site_id(folder: Path) -> str:
    """The name of the site in a folder, from its marker; empty when there is none."""
    try:
        last = read_ordinary(folder / MARKER).rstrip("\n").rpartition("\n")[2]
    except (OSError, UnicodeDecodeError):
        return ""
    return last.removeprefix("site ") if last.startswith("site ") else ""


def join_options(root: Path, base_url: str, select: str) -> str:
    """The options of a build that its site depends on, in a line."""
    return "\t".join((os.path.abspath(root), base_url, select))


def hash_options(options: str) -> str:
    """Names the options of a build, and what it is run with."""
    return hashlib.blake2b(f"{FORMAT}\n{options}\n{library_versions()}".encode(), digest_size=16).hexdigest()


def _before(cache: Path) -> PreviousFiles:
    stamps: dict[str, FileStat] = {}
    hashes: dict[str, str] = {}
    try:
        lines = read_ordinary(cache / "now").split("\n")[1:]
        for line in lines:
            quoted, hashed, *stamp = line.split("\t")
            name = json.loads(quoted)
            hashes[name] = hashed
            if len(stamp) == 4:
                written, changed, size, number = map(int, stamp)
                stamps[name] = written, changed, size, number
    except (OSError, ValueError, TypeError, RecursionError):
        return PreviousFiles({}, {})
    return PreviousFiles(stamps, hashes)
