"""What the pages of writing and judging show, gathered from reads and permissions. No request in here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from common.turkish import turkish_order
from documents.plan.language import Finding, Vocabulary, check, check_html, vocabulary
from documents.reports import content, permissions, presenters, services
from documents.reports.models import Report, ReportSection, SectionDecision, SectionVersion
from documents.reports.traces import places
from documents.reports.workflow import COMPLETE
from institution.models import Unit, User

SPARE_ROWS = 3  # empty rows of a table for those who write without a script


def writing(section: ReportSection, user: User) -> dict[str, Any]:
    """The page of one section: its outline, what the team said, what is missing, where to go next."""
    report = section.report
    sections = list(report.sections.light())
    may_write = permissions.can_write_section(user, section)
    return (
        outline(sections)
        | {
            "report": report,
            "section": section,
            "may_write": may_write,
            "may_submit": permissions.can_submit(user, report, today=timezone.localdate()),
            "version_number": report.versions.count() + bool(report.with_group),
            "remark": _remark(section),
            "problems": content.problems(section) if may_write else [],
            "findings": findings(section, vocabulary()) if may_write else [],
            "attachments": section.attachments.filter(removed_at=None).select_related(
                "file__blob", "file__uploaded_by"
            ),
            "previous": next((s for s in reversed(sections) if s.number < section.number), None),
            "onward": onward(sections, section),
        }
        | (table(section, section.rows) if section.is_table else {})
    )


def outline(sections: list[ReportSection]) -> dict[str, Any]:
    return {
        "sections": sections,
        "total": len(sections),
        "complete": sum(section.state in COMPLETE for section in sections),
    }


def onward(sections: list[ReportSection], here: ReportSection) -> ReportSection | None:
    """The next section that the group still has to write or answer, after this one, then from the beginning."""
    open_ones = [s for s in sections if s.state not in COMPLETE and s.pk != here.pk]
    return next((s for s in open_ones if s.number > here.number), open_ones[0] if open_ones else None)


def table(section: ReportSection, rows: list[dict]) -> dict[str, Any]:
    """A table section as reports/_rows.html takes it; the choices of a unit column are the units."""
    columns = [
        column | ({"choices": unit_names()} if column["type"] == "unit" else {}) for column in section.columns
    ]
    cells = [[(column, row.get(column["key"], "")) for column in columns] for row in rows]
    blank = [(column, "") for column in columns]
    return {"columns": columns, "rows": cells + [blank] * SPARE_ROWS, "blank_row": blank}


def unit_names() -> list[str]:
    return list(
        Unit.objects.filter(is_active=True).order_by(turkish_order("name")).values_list("name", flat=True)
    )


def findings(section: Any, words: Vocabulary) -> list[Finding]:
    """Language findings of a section, each wording once."""
    if section.is_table:
        found = [f for row in section.rows for value in row.values() for f in check(value, words)]
    else:
        found = check_html(section.html, words)
    return list({(f.text, f.suggestion): f for f in found}.values())


def _remark(section: ReportSection) -> SectionDecision | None:
    """Why the team returned this section."""
    if not section.came_back:
        return None
    return (
        SectionDecision.objects.filter(section_version__section=section)
        .select_related("decided_by", "section_version__version")
        .latest("section_version__version__number")
    )


@dataclass(frozen=True)
class Check:
    """A section before it is sent: what is missing, what the common language asks."""

    section: ReportSection
    missing: list[str]
    findings: list[Finding]


def sending(report: Report, user: User) -> dict[str, Any]:
    """The page before a report is sent: missing parts by section, language, and whether this person may send."""
    sections = list(report.sections.all())
    words = vocabulary()
    obstacles = services.obstacles(sections)
    checks = [
        Check(
            section,
            [o.sentence for o in obstacles if o.section is section],
            findings(section, words) if not section.is_closed else [],
        )
        for section in sections
    ]
    return outline(sections) | {
        "report": report,
        "checks": checks,
        "missing": [check for check in checks if check.missing],
        "slips": [check for check in checks if check.findings],
        "may_submit": permissions.can_submit(user, report, today=timezone.localdate()),
        "version_number": report.versions.count() + 1,
    }


def judging(frozen: SectionVersion, view: str, user: User) -> dict[str, Any]:
    """The page on which the team decides: the outline with decisions, the text in one of four views, the answer."""
    report = frozen.version.report
    line = _line(report, frozen)
    undecided = [entry for entry in line if entry.undecided]
    later = [entry for entry in undecided if entry.section.number > frozen.section.number]
    others = [entry for entry in [*later, *undecided] if entry.section.pk != frozen.section_id]
    section = frozen.section
    return {
        "report": report,
        "frozen": frozen,
        "section": section,
        "line": line,
        "decided": len(line) - len(undecided),
        "onward": others[0] if others else None,
        "view": view,
        "change": presenters.change(section.columns, frozen.previous, frozen, is_table=section.is_table),
        "decision": getattr(frozen, "decision", None),
        "remark": getattr(frozen.previous, "decision", None) if frozen.previous else None,
        "attachments": section.attachments.filter(removed_at=None).select_related("file__blob"),
        "places": [
            place for found in places([frozen.pk, frozen.previous_id or 0]).values() for place in found
        ],
        "may_evaluate": permissions.can_evaluate(user, report),
        "may_close": permissions.can_close(user, report),
    }


@dataclass(frozen=True)
class Entry:
    """A line of the judging outline: a section, the decision on it, and in which version it was made."""

    section: ReportSection
    decision: SectionDecision | None
    number: int
    here: bool

    @property
    def undecided(self) -> bool:
        return self.decision is None


def _line(report: Report, frozen: SectionVersion) -> list[Entry]:
    newest: dict[int, SectionVersion] = {}
    versions = SectionVersion.objects.light().of(report).select_related("version", "decision__decided_by")
    for version in versions.order_by("version__number"):
        newest[version.section_id] = version
    return [
        Entry(
            section,
            getattr(newest[section.pk], "decision", None),
            newest[section.pk].version.number,
            section.pk == frozen.section_id,
        )
        for section in report.sections.light()
        if section.pk in newest
    ]
