"""The copy of the guide that a reader saves, and the guide in one file."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from guidegen.build import pipeline
from tests import ROOT
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
    """The guide below a folder of a host, which can be stopped."""
    (tmp_path / "guide").symlink_to(site)
    with serving(tmp_path) as made:
        yield made


def saved(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}{language}/offline/")
    page.locator("#offline-tools button").first.click()
    page.locator("#offline-said time").wait_for(timeout=60_000)


def test_it_says_its_real_size_and_keeps_nothing_before_it_is_asked_to(
    context: BrowserContext, served: Served, site: Path
) -> None:
    page = context.new_page()
    page.goto(f"{served.address}guide/en/offline/")
    page.get_by_role("button", name="Save this guide").wait_for()

    listed = json.loads((site / "en" / "offline.json").read_text(encoding="utf-8"))
    size = sum((site / path).stat().st_size for path in listed["files"])

    assert f"{size / 1e6:.1f} MB" in page.locator("#offline-said").inner_text()
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(CACHES) == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_without_a_network_every_page_and_the_search_work(context: BrowserContext, served: Served, site: Path) -> None:
    page = context.new_page()
    saved(page, f"{served.address}guide/")
    served.stop()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for path in ("", "partners/riverbend-adult-school/", "services/english/index.html#f=lang:vi", "handout/food/", "my-list/"):
        page.goto(f"{served.address}guide/en/{path}")
        assert page.locator("h1").inner_text()
        assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderBlockEndStyle") == "solid"
    page.goto(f"{served.address}guide/en/partners/riverbend-adult-school/")
    page.get_by_text("There is no internet. This copy was saved on").wait_for()
    page.goto(f"{served.address}guide/en/search/#q=my tooth hurts")
    page.locator("#search-results .card").first.wait_for()

    assert "Dental" in page.locator("#search-results").inner_text()
    assert complaints == []


def test_the_network_comes_first_where_there_is_one(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    with serving(tmp_path) as served:
        page = context.new_page()
        saved(page, f"{served.address}guide/")
        changed = tmp_path / "guide" / "en" / "about" / "index.html"
        changed.write_text(changed.read_text(encoding="utf-8").replace("About this guide", "A new day"), encoding="utf-8")

        page.goto(f"{served.address}guide/en/about/")

        assert page.locator("h1").inner_text() == "A new day"


def test_it_says_when_the_copy_is_old_and_saves_anew(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    with serving(tmp_path) as served:
        page = context.new_page()
        saved(page, f"{served.address}guide/")
        listed = tmp_path / "guide" / "en" / "offline.json"
        listed.write_text(json.dumps(json.loads(listed.read_text(encoding="utf-8")) | {"version": "later"}), encoding="utf-8")
        page.reload()
        page.get_by_text("The guide has changed since then.").wait_for()

        page.get_by_role("button", name="Save it again").click()
        page.get_by_text(re.compile(r"Saved on .*\.")).wait_for(timeout=60_000)

        names = page.evaluate(CACHES)
        assert [name.split(" ")[-1] for name in names] == ["later"]


def test_a_copy_from_a_host_that_leads_from_index_html_to_its_folder_can_be_read(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    """Browsers refuse a saved answer that came over a redirect as a page."""
    (tmp_path / "guide").symlink_to(site)
    with serving(tmp_path, redirecting=True) as served:
        page = context.new_page()
        saved(page, f"{served.address}guide/")
        served.stop()

        for address in ("en/", "en/index.html", "en/partners/riverbend-adult-school/index.html"):
            page.goto(f"{served.address}guide/{address}")
            assert page.locator("h1").count() == 1, address


def test_a_guide_within_the_folder_of_another_is_never_answered_from_its_copy(
    context: BrowserContext, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "guide")
    (tmp_path / "guide" / "other").symlink_to(site)
    with serving(tmp_path) as served:
        page = context.new_page()
        saved(page, f"{served.address}guide/")
        assert page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.scope)") == f"{served.address}guide/"
        served.stop()

        page.goto(f"{served.address}guide/en/about/")
        for path in ("guide/other/en/about/", "other/en/about/", "guidebook/en/about/", "guide/en/about/x/"):
            with pytest.raises(Error, match="ERR_"):
                page.goto(f"{served.address}{path}")


def test_a_copy_that_cannot_be_made_whole_is_not_kept(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "guide")
    (tmp_path / "guide" / "en" / "about" / "index.html").unlink()
    with serving(tmp_path) as served:
        page = context.new_page()
        page.goto(f"{served.address}guide/en/offline/")
        page.get_by_role("button", name="Save this guide").click()
        page.get_by_text("It could not be saved.").wait_for(timeout=60_000)

        assert page.evaluate(CACHES) == []
        assert page.evaluate(WORKERS) == 0


def test_the_copy_can_be_taken_away_and_another_guide_stays(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    for name in ("guide", "other"):
        (tmp_path / name).symlink_to(site)
    with serving(tmp_path) as served:
        page = context.new_page()
        for name in ("guide", "other"):
            saved(page, f"{served.address}{name}/")
        page.goto(f"{served.address}guide/en/offline/")

        page.get_by_role("button", name="Remove the copy").click()
        page.get_by_role("button", name="Save this guide").wait_for()

        names = page.evaluate(CACHES)
        assert [name.split(" ")[1] for name in names] == ["/other/"]
        assert page.evaluate(WORKERS) == 1


def test_a_guide_that_offers_copies_no_longer_takes_them_back(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    """The kill switch: ``offline: no`` in guide.yml publishes a worker that removes what was saved, and itself."""
    own = tmp_path / "content"
    shutil.copytree(ROOT, own, ignore=shutil.ignore_patterns(".*", "site", "tests", "bench"))
    settings = own / "guide.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\noffline: no\n", encoding="utf-8")
    shutil.copytree(site, tmp_path / "web" / "guide")
    with serving(tmp_path / "web") as served:
        page = context.new_page()
        saved(page, f"{served.address}guide/")
        pipeline.build(own, tmp_path / "new")
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
    page.route("**/en/offline/", lambda route: route.fulfill(response=(got := route.fetch()), body=with_reload(got.text())))
    page.route("**/livereload.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{served.address}guide/en/offline/")
    page.get_by_text("This is a preview.").wait_for()

    assert page.get_by_role("button", name="Save this guide").count() == 0


def with_reload(html: str) -> str:
    return html.replace("</head>", '<script src="/livereload.js"></script></head>')


# --- one file -------------------------------------------------------------------------------------


@pytest.fixture
def file(site: Path, tmp_path: Path) -> Path:
    """The file alone in a folder, as on a USB stick."""
    return Path(shutil.copy(site / "en" / "guide.html", tmp_path / "guide.html"))


def visible(page: Page) -> list[str]:
    found: list[str] = page.locator(".page:visible").evaluate_all("all => all.map(one => one.id)")
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_its_links_lead_to_its_parts(chromium: Browser, file: Path, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts, offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert visible(page) == ["en/"]

    page.locator(".tiles:visible a").first.click()
    page.locator(".card-title:visible a").first.click()
    (shown,) = visible(page)

    assert shown.startswith("en/partners/")
    assert page.locator("section.service:visible").count() >= 1
    page.go_back()
    assert visible(page)[0].startswith("en/services/")
    context.close()


def test_every_link_of_the_file_has_its_place(chromium: Browser, file: Path) -> None:
    page = chromium.new_page()
    page.goto(file.as_uri())

    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.getAttribute('href').slice(1))).filter(id => id && !document.getElementById(id))"
    )
    other = page.evaluate("[...document.querySelectorAll('img, link[rel], script[src], iframe')].map(e => e.outerHTML)")

    assert lost == []
    assert other == []
    page.close()


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("en", "my tooth hurts", "dental-van"),
        ("en", "clases de inglés", "riverbend-adult-school"),
        ("ar", "طعام مجاني", "riverbend-food-bank"),
        ("zh-Hans", "移民律师", "immigrant-justice-project"),
    ],
)
def test_its_search_needs_nothing_else(
    chromium: Browser, site: Path, tmp_path: Path, language: str, typed: str, found: str
) -> None:
    file = Path(shutil.copy(site / language / "guide.html", tmp_path / "guide.html"))
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())

    page.locator("#search").fill(typed)
    page.keyboard.press("Enter")
    page.locator("#found .card").first.wait_for()
    paths = page.locator("#found .card-title a").evaluate_all("all => all.map(a => a.hash)")

    assert any(f"/{found}/" in path for path in paths[:5])
    page.locator("#found .card-title a").first.click()
    assert visible(page) == [paths[0].removeprefix("#")]
    assert asked == [file.as_uri()]
    context.close()


def test_a_card_for_the_desk_and_the_quick_exit_are_in_it(chromium: Browser, site: Path) -> None:
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
    assert page.locator(".desk:visible").count() == 1
    assert page.locator(".service:visible").count() == 0

    page.goto(f"{file.as_uri()}#ar/partners/safe-harbor/")
    page.locator(".exit a").click()
    page.wait_for_url("https://www.wikipedia.org/", timeout=5000)
    page.go_back()

    assert "safe-harbor" not in page.url
    context.close()
