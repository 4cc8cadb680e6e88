"""Checks on translations that are missing, stale or unlike their source. Pages tell readers of the first two."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.content.translation_comparison import Difference, find_differences
from guidegen.model.article import OwnPage, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity
from guidegen.model.translatable import TranslatableText, Translation


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


def unlike_their_source(guide: Guide, _: date) -> Iterator[Problem]:
    """Yield a warning for each translation with other numbers or links than its source, or with parts that are not translated.

    Changed phone numbers are errors, which are found when a translation is read.
    """
    for partner in guide.partners:
        for at, text in partner.texts.items():
            for tag, difference in _compare(text):
                hint = f"{difference.hint} It is in {partner.slug}.{tag}.yml."
                yield warning(partner, at, f"the translation into {tag} {difference.message}", hint, difference.code)
    articles: tuple[Spotlight | OwnPage, ...] = (*guide.spotlights, *guide.own_pages)
    for source, edition in ((article.editions[0], edition) for article in articles for edition in article.editions[1:]):
        text = TranslatableText(
            {source.language: Translation(source.body), edition.language: Translation(edition.body, edition.state)}
        )
        for _tag, difference in _compare(text):
            message = f"the translation {difference.message}"
            yield Problem(edition.source, edition.body_line, 1, message, difference.hint, difference.code, Severity.WARNING)


def _compare(text: TranslatableText) -> Iterator[tuple[str, Difference]]:
    for tag, translation in text.translations.items():
        differences = find_differences(text.source, translation.text, tag) if translation.state != "source" else ()
        yield from ((tag, difference) for difference in differences if difference.severity is Severity.WARNING)


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
