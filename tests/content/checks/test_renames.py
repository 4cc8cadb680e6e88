"""Renamed partners, types and articles keep their addresses: pages, files, redirects, references, published names."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.model import visibility
from guidegen.model.problems import ContentError, GuidegenError, Severity
from guidegen.site.components.pagination import MAX_CARDS
from tests import make
from tests.edits import tree

pytestmark = pytest.mark.slow

CLASSES = '    hours: [{days: [mo], open: "18:00", close: "20:00", from: 2026-09-07, until: 2027-05-31}]\n'
STORY = "---\ntitle: A story\nsummary: What happened.\ndate: 2026-05-01\npartners: [food-bank]\n{more}---\nSee [[partner:{partner}]].\n"
TYPES = make.SERVICES_YML.replace("- id: food\n", "- id: meals\n    was: [food]\n    classes: yes\n")
GUIDE = make.GUIDE_YML.replace("example.org/", "example.org/our/guide/", 1)
RENAMED: dict[str, str | bytes] = {
    "guide.yml": GUIDE,
    "content/services.yml": TYPES,
    "content/partners/pantry.yml": make.PARTNER_YML.rstrip("\n") + f"\n{CLASSES}was: [food-bank, food-shelf]\n",
    "content/partners/pantry.es.yml": "summary: Comida gratis.\n",
    "content/spotlights/tale.md": STORY.format(partner="food-shelf", more="was: [story]\n"),
    "content/spotlights/tale.es.md": "---\ntitle: Un cuento\n---\nVea [[partner:food-bank]].\n",
}


def renamed(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write a guide in which a partner, a spotlight and a service type were renamed, and return its folder."""
    make.folder(root, {**RENAMED, **(files or {})})
    (root / "content/partners/food-bank.yml").unlink()
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = renamed(tmp_path_factory.mktemp("renamed"))
    pipeline.build(folder, folder / "site")
    return folder


def report(root: Path, code: str = "") -> list[tuple[str, int, str, str, bool]]:
    """Return file, line, message, hint, and whether it is an error, of each problem with the names of a guide."""
    problems = pipeline.review_content(root, make.TODAY)
    codes = (code,) if code else ("old-name", "name-taken", "successor", "lost-address", "unlisted-name", "published")
    return [
        (problem.path.name, problem.line, problem.message, problem.hint, problem.severity is Severity.ERROR)
        for problem in problems
        if problem.code in codes
    ]


# --- old addresses -------------------------------------------------------------------------------------------------------

MOVED = [
    (f"{tag}/{old}", f"{tag}/{new}")
    for old, new, tags in (
        ("partners/food-bank/", "partners/pantry/", ("en", "es", "ar")),
        ("partners/food-shelf/", "partners/pantry/", ("en", "es", "ar")),
        ("services/food/", "services/meals/", ("en", "es", "ar")),
        ("handout/food/", "handout/meals/", ("en", "es", "ar")),
        ("spotlights/story/", "spotlights/tale/", ("en", "es")),
    )
    for tag in tags
]


def test_every_old_address_has_a_page_that_leads_to_the_new_one(root: Path) -> None:
    for old, new in MOVED:
        page = (root / "site" / old / "index.html").read_text(encoding="utf-8")
        link = f"../{new.rstrip('/').rpartition('/')[2]}/index.html"

        assert f'<meta http-equiv="refresh" content="0; url={link}">' in page, old
        assert f'href="{link}"' in page, old
        assert f'<link rel="canonical" href="https://guide.example.org/our/guide/{new}">' in page, old
        assert '<meta name="robots" content="noindex">' in page, old
        assert f'<html lang="{old.partition("/")[0]}"' in page, old
        assert "<script" not in page, old
        assert (root / "site" / old / link).is_file(), old
    assert "Esta página tiene una nueva dirección." in (root / "site/es/partners/food-bank/index.html").read_text(
        encoding="utf-8"
    )


