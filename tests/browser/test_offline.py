"""The offline copy that a reader saves, and the single-file guide."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from guidegen.build import pipeline
from tests import make
from tests.browser.conftest import Served, serving

pytestmark = pytest.mark.browser

WORKERS = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
CACHES = "caches.keys()"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def served(site: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve the guide from a folder of a host that can be stopped."""
    (tmp_path / "guide").symlink_to(site)
    with serving(tmp_path) as host:
        yield host


def save_copy(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}{language}/offline/")
    page.locator("#offline-tools button").first.click()
    page.locator("#offline-said time").wait_for(timeout=60_000)


def test_the_page_shows_the_size_and_stores_nothing_before_the_reader_asks(
    context: BrowserContext, served: Served, site: Path
) -> None:
    page = context.new_page()
    page.goto(f"{served.address}guide/en/offline/")
    page.get_by_role("button", name="Save this guide").wait_for()

    manifest = json.loads((site / "en" / "offline.json").read_text(encoding="utf-8"))
    size = sum((site / path).stat().st_size for path in manifest["files"])

    assert f"{size / 1e6:.1f} MB" in page.locator("#offline-said").inner_text()
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(CACHES) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_pages_and_search_work_without_a_network(context: BrowserContext, served: Served, site: Path) -> None:
    page = context.new_page()
    save_copy(page, f"{served.address}guide/")
    served.stop()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    for path in ("", "partners/riverbend-adult-school/", "services/english/index.html#f=lang:vi", "handout/food/", "my-list/"):
        page.goto(f"{served.address}guide/en/{path}")
        assert page.locator("h1").inner_text()
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBlockEndStyle") == "solid"
    page.goto(f"{served.address}guide/en/partners/riverbend-adult-school/")
    page.get_by_text("There is no internet. This copy was saved on").wait_for()
    page.goto(f"{served.address}guide/en/search/#q=my tooth hurts")
    page.locator("#search-results .card").first.wait_for()

    assert "Dental" in page.locator("#search-results").inner_text()
    assert errors == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_a_copy_begins_with_a_notice_with_the_date_in_words(
    context: BrowserContext, site: Path, tmp_path: Path, language: str
) -> None:
    shutil.copytree(site, tmp_path / "guide")
    for file in (tmp_path / "guide").rglob("*"):  # old files, with which the browser's own cache would answer for a while
        os.utime(file, (1_000_000_000, 1_000_000_000))
    start = {"en": "There is no internet. This copy was saved on December 24, 2026; facts", "ar": "لا يوجد إنترنت"}[language]
    pages = json.loads((site / language / "offline.json").read_text(encoding="utf-8"))["files"]
    types = {path.split("/")[1]: path for path in pages if path.endswith("index.html") and path.startswith(f"{language}/")}
    assert len(types) > 15
    with serving(tmp_path) as served:
        page = context.new_page()
        page.clock.install(time="2026-12-24T15:00:00Z")
        save_copy(page, f"{served.address}guide/", language)
        page.goto(f"{served.address}guide/{language}/about/")
        assert page.locator("[role=note]").count() == 0
        served.stop()

        for path in types.values():
            page.goto(f"{served.address}guide/{path}")
            first = page.locator("main > *").first
            assert first.get_attribute("role") == "note", path
            assert first.inner_text().startswith(start), path


