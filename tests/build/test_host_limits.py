"""A site that its host would refuse is announced by the build, not by a failed publication."""

from pathlib import Path

import pytest

from guidegen.build import host_limits, pipeline
from guidegen.build.host_limits import HostLimit, list_exceeded
from tests import make


def test_a_site_within_the_limits_says_nothing(tmp_path: Path) -> None:
    for limit in host_limits.LIMITS:
        make.write(tmp_path, limit.sign, "")

    assert list(list_exceeded(tmp_path, {"index.html": 1000})) == []
    assert list(list_exceeded(tmp_path, {})) == []


@pytest.mark.parametrize(
    ("sign", "sizes", "said"),
    [
        ("wrangler.jsonc", {str(number): 1 for number in range(20_001)}, "at most 20,000 files, and the site has 20,001"),
        ("wrangler.jsonc", {"big.json": 26 * 2**20, "b": 1}, "files of at most 25 MiB, and big.json has 26"),
        (".github/workflows/publish.yml", {"a": 6 * 10**8, "b": 6 * 10**8}, "GitHub Pages takes at most 954 MiB"),
        (".gitlab-ci.yml", {str(number): 1 for number in range(200_001)}, "at most 200,000 files"),
    ],
)
def test_each_limit_of_the_guides_host_is_named(tmp_path: Path, sign: str, sizes: dict[str, int], said: str) -> None:
    assert list(list_exceeded(tmp_path, sizes)) == []  # no host is known
    make.write(tmp_path, sign, "")

    (line,) = list_exceeded(tmp_path, sizes)

    assert said in line


def test_a_build_prints_it_and_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_limits, "LIMITS", (HostLimit("A host", "guide.yml", files=10),))
    root = make.folder(tmp_path)

    result = pipeline.build(root, root / "site")

    assert any("A host takes at most 10 files" in note for note in result.notes)
    assert (root / "site/en/index.html").is_file()
