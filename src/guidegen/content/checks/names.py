"""Checks on names that change: old ones that lead to two things, and partners that took over from others."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from guidegen.content.checks.reporting import Sourced, old_name, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity, suggest
from guidegen.model.renames import renames_of


class _Named(NamedTuple):
    """Something with a name in addresses; ``at`` is the path of its old names in ``about``."""

    about: Sourced
    at: str
    name: str
    was: tuple[str, ...]
    is_draft: bool
    where: str


def _partners(guide: Guide) -> Iterator[_Named]:
    for one in guide.partners:
        yield _Named(one, "was", one.slug, one.was, one.status == "draft", f"in {one.source}")


def _spotlights(guide: Guide) -> Iterator[_Named]:
    for one in guide.spotlights:
        yield _Named(one, "was", one.slug, one.was, one.draft, f"in {one.source}")


def _service_types(guide: Guide) -> Iterator[_Named]:
    for one in guide.service_types:
        yield _Named(guide.services_file, f"types.{one.id}.was", one.id, one.was, False, f"of the type '{one.id}'")


def old_names_taken(guide: Guide) -> Iterator[Problem]:
    """An old name leads to one thing: nothing else has that name, or had it. With a draft it is only a warning."""
    unread = guide.slugs - {partner.slug for partner in guide.partners}
    yield from _taken("a partner", tuple(_partners(guide)), unread)
    yield from _taken("a spotlight", tuple(_spotlights(guide)))
    yield from _taken("a service type", tuple(_service_types(guide)))


def _taken(kind: str, named: tuple[_Named, ...], unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    present, earlier = {one.name: one for one in named}, dict[str, _Named]()
    for one in named:
        for number, name in enumerate(one.was):
            other = present.get(name) or earlier.setdefault(name, one)
            if other is one and name != one.name and name not in unread:
                continue
            if name == one.name:
                message, hint = f"'{name}' is its present name", f"Remove '{name}' from 'was': it is for names of before."
            elif name in present or name in unread:
                message = f"'{name}' is the name of {kind} that is there now"
                hint = f"An address leads to one of them. Remove '{name}' here, or give the other one another name."
            else:
                message = f"'{name}' is an old name {other.where} as well"
                hint = "An address leads to one of them. Remove it where it does not belong."
            is_published = not (one.is_draft or other.is_draft)
            found = problem(one.about, f"{one.at}.{number}", message, hint, "name-taken")
            yield found if is_published else replace(found, severity=Severity.WARNING)


def successors(guide: Guide) -> Iterator[Problem]:
    """A partner that closed for good names the one that took over, and that one is there."""
    renamed, by_slug = renames_of(guide).partners, {partner.slug: partner for partner in guide.partners}
    for partner in guide.partners:
        name = renamed.get(partner.replaced_by, partner.replaced_by)
        if not name or partner.source in guide.flawed:
            continue
        if name == partner.slug:
            yield problem(
                partner, "replaced_by", "the partner is replaced by itself", "Name the one that took over.", "successor"
            )
        elif name not in guide.slugs:
            message = f"'{name}' is not a partner of this guide"
            yield problem(partner, "replaced_by", message, suggest(name, sorted(guide.slugs - {partner.slug})), "unknown-partner")
        elif partner.status != "closed":
            message = f"'{name}' is named as the one that took over, and this partner is not closed"
            hint = "Write  status: closed  if it closed for good; else remove 'replaced_by'."
            yield warning(partner, "replaced_by", message, hint, "successor")
        elif name in by_slug:
            if name != partner.replaced_by:
                yield old_name(partner, "replaced_by", partner.replaced_by, name)
            yield from _successor(partner, _chain(partner, by_slug, renamed))


def _chain(partner: Partner, by_slug: Mapping[str, Partner], renamed: Mapping[str, str]) -> list[Partner]:
    """Return the partners that took over one after the other; the last one closes a circle if it is there twice."""
    chain = [partner]
    while chain[-1].status == "closed" and len({one.slug for one in chain}) == len(chain):
        name = renamed.get(chain[-1].replaced_by, chain[-1].replaced_by)
        if name not in by_slug or name == chain[-1].slug:
            break
        chain.append(by_slug[name])
    return chain[1:]


def _successor(partner: Partner, chain: list[Partner]) -> Iterator[Problem]:
    first, last, slugs = chain[0], chain[-1], [one.slug for one in chain]
    if last.slug == partner.slug:
        if partner.slug == min(slugs):  # the circle is reported once
            message = f"partners that closed lead to each other in a circle: {', '.join([partner.slug, *slugs])}"
            yield problem(partner, "replaced_by", message, "Remove 'replaced_by' where nobody took over.", "successor")
    elif first.status == "draft":
        message = f"'{first.slug}' is a draft, which is not published"
        yield warning(partner, "replaced_by", message, "Readers are not led to it before it is published.", "successor")
    elif first.status == "closed":
        is_open = last.status != "closed"
        hint = f"Write  replaced_by: {last.slug}" if is_open else "Name one that is open, or remove 'replaced_by'."
        yield warning(partner, "replaced_by", f"'{first.slug}' has closed as well", hint, "successor")
