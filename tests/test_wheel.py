"""The wheel contains the theme, so that a guide can be started anywhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests import ROOT

pytestmark = pytest.mark.slow


def test_a_guide_can_be_started_and_built_from_the_wheel_alone(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}

    def guidegen(*arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "guidegen", *arguments], cwd=tmp_path, env=environment, check=True, capture_output=True
        )

    guidegen("new", "guide", "my-town")
    guidegen("build", "--root", "my-town")

    page = (tmp_path / "my-town/site/es/services/english/index.html").read_text(encoding="utf-8")
    assert "Clases de inglés" in page
    assert 'class="icon"' in page
    assert (tmp_path / "my-town/site/static/css/site.css").is_file()
    assert (installed / "guidegen/theme/locales/ar.po").is_file()


def test_the_wheel_is_reproducible(tmp_path: Path) -> None:
    wheels = []
    for number in (1, 2):
        wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path / str(number)), versions=["standard"]))
        wheels.append(Path(wheel).read_bytes())

    assert wheels[0] == wheels[1]
