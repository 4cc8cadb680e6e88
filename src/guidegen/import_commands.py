"""Run ``guidegen import``: a directory, or a spreadsheet that ``guidegen export csv`` wrote."""

import argparse
import contextlib
from datetime import date

from guidegen.build import pipeline
from guidegen.console import print_line, print_problems, write_staff_files
from guidegen.editing.imports import import_plan, importing, mapping, sources
from guidegen.editing.spreadsheets import importing as spreadsheet_importing
from guidegen.editing.spreadsheets import reading
from guidegen.files import locks
from guidegen.model.problems import GuidegenError, has_errors


def run(options: argparse.Namespace) -> int:
    """Import a directory or a spreadsheet and return the exit code."""
    if not options.path.exists():
        raise GuidegenError(f"there is no {options.path}")
    with contextlib.nullcontext() if options.dry_run else locks.editing(options.root):
        return _import_spreadsheets(options) if options.kind == "csv" else _import_source(options)


def _import_source(options: argparse.Namespace) -> int:
    guide, _ = pipeline.load_checked_guide(options.root, shows_drafts=True)
    is_hsds = options.kind == "hsds"
    if options.propose or not mapping.find_mapping_file(options.path).exists():
        print_line(f"wrote {sources.propose(options.path, options.sheet, is_hsds, guide)}: it says what means what.")
        print_line("Look at it, correct it, and run the same command again.")
        return 0
    source, column_mapping = sources.read_source(options.path, options.sheet, is_hsds, guide)
    choices = import_plan.Choices(options.keep_ours, options.accept_gone)
    plan = importing.plan_import(source, column_mapping, guide, options.root, date.today(), choices)
    if not options.dry_run:
        importing.write_plan(plan, options.root)
    print_problems(tuple(plan.account.list_problems()), options)
    for line in plan.describe(not options.dry_run):
        print_line(line)
    if options.account:
        write_staff_files(options.account, plan.account.render_files(f"Import of {options.path.name}"), options.root)
    return 0


def _import_spreadsheets(options: argparse.Namespace) -> int:
    plan = spreadsheet_importing.plan_import(reading.read_workbook(options.path), options.root)
    print_problems(plan.problems, options)
    is_refused = has_errors(plan.problems) and not options.skip_wrong
    is_written = not is_refused and not options.dry_run
    changes = [change for change in plan.changes if change.slug not in plan.rejected]
    for change in spreadsheet_importing.write_changes(changes, options.root) if is_written else changes:
        print_line(f"{'' if is_written else 'would be '}{spreadsheet_importing.describe_change(change)}")
    wrong = f", {len(plan.rejected)} with mistakes" if plan.rejected else ""
    print_line(f"{len({change.slug for change in changes})} partners changed, {plan.unchanged_count} unchanged{wrong}")
    if is_refused:
        print_line("nothing was written: fix the rows, or skip those partners with  --skip-wrong")
    return int(has_errors(plan.problems))
