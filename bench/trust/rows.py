"""The rows of the table: what is planted into a site that was built once, and whether the result is harmless."""

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

from bench.trust.generators import ENVIRONMENT, TIMEOUT_S, Generator
from bench.trust.saves import find_lost_saves, serving
from tests.content.images.test_images import jpeg, segment
from tests.crash import tree

KILLS = 12
MARK = "the-secret-outside"


@dataclass(frozen=True)
class Site:
    """A site and its state before the planting: its folder, and what was published."""

    generator: Generator
    folder: Path
    before: dict[str, str]

    @property
    def out(self) -> Path:
        return self.folder / self.generator.out

    @property
    def is_unchanged(self) -> bool:
        """True if the site that was published before is still there, unchanged."""
        return self.out.is_dir() and tree(self.out) == self.before

    def published(self) -> str:
        """Return all published files as one text."""
        files = [file for file in self.out.rglob("*") if file.is_file()] if self.out.is_dir() else []
        return "\n".join(file.read_bytes().decode("utf-8", "replace") for file in files)


@dataclass(frozen=True)
class Row:
    """``plant`` changes the site; ``is_harmless`` checks the result."""

    name: str
    plant: Callable[[Generator, Path], None]
    is_harmless: Callable[[Site, "subprocess.CompletedProcess[str]"], bool]
    limit: Callable[[], None] | None = None


def _is_refused(site: Site, completed: "subprocess.CompletedProcess[str]") -> bool:
    return completed.returncode > 0 and "Traceback" not in completed.stderr and site.is_unchanged


def _has_none_of(*marks: str) -> Callable[[Site, "subprocess.CompletedProcess[str]"], bool]:
    """Accept a refusal, or a site without any of these marks."""
    return lambda site, completed: (
        _is_refused(site, completed) or (completed.returncode == 0 and not any(mark in site.published() for mark in marks))
    )


def _plant_page(text: str, **front: str) -> Callable[[Generator, Path], None]:
    def plant(generator: Generator, folder: Path) -> None:
        generator.page(folder, "planted", text, **front)

    return plant


def _plant_symlink(generator: Generator, folder: Path) -> None:
    outside = folder.parent / "outside.md"
    generator.page(folder, "planted", MARK).rename(outside)
    (folder / generator.content / "planted.md").symlink_to(outside)


def _plant_picture(*hidden: bytes, after: bytes = b"") -> Callable[[Generator, Path], None]:
    """Plant a JPEG that hides these segments, and bytes after its end."""

    def plant(generator: Generator, folder: Path) -> None:
        file = folder / generator.pictures / "planted.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg(between=b"".join(hidden), after=after))
        generator.page(folder, "planted", "![A grey pixel](images/planted.jpg)", image="images/planted.jpg", alt="A grey pixel")

    return plant


_MARK_BYTES = MARK.encode()
_METADATA_SEGMENTS = (segment(0xFE, _MARK_BYTES), segment(0xE1, b"Exif\0\0" + _MARK_BYTES))
"""A comment and an Exif block."""
_OTHER_SEGMENTS = (
    segment(0xE0, b"JFXX\0\x10" + _MARK_BYTES),
    segment(0xE0, b"VNDR\0" + _MARK_BYTES),
    segment(0xEE, b"Adobe" + bytes(7) + _MARK_BYTES),
)
"""A thumbnail of the uncropped picture, a vendor's block, and a color block with extra bytes."""


def _is_inside(site: Site, completed: "subprocess.CompletedProcess[str]") -> bool:
    """Check that nothing new was written beside the site."""
    beside = [file for file in site.folder.parent.rglob("escaped*") if site.out not in file.parents]
    return not beside and completed.returncode >= 0


def _is_there_or_refused(site: Site, completed: "subprocess.CompletedProcess[str]") -> bool:
    return _is_refused(site, completed) or (completed.returncode == 0 and MARK in site.published())


def _is_calm(site: Site, completed: "subprocess.CompletedProcess[str]") -> bool:
    return (
        completed.returncode >= 0
        and "Traceback" not in completed.stderr + completed.stdout
        and (completed.returncode == 0 or site.is_unchanged)
    )


