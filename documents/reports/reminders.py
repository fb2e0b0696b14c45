"""What the Directorate sees before it reminds: the late groups, whom it reaches, with which words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from common import grants, turkish
from documents.reports import notices
from documents.reports.models import Report
from institution.models import PlanPeriod


@dataclass(frozen=True)
class ToRemind:
    """A late report: how late, whom a reminder would tell, with which words."""

    report: Report
    days: int
    people: list[str]
    words: str
    is_due: bool
    """not reminded today already"""


def to_remind(period: PlanPeriod, today: dt.date) -> list[ToRemind]:
    """The late reports of a period, the longest delay first. Two queries."""
    reports = list(Report.objects.of(period).late_on(today).select_related("body").with_last_reminder())
    people: dict[int, set[str]] = {report.body_id: set() for report in reports}
    for grant in grants.standing().filter(content_object__in=people, permission__codename="write_reports"):
        people[grant.content_object_id].add(grant.user.full_name)
    return [_row(report, sorted(people[report.body_id], key=turkish.sort_key), today) for report in reports]


def _row(report: Report, people: list[str], today: dt.date) -> ToRemind:
    days = report.days_late(today)
    words = notices.reminder({"due_on": report.due_on.isoformat(), "days": days})
    return ToRemind(report, days, people, words, is_due=report.reminded_on != today)  # type: ignore[attr-defined]  # with_last_reminder
