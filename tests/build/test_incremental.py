"""An incremental build leaves the same site as a build from scratch, whatever was edited in between."""

import json
import multiprocessing
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import wraps
from pathlib import Path
from zlib import crc32

import pytest

from guidegen.build import pipeline
from guidegen.cache import file_stats
from guidegen.cache.build_cache import BuildCache
from guidegen.cache.cache_file import CacheFile
from guidegen.cache.serialization import PackedMapping, loads
from guidegen.cache.tracked_files import TrackedFiles
from guidegen.cli import main
from guidegen.content import checks
from guidegen.model.guide import Guide
from guidegen.model.page import File
from guidegen.model.problems import GuidegenError, Problem
from guidegen.serve.preview import Preview
from guidegen.site import exports
from guidegen.site.pages import spotlights
from guidegen.text.language import Language
from guidegen.workers import Workers
from tests import make
from tests.edits import tree, try_edits, use_few_words

pytestmark = pytest.mark.slow

STEPS = 3


@pytest.mark.slow
@pytest.mark.parametrize("sequences", [30, pytest.param(120, marks=pytest.mark.nightly)])
def test_any_edits_lead_to_the_same_site_as_a_build_from_scratch(sequences: int) -> None:
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), use_few_words) as pool:
        results = pool.starmap(try_edits, [(seed, STEPS) for seed in range(sequences)])
    failures = [(seed, done, differing[:3]) for seed, (done, differing) in enumerate(results) if differing]

    assert failures == []
    assert {name for done, _ in results for name in done} >= {"edit_partner", "damage_cache", "same_size", "template", "catalog"}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/library.yml": make.PARTNER_YML.replace("Food Bank", "Library")})
    pipeline.build(root, root / "site")
    library = root / "site/en/partners/library/index.html"
    before = library.stat()
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "website: https://more.example.org\n")
    first = pipeline.build(root, root / "site")
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "website: https://still-more.example.org\n")
    second = pipeline.build(root, root / "site")

    assert (
        [first.written, first.removed] == [second.written, second.removed] == [15, 0]
    )  # its page, the guide in one file, the list of a saved copy, in three languages, its contact, and five files of open data
    assert (library.stat().st_mtime_ns, library.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert b"still-more" in (root / "site/en/partners/food-bank/index.html").read_bytes()


def test_no_build_starts_when_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guidegen.cli import main

    root = make.folder(tmp_path)
    assert main(["build", "--root", str(root)]) == 0
    monkeypatch.setattr("guidegen.build.pipeline.build", lambda *_: pytest.fail("it was built again"))

    assert main(["build", "--root", str(root)]) == 0


def test_a_clean_build_can_be_requested(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    (root / "site/en/index.html").write_text("Somebody wrote this by hand.")
    pipeline.build(root, root / "site", pipeline.BuildOptions(clean=True))

    assert b"by hand" not in (root / "site/en/index.html").read_bytes()


def forge_record(root: Path, forge: Callable[[list[object]], object]) -> None:
    """Replace the values of the saved record, as a skilled attacker could."""
    folder = root / ".guidegen/site"
    with closing(CacheFile(folder)) as file:
        ((name, raw),) = file.select("SELECT * FROM site")
        forged = pickle.dumps(forge(list(loads(raw))))
        file.write("INSERT OR REPLACE INTO site VALUES (?, ?)", [(name, forged)])
        file.commit()
    first, _, lines = (folder / "now").read_text().partition("\n")
    head = json.loads(first)
    head[3] = f"{head[3].split()[0]} {crc32(forged):x}"
    (folder / "now").write_text(json.dumps(head) + "\n" + lines)


@pytest.mark.parametrize("shape", [None, "", "[('State', {})]"])
def test_the_record_of_another_version_is_ignored(tmp_path: Path, shape: str | None) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    forge_record(root, lambda values: values[1:] if shape is None else [shape, *values[1:]])
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More.\n")
    result = pipeline.build(root, root / "site")

    assert result.written > 10


def test_a_forged_record_of_the_same_version_is_read(tmp_path: Path) -> None:
    """Otherwise the tests of forged records would only show that their hash is wrong."""
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    forge_record(root, lambda values: values)
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More.\n")

    assert pipeline.build(root, root / "site").written < 20


def test_a_cache_that_names_code_is_not_run(tmp_path: Path) -> None:
    class Harm:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "harmed",))

    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    forge_record(root, lambda values: [*values[:2], Harm(), *values[3:]])
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More.\n")
    pipeline.build(root, root / "site")

    assert not (tmp_path / "harmed").exists()

    pipeline.build(root, root / "site")
    with closing(CacheFile(root / ".guidegen/site")) as store:
        keys = set(store._keys)
        for key in keys:
            store.add_bytes(key, pickle.dumps(Harm()))
        store.commit()
    assert keys
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More of it.\n")
    pipeline.build(root, root / "site")

    assert not (tmp_path / "harmed").exists()
    assert b"More of it." in (root / "site/en/partners/food-bank/index.html").read_bytes()


def test_a_profile_is_checked_again_when_it_or_the_settings_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []
    root = make.folder(tmp_path, {"content/partners/library.yml": make.PARTNER_YML.replace("Food Bank", "Library")})

    def record_check(guide: Guide) -> Iterator[Problem]:
        checked.append(guide.partners[0].slug)
        return iter(())

    monkeypatch.setattr(checks, "CHECKS", (checks.Check(checks.Scope.PARTNER, record_check),))

    def build_after_edit(file: str, text: str) -> list[str]:
        checked.clear()
        make.write(root, file, text)
        pipeline.build(root, root / "site")
        return sorted(checked)

    assert build_after_edit("guide.yml", make.GUIDE_YML) == ["food-bank", "library"]
    assert build_after_edit("content/partners/food-bank.yml", make.PARTNER_YML + "website: https://example.org\n") == [
        "food-bank"
    ]
    assert build_after_edit("guide.yml", make.GUIDE_YML + "fictional: yes\n") == ["food-bank", "library"]
    assert build_after_edit("content/services.yml", make.SERVICES_YML + "# nothing\n") == []


