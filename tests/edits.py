"""Random edits of a small guide, as people, tools and clocks make them, compared with a build from scratch."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from guidegen.build import pipeline
from guidegen.cache.tracked_files import MARKER
from guidegen.model import visibility
from guidegen.model.problems import ContentError
from guidegen.search import lexicon, word_table
from guidegen.serve.preview import Preview
from tests import make

NAMES = ("food-bank", "library", "clinic", "school", "night-shelter")
LANGUAGES = ("es", "ar")
_GUIDE = """\
name: Guide {number}
address: https://guide.example.org/
languages: [{languages}]
areas: [{{name: North, cities: [Northtown]}}]
"""
_TYPES = """\
types:
  - id: food
    name: {{en: Food, es: Comida}}
    synonyms: {{en: [groceries, meals]}}
  - id: health
    name: Health {number}
"""
_ARTICLE = """\
---
title: How {name} began {number}
date: 2026-05-0{day}
partners: [{name}]
---

## A heading {number}

Text {number}.
"""
_CATALOG = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Services"
msgstr "Servicios {number}"
"""
_PARTNER = """\
name: {name} {kind}
summary: Help {number} for people.
phones: [{{number: "(555) 555-01{phone}"}}]
verified: {{date: 2026-0{month}-01}}
languages: [{{code: {spoken}, how: staff}}]
status: {status}
locations: [{{key: main, address: {{line1: 1 Main St, city: {town}}}}}]
services: [{{key: a, types: [{type}], name: Service {kind}, at: [main]}}]
"""


