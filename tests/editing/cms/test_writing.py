"""The editor's folder: the scripts of the tested package, and nothing else from it."""

import base64
import hashlib
import io
import sys
import tarfile
from pathlib import Path

import pytest

from guidegen.editing.cms import writing
from guidegen.editing.cms.config import Backend
from guidegen.model.problems import GuidegenError

PACKAGE_FILES = {
    "package/dist/decap-cms.js": b"main",
    "package/dist/1.decap-cms.js": b"part",
    "package/dist/x.wasm": b"wasm",
    "package/dist/other.js": b"other",
    "package/decap-cms.js": b"elsewhere",
    "package/dist/deep/decap-cms.js": b"too deep",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package file whose hash guidegen expects."""
    file = tmp_path / "decap-cms-1.0.0.tgz"
    with tarfile.open(file, "w:gz") as archive:
        for name, content in PACKAGE_FILES.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    digest = "sha512-" + base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
    expected = writing.EDITORS["decap"]._replace(version="1.0.0", integrity=digest)
    monkeypatch.setitem(writing.EDITORS, "decap", expected)
    return file


def install_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Put a program called npm on the path, and no other."""
    program = folder / "bin/npm"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nimport sys\n{code}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))


def test_the_scripts_page_and_configuration_are_written(tmp_path: Path, package: Path) -> None:
    (tmp_path / "guide").mkdir()

    main_files = list(
        writing.write_editor(tmp_path / "guide", "a: b\n", Backend("gitlab", "a/b", "main", "", ""), "decap", package)
    )

    admin = tmp_path / "guide/admin"
    written = {file.name: file.read_bytes() for file in admin.iterdir()}
    assert set(written) == {"index.html", "config.yml", "formats.js", "decap-cms.js", "1.decap-cms.js", "x.wasm"}
    assert written["decap-cms.js"] == b"main"
    assert written["config.yml"].endswith(b"a: b\n")
    assert b"https://gitlab.com" in written["index.html"]
    assert [path.as_posix() for path in main_files] == [
        f"admin/{name}" for name in ("index.html", "config.yml", "formats.js", "decap-cms.js")
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows runs no scripts with a shebang")
def test_the_package_is_downloaded_with_npm(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = f"import shutil; assert sys.argv[1:] == ['pack', '--silent', 'decap-cms@1.0.0']; shutil.copy({str(package)!r}, '.')"
    install_npm(tmp_path, monkeypatch, copy)
    (tmp_path / "guide").mkdir()

    assert list(writing.write_editor(tmp_path / "guide", "", Backend("gitea", "a/b", "main", "", ""), "decap", None))
    assert (tmp_path / "guide/admin/decap-cms.js").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows runs no scripts with a shebang")
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "print('no network\\nnpm error 404', file=sys.stderr); sys.exit(1)",
            "npm could not download decap-cms@1.0.0: npm error 404",
        ),
        ("", "npm could not download decap-cms@1.0.0: it gave no reason"),
        ("open('decap-cms.tgz', 'w').close()", "decap-cms.tgz is not decap-cms 1.0.0 as published; nothing was written"),
    ],
)
def test_a_failed_download_is_explained(
    tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    install_npm(tmp_path, monkeypatch, code)

    with pytest.raises(GuidegenError, match=message):
        list(writing.write_editor(tmp_path, "", Backend("gitea", "a/b", "main", "", ""), "decap", None))

    assert not (tmp_path / "admin").exists()


def test_a_missing_package_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(GuidegenError, match=r"none\.tgz cannot be read: No such file"):
        list(writing.write_editor(tmp_path, "", Backend("gitea", "a/b", "main", "", ""), "decap", tmp_path / "none.tgz"))
