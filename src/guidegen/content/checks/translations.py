"""Checks on translations: what is missing, and what has fallen behind its source. Warnings: readers are told as well."""

from collections import Counter
from collections.abc import Iterator

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.translatable import TranslatableText


def stale_or_missing(guide: Guide) -> Iterator[Problem]:
    """One warning for each partner and language, with counts."""
    languages = guide.settings.languages[1:]
    for partner in (one for one in guide.partners if one.source not in guide.flawed):
        vital = dict(vital_texts(partner))
        for tag in languages:
            missing = [at for at, text in vital.items() if tag not in text.versions]
            if missing:
                shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
                hint = f"Add it to {partner.slug}.{tag}.yml. Readers see the text in another language until then."
                yield warning(
                    partner, missing[0], f"not translated into {tag}: {shown}", hint, "missing-translation", len(missing)
                )
            states = Counter(text.versions[tag].state for text in vital.values() if tag in text.versions)
            if states["stale"]:
                stale = [at for at, text in vital.items() if tag in text.versions and text.versions[tag].state == "stale"]
                message = f"changed since it was translated into {tag}: {', '.join(stale[:3])}"
                hint = f"Correct {partner.slug}.{tag}.yml, then run:  guidegen translations accept {partner.slug}.{tag}"
                yield warning(partner, stale[0], message, hint, "stale-translation", len(stale))


def vital_texts(partner: Partner) -> Iterator[tuple[str, TranslatableText]]:
    """What a reader needs most, by path: names, summary, who, cost, how to apply."""
    if partner.summary:
        yield "summary", partner.summary
    if partner.plain_name:
        yield "plain_name", partner.plain_name
    for service in partner.services:
        at = f"services.{service.key}"
        yield f"{at}.name", service.name
        if service.who.text:
            yield f"{at}.who.text", service.who.text
        yield from ((path, text) for path, text in partner.texts.items() if path.startswith(f"{at}.cost."))
        if service.apply.steps:
            yield f"{at}.apply.steps", service.apply.steps
