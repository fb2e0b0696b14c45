"""The days within which the Planning Team evaluates a version."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.decisions import Invalid, require
from common.history import service
from documents.reports import notices, permissions
from documents.reports.models import Report, ReportVersion
from institution import legal

DAYS = "evaluation.days"


def due_on(submitted_on: dt.date) -> dt.date | None:
    """The day by which what was submitted on this one is evaluated; None where the municipality set no time."""
    try:
        return submitted_on + dt.timedelta(days=legal.value(DAYS, on=submitted_on))
    except legal.NotRecorded:
        return None


@service
def change_round_due(
    *, report: Report, due_on: dt.date, reason: str, by: Any, now: dt.datetime
) -> ReportVersion:
    """Give the team another day for the version that it is evaluating; the history keeps why.

    Raises Refused, and Invalid without a reason or for a day gone by.
    """
    report = Report.objects.locked(report.pk)
    require(permissions.can_change_round(by, report))
    version = report.versions.latest("number")
    if due_on == version.due_on:
        return version
    if not reason.strip():
        raise Invalid(_("Say why the date is changed; the team reads it."), field="reason")
    if due_on < timezone.localdate(now):
        raise Invalid(_("The due date cannot lie before today."), field="due_on")
    version.due_on = due_on
    version.save(update_fields=["due_on"])
    notices.tell_judges(notices.round_changed, version, once=now.isoformat(), by=by, now=now)
    return version
