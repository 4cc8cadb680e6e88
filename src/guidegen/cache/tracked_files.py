"""The files that a build reads, what the last build knew about them, and whether any of them changed.

That is recorded in the manifest ``now`` of the build cache; if it is damaged or older, it is ignored. This module and
``file_stats`` answer "nothing changed" without the rest of guidegen, so they import little.
"""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from guidegen.cache.file_stats import FileStat, FileStats, find_racy_files, hash_file, library_versions, scan_files, stat_file
from guidegen.files.atomic_files import write_file

MANIFEST_FORMAT = "1"
CACHE_FILE = "cache.db"
"""The name of the file with the values and the record of the site (``cache_file``); SQLite puts its log beside it."""
MARKER = ".guidegen"
"""The file that marks a folder as a site built by guidegen."""
CACHE_DIR = ".guidegen"
"""The folder, in the guide's folder, that holds the caches of all its sites."""


class Folders(NamedTuple):
    """Absolute paths of the folders of a guide, its site, and that site's cache."""

    root: Path
    out: Path
    cache: Path


class TrackedFiles:
    """The files that a build reads, with their hashes; a file is opened only if its signature differs from the last build's."""

    def __init__(self, root: Path, previous: "PreviousFiles | None" = None, stats: FileStats | None = None) -> None:
        self._root = str(root)
        self._resolved = root.resolve()
        self._previous = previous or PreviousFiles({}, {})
        self.file_stats = scan_files(self._root) if stats is None else stats
        self.racy = frozenset(find_racy_files(self.file_stats))
        self._hashes: dict[str, str] = {}

    def hash_of(self, name: str) -> str:
        """Return the hash of a file by its ``scan_files`` name; empty if it is missing."""
        if name not in self._hashes:
            file_stat = self._previous.file_stats.get(name)
            is_same = file_stat is not None and file_stat == self.file_stats.get(name)
            self._hashes[name] = (
                self._previous.hashes[name] if is_same else self._hash_file(name) if name in self.file_stats else ""
            )
        return self._hashes[name]

    def are_unchanged(self) -> bool:
        """Return whether the last build read exactly these files, with the same content."""
        hashes = self._previous.hashes
        return self.file_stats.keys() == hashes.keys() and all(
            self.hash_of(name) == file_hash for name, file_hash in hashes.items()
        )

    def hash_group(self, is_included: Callable[[str], bool]) -> str:
        """Return one hash over the names and hashes of the files whose names pass ``is_included``."""
        digest = hashlib.blake2b(digest_size=16)
        for name in sorted(filter(is_included, self.file_stats)):
            digest.update(f"{name}\t{self.hash_of(name)}\n".encode())
        return digest.hexdigest()

    def name_of(self, file: Path) -> str:
        """Return the name that ``scan_files`` gives to a file."""
        return str(file.relative_to(self._resolved)) if file.is_relative_to(self._resolved) else str(file)

    def is_unchanged(self, name: str) -> bool:
        """Return whether a file still has the hash that was computed for it: an editor may save during a build."""
        if name in self.racy:
            return self._hash_file(name) == self._hashes.get(name)
        return stat_file(os.path.join(self._root, name)) == self.file_stats.get(name)

    def _hash_file(self, name: str) -> str:
        return hash_file(os.path.join(self._root, name))

    def as_previous(self) -> "PreviousFiles":
        """Return what the next scan in this process needs to know about these files."""
        trusted = {name: file_stat for name, file_stat in self.file_stats.items() if name not in self.racy}
        return PreviousFiles(trusted, {name: self.hash_of(name) for name in trusted})

    def save(self, cache: Path, head: "ManifestHead") -> None:
        """Write the manifest for the next build. Raises ``OSError``."""
        lines = [json.dumps([MANIFEST_FORMAT, *head])]
        for name, file_stat in self.file_stats.items():
            columns = "" if name in self.racy else "\t".join(map(str, file_stat))
            lines.append(f"{json.dumps(name)}\t{self.hash_of(name)}\t{columns}")
        write_file(cache / "now", "\n".join(lines).encode())


def default_out(root: Path, part: str = "") -> Path:
    """Return the folder in which a guide, or a partial guide, is published if nothing else is asked for."""
    return root / (f"site-{part}" if part else "site")


