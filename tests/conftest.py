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


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out nightly tests unless ``NIGHTLY`` is set, and keep the tests of a module in one process.

    The cases of a test that is marked ``spread`` go to any process.
    """
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    if nightly and not os.environ.get("NIGHTLY"):
        config.hook.pytest_deselected(items=nightly)
        items[:] = [item for item in items if item not in nightly]
    for item in items:
        if not item.get_closest_marker("spread"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
