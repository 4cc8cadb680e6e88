"""Run ``guidegen translations``: how far they are, files for translators and back, and the record that they match."""

import argparse
from datetime import date
from pathlib import Path

from guidegen.build import pipeline
from guidegen.console import print_line, print_problems, refuse_errors
from guidegen.editing.translations import accepting, exchange, status
from guidegen.editing.translations.target_files import Translator
from guidegen.editing.translations.units import count_words
from guidegen.files import locks
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError, has_errors


def run(options: argparse.Namespace) -> int:
    """Run the action and return the exit code."""
    return _ACTIONS[options.action](options)


def _load(options: argparse.Namespace) -> Guide:
    guide, problems = pipeline.load_checked_guide(options.root, shows_drafts=True)
    refuse_errors(problems)
    return guide


def _status(options: argparse.Namespace) -> int:
    guide = _load(options)
    for language in options.names:
        exchange.check_language(guide, language)
    languages = options.names or guide.settings.languages[1:]
    print("\n".join(status.format_status([status.count_states(options.root, guide, language) for language in languages])))
    return 0


def _export(options: argparse.Namespace) -> int:
    guide = _load(options)
    folder = options.out or options.root / "translations"
    for language in options.names or guide.settings.languages[1:]:
        file = folder / f"{language}{exchange.FORMATS[options.file_format].endings[0]}"
        units = exchange.export_language(options.root, guide, language, file, options.file_format)
        open_units = [unit for unit in units if not unit.target or unit.needs_work]
        print_line(f"wrote {file}: {len(units):,} entries, {len(open_units):,} to do ({count_words(open_units):,} words)")
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.names:
        raise GuidegenError("name the file, such as:  guidegen translations import translations/es.po")
    exit_code = 0
    with locks.editing(options.root):
        for name in options.names:
            guide = _load(options)
            translator = Translator(options.by, options.who, date.today())
            plan = exchange.plan_language(options.root, guide, Path(name), options.language, translator)
            if not options.dry_run:
                exchange.write_plan(options.root, plan)
            print_problems(plan.problems, options)
            done = "would change" if options.dry_run else "changed"
            print_line(
                f"{name}: {done} {plan.changed:,} texts in {len(plan.files):,} files; {plan.unchanged:,} as before, "
                f"{plan.untranslated:,} not translated, {plan.incomplete:,} begun, {plan.refused:,} not taken"
            )
            exit_code |= int(has_errors(plan.problems))
    return exit_code


def _accept(options: argparse.Namespace) -> int:
    with locks.editing(options.root):
        guide, problems = pipeline.load_checked_guide(options.root)
        refuse_errors(problems)
        names = accepting.list_marked(options.root) if options.marked else tuple(options.names)
        count = accepting.accept(options.root, guide, names) if names or not options.marked else 0
    print_line(f"recorded that {count} translation files match their source")
    return 0


_ACTIONS = {"status": _status, "export": _export, "import": _import, "accept": _accept}
