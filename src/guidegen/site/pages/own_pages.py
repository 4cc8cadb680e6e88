"""The pages that a guide adds of its own: ``content/pages/<name>.md``."""

from collections.abc import Iterator
from functools import partial

from guidegen.model import urls
from guidegen.model.article import OwnPage
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.records import dataclass
from guidegen.site.components.labels import build_home_crumb, plan_in_languages
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.pages.about_pages import TextView
from guidegen.text.language import Language


@dataclass(frozen=True, slots=True)
class OwnPageInputs:
    """The inputs of a page: its texts, and the languages of the guide in order."""

    page: OwnPage
    order: tuple[str, ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield each page in every language."""
    for page in guide.own_pages:
        inputs = OwnPageInputs(page, guide.settings.languages)
        path = partial(urls.own_page, name=page.slug)
        yield from plan_in_languages(languages, path, "text.html", inputs, view, f"pages/{page.slug}")


def view(inputs: OwnPageInputs, language: Language) -> TextView:
    """Return the view of a page, in another language of the guide if it is not translated."""
    resolver = TextResolver(language, inputs.order)
    title = resolver.resolve(inputs.page.title).words
    prose = resolver.resolve_markdown(inputs.page.text, "text-", level=2)
    return TextView(title=title, breadcrumbs=(build_home_crumb(language),), prose=prose, sections=())