def _limit_file_size() -> None:
    """Limit the size of files, so that writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))


def survives_kills(generator: Generator, folder: Path) -> bool:
    """Return whether the site is always completely old or new after kills at random moments."""
    rng = random.Random(generator.name)  # noqa: S311  # the same seed in every run
    old = tree(folder / generator.out)
    for number in range(40):
        generator.page(folder, f"more-{number}", "More. " * 200)
    started = time.perf_counter()
    copy = folder.with_name("complete")
    subprocess.run(["cp", "-a", str(folder), str(copy)], check=True)
    generator.run(copy)
    duration = time.perf_counter() - started
    new = tree(copy / generator.out)
    for _ in range(KILLS):
        process = generator.start_running(folder)
        time.sleep(rng.uniform(0.02, duration))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        files = tree(folder / generator.out) if (folder / generator.out).is_dir() else {}
        if files not in (old, new):
            return False
    return True


ROWS = (
    Row("broken front matter is refused", _plant_page("x", title='"never closed'), _is_refused),
    Row("a duplicate key is refused", _plant_page("x", extra="1\nextra: 2"), _is_refused),
    Row("no page is dropped silently", _plant_page(MARK, date="", title=""), _is_there_or_refused),
    Row("nested YAML is harmless", _plant_page("x", extra="[" * 100_000), _is_calm),
    Row("nothing is written outside", _plant_page("x", slug="../../escaped", permalink="../../escaped.html", url="../../escaped", save_as="../../escaped.html"), _is_inside),
    Row("files outside are not published", _plant_symlink, _has_none_of(MARK)),
    Row("no script in content runs", _plant_page("<script>hit()</script>"), _has_none_of("<script>hit()")),
    Row("no javascript: link works", _plant_page("[x](javascript:hit%28%29)"), _has_none_of('href="javascript:', "href=javascript:")),
    Row("nothing is loaded from another host", _plant_page("![x](https://evil.example.org/x.png)"), _has_none_of('src="https://evil', "src=https://evil")),
    Row("characters that reverse text are refused", _plant_page("call \u202e4110-555\u202c"), _has_none_of("\u202e")),
    Row("drafts are not published", _plant_page(MARK, draft="true", status="draft"), _has_none_of(MARK)),
    Row("hidden metadata of pictures is not published", _plant_picture(*_METADATA_SEGMENTS), _has_none_of(MARK)),
    Row("no thumbnail or odd segment of a picture is published", _plant_picture(*_OTHER_SEGMENTS, after=_MARK_BYTES), _has_none_of(MARK)),
    Row("no entity becomes an invisible character", _plant_page("call &#8238 4110-555&ZeroWidthSpace;0"), _has_none_of("\u202e", "\u200b", "&#8238", "&ZeroWidthSpace")),
    Row("a full disk leaves the old site", _plant_page("More. " * 500), lambda site, run: run.returncode > 0 and site.is_unchanged, _limit_file_size),
)  # fmt: skip
"""The attacks that plant something into a site. ``TRIALS`` are the others."""


def keeps_private_facts_away(generator: Generator, folder: Path) -> bool | None:
    """Return whether nothing private is in the uploaded folder beside the site; None if the site has a fixed place."""
    if not generator.out_option:
        return None
    for number in range(2):  # the second build keeps something of the first
        generator.page(folder, "planted", f"{MARK} {number}", draft="yes")
        command = [*generator.command(folder), generator.out_option, "public/guide"]
        subprocess.run(command, cwd=folder, capture_output=True, env=ENVIRONMENT, timeout=TIMEOUT_S, check=False)
    beside = [file for file in (folder / "public").rglob("*") if file.is_file() and (folder / "public/guide") not in file.parents]
    return (folder / "public/guide").is_dir() and not any(_MARK_BYTES in file.read_bytes() for file in beside)


def shows_every_save(generator: Generator, folder: Path) -> bool | None:
    """Return whether a preview shows the second of two saves, however soon it follows; None without a preview."""
    if not generator.serve:
        return None
    page = generator.page(folder, "planted", "x")
    path = "en/spotlights/planted/" if generator.name == "guidegen" else "planted.html"
    with serving(generator.serve, folder) as address:
        saves = find_lost_saves(page, f"{address}{path}", r"x\s*$", 6, 1.5, random.Random(3))  # noqa: S311  # not for secrets
        return next(saves, None) is None


def exports_no_formulas(generator: Generator, folder: Path) -> bool | None:
    """Return whether no part of an exported text is a formula, whatever the separator; None without exports."""
    if not generator.export:
        return None
    generator.page(folder, "planted", "Food ;=cmd|'/C calc'!A0;x\n=1+1")
    (folder / "content/partners").mkdir(parents=True, exist_ok=True)
    (folder / "content/partners/planted.yml").write_text(
        "name: Food ;=cmd|'/C calc'!A0;x\nsummary: a,=1+1\nemail: a@example.org\ndescription: \"a\\n=1+1\\t@x\"\n"
    )
    subprocess.run(generator.export, cwd=folder, capture_output=True, env=ENVIRONMENT, timeout=TIMEOUT_S, check=False)
    sheets = [file.read_text("utf-8-sig") for file in (folder / "sheets").glob("*.csv")]
    return any("calc" in sheet for sheet in sheets) and not any(
        re.match(r"[\"\s]*[=+@-]", cell) for sheet in sheets for cell in re.split(r"[,;\t\n]|\\n", sheet)
    )


TRIALS: dict[str, Callable[[Generator, Path], bool | None]] = {
    "the site is complete after a kill at any moment": survives_kills,
    "nothing private is beside the site": keeps_private_facts_away,
    "no save is lost in a preview": shows_every_save,
    "no part of an exported text is a formula": exports_no_formulas,
}
NAMES = (*(row.name for row in ROWS), *TRIALS)


def verdicts(generator: Generator, folder: Path, step: int = 1) -> dict[str, bool | None]:
    """Return whether the result of each row is harmless; None if it does not apply to the generator.

    With a ``step`` above 1, only every such row is tried, and no trial.
    """
    results: dict[str, bool | None] = {}
    for number, row in enumerate(ROWS[::step]):
        root = folder / str(number) / "site-folder"
        root.mkdir(parents=True)
        generator.start(root)
        first = generator.run(root)
        if first.returncode:
            raise RuntimeError(f"{generator.name} cannot build a good site: {first.stderr[-500:]}{first.stdout[-500:]}")
        site = Site(generator, root, tree(root / generator.out))
        row.plant(generator, root)
        try:
            results[row.name] = row.is_harmless(site, generator.run(root, row.limit))
        except subprocess.TimeoutExpired:
            results[row.name] = False
    for number, (name, trial) in enumerate(TRIALS.items() if step == 1 else ()):
        root = folder / f"trial-{number}" / "site-folder"
        root.mkdir(parents=True)
        generator.start(root)
        generator.run(root)
        results[name] = trial(generator, root)
    return results
