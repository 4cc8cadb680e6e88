"""Checks on what is written in Markdown: articles and descriptions."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from guidegen import prose
from guidegen.checks.reporting import place_of, problem
from guidegen.model import Guide, Spotlight, Text
from guidegen.problems import Problem, suggest


def unusable_text(guide: Guide) -> Iterator[Problem]:
    """Links that do not work, raw HTML, pictures, partners that do not exist, nesting without end."""
    for spotlight in guide.spotlights:
        for edition in spotlight.editions:
            yield from _faults(edition.body, edition.source, edition.body_line, guide.slugs)
    for partner in guide.partners:
        line = place_of(partner.places, "description")[0]
        yield from _faults(partner.description.source, partner.source, line + 1, frozenset())
        for service in partner.services:
            line = place_of(partner.places, f"services.{service.key}.description")[0]
            yield from _faults(service.description.source, partner.source, line + 1, frozenset())
        yield from _translated_faults(partner.source, partner.description)
        for service in partner.services:
            yield from _translated_faults(partner.source, service.description)
    about_line = place_of(guide.settings.places, "about")[0]
    for version in guide.settings.about.versions.values():
        yield from _faults(version.text, guide.settings.source, about_line, frozenset())


def _translated_faults(source: PurePosixPath, text: Text) -> Iterator[Problem]:
    """Faults of translations, in the file named after their language; its first line stands for the text."""
    for tag, version in list(text.versions.items())[1:]:
        path = source.with_name(f"{source.stem}.{tag}.yml")
        yield from (Problem(path, 1, 1, one.message, one.hint, one.code) for one in _faults(version.text, path, 1, frozenset()))


def _faults(text: str, source: PurePosixPath, first_line: int, slugs: frozenset[str]) -> Iterator[Problem]:
    for fault in prose.faults(text, slugs):
        yield Problem(source, first_line + fault.line, 1, fault.message, fault.hint, "markdown")


def unknown_partners(guide: Guide) -> Iterator[Problem]:
    """The partners that an article features exist."""
    for spotlight in guide.spotlights:
        for number, name in enumerate(spotlight.partners):
            if name not in guide.slugs:
                message = f"'{name}' is not a partner of this guide"
                hint = suggest(name, sorted(guide.slugs))
                yield problem(spotlight, f"partners.{number}", message, hint, "unknown-partner")


def pictures_without_words(guide: Guide) -> Iterator[Problem]:
    """A picture has words for those who do not see it (WCAG 1.1.1)."""
    for spotlight in guide.spotlights:
        if _has_picture_alone(spotlight):
            hint = "Say what the picture shows:  alt: Two people at a desk"
            yield problem(spotlight, "image", "the picture has no text for people who do not see it", hint, "no-alt")


def _has_picture_alone(spotlight: Spotlight) -> bool:
    return bool(spotlight.image) and "alt" not in spotlight.places