def test_a_page_that_was_not_saved_is_replaced_by_one_that_offers_what_was(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    save_copy(page, f"{served.address}guide/")
    save_copy(page, f"{served.address}guide/", "ar")
    served.stop()

    for path, language in (("vi/partners/riverbend-adult-school/", "en"), ("ar/partners/nobody/", "ar"), ("en/guide.html", "en")):
        page.goto(f"{served.address}guide/{path}")
        assert page.url == f"{served.address}guide/{language}/not-saved/index.html"
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("main .buttons a").evaluate_all("links => links.map(link => link.textContent).sort()") == [
            "English",
            "العربية",
        ]
    page.locator("main .buttons a", has_text="العربية").click()
    assert page.locator("html").get_attribute("lang") == "ar"
    assert page.locator("h1").inner_text()


def test_a_slow_network_or_a_failing_host_is_not_taken_for_none(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    """A page that was not saved comes late rather than never; one that was saved comes at once."""
    shutil.copytree(site, tmp_path / "guide")
    with serving(tmp_path, delays={"/guide/vi/about/": 4.0, "/guide/en/about/": 4.0}) as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")

        page.goto(f"{served.address}guide/vi/about/")
        assert page.url == f"{served.address}guide/vi/about/"
        assert page.locator("html").get_attribute("lang") == "vi"
        assert page.locator("[role=note]").count() == 0

        page.goto(f"{served.address}guide/en/about/")
        assert page.locator("[role=note]").count() == 1


def test_copies_of_earlier_versions_and_incomplete_ones_do_no_harm(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    save_copy(page, f"{served.address}guide/")
    page.evaluate(
        """async () => {
          const [name] = await caches.keys(), cache = await caches.open(name), record = new URL('../../saved', location);
          await cache.put(record, new Response(JSON.stringify({date: '2026-01-02'})));
          await (await caches.open(name.replace('en ', 'aa '))).put(new URL('../about/index.html', location), new Response('broken'));
        }"""
    )
    served.stop()

    page.goto(f"{served.address}guide/en/about/")
    assert page.locator("[role=note]").inner_text() == "2026-01-02"
    assert page.locator("h1").inner_text() == "About this guide"


def test_with_a_network_pages_come_from_the_network(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    with serving(tmp_path) as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")
        changed = tmp_path / "guide" / "en" / "about" / "index.html"
        changed.write_text(changed.read_text(encoding="utf-8").replace("About this guide", "A new day"), encoding="utf-8")

        page.goto(f"{served.address}guide/en/about/")

        assert page.locator("h1").inner_text() == "A new day"


def test_an_outdated_copy_has_a_notice_and_can_be_saved_again(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    with serving(tmp_path) as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")
        file = tmp_path / "guide" / "en" / "offline.json"
        file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"version": "later"}), encoding="utf-8")
        page.reload()
        page.get_by_text("The guide has changed since then.").wait_for()

        page.get_by_role("button", name="Save it again").click()
        page.get_by_text(re.compile(r"Saved on .*\.")).wait_for(timeout=60_000)

        names = page.evaluate(CACHES)
        assert [name.split(" ")[-1] for name in names] == ["later"]


def test_a_copy_from_a_host_that_redirects_index_html_to_its_folder_can_be_read(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """Browsers reject a cached response as a page if it came from a redirect."""
    (tmp_path / "guide").symlink_to(site)
    with serving(tmp_path, redirecting=True) as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")
        served.stop()

        for address in ("en/", "en/index.html", "en/partners/riverbend-adult-school/index.html"):
            page.goto(f"{served.address}guide/{address}")
            assert page.locator("h1").count() == 1, address


def test_a_guide_in_the_folder_of_another_is_never_answered_from_the_copy_of_the_outer_one(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "guide")
    (tmp_path / "guide" / "other").symlink_to(site)
    with serving(tmp_path) as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")
        assert page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.scope)") == f"{served.address}guide/"
        served.stop()

        page.goto(f"{served.address}guide/en/about/")
        for path in ("guide/other/en/about/", "other/en/about/", "guidebook/en/about/"):
            with pytest.raises(Error, match="ERR_"):
                page.goto(f"{served.address}{path}")


def test_an_incomplete_copy_is_not_kept(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    (tmp_path / "guide" / "en" / "about" / "index.html").unlink()
    with serving(tmp_path) as served:
        page = context.new_page()
        page.goto(f"{served.address}guide/en/offline/")
        page.get_by_role("button", name="Save this guide").click()
        page.get_by_text("It could not be saved.").wait_for(timeout=60_000)

        assert page.evaluate(CACHES) == []
        assert page.evaluate(WORKERS) == 0


def test_the_copy_can_be_removed_and_that_of_another_guide_stays(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    for name in ("guide", "other"):
        (tmp_path / name).symlink_to(site)
    with serving(tmp_path) as served:
        page = context.new_page()
        for name in ("guide", "other"):
            save_copy(page, f"{served.address}{name}/")
        page.goto(f"{served.address}guide/en/offline/")

        page.get_by_role("button", name="Remove the copy").click()
        page.get_by_role("button", name="Save this guide").wait_for()

        names = page.evaluate(CACHES)
        assert [name.split(" ")[1] for name in names] == ["/other/"]
        assert page.evaluate(WORKERS) == 1


def test_a_guide_that_no_longer_offers_copies_removes_them(context: BrowserContext, tmp_path: Path) -> None:
    """``offline: no`` in guide.yml is a kill switch: it publishes a worker that removes saved copies, and then itself."""
    root = make.folder(tmp_path / "content")
    pipeline.build(root, tmp_path / "web" / "guide")
    with serving(tmp_path / "web") as served:
        page = context.new_page()
        save_copy(page, f"{served.address}guide/")
        make.write(root, "guide.yml", make.GUIDE_YML + "offline: no\n")
        pipeline.build(root, tmp_path / "new")
        shutil.rmtree(tmp_path / "web" / "guide")
        shutil.copytree(tmp_path / "new", tmp_path / "web" / "guide")

        page.goto(f"{served.address}guide/en/")
        page.evaluate("navigator.serviceWorker.getRegistration().then(found => found?.update())")
        page.wait_for_function("caches.keys().then(all => all.length === 0)")

        page.wait_for_function(f"{WORKERS}.then(number => number === 0)")
        assert not (tmp_path / "new" / "en" / "offline").exists()
        assert not (tmp_path / "new" / "en" / "guide.html").exists()


def test_a_preview_saves_nothing(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.route("**/en/offline/", lambda route: route.fulfill(response=(answer := route.fetch()), body=with_reload(answer.text())))
    page.route("**/livereload.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{served.address}guide/en/offline/")
    page.get_by_text("This is a preview.").wait_for()

    assert page.get_by_role("button", name="Save this guide").count() == 0


def with_reload(html: str) -> str:
    return html.replace("</head>", '<script src="/livereload.js"></script></head>')


# --- single file ----------------------------------------------------------------------------------


@pytest.fixture
def file(site: Path, tmp_path: Path) -> Path:
    """Copy the file to an empty folder, as on a USB stick."""
    return Path(shutil.copy(site / "en" / "guide.html", tmp_path / "guide.html"))


def visible_sections(page: Page) -> list[str]:
    ids: list[str] = page.locator(".page:visible").evaluate_all("all => all.map(section => section.id)")
    return ids


@pytest.mark.parametrize("scripts", [True, False])
def test_links_in_the_file_show_its_sections(chromium: Browser, file: Path, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert visible_sections(page) == ["en/"]

    page.locator(".tiles:visible a").first.click()
    page.locator(".page[id^='en/services/']:visible").wait_for()
    page.locator(".card-title:visible a").first.click()
    page.locator(".page[id^='en/partners/']:visible").wait_for()

    assert len(visible_sections(page)) == 1
    assert page.locator("section.service:visible").count() >= 1
    page.go_back()
    page.locator(".page[id^='en/services/']:visible").wait_for()
    context.close()


def test_every_link_in_the_file_has_a_target(chromium: Browser, file: Path) -> None:
    page = chromium.new_page()
    page.goto(file.as_uri())

    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1))).filter(id => id && !document.getElementById(id))"
    )
    external = page.evaluate("[...document.querySelectorAll('img, link[rel], script[src], iframe')].map(e => e.outerHTML)")

    assert broken == []
    assert external == []
    page.close()


@pytest.mark.parametrize(
    ("language", "query", "slug"),
    [
        ("en", "my tooth hurts", "dental-van"),
        ("en", "clases de inglés", "riverbend-adult-school"),
        ("ar", "طعام مجاني", "riverbend-food-bank"),
        ("zh-Hans", "移民律师", "immigrant-justice-project"),
    ],
)
def test_the_search_of_the_file_needs_no_other_file(
    chromium: Browser, site: Path, tmp_path: Path, language: str, query: str, slug: str
) -> None:
    file = Path(shutil.copy(site / language / "guide.html", tmp_path / "guide.html"))
    context = chromium.new_context(offline=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())

    page.locator("#search").fill(query)
    page.keyboard.press("Enter")
    page.locator("#found .card").first.wait_for()
    paths = page.locator("#found .card-title a").evaluate_all("all => all.map(a => a.hash)")

    assert any(f"/{slug}/" in path for path in paths[:5])
    page.locator("#found .card-title a").first.click()
    page.locator(f".page[id='{paths[0].removeprefix('#')}']:visible").wait_for()
    assert len(visible_sections(page)) == 1
    assert requests == [file.as_uri()]
    context.close()


def test_interpreter_cards_and_the_quick_exit_work_in_the_file(chromium: Browser, site: Path) -> None:
    file = site / "ar" / "guide.html"
    context = chromium.new_context()
    context.route(
        "https://www.wikipedia.org/**", lambda route: route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")
    )
    page = context.new_page()
    page.goto(file.as_uri())
    assert not page.locator(".exit a").is_visible()
    page.goto(f"{file.as_uri()}#ar/partners/riverbend-adult-school/")
    page.locator("a[href*='/card-']:visible").first.click()
    page.locator(".desk:visible").wait_for()
    assert page.locator(".service:visible").count() == 0

    page.goto(f"{file.as_uri()}#ar/partners/safe-harbor/")
    page.locator(".exit a").click()
    page.wait_for_url("https://www.wikipedia.org/", timeout=30_000)
    page.go_back()

    assert "safe-harbor" not in page.url
    context.close()
