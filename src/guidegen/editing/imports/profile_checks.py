"""Check the profiles that an import would write: each alone, and all of them beside the profiles of the guide."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from guidegen.content import checks
from guidegen.content.partners import build_partner
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity, has_errors


def check_profile(path: PurePosixPath, content: bytes, guide: Guide) -> tuple[Partner | None, str]:
    """Return the partner of a profile, and the first error that ``guidegen check`` would report of it; empty if there is none."""
    node, problems = compose(content.decode("utf-8-sig"), path)
    if not isinstance(node, MappingNode):
        return None, problems[0].message if problems else "it is empty"
    settings = guide.settings
    partner, found = build_partner(path, node, {}, settings)
    problems += found
    if partner and partner.status == "draft":
        return partner, ""
    if partner:
        problems += checks.check_partner(partner, settings.languages, settings.region, settings.fictional, has_errors(problems))
    return partner, next((describe_error(problem) for problem in problems if problem.severity is Severity.ERROR), "")


def find_contradictions(guide: Guide, planned: Mapping[str, Partner]) -> dict[str, Problem]:
    """Return the planned profiles that are wrong beside others, such as two spellings for one address, each with its error.

    A profile that names a wrong one, such as its parent, is wrong, too.
    """
    before = set(checks.check_guide(guide))
    wrong: dict[str, Problem] = {}
    while True:
        right = {slug: partner for slug, partner in planned.items() if slug not in wrong}
        errors = _find_new_errors(guide, right, right, before)
        if not errors:
            return wrong
        by_path = {partner.source: slug for slug, partner in right.items()}
        named = {by_path[problem.path]: problem for problem in reversed(errors) if problem.path in by_path}
        wrong |= named or _find_causes(guide, list(right), right, before)


def _find_causes(
    guide: Guide, slugs: list[str], planned: Mapping[str, Partner], before: Collection[Problem]
) -> dict[str, Problem]:
    """Return the first planned profile that causes an error in a file which the import does not write, with that error.

    Half of the profiles is left out at a time, so that a thousand profiles take ten checks.
    """
    accepted: list[str] = []
    while len(slugs) > 1:
        half = slugs[: len(slugs) // 2]
        if _find_new_errors(guide, [*accepted, *half], planned, before):
            slugs = half
        else:
            accepted += half
            slugs = slugs[len(half) :]
    return {slugs[0]: _find_new_errors(guide, [*accepted, *slugs], planned, before)[0]}


def _find_new_errors(
    guide: Guide, slugs: Collection[str], planned: Mapping[str, Partner], before: Collection[Problem]
) -> list[Problem]:
    """Return the errors that the guide gets with some of the planned profiles. The names of all of them are known."""
    partners = {partner.slug: partner for partner in guide.partners} | {slug: planned[slug] for slug in slugs}
    changed = replace(guide, partners=tuple(partners.values()), slugs=guide.slugs | planned.keys())
    found = checks.check_guide(changed)
    return [problem for problem in found if problem.severity is Severity.ERROR and problem not in before]


def describe_error(problem: Problem) -> str:
    """Return the message of an error in a file that was not written, with the line that it would have."""
    return f"{problem.message} (it would be line {problem.line} of {problem.path})"
