"""A site and its cache may only be in folders where nothing private is beside what may be uploaded."""

import os
import stat
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.cache.folders import check_folders, remove_old_state
from guidegen.cache.tracked_files import resolve_folders
from guidegen.cli import main
from guidegen.model.problems import GuidegenError
from tests import make
from tests.crash import tree
from tests.test_trust import CANARIES

pytestmark = pytest.mark.slow

PRIVATE = f"""{make.PARTNER_YML}locations:
  - {{key: house, name: House, confidential: yes, address: {{line1: 7 Wren Lane, city: Finchley, state: MA}}}}
partnership:
  point_person: {{name: {CANARIES["partnership.point_person.name"]}}}
"""


@pytest.mark.parametrize("drafts", [False, True])
def test_nothing_private_is_inside_or_beside_a_site_that_is_uploaded(tmp_path: Path, drafts: bool) -> None:
    draft = make.PARTNER_YML.replace("Food Bank", "Bittern House") + "status: draft\n"
    root = make.folder(tmp_path / "guide", {"content/partners/shelter.yml": PRIVATE, "content/partners/draft.yml": draft})
    command = ["build", "--root", str(root), "--out", str(tmp_path / "public/guide"), *(["--drafts"] if drafts else [])]

    for wording in ("first", "second"):  # the second build keeps the previous site
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", wording))
        assert main(command) == 0

    assert [entry.name for entry in (tmp_path / "public").iterdir()] == ["guide"]
    uploaded = b"\n".join(file.read_bytes() for file in (tmp_path / "public").rglob("*") if file.is_file())
    assert b"Quetzal Nightjar" not in uploaded
    assert b"Wren Lane" not in uploaded
    assert (b"Bittern House" in uploaded) is drafts
    cached = b"\n".join(file.read_bytes() for file in (root / ".guidegen").rglob("*") if file.is_file())
    assert b"Quetzal Nightjar" in cached  # proves that the text searched for above is in the cache


def test_only_its_user_can_read_the_cache_and_git_ignores_it(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")

    assert (root / ".guidegen/site/.gitignore").read_text() == "*\n"
    if os.name == "posix":
        assert stat.S_IMODE((root / ".guidegen/site").stat().st_mode) == 0o700


def test_a_site_has_the_same_bytes_wherever_its_cache_is(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    for number in range(2):
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML.replace("everyone", f"guest {number}"))
        assert main(["build", "--root", str(root), "--out", str(tmp_path / "a"), "--cache", str(tmp_path / "kept")]) == 0
        assert main(["build", "--root", str(root), "--out", str(tmp_path / "b" / "site")]) == 0

    assert tree(tmp_path / "a") == tree(tmp_path / "b/site")
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_two_guides_may_share_one_folder_for_their_caches(tmp_path: Path) -> None:
    for name in ("one", "two"):
        root = make.folder(tmp_path / name, {"content/partners/food-bank.yml": make.PARTNER_YML.replace("everyone", name)})
        assert main(["build", "--root", str(root), "--cache", str(tmp_path / "kept")]) == 0

    assert len(list((tmp_path / "kept").iterdir())) == 2


REFUSED_OUT = ("/", "GUIDE", "GUIDE/..", "GUIDE/content", "GUIDE/content/site", "GUIDE/static/x", "GUIDE/templates",
    "GUIDE/locales/a/b", "GUIDE/.git/site",
    "GUIDE/.guidegen/site", "GUIDE/schemas", "GUIDE/guide.yml", "GUIDE/linked/site")  # fmt: skip
REFUSED_CACHE = (
    "GUIDE",
    "GUIDE/..",
    "/",
    "OUT",
    "OUT/cache",
    "OUT/..",
    "OUT/../cache",
    "GUIDE/content/x",
    "GUIDE/static",
)


@pytest.mark.parametrize("out", REFUSED_OUT)
def test_a_site_never_replaces_the_guide_or_a_part_of_it(out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make.folder(tmp_path / "guide")
    (root / "linked").symlink_to(root / "content")
    before = tree(root)

    assert main(["build", "--root", str(root), "--out", out.replace("GUIDE", str(root))]) == 2

    error = capsys.readouterr().err
    assert error.startswith("guidegen: ")
    assert error.count("\n") == 1
    assert tree(root) == before


@pytest.mark.parametrize("cache", REFUSED_CACHE)
def test_a_cache_is_never_a_part_of_the_guide_or_beside_what_is_uploaded(
    cache: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = make.folder(tmp_path / "guide"), tmp_path / "public/site"
    before = tree(root)
    cache_dir = cache.replace("GUIDE", str(root)).replace("OUT", str(out))

    assert main(["build", "--root", str(root), "--out", str(out), "--cache", cache_dir]) == 2

    assert "cache" in capsys.readouterr().err
    assert tree(root) == before
    assert not out.exists()


def test_the_state_of_an_earlier_version_is_removed_with_a_line_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, old = make.folder(tmp_path / "guide"), tmp_path / "public/.site.state"
    for name in ("now", "rest", "values-0a1b2c3d", ".values-0a1b2c3d.4711.guidegen-new"):
        make.write(old, name, "Quetzal Nightjar")
    make.write(root, ".site.links", "{}")

    assert main(["build", "--root", str(root), "--out", str(tmp_path / "public/site")]) == 0

    assert not old.exists()
    assert not (root / ".site.links").exists()
    printed = capsys.readouterr().err
    assert f"removed {old}" in printed
    assert f"removed {root / '.site.links'}" in printed


def test_a_foreign_folder_of_that_name_is_kept(tmp_path: Path) -> None:
    make.write(tmp_path, ".site.state/thesis.txt", "mine")

    assert list(remove_old_state(resolve_folders(tmp_path, tmp_path / "site"))) == []

    assert (tmp_path / ".site.state/thesis.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("out", "cache", "expected"),
    [
        (None, None, "guide/.guidegen/site"),
        ("guide/preview", None, "guide/.guidegen/preview"),
        ("guide/site", "guide/.guidegen", "guide/.guidegen/site"),
    ],
)
def test_a_cache_is_named_after_its_site(out: str | None, cache: str | None, expected: str, tmp_path: Path) -> None:
    folders = resolve_folders(tmp_path / "guide", tmp_path / out if out else None, tmp_path / cache if cache else None)

    assert folders.cache == tmp_path / expected
    check_folders(folders)


def test_sites_with_the_same_name_have_separate_caches(tmp_path: Path) -> None:
    caches = {resolve_folders(tmp_path / "guide", tmp_path / out / "site").cache for out in ("a", "b", "guide", "guide/a")}

    assert len(caches) == 4
    with pytest.raises(GuidegenError, match="NUL"):
        check_folders(resolve_folders(tmp_path / "guide", tmp_path / "a\0b"))
    with pytest.raises(GuidegenError, match="holds the guide itself"):
        check_folders(resolve_folders(tmp_path / "guide", tmp_path))