def test_the_redirect_file_has_every_old_address(root: Path) -> None:
    lines = (root / "site/_redirects").read_text(encoding="utf-8").splitlines()

    assert sorted(lines) == sorted(f"/our/guide/{old} /our/guide/{new} 301" for old, new in MOVED)


def test_a_guide_without_old_names_has_no_redirects(tmp_path: Path) -> None:
    pipeline.build(make.folder(tmp_path), tmp_path / "site")

    assert not (tmp_path / "site/_redirects").exists()


@pytest.mark.parametrize(("folder", "ending"), [("contacts", "vcf"), ("calendars", "ics")])
def test_files_that_cannot_redirect_are_copied(root: Path, folder: str, ending: str) -> None:
    new, *old = ((root / f"site/data/{folder}/{name}.{ending}").read_bytes() for name in ("pantry", "food-bank", "food-shelf"))

    assert old == [new, new]
    assert b"partners/pantry/" in new


def test_ids_in_calendars_and_feeds_survive_a_rename(root: Path) -> None:
    calendar = Calendar.from_ical((root / "site/data/calendars/pantry.ics").read_bytes())
    feed = (root / "site/en/feed.xml").read_text(encoding="utf-8")

    assert [str(event["UID"]) for event in calendar.events] == ["food-bank-pantry-0@guide.example.org"]
    assert "/en/spotlights/story/</id>" in feed
    assert 'href="https://guide.example.org/our/guide/en/spotlights/tale/"' in feed


def test_old_addresses_are_not_listed(root: Path) -> None:
    site = root / "site"
    exceptions = {site / old / "index.html" for old, _ in MOVED}
    exceptions |= {site / "_redirects", *site.glob("*/offline.json"), *site.glob("*/feed.xml"), *site.glob("*/guide.html")}
    texts = [file for file in site.rglob("*") if file.suffix in (".html", ".xml", ".json", ".txt") and file not in exceptions]
    stale = [file for file in texts if re.search(rb"partners/food-|services/food/|/story/", file.read_bytes())]

    assert stale == []
    assert "en/partners/food-bank/index.html" in (site / "en/offline.json").read_text(encoding="utf-8")


def test_the_guide_in_one_file_keeps_old_addresses(root: Path) -> None:
    page = (root / "site/en/guide.html").read_text(encoding="utf-8")

    assert 'id="en/partners/food-bank/"' in page
    assert 'href="#en/partners/pantry/"' in page


def test_the_pages_of_a_long_list_move_with_it(tmp_path: Path) -> None:
    place = "locations: [{key: main, address: {line1: 1 Main St, city: Northtown}}]\n"
    profile = make.PARTNER_YML.rstrip("\n") + "\n    at: [main]\n" + place
    partners: dict[str, str | bytes] = {f"content/partners/p{number}.yml": profile for number in range(MAX_CARDS + 1)}
    pipeline.build(renamed(tmp_path, partners), tmp_path / "site")
    lines = (tmp_path / "site/_redirects").read_text(encoding="utf-8").splitlines()

    for path in ("services/{}/at-northtown/", "services/{}/at-northtown/2/", "areas/northtown/{}/", "areas/northtown/{}/2/"):
        assert f"/our/guide/es/{path.format('food')} /our/guide/es/{path.format('meals')} 301" in lines, path


def test_the_handout_of_a_type_that_nobody_offers_leads_to_the_type(tmp_path: Path) -> None:
    types = make.SERVICES_YML.replace("- id: english\n", "- id: lessons\n    was: [english]\n")
    pipeline.build(make.folder(tmp_path, {"content/services.yml": types}), tmp_path / "site")

    assert "/en/handout/english/ /en/services/lessons/ 301" in (tmp_path / "site/_redirects").read_text(encoding="utf-8")


# --- references ----------------------------------------------------------------------------------------------------------


