"""Redirect pages at old addresses, for hosts that know no ``_redirects`` file.

They do not show the name of the page, so that a person looking over the reader's shoulder does not see it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class MovedInputs:
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView(View):
    path: str


def plan(guide: Guide, languages: tuple[Language, ...], planned: Sequence[Page]) -> Iterator[Page]:
    """Yield a page for each old address of the ``planned`` pages that no other page has."""
    old_names = _old_names(guide)
    taken = {page.path for page in planned} if any(old_names.values()) else set()
    for page in planned if taken else ():
        for path in _old_paths(page.path, old_names):
            if path not in taken:
                taken.add(path)
                yield _page(path, page.path, page.language)
    for kind in guide.service_types:
        for language in languages if kind.was else ():
            for path in (urls.handout(language.tag, name) for name in kind.was):
                if path not in taken:  # nobody offers this now, so there is no handout to lead to
                    taken.add(path)
                    yield _page(path, urls.service_type(language.tag, kind.id), language)


def _page(path: str, target: str, language: Language) -> Page:
    return Page(path, "moved.html", language, MovedInputs(target), view, moved_to=target)


def _old_names(guide: Guide) -> dict[tuple[str, int], dict[str, tuple[str, ...]]]:
    """Return old names by current name, keyed by folder and by the position of the name in the path below it."""
    types = {kind.id: kind.was for kind in guide.service_types if kind.was}
    return {
        ("partners", 0): {one.slug: one.was for one in guide.partners if one.was},
        ("spotlights", 0): {one.slug: one.was for one in guide.spotlights if one.was},
        ("services", 0): types,
        ("handout", 0): types,
        ("areas", 1): types,  # parts of a long list
        ("for", 1): types,
    }


def _old_paths(path: str, old_names: dict[tuple[str, int], dict[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield the addresses that a page had under old names: also the parts of a list, ``en/services/food/at-north/``."""
    language, _, inner = path.partition("/")
    folder, *names = inner.rstrip("/").split("/")
    for (of_folder, number), known in old_names.items():
        if folder == of_folder and number < len(names):
            for old in known.get(names[number], ()):
                yield "/".join([language, folder, *names[:number], old, *names[number + 1 :], ""])


def view(inputs: MovedInputs, language: Language) -> MovedView:
    return MovedView(title=language.words(language.say("This page has a new address.")), path=inputs.path)
