"""The pages that a guide adds of its own: ``content/pages/<name>.md``."""

from collections.abc import Iterator
from functools import partial

from guidegen.model import urls
from guidegen.model.article import OwnPage
from guidegen.model.guide import Guide
from guidegen.model.page import Page
from guidegen.records import dataclass
from guidegen.site.components.labels import build_home_crumb, build_partner_linker, pair_with_names, plan_in_languages
from guidegen.site.components.localized_text import TextResolver
from guidegen.site.pages.about_pages import TextView
from guidegen.text.language import Language
from guidegen.text.markdown import PARTNER


@dataclass(frozen=True, slots=True)
class OwnPageInputs:
    """The inputs of a page: its texts, the languages of the guide in order, and the slugs and names of partners it links to."""

    page: OwnPage
    order: tuple[str, ...]
    linked: tuple[tuple[str, str], ...]


def plan(guide: Guide, languages: tuple[Language, ...]) -> Iterator[Page]:
    """Yield each page in every language."""
    name_by_slug = {partner.slug: partner.name for partner in guide.partners}
    for page in guide.own_pages:
        slugs = (slug for edition in page.editions for slug in PARTNER.findall(edition.body))
        inputs = OwnPageInputs(page, guide.settings.languages, pair_with_names(dict.fromkeys(slugs), name_by_slug))
        path = partial(urls.own_page, name=page.slug)
        yield from plan_in_languages(languages, path, "text.html", inputs, view, f"pages/{page.slug}")


def view(inputs: OwnPageInputs, language: Language) -> TextView:
    """Return the view of a page, in another language of the guide if it is not translated."""
    resolver = TextResolver(language, inputs.order)
    title = resolver.resolve(inputs.page.title).words
    link = build_partner_linker(inputs.linked, urls.own_page(language.tag, inputs.page.slug), language)
    prose = resolver.resolve_markdown(inputs.page.text, "text-", level=2, partner_link=link)
    return TextView(title=title, breadcrumbs=(build_home_crumb(language),), prose=prose, sections=())
