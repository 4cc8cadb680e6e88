"""guidegen in company: other users, other processes, and people who edit the site by hand."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.cache.cache_file import CacheFile
from guidegen.cache.site_record import load_record, save_record
from guidegen.cache.tracked_files import MARKER, TrackedFiles, resolve_folders
from guidegen.cli import main
from tests import ROOT, make
from tests.content.images.test_images import png
from tests.crash import run_together, tree

pytestmark = pytest.mark.slow

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
def test_manual_changes_of_the_site_are_undone_by_the_next_build(change: Callable[[Path], None], tmp_path: Path) -> None:
    """The change must also disappear from the previous site, which the build after the next one reuses."""
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


# --- a stage or a cache that somebody tampered with --------------------------------------------------


def build_twice(root: Path) -> Path:
    """Return the cache of a guide that was built twice, so that it has a previous site."""
    for number in range(2):
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", f"guest {number}"))
        assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "all who come"))
    return root / ".guidegen/site"


@pytest.mark.parametrize("name", ["STAGE", "site/../.site.old", "site/../.site.new"])
def test_a_link_instead_of_a_stage_is_refused_and_not_followed(name: str, tmp_path: Path) -> None:
    root, victim = make.folder(tmp_path / "guide"), make.folder(tmp_path / "victim")
    assert main(["build", "--root", str(victim), "--jobs", "1"]) == 0
    before = tree(victim / "site")
    stage = build_twice(root) / "stage"
    shutil.rmtree(stage)
    link = stage if name == "STAGE" else root / name.replace("site/../", "")
    link.symlink_to(victim / "site")

    assert main(["build", "--root", str(root), "--jobs", "1"]) == 2

    assert tree(victim / "site") == before
    assert not (root / "site").is_symlink()


def test_links_and_files_added_to_the_previous_site_are_neither_followed_nor_published(tmp_path: Path) -> None:
    root, outside = make.folder(tmp_path / "guide"), tmp_path / "outside"
    stage = build_twice(root) / "stage"
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
    build_twice(root)
    folders, options = resolve_folders(root), pipeline.BuildOptions().cache_key(root)
    with closing(CacheFile(folders.cache)) as file:
        record = load_record(file, folders, options)
        assert record.stale_paths is not None
        record.stale_paths |= {path}
        save_record(file, folders, options, TrackedFiles(root), record, record, (1, 1, 0))
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", "nobody else"))

    with closing(CacheFile(folders.cache)) as file:
        assert load_record(file, folders, options).files == {}
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0

    assert (tmp_path / "outside/precious.txt").read_text() == "precious"


@pytest.mark.parametrize("head", ['["a","b","c"]', "[null,null,null]", "[[],[],[]]", "[1.5,2,3]", "[" * 100_000, "{}", "7"])
def test_a_forged_manifest_is_ignored(head: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
def test_a_pipe_instead_of_a_file_does_not_block(name: str, tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root), "--jobs", "1"]) == 0
    (root / name).unlink(missing_ok=True)
    os.mkfifo(root / name)
    make.write(root, "content/partners/library.yml", make.PARTNER_YML)

    (result,) = run_together(["build", "--root", str(root), "--jobs", "1"], 1)

    assert result.code in (0, 2)
    assert "Traceback" not in result.output


# --- concurrent processes --------------------------------------------------------------------------


def test_concurrent_imports_leave_complete_files_and_nothing_else(tmp_path: Path) -> None:
    rows = ["partner,name,email,summary", *(f"p{number},P{number},p@example.org,{'Help. ' * 20}" for number in range(40))]
    root = make.folder(tmp_path, {"sheets/partners.csv": "\n".join([*rows, ""])})
    for result in run_together(["import", "csv", str(root / "sheets"), "--root", str(root)], 4):
        assert result.code in (0, 2), result.output
        assert "Traceback" not in result.output

    assert main(["import", "csv", str(root / "sheets"), "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    names = [path.name for path in (root / "content/partners").iterdir()]
    assert sorted({*names} - {"food-bank.yml"}) == sorted(f"p{number}.yml" for number in range(40))


def test_concurrent_new_guides_of_one_name_leave_one_complete_guide(tmp_path: Path) -> None:
    results = run_together(["new", "guide", "our-town", "--root", str(tmp_path)], 4)

    assert [result.code for result in results].count(0) == 1
    assert not any("Traceback" in result.output for result in results)
    assert [path.name for path in tmp_path.iterdir()] == ["our-town"]
    assert main(["check", "--root", str(tmp_path / "our-town")]) == 0


# --- another user --------------------------------------------------------------------------------


@pytest.fixture
def as_nobody(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return a function that runs guidegen as a user who owns nothing here."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only the system's administrator can run a program as another user")
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)  # only search permission
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "guidegen", *arguments]
        identity: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.run(command, **identity, env=environment, cwd="/", capture_output=True, text=True, check=False)

    return run


Nobody = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_read_only_guide_is_built_elsewhere_and_the_missing_cache_is_reported(tmp_path: Path, as_nobody: Nobody) -> None:
    root, out = make.folder(tmp_path / "guide"), tmp_path / "open"
    out.mkdir()
    out.chmod(0o777)

    first = as_nobody("build", "--root", str(root), "--out", str(out / "a/site"))
    with_cache = as_nobody("build", "--root", str(root), "--out", str(out / "b/site"), "--cache", str(out / "cache"))

    assert (first.returncode, with_cache.returncode) == (0, 0)
    assert "the next build starts from scratch" in first.stderr
    assert "the next build starts from scratch" not in with_cache.stderr
    assert {path: digest for path, digest in tree(out / "a/site").items() if path != MARKER} == {
        path: digest for path, digest in tree(out / "b/site").items() if path != MARKER
    }
    assert [path.name for path in (out / "a").iterdir()] == ["site"]


@pytest.mark.parametrize(
    "command",
    ["build", "report --out ROOT/staff", "export csv --out ROOT/sheets", "new partner clinic", "new guide our-town", "schema"],
)
def test_a_folder_without_write_permission_is_reported_in_one_line(command: str, tmp_path: Path, as_nobody: Nobody) -> None:
    root = make.folder(tmp_path / "guide", {"content/partners/food-bank.yml": make.PARTNER_YML})
    before = tree(root)

    folder = tmp_path if command.startswith("new guide") else root
    result = as_nobody(*command.replace("ROOT", str(root)).split(), "--root", str(folder))

    assert result.returncode == 2
    assert result.stderr.startswith("guidegen: ")
    assert result.stderr.count("\n") == 1
    assert "Permission denied" in result.stderr
    assert ".guidegen-new" not in result.stderr
    assert tree(root) == before


UNREADABLE = (
    "guide.yml", "content/services.yml", "content/search-tests.yml", "content/partners/food-bank.yml",
    "content/spotlights/story.md", "content/images/logo.png", "locales/es.po", "templates/home.html", "static/own.css",
    "content/partners", "content", ".",
)  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_named_and_nothing_is_published(name: str, tmp_path: Path, as_nobody: Nobody) -> None:
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

    result = as_nobody("build", "--root", str(root), "--out", str(out / "site"))

    (root / name).chmod(0o755)
    assert result.returncode in (1, 2)
    assert "Traceback" not in result.stderr
    assert name.rpartition("/")[2].strip(".") in result.stderr
    assert "Permission denied" in result.stderr
    assert not (out / "site").exists()
