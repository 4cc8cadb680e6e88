"""Ways from a message to the place it speaks of: in an editor of this computer, or on the web."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from guidegen.model.settings import Editing

_EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
}
"""Addresses by which programs open a file at a place, as their documentation has them."""


class EditLink(NamedTuple):
    """A link and its words."""

    label: str
    address: str


def edit_links(
    editing: Editing, path: PurePosixPath, line: int = 1, column: int = 1, root: Path | None = None
) -> tuple[EditLink, ...]:
    """The links to a place in a file; those to an editor only where the guide's folder is on the reader's computer."""
    found = []
    if root and editing.editor != "none":
        file = quote((root / path).resolve().as_posix(), safe="/:")
        file = file if file.startswith("/") else f"/{file}"
        pattern = _EDITORS[editing.editor or "vscode"]
        found.append(EditLink("open in editor", pattern.format(file=file, line=line, column=column)))
    if editing.web:
        found.append(EditLink("edit on the web", editing.web.replace("{path}", quote(str(path)))))
    return tuple(found)
