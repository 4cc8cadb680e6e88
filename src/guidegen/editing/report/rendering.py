"""Render the staff report as HTML, CSV and terminal output. It holds private data, so it is never part of a site."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from guidegen.editing.excerpts import Excerpts
from guidegen.editing.report import trend
from guidegen.editing.report.findings import FRESHNESS, TRANSLATION_STATES, PartnerStatus, Report
from guidegen.editing.report.links import edit_links
from guidegen.editing.report.trend import EarlierNumbers, list_trends
from guidegen.editing.staff_pages import render_staff_page
from guidegen.files import csv_files
from guidegen.model.gap_matrix import Hole
from guidegen.model.problems import Problem
from guidegen.model.settings import Editing
from guidegen.site.components.constellation import Constellation, Organization, lay_out


def render_page(report: Report, root: Path | None = None, earlier: EarlierNumbers | None = None) -> str:
    """Return the report as one HTML page that loads no other file, compared with the numbers of an earlier one.

    With ``root`` the page is for the computer that has the guide's files, and links to them and to the preview.
    """
    links_to = partial(edit_links, report.guide.settings.editing, root=root)
    return render_staff_page(
        "report.html",
        report=report,
        ways=links_to,
        freshness=FRESHNESS,
        states=TRANSLATION_STATES,
        picture=_lay_out_network(report),
        trends=list_trends(report, earlier),
        earlier=earlier,
        is_here=bool(root),
    )


def _lay_out_network(report: Report) -> Constellation | None:
    bridges = set(report.network.bridges)
    organizations = (
        Organization(partner.slug, partner.name, (partner.towns or ("",))[0], is_bridge=partner.slug in bridges)
        for partner in report.guide.listed
    )
    return lay_out(organizations, report.network.referrals)


def render_sheets(report: Report) -> str:
    """Return the referral sheets as one HTML page, with lists of them by need."""
    by_need: dict[str, list[tuple[str, str]]] = {"All partners": []}
    for sheet in report.sheets:
        for need in ("All partners", *sheet.needs):
            by_need.setdefault(need, []).append((sheet.slug, sheet.name))
    return render_staff_page("referrals.html", report=report, by_need=by_need)


def render_notice(problems: Sequence[Problem], fault: str, root: Path, editing: Editing) -> str:
    """Return the HTML that ``serve`` lays over a page: the problems of the content or, without any, another build failure."""
    excerpts = Excerpts(root)
    entries = [
        (problem, excerpts.format_excerpt(problem), edit_links(editing, problem.path, problem.line, problem.column, root))
        for problem in problems
    ]
    return render_staff_page("notice.html", told=entries, fault=fault)


def render_empty_page(notice_html: str) -> str:
    """Return a page with only the notice, for a site that was never built."""
    return render_staff_page("empty.html", notice=notice_html)


def render_files(report: Report, earlier: EarlierNumbers | None = None) -> Mapping[str, bytes]:
    """Return the files of the report by name: an HTML page and CSV tables."""
    return {
        "index.html": render_page(report, earlier=earlier).encode(),
        trend.FILE: csv_files.write_csv(trend.list_rows(report)),
        "referrals.html": render_sheets(report).encode(),
        "tasks.csv": csv_files.write_csv(_list_tasks(report)),
        "partners.csv": csv_files.write_csv(_list_partners(report)),
        "translations.csv": csv_files.write_csv(_list_translations(report)),
        "gaps.csv": csv_files.write_csv(_list_cells(report)),
        "referrals.csv": csv_files.write_csv(_list_referrals(report)),
    }


def _list_tasks(report: Report) -> Iterator[Sequence[str]]:
    yield "kind", "partner", "file", "line", "message", "what to do"
    for group in report.groups:
        for task in group.tasks:
            problem = task.problem
            yield group.title, task.partner, str(problem.path), str(problem.line), problem.message, problem.hint


def _list_partners(report: Report) -> Iterator[Sequence[str]]:
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
    for status in report.partners:
        partner, partnership = status.partner, status.partner.partnership
        yield (
            partner.name,
            str(partner.source),
            status.freshness,
            *((str(partner.verified.date), str(status.age), partner.verified.how) if partner.verified else ("", "", "")),
            partnership.agreement.type if partnership.agreement else "",
            str((partnership.agreement and partnership.agreement.expires) or ""),
            str(partnership.last_contact or ""),
            str(partnership.next_review or ""),
        )


def _list_translations(report: Report) -> Iterator[Sequence[str]]:
    yield "partner", "language", *TRANSLATION_STATES
    for status in report.partners:
        for tag, counts in status.translations.items():
            yield status.partner.name, tag, *(str(counts[state]) for state in TRANSLATION_STATES)


def _list_cells(report: Report) -> Iterator[Sequence[str]]:
    yield "kind of help", "language", "area", "state", "strength", "partners", "nearest to filling it"
    suggestions = {hole.cell: hole.suggestions for hole in report.gaps.holes}
    kinds = dict(report.gaps.kinds)
    for cell in report.gaps.cells.values():
        partners = "; ".join(dict.fromkeys(offer.name for offer in cell.offers))
        nearest = "; ".join(f"{name}: {reason}" for reason, name in suggestions.get(cell, ()))
        yield kinds[cell.kind], cell.language, cell.area, cell.state, f"{cell.strength:.2f}", partners, nearest


def _list_referrals(report: Report) -> Iterator[Sequence[str]]:
    yield "from", "to", "named by", "how", "replies in days"
    names = report.network.names
    for referral in report.network.referrals:
        days = "" if referral.reply_days is None else str(referral.reply_days)
        yield names[referral.sender], names[referral.receiver], referral.said_by, referral.how, days


def format_lines(report: Report, earlier: EarlierNumbers | None = None) -> Iterator[str]:
    """Yield the lines of the report for a terminal, compared with the numbers of an earlier one."""
    yield f"{report.guide.settings.name.source}, {report.today}: {report.tasks} things to do"
    yield from _align([[str(len(group.tasks)), group.title] for group in report.groups])
    yield ""
    yield "How fresh the partners' facts are"
    yield from _align([[str(count), name] for name, count in report.freshness.items()])
    yield from _align([_format_age(status) for status in report.partners if status.freshness != FRESHNESS[0]])
    yield ""
    yield "Translations of what readers need most"
    languages = [[status.name, *(str(status.counts[state]) for state in TRANSLATION_STATES)] for status in report.languages]
    yield from _align([["", *TRANSLATION_STATES], *languages])
    yield ""
    yield f"Holes: {len(report.gaps.holes)} (all of them with  --out); the first"
    yield from _align([_format_hole(hole, report) for hole in report.gaps.holes[:MAX_SHOWN_HOLES]])
    yield ""
    yield f"Referral paths: {len(report.network.referrals)}, {len(report.network.one_sided)} named by one side only"
    yield ""
    yield f"Numbers, and the change since {earlier.day}" if earlier else "Numbers (to compare them later:  --out, then --since)"
    yield from _align([[str(entry.now), entry.name, entry.change] for entry in list_trends(report, earlier)])
    yield ""
    yield "Agreements and reviews"
    yield from _align([["", "agreement", "ends", "next review"], *_list_agreements(report)])


MAX_SHOWN_HOLES = 8


def _format_hole(hole: Hole, report: Report) -> list[str]:
    kind, language = dict(report.gaps.kinds)[hole.cell.kind], dict(report.gaps.languages)[hole.cell.language]
    nearest = f"{hole.suggestions[0][1]} {hole.suggestions[0][0]}" if hole.suggestions else ""
    return [kind, language, hole.cell.area or "anywhere", hole.cell.amount, nearest]


def _format_age(status: PartnerStatus) -> list[str]:
    age = "" if status.age is None else f"{status.age} days"
    return [status.partner.name, status.freshness, age, str(status.partner.source)]


def _list_agreements(report: Report) -> Iterator[list[str]]:
    for status in sorted(report.partners, key=lambda status: status.partner.name.casefold()):
        partnership = status.partner.partnership
        if partnership.agreement or partnership.next_review:
            expires = partnership.agreement.expires if partnership.agreement else None
            kind = partnership.agreement.type if partnership.agreement else ""
            yield [status.partner.name, kind, str(expires or ""), str(partnership.next_review or "")]


def _align(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield indented rows with padded columns; numbers are aligned to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    for row in rows:
        cells = (cell.rjust(width) if cell.isdigit() else cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(cells).rstrip()
