"""Create the folder of a new guide, which builds as it is."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from guidegen.editing import scaffold
from guidegen.editing.starter import services_file
from guidegen.editing.starter.details import GuideDetails, check_folder
from guidegen.editing.starter.hosts import render, write_host_files
from guidegen.editing.starter.package import find_package
from guidegen.files.atomic_files import new_folder, write_file_durably
from guidegen.model.phone_numbers import sample_number
from guidegen.model.problems import GuidegenError

_SEARCH_TESTS = {
    "en": (("my tooth hurts", "health"), ("nothing to eat", "food"), ("my boss did not pay me", "worker-rights")),
    "es": (("me duele un diente", "health"), ("no tengo comida", "food"), ("mi jefe no me pagó", "worker-rights")),
}
"""Queries that search understands in every guide, to show what the file is for."""


def create_guide(details: GuideDetails, package_source: str, today: date, has_git: bool = True) -> str:
    """Create the folder of a guide, complete or not at all. Return why it has no workflows yet; usually empty.

    Raises ``GuidegenError`` if its name is invalid or taken, and if ``package_source`` is not a wheel of guidegen.
    """
    check_folder(details.folder)
    files, missing = dict(_write_content(details, today)), ""
    try:
        with find_package(package_source) as package:
            files.update(write_host_files(details.host, details.name, package))
    except GuidegenError as error:
        if package_source:
            raise
        missing = f"there are no workflows yet: {error}. Then run:  guidegen ci {details.host} --root {details.folder}"
    with new_folder(details.folder) as stage:
        for path, content in files.items():
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            write_file_durably(stage / path, content)
        (stage / "content" / "images").mkdir()
        write_file_durably(stage / "content" / "images" / ".gitkeep", b"")
        scaffold.write_schemas(stage)
        if has_git:
            _start_repository(stage)
    return missing


def _write_content(details: GuideDetails, today: date) -> Mapping[str, bytes]:
    """Return the files of the guide itself by path, without those of its host."""
    quote = scaffold.format_yaml_text
    town = details.towns[0] if details.towns else "Our Town"
    service_type = "english" if services_file.has_english_classes(details.country) else services_file.LANGUAGE_CLASSES
    values: dict[str, object] = {
        "title": quote(details.title),
        "plain_title": details.title,
        "summary": details.summary and quote(details.summary),
        "address": details.address,
        "languages": details.languages,
        "country": details.country,
        "state": details.state,
        "time_zone": details.time_zone,
        "contact_name": quote(details.contact_name),
        "contact_email": details.contact_email,
        "contact_phone": details.contact_phone and quote(details.contact_phone),
        "areas": [quote(name) for name in details.towns],
        "today": today,
        "sample_phone": sample_number(details.country),
        "sample_town": quote(town),
        "service_type": service_type,
        "search_tests": _SEARCH_TESTS.get(details.languages[0], ()),
        "host": details.host,
        "name": details.name,
    }
    paths = {
        "guide.yml": "guide/guide.yml",
        "README.md": "guide/README.md",
        "LICENSE.md": "guide/LICENSE.md",
        ".gitignore": "guide/gitignore",
        "content/partners/first-partner.yml": "guide/content/partners/first-partner.yml",
        "content/spotlights/welcome.md": "guide/content/spotlights/welcome.md",
    }
    if values["search_tests"]:
        paths["content/search-tests.yml"] = "guide/content/search-tests.yml"
    texts = {path: render(template, **values) for path, template in paths.items()}
    texts["content/services.yml"] = services_file.write_services(details.country, details.languages)
    return {path: text.encode() for path, text in texts.items()}


def _start_repository(folder: Path) -> None:
    """Make a folder a git repository with the branch main. Without git the folder stays as it is."""
    command = ["git", "-c", "init.defaultBranch=main", "init", "--quiet", str(folder)]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return
