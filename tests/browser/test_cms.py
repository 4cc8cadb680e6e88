"""The web editor: Decap CMS in a browser, with its local backend server."""

import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, expect

from guidegen.cli import main
from tests import ROOT, make
from tests.browser.test_serve import free_port, serving

DECAP_SERVER = ROOT / ".tools/node_modules/decap-server/dist/index.js"
PROFILE = "dental-van"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the npm package of the editor, which is downloaded once."""
    if shutil.which("npm") is None or not DECAP_SERVER.exists():
        if os.environ.get("CI"):
            pytest.fail("there is no npm or no decap-server; scripts/test installs them")
        pytest.skip("there is no npm or no decap-server; scripts/test installs them")
    from guidegen.editing.cms.writing import EDITORS, download_package

    return download_package(EDITORS["decap"], tmp_path_factory.mktemp("npm"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Path:
    """Return a guide with a full profile of the sample guide, one of its translations, an article and the editor."""
    names = ["guide.yml", "content/services.yml", f"content/partners/{PROFILE}.yml", f"content/partners/{PROFILE}.es.yml"]
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    files: dict[str, str | bytes] = {name: re.sub(r"\n  refers:.*|\npart_of:.*", "", text) for name, text in texts.items()}
    article = "---\ntitle: One door # the first\ndate: 2026-09-14\nauthors: [Ana]\n---\nA door.\n"
    root = make.folder(tmp_path_factory.mktemp("cms"), {**files, "content/spotlights/one-door.md": article})
    (root / "content/partners/food-bank.yml").unlink()
    command = ["cms", "--root", str(root), "--backend", "github", "--repo", "a/b", "--package", str(package)]
    assert main(command) == 0
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Serve the guide and start the local backend server of the editor, which always asks port 8081."""
    environment = {**os.environ, "PORT": "8081", "BIND_HOST": "127.0.0.1"}
    with serving(root, free_port()) as (address, _), FileLock(Path(tempfile.gettempdir()) / "guidegen-decap-server.lock"):
        devnull = subprocess.DEVNULL
        backend = subprocess.Popen(["node", str(DECAP_SERVER)], cwd=root, env=environment, stdout=devnull, stderr=devnull)
        try:
            _wait_for("http://127.0.0.1:8081/api/v1")
            yield address
        finally:
            backend.terminate()
            backend.wait()


@pytest.fixture
def editor(address: str, chromium: Browser) -> Iterator[Page]:
    """Yield the editor, signed in, and check that it sends requests only to this computer."""
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)  # on a busy machine a click has waited 30 s
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"{address}admin/")
    page.get_by_role("button", name="Login").click()
    yield page
    page.close()
    assert [url for url in requested if not url.startswith((address, "http://localhost:8081/", "blob:", "data:"))] == []


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address)  # noqa: S310  # our own server
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")


def publish(page: Page, file: Path) -> str:
    """Publish the form, and return the text of the written file."""
    before = file.stat().st_mtime_ns if file.exists() else 0
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Publish now").click()
    text, unchanged = "", 0
    for _ in range(600):
        previous, text = text, file.read_text(encoding="utf-8") if file.exists() and file.stat().st_mtime_ns != before else ""
        unchanged = unchanged + 1 if text and text == previous else 0
        if unchanged == 10:  # for a second: the server empties a file and then writes it, in parts
            break
        time.sleep(0.1)
    assert text, f"{file.name} was not written; the editor shows: {page.locator('body').inner_text()}"
    return text


def test_saving_a_profile_changes_only_the_edited_values(editor: Page, root: Path) -> None:
    file = root / f"content/partners/{PROFILE}.yml"
    before = file.read_text(encoding="utf-8").split("\n")
    editor.get_by_text("Dental Van").click()
    editor.locator("[id^=summary-field]").first.fill("A van that stops near you: in three towns.")
    number = editor.locator("[id^=number-field]").first
    number.evaluate("field => field.closest('[class*=SortableListItem]').querySelector('button').click()")  # opens the phone
    number.fill("(555) 555-0177")

    after = publish(editor, file).split("\n")

    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (before[3], 'summary: "A van that stops near you: in three towns."'),
        (before[10], before[10].replace("0138", "0177")),
    ]


