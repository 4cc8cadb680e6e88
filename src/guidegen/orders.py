"""Pages to be made, in whatever process: each order holds all that its page takes."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from guidegen.outputs import File, Page
from guidegen.pages.chrome import Chrome
from guidegen.record import record
from guidegen.render import Theme, render
from guidegen.sitecheck import Facts, Look
from guidegen.specialise import Quick
from guidegen.urls import file_of


class Rendered(NamedTuple):
    """A page that was made: its bytes, what they are, and what stands in it."""

    file: File
    made_from: bytes
    holds: bytes
    facts: Facts | None


@record
class Order:
    """A page to be made, and all that it takes.

    ``version`` names the templates: those of the page's language where ``many`` are made in it, else those of all languages.
    """

    page: Page
    around: Chrome
    root: Path
    base: str
    version: str
    many: bool
    made_from: bytes

    def theme(self) -> Theme:
        """The templates; specialised for the language where so many pages repay the time that this takes."""
        return _specialised(self.root, self.version) if self.many else plain(self.root, self.version)


def make(orders: Sequence[Order]) -> list[Rendered]:
    """The pages that were ordered; in whatever process."""
    made = []
    for order in orders:
        file = File(file_of(order.page.path), render(order.page, order.theme(), order.around))
        made.append(Rendered(file, order.made_from, digest(file.content), look(order.base).at(file)))
    return made


@lru_cache(maxsize=64)
def _specialised(root: Path, _version: str) -> Theme:
    """The templates for the pages of one language, kept open as long as neither they nor its words change."""
    return Theme(root)


@lru_cache(maxsize=1)
def plain(root: Path, _version: str) -> Theme:
    """The templates as they come, for all languages: compiled once."""
    return Theme(root, Quick)


@lru_cache(maxsize=1)
def look(base: str) -> Look:
    """What looks at the pages of a site that is published below ``base``, and knows the links of its folders."""
    return Look(base)


def digest(content: bytes) -> bytes:
    """What names bytes."""
    return hashlib.blake2b(content, digest_size=16).digest()
