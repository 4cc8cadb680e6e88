"""Old addresses in a browser: on a plain file server, on a host that redirects, and from a disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from guidegen.build import pipeline
from tests.browser.conftest import Served, serving
from tests.browser.test_offline import save_copy
from tests.content.checks.test_renames import CLOSED, MOVED, renamed

pytestmark = pytest.mark.browser
BOOKMARKS = "guidegen /our/guide/ list"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the guide below a folder of a host."""
    root = renamed(tmp_path_factory.mktemp("guide"), {"content/partners/closed.yml": CLOSED + "replaced_by: food-bank\n"})
    host = tmp_path_factory.mktemp("host")
    (host / "our").mkdir()
    pipeline.build(root, host / "our/guide")
    return host


@pytest.fixture
def served(host: Path) -> Iterator[Served]:
    with serving(host) as server:
        yield server


@pytest.fixture
def redirected(host: Path) -> Iterator[Served]:
    """Serve the guide from a host that follows ``_redirects``."""
    rules = (line.split() for line in (host / "our/guide/_redirects").read_text(encoding="utf-8").splitlines())
    with serving(host, moved={old: new for old, new, _ in rules}) as server:
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


def leads_to(page: Page, address: str, new: str) -> bool:
    """Return whether an address leads to the page at the new path, in the right language."""
    page.goto(address)
    page.wait_for_url(lambda url: new in url.removesuffix("index.html"), timeout=30_000)
    page.wait_for_load_state()
    return page.locator("h1").count() == 1 and page.get_attribute("html", "lang") == new.partition("/")[0]


@pytest.mark.parametrize("ending", ["", "index.html", "#s-pantry"])
def test_every_old_address_leads_to_the_new_one_without_scripts(chromium: Browser, served: Served, ending: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()

    assert [old for old, new in MOVED if not leads_to(page, f"{served.address}our/guide/{old}{ending}", new)] == []
    assert [old for old, new in MOVED if not leads_to(page, f"{served.address}our/guide/{old.rstrip('/')}", new)] == []
    context.close()


def test_every_old_address_works_from_a_disk(context: BrowserContext, host: Path) -> None:
    page = context.new_page()

    assert [old for old, new in MOVED if not leads_to(page, (host / "our/guide" / old / "index.html").as_uri(), new)] == []


def test_every_old_address_works_where_the_host_redirects(context: BrowserContext, redirected: Served) -> None:
    page = context.new_page()

    assert [old for old, new in MOVED if not leads_to(page, f"{redirected.address}our/guide/{old}", new)] == []


def test_a_redirect_page_obeys_the_policy_and_does_not_trap_the_back_button(context: BrowserContext, served: Served) -> None:
    page, console = context.new_page(), list[str]()
    page.on("console", lambda message: console.append(message.text))
    page.goto(f"{served.address}our/guide/en/services/")

    assert leads_to(page, f"{served.address}our/guide/en/partners/food-bank/", "en/partners/pantry/")
    page.go_back()
    assert page.url == f"{served.address}our/guide/en/services/"
    assert console == []


@pytest.mark.parametrize("host_fixture", ["served", "redirected"])
def test_a_bookmark_with_an_old_name_is_found(context: BrowserContext, request: pytest.FixtureRequest, host_fixture: str) -> None:
    guide = f"{request.getfixturevalue(host_fixture).address}our/guide/"
    page = context.new_page()
    page.goto(f"{guide}en/")
    page.evaluate(f"localStorage.setItem('{BOOKMARKS}', JSON.stringify(['food-shelf', 'closed', 'food-bank', 'not-there']))")
    page.goto(f"{guide}es/my-list/")
    page.locator("#my-list[aria-busy=false]").wait_for(state="attached")

    assert page.locator("#my-list .card-title").all_inner_texts() == ["Food Bank", "Closed Pantry", "not-there"]
    assert "(555) 555-0114" in page.locator("#my-list .card").first.inner_text()
    assert page.evaluate(f"JSON.parse(localStorage.getItem('{BOOKMARKS}'))") == ["pantry", "closed", "not-there"]
    page.locator("#my-list .status a").click()
    page.wait_for_url("**/es/partners/pantry/index.html")


def test_a_shared_list_with_an_old_name_shows_the_partner(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"{served.address}our/guide/en/my-list/#p=food-bank,pantry")
    page.locator("#my-list[aria-busy=false]").wait_for(state="attached")

    assert page.locator("#my-list .card-title").all_inner_texts() == ["Food Bank"]
    assert page.evaluate("localStorage.length") == 0
    page.locator("#list-tools button").last.click()
    page.wait_for_function("localStorage.length === 1")
    assert page.evaluate(f"localStorage.getItem('{BOOKMARKS}')") == '["pantry"]'


def test_the_bookmark_button_recognizes_an_old_name(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"{served.address}our/guide/en/")
    page.evaluate(f"localStorage.setItem('{BOOKMARKS}', '[\"food-bank\"]')")
    page.goto(f"{served.address}our/guide/en/partners/pantry/")

    button = page.locator("[data-slug] button")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert page.evaluate(f"localStorage.getItem('{BOOKMARKS}')") is None


@pytest.mark.parametrize("host_fixture", ["served", "redirected"])
def test_old_addresses_work_in_an_offline_copy(
    context: BrowserContext, request: pytest.FixtureRequest, host_fixture: str
) -> None:
    served: Served = request.getfixturevalue(host_fixture)
    page = context.new_page()
    save_copy(page, f"{served.address}our/guide/")
    page.goto(f"{served.address}our/guide/en/")
    served.stop()
    page.goto(f"{served.address}our/guide/en/partners/food-bank/")

    page.get_by_role("heading", name="Food Bank", level=1).wait_for()
