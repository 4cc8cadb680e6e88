"""Whole builds are reproducible, complete, and published in one step."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.model.problems import ContentError, GuidegenError
from tests import ROOT, make


def digest(folder: Path) -> str:
    """Return one hash over the names and bytes of every file."""
    folder_hash = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            folder_hash.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return folder_hash.hexdigest()


def test_the_same_content_gives_the_same_bytes_whatever_the_hash_seed_time_zone_and_locale(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide")
    digests = set()
    for number, (seed, zone, locale) in enumerate(
        [("0", "UTC", "C"), ("1", "Asia/Tokyo", "C.UTF-8"), ("77", "America/Lima", "tr_TR")]
    ):
        out = tmp_path / f"site{number}"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "guidegen", "build", "--root", str(root), "--out", str(out)]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        digests.add(digest(out))

    assert len(digests) == 1


def test_every_kind_of_page_is_built(tmp_path: Path) -> None:
    story = "---\ntitle: Story\ndate: 2026-01-01\n---\nText.\n"
    services = make.PARTNER_YML + "    roles: [workers]\n    area: {names: [Town]}\nlanguages: [{code: es, how: staff}]\n"
    files: dict[str, str | bytes] = {"content/spotlights/story.md": story, "content/partners/food-bank.yml": services}
    root = make.folder(tmp_path, files)

    pipeline.build(root, root / "site")

    expected = ["index.html", "404.html", "sitemap.xml", "robots.txt", "_headers", ".nojekyll", "static/css/site.css"]
    for tag in ("en", "es", "ar"):
        folders = ["", "services/", "services/food/", "partners/", "partners/food-bank/", "languages/", "languages/es/", "areas/"]
        folders += ["areas/town/", "for/workers/", "spotlights/", "about/", "privacy/", "external-links/", "accessibility/"]
        expected += [f"{tag}/{folder}index.html" for folder in folders] + [f"{tag}/feed.xml"]
    assert [path for path in expected if not (root / "site" / path).is_file()] == []
    assert (root / "site/en/spotlights/story/index.html").is_file()
    assert not (root / "site/es/spotlights/story").exists()


@pytest.mark.parametrize(
    ("address", "base"), [("https://a.example.org/", "/"), ("https://a.example.org/some/base/", "/some/base/")]
)
def test_a_guide_works_below_any_path(tmp_path: Path, address: str, base: str) -> None:
    root = make.folder(tmp_path)

    pipeline.build(root, root / "site", pipeline.BuildOptions(base_url=address))

    page = (root / "site/es/index.html").read_text(encoding="utf-8")
    assert 'href="../static/css/site.css"' in page
    assert f'<link rel="canonical" href="{address}es/">' in page
    missing = (root / "site/404.html").read_text(encoding="utf-8")
    assert f'href="{base}static/css/site.css"' in missing
    assert f'href="{base}es/"' in missing
    assert f"<loc>{address}es/partners/food-bank/</loc>" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert (root / "site/_headers").read_text(encoding="utf-8").startswith(f"{base}*\n")


def test_strict_publishes_nothing_while_there_are_warnings(tmp_path: Path) -> None:
    root = make.folder(tmp_path)

    with pytest.raises(ContentError) as raised:
        pipeline.build(root, root / "site", pipeline.BuildOptions(strict=True))

    assert {problem.code for problem in raised.value.problems} == {"missing-translation"}
    assert not (root / "site").exists()


def test_a_fault_in_a_template_names_it_and_publishes_nothing(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"templates/home.html": "{{ nothing.of.this }}"})

    with pytest.raises(GuidegenError, match=r"home\.html.*'nothing' is undefined"):
        pipeline.build(root, root / "site")

    assert not (root / "site").exists()


def test_a_guides_own_template_comes_first_and_can_extend_the_built_in_one(tmp_path: Path) -> None:
    own = '{% extends "!base/home.html" %}{% block main %}<p>Ours</p>{{ super() }}{% endblock %}'
    root = make.folder(tmp_path, {"templates/home.html": own, "static/css/site.css": "p { color: red }"})

    pipeline.build(root, root / "site")

    assert "<p>Ours</p>" in (root / "site/en/index.html").read_text(encoding="utf-8")
    assert (root / "site/static/css/site.css").read_text(encoding="utf-8") == "p { color: red }"
    assert (root / "site/static/icon.svg").is_file()


def test_a_broken_link_in_a_template_is_found_before_publishing(tmp_path: Path) -> None:
    own = '{% extends "!base/home.html" %}{% block main %}<a href="nowhere/index.html">x</a>{% endblock %}'
    root = make.folder(tmp_path, {"templates/home.html": own})

    with pytest.raises(GuidegenError, match=r"en/nowhere/index\.html leads nowhere"):
        pipeline.build(root, root / "site")


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://evil.example.org/x.js"></script>',
        '<img alt="" src="//evil.example.org/x.png">',
        '<link rel="stylesheet" href="https://evil.example.org/x.css">',
        '<iframe title="x" src="https://evil.example.org/"></iframe>',
    ],
)
def test_what_would_load_from_another_host_is_found_before_publishing(tmp_path: Path, element: str) -> None:
    own = '{% extends "!base/home.html" %}{% block main %}' + element + "{% endblock %}"
    root = make.folder(tmp_path, {"templates/home.html": own})

    with pytest.raises(GuidegenError, match=r"loads (https:)?//evil\.example\.org"):
        pipeline.build(root, root / "site")
