"""Checks on the names under which the guide has been published: an address that somebody kept must not end by mistake.

A guide without content/published.txt is not asked about it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import NamedTuple

from guidegen.model import urls
from guidegen.model.guide import Guide, PublishedName
from guidegen.model.problems import Problem, Severity, nearest_word
from guidegen.model.renames import published_names

LIST = PurePosixPath("content/published.txt")
ALIKE = 0.5
"""How similar two names must be, from 0 to 1, for one to be suggested for the other."""
MAX_GUESSES = 20
"""How many lost names get a suggestion; where there are more, the list itself is most likely wrong."""
_REMOVE = "Or remove this line to let the address end."


class _Thing(NamedTuple):
    """A partner, a service type or a spotlight: its names, words by which it is found again, and whether it is a draft."""

    name: str
    was: tuple[str, ...]
    called: tuple[str, ...]
    is_draft: bool


class _Kind(NamedTuple):
    """All there is of a kind.

    ``where`` says where ``was`` is written, and ``kept`` what else keeps an address, both with ``{name}`` in place of the name.
    """

    what: str
    things: tuple[_Thing, ...]
    where: str
    kept: str
    by_name: Mapping[str, _Thing]


def _kind(what: str, things: tuple[_Thing, ...], where: str, kept: str) -> _Kind:
    """Return a kind with its things by present and old names; of two with one name, the one that is published."""
    drafts_first = sorted(things, key=lambda thing: not thing.is_draft)
    by_name = {name: thing for thing in drafts_first for name in (*thing.was, thing.name)}
    return _Kind(what, things, where, kept, by_name)


def addresses_that_end(guide: Guide) -> Iterator[Problem]:
    """A name that was published is still there, or is an old name of something that is."""
    if not guide.published or LIST in guide.flawed:
        return
    kinds, lost = _kinds(guide), 0
    for one in guide.published:
        if one.kind == "language":
            yield from _language(guide, one)
        elif one.kind in kinds:
            kind = kinds[one.kind]
            having = kind.by_name.get(one.name)
            if having is None:
                lost += 1
                yield _lost(guide, one, kind, _renamed(guide, one, kind) if lost <= MAX_GUESSES else None)
            elif having.is_draft:
                message = f"the {kind.what} '{one.name}' was published, and is a draft now: its address would end"
                yield _warning(one, message, f"{kind.kept.format(name=having.name)} {_REMOVE}")


def not_in_the_list(guide: Guide, _today: date) -> Iterator[Problem]:
    """The list has every name that is published: one that it lacks can end without a word."""
    if guide.published is None or LIST in guide.flawed:
        return
    listed = {(one.kind, one.name) for one in guide.published}
    new = [" ".join(one) for one in published_names(guide) if one not in listed]
    if new:
        message = f"not in the list yet: {', '.join(new[:5])}" + f" and {len(new) - 5:,} more" * (len(new) > 5)
        yield Problem(LIST, 1, 1, message, "Run:  guidegen published", "unlisted-name", Severity.WARNING)


def _language(guide: Guide, one: PublishedName) -> Iterator[Problem]:
    if one.name not in guide.settings.languages and guide.settings.source not in guide.flawed:
        message = f"the guide was published in '{one.name}', and is not any more: every address below {one.name}/ would end"
        yield _warning(one, message, f"Add {one.name} to the languages in guide.yml, or remove this line to let them end.")


def _lost(guide: Guide, one: PublishedName, kind: _Kind, renamed: _Thing | None) -> Problem:
    """Say how to keep an address: in the file that most likely was renamed, or by what else there is."""
    tag = guide.settings.languages[0]
    addresses = {"partner": urls.partner, "service-type": urls.service_type, "spotlight": urls.spotlight}
    address = addresses[one.kind](tag, one.name)
    message = f"the {kind.what} '{one.name}' was published, and is not there any more: {address} would end"
    hint = f"If it has another name now, write  was: [{one.name}]  there. {kind.kept.format(name=one.name)}"
    if renamed:
        was, where = ", ".join((*renamed.was, one.name)), kind.where.format(name=renamed.name)
        hint = f"If it is '{renamed.name}' now, write  was: [{was}]  {where}."
    return _warning(one, message, f"{hint} {_REMOVE}")


def _renamed(guide: Guide, one: PublishedName, kind: _Kind) -> _Thing | None:
    """Return what most likely was renamed: first of what the list does not have, as a new name is not in it yet."""
    listed = {other.name for other in guide.published or () if other.kind == one.kind}
    alike = ((_likeness(one.name, thing), thing.name) for thing in kind.things if thing.name not in listed)
    likeness, name = max(alike, default=(0.0, ""))
    name = name if likeness >= ALIKE else nearest_word(one.name, [thing.name for thing in kind.things if thing.name in listed])
    return kind.by_name.get(name)


def _likeness(old: str, thing: _Thing) -> float:
    words = set(old.split("-"))
    shared = len(words & set(thing.name.split("-"))) / len(words)
    names = (thing.name, *map(urls.slug, thing.called))
    return max(shared, *(SequenceMatcher(None, old, name).ratio() for name in names))


def _warning(one: PublishedName, message: str, hint: str) -> Problem:
    return Problem(LIST, one.line, 1, message, hint, "lost-address", Severity.WARNING)


def _kinds(guide: Guide) -> dict[str, _Kind]:
    """Return what there is of each kind; a kind is left out where a file could not be read, which may have the name."""
    kinds: dict[str, _Kind] = {}
    if guide.slugs == {one.slug for one in guide.partners}:
        partners = ((one, (one.name, *one.also_known_as)) for one in guide.partners)
        kinds["partner"] = _kind(
            "partner",
            tuple(_Thing(one.slug, one.was, called, one.status == "draft") for one, called in partners),
            "in content/partners/{name}.yml",
            "If it closed, keep the file content/partners/{name}.yml with  status: closed  or  status: paused.",
        )
    if guide.services_file.source not in guide.flawed:
        kinds["service-type"] = _kind(
            "service type",
            tuple(_Thing(one.id, one.was, (one.name.source,), False) for one in guide.service_types),
            "at this type in content/services.yml",
            "If another type has its organizations now, write it at that one.",
        )
    if not any(path.parent.name == "spotlights" for path in guide.flawed):
        articles = ((one, tuple(edition.title for edition in one.editions)) for one in guide.spotlights)
        kinds["spotlight"] = _kind(
            "spotlight",
            tuple(_Thing(one.slug, one.was, called, one.draft) for one, called in articles),
            "in content/spotlights/{name}.md",
            "Else keep the file content/spotlights/{name}.md without  draft: yes.",
        )
    return kinds
