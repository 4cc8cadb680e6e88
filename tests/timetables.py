"""Hours as staff write them, read through profiles."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from guidegen import reach
from guidegen.checks import hours
from guidegen.content.load import load
from guidegen.problems import Severity
from tests import make


def read(root: Path, cases: Sequence[Mapping[str, Any]]) -> list[reach.Reach]:
    """Return how the service of each case is reached.

    A case is ``hours`` of a service, more of the service in ``service`` and more of the profile, such as locations, in
    ``profile``. Each must be free of errors.
    """
    files = {f"content/partners/p{number:03}.yml": profile(one) for number, one in enumerate(cases)}
    loaded = load(make.folder(root, files))
    problems = [*loaded.problems, *hours.closes_before_it_opens(loaded.guide), *hours.ends_before_it_begins(loaded.guide)]
    assert [(str(one.path), one.message) for one in problems if one.severity is Severity.ERROR] == []
    partners = {partner.slug: partner for partner in loaded.guide.partners}
    return [reach.of(one, one.services[0]) for one in (partners[f"p{number:03}"] for number in range(len(cases)))]


def profile(case: Mapping[str, Any]) -> str:
    """Return a profile with one service that has the hours of a case."""
    given = {"hours": case["hours"]} if case.get("hours") else {}
    service = {"key": "pantry", "types": ["food"], "name": "Pantry", **given, **case.get("service", {})}
    base = make.PARTNER_YML.partition("services:")[0]
    more = "".join(f"{key}: {json.dumps(value)}\n" for key, value in case.get("profile", {}).items())
    return f"{base}{more}services: [{json.dumps(service)}]\n"
