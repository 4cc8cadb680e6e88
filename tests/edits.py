"""Random edits of a small guide, as people, tools and clocks make them, each sequence against a build from nothing."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from guidegen.build import pipeline
from guidegen.model.problems import ContentError
from guidegen.search import lexicon, table
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
    """A guide in a folder, and one random change after the other."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.chance = chance
        self.number = 0
        make.write(root, "guide.yml", _GUIDE.format(number=0, languages="en, es, ar"))
        make.write(root, "content/services.yml", _TYPES.format(number=0))
        for name in NAMES[:2]:
            self._partner(name)

    def change(self) -> str:
        """One edit; its name."""
        self.number += 1
        kinds: list[Callable[[], None]] = [
            self.edit_partner, self.edit_partner, self.add_partner, self.delete_partner, self.rename_partner, self.translate,
            self.delete_translation, self.article, self.delete_article, self.rename_type, self.guide, self.template,
            self.no_template, self.catalog, self.style, self.touch, self.same_size, self.clock_back, self.damage_state,
            self.delete_state, self.mistake, self.kill_spare, self.lose_page,
        ]  # fmt: skip
        kind = self.chance.choice(kinds)
        kind()
        return kind.__name__

    def edit_partner(self) -> None:
        self._partner(self._some(self._partners()) or NAMES[0])

    def add_partner(self) -> None:
        self._partner(self.chance.choice(NAMES))

    def delete_partner(self) -> None:
        self._remove(self._partners())

    def rename_partner(self) -> None:
        files = self._partners()
        if files:
            file = self.root / f"content/partners/{files[0]}.yml"
            lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("was:")]
            file.write_text("\n".join([*lines, *self.chance.choice([[], [f"was: [{files[0]}]"]]), ""]), encoding="utf-8")
            file.rename(self.root / f"content/partners/renamed-{self.number % 3}.yml")

    def translate(self) -> None:
        name = self._some(self._partners())
        if name:
            language = self.chance.choice(LANGUAGES)
            make.write(self.root, f"content/partners/{name}.{language}.yml", f"summary: Resumen {self.number}\n")

    def delete_translation(self) -> None:
        files = sorted((self.root / "content/partners").glob("*.*.yml"))
        if files:
            self.chance.choice(files).unlink()

    def article(self) -> None:
        name = self._some(self._partners()) or NAMES[0]
        text = _ARTICLE.format(name=name, number=self.number, day=1 + self.number % 9)
        make.write(self.root, f"content/spotlights/story-{self.number % 3}.md", text)

    def delete_article(self) -> None:
        files = sorted((self.root / "content/spotlights").glob("*.md"))
        if files:
            self.chance.choice(files).unlink()

    def rename_type(self) -> None:
        types = _TYPES.format(number=self.number)
        renamed = types.replace("- id: food", "- id: meals\n    was: [food]")
        make.write(self.root, "content/services.yml", self.chance.choice([types, renamed]))

    def guide(self) -> None:
        languages = self.chance.choice(["en, es, ar", "en, es", "en, ar, zh-Hans"])
        make.write(self.root, "guide.yml", _GUIDE.format(number=self.number % 4, languages=languages))

    def template(self) -> None:
        text = f"{{% extends '!base/base.html' %}}\n{{% block main %}}<p>{self.number}</p>{{% endblock %}}\n"
        make.write(self.root, f"templates/{self.chance.choice(['text.html', 'areas.html'])}", text)

    def no_template(self) -> None:
        shutil.rmtree(self.root / "templates", ignore_errors=True)

    def catalog(self) -> None:
        language = self.chance.choice(LANGUAGES)
        make.write(self.root, f"locales/{language}.po", _CATALOG.format(number=self.number))

    def style(self) -> None:
        make.write(self.root, "static/css/site.css", f"p {{ margin: {self.number}px }}\n")

    def touch(self) -> None:
        for file in (self.root / "content").rglob("*.yml"):
            os.utime(file)

    def same_size(self) -> None:
        """An edit that changes neither the size nor the time that the file says it was written at."""
        files = sorted((self.root / "content/partners").glob("*.yml"))
        if files:
            file = self.chance.choice(files)
            status, text = file.stat(), file.read_text(encoding="utf-8")
            file.write_text(text.replace("Help", "Hand") if "Help" in text else text.replace("Hand", "Help"), encoding="utf-8")
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))

    def clock_back(self) -> None:
        self.edit_partner()
        for file in (self.root / "content/partners").glob("*.yml"):
            os.utime(file, (1_000_000_000 + self.number % 2, 1_000_000_000 + self.number % 2))

    def damage_state(self) -> None:
        for file in (one for one in (self.root / ".guidegen/site").glob("*") if one.is_file()):
            raw = bytearray(file.read_bytes())
            for _ in range(self.chance.randrange(1, 4)):
                raw[self.chance.randrange(len(raw))] ^= 1 << self.chance.randrange(8)
            file.write_bytes(raw[: self.chance.choice([len(raw), len(raw) // 2])])

    def delete_state(self) -> None:
        shutil.rmtree(self.root / ".guidegen/site", ignore_errors=True)

    def mistake(self) -> None:
        make.write(self.root, "content/partners/wrong.yml", "name: [\n")

    def kill_spare(self) -> None:
        shutil.rmtree(self.root / ".guidegen/site/stage", ignore_errors=True)

    def lose_page(self) -> None:
        """Only what a build is about to look at anyway: a site is not searched for files that somebody took away."""
        self.kill_spare()
        self.edit_partner()
        for file in sorted((self.root / "site").rglob("*.html"))[:1]:
            file.unlink()

    def mend(self) -> None:
        """Takes away what keeps the guide from being built: files that are wrong, or translate what is not there any more."""
        (self.root / "content/partners/wrong.yml").unlink(missing_ok=True)
        for file in [*(self.root / "content/partners").glob("*.*.yml"), *(self.root / "content/spotlights").glob("*.md")]:
            file.unlink()
        for name in self._partners():
            self._partner(name, alone=True)

    def _partners(self) -> list[str]:
        return sorted(file.stem for file in (self.root / "content/partners").glob("*.yml") if "." not in file.stem)

    def _some(self, names: list[str]) -> str:
        return self.chance.choice(names) if names else ""

    def _remove(self, names: list[str]) -> None:
        if len(names) > 1:
            for file in (self.root / "content/partners").glob(f"{self._some(names)}.*"):
                file.unlink()

    def _partner(self, name: str, alone: bool = False) -> None:
        chance = self.chance
        referred = self._some([one for one in self._partners() if one != name])
        text = _PARTNER.format(
            name=name.title(),
            number=self.number,
            kind=chance.randrange(5),
            phone=chance.randrange(10, 99),
            month=chance.randrange(1, 9),
            spoken=chance.choice(["es", "vi"]),
            status=chance.choice(["active", "active", "draft", "closed"]),
            town=chance.choice(["Northtown", "Southtown"]),
            type=chance.choice(["food", "health"]),
        )
        if referred and not alone and chance.random() < 0.3:
            text += f"partnership: {{visibility: public, refers: {{to: [{referred}]}}}}\n"
        make.write(self.root, f"content/partners/{name}.yml", text)


def few_words() -> None:
    """Two languages of words in place of twenty, in this process: what they say is not what is tried here."""
    lexicon.built_in_languages = lambda: ("ht",)  # type: ignore[assignment]
    few = table._compile()
    table._built_in = lambda: few  # type: ignore[assignment]


def tried(seed: int, steps: int, folder: Path | None = None) -> tuple[list[str], list[str]]:
    """The edits of a sequence, and the files of the site that differ from those of a build from nothing.

    Every other sequence is built as ``serve`` does, with the values at hand that were read before.
    """
    opened: dict[bytes, object] | None = {} if seed % 2 else None
    with tempfile.TemporaryDirectory(dir=folder) as made:
        edits = Edits(Path(made) / "guide", random.Random(seed))  # noqa: S311  # not for secrets
        site, fresh, done = edits.root / "site", Path(made) / "fresh/site", list[str]()
        for _ in range(steps):
            done += [edits.change() for _ in range(edits.chance.choice([1, 1, 1, 2]))]
            before = tree(site)
            if not built(edits.root, site, opened):
                if tree(site) != before:
                    return done, ["a failed build changed the site"]
                edits.mend()
        if not built(edits.root, site, opened):
            edits.mend()
            built(edits.root, site, opened)
        built(edits.root, fresh)
        found, expected = tree(site), tree(fresh)
        return done, sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def built(root: Path, out: Path, opened: dict[bytes, object] | None = None) -> bool:
    """Whether the guide could be built."""
    try:
        pipeline.build(root, out, pipeline.Options(opened=opened))
    except ContentError:
        return False
    return True


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and the empty folders."""
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    folders = (one for one in folder.rglob("*") if one.is_dir() and not any(one.iterdir()))
    return files | {f"{one.relative_to(folder).as_posix()}/": b"" for one in folders}
