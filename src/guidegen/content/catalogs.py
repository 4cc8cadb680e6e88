"""The words of the interface: gettext catalogs, one for each language, read by Babel."""

import gettext
import io
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from guidegen import theme
from guidegen.languages import Catalog, Language
from guidegen.problems import GuidegenError


def guide_languages(root: Path, tags: tuple[str, ...], region: str) -> tuple[Language, ...]:
    """The guide's languages with the words of the interface; a language without a catalog speaks English."""
    return tuple(Language(tag, region, catalog(root, tag)) for tag in tags)


def catalog(root: Path, tag: str) -> Catalog:
    """The catalog of a language, or of the language without script and region."""
    for name in (tag, tag.split("-")[0]):
        for folder in theme.folders(root, "locales"):
            file = folder / f"{name}.po"
            if file.is_file():
                return _read(file)
    return Catalog()


def _read(file: Path) -> Catalog:
    try:
        read = read_po(io.BytesIO(file.read_bytes()), abort_invalid=True)
        plural = gettext.c2py(read.plural_expr)
    except (PoFileError, ValueError, OSError) as error:
        raise GuidegenError(f"the catalog {file} cannot be read: {error}") from error
    messages: dict[str, tuple[str, ...]] = {}
    for message in read:
        if message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            messages[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return Catalog(messages, plural)
