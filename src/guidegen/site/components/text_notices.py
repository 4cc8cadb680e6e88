"""Notices on the translations that a page shows, computed from its finished view."""

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from guidegen.site.components.localized_text import HtmlBlock
from guidegen.text.language import Language, LocalizedString, Message


class TextStates(NamedTuple):
    """What readers should know of the texts of a view: the languages of texts that are not translated, and the states of others."""

    fallbacks: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()


def collect_states(value: object) -> TextStates:
    """Return the states of all texts in a view, or in a part of it."""
    fallbacks: dict[str, None] = {}
    states: set[str] = set()
    for found in _states_in(value):
        fallbacks.update(dict.fromkeys(found.fallbacks))
        states |= found.states
    return TextStates(tuple(fallbacks), frozenset(states))


def text_notices(view: object, language: Language) -> tuple[Message, ...]:
    """Return the sentences that a page shows once about its texts."""
    found, say = collect_states(view), language.phrase
    notices = []
    if found.fallbacks:
        names = language.join([language.name_of(tag) for tag in found.fallbacks])
        notices.append(say("Some text on this page is not translated yet. It is in {languages}.", languages=names))
    if "stale" in found.states:
        notices.append(say("Some text here was changed after it was translated. Marked: “may be out of date”."))
    if "machine" in found.states:
        notices.append(say("Some text on this page was translated by a machine and may have mistakes."))
    elif "unrecorded" in found.states:
        notices.append(say("It is not known if all translations on this page are up to date."))
    return tuple(notices)


def _states_in(value: Any) -> Iterator[TextStates]:
    """Yield the states of each text of a value; those of a part that knows them are not collected again."""
    pending = [value]
    while pending:
        value = pending.pop()
        kind: type = type(value)
        if kind is LocalizedString or kind is HtmlBlock:
            if value.states:
                is_fallback = "fallback" in value.states
                yield TextStates((value.language,) if is_fallback else (), frozenset(value.states) - {"fallback"})
        elif kind is tuple:
            pending += reversed(value)
        elif kind is Message:
            pending += reversed(value.parts)
        elif isinstance(known := getattr(value, "text_states", None), TextStates):
            yield known
        else:
            pending += reversed(_field_getter(kind)(value))


@cache
def _field_getter(kind: type) -> Any:
    """Return the function that gets the fields of values of a class; of other classes than dataclasses nothing is looked at."""
    names = [field.name for field in fields(kind)] if hasattr(kind, "__dataclass_fields__") else []
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names) if names else lambda _: ()
