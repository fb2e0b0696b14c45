"""What the first screen and other rooms show of reports: late ones, my own, those that await me."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.reports import presenters
from documents.reports.models import Report, ReportSection, SectionDecision
from documents.reports.workflow import COMPLETE, ReportState, SectionState
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind
from teams.links import Link

SOON = dt.timedelta(days=7)
SHOWN = 8


@dataclass(frozen=True)
class Counts:
    """The count tiles of the officer: reports due within a week or late, awaiting evaluation, returned."""

    due: int
    late: int
    submitted: int
    returned: int
    oldest_days: int
    """How long the oldest of those that await evaluation has been waiting, days."""


def counts(user: User, period: PlanPeriod | None, today: dt.date) -> Counts:
    """Two queries."""
    reports = Report.objects.visible_to(user).of(period).standing()
    told = reports.counted(today, today + SOON)
    oldest = reports.filter(state=ReportState.SUBMITTED).oldest_submission()
    return Counts(
        due=told["due"],
        late=told["late"],
        submitted=told[ReportState.SUBMITTED],
        returned=told[ReportState.RETURNED],
        oldest_days=(today - oldest).days if oldest else 0,
    )


def due_or_late(user: User, period: PlanPeriod | None, today: dt.date) -> list[Report]:
    """The first of the reports that are due within a week or late, with progress and rapporteur. Two queries."""
    reports = Report.objects.visible_to(user).of(period).due_by(today + SOON).for_list()[:SHOWN]
    return presenters.with_rapporteurs(reports, today)


@dataclass(frozen=True)
class Mine:
    """A report that the person writes: how far it is, where to go on, what the team sent back."""

    report: Report
    complete: int
    total: int
    onward: ReportSection | None
    remarks: list[SectionDecision]

    @property
    def url(self) -> str:
        """Where "continue" leads: the first section that is returned or incomplete."""
        if self.onward:
            return reverse("reports:section", args=[self.report.pk, self.onward.number])
        return reverse("reports:submit", args=[self.report.pk])


def mine(user: User, period: PlanPeriod | None) -> list[Mine]:
    """Reports that the person's groups have to write now, by due date. Three queries."""
    reports = list(
        Report.objects.written_by(user)
        .of(period)
        .with_group()
        .select_related("body")
        .order_by("due_on", "pk")
    )
    sections: dict[int, list[ReportSection]] = {report.pk: [] for report in reports}
    for section in ReportSection.objects.light().filter(report__in=reports).order_by("number"):
        sections[section.report_id].append(section)
    remarks = _remarks(reports)
    return [_mine(report, sections[report.pk], remarks) for report in reports]


def _mine(report: Report, sections: list[ReportSection], remarks: dict[int, SectionDecision]) -> Mine:
    return Mine(
        report=report,
        complete=sum(section.state in COMPLETE for section in sections),
        total=len(sections),
        onward=next((section for section in sections if section.state not in COMPLETE), None),
        remarks=[
            remarks[section.pk]
            for section in sections
            if section.state == SectionState.RETURNED and section.pk in remarks
        ],
    )


def _remarks(reports: list[Report]) -> dict[int, SectionDecision]:
    """By section, the newest reason with which the team returned it."""
    returns = SectionDecision.objects.filter(
        choice=SectionDecision.Choice.RETURN,
        section_version__version__report__in=[r for r in reports if r.state == ReportState.RETURNED],
    ).select_related("decided_by", "section_version__section", "section_version__version")
    ordered = returns.order_by("section_version__version__number")
    return {decision.section_version.section_id: decision for decision in ordered}


def with_the_team(user: User, period: PlanPeriod | None) -> list[Report]:
    """The person's groups' reports that are being evaluated or were accepted: what became of them. One query."""
    reports = Report.objects.written_by(user).of(period)
    return list(
        reports.filter(state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED])
        .select_related("body")
        .with_submission()
        .order_by("-submitted_at")[:SHOWN]
    )


def queue(user: User, period: PlanPeriod | None, today: dt.date) -> list[presenters.Waiting]:
    """Reports that await this person's evaluation, the oldest first. Two queries."""
    reports = Report.objects.awaiting(user).of(period).select_related("body").with_submission()
    return presenters.waiting(reports.order_by("submitted_at", "pk")[:SHOWN], today)


def open_count(user: User, period: PlanPeriod | None) -> int:
    """What waits for this person: reports to write, reports to evaluate. The count of the navigation; one query."""
    reports = Report.objects.of(period)
    return (reports.written_by(user).with_group() | reports.awaiting(user)).count()


def of_body(user: User, body: Body) -> list[Link]:
    """On a sub-group's page, the way to its reports for those who may see them."""
    if body.kind.code != Kind.SUB_GROUP:
        return []
    count = Report.objects.visible_to(user).filter(body=body).standing().count()
    if not count:
        return []
    note = ngettext("%(n)d report", "%(n)d reports", count) % {"n": count}
    return [Link(_("Reports of the group"), f"{reverse('reports:index')}?body={body.pk}", "file-text", note)]
