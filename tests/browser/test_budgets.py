"""What a reader's phone has to fetch, gzipped as hosts send it, measured on the wire. The budgets are those of the design."""

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
SCRIPTS = 20 * KB
SEARCH = 9 * KB


@dataclass(frozen=True)
class Weight:
    """Bytes that came over the wire for one page, with the headers."""

    document: int
    style: int
    other: int

    def excess(self) -> list[str]:
        """Which budget of a profile is not kept."""
        sums = {
            "with style": (self.document + self.style, WITH_STYLE),
            "in all": (self.document + self.style + self.other, WITH_EVERYTHING),
        }
        return [f"{name}: {size} bytes, not {most}" for name, (size, most) in sums.items() if size > most]


def weight(chromium: Browser, address: str) -> Weight:
    context = chromium.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes = {"Document": 0, "Stylesheet": 0, "Other": 0}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def finished(event: dict[str, object]) -> None:
        kind = kinds.get(str(event["requestId"]), "Other")
        sizes[kind if kind in sizes else "Other"] += int(str(event["encodedDataLength"]).split(".")[0])

    session.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    context.close()
    return Weight(sizes["Document"], sizes["Stylesheet"], sizes["Other"])


def zipped(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def heaviest(site: Path, language: str) -> str:
    """The path of the largest profile."""
    pages = (site / language / "partners").glob("*/index.html")
    return max(pages, key=zipped).relative_to(site).as_posix()


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[str]:
    with serving(site, zipping=True) as served:
        yield served.address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heaviest_profile_is_light(chromium: Browser, site: Path, hosted: str, language: str) -> None:
    found = weight(chromium, hosted + heaviest(site, language))

    assert found.style > KB
    assert found.other > KB
    assert found.excess() == []


def test_a_heavy_picture_is_found(chromium: Browser, site: Path, tmp_path: Path) -> None:
    page = "en/partners/riverbend-adult-school/index.html"
    for part in ("static", "en/partners/riverbend-adult-school"):
        shutil.copytree(site / part, tmp_path / part)
    (tmp_path / "static" / "heavy.svg").write_bytes(secrets.token_bytes(WITH_EVERYTHING))
    text = (tmp_path / page).read_text(encoding="utf-8")
    (tmp_path / page).write_text(text.replace("</main>", '<img src="../../../static/heavy.svg" alt=""></main>'), encoding="utf-8")

    with serving(tmp_path, zipping=True) as served:
        found = weight(chromium, served.address + page)

    assert len(found.excess()) == 1


def test_style_and_scripts_are_light(site: Path) -> None:
    """No page fetches ``single-file.js``, which is embedded in the guide in one file, or ``sw-unregister.js``."""
    scripts = [file for file in site.rglob("*.js") if file.name not in ("single-file.js", "sw-unregister.js")]
    search = [file for file in scripts if file.parent.name == "search" and not file.name.startswith("page.")]

    assert zipped(*site.rglob("*.css")) <= STYLE
    assert zipped(*search) <= SEARCH
    assert zipped(*scripts) <= SCRIPTS
