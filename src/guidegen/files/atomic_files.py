"""Write files and folders so that readers see either the old content or the new, never a part of it.

New content is written to a temporary file or folder beside its target, which is then renamed. A killed process may leave its
temporary files behind; the next process that writes into the same folder removes them.
"""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from guidegen.patterns import compile_lazily

_SUFFIX = ".guidegen-new"
_TEMP_NAME = compile_lazily(rf"\..*\.(?P<pid>[0-9]+){re.escape(_SUFFIX)}", re.DOTALL)
_CLEAN_AGAIN_AFTER_S = 1.0
_cleaned: dict[str, float] = {}
"""The time at which this process last cleaned each folder. A thousand writes do not list their folder a thousand times."""


def write_file(file: Path, content: bytes) -> None:
    """Replace a file. Raises ``OSError`` and leaves the file unchanged if that fails."""
    _replace_file(file, content)


def write_file_durably(file: Path, content: bytes) -> None:
    """Replace a file, so that a power failure leaves either the old content or the new. Raises ``OSError``."""
    _replace_file(file, content, os.fsync)


def _replace_file(file: Path, content: bytes, sync: Callable[[int], None] = lambda _: None) -> None:
    clean_folder(file.parent)
    temp_file = temp_path(file)
    try:
        with temp_file.open("wb") as stream:
            stream.write(content)
            stream.flush()
            sync(stream.fileno())
        temp_file.replace(file)
    except BaseException as error:
        _name_target(error, temp_file, file)
        with contextlib.suppress(OSError):
            temp_file.unlink()
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder. A new folder appears only once all its files are written. Raises ``OSError``."""
    if folder.is_dir():
        for name, content in files.items():
            write_file_durably(folder / name, content)
        return
    with new_folder(folder) as staging_folder:
        for name, content in files.items():
            write_file_durably(staging_folder / name, content)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty staging folder, which is renamed to ``folder`` if the block ends without an error.

    Raises ``FileExistsError`` if ``folder`` already exists.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    clean_folder(folder.parent)
    staging_folder = temp_path(folder)
    try:
        staging_folder.mkdir()
        yield staging_folder
        if os.path.lexists(folder):  # rename(2) would replace an empty folder
            raise FileExistsError(errno.EEXIST, "exists already", str(folder))
        staging_folder.rename(folder)
    except BaseException as error:
        _name_target(error, staging_folder, folder)
        _remove_folder(staging_folder)
        raise


def _name_target(error: BaseException, temporary: Path, target: Path) -> None:
    """Replace the temporary path in an error by the path of the target."""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        error.filename = error.filename.replace(str(temporary), str(target))


def temp_path(target: Path) -> Path:
    """Return the temporary path that this process writes to before renaming it to ``target``."""
    return target.with_name(f".{target.name.removeprefix('.')}.{os.getpid()}{_SUFFIX}")


def clean_folder(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder, unless this process did so within the last second."""
    path = os.path.abspath(folder)
    now = time.monotonic()
    if path in _cleaned and now - _cleaned[path] < _CLEAN_AGAIN_AFTER_S:
        return
    is_first_time = path not in _cleaned  # then any file with this process id was left by an earlier process
    _cleaned[path] = now
    remove_temp_files(folder, keep_own=not is_first_time)


def remove_temp_files(folder: Path, keep_own: bool = False) -> None:
    """Remove the temporary files and folders in ``folder`` whose process has ended. ``keep_own`` keeps those of this process."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            match = _TEMP_NAME.fullmatch(entry.name)
            if not match:
                continue
            is_own = int(match["pid"]) == os.getpid()
            if keep_own if is_own else _may_be_running(int(match["pid"]), entry):
                continue
            if entry.is_dir(follow_symlinks=False):
                _remove_folder(Path(entry.path))
            else:
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _remove_folder(folder: Path) -> None:
    from shutil import rmtree  # imported here because it is slow to import, and an up-to-date build must exit at once

    rmtree(folder, ignore_errors=True)


def _may_be_running(pid: int, entry: "os.DirEntry[str]") -> bool:
    """Return whether the process that wrote an entry may still be running."""
    if sys.platform == "win32":  # Windows has no safe way to ask, so assume a process lives at most a day
        return entry.stat().st_mtime > time.time() - 86_400
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
