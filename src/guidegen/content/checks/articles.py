"""Checks on articles. (Descriptions in Markdown are looked at where they are read.)"""

import re
from collections.abc import Iterator

from guidegen.content import markdown_lint
from guidegen.content.checks.reporting import old_name, problem
from guidegen.model.article import Edition, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity, suggest
from guidegen.model.renames import renames_of
from guidegen.text import markdown


def unusable_text(edition: Edition, slugs: frozenset[str], old: frozenset[str]) -> tuple[Problem, ...]:
    """Links that do not work, raw HTML, pictures, partners that do not exist, nesting without end; else links that mislead."""
    errors = tuple(
        Problem(edition.source, edition.body_line + fault.line, 1, fault.message, fault.hint, "markdown")
        for fault in markdown_lint.lint(edition.body, slugs, old)
    )
    return errors or tuple(_misleading_links(edition))


def _misleading_links(edition: Edition) -> Iterator[Problem]:
    for warning in markdown_lint.misleading_links(edition.body):
        line = edition.body_line + warning.line
        yield Problem(edition.source, line, 1, warning.message, warning.hint, "misleading-link", Severity.WARNING)


def links_to_a_draft(guide: Guide) -> Iterator[Problem]:
    """An article that is published does not speak of a partner that is not."""
    drafts = {
        name for partner in guide.partners if partner.status == "draft" for name in (partner.slug, *partner.was)
    } | guide.unread_drafts
    for spotlight in guide.spotlights:
        for edition in spotlight.editions if not spotlight.draft else ():
            for match in markdown.PARTNER.finditer(edition.body):
                if match[1] in drafts:
                    line = edition.body_line + edition.body.count("\n", 0, match.start())
                    hint = "Publish the partner, or take the link out until then."
                    yield Problem(edition.source, line, 1, f"'{match[1]}' is a draft, which is not published", hint, "draft")


def links_by_old_names(guide: Guide) -> Iterator[Problem]:
    """An article names partners as they are called now. A link by an old name works all the same."""
    renamed = renames_of(guide).partners
    for edition in (edition for spotlight in guide.spotlights for edition in spotlight.editions if renamed):
        for match in markdown.PARTNER.finditer(edition.body):
            if match[1] in renamed:
                line = edition.body_line + edition.body.count("\n", 0, match.start())
                message, hint = f"'{match[1]}' is now called '{renamed[match[1]]}'", f"Write  [[partner:{renamed[match[1]]}]]"
                yield Problem(edition.source, line, 1, message, hint, "old-name", Severity.WARNING)


def links_to_no_heading(guide: Guide) -> Iterator[Problem]:
    """A link to a place in the same article leads to one of its headings."""
    old = frozenset(renames_of(guide).partners)
    for edition in (edition for spotlight in guide.spotlights for edition in spotlight.editions):
        links = list(re.finditer(r"\]\(#([^)\s]{0,200})\)", edition.body))
        if not links or any(markdown_lint.lint(edition.body, guide.slugs, old)):
            continue
        known = [heading.id for heading in markdown.to_html(edition.body, "").headings]
        for match in links:
            if match[1] not in known:
                line = edition.body_line + edition.body.count("\n", 0, match.start())
                message = f"there is no heading for the link '#{match[1]}'"
                yield Problem(edition.source, line, 1, message, suggest(match[1], known), "markdown")


def unknown_partners(guide: Guide) -> Iterator[Problem]:
    """The partners that an article features exist."""
    renamed = renames_of(guide).partners
    for spotlight in guide.spotlights:
        for number, name in enumerate(spotlight.partners):
            if name in renamed:
                yield old_name(spotlight, f"partners.{number}", name, renamed[name])
            elif name not in guide.slugs:
                message = f"'{name}' is not a partner of this guide"
                hint = suggest(name, sorted(guide.slugs))
                yield problem(spotlight, f"partners.{number}", message, hint, "unknown-partner")


def pictures_without_words(guide: Guide) -> Iterator[Problem]:
    """A picture has words for those who do not see it (WCAG 1.1.1)."""
    for spotlight in guide.spotlights:
        if _has_picture_alone(spotlight) and spotlight.image in guide.images:
            hint = "Say what the picture shows:  alt: Two people at a desk"
            yield problem(spotlight, "image", "the picture has no text for people who do not see it", hint, "no-alt")


def _has_picture_alone(spotlight: Spotlight) -> bool:
    return bool(spotlight.image) and "alt" not in spotlight.places
