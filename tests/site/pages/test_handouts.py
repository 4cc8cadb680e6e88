"""A handout: the best match comes first, and the sheet says how many organizations it leaves out."""

import re
from pathlib import Path

import pytest

from guidegen.build import pipeline
from tests import make

FIT = {
    "b-main": ("", "[food]", "2026-01-01", ""),
    "a-older": ("", "[food]", "2025-01-01", ""),
    "c-other": ("  - {key: x, types: [english], name: X}\n", "[food]", "2026-11-01", ""),
    "d-group": ("", "[food]", "2026-11-01", "    who: {groups: [veterans]}\n"),
    "e-town": ("", "[food]", "2026-11-01", "    must_live_in: {names: [Elsewhere]}\n"),
    "f-phone": ("", "[food]", "2026-11-01", "    attend: [phone]\n"),
}


def profile(name: str, before: str, types: str, day: str, more: str) -> str:
    place = "" if "attend" in more else f"locations: [{{key: a, address: {{line1: 1 Elm Street, city: {name.title()}ville}}}}]\n"
    return (
        f"name: {name}\nsummary: B\nphones: [{{number: (555) 555-0114, note: {name}}}]\nverified: {{date: {day}}}\n{place}"
        f"services:\n{before}  - key: food\n    types: {types}\n    name: Food of {name}\n{more}"
    )


def sheet(tmp_path: Path, profiles: dict[str, str]) -> str:
    root = make.folder(tmp_path, {f"content/partners/{name}.yml": text for name, text in profiles.items()})
    (root / "content/partners/food-bank.yml").unlink()
    pipeline.build(root, root / "site")
    return (root / "site/en/handout/food/index.html").read_text(encoding="utf-8")


def names(page: str, pattern: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", name).strip() for name in re.findall(pattern, page, re.DOTALL)]


@pytest.mark.slow
def test_the_best_match_comes_first(tmp_path: Path) -> None:
    page = sheet(tmp_path, {name: profile(name, *parts) for name, parts in FIT.items()})

    whole = names(page, r"<h2 id=\"entry-[0-9]+\">(.*?)</h2>")
    short = names(page, r"<li><b>(.*?)</b>")

    assert whole == ["b-main", "a-older", "f-phone", "d-group", "e-town", "c-other"][: len(whole)]
    assert len(whole) >= 3
    assert sorted([*whole, *short]) == sorted(FIT)


@pytest.mark.slow
def test_a_full_sheet_says_how_many_organizations_it_leaves_out(tmp_path: Path) -> None:
    parts = ("", "[food]", "2026-01-01", "")
    page = sheet(tmp_path, {f"p{number:03}": profile(f"p{number:03}", *parts) for number in range(90)})

    whole = names(page, r"<h2 id=\"entry-[0-9]+\">(.*?)</h2>")
    short = re.findall(r"<li><b>.*?</li>", page, re.DOTALL)

    assert all("(555) 555-0114" in entry and "ville" in entry for entry in short)
    assert f"{90 - len(whole) - len(short)} more organizations in the guide" in page


@pytest.mark.slow
def test_the_qr_code_is_on_the_first_side_and_facts_keep_their_conditions(tmp_path: Path) -> None:
    more = (
        "    cost: {free: yes, note: Bring a bag}\n    appointment: required\n    must_live_in: {names: [Northtown]}\n"
        '    hours: [{days: [mo], open: "9:00", close: "10:00", note: Not in July}]\n'
    )
    page = sheet(tmp_path, {"one": profile("one", "", "[food]", "2026-01-01", more)})

    assert page.index("sheet-foot") < page.index("sheet-entry")
    for condition in ("Bring a bag", "You need an appointment", "You must live in: ", "Not in July"):
        assert condition in page, condition
