"""Checks on what each language of the guide has: names of the kinds of help, and words for search."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem

_MAX_NAMED = 5
"""If more types than this lack a name in a language, one message names their number."""


def types_without_a_name(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning for each language in which types of service, urgent numbers or their notices have no text."""
    if guide.services_file.source in guide.files_with_errors:
        return
    texts = {f"types.{kind.id}.name": kind.name for kind in guide.service_types}
    for kind in guide.service_types:
        texts |= {f"types.{kind.id}.notice": kind.notice} if kind.notice else {}
        texts |= {f"types.{kind.id}.urgent.{number}.name": entry.name for number, entry in enumerate(kind.urgent)}
    for number, tag in enumerate(guide.settings.languages[1:], 1):
        missing = [at for at, text in texts.items() if tag not in text.translations]
        if len(missing) > _MAX_NAMED:
            count = f"{len(missing)} of {len(texts)}"
            message = f"{count} names, notices and urgent numbers in content/services.yml have no text in '{tag}'"
            hint = f"Add a line  {tag}: …  to each of them. Until then, readers see them in another language."
            yield warning(guide.settings, f"languages.{number}", message, hint, "type-untranslated")
        else:
            for at in missing:
                what = at.rpartition(".")[2] if ".urgent." not in at else "the name of an urgent number"
                message = f"'{at.split('.')[1]}' has no text in '{tag}' ({what})"
                yield warning(guide.services_file, at, message, f"Add  {tag}: …", "type-untranslated")
