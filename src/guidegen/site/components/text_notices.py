"""Notices about the translations on a page, computed from its finished view.

Every text in the view counts, even one that the template leaves out, so a view must hold only what its page shows.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from guidegen.site.components.localized_text import HtmlBlock
from guidegen.text.language import Language, LocalizedString, Message

_PLAIN_TYPES = (str, bool, int, tuple[str, ...])
"""Types of fields that hold no text with a state."""


class TextStates(NamedTuple):
    """The states of the texts in a view: the languages of the fallbacks, and the states of the translations."""

    fallbacks: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()


def collect_states(value: object) -> TextStates:
    """Return the states of all texts in a view, or in a part of one."""
    fallbacks: dict[str, None] = {}
    states: set[str] = set()
    for text_states in _walk_states(value):
        fallbacks.update(dict.fromkeys(text_states.fallbacks))
        states |= text_states.states
    return TextStates(tuple(fallbacks), frozenset(states))


def build_text_notices(view: object, language: Language) -> tuple[Message, ...]:
    """Return the notices about its translations that a page shows once."""
    text_states, say = collect_states(view), language.phrase
    notices = []
    if text_states.fallbacks:
        names = language.join([language.name_of(tag) for tag in text_states.fallbacks])
        notices.append(say("Some text on this page is not translated yet. It is in {languages}.", languages=names))
    if "stale" in text_states.states:
        notices.append(
            say("The original of some text here changed after it was translated. That text is marked “may be out of date”.")
        )
    if "machine" in text_states.states:
        notices.append(say("Some text on this page was translated by a machine and may have mistakes."))
    elif "unrecorded" in text_states.states:
        notices.append(say("It is not known if all translations on this page are up to date."))
    return tuple(notices)


def _walk_states(value: Any) -> Iterator[TextStates]:
    """Yield the states of each text in a value. A part with its own ``text_states`` is not walked again."""
    pending = [value]
    while pending:
        value = pending.pop()
        value_type: type = type(value)
        if value_type is str:
            continue
        if value_type is LocalizedString or value_type is HtmlBlock:
            if value.states:
                is_fallback = "fallback" in value.states
                yield TextStates((value.language,) if is_fallback else (), frozenset(value.states) - {"fallback"})
        elif value_type is tuple:
            pending += reversed(value)
        elif value_type is Message:
            pending += reversed(value.parts)
        elif isinstance(text_states := getattr(value, "text_states", None), TextStates):
            yield text_states
        elif get_fields := _field_getter(value_type):
            pending += reversed(get_fields(value))


@cache
def _field_getter(value_type: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return a function that returns the fields of an instance that may hold texts; None for a class without such fields."""
    if not is_dataclass(value_type):
        return None
    names = [field.name for field in fields(value_type) if field.type not in _PLAIN_TYPES]
    if len(names) == 1:
        return lambda value: (getattr(value, names[0]),)
    return attrgetter(*names) if names else None
