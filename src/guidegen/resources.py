"""Where the theme's files are: a guide's own come first, file by file, then those that guidegen brings."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def built_in_folder() -> Path:
    """The folder with guidegen's own ``templates``, ``static``, ``locales`` and ``words``: in the wheel, or in the repository."""
    packaged = _PACKAGE / "theme"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1]


def theme_folders(root: Path, name: str) -> tuple[Path, ...]:
    """The folders to look in for a kind of theme file, the guide's own first."""
    both = (root / name, built_in_folder() / name)
    return tuple(dict.fromkeys(folder.resolve() for folder in both if folder.is_dir()))


def icon_names(root: Path) -> frozenset[str]:
    """The drawings there are, by name."""
    return frozenset(file.stem for folder in theme_folders(root, "static") for file in (folder / "icons").glob("*.svg"))
