"""Lower the problems of drafts to warnings, because drafts are not published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from guidegen.content.draft_mark import is_marked
from guidegen.content.images.content_images import pictures_of
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem, Severity


def lower_severity(problems: Iterable[Problem], guide: Guide, root: Path) -> Iterator[Problem]:
    """Yield the problems; those in files, translations and pictures of drafts never stop a build."""
    known = {str(one.source): one.status == "draft" for one in guide.partners}
    known |= {str(one.source): one.draft for one in guide.spotlights}
    published = replace(
        guide,
        partners=tuple(one for one in guide.partners if one.status != "draft"),
        spotlights=tuple(one for one in guide.spotlights if not one.draft),
    )
    known |= {f"content/{name}": True for name in pictures_of(guide) - pictures_of(published)}
    for problem in problems:
        source = _source(problem.path)
        if source not in known:
            known[source] = is_marked(root, PurePosixPath(source))
        yield replace(problem, severity=Severity.DRAFT) if known[source] else problem


def _source(path: PurePosixPath) -> str:
    """The profile or article of which a file is a translation; else the file itself."""
    return re.sub(r"^(content/(?:partners|spotlights)/[^./]+)\.[^/]*(\.(?:yml|md))$", r"\1\2", str(path))
