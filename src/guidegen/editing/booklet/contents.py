"""The contents of a booklet as plain values: a cover, a chapter for each kind of help, and an entry for each organization.

Every line is a list of runs, each with its language and direction, made of the same views as the printed sheets of the site.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.page import Icon
from guidegen.model.partial_guides import select_part
from guidegen.model.settings import Only, PartialGuide
from guidegen.site.components import qr
from guidegen.site.components.card_view import OfferView
from guidegen.site.components.labels import resolve_area_name, resolve_site_name
from guidegen.site.components.localized_text import ResolvedText, TextResolver
from guidegen.site.components.locations import HoursView, PhoneView
from guidegen.site.pages import handouts
from guidegen.site.pages.about_pages import format_contact
from guidegen.site.pages.handouts import HandoutEntry, HandoutView
from guidegen.text.language import Language, LocalizedString, Message

Run = dict[str, str]
"""A piece of text with its language (BCP 47, empty for numbers and addresses) and its direction."""
Line = dict[str, Any]
"""A line of an entry: its ``kind``, by which the template chooses its style, its ``runs``, and ``more`` runs in plain type."""
_SEPARATOR = " · "
MARK = "guidegen-contents-"
"""The beginning of a mark. The keywords of a booklet have its mark, which ends with a digest of its contents."""


def select(guide: Guide, type_id: str, area: str) -> Guide:
    """Return the part of a guide that a booklet is about: one service type, one area, both, or all if they are empty."""
    only = Only((area,) if area else (), (type_id,) if type_id else ())
    return select_part(guide, PartialGuide("booklet", guide.settings, only))


def build_contents(guide: Guide, language: Language, area: str, today: date) -> dict[str, Any]:
    """Return the contents of a booklet with their mark; ``area`` is the name of the area that it is about, or empty."""
    contents = _build_undated(guide, language, area)
    mark = _mark(contents)
    titles = 2 if area else 1
    contents["cover"].insert(titles, _line("text", list_runs(language.date(today), language)))
    return {**contents, "mark": mark}


def compute_mark(guide: Guide, language: Language, area: str) -> str:
    """Return the mark of a booklet, by which a later check sees whether its facts are still those of the guide."""
    return _mark(_build_undated(guide, language, area))


def _mark(undated: dict[str, Any]) -> str:
    return MARK + sha256(json.dumps(undated, ensure_ascii=False).encode()).hexdigest()


def _build_undated(guide: Guide, language: Language, area: str) -> dict[str, Any]:
    resolver = TextResolver(language, guide.settings.languages)
    address = urls.absolute_url(guide.settings.address, urls.home(language.tag))
    about = next((resolve_area_name(place, resolver) for place in guide.settings.areas if place.name == area), None)
    area_runs = list_runs(about, language) if about else list_runs(LocalizedString(area), language)
    texts: tuple[str | LocalizedString | Message, ...] = (
        language.say("Facts change. Call before you go."),
        language.say("This is a copy of the guide, without internet. Facts may have changed since."),
        LocalizedString(address),
        format_contact(guide.settings),
    )
    code = qr.draw(address)
    return {
        "language": language.tag,
        "direction": language.direction,
        "title": resolve_site_name(guide.settings, language).text + (f"{_SEPARATOR}{area}" if area else ""),
        "cover": [
            _line("title", list_runs(resolve_site_name(guide.settings, language), language)),
            *([_line("area", area_runs)] if area else []),
            *(_line("text", list_runs(text, language)) for text in texts),
        ],
        "code": _draw_code(code) if code else "",
        "code_label": language.say("Scan this to open the page on your phone"),
        "contents_title": language.say("Kinds of help"),
        "index_title": language.say("A to Z"),
        "kinds": [_build_kind(view, language) for view in _list_views(guide, language)],
    }


def _list_views(guide: Guide, language: Language) -> Iterator[HandoutView]:
    for inputs in handouts.list_inputs(guide, is_complete=True):
        yield handouts.view(inputs, language)


def _draw_code(code: Icon) -> str:
    box = f'viewBox="0 0 {code.size} {code.size}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} shape-rendering="crispEdges"><path d="{code.path}"/></svg>'


def _build_kind(view: HandoutView, language: Language) -> dict[str, Any]:
    return {
        "title": list_runs(view.title, language),
        "notice": list_runs(view.notice, language),
        "entries": [_build_entry(entry, language) for entry in view.entries],
    }


def _build_entry(entry: HandoutEntry, language: Language) -> dict[str, Any]:
    card = entry.card
    lines = [
        _line("name", list_runs(card.name, language)),
        _line("alert", list_runs(card.status, language)),
        *(_build_phone(phone, language) for phone in card.phones),
        *(_line("address", list_runs(place, language)) for place in entry.places),
        _line("small", list_runs(entry.more_places, language)),
        *(line for offer in card.offers for line in _list_offer_lines(offer, language)),
        _line("languages", list_runs(card.languages, language)),
        _line("small", list_runs(entry.checked, language)),
    ]
    return {
        "title": list_runs(card.title, language),
        "sort": (card.name or card.title.words).text,
        "lines": [line for line in lines if line["runs"]],
    }


def _list_offer_lines(offer: OfferView, language: Language) -> Iterator[Line]:
    prices = [[*list_runs(cost.price, language), *_after(cost.note, language, " ")] for cost in offer.costs]
    yield _line("offer", [*list_runs(offer.name, language), *_after(offer.status, language)])
    yield _line("price", [run for price in prices for run in (*_plain(_SEPARATOR, price is not prices[0]), *price)])
    if offer.alert:
        yield _line("alert", [*list_runs(offer.alert.text, language), *_after(offer.alert.until, language)])
    yield _line("text", list_runs(offer.who, language))
    yield from (_line("text", list_runs(more, language)) for more in offer.who_more)
    if offer.must_live_in:
        yield _line("text", list_runs(language.phrase("You must live in: {places}", places=offer.must_live_in), language))
    yield _line("text", list_runs(offer.place, language))
    yield from (_line("hours", _list_hours_runs(hours, language)) for hours in offer.hours)
    if offer.hours:
        yield _line("small", list_runs(offer.zone_name, language))
    yield _line("text", list_runs(offer.start, language))
    yield _line("languages", list_runs(offer.languages, language))
    yield from (_build_phone(phone, language) for phone in offer.phones)


def _build_phone(phone: PhoneView, language: Language) -> Line:
    extension = language.phrase("extension {number}", number=LocalizedString(phone.extension)) if phone.extension else ""
    number = [*list_runs(phone.kind, language), *_plain(" ", bool(phone.kind)), *list_runs(phone.number, language)]
    about = (phone.places, phone.languages, phone.note)
    return _line("phone", [*number, *_after(extension, language, " ")], [run for text in about for run in _after(text, language)])


def _list_hours_runs(hours: HoursView, language: Language) -> list[Run]:
    line = hours.line
    return [
        *(list_runs(hours.text, language) if hours.text else list_runs(line.days, language)),
        *_after(line.times, language, " "),
        *_after(line.dates, language, " "),
        *_after(line.condition, language),
        *_after(hours.places, language),
        *_after(hours.note, language),
    ]


def list_runs(text: str | LocalizedString | Message | ResolvedText | None, language: Language) -> list[Run]:
    """Return a text as runs. A text without a language of its own is in the reader's."""
    if not text:
        return []
    if isinstance(text, ResolvedText):
        return [*list_runs(text.words, language), *(list_runs(f" ({text.label})", language) if text.label else [])]
    if isinstance(text, Message):
        return [run for part in text.parts for run in list_runs(part, language)]
    if isinstance(text, LocalizedString):
        return [{"text": text.text, "language": text.language, "direction": text.direction}] if text.text else []
    return [{"text": text, "language": language.tag, "direction": language.direction}]


def _after(text: str | LocalizedString | Message | ResolvedText, language: Language, separator: str = _SEPARATOR) -> list[Run]:
    runs = list_runs(text, language)
    return [*_plain(separator), *runs] if runs else []


def _plain(text: str, is_needed: bool = True) -> list[Run]:
    return [{"text": text, "language": "", "direction": ""}] if is_needed else []


def _line(kind: str, runs: list[Run], more: Sequence[Run] = ()) -> Line:
    return {"kind": kind, "runs": runs, "more": list(more)}