def test_a_reference_by_an_old_name_works_and_is_reported(tmp_path: Path) -> None:
    friend = make.PARTNER_YML.replace("Food Bank", "Friend").replace("[food]", "[english]")
    friend += "partnership: {visibility: public, refers: {to: [food-bank, food-shelf, pantry], from: [food-shelf]}}\n"
    root = renamed(
        tmp_path, {"content/partners/friend.yml": friend, "content/search-tests.yml": "tests: [{query: groceries, type: food}]\n"}
    )
    pipeline.build(root, root / "site")

    assert report(root) == [
        ("friend.yml", 9, "'food-bank' is now called 'pantry'", "Write  pantry", False),
        ("friend.yml", 9, "'food-shelf' is now called 'pantry'", "Write  pantry", False),
        ("friend.yml", 9, "'food-shelf' is now called 'pantry'", "Write  pantry", False),
        ("pantry.yml", 7, "'food' is now called 'meals'", "Write  meals", False),
        ("search-tests.yml", 1, "'food' is now called 'meals'", "Write  meals", False),
        ("tale.es.md", 4, "'food-bank' is now called 'pantry'", "Write  [[partner:pantry]]", False),
        ("tale.md", 5, "'food-bank' is now called 'pantry'", "Write  pantry", False),
        ("tale.md", 8, "'food-shelf' is now called 'pantry'", "Write  [[partner:pantry]]", False),
    ]
    assert (root / "site/en/partners/friend/index.html").read_text(encoding="utf-8").count("../pantry/index.html") == 1
    assert '<a href="../../partners/pantry/index.html">Food Bank</a>' in (root / "site/es/spotlights/tale/index.html").read_text()
    assert "pantry/index.html" in (root / "site/en/services/meals/index.html").read_text(encoding="utf-8")
    assert "failing" not in str(pipeline.review_content(root, make.TODAY))


def test_a_translation_of_a_renamed_article_stays_fresh(tmp_path: Path) -> None:
    root = renamed(tmp_path)
    assert main(["translations", "accept", "--root", str(root)]) == 0

    guide, _ = pipeline.load_checked_guide(root)
    assert {edition.state for article in guide.spotlights for edition in article.editions} == {"source", "fresh"}


# --- conflicts -----------------------------------------------------------------------------------------------------------

LIBRARY = make.PARTNER_YML.replace("Food Bank", "Library")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"content/partners/library.yml": LIBRARY + "was: [library]\n"},
            ("library.yml", 9, "'library' is its current name", "Remove 'library' from 'was', which is for old names.", True),
        ),
        (
            {"content/partners/library.yml": LIBRARY + "was: [old, food-bank]\n"},
            ("library.yml", 9, "'food-bank' is already the name of a partner", "A web address can lead to only one of them. Remove 'food-bank' here, or rename the other one.", True),
        ),
        (
            {"content/partners/a.yml": LIBRARY + "was: [old]\n", "content/partners/b.yml": LIBRARY + "was: [old]\n"},
            ("b.yml", 9, "'old' is also an old name in content/partners/a.yml", "A web address can lead to only one of them. Remove it where it does not belong.", True),
        ),
        (
            {"content/partners/library.yml": LIBRARY + "was: [food-bank]\nstatus: draft\n"},
            ("library.yml", 9, "'food-bank' is already the name of a partner", "A web address can lead to only one of them. Remove 'food-bank' here, or rename the other one.", False),
        ),
        (
            {"content/partners/library.yml": LIBRARY + "was: [food-bank]\n", "content/partners/food-bank.yml": make.PARTNER_YML + "status: draft\n"},
            ("library.yml", 9, "'food-bank' is already the name of a partner", "A web address can lead to only one of them. Remove 'food-bank' here, or rename the other one.", False),
        ),
        (
            {"content/services.yml": make.SERVICES_YML.replace("- id: food", "- was: [english]\n    id: food")},
            ("services.yml", 4, "'english' is already the name of a service type", "A web address can lead to only one of them. Remove 'english' here, or rename the other one.", True),
        ),
        (
            {"content/services.yml": make.SERVICES_YML.replace("- id: food", "- was: [old]\n    id: food").replace("- id: english", "- was: [old]\n    id: english")},
            ("services.yml", 5, "'old' is also an old name of the type 'english'", "A web address can lead to only one of them. Remove it where it does not belong.", True),
        ),
        (
            {"content/spotlights/a.md": STORY.format(partner="food-bank", more="was: [b]\n"), "content/spotlights/b.md": STORY.format(partner="food-bank", more="")},
            ("a.md", 6, "'b' is already the name of a spotlight", "A web address can lead to only one of them. Remove 'b' here, or rename the other one.", True),
        ),
    ],
)  # fmt: skip
def test_an_old_name_that_leads_to_two_things_has_one_message(
    tmp_path: Path, files: dict[str, str | bytes], expected: tuple[str, int, str, str, bool]
) -> None:
    assert report(make.folder(tmp_path, files), "name-taken") == [expected]


