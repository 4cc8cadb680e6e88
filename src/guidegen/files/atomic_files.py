"""Write files and folders so that readers see either the old content or the new, never a part of it.

New content goes into a temporary file or folder beside its target, which is then renamed. A process that is killed may leave
that temporary name behind; the next process that writes into the same folder removes it.
"""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_ENDING = ".guidegen-new"
_TEMPORARY = re.compile(rf"\..*\.(?P<pid>[0-9]+){re.escape(_ENDING)}", re.DOTALL)
_CLEAN_AGAIN_AFTER_S = 1.0
_cleaned: dict[str, float] = {}
"""When this process last cleaned a folder: writing a thousand files must not list their folder a thousand times."""


def write_file(file: Path, content: bytes) -> None:
    """Replace a file. Raises ``OSError``, and then the file is as it was."""
    write_pieces(file, (content,))


def write_file_durably(file: Path, content: bytes) -> None:
    """Replace a file so that a loss of power leaves either the old content or the new, whole. Raises ``OSError``."""
    write_pieces(file, (content,), os.fsync)


def write_pieces(file: Path, pieces: Iterable[bytes], sync: Callable[[int], None] = lambda _: None) -> None:
    """Replace a file by what ``pieces`` yields. Raises ``OSError``, and whatever ``pieces`` raises."""
    clean_folder(file.parent)
    written = temp_path(file)
    try:
        with written.open("wb") as opened:
            for piece in pieces:
                opened.write(piece)
            opened.flush()
            sync(opened.fileno())
        written.replace(file)
    except BaseException as error:
        _name_target(error, written, file)
        with contextlib.suppress(OSError):
            written.unlink()
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder. A new folder appears only once all its files are written. Raises ``OSError``."""
    if folder.is_dir():
        for name, content in files.items():
            write_file_durably(folder / name, content)
        return
    with new_folder(folder) as stage:
        for name, content in files.items():
            write_file_durably(stage / name, content)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty temporary folder that becomes ``folder`` if the block ends without an error.

    Raises ``FileExistsError`` if there is something at ``folder`` already.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    clean_folder(folder.parent)
    stage = temp_path(folder)
    try:
        stage.mkdir()
        yield stage
        if os.path.lexists(folder):  # rename(2) would replace an empty folder
            raise FileExistsError(errno.EEXIST, "exists already", str(folder))
        stage.rename(folder)
    except BaseException as error:
        _name_target(error, stage, folder)
        _remove_folder(stage)
        raise


def _name_target(error: BaseException, written: Path, target: Path) -> None:
    """Make an error name the target file instead of the temporary one."""
    if isinstance(error, OSError) and isinstance(error.filename, str):
        error.filename = error.filename.replace(str(written), str(target))


def temp_path(target: Path) -> Path:
    """Return where this process writes what will be renamed to ``target``."""
    return target.with_name(f".{target.name.removeprefix('.')}.{os.getpid()}{_ENDING}")


def clean_folder(folder: Path) -> None:
    """Remove the temporary files that killed processes left in a folder, unless this process did so a moment ago."""
    path = os.path.abspath(folder)
    now = time.monotonic()
    if path in _cleaned and now - _cleaned[path] < _CLEAN_AGAIN_AFTER_S:
        return
    is_first_time = path not in _cleaned  # then a file with the number of this process is one of an earlier process
    _cleaned[path] = now
    remove_temp_files(folder, keep_own=not is_first_time)


def remove_temp_files(folder: Path, keep_own: bool = False) -> None:
    """Remove the temporary files and folders in ``folder`` whose process has ended."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            match = _TEMPORARY.fullmatch(entry.name)
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
    from shutil import rmtree  # here, because it takes long to import, and "nothing changed" must be answered at once

    rmtree(folder, ignore_errors=True)


def _may_be_running(pid: int, entry: "os.DirEntry[str]") -> bool:
    """Whether the process that wrote an entry may be running. Windows has no harmless way to ask: there a day must pass."""
    if sys.platform == "win32":
        return entry.stat().st_mtime > time.time() - 86_400
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
