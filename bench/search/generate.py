"""Generate guides of any size for measuring search, by rule from a seed, so that the right answers to a query are known."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath

from guidegen.content.load import load
from guidegen.model.guide import Guide
from guidegen.model.hours import Times
from guidegen.model.location import Access, Address, Location, Phone, SpokenLanguage
from guidegen.model.partner import Partner, Verified
from guidegen.model.service import Apply, Asks, Cost, Helps, Service, Who
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Area, Settings
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.resources import find_built_in_folder as home
from guidegen.search.lexicon import load_built_in_names

LANGUAGES = ("en", "es", "zh-Hans", "ar", "vi", "ht", "fa", "uk", "my", "so")
SPOKEN = ("es", "zh-Hans", "ar", "vi", "ht", "fa", "uk", "my", "so", "pt", "fr", "ru", "ko", "am", "sw", "ps")
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
    "Stonebridge",
    "Fairview",
    "Juniper",
    "Meadow",
    "Canyon",
    "Hillcrest",
    "Sunrise",
    "Ashland",
    "Birchwood",
]
_SECOND = [
    "Neighbors",
    "Alliance",
    "Collective",
    "Partnership",
    "Foundation",
    "Network",
    "Society",
    "Initiative",
    "Coalition",
    "Council",
    "Circle",
    "House",
    "Hub",
    "Union",
    "Fellowship",
    "Project",
    "Commons",
    "Trust",
    "League",
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
    "Marlow",
    "Newbridge",
    "Oakhurst",
    "Pinehurst",
    "Quincy",
    "Rockdale",
    "Silverton",
    "Thornbury",
]
_DIRECTIONS = ("", "North ", "South ", "East ", "West ", "New ", "Upper ", "Lower ", "Old ", "Great ")
_GROUPS = ("refugees", "parents", "women", "children", "youth", "elders", "veterans", "people-with-disabilities")


def types(languages: tuple[str, ...]) -> tuple[ServiceType, ...]:
    """Return the sample guide's service types, named in all the languages; their own synonyms are kept."""
    service_types = []
    for kind in load(home()).guide.service_types:
        names = {
            tag: load_built_in_names(tag)[f"type:{kind.id}"][0]
            for tag in languages
            if load_built_in_names(tag) and tag not in kind.name.translations
        }
        name = TranslatableText({**kind.name.translations, **{tag: Translation(words) for tag, words in names.items()}})
        service_types.append(ServiceType(kind.id, name, kind.summary, kind.icon, kind.synonyms))
    return tuple(service_types)


SMALL = 100
"""A guide of fewer partners lacks kinds of help, as small guides do."""
OFFERED_IN_SMALL = 8