def test_a_partner_and_a_service_type_may_have_the_same_name(tmp_path: Path) -> None:
    types = make.SERVICES_YML.replace("- id: food", "- was: [food-bank]\n    id: food")

    assert report(make.folder(tmp_path, {"content/services.yml": types}), "name-taken") == []


@pytest.mark.parametrize("was", ["Food Bank", "food/bank", "https://example.org/en/partners/old/", "x" * 61, "żywność"])
def test_an_invalid_old_name_is_rejected(tmp_path: Path, was: str) -> None:
    root = make.folder(tmp_path, {"content/partners/library.yml": LIBRARY + f"was: ['{was}']\n"})
    (problem,) = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.severity is Severity.ERROR]

    assert (problem.path.name, problem.line) == ("library.yml", 9)
    assert "such as  old-food-bank" in problem.hint


def test_a_partner_that_refers_to_itself_by_an_old_name_has_one_message(tmp_path: Path) -> None:
    profile = make.PARTNER_YML + "was: [old]\npartnership: {refers: {to: [old]}}\n"
    root = make.folder(tmp_path, {"content/partners/food-bank.yml": profile})
    messages = [problem.message for problem in pipeline.load_checked_guide(root)[1]]

    assert [message for message in messages if "refer" in message or "old" in message] == ["the partner refers to itself"]


def test_drafts_with_names_that_are_taken_can_be_previewed(tmp_path: Path) -> None:
    drafts = {f"content/partners/{name}.yml": LIBRARY + "was: [food-bank, old]\nstatus: draft\n" for name in ("a", "b")}
    root = make.folder(tmp_path, dict(drafts))
    pipeline.build(root, root / "site", pipeline.BuildOptions(select=visibility.select_preview))
    redirects = (root / "site/_redirects").read_text(encoding="utf-8")

    assert "/en/partners/old/ /en/partners/a/ 301" in redirects
    assert "/en/partners/food-bank/ " not in redirects
    assert b"Food Bank" in (root / "site/data/contacts/food-bank.vcf").read_bytes()
    pipeline.build(root, root / "site")
    assert not (root / "site/_redirects").exists()


# --- who took over -------------------------------------------------------------------------------------------------------

CLOSED = make.PARTNER_YML.replace("Food Bank", "Closed Pantry") + "status: closed\n"


