"""Checks on translations that are missing or stale. They are warnings, because pages also tell readers."""

from collections.abc import Iterator

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem
from guidegen.model.translatable import TranslatableText


def stale_or_missing(guide: Guide) -> Iterator[Problem]:
    """Yield at most two warnings for each partner and language: one for missing texts, one for stale texts."""
    languages = guide.settings.languages[1:]
    for partner in (partner for partner in guide.partners if partner.source not in guide.files_with_errors):
        texts = dict(list_vital_texts(partner))
        for tag in languages:
            missing = [at for at, text in texts.items() if tag not in text.translations]
            if missing:
                shown = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
                hint = f"Add it to {partner.slug}.{tag}.yml. Until then, readers see the text in another language."
                yield warning(
                    partner, missing[0], f"not translated into {tag}: {shown}", hint, "missing-translation", len(missing)
                )
            stale = [at for at, text in texts.items() if tag in text.translations and text.translations[tag].state == "stale"]
            if stale:
                message = f"changed since it was translated into {tag}: {', '.join(stale[:3])}"
                hint = f"Correct {partner.slug}.{tag}.yml, then run:  guidegen translations accept {partner.slug}.{tag}"
                yield warning(partner, stale[0], message, hint, "stale-translation", len(stale))


def list_vital_texts(partner: Partner) -> Iterator[tuple[str, TranslatableText]]:
    """Yield the path and text of what readers need most: names, summary, who, cost, how to apply."""
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
