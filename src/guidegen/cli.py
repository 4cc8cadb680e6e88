"""Parse the command line, and exit early if the site is already up to date.

The early exit must not wait for the rest of guidegen to be imported, so this module imports little.
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
    default_out,
    join_options,
    read_manifest_head,
    resolve_folders,
    track_files,
)

FORMATS = ("text", "github", "gitlab", "json")
MAX_JOBS = 256
EXECUTORS = ("local", "spawn", "dask")
HOSTS = ("github", "gitlab", "netlify", "cloudflare", "codeberg")
NEW_KINDS = ("guide", "partner", "spotlight", "language")
"""Kinds of files that ``new`` creates."""
NEW_FLAGS = {
    "title": "the name that readers see",
    "summary": "a one-sentence description",
    "phone": "a partner's phone number",
    "type": "a partner's kind of help, as an id from content/services.yml",
}
"""Optional flags of ``new``, with their help texts."""
NEW_GUIDE_FLAGS = {
    "languages": "the languages, the one you write in first, such as  en,es,ar",
    "country": "the country, such as  US",
    "state": "the state or province, such as  MA, for its public holidays",
    "towns": "the towns, with commas between them",
    "time-zone": "the time zone, if the country has several",
    "address": "the web address where the guide will be published",
    "contact-name": "who keeps the guide",
    "contact-email": "the e-mail for corrections",
    "host": "where it will be published: github, gitlab, netlify, cloudflare, codeberg or none",
    "package": "a wheel of guidegen for the workflows (default: the guidegen that is running)",
}
"""More flags of ``new guide``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 success, 1 problems in the content, 2 wrong usage or an internal error."""
    started = time.perf_counter()
    parser = _build_parser()
    options = parser.parse_args(arguments)
    if options.command == "new" and not options.name and not sys.stdin.isatty():
        parser.error(f"add a short name, such as:  guidegen new {options.kind} family-center")
    options.started, options.inputs = started, None
    if options.command == "serve":
        gc.set_threshold(100_000, 50, 1_000)
    else:  # a command creates few reference cycles, and searching for them took a tenth of the time of an edit
        gc.disable()
    with contextlib.suppress(ValueError, AttributeError):  # outside the main thread; no SIGHUP on Windows
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
    try:
        if options.command == "build" and _report_if_up_to_date(options):
            return 0
        from guidegen import commands

        return commands.run(options)
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()


def _interrupt(*_: object) -> None:
    """Handle SIGTERM and SIGHUP like Ctrl-C, so that temporary files are removed."""
    raise KeyboardInterrupt


def _report_if_up_to_date(options: argparse.Namespace) -> bool:
    """Return whether the site is already up to date, and print its summary if it is.

    Store the tracked files in ``options.inputs``, so that the build does not scan them again.
    """
    if options.clean or options.timings or options.format != "text":
        return False
    out = options.out or default_out(options.root, options.guide)
    select = "select_preview" if options.drafts else "select_public"
    try:
        folders = resolve_folders(options.root, out, options.cache)
        last_build = read_manifest_head(folders.cache)
        if last_build is None:
            return False
        options.inputs = track_files(options.root, folders.cache)
        joined_options = join_options(options.root, options.base_url, select, options.guide)
        counts = counts_if_unchanged(options.inputs, folders.out, last_build, joined_options)
    except (OSError, ValueError):
        return False
    if counts is None or (options.strict and counts[2]):
        return False
    print(build_summary(counts, 0, out, time.perf_counter() - options.started), file=sys.stderr)
    return True


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guidegen", description="Builds a multilingual resource guide from partner profiles and articles."
    )
    parser.add_argument("--version", action="version", version=f"guidegen {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    _add_build(commands)

    check = _add_command(commands, "check", "list every error and warning in the content; publish nothing")
    check.add_argument("--links", action="store_true", help="also check that the websites in the content still respond")
    check.add_argument("--strict", action="store_true", help="treat warnings as errors")

    report = _add_command(commands, "report", "list what staff need to do today, and the state of the guide")
    report.add_argument("--out", type=_parse_path, metavar="FOLDER", help="write a page and tables into this folder")
    report.add_argument("--since", type=_parse_path, metavar="FOLDER", help="compare with an earlier report that --out wrote")

    _add_spreadsheets(commands)

    booklet = _add_command(commands, "booklet", "write the guide, or a part of it, as a PDF to print")
    booklet.add_argument("--language", default="", metavar="CODE", help="the language (default: the first of the guide)")
    booklet.add_argument("--type", default="", metavar="ID", help="only this kind of help")
    booklet.add_argument("--area", default="", metavar="NAME", help="only what is in this area, or for people there")
    booklet.add_argument(
        "--out", type=_parse_path, metavar="FILE", help="where (default: static/booklets, which the next build publishes)"
    )

    serve = _add_command(commands, "serve", "show the guide while you edit it, and reload the browser")
    serve.add_argument("--port", type=int, default=8000, choices=range(1, 65_000), metavar="PORT")

    _add_guide_option(serve)

    new = _add_command(commands, "new", "create a guide, a partner profile or a spotlight article, or add a language")
    new.add_argument("kind", choices=NEW_KINDS)
    new.add_argument(
        "name", nargs="?", default="", help="a short name: lowercase letters, digits and hyphens (asked for on a terminal)"
    )
    for flag, about in NEW_FLAGS.items():
        new.add_argument(f"--{flag}", default="", help=about)
    guide_flags = new.add_argument_group("only for a guide")
    for flag, about in NEW_GUIDE_FLAGS.items():
        guide_flags.add_argument(f"--{flag}", default="", help=about)

    guide_flags.add_argument("--no-git", action="store_true", help="do not make the folder a git repository")

    hosts = _add_command(commands, "ci", "write the workflows that check and publish the guide at a host")
    hosts.add_argument("host", choices=HOSTS)
    hosts.add_argument("--package", default="", help=NEW_GUIDE_FLAGS["package"])

    _add_command(commands, "schema", "write JSON Schemas, so that text editors complete and check content as you type")
    _add_cms(commands)
    _add_command(commands, "upgrade", "rewrite content files from an older version of guidegen, where the meaning is certain")
    _add_command(
        commands, "published", "record the names in published addresses, so that check reports addresses that would break"
    )

    _add_translations(commands)
    return parser


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    build = _add_command(commands, "build", "build the site")
    build.add_argument("--out", type=_parse_path, help="the folder to publish (default: site, or site-NAME with --guide)")
    build.add_argument(
        "--cache", type=_parse_path, metavar="DIR", help="the cache folder (default: .guidegen in the guide's folder)"
    )
    build.add_argument("--base-url", default="", help="the address to publish at, if it is not the address in guide.yml")
    _add_guide_option(build)
    build.add_argument("--strict", action="store_true", help="publish nothing if there are warnings")
    build.add_argument("--clean", action="store_true", help="rebuild everything, ignoring the cache")
    build.add_argument("--jobs", type=_parse_jobs, default=0, metavar="N", help="how many processes render pages")
    build.add_argument("--executor", choices=EXECUTORS, default="local", help="how those processes are run")
    build.add_argument("--scheduler", default="", metavar="ADDRESS", help="a Dask cluster to use with --executor dask")
    build.add_argument("--timings", action="store_true", help="print how long each step took")
    build.add_argument("--drafts", action="store_true", help="include drafts, for a preview")


def _add_guide_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--guide", default="", metavar="NAME", help="a partial guide, with the settings in guides/NAME.yml")


def _add_spreadsheets(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = _add_command(commands, "export", "write all profiles and their translations as spreadsheets, for staff")
    export.add_argument("kind", choices=("csv",))
    export.add_argument("--out", type=_parse_path, required=True, metavar="FOLDER", help="where to write the CSV files")

    importer = _add_command(commands, "import", "make and update profiles from spreadsheets, lists and directories")
    importer.add_argument("kind", choices=("csv", "list", "hsds"))
    importer.add_argument(
        "path",
        type=_parse_path,
        help="csv: a folder of CSV files from export, or one of them; list: a table of your own (.csv, .xlsx, .jsonl) or a folder"
        " of them; hsds: a file or folder of HSDS or Ohana data (.json, .csv)",
    )
    importer.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a spreadsheet (default: the first with rows)")
    importer.add_argument("--propose", action="store_true", help="list, hsds: write the mapping file anew, and nothing else")
    importer.add_argument(
        "--account", type=_parse_path, metavar="FOLDER", help="list, hsds: write what became of every value, as a page and tables"
    )
    importer.add_argument(
        "--keep-ours", action="store_true", help="list, hsds: keep all fields that people and the source changed"
    )
    importer.add_argument("--accept-gone", action="store_true", help="list, hsds: more than a fifth of the records may be gone")
    importer.add_argument("--skip-wrong", action="store_true", help="csv: skip partners whose rows have mistakes")
    importer.add_argument("--dry-run", action="store_true", help="list the changes without writing them")


def _add_translations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    translations = _add_command(
        commands, "translations", "show how far translations are, exchange files with translators, record that texts match"
    )
    translations.add_argument(
        "action",
        choices=("status", "export", "import", "accept"),
        help="status: count; export: write a file for translators; import: read it back; accept: record that texts match",
    )
    translations.add_argument(
        "names",
        nargs="*",
        help="status, export: languages; import: files; accept: file names, such as food-bank.es (default: all)",
    )
    translations.add_argument("--out", type=_parse_path, metavar="FOLDER", help="export: where (default: translations)")
    translations.add_argument(
        "--as", dest="file_format", choices=("po", "xliff"), default="po", help="export: gettext .po, or XLIFF 2.0"
    )
    translations.add_argument("--language", default="", metavar="CODE", help="import: the language, if the file does not say it")
    translations.add_argument(
        "--by", choices=("human", "machine", "reviewed"), default="", help="import: who translated (default: human in new files)"
    )
    translations.add_argument("--who", default="", metavar="NAME", help="import: the translator's name or initials")
    translations.add_argument("--dry-run", action="store_true", help="import: list the problems and counts; write nothing")
    translations.add_argument("--marked", action="store_true", help="accept: only the files that say  matches: yes")


def _add_cms(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    cms = _add_command(commands, "cms", "write a web editor into admin: forms for profiles, translations and articles")
    cms.add_argument("--editor", choices=("decap", "sveltia"), default="decap")
    cms.add_argument("--backend", choices=("github", "gitlab", "gitea"), help="the type of git host (default: from editing.web)")
    cms.add_argument("--repo", default="", metavar="OWNER/NAME", help="the repository (default: from editing.web)")
    cms.add_argument("--branch", default="", help="the branch to edit (default: from editing.web, or main)")
    cms.add_argument("--app-id", default="", metavar="ID", help="the application that people sign in with (GitLab, Gitea)")
    cms.add_argument("--auth-url", default="", metavar="URL", help="the service that people sign in with (GitHub)")
    cms.add_argument("--package", type=_parse_path, metavar="FILE", help="the editor's package, if npm is not available")


def _add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(command=name)
    parser.add_argument("--root", type=_parse_path, default=Path("."), help="the guide's folder (default: this one)")
    parser.add_argument("--format", choices=FORMATS, default="text", help="the output format for problems")
    parser.add_argument("--all", action="store_true", help="list every warning instead of counting similar ones")
    return parser


def _parse_path(argument: str) -> Path:
    if "\0" in argument:
        raise argparse.ArgumentTypeError("the name of a file or folder cannot contain a NUL character")
    return Path(argument)


def _parse_jobs(argument: str) -> int:
    if not argument.isdecimal() or not 1 <= int(argument) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"'{argument}' is not a number of processes; use a number from 1 to {MAX_JOBS}")
    return int(argument)
