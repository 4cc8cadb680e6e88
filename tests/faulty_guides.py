"""Guides with planted faults: in their bytes, keys and values, and in the names of their files."""

import random
import re
from collections.abc import Callable

from bench.fuzz.seeds import mutate
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


def _change_bytes(files: Files, rng: random.Random) -> Files:
    name = _choose_text_file(files, rng)
    return files | {name: mutate(files[name], [*files.values()], rng)}


def _plant_mistake(files: Files, rng: random.Random) -> Files:
    """Plant a mistake that editors make, if the file offers a place for it."""
    name = _choose_text_file(files, rng)
    planted = [fault.text for fault in faults(name, files[name].decode(errors="replace"), rng)]
    return files | {name: rng.choice(planted).encode()} if planted else files


def _replace_value(files: Files, rng: random.Random) -> Files:
    name = _choose_text_file(files, rng)
    places = [*re.finditer(rb"(?<=: )[^\n,\[{]+", files[name])]
    if not places:
        return files
    start, end = rng.choice(places).span()
    return files | {name: files[name][:start] + rng.choice(_VALUES).encode() + files[name][end:]}


def _replace_key(files: Files, rng: random.Random) -> Files:
    name = _choose_text_file(files, rng)
    names = re.findall(rb"\b([a-z_]+): ", b"\n".join(files.values())) or [b"x"]
    return files | {name: re.sub(rb"\b[a-z_]+(?=: )", rng.choice(names), files[name], count=rng.randrange(1, 4))}


def _change_encoding(files: Files, rng: random.Random) -> Files:
    name = _choose_text_file(files, rng)
    text = files[name].decode(errors="replace")
    encodings = (
        text.encode("utf-16"),
        text.encode("cp1252", "replace"),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        b"",
        b"\0",
        b"# x",
    )
    return files | {name: rng.choice(encodings)}


def _nest_deeply(files: Files, rng: random.Random) -> Files:
    name = _choose_text_file(files, rng)
    return files | {
        name: files[name]
        + rng.choice(("x: " + "[" * 900, "x: " + "{a: " * 30, "- " * 40, "".join(f"{' ' * n}a:\n" for n in range(30)))).encode()
    }


def _add_odd_name(files: Files, rng: random.Random) -> Files:
    return files | {rng.choice(_NAMES): files[_choose_text_file(files, rng)]}


def _lose_file(files: Files, rng: random.Random) -> Files:
    return {name: content for name, content in files.items() if name != rng.choice(sorted(files)[:-1])}


def _choose_text_file(files: Files, rng: random.Random) -> str:
    return rng.choice(sorted(name for name in files if name.endswith((".yml", ".md"))))


FAULTS: tuple[Fault, ...] = (
    _change_bytes,
    _plant_mistake,
    _replace_value,
    _replace_key,
    _change_encoding,
    _nest_deeply,
    _add_odd_name,
    _lose_file,
)


@st.composite
def faulty_guides(draw: st.DrawFn) -> Files:
    """Return the files of a guide with one to three faults. Some faults do no harm."""
    files = draw(guides())
    rng = draw(st.randoms(use_true_random=False))
    for fault in draw(st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3)):
        files = fault(files, rng)
    return files