def test_a_closed_partner_leads_to_the_one_that_took_over(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/closed.yml": CLOSED + "replaced_by: food-bank\n"})
    pipeline.build(root, root / "site")
    page = (root / "site/es/partners/closed/index.html").read_text(encoding="utf-8")

    assert 'Otra organización continúa su trabajo: <a href="../food-bank/index.html">' in page
    assert report(root) == []


def closed(name: str, by: str, extra: str = "") -> dict[str, str | bytes]:
    """Return the file of a closed partner and its path."""
    return {f"content/partners/{name}.yml": CLOSED + f"replaced_by: {by}\n{extra}"}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (closed("a", "a"), [("a.yml", 10, "the partner is listed as its own replacement", True)]),
        (closed("a", "old", "was: [old]\n"), [("a.yml", 10, "the partner is listed as its own replacement", True)]),
        (closed("a", "food-bnk"), [("a.yml", 10, "'food-bnk' is not a partner of this guide", True)]),
        (closed("a", "b") | closed("b", "a"), [("a.yml", 10, "closed partners replace each other in a circle: a, b, a", True)]),
        (closed("a", "b") | closed("b", "c") | closed("c", "b"), [("a.yml", 10, "'b' is closed too", False), ("b.yml", 10, "closed partners replace each other in a circle: b, c, b", True)]),
        (closed("a", "b") | closed("b", "food-bank"), [("a.yml", 10, "'b' is closed too", False)]),
        (closed("a", "b") | {"content/partners/b.yml": CLOSED}, [("a.yml", 10, "'b' is closed too", False)]),
        (closed("a", "b") | {"content/partners/b.yml": LIBRARY + "status: draft\n"}, [("a.yml", 10, "'b' is a draft, so it is not published", False)]),
        ({"content/partners/a.yml": LIBRARY + "replaced_by: food-bank\n"}, [("a.yml", 9, "'replaced_by' names 'food-bank', but this partner is not closed", False)]),
        (closed("a", "old") | {"content/partners/b.yml": LIBRARY + "was: [old]\n"}, [("a.yml", 10, "'old' is now called 'b'", False)]),
    ],
)  # fmt: skip
def test_a_wrong_successor_has_one_message(
    tmp_path: Path, files: dict[str, str | bytes], expected: list[tuple[str, int, str, bool]]
) -> None:
    root = make.folder(tmp_path, files)
    codes = ("old-name", "successor", "unknown-partner")
    problems = [problem for problem in pipeline.load_checked_guide(root)[1] if problem.code in codes]

    assert [
        (problem.path.name, problem.line, problem.message, problem.severity is Severity.ERROR) for problem in problems
    ] == expected
    if not any(is_error for *_, is_error in expected):
        pipeline.build(root, root / "site")  # which checks the links of all pages


def test_readers_are_led_to_the_last_successor_that_is_open(tmp_path: Path) -> None:
    root = make.folder(tmp_path, closed("a", "b") | closed("b", "food-bank"))
    pipeline.build(root, root / "site")

    assert 'took over: <a href="../food-bank/index.html">' in (root / "site/en/partners/a/index.html").read_text(encoding="utf-8")


# --- the list of published names -----------------------------------------------------------------------------------------


def test_the_list_is_sorted_and_only_grows(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/wip.yml": LIBRARY + "status: draft\n"})
    assert main(["published", "--root", str(root)]) == 0
    file = root / "content/published.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert lines == [
        "language ar",
        "language en",
        "language es",
        "partner food-bank",
        "service-type english",
        "service-type food",
    ]

    before = file.stat().st_mtime_ns
    assert main(["published", "--root", str(root)]) == 0
    assert file.stat().st_mtime_ns == before

    file.write_text(file.read_text(encoding="utf-8") + "partner gone\n", encoding="utf-8")
    make.write(root, "content/partners/a.yml", LIBRARY + "was: [older]\n")
    assert main(["published", "--root", str(root)]) == 0
    names = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("partner")]
    assert names == ["partner a", "partner food-bank", "partner gone", "partner older"]


def test_a_guide_without_a_list_has_no_messages_about_it(tmp_path: Path) -> None:
    assert report(make.folder(tmp_path)) == []


