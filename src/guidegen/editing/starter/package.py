"""Find the guidegen that a guide's workflows install, and write ``tools/``: that package and the locked packages it needs.

Until guidegen is on a package index, its wheel itself is kept in ``tools/``. Either way pip installs by version and hash, and
``tools/requirements.txt`` is the only place that names the version.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from guidegen import resources
from guidegen.model.problems import GuidegenError

_REQUIREMENTS = """\
# The version of guidegen that this guide uses. To update, install a newer guidegen and run:  guidegen ci {host}
{requirement} \\
    --hash=sha256:{digest}
# The packages that it needs:
-r locked.txt
"""


@dataclass(frozen=True)
class GuidegenPackage:
    """The package that workflows install.

    ``requirement`` is a line of a requirements file. ``wheel`` is the file to keep in ``tools/``; None if pip downloads it.
    """

    requirement: str
    digest: str
    wheel: Path | None = None


@contextmanager
def find_package(source: str = "") -> Iterator[GuidegenPackage]:
    """Yield the package that workflows install: the guidegen that runs, or ``source``, a wheel's path or web address.

    A web address ends in the wheel's hash: ``https://…/guidegen-1.0-py3-none-any.whl#sha256=…``. Raises ``GuidegenError`` if
    there is no wheel and none can be made.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield _find_package(source, Path(folder))


def _find_package(source: str, folder: Path) -> GuidegenPackage:
    if source.startswith("https://"):
        address, _, digest = source.partition("#sha256=")
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise GuidegenError("end the address of the wheel with its hash:  …-py3-none-any.whl#sha256=…")
        return GuidegenPackage(f"guidegen @ {address}", digest)
    if source:
        return _keep_wheel(Path(source))
    text = metadata.distribution("guidegen").read_text("direct_url.json")
    origin: Mapping[str, object] = json.loads(text) if text else {}
    if "archive_info" in origin:
        return _from_archive(origin, folder)
    if not text:
        version = metadata.version("guidegen")
        return GuidegenPackage(f"guidegen=={version}", _digest(_run_pip(["download", f"guidegen=={version}"], folder)))
    # The build tools are already here: locked.txt has them, and building in isolation would download them again.
    return _keep_wheel(_run_pip(["wheel", "--no-build-isolation", str(_to_path(str(origin["url"])))], folder))


def _from_archive(origin: Mapping[str, object], folder: Path) -> GuidegenPackage:
    """Return the package that was installed from a wheel's path or web address."""
    url = str(origin["url"])
    if url.startswith("file:"):
        path = _to_path(url)
        if not path.is_file():
            raise GuidegenError(f"guidegen was installed from {path}, which is gone; name its wheel with  --package FILE")
        return _keep_wheel(path)
    return GuidegenPackage(f"guidegen @ {url}", _digest(_run_pip(["download", url], folder)))


def _to_path(url: str) -> Path:
    return Path(url2pathname(unquote(urlsplit(url).path)))


def _keep_wheel(wheel: Path) -> GuidegenPackage:
    if not wheel.is_file() or wheel.suffix != ".whl":
        raise GuidegenError(f"{wheel} is not a wheel of guidegen, such as  guidegen-1.0-py3-none-any.whl")
    return GuidegenPackage(f"./tools/{wheel.name}", _digest(wheel), wheel)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _run_pip(arguments: list[str], folder: Path) -> Path:
    """Run pip, which leaves one wheel in a folder, and return the wheel's path."""
    target = "--dest" if arguments[0] == "download" else "--wheel-dir"
    command = [
        sys.executable,
        "-m",
        "pip",
        *arguments,
        "--no-deps",
        "--quiet",
        "--disable-pip-version-check",
        target,
        str(folder),
    ]
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if completed.returncode or not wheels:
        reason = (completed.stderr.strip().splitlines() or ["pip said nothing"])[-1]
        raise GuidegenError(f"no wheel of guidegen was found ({reason}); name one with  --package FILE")
    return wheels[0]


def write_tools(package: GuidegenPackage, host: str) -> Mapping[str, bytes]:
    """Return the files of ``tools/`` by path."""
    locked = (resources.find_built_in_folder() / "requirements" / "locked.txt").read_bytes()
    requirements = _REQUIREMENTS.format(host=host, requirement=package.requirement, digest=package.digest)
    files = {"tools/requirements.txt": requirements.encode(), "tools/locked.txt": locked}
    if package.wheel:
        files[f"tools/{package.wheel.name}"] = package.wheel.read_bytes()
    return files
