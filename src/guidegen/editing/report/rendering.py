"""The report as pages and tables. They hold what only staff may see, so nothing of it ever goes into a site."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guidegen import resources
from guidegen.editing import csv_files
from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report.findings import FRESHNESS, STATES, PartnerStatus, Report
from guidegen.editing.report.links import edit_links
from guidegen.model.problems import Problem
from guidegen.model.settings import Editing


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.built_in_folder() / "templates" / "staff"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def style() -> str:
    """The style sheet of all that staff see."""
    return (resources.built_in_folder() / "templates" / "staff" / "staff.css").read_text(encoding="utf-8")


def page(report: Report, root: Path | None = None) -> str:
    """The report as one HTML page that loads nothing. With ``root`` it is for the computer that has the guide's files."""
    template = _environment().get_template("report.html")
    ways_to = partial(edit_links, report.guide.settings.editing, root=root)
    return template.render(report=report, ways=ways_to, freshness=FRESHNESS, states=STATES, style=style(), is_here=bool(root))


def notice(problems: Sequence[Problem], fault: str, root: Path, editing: Editing) -> str:
    """What is wrong, to be laid over a page that was built before."""
    excerpts = Excerpts(root)
    told = [(one, excerpts.of(one), edit_links(editing, one.path, one.line, one.column, root)) for one in problems]
    return _environment().get_template("notice.html").render(told=told, fault=fault)


def empty(notice: str) -> str:
    """A page in place of one that was never built."""
    return _environment().get_template("empty.html").render(notice=notice)


def files(report: Report) -> Mapping[str, bytes]:
    """The report as files by name: a page, and tables."""
    return {
        "index.html": page(report).encode(),
        "tasks.csv": csv_files.write_csv(_tasks(report)),
        "partners.csv": csv_files.write_csv(_partners(report)),
        "translations.csv": csv_files.write_csv(_translations(report)),
    }


def _tasks(report: Report) -> Iterator[Sequence[str]]:
    yield "kind", "partner", "file", "line", "message", "what to do"
    for group in report.groups:
        for task in group.tasks:
            one = task.problem
            yield group.title, task.partner, str(one.path), str(one.line), one.message, one.hint


def _partners(report: Report) -> Iterator[Sequence[str]]:
    yield (
        "partner",
        "file",
        "facts",
        "checked on",
        "days ago",
        "how",
        "agreement",
        "agreement ends",
        "last contact",
        "next review",
    )
    for one in report.partners:
        partner, block = one.partner, one.partner.partnership
        yield (
            partner.name,
            str(partner.source),
            one.freshness,
            *((str(partner.verified.date), str(one.age), partner.verified.how) if partner.verified else ("", "", "")),
            block.agreement.type if block.agreement else "",
            str((block.agreement and block.agreement.expires) or ""),
            str(block.last_contact or ""),
            str(block.next_review or ""),
        )


def _translations(report: Report) -> Iterator[Sequence[str]]:
    yield "partner", "language", *STATES
    for one in report.partners:
        for tag, counts in one.translations.items():
            yield one.partner.name, tag, *(str(counts[state]) for state in STATES)


def lines(report: Report) -> Iterator[str]:
    """The report for a terminal."""
    yield f"{report.guide.settings.name.source}, {report.today}: {report.tasks} things to do"
    yield from _aligned([[str(len(group.tasks)), group.title] for group in report.groups])
    yield ""
    yield "How fresh the facts of partners are"
    yield from _aligned([[str(count), name] for name, count in report.freshness.items()])
    old = [one for one in report.partners if one.freshness != FRESHNESS[0]]
    yield from _aligned([_aged(one) for one in old])
    yield ""
    yield "Translations of what readers need most"
    yield from _aligned([["", *STATES], *([one.name, *(str(one.counts[state]) for state in STATES)] for one in report.languages)])
    yield ""
    yield "Agreements and reviews"
    yield from _aligned([["", "agreement", "ends", "next review"], *_agreed(report)])


def _aged(one: PartnerStatus) -> list[str]:
    return [one.partner.name, one.freshness, "" if one.age is None else f"{one.age} days", str(one.partner.source)]


def _agreed(report: Report) -> Iterator[list[str]]:
    for one in sorted(report.partners, key=lambda one: one.partner.name.casefold()):
        block = one.partner.partnership
        if block.agreement or block.next_review:
            ends = block.agreement.expires if block.agreement else None
            kind = block.agreement.type if block.agreement else ""
            yield [one.partner.name, kind, str(ends or ""), str(block.next_review or "")]


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their columns below each other; numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()
