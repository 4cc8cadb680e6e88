"""The pages of a guide for other generators: the same texts, links and facts, in what each of them reads.

Each peer is given what guidegen works out itself: which text to fall back to, how a date is written, which partners stand in
a list, how a link leads there, the JSON-LD of a page. It has less to do than guidegen, never more. Its templates, in ``bench/build/hugo`` and ``bench/build/jinja``, give
the same text in nearly the same markup.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from bench.build.generators import Peer
from guidegen.build import pipeline
from guidegen.content.catalogs import guide_languages
from guidegen.model import visibility
from guidegen.model.page import Page
from guidegen.model.urls import absolute_url, file_of, relative_url
from guidegen.site import pages
from guidegen.site.components.layout import Layout, build_layout
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText
from guidegen.site.templating.render import Theme, render
from guidegen.text.language import Language, LocalizedString, Message

FULL = {
    "partner.html": "partner",
    "service_type.html": "list",
    "area.html": "list",
    "spoken_language.html": "list",
    "partners.html": "list",
}
"""The templates that peers have; the few other pages are given to them as they are."""
_WORDS = (
    "What it costs", "Who it is for", "Where", "When", "Languages they speak", "How to start", "Phone", "What they ask for",
    "What to bring", "What they do not ask", "Help so you can come", "Open spots", "More of this kind:", "More about them",
    "Contact and places", "Languages", "Contact", "Other websites have their own rules.", "Places", "Addresses", "Is this still true?", "Share",
    "Where else they can send you", "Read about them", "Skip to the main text", "Notice", "Languages:", "Main menu", "You are here",
    "This guide does not collect anything about you.", "Kinds of help", "Organizations", "What do you need?", "Search",
    "Sign up on their website", "Narrow down", "These facts were checked a long time ago. Call first.", "Take it with you", "Show a card at the desk", "Back to the page", "A card to show at the desk", "Save to your contacts",
     "Nothing matches all of this.", "Show all", "More pages", "Open in your map", "Places on this page", "About the texts on this page",
    "This is a sample guide. The county, its organizations, addresses and phone numbers are invented.",
)  # fmt: skip


def write(root: Path, peer: Peer, folder: Path) -> None:
    """The guide in ``root`` as the peer's source in ``folder``."""
    peer.start(folder)
    guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
    languages = guide_languages(root, guide.settings.languages, guide.settings.region)
    around = {language.tag: build_layout(guide, language) for language in languages}
    theme, planned = Theme(root), tuple(pages.plan(guide, languages))
    shared = folder / peer.shared
    shared.parent.mkdir(parents=True, exist_ok=True)
    shared.write_text(json.dumps({tag: _chrome(one, languages, tag) for tag, one in around.items()}), encoding="utf-8")
    for page in planned:
        language = around[page.language.tag]
        isolate = theme.environment(page.language, language).filters["isolate"]
        data = {"path": file_of(page.path), "lang": page.language.tag, "dir": page.language.direction, "section": page.section}
        data |= _page(page, language, isolate) if page.template in FULL else {"body": render(page, theme, language).decode()}
        peer.page(folder, page.path, FULL.get(page.template, "raw"), data)


def _page(page: Page, around: Layout, isolate: Callable[[Any], str]) -> dict[str, Any]:
    view = page.view(page.inputs, page.language)
    here = page.path

    def told(value: Any, name: str = "") -> Any:
        if isinstance(value, (LocalizedString, Message)):
            return str(isolate(value)) if value else ""
        if isinstance(value, ResolvedText):
            return {"html": told(value.words), "label": value.label} if value else None
        if isinstance(value, HtmlBlock):
            return {"html": value.html, "lang": value.language, "dir": value.direction} if value else None
        if is_dataclass(value) and not isinstance(value, type):
            return {one.name: told(getattr(value, one.name), one.name) for one in fields(value)}
        if isinstance(value, (tuple, list)):
            return [told(one, name) for one in value]
        if name in ("path", "logo") or (name == "address" and isinstance(value, str) and ":" not in value):
            return relative_url(here, value) if value else ""
        return value

    data = {one.name: told(getattr(view, one.name)) for one in fields(view) if one.name != "title"}
    groups = [told(getattr(view, name)) for name in ("here", "serving") if hasattr(view, name)]
    data["groups"] = data.get("groups") or data.get("letters") or [{"heading": None, "id": "x", "cards": one} for one in groups]
    for group in data["groups"]:
        heading = group.get("heading") or group.get("letter")
        group["heading"] = {"html": heading, "label": ""} if isinstance(heading, str) else heading
    crumbs = [{"href": relative_url(here, one.path), "html": told(one.label)} for one in view.crumbs]
    links = [
        {"href": relative_url(here, one.path), "tag": one.language.tag, "dir": one.language.direction, "name": one.language.own_name,
         "abs": absolute_url(around.address, one.path)} for one in page.alternates
    ]  # fmt: skip
    menu = [{"href": relative_url(here, one.path), "label": one.label, "on": one.section == page.section} for one in around.menu]
    foot = [{"href": relative_url(here, one.path), "label": one.label} for one in around.footer]
    return data | {
        "name_html": told(view.title), "name_text": view.title.text, "crumbs": crumbs, "alternates": links, "menu": menu, "foot": foot,
        "top": relative_url(here, "x").removesuffix("x"), "home": relative_url(here, around.home), "search": relative_url(here, around.search),
        "canonical": absolute_url(around.address, page.path),
    }  # fmt: skip


def _chrome(around: Layout, languages: tuple[Language, ...], tag: str) -> dict[str, Any]:
    say = next(one for one in languages if one.tag == tag).say
    links = [{"href": one.address, "label": one.label.text} for one in around.contact_links]
    return {"name": around.name.text, "own": next(one for one in languages if one.tag == tag).own_name,
            "contact": around.contact.text, "links": links, "page_words": around.words, "words": {one: say(one) for one in _WORDS}}  # fmt: skip
