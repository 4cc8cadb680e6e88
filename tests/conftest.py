"""What all tests share: the sample guide, built once, and which tests run when."""

import os
from pathlib import Path

import pytest
from filelock import FileLock

from guidegen.build import pipeline
from tests import ROOT


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The published sample guide, which tests only read; all processes of a run share one."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent  # a folder of this run, above those of its processes
    site = shared / "sample" / "site"
    with FileLock(shared / "sample.lock"):
        if not site.is_dir():
            pipeline.build(ROOT, site, pipeline.BuildOptions(cache=shared / "sample-cache"))
    return site


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out nightly tests unless ``NIGHTLY`` is set, and begin with the modules that have slow tests.

    A process runs whole modules, in this order; a long one at the end would leave the other processes with nothing to do.
    """
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    if nightly and not os.environ.get("NIGHTLY"):
        config.hook.pytest_deselected(items=nightly)
        items[:] = [item for item in items if item not in nightly]
    slow_paths = {item.path for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path not in slow_paths)
