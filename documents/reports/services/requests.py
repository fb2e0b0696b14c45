"""Writes of the Directorate's requests: ask a group for a report, move its date, cancel it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid, require
from common.history import service, transition
from documents.reports import merging, notices, permissions
from documents.reports.models import Report, ReportSection, ReportTemplate
from documents.reports.services.templates import SHAPE, requested_version
from documents.reports.workflow import REPORT, ReportState
from institution.models import Body, PlanPeriod
from institution.roles import Kind


@service
def request_report(
    *,
    template: ReportTemplate,
    body: Body,
    period: PlanPeriod,
    title: str,
    due_on: dt.date,
    by: Any,
    now: dt.datetime,
) -> Report:
    """Ask a sub-group for a report; it gets its own copy of the template's sections.

    The same request made twice is one request. Raises Invalid for a date gone by, a template
    without sections, a body that is no sub-group of the period, a title that the group already has.
    """
    require(permissions.can_request(by, period))
    _check_due(due_on, now)
    # On PostgreSQL two requests to one group wait for each other here.
    Body.objects.select_for_update().get(pk=body.pk)
    if body.kind.code != Kind.SUB_GROUP or body.period_id != period.pk or body.dissolved_on:
        raise Invalid(_("Choose a sub-working group of this plan period."), field="body")
    if existing := Report.objects.standing().filter(period=period, body=body, title=title).first():
        if existing.template_id == template.pk and existing.due_on == due_on:
            return existing
        raise Invalid(
            _(
                "The group already has a report of this title, due on %(date)s. Change its date, or choose another title."
            )
            % {"date": turkish.date_short(existing.due_on)},
            field="title",
        )
    if not template.sections.exists():
        raise Invalid(_("This template has no section yet."), field="template")
    report = Report(
        period=period,
        body=body,
        template=template,
        template_version=requested_version(template=template, by=by, now=now),
        title=title,
        due_on=due_on,
        requested_at=now,
        requested_by=by,
    )
    report.save()
    for shape in template.sections.all():
        copied = {name: getattr(shape, name) for name in SHAPE}
        ReportSection(report=report, number=shape.number, **copied).save()
    notices.tell_group(notices.requested, report, once="", by=by, now=now)
    return report


@service
def change_due(*, report: Report, due_on: dt.date, by: Any, now: dt.datetime, reason: str = "") -> Report:
    """Give the group another due date."""
    report = Report.objects.locked(report.pk)
    require(permissions.can_change_request(by, report))
    if due_on == report.due_on:
        return report
    _check_due(due_on, now)
    report.due_on = due_on
    report.save(update_fields=["due_on"])
    notices.tell_group(notices.due_changed, report, once=now.isoformat(), by=by, now=now)
    return report


@service
def cancel(*, report: Report, by: Any, now: dt.datetime, reason: str) -> Report:
    """Take the request back; what was written stays readable. Cancelling twice is one cancelling."""
    report = Report.objects.locked(report.pk)
    require(permissions.may_request(by))
    if report.state == ReportState.CANCELLED:
        return report
    require(permissions.can_change_request(by, report))
    if not reason.strip():
        raise Invalid(_("Say why the request is cancelled; the group reads it."), field="reason")
    if merging.merged_into(report.sections.values("pk")):
        raise Invalid(
            _("A section of another group was merged into this report; it can no longer be cancelled."),
            field="reason",
        )
    REPORT.check(report.state, ReportState.CANCELLED)
    transition(report, frm=report.state, to=ReportState.CANCELLED)
    notices.tell_group(notices.cancelled, report, once="", by=by, now=now)
    return report


def _check_due(due_on: dt.date, now: dt.datetime) -> None:
    if due_on < timezone.localdate(now):
        raise Invalid(_("The due date cannot lie before today."), field="due_on")
