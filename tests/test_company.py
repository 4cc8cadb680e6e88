"""guidegen among others: other users, other processes, and people who edit the site by hand."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.cache import build_cache
from guidegen.cache.tracked_files import MARKER, TrackedFiles, folders_of
from guidegen.cli import main
from tests import ROOT, make
from tests.content.images.test_images import png
from tests.crash import together, tree

NOBODY = 65_534


# --- a site that somebody changes by hand --------------------------------------------------------


def add(site: Path) -> None:
    (site / "en/added.html").write_text("by hand")


def add_link(site: Path) -> None:
    (site / "en/secret.html").symlink_to("/etc/hostname")


def edit(site: Path) -> None:
    (site / "en/about/index.html").write_text("by hand")


def edit_without_changing_the_size(site: Path) -> None:
    file = site / "en/about/index.html"
    status, content = file.stat(), file.read_bytes()
    file.write_bytes(content.replace(b"a", b"b"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def remove(site: Path) -> None:
    (site / "en/about/index.html").unlink()


def replace_by_link(site: Path) -> None:
    file = site / "en/about/index.html"
    content = file.read_bytes()
    file.unlink()
    (site.parent / "outside.html").write_bytes(content)
    file.symlink_to(site.parent / "outside.html")


def replace_by_folder(site: Path) -> None:
    remove(site)
    (site / "en/about/index.html").mkdir()


@pytest.mark.parametrize(
    "change", [add, add_link, edit, edit_without_changing_the_size, remove, replace_by_link, replace_by_folder]
)
def test_what_somebody_changed_in_the_site_by_hand_is_gone_with_the_next_change(
    change: Callable[[Path], None], tmp_path: Path
) -> None:
    """Also from the site before, which the build after the next one brings up to date."""
    root = make.folder(tmp_path / "guide")
    notes = []
    for number in range(6):
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", f"guest {number}"))
        notes.append(pipeline.build(root, root / "site").notes)
        if number == 2:
            change(root / "site")
        if number > 2:
            shutil.rmtree(tmp_path / "clean", ignore_errors=True)
            pipeline.build(root, tmp_path / "clean/site")
            assert tree(root / "site") == tree(tmp_path / "clean/site")
            assert [path for path in (root / "site").rglob("*") if path.is_symlink()] == []

    assert ["not by guidegen" in " ".join(note) for note in notes] == [False, False, False, True, False, False]


# --- a stage, or a cache, that somebody prepared --------------------------------------------------


def prepared(root: Path) -> Path:
    """A guide that was built twice, so that its cache has the site before the last one."""
    for number in range(2):
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", f"guest {number}"))
        assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "all who come"))
    return root / ".guidegen/site"


@pytest.mark.parametrize("name", ["STAGE", "site/../.site.old", "site/../.site.new"])
def test_a_link_in_the_place_of_a_stage_is_refused_and_not_followed(name: str, tmp_path: Path) -> None:
    root, victim = make.folder(tmp_path / "guide"), make.folder(tmp_path / "victim")
    assert main(["build", "--root", str(victim), "--jobs", "1"]) == 0
    before = tree(victim / "site")
    stage = prepared(root) / "stage"
    shutil.rmtree(stage)
    link = stage if name == "STAGE" else root / name.replace("site/../", "")
    link.symlink_to(victim / "site")

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 2

    assert tree(victim / "site") == before
    assert not (root / "site").is_symlink()


def test_the_site_before_is_not_written_through_links_and_what_was_put_into_it_is_not_published(tmp_path: Path) -> None:
    root, outside = make.folder(tmp_path / "guide"), tmp_path / "outside"
    stage = prepared(root) / "stage"
    shutil.move(stage / "en", outside)
    (outside / "index.html").write_text("precious")
    (stage / "en").symlink_to(outside)
    (stage / "evil.html").write_text("<script>hit()</script>")

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert (outside / "index.html").read_text() == "precious"
    assert not (root / "site/evil.html").exists()
    assert not (root / "site/en").is_symlink()
    assert "all who come" in (root / "site/en/partners/food-bank/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["../../../outside/precious.txt", "/outside/precious.txt", "a/../../../../outside/precious.txt", "a//b", "./a", ""]
)
def test_a_forged_cache_removes_nothing_outside_the_site(path: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    make.write(tmp_path, "outside/precious.txt", "precious")
    prepared(root)
    folders, key = folders_of(root), pipeline.Options().key(root)
    known = build_cache.load(folders, key)
    assert known.stale_paths is not None
    build_cache.save(
        folders,
        key,
        TrackedFiles(root),
        build_cache.CachedState(**{**vars_of(known), "behind": known.stale_paths | {path}}),
        (1, 1, 0),
    )
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "nobody else"))

    assert build_cache.load(folders, key).files == {}
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert (tmp_path / "outside/precious.txt").read_text() == "precious"


def vars_of(known: build_cache.CachedState) -> dict[str, Any]:
    return {field.name: getattr(known, field.name) for field in fields(known)}


@pytest.mark.parametrize("head", ['["a","b","c"]', "[null,null,null]", "[[],[],[]]", "[1.5,2,3]", "[" * 100_000, "{}", "7"])
def test_a_forged_head_of_the_cache_is_as_good_as_none(head: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    now = root / ".guidegen/site/now"
    first, _, rest = now.read_text(encoding="utf-8").partition("\n")
    forged = [*json.loads(first)[:-1], "COUNTS"]
    now.write_text(json.dumps(forged).replace('"COUNTS"', head) + "\n" + rest, encoding="utf-8")

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("name", [".guidegen/site/now", ".guidegen/site/rest", ".site.lock"])
def test_a_pipe_in_the_place_of_a_file_of_ours_is_not_waited_for(name: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    make.write(root, "content/partners/library.yml", make.PARTNER_YML)

    (ended,) = together(["build", "--root", str(root), "--jobs", "1"], 1)

    assert ended.code in (0, 2)
    assert "Traceback" not in ended.said


# --- processes at once ---------------------------------------------------------------------------


def test_imports_at_once_leave_whole_files_and_nothing_else(tmp_path: Path) -> None:
    rows = ["partner,name,email,summary", *(f"p{number},P{number},p@example.org,{'Help. ' * 20}" for number in range(40))]
    root = make.folder(tmp_path, {"sheets/partners.csv": "\n".join([*rows, ""])})
    for ended in together(["import", "csv", str(root / "sheets"), "--root", str(root)], 4):
        assert ended.code in (0, 2), ended.said
        assert "Traceback" not in ended.said

    assert main(["import", "csv", str(root / "sheets"), "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    names = [path.name for path in (root / "content/partners").iterdir()]
    assert sorted({*names} - {"food-bank.yml"}) == sorted(f"p{number}.yml" for number in range(40))


def test_new_guides_of_one_name_at_once_leave_one_whole_guide(tmp_path: Path) -> None:
    ended = together(["new", "guide", "our-town", "--root", str(tmp_path)], 4)

    assert [one.code for one in ended].count(0) == 1
    assert not any("Traceback" in one.said for one in ended)
    assert [path.name for path in tmp_path.iterdir()] == ["our-town"]
    assert main(["check", "--root", str(tmp_path / "our-town")]) == 0


# --- another user --------------------------------------------------------------------------------


@pytest.fixture
def as_nobody(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run guidegen as a user who owns nothing here."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only the system's administrator can run a program as another user")
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)  # only to go through
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "guidegen", *arguments]
        who: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.run(command, **who, env=environment, cwd="/", capture_output=True, text=True, check=False)

    return run


Nobody = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_guide_that_may_only_be_read_is_built_elsewhere_and_says_what_it_costs(tmp_path: Path, as_nobody: Nobody) -> None:
    root, out = make.folder(tmp_path / "guide"), tmp_path / "open"
    out.mkdir()
    out.chmod(0o777)

    first = as_nobody("build", "--root", str(root), "--out", str(out / "a/site"))
    own = as_nobody("build", "--root", str(root), "--out", str(out / "b/site"), "--cache", str(out / "cache"))

    assert (first.returncode, own.returncode) == (0, 0)
    assert "the next build starts from nothing" in first.stderr
    assert "the next build starts from nothing" not in own.stderr
    assert {path: digest for path, digest in tree(out / "a/site").items() if path != MARKER} == {
        path: digest for path, digest in tree(out / "b/site").items() if path != MARKER
    }
    assert [path.name for path in (out / "a").iterdir()] == ["site"]


@pytest.mark.parametrize(
    "command",
    ["build", "report --out ROOT/staff", "export csv --out ROOT/sheets", "new partner clinic", "new guide our-town", "schema"],
)
def test_a_folder_that_may_not_be_written_is_said_in_one_line(command: str, tmp_path: Path, as_nobody: Nobody) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": make.PARTNER_YML})
    before = tree(root)

    ended = as_nobody(*command.replace("ROOT", str(root)).split(), "--root", str(root))

    assert ended.returncode == 2
    assert ended.stderr.startswith("guidegen: ")
    assert ended.stderr.count("\n") == 1
    assert "Permission denied" in ended.stderr
    assert ".guidegen-new" not in ended.stderr
    assert tree(root) == before


UNREADABLE = (
    "guide.yml", "content/services.yml", "content/search-tests.yml", "content/partners/food-bank.yml",
    "content/spotlights/story.md", "content/images/logo.png", "locales/es.po", "templates/home.html", "static/own.css",
    "content/partners", "content", ".",
)  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_may_not_be_read_is_named_and_nothing_is_published(name: str, tmp_path: Path, as_nobody: Nobody) -> None:
    article = "---\ntitle: A\ndate: 2026-01-01\nauthors: [A]\nimage: images/logo.png\nalt: B\n---\nText.\n"
    files: dict[str, str | bytes] = {
        "content/partners/food-bank.yml": make.PARTNER_YML, "content/spotlights/story.md": article,
        "content/images/logo.png": png(),
        "content/search-tests.yml": "tests: [{query: food, type: food}]\n",
        "locales/es.po": "", "templates/home.html": "x", "static/own.css": "x",
    }  # fmt: skip
    root, out = make.folder(tmp_path / "guide", files), tmp_path / "open"
    out.mkdir()
    out.chmod(0o777)
    (root / name).chmod(0)

    ended = as_nobody("build", "--root", str(root), "--out", str(out / "site"))

    (root / name).chmod(0o755)
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert name.rpartition("/")[2].strip(".") in ended.stderr
    assert "Permission denied" in ended.stderr
    assert not (out / "site").exists()
