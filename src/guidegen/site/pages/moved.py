"""Redirect pages at old addresses, for hosts that do not support a ``_redirects`` file.

They do not name the page they lead to, so that nobody looking over the reader's shoulder sees it.
"""

from collections.abc import Iterator, Sequence

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Page, View
from guidegen.records import dataclass
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class MovedInputs:
    """The inputs of a redirect page: the path it leads to."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView(View):
    """The view of a redirect page."""

    path: str


def plan(guide: Guide, languages: tuple[Language, ...], planned: Sequence[Page]) -> Iterator[Page]:
    """Yield a redirect page for each old address of the ``planned`` pages that is not in use."""
    old_names = _find_old_names(guide)
    taken = {page.path for page in planned} if any(old_names.values()) else set()
    for page in planned if taken else ():
        for path in _find_old_paths(page.path, old_names):
            if path not in taken:
                taken.add(path)
                yield _build_page(path, page.path, page.language)
    for service_type in guide.service_types:
        for language in languages if service_type.was else ():
            for path in (urls.handout(language.tag, name) for name in service_type.was):
                if path not in taken:  # nobody offers the type now, so it has no handout
                    taken.add(path)
                    yield _build_page(path, urls.service_type(language.tag, service_type.id), language)


def _build_page(path: str, target: str, language: Language) -> Page:
    return Page(path, "moved.html", language, MovedInputs(target), view, moved_to=target)


def _find_old_names(guide: Guide) -> dict[tuple[str, int], dict[str, tuple[str, ...]]]:
    """Return old names by current name, keyed by folder and by the position of the name in the path below it."""
    types = {service_type.id: service_type.was for service_type in guide.service_types if service_type.was}
    return {
        ("partners", 0): {partner.slug: partner.was for partner in guide.partners if partner.was},
        ("spotlights", 0): {spotlight.slug: spotlight.was for spotlight in guide.spotlights if spotlight.was},
        ("services", 0): types,
        ("handout", 0): types,
        ("areas", 1): types,  # sections of a long list
        ("for", 1): types,
    }


def _find_old_paths(path: str, old_names: dict[tuple[str, int], dict[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield the paths of a page under old names, also of a section of a list such as ``en/services/food/at-north/``."""
    language, _, inner = path.partition("/")
    folder, *names = inner.rstrip("/").split("/")
    for (renamed_folder, position), old_by_name in old_names.items():
        if folder == renamed_folder and position < len(names):
            for old_name in old_by_name.get(names[position], ()):
                yield "/".join([language, folder, *names[:position], old_name, *names[position + 1 :], ""])


def view(inputs: MovedInputs, language: Language) -> MovedView:
    """Return the view of a redirect page."""
    return MovedView(title=language.localize(language.say("This page has a new address.")), path=inputs.path)
