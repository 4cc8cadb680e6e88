"""Opening hours as staff write them, read through profiles."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from guidegen.content.checks import hours
from guidegen.content.partners import build_partner
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.model import reach
from guidegen.model.partner import Partner
from guidegen.model.problems import Severity
from tests import make

SETTINGS = replace(make.guide().settings, region="US", time_zone="America/New_York")
EPOCH = "1790000000"
"""SOURCE_DATE_EPOCH in September 2026, so that holidays are those of 2026, 2027 and 2028."""


def read(case: Mapping[str, Any]) -> reach.Reach:
    """Return how the service of a case can be reached."""
    subject = partner(case)
    return reach.find_reach(subject, subject.services[0])


def partner(case: Mapping[str, Any]) -> Partner:
    """Return the partner of a case, which must be free of errors.

    A case has the ``hours`` of a service, other fields of the service in ``service``, and other fields of the profile, such as
    locations, in ``profile``.
    """
    node, problems = compose(profile(case), PurePosixPath("content/partners/food-bank.yml"))
    assert isinstance(node, MappingNode)
    subject, read_problems = build_partner(PurePosixPath("content/partners/food-bank.yml"), node, {}, SETTINGS)
    assert subject is not None, read_problems
    guide = make.guide(subject)
    problems += [*read_problems, *hours.closes_before_it_opens(guide), *hours.ends_before_it_begins(guide)]
    assert [problem.message for problem in problems if problem.severity is Severity.ERROR] == []
    return subject


def profile(case: Mapping[str, Any]) -> str:
    """Return a profile with one service that has the hours of a case."""
    service_hours = {"hours": case["hours"]} if case.get("hours") else {}
    service = {"key": "pantry", "types": ["food"], "name": "Pantry", **service_hours, **case.get("service", {})}
    base = make.PARTNER_YML.partition("services:")[0]
    other_fields = "".join(f"{key}: {json.dumps(value)}\n" for key, value in case.get("profile", {}).items())
    return f"{base}{other_fields}services: [{json.dumps(service)}]\n"