class Edits:
    """A guide in a folder that can be edited at random."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root = root
        self.rng = rng
        self.number = 0
        make.write(root, "guide.yml", _GUIDE.format(number=0, languages="en, es, ar"))
        make.write(root, "content/services.yml", _TYPES.format(number=0))
        for name in NAMES[:2]:
            self._write_partner(name)

    def change(self) -> str:
        """Make one random edit and return its name."""
        self.number += 1
        kinds: list[Callable[[], None]] = [
            self.edit_partner, self.edit_partner, self.add_partner, self.delete_partner, self.rename_partner, self.translate,
            self.delete_translation, self.article, self.delete_article, self.rename_type, self.guide, self.template,
            self.no_template, self.catalog, self.style, self.touch, self.same_size, self.clock_back, self.damage_cache,
            self.delete_cache, self.mistake, self.delete_stage, self.lose_page,
        ]  # fmt: skip
        kind = self.rng.choice(kinds)
        kind()
        return kind.__name__

    def edit_partner(self) -> None:
        self._write_partner(self._choose(self._partners()) or NAMES[0])

    def add_partner(self) -> None:
        self._write_partner(self.rng.choice(NAMES))

    def delete_partner(self) -> None:
        self._remove(self._partners())

    def rename_partner(self) -> None:
        files = self._partners()
        if files:
            file = self.root / f"content/partners/{files[0]}.yml"
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("was:")]
            file.write_text("\n".join([*lines, *self.rng.choice([[], [f"was: [{files[0]}]"]]), ""]), encoding="utf-8")
            file.rename(self.root / f"content/partners/renamed-{self.number % 3}.yml")

    def translate(self) -> None:
        name = self._choose(self._partners())
        if name:
            language = self.rng.choice(LANGUAGES)
            make.write(self.root, f"content/partners/{name}.{language}.yml", f"summary: Resumen {self.number}\n")

    def delete_translation(self) -> None:
        files = sorted((self.root / "content/partners").glob("*.*.yml"))
        if files:
            self.rng.choice(files).unlink()

    def article(self) -> None:
        name = self._choose(self._partners()) or NAMES[0]
        text = _ARTICLE.format(name=name, number=self.number, day=1 + self.number % 9)
        make.write(self.root, f"content/spotlights/story-{self.number % 3}.md", text)

    def delete_article(self) -> None:
        files = sorted((self.root / "content/spotlights").glob("*.md"))
        if files:
            self.rng.choice(files).unlink()

    def rename_type(self) -> None:
        types = _TYPES.format(number=self.number)
        renamed = types.replace("- id: food", "- id: meals\n    was: [food]")
        make.write(self.root, "content/services.yml", self.rng.choice([types, renamed]))

    def guide(self) -> None:
        languages = self.rng.choice(["en, es, ar", "en, es", "en, ar, zh-Hans"])
        make.write(self.root, "guide.yml", _GUIDE.format(number=self.number % 4, languages=languages))

    def template(self) -> None:
        text = f"{{% extends '!base/base.html' %}}\n{{% block main %}}<p>{self.number}</p>{{% endblock %}}\n"
        make.write(self.root, f"templates/{self.rng.choice(['text.html', 'areas.html'])}", text)

    def no_template(self) -> None:
        shutil.rmtree(self.root / "templates", ignore_errors=True)

    def catalog(self) -> None:
        language = self.rng.choice(LANGUAGES)
        make.write(self.root, f"locales/{language}.po", _CATALOG.format(number=self.number))

    def style(self) -> None:
        make.write(self.root, "static/css/site.css", f"p {{ margin: {self.number}px }}\n")

    def touch(self) -> None:
        for file in (self.root / "content").rglob("*.yml"):
            os.utime(file)

    def same_size(self) -> None:
        """Edit a file without changing its size or modification time."""
        files = sorted((self.root / "content/partners").glob("*.yml"))
        if files:
            file = self.rng.choice(files)
            status, text = file.stat(), file.read_text(encoding="utf-8")
            file.write_text(text.replace("Help", "Hand") if "Help" in text else text.replace("Hand", "Help"), encoding="utf-8")
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def clock_back(self) -> None:
        self.edit_partner()
        for file in (self.root / "content/partners").glob("*.yml"):
            os.utime(file, (1_000_000_000 + self.number % 2, 1_000_000_000 + self.number % 2))

    def damage_cache(self) -> None:
        for file in (entry for entry in (self.root / ".guidegen/site").glob("*") if entry.is_file()):
            raw = bytearray(file.read_bytes())
            for _ in range(self.rng.randrange(1, 4)):
                raw[self.rng.randrange(len(raw))] ^= 1 << self.rng.randrange(8)
            file.write_bytes(raw[: self.rng.choice([len(raw), len(raw) // 2])])

    def delete_cache(self) -> None:
        shutil.rmtree(self.root / ".guidegen/site", ignore_errors=True)

    def mistake(self) -> None:
        make.write(self.root, "content/partners/wrong.yml", "name: [\n")

    def delete_stage(self) -> None:
        shutil.rmtree(self.root / ".guidegen/site/stage", ignore_errors=True)

    def lose_page(self) -> None:
        """Delete a page and edit its source: a build only notices missing files among those it processes."""
        self.delete_stage()
        self.edit_partner()
        for file in sorted((self.root / "site").rglob("*.html"))[:1]:
            file.unlink()

    def repair(self) -> None:
        """Remove mistakes that stop the build: wrong files, and translations or references of files that no longer exist."""
        (self.root / "content/partners/wrong.yml").unlink(missing_ok=True)
        for file in [*(self.root / "content/partners").glob("*.*.yml"), *(self.root / "content/spotlights").glob("*.md")]:
            file.unlink()
        for name in self._partners():
            self._write_partner(name, alone=True)

    def _partners(self) -> list[str]:
        return sorted(file.stem for file in (self.root / "content/partners").glob("*.yml") if "." not in file.stem)

    def _choose(self, names: list[str]) -> str:
        return self.rng.choice(names) if names else ""

    def _remove(self, names: list[str]) -> None:
        if len(names) > 1:
            for file in (self.root / "content/partners").glob(f"{self._choose(names)}.*"):
                file.unlink()

    def _write_partner(self, name: str, alone: bool = False) -> None:
        rng = self.rng
        referral = self._choose([slug for slug in self._partners() if slug != name])
        text = _PARTNER.format(
            name=name.title(),
            number=self.number,
            kind=rng.randrange(5),
            phone=rng.randrange(10, 99),
            month=rng.randrange(1, 9),
            spoken=rng.choice(["es", "vi"]),
            status=rng.choice(["active", "active", "draft", "closed"]),
            town=rng.choice(["Northtown", "Southtown"]),
            type=rng.choice(["food", "health"]),
        )
        if referral and not alone and rng.random() < 0.3:
            text += f"partnership: {{visibility: public, refers: {{to: [{referral}]}}}}\n"
        make.write(self.root, f"content/partners/{name}.yml", text)


def use_few_words() -> None:
    """Use the words of two languages instead of twenty in this process: search is not tested here."""
    lexicon.built_in_languages = lambda: ("ht",)  # type: ignore[assignment]
    words_of_two = word_table._compile()
    word_table._built_in = lambda: words_of_two  # type: ignore[assignment]


def try_edits(seed: int, steps: int, folder: Path | None = None) -> tuple[list[str], list[str]]:
    """Return the edits of a sequence, and the files of the site that differ from those of a build from scratch.

    In every other sequence, the pages that ``serve`` shows are compared as well.
    """
    with tempfile.TemporaryDirectory(dir=folder) as work_dir:
        edits = Edits(Path(work_dir) / "guide", random.Random(seed))  # noqa: S311  # not for secrets
        site, clean_site, edit_names = edits.root / "site", Path(work_dir) / "fresh/site", list[str]()
        preview = Preview(edits.root, "") if seed % 2 else None
        for _ in range(steps):
            edit_names += [edits.change() for _ in range(edits.rng.choice([1, 1, 1, 2]))]
            if preview:
                preview.refresh()
            before = tree(site)
            if not try_build(edits.root, site):
                if tree(site) != before:
                    return edit_names, ["a failed build changed the site"]
                edits.repair()
        if not try_build(edits.root, site):
            edits.repair()
            try_build(edits.root, site)
        try_build(edits.root, clean_site)
        return edit_names, [*find_differences(tree(site), tree(clean_site)), *(find_outdated(preview) if preview else ())]


def find_differences(files: dict[str, bytes], expected: dict[str, bytes]) -> list[str]:
    """Return the sorted names of the files that are missing, too many or different."""
    return sorted(name for name in files.keys() | expected.keys() if files.get(name) != expected.get(name))


def find_outdated(preview: Preview) -> list[str]:
    """Return the files of a preview that differ from those of a build from scratch."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "out/site"
        options = pipeline.BuildOptions(cache=Path(folder) / "cache", select=visibility.select_preview)
        pipeline.build(preview.root, site, options)
        expected = {name: content for name, content in tree(site).items() if name != MARKER and "offline.json" not in name}
        return find_differences({name: preview.read(name) for name in expected}, expected)


def try_build(root: Path, out: Path) -> bool:
    """Build the guide; return whether that succeeded."""
    try:
        pipeline.build(root, out)
    except ContentError:
        return False
    return True


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, and the empty folders."""
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    folders = (subfolder for subfolder in folder.rglob("*") if subfolder.is_dir() and not any(subfolder.iterdir()))
    return files | {f"{subfolder.relative_to(folder).as_posix()}/": b"" for subfolder in folders}
