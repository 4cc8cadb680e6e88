"""Problems as terminal output: every error, and warnings grouped by kind if there are many."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from guidegen.content.checks.warning_titles import format_count, get_rank
from guidegen.model.problems import Problem, Severity, format_as_text

MAX_LINES = 36
"""Lines for all warnings together. With the summary and the line about ``--all`` they fill a screen of 40 lines."""
_DETAIL_LEVELS = ((5, True), (5, False), (3, False), (2, False), (1, False), (0, False))
"""Problems shown of each kind, and whether with hints. The first level whose output fits is used."""

Line = tuple[str, Severity]


def sort_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Return errors before warnings, and warnings by kind, most urgent first."""
    return sorted(problems, key=lambda problem: (problem.severity, get_rank(problem), problem.code, -problem.weight, problem))


def list_lines(problems: Sequence[Problem], excerpt: Callable[[Problem], str]) -> Iterator[Line]:
    """Yield the text of every problem, with an excerpt for errors."""
    for problem in sort_problems(problems):
        is_error = problem.severity is Severity.ERROR
        yield format_as_text(problem, excerpt(problem) if is_error else ""), problem.severity


def summarize(problems: Sequence[Problem], excerpt: Callable[[Problem], str]) -> tuple[list[Line], bool]:
    """Return every error and the warnings that fit on a screen, and whether anything was left out."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = sort_problems([problem for problem in problems if problem.severity is not Severity.ERROR])
    groups = [list(group) for _, group in groupby(warnings, lambda problem: (problem.severity, _get_group_key(problem)))]
    lines: list[Line] = []
    for max_shown, with_hints in _DETAIL_LEVELS:
        lines = [line for group in groups for line in _list_group(group, max_shown, with_hints)]
        if sum(text.count("\n") + 1 for text, _ in lines) <= MAX_LINES:
            break
    else:  # there are more kinds than lines
        lines = [*lines[: MAX_LINES - 1], (f"warning: and {len(groups) - MAX_LINES + 1:,} other kinds", Severity.WARNING)]
    is_shortened = not with_hints or any(len(group) > max_shown for group in groups)
    return [*list_lines(errors, excerpt), *lines], is_shortened


def _get_group_key(problem: Problem) -> str:
    return "" if problem.severity is Severity.DRAFT else problem.code


def _list_group(group: Sequence[Problem], max_shown: int, with_hints: bool) -> Iterator[Line]:
    severity = group[0].severity
    texts = (format_as_text(problem) for problem in group[: max(max_shown, len(group) == 1)])
    if not with_hints:
        texts = (text.partition("\n")[0] for text in texts)
    if len(group) <= max(max_shown, 1):
        yield from ((text, severity) for text in texts)
        return
    is_draft = severity is Severity.DRAFT
    summary = (
        f"{len(group):,} problems in drafts, which are not published" if is_draft else format_count(group[0].code, len(group))
    )
    ending = "" if not max_shown else "; the worst:" if group[0].weight > group[-1].weight else "; such as:"
    yield f"warning: {summary}{ending}", severity
    yield from (("  " + text.replace("\n", "\n  "), severity) for text in texts)
