"""What a saved copy of one language consists of, for the script that saves it: files, their size, and a version."""

import hashlib
import json
from collections.abc import Mapping
from typing import Protocol

from guidegen import urls
from guidegen.outputs import File
from guidegen.search import whole

_NOT_READ = ("_", ".", "search/", "sw.js", "static/js/single.js", "static/js/removal.js")
"""What no page loads, or what a copy has in another form."""


class Held(Protocol):
    """A file of the site: what names its bytes, and how many they are."""

    @property
    def holds(self) -> bytes: ...

    @property
    def size(self) -> int: ...


def file(language: str, languages: tuple[str, ...], holdings: Mapping[str, Held]) -> File:
    """``<lang>/offline.json``: a copy with the same ``version`` is the guide as it stands."""
    others = tuple(f"{tag}/" for tag in languages if tag != language)
    chosen = sorted(path for path in holdings if _belongs(path, language, others))
    digest = hashlib.blake2b(digest_size=8)
    for path in chosen:
        digest.update(path.encode() + holdings[path].holds)
    size = sum(holdings[path].size for path in chosen)
    listed = {"version": digest.hexdigest(), "bytes": size, "files": chosen}
    return File(urls.offline_list(language), json.dumps(listed, separators=(",", ":")).encode())


def _belongs(path: str, language: str, others: tuple[str, ...]) -> bool:
    """Pages of the language and what they load; one file in place of those of search."""
    if path == whole.name(language):
        return True
    return not path.startswith((*others, *_NOT_READ)) and not path.endswith((".xml", ".txt", urls.single_file(language)))
