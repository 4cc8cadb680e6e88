"""Notices about the translations on a page, computed from its finished view.

Every text in the view counts, even one that the template leaves out, so a view must hold only what its page shows.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple, get_args

from guidegen.site.components.localized_text import HtmlBlock
from guidegen.text.language import Language, LocalizedString, Message


class TextStates(NamedTuple):
    """The states of the texts in a view: the languages of the fallbacks, and the states of the translations."""

    fallbacks: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()


_TEXT_TYPES = (LocalizedString, HtmlBlock, TextStates)
_PLAIN_TYPES = (str, bool, int, float, date, NoneType)
"""Types that hold no text, although other classes are made of them."""


def collect_states(value: object) -> TextStates:
    """Return the states of all texts in a view, or in a part of one. A part with its own ``text_states`` is not walked again."""
    fallbacks: dict[str, None] = {}
    states: set[str] = set()
    pending: list[Any] = [value]
    while pending:
        part = pending.pop()
        part_type = type(part)
        if part_type is tuple:
            pending += part[::-1]
        elif part_type is Message:
            pending += [run for run in reversed(part.parts) if type(run) is not str]
        elif part_type is LocalizedString or part_type is HtmlBlock:
            if part.states:
                fallbacks.update({part.language: None} if "fallback" in part.states else {})
                states.update(part.states)
        elif part_type is TextStates:
            fallbacks.update(dict.fromkeys(part.fallbacks))
            states |= part.states
        elif get_parts := _PART_GETTERS[part_type]:
            pending += get_parts(part)
    return TextStates(tuple(fallbacks), frozenset(states - {"fallback"}))


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


class _PartGetters(dict[type, Callable[[Any], tuple[Any, ...]] | None]):
    """By type, a function that returns the parts of an instance that may hold texts, from last to first, or None."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
        getter = self[kind] = _make_part_getter(kind)
        return getter


_PART_GETTERS = _PartGetters()


def _make_part_getter(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    if not is_dataclass(kind):
        return None
    names = [entry.name for entry in reversed(fields(kind)) if may_hold_text(entry.type)]
    if "text_states" in names:
        get_all = _get_attributes([name for name in names if name != "text_states"])
        return lambda value: get_all(value) if value.text_states is None else (value.text_states,)
    return _get_attributes(names) if names else None


def _get_attributes(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def may_hold_text(annotation: Any) -> bool:
    """Return whether a value of this type may hold a text with a state, in any depth: not one that only holds plain values."""
    if arguments := get_args(annotation):
        return any(may_hold_text(argument) for argument in arguments if argument is not ...)
    if annotation in _TEXT_TYPES or not isinstance(annotation, type) or annotation.__subclasses__():
        return annotation not in _PLAIN_TYPES
    return is_dataclass(annotation) and any(may_hold_text(entry.type) for entry in fields(annotation))