def resolve_folders(root: Path, out: Path | None = None, cache: Path | None = None) -> Folders:
    """Return the folders of a build. ``out`` defaults to ``site`` in ``root``; the cache goes into ``cache`` or ``.guidegen``."""
    root = Path(os.path.abspath(root))
    out = Path(os.path.abspath(out)) if out else default_out(root)
    base = Path(os.path.abspath(cache)) if cache else root / CACHE_DIR
    parent = root if base == root / CACHE_DIR else base
    key = str(out.relative_to(parent)) if out.is_relative_to(parent) else str(out)
    name = key if key == out.name else f"{out.name}-{hashlib.blake2b(os.fsencode(key), digest_size=4).hexdigest()}"
    return Folders(root, out, base / name)


class PreviousFiles(NamedTuple):
    """The files that the last build read: the hash of each, and its signature if that can be trusted."""

    file_stats: Mapping[str, FileStat]
    hashes: Mapping[str, str]


class ManifestHead(NamedTuple):
    """The head of a manifest: hash of the options, site id, hash of the site record, and numbers of pages, files and warnings."""

    options: str
    site: str
    record_hash: str
    counts: tuple[int, int, int]


def counts_if_unchanged(inputs: TrackedFiles, out: Path, head: ManifestHead, options: str) -> tuple[int, int, int] | None:
    """Return the pages, files and warnings of the site at ``out`` if it is up to date for these options, otherwise None."""
    if head.options != hash_options(options) or head.site != read_site_id(out):
        return None
    return head.counts if inputs.are_unchanged() else None


def build_summary(counts: tuple[int, int, int], changed: int, out: Path, seconds: float) -> str:
    """Return the last line of a build's output: counts, changed files, folder, seconds and warnings."""
    pages, files, warnings = counts
    warning_note = f", {warnings:,} warnings (guidegen check shows them)" if warnings else ""
    return f"{pages:,} pages, {files:,} files in {out}, {changed:,} changed, {seconds:.2f} s{warning_note}"


def track_files(root: Path, cache: Path, stats: FileStats | None = None) -> TrackedFiles:
    """Return the files that a build reads, compared with the last build; ``stats`` are their signatures if just taken."""
    return TrackedFiles(root, _read_previous_files(cache), stats)


def read_manifest_head(cache: Path) -> ManifestHead | None:
    """Return the head of the manifest; None if it is missing or unusable."""
    try:
        format_version, options, site, rest, (pages, files, warnings) = json.loads(
            read_regular_file(cache / "now").partition("\n")[0]
        )
        counts = (pages, files, warnings)
        is_valid = format_version == MANIFEST_FORMAT and all(type(count) is int for count in counts)
        return ManifestHead(options, site, rest, counts) if is_valid else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def open_regular_file(file: Path) -> BufferedReader:
    """Open an ordinary file for reading. Raises ``OSError`` for a link, and for a pipe, on which opening would block."""
    opened = open(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)), "rb")  # noqa: SIM115  # returned
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{file} is not an ordinary file")
    return opened


def read_regular_file(file: Path) -> str:
    """Return the text of an ordinary file. Raises ``OSError`` and ``UnicodeDecodeError``."""
    with open_regular_file(file) as opened:
        return opened.read().decode()


def clear_cache(cache: Path) -> None:
    """Remove the state and values of earlier builds, so that the next build starts from scratch."""
    for file in (cache / "now", *cache.glob(f"{CACHE_FILE}*")):
        file.unlink(missing_ok=True)


def read_site_id(folder: Path) -> str:
    """Return the id of the site in a folder, from its marker; empty if there is none."""
    try:
        last_line = read_regular_file(folder / MARKER).rstrip("\n").rpartition("\n")[2]
    except (OSError, UnicodeDecodeError):
        return ""
    return last_line.removeprefix("site ") if last_line.startswith("site ") else ""


def join_options(root: Path, base_url: str, select: str, part: str) -> str:
    """Return the options that a site depends on, joined with tabs."""
    return "\t".join((os.path.abspath(root), base_url, select, part))


def hash_options(options: str) -> str:
    """Return a hash of the build options, the cache format, and the versions of Python and libraries."""
    return hashlib.blake2b(f"{MANIFEST_FORMAT}\n{options}\n{library_versions()}".encode(), digest_size=16).hexdigest()


def _read_previous_files(cache: Path) -> PreviousFiles:
    stats: dict[str, FileStat] = {}
    hashes: dict[str, str] = {}
    try:
        lines = read_regular_file(cache / "now").split("\n")[1:]
        for line in lines:
            quoted, file_hash, *columns = line.split("\t")
            name = json.loads(quoted)
            hashes[name] = file_hash
            if len(columns) == 4:
                written, changed, size, inode = map(int, columns)
                stats[name] = written, changed, size, inode
    except (OSError, ValueError, TypeError, RecursionError):
        return PreviousFiles({}, {})
    return PreviousFiles(stats, hashes)
