"""Reports as plain data: accepted sections for the draft, what became of each section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from common import turkish
from common.history import author
from common.workflow import Badge
from documents.reports import content
from documents.reports.diff import RowDiff, compare, compare_rows
from documents.reports.models import Report, ReportSection, ReportVersion, SectionDecision, SectionVersion
from documents.reports.traces import Place, places
from institution.models import PlanPeriod
from institution.roles import Role
from teams.models import Membership


def accepted(period: PlanPeriod) -> list[dict[str, Any]]:
    """Accepted sections of a period with their final words (the edited ones where they were edited).

    In the order of the plan's chapters, then by due date and number. Each a JSON-able dict:
    report, number, title, chapter, kind, html, columns, rows, section_version_id,
    detail (who accepted it, in Turkish), url. A section without a word is left out. One query.
    """
    frozen = SectionVersion.objects.accepted_in(period).select_related(
        "section__report__body", "version", "decision__decided_by"
    )
    ordered = frozen.order_by(
        "section__chapter", "section__report__due_on", "section__report_id", "section__number"
    )
    with override("tr"):
        return [_accepted(one) for one in ordered if not content.is_empty(one.section)]


def _accepted(frozen: SectionVersion) -> dict[str, Any]:
    section, report = frozen.section, frozen.section.report
    return {
        "report": report.title,
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
            "name": author(frozen.decision.decided_by, frozen.decision.decided_for),
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

    @property
    def steps(self) -> range:
        """Numbers of the first changed places, for the links that lead to them."""
        return range(1, min(self.places, 12) + 1)


def change(columns: list[dict], old: Any, new: Any, *, is_table: bool) -> Change:
    """The difference between two states of one section; each has html and rows, None is an empty one."""
    if is_table:
        rows, told = compare_rows(columns, old.rows if old else [], new.rows)
        return Change("", rows, told.added, told.removed, told.places)
    told = compare(old.html if old else "", new.html)
    return Change(told.html, [], told.added, told.removed, told.places)


@dataclass(frozen=True)
class Fate:
    """What became of one section: how it was decided, what an edit changed, where it stands in the plan.

    `answers` are the newest words if they were sent in answer to a remark: theirs is `previous.decision`.
    """

    section: ReportSection
    badge: Badge
    answers: SectionVersion | None
    version: int | None
    decision: SectionDecision | None
    edit: Change | None
    places: list[Place]


def fates(report: Report) -> list[Fate]:
    """What became of each section of a report, by the newest version in which it was sent.

    A decision is told once the evaluation is closed; until then the section shows its own state.
    """
    sections = list(report.sections.all())
    newest = SectionVersion.objects.last_by_section(report)
    there = places(frozen.pk for frozen in newest.values())
    return [_fate(section, newest.get(section.pk), there) for section in sections]


def _fate(section: ReportSection, frozen: SectionVersion | None, there: dict[int, list[Place]]) -> Fate:
    answers = frozen if frozen and frozen.previous else None
    if frozen is None or not frozen.version.outcome:
        return Fate(section, section.badge, answers, None, None, None, [])
    decision = frozen.decision
    edited = decision.choice == SectionDecision.Choice.EDIT
    return Fate(
        section=section,
        badge=section.badge,
        answers=answers,
        version=frozen.version.number,
        decision=decision,
        edit=change(section.columns, frozen, decision, is_table=section.is_table) if edited else None,
        places=there.get(frozen.pk, []),
    )


@dataclass(frozen=True)
class Part:
    """One section of a frozen version: its words or what they changed, and the decision where it may be told."""

    frozen: SectionVersion
    change: Change | None
    decision: SectionDecision | None
    edit: Change | None


def parts(version: ReportVersion, *, as_changes: bool, with_decisions: bool) -> list[Part]:
    """The sections of a version for reading; two queries."""
    frozen = version.sections.with_dialogue().select_related("section")
    return [_part(one, as_changes=as_changes, with_decisions=with_decisions) for one in frozen]


def _part(frozen: SectionVersion, *, as_changes: bool, with_decisions: bool) -> Part:
    section = frozen.section
    decision = getattr(frozen, "decision", None) if with_decisions else None
    edited = decision is not None and decision.choice == SectionDecision.Choice.EDIT
    return Part(
        frozen,
        change(section.columns, frozen.previous, frozen, is_table=section.is_table) if as_changes else None,
        decision,
        change(section.columns, frozen, decision, is_table=section.is_table) if edited else None,
    )


@dataclass(frozen=True)
class Waiting:
    """A row of the queue: a submitted version and what it changed, ready to be judged."""

    report: Report
    days: int
    parts: list[SectionVersion]
    answer: str

    @property
    def is_first(self) -> bool:
        return self.report.version_number == 1

    @property
    def undecided(self) -> int:
        return sum(not hasattr(part, "decision") for part in self.parts)

    @property
    def changed(self) -> int:
        return sum(part.is_changed for part in self.parts)

    @property
    def answered(self) -> int:
        return sum(part.previous_id is not None for part in self.parts)  # none is sent without its mark

    @property
    def added(self) -> int:
        return sum(part.added for part in self.parts)

    @property
    def removed(self) -> int:
        return sum(part.removed for part in self.parts)

    @property
    def words(self) -> int:
        return sum(part.words for part in self.parts)

    @property
    def excerpt(self) -> SafeString:
        """The first change of the version; frozen at submission by diff.py, which escaped it."""
        told = next((part.excerpt for part in self.parts if part.excerpt), "")
        return mark_safe(told)  # noqa: S308


def waiting(reports: Iterable[Report], today: dt.date) -> list[Waiting]:
    """Rows of the queue for reports annotated by with_submission. One query, whatever their number."""
    reports = list(reports)
    newest: dict[int, list[SectionVersion]] = {report.pk: [] for report in reports}
    for part in (
        SectionVersion.objects.light().newest_of(reports).select_related("section", "version", "decision")
    ):
        newest[part.version.report_id].append(part)
    return [
        Waiting(
            report,
            (today - timezone.localdate(report.submitted_at)).days,
            newest[report.pk],
            next((part.answer for part in newest[report.pk] if part.answer), ""),
        )
        for report in reports
    ]


def with_rapporteurs(reports: Iterable[Report], today: dt.date) -> list[Report]:
    """The reports, each with the name of its group's rapporteur in `rapporteur`. One query."""
    reports = list(reports)
    seats = Membership.objects.filter(body__in={report.body_id for report in reports}, role=Role.RAPPORTEUR)
    names = {seat.body_id: seat.person.full_name for seat in seats.on(today).select_related("person")}
    for report in reports:
        report.rapporteur = names.get(report.body_id, "")
    return reports
