"""Run each command: call the pipeline and print the result.

Exit codes: 0 success, 1 problems in the content, 2 wrong usage or an internal error.
"""

import argparse
import io
import os
import sys
import time
from datetime import date

from guidegen.build import pipeline
from guidegen.cache.tracked_files import build_summary, default_out
from guidegen.console import print_line, print_problems, refuse_errors, summarize, write_staff_files
from guidegen.editing import upgrade
from guidegen.files import locks
from guidegen.model import visibility
from guidegen.model.problems import (
    ContentError,
    GuidegenError,
    Problem,
    Severity,
    escape_unprintable,
    has_errors,
)
from guidegen.model.urls import find_address_error
from guidegen.workers import Workers


def run(options: argparse.Namespace) -> int:
    """Run the parsed command and return its exit code. Mistakes in content never cause a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # some terminals cannot encode every character
            stream.reconfigure(errors="backslashreplace")
    try:
        return _COMMANDS[options.command](options)
    except ContentError as error:
        print_problems(error.problems, options)
        print_line(summarize(error.problems) + "; nothing was published")
        return 1
    except GuidegenError as error:
        print_line(escape_unprintable(f"guidegen: {error}", "\n"))
        return 2
    except OSError as error:
        print_line(escape_unprintable(f"guidegen: {error.filename or 'a file'} cannot be used: {error.strerror or error}"))
        return 2
    except RecursionError:
        print_line("guidegen: internal error: something is nested too deeply. Please report it.")
        return 2


def _build(options: argparse.Namespace) -> int:
    out = options.out or default_out(options.root, options.guide)
    build_options = pipeline.BuildOptions(
        base_url=_check_base_url(options.base_url),
        part=options.guide,
        cache=options.cache,
        strict=options.strict,
        clean=options.clean,
        workers=Workers(options.jobs, options.executor, options.scheduler),
        select=visibility.select_preview if options.drafts else visibility.select_public,
        inputs=options.inputs,
        progress=_Progress(options.started),
    )
    result = pipeline.build(options.root, out, build_options)
    print_problems(result.warnings if options.format != "text" else (), options)
    for line in build_options.timings.summary_lines() if options.timings else ():
        print_line(line)
    for note in result.notes:
        print_line(note)
    counts = (result.pages, result.files, len(result.warnings))
    print_line(build_summary(counts, result.written + result.removed, out, time.perf_counter() - options.started))
    return 0


class _Progress:
    """A file counter that shows itself on a terminal once a build takes longer than a second."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.files = 0
        self.is_shown = sys.stderr.isatty() and not os.environ.get("CI")

    def __call__(self) -> None:
        self.files += 1
        if self.is_shown and self.files % 50 == 0 and time.perf_counter() - self.started > 1:
            print(f"\r{self.files:,} files", end="\r", file=sys.stderr, flush=True)


def _check_base_url(address: str) -> str:
    fault = find_address_error(address) if address else ""
    if fault:
        raise GuidegenError(f"--base-url is {address[:80]!r}; write a full address, such as https://example.org/guide/: {fault}")
    return address


def _check(options: argparse.Namespace) -> int:
    link_problems: tuple[Problem, ...] = ()
    if options.links:
        from guidegen.editing import link_checker

        link_problems = tuple(link_checker.check_links(options.root))
    problems = pipeline.review_content(options.root, date.today(), link_problems)
    print_problems(problems, options)
    print_line(summarize(problems))
    threshold = Severity.WARNING if options.strict else Severity.ERROR
    return int(any(problem.severity <= threshold for problem in problems))


def _report(options: argparse.Namespace) -> int:
    from guidegen.editing.report import rendering, trend

    earlier = trend.read_earlier(options.since) if options.since else None
    report = pipeline.report_tasks(options.root, date.today())
    if options.out:
        write_staff_files(options.out, rendering.render_files(report, earlier), options.root)
    else:
        print("\n".join(rendering.format_lines(report, earlier)))
    return 0


def _export(options: argparse.Namespace) -> int:
    from guidegen.editing.spreadsheets import exporting

    _, problems = pipeline.load_checked_guide(options.root, shows_drafts=True)  # an export must not lose values of drafts either
    refuse_errors(problems)
    write_staff_files(options.out, exporting.export_tables(options.root), options.root)
    return 0


def _import(options: argparse.Namespace) -> int:
    from guidegen import import_commands

    return import_commands.run(options)


def _booklet(options: argparse.Namespace) -> int:
    from guidegen import booklet_commands

    return booklet_commands.run(options)


def _translations(options: argparse.Namespace) -> int:
    from guidegen import translation_commands

    return translation_commands.run(options)


