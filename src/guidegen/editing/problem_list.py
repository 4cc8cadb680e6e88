"""Problems as lines for a terminal: every error, and warnings of one kind together where there are many."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from guidegen.content.checks.kinds import counted, rank
from guidegen.model.problems import Problem, Severity, format_as_text

MAX_LINES = 36
"""Lines for all warnings together: with a summary, and a line on how to see the rest, a screen of 40."""
_DETAIL = ((5, True), (5, False), (3, False), (2, False), (1, False), (0, False))
"""How many of a kind are shown, and whether with what to do; the first that fits is taken."""

Line = tuple[str, Severity]


def sort_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Errors before warnings; warnings by kind, the worst first."""
    return sorted(problems, key=lambda one: (one.severity, rank(one), one.code, -one.weight, one))


def list_lines(problems: Sequence[Problem], excerpt: Callable[[Problem], str]) -> Iterator[Line]:
    """Yield every problem, errors with their lines."""
    for problem in sort_problems(problems):
        is_error = problem.severity is Severity.ERROR
        yield format_as_text(problem, excerpt(problem) if is_error else ""), problem.severity


def shorten(problems: Sequence[Problem], excerpt: Callable[[Problem], str]) -> tuple[list[Line], bool]:
    """Return every error, and as much of the warnings as fits on a screen; and whether that is not all of them."""
    errors = [one for one in problems if one.severity is Severity.ERROR]
    warnings = sort_problems([one for one in problems if one.severity is not Severity.ERROR])
    groups = [list(group) for _, group in groupby(warnings, lambda one: (one.severity, _kind(one)))]
    shown: list[Line] = []
    for most, with_hints in _DETAIL:
        shown = [line for group in groups for line in _group(group, most, with_hints)]
        if sum(text.count("\n") + 1 for text, _ in shown) <= MAX_LINES:
            break
    else:  # more kinds than lines
        shown = [*shown[: MAX_LINES - 1], (f"warning: and {len(groups) - MAX_LINES + 1:,} other kinds", Severity.WARNING)]
    is_short = not with_hints or any(len(group) > most for group in groups)
    return [*list_lines(errors, excerpt), *shown], is_short


def _kind(problem: Problem) -> str:
    return "" if problem.severity is Severity.DRAFT else problem.code


def _group(group: Sequence[Problem], most: int, with_hints: bool) -> Iterator[Line]:
    severity = group[0].severity
    texts = (format_as_text(one) for one in group[: max(most, len(group) == 1)])
    if not with_hints:
        texts = (text.partition("\n")[0] for text in texts)
    if len(group) <= max(most, 1):
        yield from ((text, severity) for text in texts)
        return
    is_draft = severity is Severity.DRAFT
    what = f"{len(group):,} problems in drafts, which are not published" if is_draft else counted(group[0].code, len(group))
    among = "" if not most else "; the worst:" if group[0].weight > group[-1].weight else "; such as:"
    yield f"warning: {what}{among}", severity
    yield from (("  " + text.replace("\n", "\n  "), severity) for text in texts)
