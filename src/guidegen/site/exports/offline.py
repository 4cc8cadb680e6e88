"""The manifest of an offline copy in one language, for the script that saves it: files, total size and version."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Protocol

from guidegen.model import urls
from guidegen.model.page import File
from guidegen.search import offline_index

_EXCLUDED = ("_", ".", "search/", "sw.js", "static/js/single-file.js", "static/js/sw-unregister.js")
"""Prefixes of paths that no page loads, or that a copy has in another form."""


class OutputFile(Protocol):
    """A file of the site, with its content hash and its size in bytes."""

    @property
    def content_hash(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def files(languages: tuple[str, ...], holdings: Mapping[str, OutputFile]) -> Iterator[File]:
    """Yield ``<lang>/offline.json`` for each language. A copy is up to date if its ``version`` is the same."""
    candidates = sorted(path for path in holdings if not path.startswith(_EXCLUDED) and not path.endswith((".xml", ".txt")))
    for language in languages:
        other_prefixes = (urls.single_file(language), *(f"{tag}/" for tag in languages if tag != language))
        paths = [path for path in candidates if not path.startswith(other_prefixes)]
        if offline_index.offline_index_path(language) in holdings:  # the whole search index in one file, instead of its shards
            paths = sorted([*paths, offline_index.offline_index_path(language)])
        digest = hashlib.blake2b(digest_size=8)
        for path in paths:
            digest.update(path.encode() + holdings[path].content_hash)
        size = sum(holdings[path].size for path in paths)
        manifest = {"version": digest.hexdigest(), "bytes": size, "files": paths}
        yield File(urls.offline_list(language), json.dumps(manifest, separators=(",", ":")).encode())
