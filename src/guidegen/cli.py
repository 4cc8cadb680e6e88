"""The command line: reads what was typed, calls the pipeline, and says what came of it.

Exit codes: 0 fine, 1 problems in the content, 2 wrong use or a fault of guidegen.
"""

import argparse
import io
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from guidegen import __version__, checks, pipeline, scaffold
from guidegen.content import accept
from guidegen.outputs import File
from guidegen.problems import (
    ContentError,
    GuidegenError,
    Problem,
    Severity,
    as_github,
    as_json,
    as_text,
)

FORMATS = ("text", "github", "json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no mistake of an editor ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows fewer characters is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ContentError as error:
        _show(error.problems, options.format)
        _say(_summary(error.problems) + "; nothing was published")
        return 1
    except GuidegenError as error:
        _say(f"guidegen: {error}")
        return 2
    except OSError as error:
        _say(f"guidegen: {error.filename or 'a file'} cannot be used: {error.strerror or error}")
        return 2
    except KeyboardInterrupt:
        return 130
    except RecursionError:
        _say("guidegen: a fault of guidegen: something is nested too deeply. Please report it.")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guidegen", description="Turns partner profiles and articles into a multilingual guide."
    )
    parser.add_argument("--version", action="version", version=f"guidegen {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    build = _command(commands, "build", _build, "make the site")
    build.add_argument("--out", type=Path, help="the folder to publish (default: site in the guide's folder)")
    build.add_argument("--base-url", default="", help="where it will be published, if not at the address in guide.yml")
    build.add_argument("--strict", action="store_true", help="publish nothing while there are warnings")
    build.add_argument("--drafts", action="store_true", help="show drafts as well, for a preview")

    check = _command(commands, "check", _check, "say everything wrong or weak in the content; publish nothing")
    check.add_argument("--strict", action="store_true", help="count warnings as errors")

    serve = _command(commands, "serve", _serve, "build, watch the content, and reload the browser")
    serve.add_argument("--port", type=int, default=8000, choices=range(1, 65_000), metavar="PORT")

    new = _command(commands, "new", _new, "start a guide, a partner profile or a spotlight article")
    new.add_argument("kind", choices=scaffold.KINDS)
    new.add_argument("name", help="a short name: small letters, digits and hyphens")

    translations = _command(commands, "translations", _accept, "record that translations match their source")
    translations.add_argument("action", choices=("accept",))
    translations.add_argument("names", nargs="*", help="files by name, such as food-bank.es (default: all)")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: object, about: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run)
    parser.add_argument("--root", type=Path, default=Path("."), help="the guide's folder (default: this one)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are written")
    return parser


def _build(options: argparse.Namespace) -> int:
    from guidegen import publishing

    started = time.perf_counter()
    out = options.out or options.root / "site"
    select = publishing.preview if options.drafts else publishing.public
    base_url = _checked_address(options.base_url)
    built = pipeline.build(options.root, out, base_url, options.strict, select, _Progress(started))
    _show(built.warnings if options.format != "text" else (), options.format)
    seconds = time.perf_counter() - started
    weak = f", {len(built.warnings)} warnings (guidegen check shows them)" if built.warnings else ""
    _say(f"{built.pages:,} pages, {built.files:,} files in {out}, {seconds:.2f} s{weak}")
    return 0


class _Progress:
    """Counts files on a terminal once a build takes longer than a second; says nothing anywhere else."""

    def __init__(self, started: float) -> None:
        self.started = started
        self.files = 0
        self.shown = sys.stderr.isatty() and not os.environ.get("CI")

    def __call__(self, file: File) -> File:
        self.files += 1
        if self.shown and self.files % 50 == 0 and time.perf_counter() - self.started > 1:
            print(f"\r{self.files:,} files", end="\r", file=sys.stderr, flush=True)
        return file


def _checked_address(address: str) -> str:
    if address and not re.fullmatch(r"https?://[\w.-]+(:[0-9]{1,5})?(/[^\s?#\"<>\\\\]*)?", address):
        raise GuidegenError(f"--base-url is '{address}'; write a whole address, such as https://example.org/guide/")
    return address


def _check(options: argparse.Namespace) -> int:
    problems = pipeline.review(options.root, date.today())
    _show(problems, options.format)
    _say(_summary(problems))
    failing = Severity.WARNING if options.strict else Severity.ERROR
    return int(any(problem.severity <= failing for problem in problems))


def _serve(options: argparse.Namespace) -> int:
    from guidegen import serve

    serve.serve(options.root, options.port)
    return 0


def _new(options: argparse.Namespace) -> int:
    made = scaffold.new(options.kind, options.name, options.root, date.today())
    _say(f"made {made}")
    return 0


def _accept(options: argparse.Namespace) -> int:
    guide, problems = pipeline.read(options.root)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise ContentError(errors)
    count = accept.accept(options.root, guide, tuple(options.names))
    _say(f"recorded the source of {count} translation files")
    return 0


def _show(problems: Iterable[Problem], form: str) -> None:
    """Problems on standard error; as JSON on standard output, for tools. Errors come before warnings."""
    ordered = sorted(problems, key=lambda problem: (problem.severity, checks.rank(problem), problem))
    if form == "json":
        print(as_json(ordered))
        return
    for problem in ordered:
        _say(as_github(problem) if form == "github" else _coloured(problem))


def _coloured(problem: Problem) -> str:
    text = as_text(problem)
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return text
    colour = "31" if problem.severity is Severity.ERROR else "33"
    head, _, rest = text.partition(": ")
    return f"\x1b[1m{head}:\x1b[0m \x1b[{colour}m{rest}\x1b[0m"


def _summary(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "the content is fine"
    parts = [f"{errors} error{'s' * (errors != 1)}"] if errors or not warnings else []
    if warnings:
        kinds = Counter(problem.code.replace("-", " ") for problem in problems if problem.severity is Severity.WARNING)
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        parts.append(f"{warnings} warning{'s' * (warnings != 1)} ({listed})")
    return ", ".join(parts)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
