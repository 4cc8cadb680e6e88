"""Checks on the names in content/published.txt: an address that readers may have kept must not break by mistake.

They are skipped if the guide does not have that file.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import NamedTuple

from guidegen.model import urls
from guidegen.model.guide import Guide, PublishedName
from guidegen.model.problems import Problem, Severity, find_nearest_word
from guidegen.model.renames import iter_published_names

LIST = PurePosixPath("content/published.txt")
_SIMILARITY_THRESHOLD = 0.5
"""Similarity, from 0 to 1, from which one name is suggested for another."""
_MAX_SUGGESTIONS = 20
"""Number of lost names that get a suggestion; if there are more, the list itself is most likely wrong."""
_REMOVE = "Or remove this line if the address may stop working."


class _Entry(NamedTuple):
    """A partner, service type or spotlight with its address name, old names and ``titles``, which help to recognize it."""

    name: str
    was: tuple[str, ...]
    titles: tuple[str, ...]
    is_draft: bool


class _Kind(NamedTuple):
    """All entries of a kind.

    ``where`` says in which file to write ``was`` and ``alternative`` how else to keep an address; both are formats of ``{name}``.
    """

    label: str
    entries: tuple[_Entry, ...]
    where: str
    alternative: str
    by_name: Mapping[str, _Entry]


def _make_kind(label: str, entries: tuple[_Entry, ...], where: str, alternative: str) -> _Kind:
    """Return a kind with its entries by current and old name; if two share a name, a published one wins over a draft."""
    drafts_first = sorted(entries, key=lambda entry: not entry.is_draft)
    by_name = {name: entry for entry in drafts_first for name in (*entry.was, entry.name)}
    return _Kind(label, entries, where, alternative, by_name)


def addresses_that_end(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each published name that no entry has, now or as an old name, or that only a draft has."""
    if not guide.published or LIST in guide.files_with_errors:
        return
    kinds, lost_count = _list_kinds(guide), 0
    for published in guide.published:
        if published.kind == "language":
            yield from _check_language(guide, published)
        elif published.kind in kinds:
            kind = kinds[published.kind]
            entry = kind.by_name.get(published.name)
            if entry is None:
                lost_count += 1
                successor = _guess_rename(guide, published, kind) if lost_count <= _MAX_SUGGESTIONS else None
                yield _make_lost_warning(guide, published, kind, successor)
            elif entry.is_draft:
                message = f"the {kind.label} '{published.name}' was published but is now a draft: its address would stop working"
                yield _warning(published, message, f"{kind.alternative.format(name=entry.name)} {_REMOVE}")


def not_in_the_list(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning if the list lacks a published name: the address of such a name can break without a warning."""
    if guide.published is None or LIST in guide.files_with_errors:
        return
    listed = {(published.kind, published.name) for published in guide.published}
    new = [" ".join(kind_and_name) for kind_and_name in iter_published_names(guide) if kind_and_name not in listed]
    if new:
        message = f"not in the list yet: {', '.join(new[:5])}" + f" and {len(new) - 5:,} more" * (len(new) > 5)
        yield Problem(LIST, 1, 1, message, "Run:  guidegen published", "unlisted-name", Severity.WARNING)


def _check_language(guide: Guide, published: PublishedName) -> Iterator[Problem]:
    if published.name not in guide.settings.languages and guide.settings.source not in guide.files_with_errors:
        tag = published.name
        message = f"the guide was published in '{tag}' but no longer is: every address under {tag}/ would stop working"
        hint = f"Add {tag} to the languages in guide.yml, or remove this line if they may stop working."
        yield _warning(published, message, hint)


def _make_lost_warning(guide: Guide, published: PublishedName, kind: _Kind, successor: _Entry | None) -> Problem:
    """Return a warning that says how to keep the address: by ``was`` in ``successor`` if there is one, or by other means."""
    tag = guide.settings.languages[0]
    addresses = {"partner": urls.partner, "service-type": urls.service_type, "spotlight": urls.spotlight}
    address = addresses[published.kind](tag, published.name)
    message = f"the {kind.label} '{published.name}' was published but no longer exists: {address} would stop working"
    hint = (
        f"If it was renamed, write  was: [{published.name}]  under its new name. {kind.alternative.format(name=published.name)}"
    )
    if successor:
        was, where = ", ".join((*successor.was, published.name)), kind.where.format(name=successor.name)
        hint = f"If it is '{successor.name}' now, write  was: [{was}]  {where}."
    return _warning(published, message, f"{hint} {_REMOVE}")


def _guess_rename(guide: Guide, published: PublishedName, kind: _Kind) -> _Entry | None:
    """Return the entry that most likely had the lost name. Entries that are not in the list yet are tried first."""
    listed = {other.name for other in guide.published or () if other.kind == published.kind}
    candidates = ((_similarity(published.name, entry), entry.name) for entry in kind.entries if entry.name not in listed)
    similarity, name = max(candidates, default=(0.0, ""))
    if similarity < _SIMILARITY_THRESHOLD:
        name = find_nearest_word(published.name, [entry.name for entry in kind.entries if entry.name in listed])
    return kind.by_name.get(name)


def _similarity(old_name: str, entry: _Entry) -> float:
    words = set(old_name.split("-"))
    shared = len(words & set(entry.name.split("-"))) / len(words)
    names = (entry.name, *map(urls.slug, entry.titles))
    return max(shared, *(SequenceMatcher(None, old_name, name).ratio() for name in names))


def _warning(published: PublishedName, message: str, hint: str) -> Problem:
    return Problem(LIST, published.line, 1, message, hint, "lost-address", Severity.WARNING)


def _list_kinds(guide: Guide) -> dict[str, _Kind]:
    """Return the kinds by name. A kind is left out if one of its files could not be read, which may have the name."""
    kinds: dict[str, _Kind] = {}
    if guide.slugs == {partner.slug for partner in guide.partners}:
        kinds["partner"] = _make_kind(
            "partner",
            tuple(
                _Entry(partner.slug, partner.was, (partner.name, *partner.also_known_as), partner.status == "draft")
                for partner in guide.partners
            ),
            "in content/partners/{name}.yml",
            "If it closed, keep the file content/partners/{name}.yml with  status: closed  or  status: paused.",
        )
    if guide.services_file.source not in guide.files_with_errors:
        kinds["service-type"] = _make_kind(
            "service type",
            tuple(_Entry(kind.id, kind.was, (kind.name.source,), False) for kind in guide.service_types),
            "under this type in content/services.yml",
            "If its organizations are under another type now, write it under that type.",
        )
    if not any(path.parts[:2] == ("content", "spotlights") for path in guide.files_with_errors):
        kinds["spotlight"] = _make_kind(
            "spotlight",
            tuple(
                _Entry(article.slug, article.was, tuple(edition.title for edition in article.editions), article.draft)
                for article in guide.spotlights
            ),
            "in content/spotlights/{name}.md",
            "If not, keep the file content/spotlights/{name}.md without  draft: yes.",
        )
    return kinds
