"""Static files: a folder that cannot be read is an error, because the site would lack its files."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import GuidegenError
from tests import make
from tests.crash import tree


def test_a_folder_that_cannot_be_read_is_named_and_the_old_site_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make.folder(tmp_path, {"static/css/own.css": "p { color: green }\n"})
    pipeline.build(root, root / "site")
    before = tree(root / "site")
    scandir: Callable[..., Any] = os.scandir

    def refuse_styles(path: Any = ".") -> Any:
        if os.fspath(path) == str(root / "static/css"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse_styles)
    with pytest.raises(GuidegenError, match=r"static/css cannot be read: Permission denied"):
        pipeline.build(root, root / "site", pipeline.BuildOptions(clean=True))

    assert tree(root / "site") == before
