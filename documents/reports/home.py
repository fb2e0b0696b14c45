"""What the first screen and other rooms show of reports: late ones, my own, those that await me."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import grants
from common.owed import Owed
from documents.files.places import Place
from documents.reports import presenters
from documents.reports.models import (
    Attachment,
    Report,
    ReportSection,
    SectionDecision,
    SectionQuestion,
    SectionVersion,
)
from documents.reports.querysets import SOON
from documents.reports.workflow import COMPLETE, FINISHED, ReportState, SectionState
from institution.models import Body, PlanPeriod, User
from institution.roles import Kind
from teams.links import Link

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
    """The first of the reports that are due within a week or late, with what a row shows. Three queries."""
    reports = Report.objects.visible_to(user).of(period).due_by(today + SOON).for_list()[:SHOWN]
    return presenters.listed(reports, today)


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
    for section in ReportSection.objects.light().filter(report__in=reports).first_of(user):
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
    """The person's groups' reports that are being evaluated or were decided on: what became of them. One query."""
    reports = Report.objects.written_by(user).of(period)
    return list(
        reports.filter(state__in=[ReportState.SUBMITTED, *FINISHED])
        .select_related("body")
        .with_submission()
        .with_questions()
        .order_by("-submitted_at")[:SHOWN]
    )


def queue(user: User, period: PlanPeriod | None, today: dt.date) -> list[presenters.Waiting]:
    """Reports that await this person's evaluation, the oldest first. Two queries."""
    reports = Report.objects.awaiting(user).of(period).select_related("body").with_submission()
    return presenters.waiting(reports.order_by("submitted_at", "pk")[:SHOWN], today)


def open_count(user: User, period: PlanPeriod | None) -> int:
    """What waits for this person: reports to write, to evaluate, to answer questions on. The count of the navigation; one query."""
    reports = Report.objects.of(period)
    own = reports.written_by(user)
    asked = SectionQuestion.objects.to_answer().values("section_version__version__report")
    return (own.with_group() | own.filter(pk__in=asked) | reports.awaiting(user)).count()


def owed(user: User, period: PlanPeriod, today: dt.date) -> list[Owed]:
    """Reports to write or answer, to decide on or close, late groups to remind; nothing of an adopted plan.

    Six queries.
    """
    if not period.is_open:
        return []
    own = Report.objects.written_by(user).of(period)
    writing = list(own.with_group().order_by("due_on", "pk"))
    asked = own.with_questions().filter(question_count__gt=0).order_by("pk")
    progress = ReportSection.objects.filter(report__in=writing).progress()
    waiting = list(Report.objects.awaiting(user).of(period).with_submission().order_by("pk"))
    undecided = Counter(
        SectionVersion.objects.newest_of(waiting)
        .filter(decision=None)
        .values_list("version__report", flat=True)
    )
    closes = grants.anywhere(user, "close_evaluations")
    judging = [
        _to_judge(report, undecided[report.pk]) for report in waiting if undecided[report.pk] or closes
    ]
    to_write = [_to_write(report, *progress.get(report.pk, (0, 0))) for report in writing]
    return to_write + [_to_explain(report) for report in asked] + judging + _to_remind(user, period, today)


def _to_remind(user: User, period: PlanPeriod, today: dt.date) -> list[Owed]:
    """Late groups that the Directorate has not reminded today. One query."""
    if not grants.anywhere(user, "manage_process"):
        return []
    n = Report.objects.of(period).late_on(today).exclude(reminders__sent_on=today).count()
    late = ngettext("%(n)d report is late", "%(n)d reports are late", n) % {"n": n}
    return [Owed(_("Remind all late groups"), late, reverse("reports:remind"), "bell-ring")] if n else []


def _to_write(report: Report, sections: int, complete: int) -> Owed:
    url = reverse("reports:write", args=[report.pk])
    if report.state == ReportState.RETURNED:
        n = sections - complete
        note = ngettext("%(n)d section to answer", "%(n)d sections to answer", n) % {"n": n}
        return Owed(_("Answer the remarks"), report.title, url, "corner-up-left", report.due_on, note)
    note = _("%(done)d of %(all)d sections completed") % {"done": complete, "all": sections}
    return Owed(_("Write the report"), report.title, url, "pen-line", report.due_on, note)


def _to_explain(report: Any) -> Owed:
    """`report` with_questions."""
    n, url = report.question_count, f"{reverse('reports:report', args=[report.pk])}#questions"
    note = ngettext("%(n)d question", "%(n)d questions", n) % {"n": n}
    icon = "message-circle-question-mark"
    return Owed(_("Answer the Planning Team’s questions"), report.title, url, icon, note=note)


def _to_judge(report: Any, undecided: int) -> Owed:
    """`report` with_submission."""
    if not undecided:
        url = reverse("reports:close", args=[report.pk])
        return Owed(_("Close the evaluation"), report.title, url, "stamp", report.judged_by)
    note = ngettext("%(n)d section to decide on", "%(n)d sections to decide on", undecided) % {"n": undecided}
    url = reverse("reports:evaluate", args=[report.pk])
    return Owed(_("Decide on the report"), report.title, url, "list-checks", report.judged_by, note)


def places_of_files(user: User, keys: list[int]) -> Iterator[tuple[int, Place]]:
    """The sections to which files are attached, of the reports that the person may see. One query."""
    attached = Attachment.objects.filter(
        file__in=keys, removed_at=None, section__report__in=Report.objects.visible_to(user)
    ).select_related("section__report")
    for attachment in attached:
        section = attachment.section
        url = reverse("reports:section", args=[section.report_id, section.number])
        yield attachment.file_id, Place(section.report.title, section.heading, url)


def of_body(user: User, body: Body) -> list[Link]:
    """On a sub-group's page, the way to its reports for those who may see them."""
    if body.kind.code != Kind.SUB_GROUP:
        return []
    count = Report.objects.visible_to(user).filter(body=body).standing().count()
    if not count:
        return []
    note = ngettext("%(n)d report", "%(n)d reports", count) % {"n": count}
    return [Link(_("Reports of the group"), f"{reverse('reports:index')}?body={body.pk}", "file-text", note)]