def _serve(options: argparse.Namespace) -> int:
    from guidegen import serve

    serve.serve(options.root, options.port, options.guide)
    return 0


def _new(options: argparse.Namespace) -> int:
    from guidegen.editing import scaffold

    if options.kind == "guide":
        return _new_guide(options)
    if options.kind == "language":
        return _new_language(options)
    details = scaffold.NewFileDetails(options.name, options.title, options.summary, options.phone, options.type)
    if not options.name:  # main() allows this only on a terminal
        details = scaffold.ask_details(options.kind, details, options.root, _ask)
    for similar in scaffold.find_similar(options.kind, details, options.root):
        print_line(f"a similar one exists: {similar}")
    created = scaffold.create_file(options.kind, details, options.root, date.today())
    print_line(f"created {created}")
    _, problems = pipeline.load_checked_guide(options.root, shows_drafts=True)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR and created.match(str(problem.path))]
    print_problems(errors, options)
    return int(bool(errors))


def _new_guide(options: argparse.Namespace) -> int:
    from guidegen.editing.starter import details, guide_folder

    folder = options.root / (options.name or _ask("A short name for its folder, such as  river-county?"))
    details.check_folder(folder)
    given = details.read_details(folder, vars(options))
    if sys.stdin.isatty():
        given = details.ask_details(given, _ask)
    complete = details.complete_details(given)
    missing = guide_folder.create_guide(complete, options.package, date.today(), has_git=not options.no_git)
    print_line(f"created {folder}")
    _, problems = pipeline.load_checked_guide(folder, shows_drafts=True)
    if has_errors(problems):
        options.root = folder
        print_problems(problems, options)
        return 1
    for note in (*details.list_notes(complete), *([missing] if missing else [])):
        print_line(note)
    print_line(f"to see it:       guidegen serve --root {folder}")
    print_line(f"what comes next: {folder / 'README.md'}")
    return 0


def _new_language(options: argparse.Namespace) -> int:
    from guidegen.editing.starter import new_language

    name = options.name or _ask("Which language (its name or its code, such as  Somali  or  so)?")
    with locks.editing(options.root):
        guide, problems = pipeline.load_checked_guide(options.root, shows_drafts=True)
        refuse_errors(problems)
        for line in new_language.describe(new_language.add_language(options.root, guide, name)):
            print_line(line)
    return 0


def _ci(options: argparse.Namespace) -> int:
    from guidegen.editing.starter import hosts

    for file in hosts.update_host_files(options.root, options.host, options.package):
        print_line(f"wrote {file}")
    return 0


def _ask(question: str) -> str:
    print(f"{question} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _schema(options: argparse.Namespace) -> int:
    from guidegen.editing import scaffold

    for file in scaffold.write_schemas(options.root):
        print_line(f"wrote {file}")
    return 0


def _cms(options: argparse.Namespace) -> int:
    from guidegen.editing.cms import config, writing

    guide, _ = pipeline.load_checked_guide(options.root)
    requested = config.Backend(options.backend or "", options.repo, options.branch, options.app_id, options.auth_url)
    backend = config.complete_backend(requested, guide.settings.editing)
    types = tuple((service_type.id, service_type.name.source) for service_type in guide.service_types)
    cms_config = config.format_config(backend, types, guide.settings.languages[1:])
    for file in writing.write_editor(options.root, cms_config, backend, options.editor, options.package):
        print_line(f"wrote {file}")
    return 0


def _upgrade(options: argparse.Namespace) -> int:
    with locks.editing(options.root):
        change_counts = upgrade.upgrade(options.root)
    for path, count in change_counts.items():
        print_line(f"{path}: {count} change{'s' * (count != 1)}")
    files = len(change_counts)
    print_line(f"{files} file{'s' * (files != 1)} rewritten; review them with:  git diff" if files else "nothing to rewrite")
    return 0


def _published(options: argparse.Namespace) -> int:
    from guidegen.content import published_names

    with locks.editing(options.root):
        guide, problems = pipeline.load_checked_guide(options.root)
        refuse_errors(problems)
        added = published_names.add_names(options.root, visibility.select_public(guide))
    for name in added:
        print_line(f"added {name}")
    print_line(f"{published_names.PUBLISHED_PATH} lists every name; {len(added):,} are new")
    return 0


_COMMANDS = {
    "booklet": _booklet,
    "build": _build,
    "check": _check,
    "report": _report,
    "export": _export,
    "import": _import,
    "serve": _serve,
    "new": _new,
    "ci": _ci,
    "schema": _schema,
    "cms": _cms,
    "upgrade": _upgrade,
    "published": _published,
    "translations": _translations,
}
