"""What a saved copy of one language consists of, for the script that saves it: files, their size, and a version."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Protocol

from guidegen.model import urls
from guidegen.model.page import File
from guidegen.search import whole

_NOT_READ = ("_", ".", "search/", "sw.js", "static/js/single-file.js", "static/js/sw-unregister.js")
"""What no page loads, or what a copy has in another form."""


class OutputFile(Protocol):
    """A file of the site: what names its bytes, and how many they are."""

    @property
    def content_hash(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def files(languages: tuple[str, ...], holdings: Mapping[str, OutputFile]) -> Iterator[File]:
    """``<lang>/offline.json`` for each language: a copy with the same ``version`` is the guide as it stands."""
    read = sorted(path for path in holdings if not path.startswith(_NOT_READ) and not path.endswith((".xml", ".txt")))
    for language in languages:
        left_out = (urls.single_file(language), *(f"{tag}/" for tag in languages if tag != language))
        chosen = [path for path in read if not path.startswith(left_out)]
        if whole.file_name(language) in holdings:  # one file in place of those of search
            chosen = sorted([*chosen, whole.file_name(language)])
        digest = hashlib.blake2b(digest_size=8)
        for path in chosen:
            digest.update(path.encode() + holdings[path].content_hash)
        size = sum(holdings[path].size for path in chosen)
        listed = {"version": digest.hexdigest(), "bytes": size, "files": chosen}
        yield File(urls.offline_list(language), json.dumps(listed, separators=(",", ":")).encode())