def test_saving_a_translation_and_an_article_keeps_everything_else(editor: Page, root: Path) -> None:
    file = root / f"content/partners/{PROFILE}.es.yml"
    before = file.read_text(encoding="utf-8").split("\n")
    editor.get_by_test_id("translations").click()
    editor.get_by_text(f"{PROFILE}.es").click()
    editor.locator("[id^=plain_name-field]").fill("Dentista con ruedas")

    after = publish(editor, file).split("\n")
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (before[0], "plain_name: Dentista con ruedas")
    ]

    page = root / "content/spotlights/one-door.md"
    editor.goto(re.sub("#.*", "#/collections/spotlights", editor.url))
    editor.get_by_text("One door", exact=True).click()
    editor.locator("[id^=title-field]").fill("One open door")
    assert publish(editor, page) == "---\ntitle: One open door # the first\ndate: 2026-09-14\nauthors: [Ana]\n---\nA door.\n"
    assert main(["check", "--root", str(root)]) == 0


def test_a_new_profile_passes_the_check(editor: Page, root: Path) -> None:
    editor.get_by_role("link", name="partner", exact=False).filter(has_text="partner").last.click()
    editor.locator("[id^=name-field]").first.fill("Hill Street Pantry")
    editor.locator("[id^=summary-field]").first.fill("Free groceries on Fridays.")
    editor.locator("[id^=email-field]").first.fill("hello@hill-street.example.org")

    text = publish(editor, root / "content/partners/hill-street-pantry.yml")

    lines = {"name: Hill Street Pantry", "summary: Free groceries on Fridays.", "email: hello@hill-street.example.org"}
    assert set(text.splitlines()) == {*lines, "status: draft"}
    assert main(["check", "--root", str(root)]) == 0


def test_a_translation_of_an_article_is_started_and_saved_without_keys_of_the_source(editor: Page, root: Path) -> None:
    editor.goto(re.sub("#.*", "#/collections/spotlights-translations/new", editor.url))
    editor.locator("[id^=of-field]").first.click()
    editor.keyboard.type("One")
    editor.get_by_role("option").filter(has_text="door").first.click()
    editor.locator("[id^=into-field]").first.click()
    editor.get_by_role("option").filter(has_text="(zh-Hans)").click()
    editor.locator("[id^=title-field]").fill("一扇门")
    editor.locator("[data-slate-editor]").first.click()
    editor.keyboard.type("一扇门。")

    text = publish(editor, root / "content/spotlights/one-door.zh-hans.md")

    assert text.split("---") == ["", "\ntitle: 一扇门\n", "\n一扇门。\n"]
    assert main(["check", "--root", str(root)]) == 0
    editor.goto(re.sub("#.*", "#/collections/spotlights-translations/entries/one-door.zh-hans", editor.url))
    editor.locator("[id^=title-field]").fill("一扇开着的门")
    assert publish(editor, root / "content/spotlights/one-door.zh-hans.md").startswith("---\ntitle: 一扇开着的门\n---\n")


def test_closed_rows_say_what_is_in_them(editor: Page) -> None:
    editor.get_by_text("Dental Van").click()
    editor.locator("[id^=name-field]").first.wait_for()

    text = editor.locator("body").inner_text()
    assert re.search(r"^\(555\) 555-01", text, re.MULTILINE)  # another test changes the rest
    assert not re.search(r"^No (?:days|free|number|code|key)$", text, re.IGNORECASE | re.MULTILINE)


def test_the_form_reports_mistakes_before_saving(editor: Page) -> None:
    editor.get_by_text("Dental Van").click()
    editor.locator("[id^=website-field]").first.fill("dental-van")
    editor.get_by_role("button", name="Publish", exact=True).click()
    editor.get_by_text("Publish now").click()

    expect(editor.get_by_text("Write a full address such as").first).to_be_visible(timeout=120_000)
