"""The content of the staff report: tasks, most urgent first, and the status of partners and translations."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from guidegen.content.checks.translations import list_vital_texts
from guidegen.content.checks.warning_titles import KINDS, get_rank, title
from guidegen.editing.report.coverage import CoverageGroup, list_coverage
from guidegen.editing.report.referral_sheets import ReferralSheet, build_sheets
from guidegen.model import urls
from guidegen.model.gap_matrix import GapMatrix, build_matrix
from guidegen.model.guide import Guide
from guidegen.model.network import Network, build_network
from guidegen.model.partner import Partner
from guidegen.model.problems import Problem, Severity
from guidegen.records import dataclass
from guidegen.text import cldr
from guidegen.text.language import Language

TRANSLATION_STATES = ("fresh", "unrecorded", "stale", "missing")
FRESHNESS = ("checked", "due soon", "out of date", "never checked")
_DUE_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class Task:
    """A problem to fix, with the name of the partner it concerns, or an empty string."""

    problem: Problem
    partner: str = ""


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one kind."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """The status of a partner. ``age`` is the days since its facts were checked; ``translations`` counts vital texts.

    The counts are by language and state.
    """

    partner: Partner
    page: str
    freshness: str
    age: int | None
    translations: Mapping[str, Mapping[str, int]]

    @property
    def texts(self) -> int:
        """The number of vital texts."""
        return sum(next(iter(self.translations.values()), {}).values())


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """The number of vital texts of all partners by state in one language."""

    tag: str
    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """The staff report on a guide for one day."""

    guide: Guide
    today: date
    groups: tuple[TaskGroup, ...]
    partners: tuple[PartnerStatus, ...]
    languages: tuple[LanguageStatus, ...]
    gaps: GapMatrix
    network: Network
    sheets: tuple[ReferralSheet, ...]
    coverage: tuple[CoverageGroup, ...]

    @property
    def tasks(self) -> int:
        """The number of tasks."""
        return sum(len(group.tasks) for group in self.groups)

    @property
    def freshness(self) -> Mapping[str, int]:
        """The number of partners by freshness."""
        counts = Counter(status.freshness for status in self.partners)
        return {name: counts[name] for name in FRESHNESS}


def build_report(guide: Guide, problems: Sequence[Problem], today: date, guide_languages: Sequence[Language] = ()) -> Report:
    """Return the report on a guide with the given problems. The languages are for the messages of referral sheets."""
    partners = tuple(sorted((_build_status(partner, guide, today) for partner in guide.listed), key=_get_urgency_key))
    languages = tuple(_count_translations(guide, partners))
    groups = tuple(_group_tasks(guide, problems))
    network = build_network(guide)
    sheets = build_sheets(guide, network, guide_languages)
    coverage = tuple(list_coverage(guide))
    return Report(guide, today, groups, partners, languages, build_matrix(guide, today), network, sheets, coverage)


def _group_tasks(guide: Guide, problems: Sequence[Problem]) -> Iterator[TaskGroup]:
    names = {partner.slug: partner.name for partner in guide.partners}
    ordered = sorted(problems, key=lambda problem: (problem.severity, *_get_group_key(problem), -problem.weight, problem))
    for (_, group_title), group in groupby(ordered, key=_get_group_key):
        yield TaskGroup(group_title, tuple(Task(problem, names.get(_find_partner_slug(problem), "")) for problem in group))


def _find_partner_slug(problem: Problem) -> str:
    """Return the slug of the partner whose profile or translation has the problem, or an empty string."""
    return problem.path.name.partition(".")[0] if problem.path.parts[:2] == ("content", "partners") else ""


def _get_group_key(problem: Problem) -> tuple[int, str]:
    if problem.severity is Severity.ERROR and problem.code not in KINDS:
        return -1, "Mistakes: nothing is published until they are fixed"
    if problem.severity is Severity.DRAFT:
        return len(KINDS) + 1, "In drafts, which are not published"
    return get_rank(problem), title(problem.code)


def _build_status(partner: Partner, guide: Guide, today: date) -> PartnerStatus:
    limit = guide.settings.check_after_days
    age = (today - partner.verified.date).days if partner.verified else None
    freshness = FRESHNESS[0]
    if age is None:
        freshness = FRESHNESS[3]
    elif limit and (age > limit or age < 0):
        freshness = FRESHNESS[2]
    elif limit and age > limit - _DUE_SOON_DAYS:
        freshness = FRESHNESS[1]
    vital = [text for _, text in list_vital_texts(partner)]
    counts = {
        tag: Counter(text.translations[tag].state if tag in text.translations else "missing" for text in vital)
        for tag in guide.settings.languages[1:]
    }
    translations = {tag: {state: counts[tag][state] for state in TRANSLATION_STATES} for tag in counts}
    page = urls.partner(guide.settings.languages[0], partner.slug)
    return PartnerStatus(partner, page, freshness, age, translations)


def _get_urgency_key(status: PartnerStatus) -> tuple[int, int, str]:
    return -FRESHNESS.index(status.freshness), -(status.age or 0), status.partner.name.casefold()


def _count_translations(guide: Guide, partners: Sequence[PartnerStatus]) -> Iterator[LanguageStatus]:
    for tag in guide.settings.languages[1:]:
        counts = {state: sum(status.translations[tag][state] for status in partners) for state in TRANSLATION_STATES}
        yield LanguageStatus(tag, cldr.name_in(tag, "en"), counts)
