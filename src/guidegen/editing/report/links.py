"""Links that open a file at the position of a problem, in an editor on this computer or on the web."""

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
"""The URL schemes of text editors, from their documentation."""


class EditLink(NamedTuple):
    """A link and its label."""

    label: str
    address: str


def edit_links(
    editing: Editing, path: PurePosixPath, line: int = 1, column: int = 1, root: Path | None = None
) -> tuple[EditLink, ...]:
    """Return the links to a position in a file.

    ``root`` is the guide's folder if it is on the reader's computer; without it there is no link to a text editor.
    """
    links = []
    if root and editing.editor != "none":
        file = quote((root / path).resolve().as_posix(), safe="/:")
        file = file if file.startswith("/") else f"/{file}"
        pattern = _EDITORS[editing.editor or "vscode"]
        links.append(EditLink("open in editor", pattern.format(file=file, line=line, column=column)))
    if editing.web:
        links.append(EditLink("edit on the web", editing.web.replace("{path}", quote(str(path)))))
    return tuple(links)
