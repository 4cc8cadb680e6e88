"""Writes ``admin``: the editor as its makers publish it on npm, its configuration, and how it reads and writes files."""

import base64
import hashlib
import html
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from guidegen import resources
from guidegen.editing.cms.config import Backend
from guidegen.files.atomic_files import write_files
from guidegen.model.problems import GuidegenError

FOLDER = "admin"


class Package(NamedTuple):
    """A package of npm: its name, the version that was tried, the digest of its file (SRI), the main script, and the others."""

    name: str
    version: str
    integrity: str
    script: str
    others: str


EDITORS = {
    "decap": Package(
        "decap-cms",
        "3.16.3",
        "sha512-hf+dPlCh7TJmWl8+6VRzHYOWhri5xgUknrZbDewaWe4s9B7xJ8PQugp2QHeSldMUKzav6+z0oIpwUYhUJDYtYw==",
        "decap-cms.js",
        ".decap-cms.js",
    ),
    "sveltia": Package(
        "@sveltia/cms",
        "0.221.1",
        "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
        "sveltia-cms.js",
        "",
    ),
}
_HOSTS = {
    "github": ("https://api.github.com", "https://github.com"),
    "gitlab": ("https://gitlab.com",),
    "gitea": (),
}
_LOCAL = "http://localhost:8081"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>Edit the guide</title>
<script>window.CMS_MANUAL_INIT = true;</script>
</head>
<body>
<script src="{script}"></script>
<script src="formats.js"></script>
</body>
</html>
"""


def policy(backend: Backend) -> str:
    """The content security policy of the editor: nothing from anywhere but here; requests to the repository's host alone.

    Editors of this kind make functions from texts and set styles inline; so this page lies beside the guide, not in it.
    """
    hosts = " ".join(dict.fromkeys([*_HOSTS.get(backend.name, ()), *([backend.auth_url] if backend.auth_url else [])]))
    manual = base64.b64encode(hashlib.sha256(b"window.CMS_MANUAL_INIT = true;").digest()).decode()
    return (
        f"default-src 'none'; script-src 'self' 'unsafe-eval' 'sha256-{manual}'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self' blob: {_LOCAL} {hosts}".rstrip()
        + "; base-uri 'none'; form-action 'none'"
    )


def write(root: Path, config: str, backend: Backend, editor: str, given: Path | None) -> Iterator[Path]:
    """The files as they are written. ``given`` is the package where there is no npm. Raises ``GuidegenError``."""
    package = EDITORS[editor]
    folder = root / FOLDER
    scripts = _scripts(package, given)
    formats = (resources.built_in_folder() / "templates" / "cms" / "formats.js").read_bytes()
    page = _PAGE.format(policy=html.escape(policy(backend)), script=package.script)
    note = "# Made by guidegen cms from the field table; run it again in place of editing this file.\n"
    own = {"index.html": page.encode(), "config.yml": (note + config).encode(), "formats.js": formats}
    write_files(folder, {**scripts, **own})
    for name in (*own, package.script):
        yield Path(FOLDER) / name


def _scripts(package: Package, given: Path | None) -> dict[str, bytes]:
    """The scripts of the package, which must be the one that was tried."""
    with tempfile.TemporaryDirectory() as folder:
        file = given or fetched(package, Path(folder))
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise GuidegenError(f"{file} cannot be read: {error.strerror}") from error
        if "sha512-" + base64.b64encode(hashlib.sha512(raw).digest()).decode() != package.integrity:
            raise GuidegenError(f"{file.name} is not {package.name} {package.version} as it was published; nothing was written")
        return dict(_unpacked(file, package))


def fetched(package: Package, folder: Path) -> Path:
    """The package's file as npm gives it. Raises ``GuidegenError``."""
    wanted = f"{package.name}@{package.version}"
    npm = shutil.which("npm")
    if npm is None:
        more = f"install Node.js, or fetch {wanted} elsewhere and name its file with --package"
        raise GuidegenError(f"the editor comes from npm, which is not here: {more}")
    run = subprocess.run([npm, "pack", "--silent", wanted], cwd=folder, capture_output=True, text=True, check=False)
    files = sorted(folder.glob("*.tgz"))
    if run.returncode or not files:
        reason = (run.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise GuidegenError(f"npm could not fetch {wanted}: {reason}")
    return files[0]


def _unpacked(file: Path, package: Package) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(file) as archive:
        for member in archive.getmembers():
            folder, _, name = member.name.rpartition("/")
            is_other = bool(package.others) and name.endswith((package.others, ".wasm"))
            content = archive.extractfile(member) if folder == "package/dist" and (name == package.script or is_other) else None
            if content:
                yield name, content.read()
