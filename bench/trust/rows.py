"""The rows of the table: what is planted into a site that was built once, and whether what came of it is harmless."""

import os
import random
import re
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.trust.generators import ENVIRONMENT, PATIENCE, Generator
from bench.trust.saves import lost, serving
from tests.content.images.test_images import jpeg, segment
from tests.crash import tree

KILLS = 12
MARK = "the-secret-outside"


@dataclass(frozen=True)
class Site:
    """A site before and after: its folder, what was published before, and how the second build ended."""

    generator: Generator
    folder: Path
    before: dict[str, str]

    @property
    def out(self) -> Path:
        return self.folder / self.generator.out

    @property
    def stands(self) -> bool:
        """Whether what was published before is still there, as it was."""
        return self.out.is_dir() and tree(self.out) == self.before

    def published(self) -> str:
        """All that is published, as one text."""
        files = [file for file in self.out.rglob("*") if file.is_file()] if self.out.is_dir() else []
        return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@dataclass(frozen=True)
class Row:
    """``plant`` changes the site; ``is_harmless`` looks at what came of it."""

    name: str
    plant: Callable[[Generator, Path], None]
    is_harmless: Callable[[Site, "subprocess.CompletedProcess[str]"], bool]
    limit: Callable[[], None] | None = None


def _refused(site: Site, run: "subprocess.CompletedProcess[str]") -> bool:
    return run.returncode > 0 and "Traceback" not in run.stderr and site.stands


def _without(*marks: str) -> Callable[[Site, "subprocess.CompletedProcess[str]"], bool]:
    """Refused, or published without any of these."""
    return lambda site, run: _refused(site, run) or (run.returncode == 0 and not any(mark in site.published() for mark in marks))


def _page(text: str, **front: str) -> Callable[[Generator, Path], None]:
    def plant(generator: Generator, folder: Path) -> None:
        generator.page(folder, "planted", text, **front)

    return plant


def _symlink(generator: Generator, folder: Path) -> None:
    outside = folder.parent / "outside.md"
    generator.page(folder, "planted", MARK).rename(outside)
    (folder / generator.content / "planted.md").symlink_to(outside)


def _picture(*hidden: bytes, after: bytes = b"") -> Callable[[Generator, Path], None]:
    """A JPEG in which these segments, and bytes after its end, are hidden."""

    def plant(generator: Generator, folder: Path) -> None:
        file = folder / generator.pictures / "planted.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg(between=b"".join(hidden), after=after))
        generator.page(folder, "planted", "![A grey pixel](images/planted.jpg)", image="images/planted.jpg", alt="A grey pixel")

    return plant


_SECRET = MARK.encode()
_NOTES = (segment(0xFE, _SECRET), segment(0xE1, b"Exif\0\0" + _SECRET))
"""A comment, and an Exif block."""
_PARTS = (
    segment(0xE0, b"JFXX\0\x10" + _SECRET),
    segment(0xE0, b"VNDR\0" + _SECRET),
    segment(0xEE, b"Adobe" + bytes(7) + _SECRET),
)
"""The thumbnail of what was cropped, a vendor's block, and a block of colors that is longer than it is."""


def _is_inside(site: Site, run: "subprocess.CompletedProcess[str]") -> bool:
    """Nothing was written beside the site that was not there."""
    beside = [file for file in site.folder.parent.rglob("escaped*") if site.out not in file.parents]
    return not beside and run.returncode >= 0


def _is_there_or_refused(site: Site, run: "subprocess.CompletedProcess[str]") -> bool:
    return _refused(site, run) or (run.returncode == 0 and MARK in site.published())


def _is_calm(site: Site, run: "subprocess.CompletedProcess[str]") -> bool:
    return run.returncode >= 0 and "Traceback" not in run.stderr + run.stdout and (run.returncode == 0 or site.stands)


