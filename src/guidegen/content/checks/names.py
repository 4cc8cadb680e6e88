"""Checks on renames and replacements: old names that are ambiguous, and partners that took over from others."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from guidegen.content.checks.reporting import Sourced, old_name_warning, problem, warning
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity, suggest
from guidegen.model.renames import collect_renames


class _NamedEntry(NamedTuple):
    """A partner, spotlight or service type with its current and old names.

    ``at`` is the path of the old names in ``about``; ``where`` is a phrase that locates it in a message.
    """

    about: Sourced
    at: str
    name: str
    was: tuple[str, ...]
    is_draft: bool
    where: str


def _list_partners(guide: Guide) -> Iterator[_NamedEntry]:
    for partner in guide.partners:
        is_draft = partner.status == "draft"
        yield _NamedEntry(partner, "was", partner.slug, partner.was, is_draft, f"in {partner.source}")


def _list_spotlights(guide: Guide) -> Iterator[_NamedEntry]:
    for spotlight in guide.spotlights:
        where = f"in {spotlight.source}"
        yield _NamedEntry(spotlight, "was", spotlight.slug, spotlight.was, spotlight.draft, where)


def _list_service_types(guide: Guide) -> Iterator[_NamedEntry]:
    for kind in guide.service_types:
        at, where = f"types.{kind.id}.was", f"of the type '{kind.id}'"
        yield _NamedEntry(guide.services_file, at, kind.id, kind.was, False, where)


def old_names_taken(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each old name that something else has or had. If either is a draft, it is only a warning."""
    unread = guide.slugs - {partner.slug for partner in guide.partners}
    yield from _check_old_names("a partner", tuple(_list_partners(guide)), unread)
    yield from _check_old_names("a spotlight", tuple(_list_spotlights(guide)))
    yield from _check_old_names("a service type", tuple(_list_service_types(guide)))


def _check_old_names(kind: str, entries: tuple[_NamedEntry, ...], unread: frozenset[str] = frozenset()) -> Iterator[Problem]:
    """Yield a problem for each old name that is taken; ``unread`` are the names of partners whose file could not be read."""
    by_name, by_old_name = {entry.name: entry for entry in entries}, dict[str, _NamedEntry]()
    for entry in entries:
        for number, name in enumerate(entry.was):
            other = by_name.get(name) or by_old_name.setdefault(name, entry)
            if other is entry and name != entry.name and name not in unread:
                continue
            if name == entry.name:
                message, hint = f"'{name}' is its current name", f"Remove '{name}' from 'was', which is for old names."
            elif name in by_name or name in unread:
                message = f"'{name}' is already the name of {kind}"
                hint = f"A web address can lead to only one of them. Remove '{name}' here, or rename the other one."
            else:
                message = f"'{name}' is also an old name {other.where}"
                hint = "A web address can lead to only one of them. Remove it where it does not belong."
            conflict = problem(entry.about, f"{entry.at}.{number}", message, hint, "name-taken")
            has_draft = entry.is_draft or other.is_draft
            yield replace(conflict, severity=Severity.WARNING) if has_draft else conflict


def successors(guide: Guide) -> Iterator[Problem]:
    """Yield a problem or warning for each wrong ``replaced_by``.

    It is wrong at a partner that is not closed, and if its chain does not end at a listed partner.
    """
    renamed, by_slug = collect_renames(guide).partners, {partner.slug: partner for partner in guide.partners}
    for partner in guide.partners:
        name = renamed.get(partner.replaced_by, partner.replaced_by)
        if not name or partner.source in guide.files_with_errors:
            continue
        if name == partner.slug:
            yield problem(
                partner,
                "replaced_by",
                "the partner is listed as its own replacement",
                "Name the partner that took over.",
                "successor",
            )
        elif name not in guide.slugs:
            message = f"'{name}' is not a partner of this guide"
            yield problem(partner, "replaced_by", message, suggest(name, sorted(guide.slugs - {partner.slug})), "unknown-partner")
        elif partner.status != "closed":
            message = f"'replaced_by' names '{name}', but this partner is not closed"
            hint = "If it closed for good, write  status: closed  If not, remove 'replaced_by'."
            yield warning(partner, "replaced_by", message, hint, "successor")
        elif name in by_slug:
            if name != partner.replaced_by:
                yield old_name_warning(partner, "replaced_by", partner.replaced_by, name)
            yield from _check_chain(partner, _follow_successors(partner, by_slug, renamed))


def _follow_successors(partner: Partner, by_slug: Mapping[str, Partner], renamed: Mapping[str, str]) -> list[Partner]:
    """Return the successors of a partner in order, up to the first that is repeated, which closes a cycle."""
    chain = [partner]
    while chain[-1].status == "closed" and len({member.slug for member in chain}) == len(chain):
        name = renamed.get(chain[-1].replaced_by, chain[-1].replaced_by)
        if name not in by_slug or name == chain[-1].slug:
            break
        chain.append(by_slug[name])
    return chain[1:]


def _check_chain(partner: Partner, chain: list[Partner]) -> Iterator[Problem]:
    first, last, slugs = chain[0], chain[-1], [member.slug for member in chain]
    if last.slug == partner.slug:
        if partner.slug == min(slugs):  # report each cycle once
            message = f"closed partners replace each other in a circle: {', '.join([partner.slug, *slugs])}"
            yield problem(partner, "replaced_by", message, "Remove 'replaced_by' where nobody took over.", "successor")
    elif first.status == "draft":
        message = f"'{first.slug}' is a draft, so it is not published"
        yield warning(
            partner, "replaced_by", message, "Until it is published, readers do not see which partner took over.", "successor"
        )
    elif first.status == "closed":
        is_open = last.status != "closed"
        hint = f"Write  replaced_by: {last.slug}" if is_open else "Name a partner that is open, or remove 'replaced_by'."
        yield warning(partner, "replaced_by", f"'{first.slug}' is closed too", hint, "successor")
