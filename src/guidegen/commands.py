"""What each command does: calls the pipeline, and says what came of it.

Exit codes: 0 fine, 1 problems in the content, 2 wrong use or a fault of guidegen.
"""

import argparse
import contextlib
import io
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from guidegen.build import pipeline
from guidegen.cache.tracked_files import build_summary
from guidegen.editing import accept_translations, problem_list, upgrade
from guidegen.editing.excerpts import Excerpts
from guidegen.files import locks
from guidegen.model import visibility
from guidegen.model.problems import (
    ContentError,
    GuidegenError,
    Problem,
    Severity,
    format_as_json,
    format_for_github,
    format_for_gitlab,
    printable,
)
from guidegen.model.urls import site_address_fault
from guidegen.workers import Workers


def run(options: argparse.Namespace) -> int:
    """Run the command that was typed; no mistake of an editor ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows fewer characters is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    try:
        return _COMMANDS[options.command](options)
    except ContentError as error:
        _show(error.problems, options)
        _say(_summary(error.problems) + "; nothing was published")
        return 1
    except GuidegenError as error:
        _say(printable(f"guidegen: {error}", "\n"))
        return 2
    except OSError as error:
        _say(printable(f"guidegen: {error.filename or 'a file'} cannot be used: {error.strerror or error}"))
        return 2
    except RecursionError:
        _say("guidegen: a fault of guidegen: something is nested too deeply. Please report it.")
        return 2


def _build(options: argparse.Namespace) -> int:
    out = options.out or options.root / "site"
    how = pipeline.Options(
        base_url=_checked_address(options.base_url),
        cache=options.cache,
        strict=options.strict,
        clean=options.clean,
        workers=Workers(options.jobs, options.executor, options.scheduler),
        select=visibility.select_preview if options.drafts else visibility.select_public,
        inputs=options.inputs,
        progress=_Progress(options.started),
    )
    built = pipeline.build(options.root, out, how)
    _show(built.warnings if options.format != "text" else (), options)
    for line in how.timings.summary_lines() if options.timings else ():
        _say(line)
    for note in built.notes:
        _say(note)
    counts = (built.pages, built.files, len(built.warnings))
    _say(build_summary(counts, built.written + built.removed, out, time.perf_counter() - options.started))
    return 0


class _Progress:
    """Counts files on a terminal once a build takes longer than a second; says nothing anywhere else."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.files = 0
        self.shown = sys.stderr.isatty() and not os.environ.get("CI")

    def __call__(self) -> None:
        self.files += 1
        if self.shown and self.files % 50 == 0 and time.perf_counter() - self.started > 1:
            print(f"\r{self.files:,} files", end="\r", file=sys.stderr, flush=True)


def _checked_address(address: str) -> str:
    fault = site_address_fault(address) if address else ""
    if fault:
        raise GuidegenError(f"--base-url is {address[:80]!r}; write a whole address, such as https://example.org/guide/: {fault}")
    return address


def _check(options: argparse.Namespace) -> int:
    found: tuple[Problem, ...] = ()
    if options.links:
        from guidegen.editing import link_checker

        found = tuple(link_checker.check_links(options.root))
    problems = pipeline.review_content(options.root, date.today(), found)
    _show(problems, options)
    _say(_summary(problems))
    failing = Severity.WARNING if options.strict else Severity.ERROR
    return int(any(problem.severity <= failing for problem in problems))


def _report(options: argparse.Namespace) -> int:
    from guidegen.editing.report import rendering

    report = pipeline.report_tasks(options.root, date.today())
    if options.out:
        _write(options, rendering.files(report))
    else:
        print("\n".join(rendering.lines(report)))
    return 0


def _write(options: argparse.Namespace, files: Mapping[str, bytes]) -> None:
    from guidegen.editing.report import writing

    for file in writing.write(options.out, files, options.root):
        _say(f"wrote {file}")


def _export(options: argparse.Namespace) -> int:
    from guidegen.editing.spreadsheets import exporting

    _refuse_errors(pipeline.load_checked_guide(options.root, shows_drafts=True)[1])  # also of a draft, nothing is lost in a sheet
    _write(options, exporting.export_tables(options.root))
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.path.exists():
        raise GuidegenError(f"there is no {options.path}")
    with contextlib.nullcontext() if options.dry_run else locks.editing(options.root):
        return _imported(options)


def _imported(options: argparse.Namespace) -> int:
    from guidegen.editing.spreadsheets import importing, reading

    planned = importing.plan(reading.read(options.path), options.root)
    _show(planned.problems, options)
    stopped = any(one.severity is Severity.ERROR for one in planned.problems) and not options.skip_wrong
    changes = [one for one in planned.changes if one.slug not in planned.wrong]
    for change in changes if stopped or options.dry_run else importing.write(changes, options.root):
        _say(f"{'would be ' if stopped or options.dry_run else ''}{importing.describe_changes(change)}")
    wrong = f", {len(planned.wrong)} with mistakes" if planned.wrong else ""
    _say(f"{len({one.slug for one in changes})} partners that differ, {planned.same} as they are{wrong}")
    if stopped:
        _say("nothing was written: mend the rows, or leave those partners out with  --skip-wrong")
    return int(any(one.severity is Severity.ERROR for one in planned.problems))


