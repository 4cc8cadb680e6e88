"""Write the pages of a guide for other generators: the same texts, links and facts, in the format that each of them reads.

Each peer gets what guidegen computes: which text is the fallback, how a date is written, which partners are in a list, where a
link leads, the JSON-LD of a page. So it has less to do than guidegen, never more. The templates in ``bench/build/hugo`` and
``bench/build/jinja`` produce the same text in nearly the same markup.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from bench.build.generators import Peer
from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.model import visibility
from guidegen.model.page import Page
from guidegen.model.urls import absolute_url, build_file_path, relative_url
from guidegen.site import pages
from guidegen.site.components.layout import Layout, build_layout
from guidegen.site.components.localized_text import HtmlBlock, ResolvedText
from guidegen.site.templating.render import Theme, render
from guidegen.text.language import Language, LocalizedString, Message

PEER_TEMPLATES = {
    "partner.html": "partner",
    "service_type.html": "list",
    "area.html": "list",
    "spoken_language.html": "list",
    "partners.html": "list",
}
"""The templates that peers have; they get the few other pages rendered."""
_INTERFACE_TEXTS = (
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
    """Write the guide in ``root`` as source files of the peer into ``folder``."""
    peer.start(folder)
    guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
    languages = load_languages(root, guide.settings.languages, guide.settings.region)
    layouts = {language.tag: build_layout(guide, language) for language in languages}
    theme, planned = Theme(root), tuple(pages.plan(guide, languages))
    shared = folder / peer.shared
    shared.parent.mkdir(parents=True, exist_ok=True)
    shared.write_text(
        json.dumps({tag: _convert_layout(layout, languages, tag) for tag, layout in layouts.items()}), encoding="utf-8"
    )
    for page in planned:
        layout = layouts[page.language.tag]
        isolate = theme.environment(page.language, layout).filters["isolate"]
        data = {
            "path": build_file_path(page.path),
            "lang": page.language.tag,
            "dir": page.language.direction,
            "section": page.section,
        }
        data |= (
            _convert_page(page, layout, isolate)
            if page.template in PEER_TEMPLATES
            else {"body": render(page, theme, layout).decode()}
        )
        peer.page(folder, page.path, PEER_TEMPLATES.get(page.template, "raw"), data)


def _convert_page(page: Page, layout: Layout, isolate: Callable[[Any], str]) -> dict[str, Any]:
    view = page.view(page.inputs, page.language)
    page_path = page.path

    def convert(value: Any, name: str = "") -> Any:
        if isinstance(value, (LocalizedString, Message)):
            return str(isolate(value)) if value else ""
        if isinstance(value, ResolvedText):
            return {"html": convert(value.words), "label": value.label} if value else None
        if isinstance(value, HtmlBlock):
            return {"html": value.html, "lang": value.language, "dir": value.direction} if value else None
        if is_dataclass(value) and not isinstance(value, type):
            return {entry.name: convert(getattr(value, entry.name), entry.name) for entry in fields(value)}
        if isinstance(value, (tuple, list)):
            return [convert(entry, name) for entry in value]
        if name in ("path", "logo") or (name == "address" and isinstance(value, str) and ":" not in value):
            return relative_url(page_path, value) if value else ""
        return value

    data = {entry.name: convert(getattr(view, entry.name)) for entry in fields(view) if entry.name != "title"}
    groups = [convert(getattr(view, name)) for name in ("here", "serving") if hasattr(view, name)]
    data["groups"] = (
        data.get("groups") or data.get("letters") or [{"heading": None, "id": "x", "cards": entry} for entry in groups]
    )
    for group in data["groups"]:
        heading = group.get("heading") or group.get("letter")
        group["heading"] = {"html": heading, "label": ""} if isinstance(heading, str) else heading
    crumbs = [{"href": relative_url(page_path, entry.path), "html": convert(entry.label)} for entry in view.breadcrumbs]
    links = [
        {"href": relative_url(page_path, entry.path), "tag": entry.language.tag, "dir": entry.language.direction, "name": entry.language.own_name,
         "abs": absolute_url(layout.address, entry.path)} for entry in page.alternates
    ]  # fmt: skip
    menu = [
        {"href": relative_url(page_path, entry.path), "label": entry.label, "on": entry.section == page.section}
        for entry in layout.menu
    ]
    foot = [{"href": relative_url(page_path, entry.path), "label": entry.label} for entry in layout.footer]
    return data | {
        "name_html": convert(view.title), "name_text": view.title.text, "crumbs": crumbs, "alternates": links, "menu": menu, "foot": foot,
        "top": relative_url(page_path, "x").removesuffix("x"), "home": relative_url(page_path, layout.home), "search": relative_url(page_path, layout.search),
        "canonical": absolute_url(layout.address, page.path),
    }  # fmt: skip


def _convert_layout(layout: Layout, languages: tuple[Language, ...], tag: str) -> dict[str, Any]:
    say = next(entry for entry in languages if entry.tag == tag).say
    links = [{"href": entry.address, "label": entry.label.text} for entry in layout.contact_links]
    return {"name": layout.name.text, "own": next(entry for entry in languages if entry.tag == tag).own_name,
            "contact": layout.contact.text, "links": links, "page_words": layout.words, "words": {text: say(text) for text in _INTERFACE_TEXTS}}  # fmt: skip
