"""Budgets for the bytes that a phone loads, gzipped and measured on the wire."""

import gzip
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import serving
from tests.browser.page_types import LANGUAGES

pytestmark = pytest.mark.browser
KB = 1024
WITH_STYLE = 30 * KB
WITH_EVERYTHING = 45 * KB
STYLE = 10 * KB
SCRIPTS = 22 * KB
SCRIPTS_OF_A_PAGE = {"partners/riverbend-adult-school/": 8 * KB, "services/english/": 7 * KB, "search/#q=food": 15 * KB}
SEARCH = 9 * KB


@dataclass(frozen=True)
class Weight:
    """The bytes on the wire for one page, including headers."""

    document: int
    style: int
    script: int
    other: int

    def excess(self) -> list[str]:
        """Return a message for each budget of a profile that is exceeded."""
        sums = {
            "with style": (self.document + self.style, WITH_STYLE),
            "in all": (self.document + self.style + self.script + self.other, WITH_EVERYTHING),
        }
        return [f"{name}: {size} bytes, more than {limit}" for name, (size, limit) in sums.items() if size > limit]


def weight(chromium: Browser, address: str) -> Weight:
    context = chromium.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes = {"Document": 0, "Stylesheet": 0, "Script": 0, "Other": 0}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def add_size(event: dict[str, object]) -> None:
        kind = kinds.get(str(event["requestId"]), "Other")
        sizes[kind if kind in sizes else "Other"] += int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.loadingFinished", add_size)
    page.goto(address, wait_until="networkidle")
    context.close()
    return Weight(sizes["Document"], sizes["Stylesheet"], sizes["Script"], sizes["Other"])


def zipped(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def heaviest(site: Path, language: str) -> str:
    """Return the path of the largest profile in a language."""
    pages = (site / language / "partners").glob("*/index.html")
    return max(pages, key=zipped).relative_to(site).as_posix()


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[str]:
    with serving(site, zipping=True) as served:
        yield served.address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heaviest_profile_is_within_its_budgets(chromium: Browser, site: Path, hosted: str, language: str) -> None:
    measured = weight(chromium, hosted + heaviest(site, language))

    assert measured.style > KB
    assert measured.script > KB
    assert measured.excess() == []


@pytest.mark.parametrize("path", SCRIPTS_OF_A_PAGE)
def test_a_page_loads_only_the_scripts_that_it_uses(chromium: Browser, hosted: str, path: str) -> None:
    """A reader who asks for distances or a voice loads one file more, under a kilobyte."""
    measured = weight(chromium, f"{hosted}en/{path}")

    assert KB < measured.script <= SCRIPTS_OF_A_PAGE[path]


def test_a_heavy_picture_exceeds_the_budget(chromium: Browser, site: Path, tmp_path: Path) -> None:
    page = "en/partners/riverbend-adult-school/index.html"
    for part in ("static", "en/partners/riverbend-adult-school"):
        shutil.copytree(site / part, tmp_path / part)
    (tmp_path / "static" / "heavy.svg").write_bytes(secrets.token_bytes(WITH_EVERYTHING))
    text = (tmp_path / page).read_text(encoding="utf-8")
    (tmp_path / page).write_text(text.replace("</main>", '<img src="../../../static/heavy.svg" alt=""></main>'), encoding="utf-8")

    with serving(tmp_path, zipping=True) as served:
        measured = weight(chromium, served.address + page)

    assert len(measured.excess()) == 1


def test_styles_and_scripts_are_within_their_budgets(site: Path) -> None:
    """No page loads ``single-file.js``, which is part of the single-file guide, or ``sw-unregister.js``."""
    scripts = [file for file in site.rglob("*.js") if file.name not in ("single-file.js", "sw-unregister.js")]
    search = [file for file in scripts if file.parent.name == "search" and not file.name.startswith("page.")]

    assert zipped(*site.rglob("*.css")) <= STYLE
    assert zipped(*search) <= SEARCH
    assert zipped(*scripts) <= SCRIPTS
