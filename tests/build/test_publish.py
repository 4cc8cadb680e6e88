"""The new site replaces the old one in one step, or not at all."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen.build import publish
from guidegen.cache.tracked_files import MARKER
from guidegen.model.page import File, UnchangedFile
from guidegen.model.problems import GuidegenError

SLOW = """
import sys, time
from pathlib import Path
from guidegen.model.page import File
from guidegen.build.publish import publish
def files():
    for number in range(400):
        print(number, flush=True)
        time.sleep(0.002)
        yield File(f"{number}/index.html", b"new" * 1000)
publish(Path(sys.argv[1]), files())
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def files(text: bytes, count: int = 3) -> Iterator[File]:
    return (File(f"en/{number}/index.html", text) for number in range(count))


def test_a_site_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, files(b"old", 5))

    assert publish.publish(out, files(b"new", 2)) == 2

    assert tree(out) == {"en/0/index.html": b"new", "en/1/index.html": b"new", MARKER: tree(out)[MARKER]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_an_error_half_way_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    publish.publish(out, files(b"old"))
    before = tree(out)

    def yield_and_fail() -> Iterator[File]:
        yield File("en/index.html", b"new")
        raise GuidegenError("a template failed")

    with pytest.raises(GuidegenError, match="a template failed"):
        publish.publish(out, yield_and_fail())

    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("after", [0, 1, 57, 200, 399])
def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_cleans_up(tmp_path: Path, after: int) -> None:
    out = tmp_path / "site"
    publish.publish(out, files(b"old"))
    before = tree(out)
    running = subprocess.Popen([sys.executable, "-c", SLOW, str(out)], stdout=subprocess.PIPE, text=True)
    assert running.stdout
    while int(running.stdout.readline()) < after:
        pass

    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()

    assert tree(out) == before
    publish.publish(out, files(b"newer"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("content", [{"photo.jpg": b"mine"}, {".git/config": b"mine"}])
def test_a_foreign_folder_is_left_alone(tmp_path: Path, content: dict[str, bytes]) -> None:
    for name, text in content.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text)

    with pytest.raises(GuidegenError, match="was not made by guidegen"):
        publish.publish(tmp_path, files(b"new"))

    assert tree(tmp_path) == content


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()

    assert publish.publish(tmp_path / "site", files(b"new")) == 3


def test_a_link_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")

    with pytest.raises(GuidegenError, match="is a link"):
        publish.publish(tmp_path / "site", files(b"new"))


@pytest.mark.parametrize("other", ["en/1/index.html", "EN/1/index.html"])
def test_two_files_never_share_an_address(tmp_path: Path, other: str) -> None:
    with pytest.raises(GuidegenError, match="the same address"):
        publish.publish(tmp_path / "site", [*files(b"a"), File(other, b"b")])

    assert not (tmp_path / "site").exists()


def test_a_second_build_is_refused_while_one_is_running(tmp_path: Path) -> None:
    out = tmp_path / "site"

    def nested() -> Iterator[File]:
        with pytest.raises(GuidegenError, match="another build"):
            publish.publish(out, files(b"second"))
        yield File("en/index.html", b"first")

    publish.publish(out, nested())

    assert tree(out)["en/index.html"] == b"first"


def test_a_site_that_was_moved_aside_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If two folders cannot be exchanged, a kill between the two renames leaves only the old site, moved aside."""
    out = tmp_path / "site"
    publish.publish(out, files(b"old"))
    before = tree(out)
    out.rename(tmp_path / ".site.old")
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)

    def yield_and_fail() -> Iterator[File]:
        yield File("en/index.html", b"new")
        raise GuidegenError("no")

    with pytest.raises(GuidegenError, match="no"):
        publish.publish(out, yield_and_fail())
    assert tree(out) == before
    assert publish.publish(out, files(b"new")) == 3


def test_a_disk_error_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    with pytest.raises(GuidegenError, match=r"could not be written to .*file/site"):
        publish.publish(tmp_path / "file" / "site", files(b"new"))


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
def test_a_folder_beside_the_site_that_is_not_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "photo.jpg").write_bytes(b"mine")

    with pytest.raises(GuidegenError, match="is in the way"):
        publish.publish(tmp_path / "site", files(b"new"))

    assert (tmp_path / name / "photo.jpg").read_bytes() == b"mine"


def test_an_unfinished_stage_of_a_killed_build_is_recognized(tmp_path: Path) -> None:
    out, stage = tmp_path / "site", tmp_path / ".site.new"
    publish.publish(out, [File("index.html", b"old")])
    stage.mkdir()
    (stage / ".guidegen.4711.guidegen-new").write_bytes(b"")  # the build was killed before it renamed the marker

    publish.publish(out, [File("index.html", b"new")])

    assert (out / "index.html").read_bytes() == b"new"
    assert not stage.exists()


def test_a_half_removed_stage_is_recognized(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    publish.publish(out, [File("index.html", b"old")])

    def yield_and_stop() -> Iterator[File]:
        yield from (File(f"{name}/index.html", b"") for name in "abc")
        raise KeyboardInterrupt

    outcomes = iter((None, KeyboardInterrupt))

    def remove_until_killed(folder: Path, **_: object) -> None:
        if error := next(outcomes):
            raise error
        for file in folder.iterdir():
            file.unlink()

    monkeypatch.setattr("guidegen.build.publish.shutil.rmtree", remove_until_killed)
    with pytest.raises(KeyboardInterrupt):
        publish.publish(out, yield_and_stop())
    monkeypatch.undo()
    publish.publish(out, [File("index.html", b"new")])

    assert (out / "index.html").read_bytes() == b"new"


# --- reuse of the previous site


def site(
    out: Path,
    name: str,
    files: dict[str, bytes | None],
    old_paths: str = "",
    previous_dir: str = "",
    stale_paths: str | None = None,
) -> publish.Stage:
    """Publish files (None: unchanged); ``old_paths`` and ``stale_paths`` are paths separated by blanks."""
    with publish.open_stage(
        out, out.parent / "cache", previous_dir, None if stale_paths is None else frozenset(stale_paths.split())
    ) as stage:
        for path, content in files.items():
            stage.add(UnchangedFile(path) if content is None else File(path, content))
        stage.finish(old_paths.split(), name)
    return stage


def test_the_previous_site_is_updated_by_its_stale_files(tmp_path: Path) -> None:
    out, stage_dir = tmp_path / "site", tmp_path / "cache/stage"
    site(out, "one", {"a": b"1", "b/c": b"1", "d/e/f": b"1", "g": b"1"})
    assert not stage_dir.exists()
    site(out, "two", {"a": b"2", "b/c": None, "d/e/f": None, "h": b"2"}, old_paths="a b/c d/e/f g")
    assert (
        publish.has_previous_dir(tmp_path / "cache", "one"),
        publish.has_previous_dir(tmp_path / "cache", "two"),
        publish.has_previous_dir(tmp_path / "cache", ""),
    ) == (True, False, False)
    assert (stage_dir / "b/c").stat().st_ino == (out / "b/c").stat().st_ino

    (stage_dir / "g").unlink()  # as if somebody deleted it
    stage = site(
        out, "three", {"a": None, "b/c": b"3", "h": None}, old_paths="a b/c d/e/f h", previous_dir="one", stale_paths="a g h"
    )

    assert (stage.written, stage.removed) == (["b/c"], ["d/e/f"])
    assert tree(out) == {"a": b"2", "b/c": b"3", "h": b"2", MARKER: tree(out)[MARKER]}
    assert not (out / "d").exists()
    assert tree(stage_dir) == {"a": b"2", "b/c": b"1", "d/e/f": b"1", "h": b"2", MARKER: tree(stage_dir)[MARKER]}
    assert (tree(out)[MARKER].splitlines()[-1], tree(stage_dir)[MARKER].splitlines()[-1]) == (b"site three", b"site two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]


@pytest.mark.parametrize(("previous_dir", "stale_paths"), [("other", "a"), ("", "a"), ("one", None)])
def test_an_unexpected_previous_site_is_not_used(tmp_path: Path, previous_dir: str, stale_paths: str | None) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1", "b": b"1"})
    site(out, "two", {"a": b"2", "b": b"2"}, old_paths="a b")

    stage = site(out, "three", {"a": None, "b": None}, old_paths="a b", previous_dir=previous_dir, stale_paths=stale_paths)

    assert stage.stale_paths is None
    assert {path: text for path, text in tree(out).items() if path != MARKER} == {"a": b"2", "b": b"2"}


def test_kept_files_are_not_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1"})
    site(out, "two", {"a": None}, old_paths="a")

    site(out, "three", {"a": b"3"}, old_paths="a", previous_dir="one", stale_paths="")

    assert ((out / "a").read_bytes(), (tmp_path / "cache/stage/a").read_bytes()) == (b"3", b"1")


def test_a_missing_unchanged_file_raises_its_own_error(tmp_path: Path) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1"})
    (out / "a").unlink()

    with pytest.raises(publish.MissingFileError, match="a is gone"):
        site(out, "two", {"a": None}, old_paths="a")
    with pytest.raises(publish.MissingFileError, match=r"^a is gone$"), publish.open_stage(out) as stage:
        stage.read("a")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]
    assert not (tmp_path / "cache/stage").exists()


def test_added_files_can_be_read_before_publishing(tmp_path: Path) -> None:
    with publish.open_stage(tmp_path / "site") as stage:
        stage.add(File("en/a", b"1"))
        assert stage.read("en/a") == b"1"
        assert not (tmp_path / "site").exists()


def test_a_disk_without_hard_links_has_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1"})
    monkeypatch.setattr("os.link", lambda *_: (_ for _ in ()).throw(OSError(1, "Operation not permitted")))

    site(out, "two", {"a": None}, old_paths="a")

    assert (out / "a").read_bytes() == b"1"
    assert (out / "a").stat().st_ino != (tmp_path / "cache/stage/a").stat().st_ino


def test_folders_that_cannot_be_exchanged_are_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1"})
    monkeypatch.setattr("guidegen.build.publish._exchange", lambda *_: False)

    site(out, "two", {"a": b"2"}, old_paths="a")

    assert ((out / "a").read_bytes(), (tmp_path / "cache/stage/a").read_bytes()) == (b"2", b"1")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_rename_that_fails_puts_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    out = tmp_path / "site"
    site(out, "one", {"a": b"1"})
    before, rename = tree(out), Path.rename

    def fail_for_stage(self: Path, target: Path) -> Path:
        if self.name == "stage":
            raise error
        return rename(self, target)

    monkeypatch.setattr("guidegen.build.publish._exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", fail_for_stage)

    with pytest.raises((GuidegenError, KeyboardInterrupt), match=r"could not be written to .*: No space left|^$"):
        site(out, "two", {"a": b"2"}, old_paths="a")

    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]
    assert not (tmp_path / "cache/stage").exists()


def test_a_cache_on_another_disk_has_no_stage_and_nothing_stays_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, rename = tmp_path / "site", Path.rename

    def refuse_stage(self: Path, target: Path) -> Path:
        if Path(target).name == "stage":
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_stage)
    site(out, "one", {"a": b"1", "b": b"1"})

    site(out, "two", {"a": b"2", "b": None}, old_paths="a b")

    assert {path: text for path, text in tree(out).items() if path != MARKER} == {"a": b"2", "b": b"1"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "site"]
    assert not publish.has_previous_dir(tmp_path / "cache", "one")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not say which file it was")
@pytest.mark.parametrize("count", [1, 64, 65])
def test_everything_is_on_the_disk_before_it_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    calls: list[str] = []
    monkeypatch.setattr("os.sync", lambda: calls.append("all"))
    monkeypatch.setattr("os.fsync", lambda number: calls.append(os.readlink(f"/proc/self/fd/{number}").rpartition("/")[2]))
    monkeypatch.setattr("guidegen.build.publish._swap", lambda *_: calls.append("published"))

    publish.publish(tmp_path / "site", [File(f"{number}", b"x") for number in range(count)])

    assert calls[-1] == "published"
    synced = calls[:-1] if count > 64 else sorted(set(calls[:-1]) - {MARKER, ".site.new"})
    assert [name for name in synced if name == "all" or name.isdigit()] == (
        ["all"] if count > 64 else sorted(map(str, range(count)))
    )


def test_a_folder_without_a_name_is_not_replaced() -> None:
    with pytest.raises(GuidegenError, match="cannot be replaced; choose a folder with --out"):
        publish.publish(Path("/"), [])


def test_a_file_in_the_place_of_the_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").write_bytes(b"mine")

    with pytest.raises(GuidegenError, match="was not made by guidegen"):
        publish.publish(tmp_path / "site", files(b"new"))

    assert (tmp_path / "site").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_a_lock_that_was_replaced_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace_lock(_: int) -> None:
        (tmp_path / ".site.lock").unlink()
        (tmp_path / ".site.lock").touch()

    monkeypatch.setattr("guidegen.files.locks._take", replace_lock)

    with pytest.raises(GuidegenError, match="another build is writing to"):
        publish.publish(tmp_path / "site", files(b"new"))


def test_missing_parent_folders_are_created(tmp_path: Path) -> None:
    assert publish.publish(tmp_path / "a/b/site", files(b"new")) == 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems rename twice")
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    assert publish._exchange(tmp_path / "a", tmp_path / "b") is True
    assert ((tmp_path / "a/b").exists(), (tmp_path / "b/a").exists()) == (True, True)
    assert publish._exchange(tmp_path / "a", tmp_path / "none") is False