def guide(size: int, languages: tuple[str, ...] = LANGUAGES, seed: int = 7) -> Guide:
    """Return a guide of ``size`` partners. In a small one, nobody offers most kinds of help, but some texts mention them."""
    rng = random.Random(seed)  # noqa: S311  # not for secrets
    kinds = types(languages)
    offered = kinds[:OFFERED_IN_SMALL] if size < SMALL else kinds
    count = min(200, max(12, size // 60))
    towns = [direction + town for direction in _DIRECTIONS for town in _TOWNS][:count]
    settings = Settings(
        TranslatableText({"en": Translation("Bench")}),
        "https://bench.example.org/",
        languages,
        region="US",
        areas=tuple(Area(town, cities=(town,)) for town in towns),
    )
    partners = tuple(_make_partner(number, offered, towns, languages, rng) for number in range(size))
    if size < SMALL:
        mentions = dict(list_mentions(size, kinds, languages))
        partners = tuple(
            replace(partner, summary=mentions.get(number, partner.summary)) for number, partner in enumerate(partners)
        )
    return Guide(settings, kinds, partners)


def list_mentions(
    size: int, kinds: tuple[ServiceType, ...], languages: tuple[str, ...] = LANGUAGES
) -> Iterator[tuple[int, TranslatableText]]:
    """Yield partners of a small guide, each with a text that mentions a kind of help that nobody offers."""
    for number, kind in enumerate(kinds[OFFERED_IN_SMALL : OFFERED_IN_SMALL + size]):
        names = {tag: load_built_in_names(tag).get(f"type:{kind.id}", ()) for tag in languages}
        yield number, TranslatableText({tag: Translation(words[7]) for tag, words in names.items() if len(words) > 7})


def _make_partner(
    number: int, kinds: tuple[ServiceType, ...], towns: list[str], languages: tuple[str, ...], rng: random.Random
) -> Partner:
    town = rng.choice(towns)
    name = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {_make_unique_word(number)}"
    slug = name.lower().replace(" ", "-")
    spoken = rng.sample(SPOKEN, rng.choice((0, 1, 2, 3)))
    services = tuple(_make_service(f"s{index}", kinds, languages, rng) for index in range(rng.choice((1, 1, 2))))
    main = next(kind for kind in kinds if kind.id == services[0].types[0])
    return Partner(
        slug=slug,
        source=PurePosixPath(f"content/partners/{slug}.yml"),
        name=name,
        summary=TranslatableText(
            {tag: version for tag, version in main.summary.translations.items() if tag == "en" or rng.random() < 0.7}
        ),
        phones=(Phone(f"(555) {200 + number // 10_000}-{number % 10_000:04}"),),
        description=TranslatableText({"en": Translation(f"They also know about {describe(number)} papers.")}),
        languages=tuple(SpokenLanguage(code, rng.choice(("staff", "interpreter", "on-request"))) for code in ("en", *spoken)),
        verified=Verified(date(2026, 11, 1) - timedelta(days=rng.randrange(700))),
        locations=(
            Location(
                "main",
                address=Address(street(number), city=town, postal_code=postal_code(number)),
                access=Access(rng.choice((True, None, None, False))),
            ),
        ),
        services=services,
    )


def street(number: int) -> str:
    """Return the street and house number of a partner; some partners share a street."""
    return f"{number % 900 + 100} {_make_unique_word(200_000 + number // 6)} Street"


def postal_code(number: int) -> str:
    """Return the postal code of a partner, which about thirty share."""
    return f"{10_000 + number // 30:05}"


def describe(number: int) -> str:
    """Return a word of the description of a partner, which about ten share."""
    return _make_unique_word(300_000 + number // 10).lower()


def _make_unique_word(number: int) -> str:
    """Return a unique word for every partner, such as "Bafelo"."""
    parts = []
    for _ in range(3):
        number, index = divmod(number, 105)
        parts.append("bcdfghjklmnprstvwxyzq"[index // 5] + "aeiou"[index % 5])
    return "".join(parts).capitalize()


def _make_service(key: str, kinds: tuple[ServiceType, ...], languages: tuple[str, ...], rng: random.Random) -> Service:
    first, second = rng.sample(kinds, 2)
    type_ids = (first.id, second.id) if rng.random() < 0.25 else (first.id,)
    happens = lambda share: rng.random() < share  # noqa: E731
    hours = [Times(9 * 60, (20 if happens(0.3) else 17) * 60, ("mo", "we"))] + (
        [Times(600, 780, ("sa",))] if happens(0.3) else []
    )
    free = happens(0.5)
    return Service(
        key=key,
        types=type_ids,
        name=TranslatableText(
            {
                tag: version
                for tag, version in first.name.translations.items()
                if tag in languages and (tag == "en" or happens(0.6))
            }
        ),
        at=("main",),
        attend=tuple(mode for mode in ("in-person", "online", "phone", "home") if mode == "in-person" or happens(0.12)),
        hours=tuple(hours),
        cost=(Cost(free=True) if free else Cost(sliding=happens(0.5)),),
        who=Who(groups=tuple(rng.sample(_GROUPS, rng.choice((0, 0, 1, 1, 2))))),
        asks=Asks(*(rng.choice((None, None, None, False, True)) for _ in range(4))),
        helps=Helps(*(rng.choice((None, None, None, True, False)) for _ in range(3))),
        apply=Apply(walk_in=rng.choice((None, None, True, False))),
    )


def truth(partner: Partner) -> Iterator[dict[str, object]]:
    """Yield the facts of each service, for judging."""
    from guidegen.search.concepts import facts_of, spoken_id

    for service in partner.services:
        yield {
            "types": service.types,
            "facts": facts_of(partner, service),
            "spoken": [spoken_id(language.code) for language in partner.languages],
            "towns": partner.towns,
        }
