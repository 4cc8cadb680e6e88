"""Recognize drafts in files that cannot be parsed."""

import re
from pathlib import Path, PurePosixPath

from guidegen.content.text_file import read_bytes
from guidegen.patterns import compile_lazily

_STATUS = compile_lazily(rb"^status:[ \t]*([^\s#]*)", re.MULTILINE)
_DRAFT = compile_lazily(rb"^draft:[ \t]*([^\s#]*)", re.MULTILINE)
_BODY = compile_lazily(rb"^---[ \t\r]*$.*", re.MULTILINE | re.DOTALL)


def is_marked_as_draft(root: Path, path: PurePosixPath) -> bool:
    """Return whether a profile has the line ``status: draft``, or the front matter of an article ``draft: yes``.

    All such lines must agree: a file with an unresolved merge is not a draft if one of its versions is published.
    """
    if path.parts[:2] not in (("content", "partners"), ("content", "spotlights"), ("content", "pages")):
        return False
    try:
        raw = read_bytes(root / path) or b""
    except OSError:
        return False
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")
    is_article = path.parts[1] in ("spotlights", "pages")
    matches = _DRAFT.findall(_BODY.sub(b"", raw.removeprefix(b"---"))) if is_article else _STATUS.findall(raw)
    values = {match.strip(b"'\"").lower() for match in matches}
    return bool(values) and values <= ({b"yes", b"true"} if is_article else {b"draft"})
