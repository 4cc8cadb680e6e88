"""Hours as staff write them, read through profiles."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from guidegen.content.checks import hours
from guidegen.content.load import partner_of
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model import reach
from guidegen.model.partner import Partner
from guidegen.model.problems import Severity
from tests import make

SETTINGS = replace(make.guide().settings, region="US", time_zone="America/New_York")
EPOCH = "1790000000"
"""SOURCE_DATE_EPOCH of September 2026, so that holidays are those of 2026, 2027 and 2028."""


def read(case: Mapping[str, Any]) -> reach.Reach:
    """Return how the service of a case is reached."""
    found = partner(case)
    return reach.reach_of(found, found.services[0])


def partner(case: Mapping[str, Any]) -> Partner:
    """Return the organization of a case.

    A case is ``hours`` of a service, more of the service in ``service`` and more of the profile, such as locations, in
    ``profile``. It must be free of errors.
    """
    node, problems = compose(profile(case), PurePosixPath("content/partners/food-bank.yml"))
    assert isinstance(node, MappingNode)
    made, found = partner_of(PurePosixPath("content/partners/food-bank.yml"), node, {}, SETTINGS)
    assert made is not None, found
    guide = make.guide(made)
    problems += [*found, *hours.closes_before_it_opens(guide), *hours.ends_before_it_begins(guide)]
    assert [one.message for one in problems if one.severity is Severity.ERROR] == []
    return made


def profile(case: Mapping[str, Any]) -> str:
    """Return a profile with one service that has the hours of a case."""
    given = {"hours": case["hours"]} if case.get("hours") else {}
    service = {"key": "pantry", "types": ["food"], "name": "Pantry", **given, **case.get("service", {})}
    base = make.PARTNER_YML.partition("services:")[0]
    more = "".join(f"{key}: {json.dumps(value)}\n" for key, value in case.get("profile", {}).items())
    return f"{base}{more}services: [{json.dumps(service)}]\n"
