"""Read JSON files, with one document or one a line."""

import json
from collections.abc import Iterator
from pathlib import Path

from guidegen.model.problems import GuidegenError

MAX_BYTES = 200_000_000


def load_documents(file: Path) -> Iterator[object]:
    """Yield the documents of a file: one, or one a line.

    Raises ``GuidegenError`` for a file that is too large, is not in UTF-8, or ends too early.
    """
    if file.stat().st_size > MAX_BYTES:
        raise GuidegenError(f"{file} is larger than {MAX_BYTES // 1_000_000} MB; split it into several files")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuidegenError(f"{file} is not a text in UTF-8 (byte {error.start + 1}); export it again as UTF-8") from error
    is_lines = file.suffix != ".json"
    try:
        yield from (json.loads(line) for line in (text.splitlines() if is_lines else [text]) if line.strip())
    except ValueError as error:
        raise GuidegenError(f"{file} is not complete JSON: {str(error)[:80]}. Download it again.") from error
    except RecursionError:
        raise GuidegenError(f"{file} has records in records in records, too deep to be read") from None


def format_value(value: object) -> str:
    """Return the text of a value: the texts of a list one a line, anything else as JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(entry, dict | list) for entry in value):
        return "\n".join(map(format_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
