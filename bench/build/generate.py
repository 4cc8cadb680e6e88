"""Write guides of any size to disk, for measuring builds: profiles of about 2 KB, translations, articles of about 6 KB.

Texts, services and service types are the sample guide's; names, towns, phones and combinations are generated from a seed. The
same arguments give the same bytes.
"""

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

from guidegen.content.load import load
from guidegen.model.service import Service
from guidegen.model.translatable import TranslatableText, text_hash

SAMPLE = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "es", "zh-Hans", "ar", "vi")
TRANSLATIONS_PER_PARTNER = 2
"""Translation files for each partner: real guides are never translated completely."""
_FIRST = [
    "Cedar",
    "Maple",
    "Harbor",
    "Summit",
    "Lakeside",
    "Granite",
    "Willow",
    "Prairie",
    "Redwood",
    "Beacon",
    "Orchard",
    "Fairview",
    "Juniper",
    "Meadow",
    "Canyon",
]
_SECOND = [
    "Neighbors",
    "Alliance",
    "Collective",
    "Partnership",
    "Foundation",
    "Network",
    "Society",
    "Coalition",
    "Council",
    "House",
    "Hub",
    "Union",
    "Trust",
    "Bridge",
]
_TOWNS = [
    "Alderton",
    "Brookhaven",
    "Carverton",
    "Dunmore",
    "Elmsford",
    "Foxborough",
    "Glenwood",
    "Hartwell",
    "Ironvale",
    "Jasperton",
    "Kingsley",
    "Larkspur",
]
_SIDES = ("", "North ", "South ", "East ", "West ", "New ", "Upper ", "Lower ", "Old ", "Great ")
_WORDS = [
    "family",
    "school",
    "people",
    "learn",
    "together",
    "English",
    "class",
    "help",
    "work",
    "home",
    "town",
    "library",
    "clinic",
    "paper",
    "call",
    "visit",
    "week",
    "child",
    "bus",
]


