"""One wheel of guidegen for all tests of new guides: making it takes seconds."""

from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests import ROOT


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
