"""The bytes of content files that commands write."""

from guidegen.content.text_file import MAX_BYTES
from guidegen.content.yaml.parser import MappingNode
from guidegen.content.yaml.writer import apply_changes, format_yaml
from guidegen.model.problems import GuidegenError


def create_content(node: MappingNode) -> bytes:
    """Return the bytes of a new file. Raises ``GuidegenError`` if a build would refuse a file of their size."""
    return _check_size(format_yaml(node).encode())


def update_content(raw: bytes, node: MappingNode) -> bytes:
    """Return the changed bytes of a file, keeping its byte order mark and its line endings.

    Raises ``GuidegenError`` as ``create_content`` does, and if the file has mistakes.
    """
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    updated = apply_changes(text, node)
    return _check_size(mark + (updated.replace("\n", "\r\n") if b"\r\n" in raw else updated).encode())


def _check_size(content: bytes) -> bytes:
    """Return the content, or raise ``GuidegenError`` if a build would refuse a file of its size."""
    if len(content) > MAX_BYTES:
        raise GuidegenError(f"the file would be larger than {MAX_BYTES // 1024} KiB")
    return content