def _no_space() -> None:
    """No file may become larger than a little: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


def survives_kills(generator: Generator, folder: Path) -> bool:
    """Killed at random moments, what is published is always the old or the new, whole."""
    chance = random.Random(generator.name)  # noqa: S311  # the same moments in every run
    old = tree(folder / generator.out)
    for number in range(40):
        generator.page(folder, f"more-{number}", "More. " * 200)
    started = time.perf_counter()
    other = folder.with_name("whole")
    subprocess.run(["cp", "-a", str(folder), str(other)], check=True)
    generator.run(other)
    took = time.perf_counter() - started
    new = tree(other / generator.out)
    for _ in range(KILLS):
        running = generator.start_running(folder)
        time.sleep(chance.uniform(0.02, took))
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        stands = tree(folder / generator.out) if (folder / generator.out).is_dir() else {}
        if stands not in (old, new):
            return False
    return True


ROWS = (
    Row("broken front matter is refused", _page("x", title='"never closed'), _refused),
    Row("a key twice is refused", _page("x", extra="1\nextra: 2"), _refused),
    Row("no page is dropped without a word", _page(MARK, date="", title=""), _is_there_or_refused),
    Row("nested YAML does no harm", _page("x", extra="[" * 100_000), _is_calm),
    Row("nothing is written outside", _page("x", slug="../../escaped", permalink="../../escaped.html", url="../../escaped", save_as="../../escaped.html"), _is_inside),
    Row("files outside are not published", _symlink, _without(MARK)),
    Row("no script in content runs", _page("<script>hit()</script>"), _without("<script>hit()")),
    Row("no javascript: link is live", _page("[x](javascript:hit%28%29)"), _without('href="javascript:', "href=javascript:")),
    Row("nothing is loaded from another host", _page("![x](https://evil.example.org/x.png)"), _without('src="https://evil', "src=https://evil")),
    Row("letters that turn text round are refused", _page("call \u202e4110-555\u202c"), _without("\u202e")),
    Row("drafts stay at home", _page(MARK, draft="true", status="draft"), _without(MARK)),
    Row("what is hidden in pictures stays there", _picture(*_NOTES), _without(MARK)),
    Row("no thumbnail or odd part of a picture is left", _picture(*_PARTS, after=_SECRET), _without(MARK)),
    Row("no entity becomes an invisible letter", _page("call &#8238 4110-555&ZeroWidthSpace;0"), _without("\u202e", "\u200b", "&#8238", "&ZeroWidthSpace")),
    Row("a full disk leaves the old site", _page("More. " * 500), lambda site, run: run.returncode > 0 and site.stands, _no_space),
)  # fmt: skip
"""What is planted into a site, beside the ``TRIALS``."""


def keeps_private_facts_away(generator: Generator, folder: Path) -> bool | None:
    """Whether nothing private is in the folder that is uploaded, beside the site; None where the site has only one place."""
    if not generator.out_option:
        return None
    for number in range(2):  # the second build has something to keep of the first
        generator.page(folder, "planted", f"{MARK} {number}", draft="yes")
        command = [*generator.command(folder), generator.out_option, "public/guide"]
        subprocess.run(command, cwd=folder, capture_output=True, env=ENVIRONMENT, timeout=PATIENCE, check=False)
    beside = [file for file in (folder / "public").rglob("*") if file.is_file() and (folder / "public/guide") not in file.parents]
    return (folder / "public/guide").is_dir() and not any(_SECRET in file.read_bytes() for file in beside)


def shows_every_save(generator: Generator, folder: Path) -> bool | None:
    """Whether a preview shows the second of two saves, however soon it follows the first; None where none was tried."""
    if not generator.serve:
        return None
    page = generator.page(folder, "planted", "x")
    path = "en/spotlights/planted/" if generator.name == "guidegen" else "planted.html"
    with serving(generator.serve, folder) as address:
        saves = lost(page, f"{address}{path}", r"x\s*$", 6, 1.5, random.Random(3))  # noqa: S311  # not for secrets
        return next(saves, None) is None


def exports_no_formulas(generator: Generator, folder: Path) -> bool | None:
    """Whether no part of an exported text is a formula, whatever a program takes for a separator; None without exports."""
    if not generator.export:
        return None
    generator.page(folder, "planted", "Food ;=cmd|'/C calc'!A0;x\n=1+1")
    (folder / "content/partners").mkdir(parents=True, exist_ok=True)
    (folder / "content/partners/planted.yml").write_text(
        "name: Food ;=cmd|'/C calc'!A0;x\nsummary: a,=1+1\nemail: a@example.org\ndescription: \"a\\n=1+1\\t@x\"\n"
    )
    subprocess.run(generator.export, cwd=folder, capture_output=True, env=ENVIRONMENT, timeout=PATIENCE, check=False)
    sheets = [file.read_text("utf-8-sig") for file in (folder / "sheets").glob("*.csv")]
    return any("calc" in sheet for sheet in sheets) and not any(
        re.match(r"[\"\s]*[=+@-]", cell) for sheet in sheets for cell in re.split(r"[,;\t\n]|\\n", sheet)
    )


TRIALS: dict[str, Callable[[Generator, Path], bool | None]] = {
    "killed at any moment, the site is whole": survives_kills,
    "nothing private is beside the site": keeps_private_facts_away,
    "no save is lost in a preview": shows_every_save,
    "no part of an exported text is a formula": exports_no_formulas,
}
NAMES = (*(row.name for row in ROWS), *TRIALS)


def verdicts(generator: Generator, folder: Path) -> dict[str, bool | None]:
    """Whether what came of each row is harmless; None where the generator has no such thing."""
    found: dict[str, bool | None] = {}
    for number, row in enumerate(ROWS):
        root = folder / str(number) / "site-folder"
        root.mkdir(parents=True)
        generator.start(root)
        first = generator.run(root)
        if first.returncode:
            raise RuntimeError(f"{generator.name} cannot build a good site: {first.stderr[-500:]}{first.stdout[-500:]}")
        site = Site(generator, root, tree(root / generator.out))
        row.plant(generator, root)
        try:
            found[row.name] = row.is_harmless(site, generator.run(root, row.limit))
        except subprocess.TimeoutExpired:
            found[row.name] = False
    for number, (name, trial) in enumerate(TRIALS.items()):
        root = folder / f"trial-{number}" / "site-folder"
        root.mkdir(parents=True)
        generator.start(root)
        generator.run(root)
        found[name] = trial(generator, root)
    return found
