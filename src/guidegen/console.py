"""Print what commands say: problems, and single lines, to standard error; tables for tools to standard output."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from guidegen.editing import problem_list
from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report.writing import write_report
from guidegen.model.problems import (
    ContentError,
    Problem,
    Severity,
    format_as_json,
    format_for_github,
    format_for_gitlab,
)


def refuse_errors(problems: Iterable[Problem]) -> None:
    """Raise ``ContentError`` if any problem is an error."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)


def print_problems(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Print problems to standard error, or as JSON to standard output for tools.

    Errors come before warnings, and are followed by the line of the file that they are about.
    """
    if options.format in ("json", "gitlab"):
        ordered = problem_list.sort_problems(problems)
        print(format_as_json(ordered) if options.format == "json" else format_for_gitlab(ordered))
    elif options.format == "github":
        for problem in problem_list.sort_problems(problems):
            print_line(format_for_github(problem))
    else:
        excerpt = Excerpts(options.root).format_excerpt
        lines, is_short = (
            (problem_list.list_lines(problems, excerpt), False) if options.all else problem_list.summarize(problems, excerpt)
        )
        for text, severity in lines:
            print_line(colorize(text, severity))
        if is_short:
            command = f"guidegen {options.command} --all" if options.command != "import" else "add  --all"
            print_line(f"to list every warning and how to fix it:  {command}")


def colorize(text: str, severity: Severity) -> str:
    """Return a problem in colors, on a terminal that shows them."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    color = "31" if severity is Severity.ERROR else "33"
    first_line, _, details = text.partition("\n")
    position, _, message = first_line.partition(": ")
    return f"\x1b[1m{position}:\x1b[0m \x1b[{color}m{message}\x1b[0m" + (f"\n{details}" if details else "")


def summarize(problems: Sequence[Problem]) -> str:
    """Return the number of errors, and the number of warnings of each kind."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "the content is fine"
    parts = [f"{errors} error{'s' * (errors != 1)}"] if errors or not warnings else []
    if warnings:
        codes = Counter(problem.code.replace("-", " ") for problem in problems if problem.severity is not Severity.ERROR)
        code_counts = ", ".join(f"{count} {code}" for code, count in codes.most_common())
        parts.append(f"{warnings} warning{'s' * (warnings != 1)} ({code_counts})")
    return ", ".join(parts)


def print_line(text: str) -> None:
    """Print a line to standard error."""
    print(text, file=sys.stderr)


def write_staff_files(out: Path, files: Mapping[str, bytes], root: Path) -> None:
    """Write files for staff into a folder and print their names. Raises ``GuidegenError`` if the folder is public."""
    for file in write_report(out, files, root):
        print_line(f"wrote {file}")
