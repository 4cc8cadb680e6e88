"""Publishing: the new site takes the old one's place in one step, or not at all."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guidegen import write
from guidegen.inputs import MARKER
from guidegen.outputs import File
from guidegen.problems import GuidegenError

SLOW = """
import sys, time
from pathlib import Path
from guidegen.outputs import File
from guidegen.write import publish
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
    write.publish(out, files(b"old", 5))

    assert write.publish(out, files(b"new", 2)) == 2

    assert tree(out) == {"en/0/index.html": b"new", "en/1/index.html": b"new", MARKER: tree(out)[MARKER]}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


def test_an_error_half_way_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write.publish(out, files(b"old"))
    before = tree(out)

    def failing() -> Iterator[File]:
        yield File("en/index.html", b"new")
        raise GuidegenError("a template failed")

    with pytest.raises(GuidegenError, match="a template failed"):
        write.publish(out, failing())

    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
@pytest.mark.parametrize("after", [0, 1, 57, 200, 399])
def test_a_build_that_is_killed_leaves_the_old_site_and_the_next_one_cleans_up(tmp_path: Path, after: int) -> None:
    out = tmp_path / "site"
    write.publish(out, files(b"old"))
    before = tree(out)
    running = subprocess.Popen([sys.executable, "-c", SLOW, str(out)], stdout=subprocess.PIPE, text=True)
    assert running.stdout
    while int(running.stdout.readline()) < after:
        pass

    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()

    assert tree(out) == before
    write.publish(out, files(b"newer"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]


@pytest.mark.parametrize("content", [{"photo.jpg": b"mine"}, {".git/config": b"mine"}])
def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, content: dict[str, bytes]) -> None:
    for name, text in content.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text)

    with pytest.raises(GuidegenError, match="was not made by guidegen"):
        write.publish(tmp_path, files(b"new"))

    assert tree(tmp_path) == content


def test_an_empty_folder_may_be_used(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()

    assert write.publish(tmp_path / "site", files(b"new")) == 3


def test_a_link_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")

    with pytest.raises(GuidegenError, match="is a link"):
        write.publish(tmp_path / "site", files(b"new"))


@pytest.mark.parametrize("other", ["en/1/index.html", "EN/1/index.html"])
def test_two_files_never_share_an_address(tmp_path: Path, other: str) -> None:
    with pytest.raises(GuidegenError, match="one address"):
        write.publish(tmp_path / "site", [*files(b"a"), File(other, b"b")])

    assert not (tmp_path / "site").exists()


def test_a_second_build_is_refused_while_one_is_running(tmp_path: Path) -> None:
    out = tmp_path / "site"

    def nested() -> Iterator[File]:
        with pytest.raises(GuidegenError, match="another build"):
            write.publish(out, files(b"second"))
        yield File("en/index.html", b"first")

    write.publish(out, nested())

    assert tree(out)["en/index.html"] == b"first"


def test_a_site_that_was_moved_aside_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two folders cannot be exchanged, a kill between the two renames leaves only the old site, aside."""
    out = tmp_path / "site"
    write.publish(out, files(b"old"))
    before = tree(out)
    out.rename(tmp_path / ".site.old")
    monkeypatch.setattr(write, "_exchange", lambda *_: False)

    def failing() -> Iterator[File]:
        yield File("en/index.html", b"new")
        raise GuidegenError("no")

    with pytest.raises(GuidegenError, match="no"):
        write.publish(out, failing())
    assert tree(out) == before
    assert write.publish(out, files(b"new")) == 3


def test_a_disk_that_refuses_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")

    with pytest.raises(GuidegenError, match=r"could not be written to .*file/site"):
        write.publish(tmp_path / "file" / "site", files(b"new"))


@pytest.mark.parametrize("name", [".site.new", ".site.old"])
def test_a_folder_beside_the_site_that_is_not_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "photo.jpg").write_bytes(b"mine")

    with pytest.raises(GuidegenError, match="stands in the way"):
        write.publish(tmp_path / "site", files(b"new"))

    assert (tmp_path / name / "photo.jpg").read_bytes() == b"mine"


def test_what_a_kill_left_of_a_stage_is_known_as_ours(tmp_path: Path) -> None:
    out, stage = tmp_path / "site", tmp_path / ".site.new"
    write.publish(out, [File("index.html", b"old")])
    stage.mkdir()
    (stage / ".guidegen.4711.guidegen-new").write_bytes(b"")  # killed before the marker had its name

    write.publish(out, [File("index.html", b"new")])

    assert (out / "index.html").read_bytes() == b"new"
    assert not stage.exists()


def test_a_stage_that_was_half_removed_is_known_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    write.publish(out, [File("index.html", b"old")])

    def fails() -> Iterator[File]:
        yield from (File(f"{name}/index.html", b"") for name in "abc")
        raise KeyboardInterrupt

    removed = iter((None, KeyboardInterrupt))

    def killed(folder: Path, **_: object) -> None:
        if end := next(removed):
            raise end
        for file in folder.iterdir():
            file.unlink()

    monkeypatch.setattr("guidegen.write.shutil.rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        write.publish(out, fails())
    monkeypatch.undo()
    write.publish(out, [File("index.html", b"new")])

    assert (out / "index.html").read_bytes() == b"new"
