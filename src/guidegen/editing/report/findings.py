"""What needs doing today, worst first, and how the guide stands: values made of a guide and what was found in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from guidegen.content.checks.kinds import KINDS, rank, title
from guidegen.content.checks.translations import vital_texts
from guidegen.model import urls
from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity
from guidegen.text import cldr

STATES = ("fresh", "unrecorded", "stale", "missing")
FRESHNESS = ("checked", "due soon", "out of date", "never checked")
_SOON = 30  # days


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do; ``partner`` is the name of whom it is about, or empty."""

    problem: Problem
    partner: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one kind."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """How one partner stands. ``age`` is in days; ``translations`` counts vital texts by language and state."""

    partner: Partner
    page: str
    freshness: str
    age: int | None
    translations: Mapping[str, Mapping[str, int]]

    @property
    def texts(self) -> int:
        """How many texts a reader needs most."""
        return sum(next(iter(self.translations.values()), {}).values())


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """How many vital texts of all partners stand how in one language."""

    tag: str
    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """A guide on one day, for those who keep it."""

    guide: Guide
    today: date
    groups: tuple[TaskGroup, ...]
    partners: tuple[PartnerStatus, ...]
    languages: tuple[LanguageStatus, ...]

    @property
    def tasks(self) -> int:
        """How many things there are to do."""
        return sum(len(group.tasks) for group in self.groups)

    @property
    def freshness(self) -> Mapping[str, int]:
        """How many partners stand how."""
        counts = Counter(one.freshness for one in self.partners)
        return {name: counts[name] for name in FRESHNESS}


def report(guide: Guide, problems: Sequence[Problem], today: date) -> Report:
    """What is to be done in a guide in which these problems were found."""
    partners = tuple(sorted((_standing(one, guide, today) for one in guide.listed), key=_worst_first))
    return Report(guide, today, tuple(_groups(guide, problems)), partners, tuple(_languages(guide, partners)))


def _groups(guide: Guide, problems: Sequence[Problem]) -> Iterator[TaskGroup]:
    names = {partner.slug: partner.name for partner in guide.partners}
    ordered = sorted(problems, key=lambda one: (one.severity, *_kind(one), -one.weight, one))
    for (_, name), found in groupby(ordered, key=_kind):
        yield TaskGroup(name, tuple(Task(one, names.get(_slug(one), "")) for one in found))


def _slug(problem: Problem) -> str:
    """Of the partner whose file, or whose translation, a problem is in."""
    return problem.path.name.partition(".")[0] if problem.path.parts[:2] == ("content", "partners") else ""


def _kind(problem: Problem) -> tuple[int, str]:
    if problem.severity is Severity.ERROR and problem.code not in KINDS:
        return -1, "Mistakes: while there are any, nothing is published"
    if problem.severity is Severity.DRAFT:
        return len(KINDS) + 1, "In drafts, which are not published"
    return rank(problem), title(problem.code)


def _standing(partner: Partner, guide: Guide, today: date) -> PartnerStatus:
    limit = guide.settings.check_after_days
    age = (today - partner.verified.date).days if partner.verified else None
    freshness = FRESHNESS[0]
    if age is None:
        freshness = FRESHNESS[3]
    elif limit and (age > limit or age < 0):
        freshness = FRESHNESS[2]
    elif limit and age > limit - _SOON:
        freshness = FRESHNESS[1]
    vital = [text for _, text in vital_texts(partner)]
    states = {
        tag: Counter(text.versions[tag].state if tag in text.versions else "missing" for text in vital)
        for tag in guide.settings.languages[1:]
    }
    page = urls.partner(guide.settings.languages[0], partner.slug)
    return PartnerStatus(partner, page, freshness, age, {tag: {name: states[tag][name] for name in STATES} for tag in states})


def _worst_first(one: PartnerStatus) -> tuple[int, int, str]:
    return -FRESHNESS.index(one.freshness), -(one.age or 0), one.partner.name.casefold()


def _languages(guide: Guide, partners: Sequence[PartnerStatus]) -> Iterator[LanguageStatus]:
    for tag in guide.settings.languages[1:]:
        counts = {name: sum(one.translations[tag][name] for one in partners) for name in STATES}
        yield LanguageStatus(tag, cldr.name_in(tag, "en"), counts)
