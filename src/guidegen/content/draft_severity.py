"""Lower the severity of problems in drafts, which are not published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from guidegen.content.draft_mark import is_marked_as_draft
from guidegen.content.images.content_images import collect_pictures
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity

_NOT_YET = ("missing-translation", "unverified")
"""Codes of what is done to a profile when it is ready. In a draft it is no mistake."""


def lower_severity(problems: Iterable[Problem], guide: Guide, root: Path) -> Iterator[Problem]:
    """Yield the problems; those in the profiles, articles, translations and pictures of drafts never stop a build.

    A draft need not be translated or verified.
    """
    is_draft_by_path = {str(partner.source): partner.status == "draft" for partner in guide.partners}
    is_draft_by_path |= {str(spotlight.source): spotlight.draft for spotlight in guide.spotlights}
    is_draft_by_path |= {str(page.source): page.draft for page in guide.own_pages}
    published = replace(
        guide,
        partners=tuple(partner for partner in guide.partners if partner.status != "draft"),
        spotlights=tuple(spotlight for spotlight in guide.spotlights if not spotlight.draft),
    )
    is_draft_by_path |= {f"content/{name}": True for name in collect_pictures(guide) - collect_pictures(published)}
    for problem in problems:
        source = _source_path(problem.path)
        if source not in is_draft_by_path:
            is_draft_by_path[source] = is_marked_as_draft(root, PurePosixPath(source))
        if not is_draft_by_path[source]:
            yield problem
        elif problem.code not in _NOT_YET:
            yield replace(problem, severity=Severity.DRAFT)


def _source_path(path: PurePosixPath) -> str:
    """Return the path of the profile or article that a file translates; of other files, their own path."""
    return re.sub(r"^(content/(?:partners|spotlights(?:/[^./]+)?|pages)/[^./]+)\.[^/]*(\.(?:yml|md))$", r"\1\2", str(path))
