"""Checks on articles. Markdown in profiles is checked when it is read."""

import re
from collections.abc import Iterator

from guidegen.content import markdown_lint
from guidegen.content.checks.reporting import old_name_warning, problem
from guidegen.content.translation_comparison import find_changed_phones
from guidegen.model.article import Edition, OwnPage, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity, suggest
from guidegen.model.renames import collect_renames
from guidegen.text import markdown


def unusable_text(edition: Edition, source: Edition, slugs: frozenset[str], old: frozenset[str]) -> tuple[Problem, ...]:
    """Return the errors of an article's text or, if it has none, warnings about misleading links.

    Errors are broken links, raw HTML, pictures, unknown partners, nesting that is too deep, and phone numbers that differ from
    those of ``source``, the article in its first language.
    """
    errors = tuple(
        Problem(edition.source, edition.body_line + error.line, 1, error.message, error.hint, "markdown")
        for error in markdown_lint.lint(edition.body, slugs, old)
    )
    phones = tuple(
        Problem(edition.source, edition.body_line, 1, f"the translation {change.message}", change.hint, change.code)
        for change in (find_changed_phones(source.body, edition.body) if edition is not source else ())
    )
    return (*errors, *phones) or tuple(_check_misleading_links(edition))


def _check_misleading_links(edition: Edition) -> Iterator[Problem]:
    for warning in markdown_lint.find_misleading_links(edition.body):
        line = edition.body_line + warning.line
        yield Problem(edition.source, line, 1, warning.message, warning.hint, "misleading-link", Severity.WARNING)


def list_articles(guide: Guide) -> tuple[Spotlight | OwnPage, ...]:
    """Return the articles and the guide's own pages, which are written alike."""
    return (*guide.spotlights, *guide.own_pages)


def links_to_a_draft(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each link from a published article to a draft partner."""
    drafts = {
        name for partner in guide.partners if partner.status == "draft" for name in (partner.slug, *partner.was)
    } | guide.unread_drafts
    for article in list_articles(guide):
        for edition in article.editions if not article.draft else ():
            for match in markdown.PARTNER.finditer(edition.body):
                if match[1] in drafts:
                    line = edition.body_line + edition.body.count("\n", 0, match.start())
                    hint = "Publish the partner, or remove the link for now."
                    yield Problem(edition.source, line, 1, f"'{match[1]}' is a draft, so it is not published", hint, "draft")


def links_by_old_names(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each link that uses an old name of a partner. Such links still work."""
    renamed = collect_renames(guide).partners
    for edition in (edition for article in list_articles(guide) for edition in article.editions if renamed):
        for match in markdown.PARTNER.finditer(edition.body):
            if match[1] in renamed:
                line = edition.body_line + edition.body.count("\n", 0, match.start())
                message, hint = f"'{match[1]}' is now called '{renamed[match[1]]}'", f"Write  [[partner:{renamed[match[1]]}]]"
                yield Problem(edition.source, line, 1, message, hint, "old-name", Severity.WARNING)


def links_to_no_heading(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each link within an article that matches none of its headings."""
    old_names = frozenset(collect_renames(guide).partners)
    for edition in (edition for article in list_articles(guide) for edition in article.editions):
        links = list(re.finditer(r"\]\(#([^)\s]{0,200})\)", edition.body))
        if not links or any(markdown_lint.lint(edition.body, guide.slugs, old_names)):
            continue
        heading_ids = [heading.id for heading in markdown.to_html(edition.body, "").headings]
        for match in links:
            if match[1] not in heading_ids:
                line = edition.body_line + edition.body.count("\n", 0, match.start())
                message = f"there is no heading for the link '#{match[1]}'"
                yield Problem(edition.source, line, 1, message, suggest(match[1], heading_ids), "markdown")


def unknown_partners(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each featured partner that does not exist or was renamed."""
    renamed = collect_renames(guide).partners
    for spotlight in guide.spotlights:
        for number, name in enumerate(spotlight.partners):
            if name in renamed:
                yield old_name_warning(spotlight, f"partners.{number}", name, renamed[name])
            elif name not in guide.slugs:
                message = f"'{name}' is not a partner of this guide"
                hint = suggest(name, sorted(guide.slugs))
                yield problem(spotlight, f"partners.{number}", message, hint, "unknown-partner")


def pictures_without_words(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each picture without alternative text (WCAG 1.1.1)."""
    for spotlight in guide.spotlights:
        if _lacks_alt(spotlight) and spotlight.image in guide.images:
            hint = "Describe the picture:  alt: Two people at a desk"
            yield problem(spotlight, "image", "the picture has no description for people who cannot see it", hint, "no-alt")


def _lacks_alt(spotlight: Spotlight) -> bool:
    return bool(spotlight.image) and "alt" not in spotlight.places
