"""The command line: reads what was typed, and answers at once when there is nothing to build.

That answer must not wait for the rest of guidegen to be imported, so this module imports little.
"""

import argparse
import contextlib
import gc
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from guidegen import __version__
from guidegen.cache.tracked_files import (
    build_summary,
    counts_if_unchanged,
    folders_of,
    join_options,
    read_last_build,
    track_files,
)

FORMATS = ("text", "github", "gitlab", "json")
MAX_JOBS = 256
EXECUTORS = ("local", "spawn", "dask")
KINDS = ("guide", "partner", "spotlight")
"""What ``new`` can start."""
NEW_FLAGS = {
    "title": "what it is called",
    "summary": "one sentence that says what it is",
    "phone": "of a partner: the number to call",
    "type": "of a partner: the kind of help, an id of content/services.yml",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 fine, 1 problems in the content, 2 wrong use or a fault of guidegen."""
    started = time.perf_counter()
    gc.set_threshold(100_000, 50, 1_000)  # little of what a build makes refers to itself: looking for that took a seventh
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "new" and not options.name and not sys.stdin.isatty():
        parser.error(f"write a short name as well, such as:  guidegen new {options.kind} family-center")
    options.started, options.inputs = started, None
    with contextlib.suppress(ValueError, AttributeError):  # not in the main thread; not on this system
        signal.signal(signal.SIGTERM, _interrupted)
        signal.signal(signal.SIGHUP, _interrupted)
    try:
        if options.command == "build" and _is_built(options):
            return 0
        from guidegen import commands

        return commands.run(options)
    except KeyboardInterrupt:
        return 130


def _interrupted(*_: object) -> None:
    """Being told to end is as Ctrl-C is: everything that was begun is put away."""
    raise KeyboardInterrupt


def _is_built(options: argparse.Namespace) -> bool:
    """Whether the site stands as this build would leave it; if so, that is said. Else ``options`` have the files as they are."""
    if options.clean or options.timings or options.format != "text":
        return False
    out = options.out or options.root / "site"
    select = "select_preview" if options.drafts else "select_public"
    try:
        where = folders_of(options.root, options.out, options.cache)
        head = read_last_build(where.cache)
        if head is None:
            return False
        options.inputs = track_files(options.root, where.cache)
        counts = counts_if_unchanged(options.inputs, where.out, head, join_options(options.root, options.base_url, select))
    except (OSError, ValueError):
        return False
    if counts is None or (options.strict and counts[2]):
        return False
    print(build_summary(counts, 0, out, time.perf_counter() - options.started), file=sys.stderr)
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guidegen", description="Turns partner profiles and articles into a multilingual guide."
    )
    parser.add_argument("--version", action="version", version=f"guidegen {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    build = _command(commands, "build", "make the site")
    build.add_argument("--out", type=_path, help="the folder to publish (default: site in the guide's folder)")
    build.add_argument(
        "--cache", type=_path, metavar="DIR", help="folder of the cache (default: .guidegen in the guide's folder)"
    )
    build.add_argument("--base-url", default="", help="where it will be published, if not at the address in guide.yml")
    build.add_argument("--strict", action="store_true", help="publish nothing while there are warnings")
    build.add_argument("--clean", action="store_true", help="make everything anew, whatever stands there")
    build.add_argument("--jobs", type=_count, default=0, metavar="N", help="how many processes make pages")
    build.add_argument("--executor", choices=EXECUTORS, default="local", help="what runs them")
    build.add_argument("--scheduler", default="", metavar="ADDRESS", help="of a Dask cluster, with --executor dask")
    build.add_argument("--timings", action="store_true", help="say where the time went")
    build.add_argument("--drafts", action="store_true", help="show drafts as well, for a preview")

    check = _command(commands, "check", "say everything wrong or weak in the content; publish nothing")
    check.add_argument("--links", action="store_true", help="ask the websites that are named whether they are still there")
    check.add_argument("--strict", action="store_true", help="count warnings as errors")

    report = _command(commands, "report", "say what needs doing today, and how the guide stands; for staff")
    report.add_argument("--out", type=_path, metavar="FOLDER", help="write it as a page and as tables into this folder")

    export = _command(commands, "export", "write all profiles and their translations as spreadsheets; for staff")
    export.add_argument("kind", choices=("csv",))
    export.add_argument("--out", type=_path, required=True, metavar="FOLDER", help="where the CSV files are written")

    taken = _command(commands, "import", "take spreadsheets over into the profiles; nothing is written while a row is wrong")
    taken.add_argument("kind", choices=("csv",))
    taken.add_argument("path", type=_path, help="a folder of CSV files as export writes them, or one of them")
    taken.add_argument("--skip-wrong", action="store_true", help="leave out the partners whose rows are wrong")
    taken.add_argument("--dry-run", action="store_true", help="say what would be written; write nothing")

    serve = _command(commands, "serve", "build, watch the content, and reload the browser")
    serve.add_argument("--port", type=int, default=8000, choices=range(1, 65_000), metavar="PORT")

    new = _command(commands, "new", "start a guide, a partner profile or a spotlight article")
    new.add_argument("kind", choices=KINDS)
    new.add_argument(
        "name", nargs="?", default="", help="a short name: small letters, digits and hyphens (asked for on a terminal)"
    )
    for flag, about in NEW_FLAGS.items():
        new.add_argument(f"--{flag}", default="", help=about)

    _command(commands, "schema", "write JSON Schemas, by which editors complete and check content while one types")

    cms = _command(commands, "cms", "write an editor for the web into admin: forms for profiles, translations and articles")
    cms.add_argument("--editor", choices=("decap", "sveltia"), default="decap")
    cms.add_argument("--backend", choices=("github", "gitlab", "gitea"), help="the kind of host (default: that of editing.web)")
    cms.add_argument("--repo", default="", metavar="OWNER/NAME", help="the repository (default: that of editing.web)")
    cms.add_argument("--branch", default="", help="the branch that is edited (default: that of editing.web, or main)")
    cms.add_argument("--app-id", default="", metavar="ID", help="of the application by which people sign in (GitLab, Gitea)")
    cms.add_argument("--auth-url", default="", metavar="URL", help="of the service by which people sign in (GitHub)")
    cms.add_argument("--package", type=_path, metavar="FILE", help="the editor's package, where there is no npm")

    _command(commands, "upgrade", "rewrite content files from an older form of guidegen, where the meaning is certain")
    _command(commands, "published", "write down the names in addresses that are published; check then reports any that would end")

    translations = _command(commands, "translations", "record that translations match their source")
    translations.add_argument("action", choices=("accept",))
    translations.add_argument("names", nargs="*", help="files by name, such as food-bank.es (default: all)")
    return parser


def _path(typed: str) -> Path:
    if "\0" in typed:
        raise argparse.ArgumentTypeError("a name has a NUL character in it, which no file or folder can have")
    return Path(typed)


def _count(typed: str) -> int:
    if not typed.isdecimal() or not 1 <= int(typed) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"'{typed}' is no number of processes; write one from 1 to {MAX_JOBS}")
    return int(typed)


def _command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=name)
    parser.add_argument("--root", type=_path, default=Path("."), help="the guide's folder (default: this one)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are written")
    parser.add_argument("--all", action="store_true", help="list every warning; else many of one kind are counted")
    return parser
