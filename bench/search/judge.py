"""Judge how good an answer is: Success@3, nDCG@10, share without results."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bench.search.generate import truth
from guidegen.model.guide import Guide


class Judge:
    """Judges answers by the services that each partner of a guide offers."""

    def __init__(self, guide: Guide) -> None:
        self.services = {partner.slug: tuple(truth(partner)) for partner in guide.partners}
        self._grades: dict[str, dict[str, float]] = {}

    def grades(self, case: dict[str, Any]) -> dict[str, float]:
        """Return the relevant partners with their grades, 0 to 3.

        A partner has 3 if its main service type is the first one sought and every wish is met.
        """
        if "slug" in case:
            return {case["slug"]: 3.0}
        if "slugs" in case:
            return dict.fromkeys(case["slugs"], 3.0)
        key = repr((case["types"], case["facts"], case["spoken"], case["towns"]))
        if key not in self._grades:
            grades = ((slug, max(_grade(service, case) for service in services)) for slug, services in self.services.items())
            self._grades[key] = {slug: grade for slug, grade in grades if grade > 0}
        return self._grades[key]

    def score(self, case: dict[str, Any], slugs: Sequence[str]) -> tuple[float, float]:
        """Return Success@3 and nDCG@10. A result is right if its grade is within 0.5 of the best in the guide."""
        grades = self.grades(case)
        if not grades:
            return math.nan, math.nan
        best = max(grades.values())
        success = any(grades.get(slug, 0) >= best - 0.5 for slug in slugs[:3])
        gain = sum((2 ** grades.get(slug, 0) - 1) / math.log2(rank + 2) for rank, slug in enumerate(slugs[:10]))
        ideal = sorted(grades.values(), reverse=True)[:10]
        return float(success), gain / sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(ideal))


def _grade(service: dict[str, Any], case: dict[str, Any]) -> float:
    sought = case["types"]
    position = min((sought.index(name) for name in service["types"] if name in sought), default=None)
    if sought and position is None:
        return 0.0
    grade = 3.0 if not sought or service["types"][0] in sought[:1] else 2.5 if service["types"][0] in sought else 2.0
    wishes = [name in service["facts"] for name in case["facts"]]
    wishes += [name.split("-")[0] in service["spoken"] for name in case["spoken"]]
    wishes += [name in service["towns"] for name in case["towns"]]
    return grade * (0.35 + 0.65 * sum(wishes) / len(wishes)) if wishes else grade


def summary(
    cases: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]], judge: Judge, by: str
) -> dict[str, tuple[float, float, float, int]]:
    """Return Success@3, nDCG@10, share without results, and number of cases, for each value of the key ``by``; ``*`` is all."""
    groups: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for case, answer in zip(cases, answers, strict=True):
        success, gain = judge.score(case, answer["slugs"])
        if not math.isnan(gain):
            for group in (case[by], "*"):
                groups[group].append((success, gain, float(not answer["slugs"])))
    return {
        group: (*(_compute_mean(values[index] for values in results) for index in range(3)), len(results))
        for group, results in sorted(groups.items())
    }


def _compute_mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)