def test_a_profile_edited_during_the_build_has_no_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path)
    identities: list[str] = []
    monkeypatch.setattr(TrackedFiles, "is_unchanged", lambda _self, name: "food-bank" not in name)

    def record_identities(guide: Guide, _cache: BuildCache) -> Iterator[Problem]:
        identities.extend(partner.identity for partner in guide.partners)
        return iter(())

    monkeypatch.setattr(checks, "check_guide", record_identities)
    pipeline.build(root, root / "site")

    assert identities == [""]


def test_a_preview_reads_again_only_what_was_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path, {"content/partners/library.yml": make.PARTNER_YML.replace("Food Bank", "Library")})
    preview = Preview(root, "")
    preview.refresh()
    before, decoded = dict(preview._values._values), list[bytes]()

    def record_and_decode(raw: bytes) -> object:
        decoded.append(raw)
        return loads(raw)

    monkeypatch.setattr("guidegen.cache.build_cache.loads", record_and_decode)
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "website: https://example.org\n")
    preview.refresh()
    values = preview._values._values

    assert len(decoded) == 1, "the profile that was edited"
    assert len(values) == len(before), "unused values are dropped"
    assert len([name for name in values if values[name] is before.get(name)]) == len(before) - 1


def test_the_positions_of_fields_are_decoded_only_for_a_message(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    inputs = TrackedFiles(root)
    with closing(CacheFile(tmp_path / "state")) as store:
        cache = BuildCache(inputs, store)
        fresh = pipeline.load_checked_guide(root, cache)[0].partners[0]
        store.commit()
    with closing(CacheFile(tmp_path / "state")) as store:
        cached = pipeline.load_checked_guide(root, BuildCache(inputs, store))[0].partners[0]

    assert isinstance(cached.places, PackedMapping)
    assert cached.places._decoded is None
    assert dict(cached.places) == dict(pipeline.load_checked_guide(root)[0].partners[0].places) == dict(fresh.places)
    assert dict(cached.texts) == dict(fresh.texts)


def test_an_export_that_fails_ends_the_build_and_its_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[File]:
        raise GuidegenError("no")

    root = make.folder(tmp_path)
    monkeypatch.setattr(exports, "EXPORTS", (exports.Export("broken", fail, lambda *_: 1),))
    with pytest.raises(GuidegenError, match="no"):
        pipeline.build(root, root / "site", pipeline.BuildOptions(workers=Workers(2)))

    assert multiprocessing.active_children() == []
    assert not (root / "site").exists()


def test_a_site_that_was_emptied_is_rebuilt(tmp_path: Path) -> None:
    root = make.folder(tmp_path)
    pipeline.build(root, root / "site")
    shutil.rmtree(root / "site/en")
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More.\n")
    pipeline.build(root, root / "site")

    assert (root / "site/en/index.html").is_file()


def test_a_failed_build_leaves_the_next_one_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path)
    for number in range(3):
        make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + f"description: Text {number}.\n")
        pipeline.build(root, root / "site")
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: Text 9.\n")
    with monkeypatch.context() as patched:
        patched.setattr("guidegen.build.publish._swap", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(GuidegenError, match="No space left"):
            pipeline.build(root, root / "site")
    assert b"Text 2." in (root / "site/en/partners/food-bank/index.html").read_bytes()
    pipeline.build(root, root / "site")
    pipeline.build(root, tmp_path / "fresh/site")

    assert tree(root / "site") == tree(tmp_path / "fresh/site")


def test_the_files_are_scanned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path)
    main(["build", "--root", str(root)])
    scanned: list[str] = []

    def record_scan(folder: str) -> file_stats.FileStats:
        scanned.append(folder)
        return file_stats.scan_files(folder)

    monkeypatch.setattr("guidegen.cache.tracked_files.scan_files", record_scan)
    make.write(root, "content/partners/food-bank.yml", make.PARTNER_YML + "description: More.\n")

    assert main(["build", "--root", str(root)]) == 0
    assert scanned == [str(root)]
    assert b"More." in (root / "site/en/partners/food-bank/index.html").read_bytes()


def test_a_new_name_renders_only_the_articles_that_mention_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article = "---\ntitle: An article\nsummary: What it says.\ndate: 2026-11-03\nauthors: [Ana]\n---\n\nWords.\n"
    library = make.PARTNER_YML.replace("Food Bank", "Library")
    about = {"content/spotlights/one.md": article, "content/spotlights/two.md": article + "See [[partner:library]].\n"}
    root = make.folder(tmp_path, {**about, "content/partners/library.yml": library})
    pipeline.build(root, root / "site")
    rendered: list[str] = []

    @wraps(spotlights.build_article_view)
    def record_view(inputs: spotlights.ArticleInputs, language: Language) -> spotlights.ArticleView:
        rendered.append(inputs.slug)
        return view(inputs, language)

    view = spotlights.build_article_view
    monkeypatch.setattr(spotlights, "build_article_view", record_view)
    make.write(root, "content/partners/library.yml", library.replace("name: Library", "name: Town Library"))
    pipeline.build(root, root / "site")

    assert rendered == ["two"]
    assert b"Town Library" in (root / "site/en/spotlights/two/index.html").read_bytes()
