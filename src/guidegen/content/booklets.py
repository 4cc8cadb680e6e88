"""Find the booklets that ``guidegen booklet`` wrote, so that pages can link to them."""

from pathlib import Path

from guidegen.model.guide import Booklet

FOLDER = Path("static", "booklets")


def list_booklets(root: Path, languages: tuple[str, ...]) -> tuple[Booklet, ...]:
    """Return the booklet of the whole guide in each language that has one, with its size in bytes."""
    files = ((tag, root / FOLDER / f"{tag}.pdf") for tag in languages)
    return tuple(
        Booklet(tag, f"{FOLDER.as_posix()}/{file.name}", file.stat().st_size)
        for tag, file in files
        if file.is_file() and not file.is_symlink()
    )
