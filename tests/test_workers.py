"""The same bytes whoever makes the pages; and an end in words when one of the makers dies."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from guidegen.build import pipeline, render_jobs
from guidegen.model.problems import GuidegenError
from guidegen.site.templating.render import render
from guidegen.workers import CHUNK, Workers
from tests import make
from tests.edits import tree


def doubled(numbers: Sequence[int]) -> list[int]:
    if 13 in numbers:
        os._exit(1)
    return [2 * number for number in numbers]


@pytest.mark.parametrize("workers", [Workers(1), Workers(2), Workers(2, "spawn")])
def test_work_comes_back_in_order(workers: Workers) -> None:
    pieces = range(100, 100 + 5 * CHUNK)

    assert list(workers.map(doubled, pieces, str)) == [2 * number for number in pieces]


def test_a_worker_that_dies_names_what_killed_it() -> None:
    with pytest.raises(GuidegenError, match=r"a worker process died on number 13$"):
        list(Workers(2).map(doubled, range(2 * CHUNK), lambda number: f"number {number}"))


def guide(root: Path) -> Path:
    partners = {f"content/partners/place-{number}.yml": make.PARTNER_YML for number in range(2 * CHUNK)}
    return make.folder(root, dict(partners))


@pytest.mark.parametrize("kind", ["local", "spawn", "dask"])
def test_any_workers_make_the_same_site(tmp_path: Path, kind: str) -> None:
    if kind == "dask":
        pytest.importorskip("distributed", reason="the extra 'distributed' is not installed")
    root = guide(tmp_path / "guide")
    pipeline.build(root, tmp_path / "one/site", pipeline.Options(workers=Workers(1)))
    pipeline.build(root, tmp_path / "two/site", pipeline.Options(workers=Workers(2, kind)))

    assert tree(tmp_path / "one/site") == tree(tmp_path / "two/site")


def test_dask_does_not_look_into_what_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    client = pytest.importorskip("distributed.client", reason="the extra 'distributed' is not installed")
    given: list[object] = []

    def looking(*values: object) -> str:
        given.extend(values)
        return str(len(given))

    monkeypatch.setattr(client, "tokenize", looking)
    pieces = range(100, 100 + 3 * CHUNK)

    assert list(Workers(2, "dask").map(doubled, pieces, str)) == [2 * number for number in pieces]
    assert given == []


def test_a_page_that_kills_its_worker_is_named_and_the_old_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = guide(tmp_path)
    pipeline.build(root, root / "site")
    before = tree(root / "site")

    def killing(page: object, *rest: object) -> bytes:
        if getattr(page, "path", "") == "es/partners/place-7/":
            os._exit(9)
        return render(page, *rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(render_jobs, "render", killing)
    with pytest.raises(GuidegenError, match="a worker process died on the page es/partners/place-7/"):
        pipeline.build(root, root / "site", pipeline.Options(clean=True, workers=Workers(2)))

    assert tree(root / "site") == before