def _serve(options: argparse.Namespace) -> int:
    from guidegen import serve

    serve.serve(options.root, options.port)
    return 0


def _new(options: argparse.Namespace) -> int:
    from guidegen.editing import scaffold

    given = scaffold.NewFileDetails(options.name, options.title, options.summary, options.phone, options.type)
    if not options.name:  # which is only so on a terminal
        given = scaffold.ask_details(options.kind, given, options.root, _ask)
    for other in scaffold.similar(options.kind, given, options.root):
        _say(f"there is one like it: {other}")
    made = scaffold.create(options.kind, given, options.root, date.today())
    _say(f"made {made}")
    if options.kind == "guide":
        _say(f"look at it:  guidegen serve --root {made}")
        return 0
    found = pipeline.load_checked_guide(options.root, shows_drafts=True)[1]
    wrong = [one for one in found if one.severity is Severity.ERROR and made.match(str(one.path))]
    _show(wrong, options)
    return int(bool(wrong))


def _ask(question: str) -> str:
    """What somebody types at a terminal."""
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _schema(options: argparse.Namespace) -> int:
    from guidegen.editing import scaffold

    for file in scaffold.write_schemas(options.root):
        _say(f"wrote {file}")
    return 0


def _cms(options: argparse.Namespace) -> int:
    from guidegen.editing.cms import config, writing

    guide, _ = pipeline.load_checked_guide(options.root)
    given = config.Backend(options.backend or "", options.repo, options.branch, options.app_id, options.auth_url)
    backend = config.completed(given, guide.settings.editing)
    made = config.config(backend, tuple(kind.id for kind in guide.service_types))
    for file in writing.write(options.root, made, backend, options.editor, options.package):
        _say(f"wrote {file}")
    return 0


def _accept(options: argparse.Namespace) -> int:
    with locks.editing(options.root):
        guide, problems = pipeline.load_checked_guide(options.root)
        _refuse_errors(problems)
        count = accept_translations.accept(options.root, guide, tuple(options.names))
    _say(f"recorded the source of {count} translation files")
    return 0


def _upgrade(options: argparse.Namespace) -> int:
    with locks.editing(options.root):
        changed = upgrade.upgrade(options.root)
    for path, count in changed.items():
        _say(f"{path}: {count} change{'s' * (count != 1)}")
    _say(
        f"{len(changed)} file{'s' * (len(changed) != 1)} rewritten; look at them with:  git diff"
        if changed
        else "nothing to rewrite"
    )
    return 0


def _published(options: argparse.Namespace) -> int:
    from guidegen.content import published_names

    with locks.editing(options.root):
        guide, problems = pipeline.load_checked_guide(options.root)
        _refuse_errors(problems)
        added = published_names.add_names(options.root, visibility.select_public(guide))
    for name in added:
        _say(f"added {name}")
    _say(f"{published_names.PATH} has every name; {len(added):,} are new")
    return 0


def _refuse_errors(problems: Iterable[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)


def _show(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Problems on standard error; as JSON on standard output, for tools. Errors come before warnings, and show their lines."""
    if options.format in ("json", "gitlab"):
        ordered = problem_list.sort_problems(problems)
        print(format_as_json(ordered) if options.format == "json" else format_for_gitlab(ordered))
    elif options.format == "github":
        for problem in problem_list.sort_problems(problems):
            _say(format_for_github(problem))
    else:
        excerpt = Excerpts(options.root).of
        lines, is_short = (
            (problem_list.list_lines(problems, excerpt), False) if options.all else problem_list.shorten(problems, excerpt)
        )
        for text, severity in lines:
            _say(_coloured(text, severity))
        if is_short:
            _say(f"every warning, with what to do about it:  guidegen {options.command} --all")


def _coloured(text: str, severity: Severity) -> str:
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    colour = "31" if severity is Severity.ERROR else "33"
    first, _, below = text.partition("\n")
    head, _, message = first.partition(": ")
    return f"\x1b[1m{head}:\x1b[0m \x1b[{colour}m{message}\x1b[0m" + (f"\n{below}" if below else "")


def _summary(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "the content is fine"
    parts = [f"{errors} error{'s' * (errors != 1)}"] if errors or not warnings else []
    if warnings:
        kinds = Counter(problem.code.replace("-", " ") for problem in problems if problem.severity is not Severity.ERROR)
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        parts.append(f"{warnings} warning{'s' * (warnings != 1)} ({listed})")
    return ", ".join(parts)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


_COMMANDS = {
    "build": _build,
    "check": _check,
    "report": _report,
    "export": _export,
    "import": _import,
    "serve": _serve,
    "new": _new,
    "schema": _schema,
    "cms": _cms,
    "upgrade": _upgrade,
    "published": _published,
    "translations": _accept,
}
