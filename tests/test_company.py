"""guidegen among others: other users, other processes, and people who edit the site by hand."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guidegen import pipeline
from guidegen.cli import main
from guidegen.inputs import MARKER
from tests import make
from tests.crash import ROOT, together, tree
from tests.test_pictures import png

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
