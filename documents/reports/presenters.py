"""Reports as plain data: accepted sections for the draft, what became of each section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import turkish
from common.workflow import Badge
from documents.reports import content
from documents.reports.diff import RowDiff, compare, compare_rows
from documents.reports.models import Report, ReportSection, SectionDecision, SectionVersion
from documents.reports.traces import Place, places
from institution.models import PlanPeriod


def accepted(period: PlanPeriod) -> list[dict[str, Any]]:
    """Accepted sections of a period with their final words (the edited ones where they were edited).

    In the order of the plan's chapters, then by due date and number. Each a JSON-able dict:
    report, body, version, number, title, chapter, kind, html, columns, rows, section_version_id,
    detail (who accepted it, in Turkish), url. A section without a word is left out. Two queries.
    """
    sections = (
        ReportSection.objects.closed()
        .filter(report__in=Report.objects.of(period).standing())
        .select_related("report__body")
        .with_newest_version()
        .order_by("chapter", "report__due_on", "report_id", "number")
    )
    versions = SectionVersion.objects.select_related("version", "decision__decided_by").in_bulk(
        [section.newest_version for section in sections]
    )
    with override("tr"):
        return [
            _accepted(section, versions[section.newest_version])
            for section in sections
            if not content.is_empty(section)
        ]


def _accepted(section: ReportSection, frozen: SectionVersion) -> dict[str, Any]:
    report = section.report
    return {
        "report": report.title,
        "body": report.body.name,
        "version": frozen.version.number,
        "number": section.number,
        "title": section.title,
        "chapter": section.chapter,
        "kind": section.kind,
        "html": section.html,
        "columns": section.columns,
        "rows": section.rows,
        "section_version_id": frozen.pk,
        "detail": _("%(body)s, version %(number)d; accepted by %(name)s on %(date)s.")
        % {
            "body": report.body.name,
            "number": frozen.version.number,
            "name": frozen.decision.decided_by,
            "date": turkish.date_short(frozen.decision.decided_at),
        },
        "url": f"{reverse('reports:version', args=[report.pk, frozen.version.number])}#s-{section.number}",
    }


@dataclass(frozen=True)
class Change:
    """What a version changed in a section: marked text, or marked rows of its table."""

    html: SafeString | str
    rows: list[RowDiff]
    added: int
    removed: int
    places: int


def change(columns: list[dict], old: Any, new: Any, *, is_table: bool) -> Change:
    """The difference between two states of one section; each has html and rows, None is an empty one."""
    if is_table:
        rows, told = compare_rows(columns, old.rows if old else [], new.rows)
        return Change("", rows, told.added, told.removed, told.places)
    told = compare(old.html if old else "", new.html)
    return Change(told.html, [], told.added, told.removed, told.places)


@dataclass(frozen=True)
class Fate:
    """What became of one section: how it was decided, what an edit changed, where it stands in the plan."""

    section: ReportSection
    badge: Badge
    version: int | None
    decision: SectionDecision | None
    edit: Change | None
    places: list[Place]


def fates(report: Report) -> list[Fate]:
    """What became of each section of a report, by the newest version in which it was decided.

    A decision is told once the evaluation is closed; until then the section shows its own state.
    """
    sections = list(report.sections.all())
    newest = SectionVersion.objects.decided_last(report)
    there = places(frozen.pk for frozen in newest.values())
    return [_fate(section, newest.get(section.pk), there) for section in sections]


def _fate(section: ReportSection, frozen: SectionVersion | None, there: dict[int, list[Place]]) -> Fate:
    if frozen is None:
        return Fate(section, section.badge, None, None, None, [])
    decision = frozen.decision
    edited = decision.choice == SectionDecision.Choice.EDIT
    return Fate(
        section=section,
        badge=section.badge,
        version=frozen.version.number,
        decision=decision,
        edit=change(section.columns, frozen, decision, is_table=section.is_table) if edited else None,
        places=there.get(frozen.pk, []),
    )
