"""Checks on partial guides, the files in ``guides/``."""

from collections.abc import Iterator
from dataclasses import replace

from guidegen.content.checks.reporting import problem, warning
from guidegen.content.checks.settings import usable
from guidegen.content.checks.theme import readable
from guidegen.model.areas import find_areas, normalize_place
from guidegen.model.guide import Guide
from guidegen.model.partial_guides import select_part
from guidegen.model.problems import Problem, suggest
from guidegen.model.settings import PartialGuide
from guidegen.model.visibility import select_public


def usable_parts(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each address, language, area or kind of help that a partial guide cannot have."""
    if not guide.partial_guides:
        return
    addresses, public = {guide.settings.address: "guide.yml"}, select_public(guide)
    for part in guide.partial_guides:
        settings = part.settings
        own_guide = replace(guide, settings=settings)
        yield from (*usable(own_guide), *readable(own_guide))
        other = addresses.setdefault(settings.address, str(settings.source))
        if other != str(settings.source):
            message = f"'{settings.address}' is the address in {other}, too"
            yield problem(settings, "address", message, "Each guide needs an address of its own.", "address")
        yield from _check_languages(guide, part)
        problems = [*_check_only(part), *_check_areas(public, part), *_check_types(guide, part)]
        yield from problems
        if not problems and public.partners and not select_part(public, part).partners:
            yield warning(
                settings, "only", "nothing in the guide fits 'only'", "Name more areas or kinds of help.", "empty-guide"
            )


def _check_only(part: PartialGuide) -> Iterator[Problem]:
    if not part.only.areas and not part.only.types:
        hint = "Name areas or kinds of help, such as  only: {areas: [Lake County]}"
        yield problem(part.settings, "only", "'only' names nothing, so this would be the whole guide again", hint, "empty")


def _check_languages(guide: Guide, part: PartialGuide) -> Iterator[Problem]:
    languages, known = part.settings.languages, guide.settings.languages
    if languages[:1] != known[:1]:
        message = f"the first language is '{languages[0]}', but the content is written in '{known[0]}'"
        yield problem(part.settings, "languages", message, f"Write  languages: [{', '.join(known)}]  or fewer.", "language")
    for number, tag in enumerate(languages):
        if tag not in known:
            message = f"'{tag}' is not a language of guide.yml"
            yield problem(part.settings, f"languages.{number}", message, "Add it to guide.yml first, or remove it.", "language")


def _check_areas(guide: Guide, part: PartialGuide) -> Iterator[Problem]:
    names = [area.name for area in find_areas(replace(guide, settings=part.settings))]
    known = set(map(normalize_place, names))
    for number, name in enumerate(part.only.areas):
        if normalize_place(name) not in known:
            message = f"'{name}' is not an area of this guide"
            yield problem(part.settings, f"only.areas.{number}", message, suggest(name, names), "unknown-area")


def _check_types(guide: Guide, part: PartialGuide) -> Iterator[Problem]:
    known = [kind.id for kind in guide.service_types]
    for number, name in enumerate(part.only.types):
        if name not in known:
            message = f"'{name}' is not a service type of this guide"
            yield problem(part.settings, f"only.types.{number}", message, suggest(name, known), "unknown-type")
