"""Run ``guidegen booklet``: a guide, or a part of it, as a PDF to print."""

import argparse
from datetime import date
from pathlib import Path

from guidegen.build import pipeline
from guidegen.console import print_line, refuse_errors
from guidegen.content.booklets import FOLDER
from guidegen.content.catalogs import load_languages
from guidegen.editing.booklet import contents, typesetting
from guidegen.files.atomic_files import write_file_durably
from guidegen.model import urls
from guidegen.model.areas import find_areas, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError, suggest
from guidegen.text.cldr import canonical


def run(options: argparse.Namespace) -> int:
    """Write the booklet and return the exit code."""
    guide, problems = pipeline.load_checked_guide(options.root)
    refuse_errors(problems)
    guide = pipeline.prepare_for_publishing(guide, pipeline.BuildOptions())
    settings = guide.settings
    tag = canonical(options.language) if options.language else settings.languages[0]
    if tag not in settings.languages:
        raise GuidegenError(f"'{options.language}' is not a language of this guide: {', '.join(settings.languages)}")
    area = _find_area(guide, options.area)
    guide = _select(guide, options.type, area)
    (language,) = load_languages(options.root, (tag,), settings.region)
    booklet = typesetting.typeset(contents.build_contents(guide, language, area, date.today()), date.today())
    out = options.out or options.root / FOLDER / _name_file(tag, options.type, area)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_file_durably(out, booklet)
    print_line(f"wrote {out}: {len(guide.partners)} organizations, {len(booklet) / 2**20:.1f} MiB")
    return 0


def _find_area(guide: Guide, name: str) -> str:
    """Return the name of an area as the guide spells it. Raises ``GuidegenError``."""
    names = [area.name for area in find_areas(guide)]
    found = next((known for known in names if normalize_place(known) == normalize_place(name)), "") if name else ""
    if name and not found:
        raise GuidegenError(f"'{name}' is not an area of this guide. {suggest(name, names)}")
    return found


def _select(guide: Guide, type_id: str, area: str) -> Guide:
    """Return the part of the guide that the booklet is about. Raises ``GuidegenError`` if nothing is in it."""
    types = [kind.id for kind in guide.service_types]
    if type_id and type_id not in types:
        raise GuidegenError(f"'{type_id}' is not a service type of this guide. {suggest(type_id, types)}")
    selected = contents.select(guide, type_id, area)
    if not any(partner.offered for partner in selected.listed):
        raise GuidegenError("nobody offers that, so there is nothing to print")
    return selected


def _name_file(tag: str, type_id: str, area: str) -> Path:
    return Path(".".join(filter(None, (tag, type_id, urls.slug(area) if area else "", "pdf"))))
