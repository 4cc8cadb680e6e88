"""One page of each type, and the languages to test them in."""

PAGES = {
    "home": "",
    "services": "services/",
    "service type": "services/immigration-legal/",
    "service type with urgent numbers": "services/emergency/",
    "partners": "partners/",
    "profile": "partners/riverbend-adult-school/",
    "profile of many services": "partners/benefits-navigators/",
    "profile of a confidential place": "partners/safe-harbor/",
    "closed profile": "partners/eastfield-night-school/",
    "languages": "languages/",
    "language": "languages/es/",
    "areas": "areas/",
    "area": "areas/harbor-falls/",
    "role": "for/parents/",
    "search": "search/",
    "handout": "handout/english/",
    "my list": "my-list/",
    "offline": "offline/",
    "not saved": "not-saved/",
    "spotlights": "spotlights/",
    "chapters": "information/",
    "chapter": "information/first-steps/",
    "chapter for partners": "information/toolkit/",
    "about": "about/",
    "who works with whom": "partnership/",
    "open data": "open-data/",
    "privacy": "privacy/",
    "external links": "external-links/",
    "accessibility": "accessibility/",
}
ARTICLES = {
    "en": "spotlights/a-warm-handoff-that-works/",
    "es": "spotlights/a-warm-handoff-that-works/",
    "ar": "spotlights/a-warm-handoff-that-works/",
    "zh-Hans": "spotlights/learners-at-the-table/",
}
LANGUAGES = ("en", "es", "zh-Hans", "ar", "vi", "ht", "fa", "uk")


def paths(languages: tuple[str, ...]) -> list[str]:
    """Return the paths of each page type in the given languages, and of the pages that exist once."""
    page_paths = ["", "404.html"]
    for tag in languages:
        page_paths += [f"{tag}/{path}" for path in PAGES.values()]
        page_paths += [f"{tag}/{ARTICLES[tag]}"] if tag in ARTICLES else []
    return page_paths
