"""Write the workflows that check, publish and review a guide, for the host of its choice.

The files in ``starter/hosts/`` are Jinja2 templates with ``[[ ]]`` for values, because workflows use braces themselves. Those of
GitHub also serve a guide that Netlify or Cloudflare publishes: its repository is checked there.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2

from guidegen import resources
from guidegen.editing.starter.package import GuidegenPackage, find_package, write_tools
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.problems import GuidegenError

_FOLDERS = {
    "github": ("github",),
    "gitlab": ("gitlab",),
    "netlify": ("netlify", "github"),
    "cloudflare": ("cloudflare", "github"),
    "codeberg": ("codeberg",),
}
"""The template folders of each host."""
_ONLY_FOR = {".github/workflows/publish.yml": "github"}
"""Files that only one host needs."""


def list_hosts() -> tuple[str, ...]:
    """Return the hosts for which workflows can be written."""
    return tuple(_FOLDERS)


def write_host_files(host: str, name: str, package: GuidegenPackage) -> Mapping[str, bytes]:
    """Return the files for a host by path in the guide's folder, with ``tools/``, which every workflow installs from."""
    files = dict(_render_host(host, name))
    return {**files, **write_tools(package, host)}


def update_host_files(root: Path, host: str, package_source: str) -> Iterator[Path]:
    """Write the files of a host into a guide's folder, and yield the path of each one that changed.

    Remove the wheel of an earlier guidegen from ``tools/``. Raises ``GuidegenError`` if ``root`` is not the folder of a guide.
    """
    if not (root / "guide.yml").is_file():
        raise GuidegenError(f"there is no guide.yml in {root.resolve()}; go to the guide's folder, or give it with --root")
    with find_package(package_source) as package:
        files = write_host_files(host, root.resolve().name, package)
    for path, content in files.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file_durably(file, content)
            yield file
    for wheel in (root / "tools").glob("guidegen-*.whl"):
        if f"tools/{wheel.name}" not in files:
            wheel.unlink()


def _render_host(host: str, name: str) -> Iterator[tuple[str, bytes]]:
    for folder in _FOLDERS.get(host, ()):
        for file in _list_templates(f"hosts/{folder}"):
            path = file.removeprefix(f"hosts/{folder}/").replace("dot-", ".")
            if _ONLY_FOR.get(path, host) == host:
                yield path, render(file, host=host, name=name).encode()


def _list_templates(folder: str) -> list[str]:
    root = _starter_folder()
    return sorted(file.relative_to(root).as_posix() for file in (root / folder).rglob("*") if file.is_file())


def _starter_folder() -> Path:
    return resources.find_built_in_folder() / "starter"


def render(template: str, **values: object) -> str:
    """Return a file of ``starter/`` with its values filled in. An unknown value is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_starter_folder()),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  # these files are YAML and Markdown
    )
    return environment.get_template(template).render(values)