def write(root: Path, partners: int, articles: int = 50, languages: tuple[str, ...] = LANGUAGES, seed: int = 7) -> None:
    """Write a guide with this many partners and articles into ``root``."""
    rng = random.Random(seed)  # noqa: S311  # not for secrets
    sample = load(SAMPLE).guide
    towns = [f"{side}{town}" for side in _SIDES for town in _TOWNS][: min(120, max(8, partners // 60))]
    (root / "content/partners").mkdir(parents=True)
    (root / "content/spotlights").mkdir()
    _write_settings(root, languages, towns)
    shutil.copy(SAMPLE / "content/services.yml", root / "content/services.yml")
    services = list(
        {
            service.key: service
            for partner in sample.partners
            for service in partner.services
            if "es" in service.name.translations
        }.values()
    )
    summaries = [partner.summary for partner in sample.partners if partner.summary and len(partner.summary.translations) > 3]
    slugs = [f"{_make_slug(_make_name(number))}" for number in range(partners)]
    for number, slug in enumerate(slugs):
        chosen = rng.sample(services, 1 + number % 2)
        _write_partner(root, number, slug, rng, (rng.choice(summaries), chosen), (towns, slugs, languages))
    for number in range(articles):
        _write_article(root, number, rng, slugs)


def _make_name(number: int) -> str:
    first, rest = number % len(_FIRST), number // len(_FIRST)
    second, series = rest % len(_SECOND), rest // len(_SECOND)
    return f"{_FIRST[first]} {_SECOND[second]}" + (f" {series + 1}" if series else "")


def _make_slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _write_settings(root: Path, languages: tuple[str, ...], towns: list[str]) -> None:
    lines = [
        f"name: {{{', '.join(f'{tag}: Measured Guide' for tag in languages)}}}",
        "address: https://guide.example.org/",
        f"languages: [{', '.join(languages)}]",
        "region: US",
        "time_zone: America/New_York",
        'contact: {name: Measured Network, email: guide@example.org, phone: "(555) 555-0199"}',
        "fictional: yes",
        "areas:",
        *(f"  - {{name: {town}, cities: [{town}]}}" for town in towns),
    ]
    (root / "guide.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_partner(
    root: Path,
    number: int,
    slug: str,
    rng: random.Random,
    texts: tuple[TranslatableText, list[Service]],
    places: tuple[list[str], list[str], tuple[str, ...]],
) -> None:
    (summary, services), (towns, slugs, languages) = texts, places
    town = towns[number % len(towns)]
    source = languages[0]
    referrals = sorted({rng.choice(slugs) for _ in range(2)} - {slug})
    lines = [
        f"name: {_make_name(number)}",
        f"summary: {_quote(summary.translations[source].text)}",
        f"website: https://{slug}.example.org/",
        f"email: ask@{slug}.example.org",
        f'phones: [{{number: "(555) 555-01{number % 100:02}", kind: voice, languages: [en, es]}}]',
        "languages: [{code: es, how: staff}, {code: vi, how: interpreter}]",
        f"verified: {{date: 2026-{1 + number % 9:02}-{1 + number % 28:02}, how: phone}}",
        "locations:",
        "  - key: main",
        f'    address: {{line1: {number % 900 + 1} Main Street, city: {town}, state: MA, postal_code: "00101", country: US}}',
        "    access: {wheelchair: yes}",
        "services:",
    ]
    for service in services:
        lines += _format_service(service, source, rng)
    lines += ["partnership:", "  visibility: public", "  role: [social-services]", f"  refers: {{to: [{', '.join(referrals)}]}}"]
    (root / f"content/partners/{slug}.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    others = languages[1:]
    for offset in range(min(TRANSLATIONS_PER_PARTNER, len(others))):
        tag = others[(number + offset) % len(others)]
        translated = "\n".join(_format_translation(summary, services, source, tag))
        (root / f"content/partners/{slug}.{tag}.yml").write_text(f"{translated}\n", encoding="utf-8")


def _format_service(service: Service, source: str, rng: random.Random) -> Iterator[str]:
    opens = rng.choice(("08:30", "09:00", "12:00"))
    yield f"  - key: {service.key}"
    yield f"    types: [{', '.join(service.types)}]"
    yield f"    name: {_quote(service.name.translations[source].text)}"
    if service.summary:
        yield f"    summary: {_quote(service.summary.translations[source].text)}"
    yield "    at: [main]"
    yield "    hours:"
    yield f'      - {{days: [mo, tu, we, th, fr], open: "{opens}", close: "17:00"}}'
    yield "      - {closed: [2026-11-26, 2026-12-25]}"
    yield f"    cost: {{free: {'yes' if rng.random() < 0.7 else 'no'}}}"
    if service.who.text:
        yield f"    who: {{text: {_quote(service.who.text.translations[source].text)}, groups: [families, parents]}}"
    yield f"    asks: {{photo_id: no, immigration_status: no, proof_of_address: {rng.choice(('yes', 'no'))}}}"
    steps = f"steps: {_quote(service.apply.steps.translations[source].text)}, " if service.apply.steps else ""
    yield f"    apply: {{{steps}walk_in: {rng.choice(('yes', 'no'))}}}"
    yield "    helps: {interpreter: yes, childcare: no}"


def _format_translation(summary: TranslatableText, services: list[Service], source: str, tag: str) -> Iterator[str]:
    hashes = []

    def quote_and_hash(text: TranslatableText, at: str) -> str:
        hashes.append(f"  {at}: {text_hash(text.translations[source].text)}")
        return _quote(text.resolve(tag, (source,)).text.text)

    yield f"summary: {quote_and_hash(summary, 'summary')}"
    yield "services:"
    for service in services:
        at = f"services.{service.key}"
        yield f"  - key: {service.key}"
        yield f"    name: {quote_and_hash(service.name, f'{at}.name')}"
        if service.who.text:
            yield f"    who: {{text: {quote_and_hash(service.who.text, f'{at}.who.text')}}}"
        if service.apply.steps:
            yield f"    apply: {{steps: {quote_and_hash(service.apply.steps, f'{at}.apply.steps')}}}"
    yield "translation: {by: machine}"
    yield "translated_from:"
    yield from hashes


def _write_article(root: Path, number: int, rng: random.Random, slugs: list[str]) -> None:
    lines = [
        "---",
        f"title: How partners work together, part {number + 1}",
        f"date: 2026-{1 + number % 9:02}-{1 + number % 28:02}",
        f"summary: What the organizations of one town learned, part {number + 1}.",
        f"partners: [{slugs[number % len(slugs)]}]",
        "---",
        "",
    ]
    for section in range(6):
        lines += [f"## Step {section + 1} {_make_sentence(rng, 3)}", ""]
        for _ in range(2):
            lines += [" ".join(f"{_make_sentence(rng, 12)}." for _ in range(6)), ""]
        lines += [f"- **{_make_sentence(rng, 3)}**: {_make_sentence(rng, 8)}" for _ in range(3)] + [""]
        lines += [f"See [[partner:{rng.choice(slugs)}]] for more.", ""]
    (root / f"content/spotlights/story-{number + 1}.md").write_text("\n".join(lines), encoding="utf-8")


def _make_sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words)).capitalize()


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
