"""The Directorate reminds the groups whose reports are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from common import grants
from common.decisions import require
from common.history import service
from common.turkish import turkish_order
from documents.reports import notices, permissions
from documents.reports.models import Reminder, Report
from institution.models import PlanPeriod, User


@service
def remind(*, period: PlanPeriod, reports: Iterable[int], by: Any, now: dt.datetime) -> list[Reminder]:
    """Remind the groups of these reports (ids) of the period, each once a day; gives what was made.

    What is no longer late, and what somebody else reminded today, is passed over.
    """
    require(permissions.can_remind(by, period))
    today = timezone.localdate(now)
    late = Report.objects.of(period).late_on(today).filter(pk__in=list(reports))
    made = []
    for pk in list(late.order_by("pk").values_list("pk", flat=True)):
        report = Report.objects.locked(pk)
        if report.days_late(today) and not report.reminders.filter(sent_on=today).exists():
            made.append(_remind(report, today, by, now))
    return made


def _remind(report: Report, today: dt.date, by: Any, now: dt.datetime) -> Reminder:
    people = User.objects.filter(pk__in=grants.people("write_reports", report.body_id))
    reminder = Reminder(
        report=report,
        sent_on=today,
        sent_by=by,
        days_late=report.days_late(today),
        told=", ".join(people.order_by(turkish_order("full_name")).values_list("full_name", flat=True)),
    )
    reminder.save()
    days = reminder.days_late
    notices.tell_group(notices.reminder, report, once=today.isoformat(), days=days, by=by, now=now)
    return reminder
