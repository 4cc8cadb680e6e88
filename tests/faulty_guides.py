"""Guides with faults planted: in their bytes, their keys and values, and in the names of their files."""

import random
import re
from collections.abc import Callable

from bench.fuzz.seeds import changed
from bench.mistakes.mutate import faults
from hypothesis import strategies as st

from tests.guides import Files, guides

_NAMES = (
    "content/partners/Ünïcode.yml", "content/partners/a b.yml", "content/partners/con.yml", f"content/partners/{'x' * 61}.yml", "content/partners/.yml",
    "content/partners/food-bank.xx.yml", "content/partners/food-bank.es.es.yml", "content/partners/nobody.es.yml", "content/partners/a\nb.yml",
    "content/partners/x.yaml", "content/partners/folder/x.yml", "content/partners/b\udcff.yml", "content/partner/x.yml", "content/spotlights/story.yml",
    "content/spotlights/FOOD.md", "content/images/ü.png", "content/images/\udcfe.png", "content/\u202e.yml", "guide.yaml", "locales/es.po", "static/x\n.css",
)  # fmt: skip
_VALUES = (
    "", "[]", "{}", "[[]]", "- x", "null", "~", "yes", "-1", "9" * 5_000, "1e999", "2026-99-99", "0000-00-00", "99:99", "🎉", "&a x", "*a", "!!str x", "|", ">",
    "'", '"\\uD800"', '"\\0"', "@", "x: y", "# x", "x #y", "\t", "\u2028", "W" * 6_001, "[a, a, a]", "{a: {b: {c: d}}}", "../../x", "javascript:x", "[" * 40,
)  # fmt: skip

Fault = Callable[[Files, random.Random], Files]


def _other_bytes(files: Files, luck: random.Random) -> Files:
    name = _some_text(files, luck)
    return files | {name: changed(files[name], [*files.values()], luck)}


def _mistake(files: Files, luck: random.Random) -> Files:
    """One that editors make, where the file has a place for it."""
    name = _some_text(files, luck)
    planted = [fault.text for fault in faults(name, files[name].decode(errors="replace"), luck)]
    return files | {name: luck.choice(planted).encode()} if planted else files


def _other_value(files: Files, luck: random.Random) -> Files:
    name = _some_text(files, luck)
    places = [*re.finditer(rb"(?<=: )[^\n,\[{]+", files[name])]
    if not places:
        return files
    start, end = luck.choice(places).span()
    return files | {name: files[name][:start] + luck.choice(_VALUES).encode() + files[name][end:]}


def _other_key(files: Files, luck: random.Random) -> Files:
    name = _some_text(files, luck)
    names = re.findall(rb"\b([a-z_]+): ", b"\n".join(files.values())) or [b"x"]
    return files | {name: re.sub(rb"\b[a-z_]+(?=: )", luck.choice(names), files[name], count=luck.randrange(1, 4))}


def _other_encoding(files: Files, luck: random.Random) -> Files:
    name = _some_text(files, luck)
    text = files[name].decode(errors="replace")
    ways = (
        text.encode("utf-16"),
        text.encode("cp1252", "replace"),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        b"",
        b"\0",
        b"# x",
    )
    return files | {name: luck.choice(ways)}


def _deep(files: Files, luck: random.Random) -> Files:
    name = _some_text(files, luck)
    return files | {
        name: files[name]
        + luck.choice(("x: " + "[" * 900, "x: " + "{a: " * 30, "- " * 40, "".join(f"{' ' * n}a:\n" for n in range(30)))).encode()
    }


def _odd_name(files: Files, luck: random.Random) -> Files:
    return files | {luck.choice(_NAMES): files[_some_text(files, luck)]}


def _lost(files: Files, luck: random.Random) -> Files:
    return {name: content for name, content in files.items() if name != luck.choice(sorted(files)[:-1])}


def _some_text(files: Files, luck: random.Random) -> str:
    return luck.choice(sorted(name for name in files if name.endswith((".yml", ".md"))))


FAULTS: tuple[Fault, ...] = (_other_bytes, _mistake, _other_value, _other_key, _other_encoding, _deep, _odd_name, _lost)


@st.composite
def faulty_guides(draw: st.DrawFn) -> Files:
    """The files of a guide with one to three faults. Some faults do no harm."""
    files = draw(guides())
    luck = draw(st.randoms(use_true_random=False))
    for fault in draw(st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)):
        files = fault(files, luck)
    return files
