"""Checks on emergency numbers: those of the guide's country, and no others."""

from collections.abc import Iterator
from datetime import date

from guidegen.content.checks.contradictions import describe_unassigned
from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.phone_numbers import is_assigned, is_emergency
from guidegen.model.problems import Problem
from guidegen.text.cldr import territory_name

_GENERAL_NUMBERS = ("112", "911", "999", "000")
"""Numbers for every emergency in most countries. Others, such as 111, mean different things from country to country."""


def of_another_country(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each number that is an emergency number in other countries, but not in the guide's."""
    region = guide.settings.region
    for kind in guide.service_types if region else ():
        for number, entry in enumerate(kind.urgent):
            if entry.number in _GENERAL_NUMBERS and not is_emergency(entry.number, region):
                message = f"{entry.number} is not an emergency number in {territory_name(region)}"
                hint = "Write the number that people dial in the guide's country, and call it once to check."
                yield warning(guide.services_file, f"types.{kind.id}.urgent.{number}.number", message, hint, "urgent-number")


def nobody_has(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each number to call first that no phone company uses: most likely a digit is wrong."""
    region = guide.settings.region
    numbers = [
        (f"types.{kind.id}.urgent.{place}.number", entry.number)
        for kind in guide.service_types
        for place, entry in enumerate(kind.urgent)
    ]
    numbers += [(f"answers.{answer.id}.number", answer.number) for answer in guide.answers if answer.number]
    for at, number in numbers if region and not guide.settings.fictional else ():
        if number not in _GENERAL_NUMBERS and not is_assigned(number, region, is_for_texts=True):
            yield warning(guide.services_file, at, *describe_unassigned(number, region), "phone-unknown")


def missing(guide: Guide, _today: date) -> Iterator[Problem]:
    """Yield a warning if the guide has a type for emergencies, but no number to call."""
    has_numbers = any(kind.urgent for kind in guide.service_types)
    for kind in guide.service_types:
        if kind.id == "emergency" and not has_numbers:
            country = territory_name(guide.settings.region) if guide.settings.region else "the guide's country"
            hint = f'Add those of {country}:  urgent: [{{number: "…", name: {{{guide.settings.languages[0]}: …}}}}]'
            message = "the guide has no emergency numbers"
            yield warning(guide.services_file, f"types.{kind.id}", message, hint, "no-urgent-number")