def test_a_build_never_writes_the_list(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/published.txt": "language en\n"})
    pipeline.build(root, root / "site")

    assert (root / "content/published.txt").read_text(encoding="utf-8") == "language en\n"


def with_published_list(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write a guide and its list of published names, and return its folder."""
    make.folder(root, {"content/spotlights/story.md": STORY.format(partner="food-bank", more=""), **(files or {})})
    assert main(["published", "--root", str(root)]) == 0
    return root


def rename(old: str, new: str, edit: Callable[[str], str] = lambda text: text) -> Callable[[Path], None]:
    """Return a function that renames and edits a file of a guide."""

    def apply(root: Path) -> None:
        file = root / "content" / old
        make.write(root, f"content/{new}", edit(file.read_text(encoding="utf-8")))
        if new != old:
            file.unlink()

    return apply


WITHOUT_ARTICLE = rename("spotlights/story.md", "spotlights/story.md", lambda text: text.replace("food-bank", "library"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            rename("partners/library.yml", "partners/public-library.yml"),
            ["the partner 'library' was published but no longer exists: en/partners/library/ would stop working | If it is 'public-library' now, write  was: [library]  in content/partners/public-library.yml."],
        ),
        (
            rename("partners/library.yml", "partners/reading-room.yml", lambda text: text + "was: [books]\n"),
            ["the partner 'library' was published but no longer exists: en/partners/library/ would stop working | If it is 'reading-room' now, write  was: [books, library]  in content/partners/reading-room.yml."],
        ),
        (
            lambda root: (root / "content/partners/library.yml").unlink(),
            ["the partner 'library' was published but no longer exists: en/partners/library/ would stop working | If it was renamed, write  was: [library]  under its new name. If it closed, keep the file content/partners/library.yml with  status: closed  or  status: paused."],
        ),
        (rename("partners/library.yml", "partners/books.yml", lambda text: text + "was: [library]\n"), []),
        (rename("partners/library.yml", "partners/library.yml", lambda text: text + "status: closed\n"), []),
        (
            rename("partners/library.yml", "partners/library.yml", lambda text: text + "status: draft\n"),
            ["the partner 'library' was published but is now a draft: its address would stop working | If it closed, keep the file content/partners/library.yml with  status: closed  or  status: paused."],
        ),
        (
            rename("services.yml", "services.yml", lambda text: text.replace("id: english", "id: english-classes")),
            ["the service type 'english' was published but no longer exists: en/services/english/ would stop working | If it is 'english-classes' now, write  was: [english]  under this type in content/services.yml."],
        ),
        (
            rename("spotlights/story.md", "spotlights/a-story.md"),
            ["the spotlight 'story' was published but no longer exists: en/spotlights/story/ would stop working | If it is 'a-story' now, write  was: [story]  in content/spotlights/a-story.md."],
        ),
        (
            rename("../guide.yml", "../guide.yml", lambda text: text.replace("[en, es, ar]", "[en, es]")),
            ["the guide was published in 'ar' but no longer is: every address under ar/ would stop working | Add ar to the languages in guide.yml, or remove this line if they may stop working."],
        ),
        (rename("partners/library.yml", "partners/library.yml", lambda _: "name: [\n"), []),  # it may still be there
    ],
)  # fmt: skip
def test_every_lost_address_is_reported_with_what_to_write(
    tmp_path: Path, change: Callable[[Path], None], expected: list[str]
) -> None:
    root = with_published_list(tmp_path, {"content/partners/library.yml": LIBRARY})
    assert report(root) == []
    change(root)
    lost = report(root, "lost-address")
    listed = (root / "content/published.txt").read_text(encoding="utf-8").splitlines()

    messages = [
        f"{message} | {hint.removesuffix(' Or remove this line if the address may stop working.')}"
        for _, _, message, hint, _ in lost
    ]
    assert messages == expected
    assert all(re.search(r"'([^']+)'", message)[1] == listed[line - 1].split()[1] for _, line, message, *_ in lost)  # type: ignore[index]  # each has a name
    assert not any(is_error for *_, is_error in lost)


def test_unlisted_names_are_reported_by_check_but_not_by_a_build(tmp_path: Path) -> None:
    root = with_published_list(tmp_path)
    make.write(root, "content/partners/library.yml", LIBRARY)

    assert report(root) == [("published.txt", 1, "not in the list yet: partner library", "Run:  guidegen published", False)]
    assert "unlisted-name" not in {problem.code for problem in pipeline.load_checked_guide(root)[1]}


@pytest.mark.parametrize("line", ["partner", "partner food bank", "partners food-bank", "partner ../x", "food-bank"])
def test_an_invalid_line_is_reported_and_never_deleted(tmp_path: Path, line: str) -> None:
    root = make.folder(tmp_path, {"content/published.txt": f"# mine\npartner food-bank\n\n{line}\n"})

    assert [(name, number, message, is_error) for name, number, message, _, is_error in report(root, "published")] == [
        ("published.txt", 4, f"'{line}' is not a kind and a name", False)
    ]
    assert main(["published", "--root", str(root)]) == 2
    assert line in (root / "content/published.txt").read_text(encoding="utf-8")


def test_a_merge_conflict_in_the_list_is_an_error(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\npartner a\n=======\npartner b\n>>>>>>> main\n"
    root = make.folder(tmp_path, {"content/published.txt": conflict})

    _, problems = pipeline.load_checked_guide(root)

    assert [problem.code for problem in problems if problem.path.name == "published.txt"] == ["conflict"]


def test_a_list_of_another_guide_is_checked_quickly(tmp_path: Path) -> None:
    lines = "".join(f"partner organization-number-{number}-of-many\n" for number in range(5_000))
    root = make.folder(tmp_path, {"content/published.txt": lines})

    assert len(report(root, "lost-address")) == 5000


def test_no_list_is_written_for_content_with_errors(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/library.yml": "name: [\n"})

    assert main(["published", "--root", str(root)]) == 1
    assert not (root / "content/published.txt").exists()


# --- incremental builds --------------------------------------------------------------------------------------------------


def test_an_incremental_build_after_a_rename_equals_a_clean_build(tmp_path: Path) -> None:
    friend = make.PARTNER_YML.replace("Food Bank", "Friend") + "partnership: {visibility: public, refers: {to: [food-bank]}}\n"
    story = STORY.format(partner="food-bank", more="")
    root = make.folder(tmp_path / "guide", {"content/partners/friend.yml": friend, "content/spotlights/story.md": story})
    pantry, types = make.PARTNER_YML + "was: [food-bank]\n", make.SERVICES_YML
    steps: tuple[dict[str, str], ...] = (
        {"content/partners/food-bank.yml": "", "content/partners/pantry.yml": pantry},
        {"content/services.yml": types.replace("- id: food", "- was: [food]\n    id: meals")},
        {"content/partners/pantry.yml": "", "content/partners/shelf.yml": pantry.replace("[food-bank]", "[food-bank, pantry]")},
        {"content/services.yml": types},
        {"content/partners/shelf.yml": make.PARTNER_YML, "content/partners/food-bank.yml": make.PARTNER_YML},
    )
    pipeline.build(root, root / "site")
    for number, step in enumerate(steps):
        for name, text in step.items():
            make.write(root, name, text)
            if not text:
                (root / name).unlink()
        pipeline.build(root, root / "site")
        pipeline.build(root, tmp_path / f"fresh-{number}", pipeline.BuildOptions(cache=tmp_path / f"cache-{number}"))

        assert tree(root / "site") == tree(tmp_path / f"fresh-{number}"), number
    assert not (root / "site/_redirects").exists()
    assert not (root / "site/en/partners/pantry").exists()
    assert not (root / "site/data/contacts/pantry.vcf").exists()


def test_a_new_partner_that_takes_an_old_name_stops_the_build(tmp_path: Path) -> None:
    root = renamed(tmp_path)
    pipeline.build(root, root / "site")
    make.write(root, "content/partners/food-bank.yml", LIBRARY)

    with pytest.raises(ContentError) as raised:
        pipeline.build(root, root / "site")
    assert [problem.code for problem in raised.value.problems] == ["name-taken"]
    assert isinstance(raised.value, GuidegenError)
