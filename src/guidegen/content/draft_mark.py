"""Whether a file that cannot be read says that it is a draft."""

import re
from pathlib import Path, PurePosixPath

from guidegen.content.text_file import read_bytes

_STATUS = re.compile(rb"^status:[ \t]*([^\s#]*)", re.MULTILINE)
_DRAFT = re.compile(rb"^draft:[ \t]*([^\s#]*)", re.MULTILINE)
_BODY = re.compile(rb"^---[ \t\r]*$.*", re.MULTILINE | re.DOTALL)


def is_marked(root: Path, path: PurePosixPath) -> bool:
    """Return whether a profile has the line ``status: draft``, or an article ``draft: yes`` above its text.

    All such lines must say so. A file in which git left two versions is no draft if one of them is published.
    """
    if path.parts[:2] not in (("content", "partners"), ("content", "spotlights")):
        return False
    try:
        text = read_bytes(root / path) or b""
    except OSError:
        return False
    text = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")
    is_article = path.parts[1] == "spotlights"
    found = _DRAFT.findall(_BODY.sub(b"", text.removeprefix(b"---"))) if is_article else _STATUS.findall(text)
    said = {match.strip(b"'\"").lower() for match in found}
    return bool(said) and said <= ({b"yes", b"true"} if is_article else {b"draft"})
