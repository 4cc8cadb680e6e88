"""Locate theme files. A guide's own file overrides the built-in file of the same name."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def find_built_in_folder() -> Path:
    """Return the folder of the built-in ``templates``, ``static``, ``locales`` and ``words``, in the wheel or the repository."""
    packaged = _PACKAGE / "theme"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1]


def find_theme_folders(root: Path, name: str) -> tuple[Path, ...]:
    """Return the existing folders to search for one kind of theme file, the guide's own first."""
    candidates = (root / name, find_built_in_folder() / name)
    return tuple(dict.fromkeys(folder.resolve() for folder in candidates if folder.is_dir()))


def list_icon_names(root: Path) -> frozenset[str]:
    """Return the names of all available icons."""
    return frozenset(file.stem for folder in find_theme_folders(root, "static") for file in (folder / "icons").glob("*.svg"))
