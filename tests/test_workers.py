"""Every kind of worker produces the same bytes, and a worker that dies is reported with a clear message."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from guidegen import workers as workers_module
from guidegen.build import pipeline, render_jobs
from guidegen.model.problems import GuidegenError
from guidegen.site.templating.render import render
from guidegen.workers import CHUNK_SIZE, Workers
from tests import make
from tests.edits import tree

pytestmark = pytest.mark.slow


def double(numbers: Sequence[int]) -> list[int]:
    if 13 in numbers:
        os._exit(1)
    return [2 * number for number in numbers]


@pytest.mark.parametrize("workers", [Workers(1), Workers(2), Workers(2, "spawn")])
def test_results_come_back_in_order(workers: Workers) -> None:
    numbers = range(100, 100 + 5 * CHUNK_SIZE)

    assert list(workers.map(double, numbers, str)) == [2 * number for number in numbers]


@pytest.mark.parametrize("kind", ["local", pytest.param("dask", marks=pytest.mark.slow)])
def test_the_error_names_the_task_on_which_a_worker_died(kind: str) -> None:
    if kind == "dask":
        pytest.importorskip("distributed")
    with pytest.raises(GuidegenError, match=r"a worker process died on number 13$"):
        list(Workers(2, kind).map(double, range(2 * CHUNK_SIZE), lambda number: f"number {number}"))


def write_guide(root: Path) -> Path:
    partners = {f"content/partners/place-{number}.yml": make.PARTNER_YML for number in range(2 * CHUNK_SIZE)}
    return make.folder(root, dict(partners))


@pytest.mark.parametrize("kind", ["local", "spawn", "dask"])
def test_every_kind_of_worker_builds_the_same_site(tmp_path: Path, kind: str) -> None:
    if kind == "dask":
        pytest.importorskip("distributed", reason="the extra 'distributed' is not installed")
    root = write_guide(tmp_path / "guide")
    pipeline.build(root, tmp_path / "one/site", pipeline.BuildOptions(workers=Workers(1)))
    pipeline.build(root, tmp_path / "two/site", pipeline.BuildOptions(workers=Workers(2, kind)))

    assert tree(tmp_path / "one/site") == tree(tmp_path / "two/site")


def test_a_build_starts_one_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra 'distributed' is not installed")
    start, clusters = workers_module._start_dask, []

    @contextmanager
    def count(*arguments: Any) -> Iterator[Executor]:
        with start(*arguments) as cluster:
            clusters.append(cluster)
            yield cluster

    monkeypatch.setattr(workers_module, "_start_dask", count)
    pipeline.build(write_guide(tmp_path / "guide"), tmp_path / "site", pipeline.BuildOptions(workers=Workers(2, "dask")))

    assert len(clusters) == 1


def test_dask_does_not_hash_the_values_it_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    client = pytest.importorskip("distributed.client", reason="the extra 'distributed' is not installed")
    hashed_values: list[object] = []

    def record(*values: object) -> str:
        hashed_values.extend(values)
        return str(len(hashed_values))

    monkeypatch.setattr(client, "tokenize", record)
    numbers = range(100, 100 + 3 * CHUNK_SIZE)

    assert list(Workers(2, "dask").map(double, numbers, str)) == [2 * number for number in numbers]
    assert hashed_values == []


def test_a_page_that_kills_its_worker_is_named_and_the_old_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_guide(tmp_path)
    pipeline.build(root, root / "site")
    before = tree(root / "site")

    def render_or_die(page: object, *arguments: object) -> bytes:
        if getattr(page, "path", "") == "es/partners/place-7/":
            os._exit(9)
        return render(page, *arguments)  # type: ignore[arg-type]  # passed through unchanged

    monkeypatch.setattr(render_jobs, "render", render_or_die)
    with pytest.raises(GuidegenError, match="a worker process died on the page es/partners/place-7/"):
        pipeline.build(root, root / "site", pipeline.BuildOptions(clean=True, workers=Workers(2)))

    assert tree(root / "site") == before
