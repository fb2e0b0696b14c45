"""Conflict of interest: those who sit in a group do not alone decide on its report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.decisions import Allowed, Decision, Denied
from documents.reports.models import Report, SectionDecision
from institution import legal
from institution.models import User
from teams.querysets import holdings_of

RULE = "evaluation.outsider"


def sits_in_group(report: Report, person: User, day: dt.date) -> bool:
    """Whether the person had a seat of the writing group on that day, or stood in for one who has."""
    return _sits(list(holdings_of(report.body).on(day)), person.pk, day)


def outside(report: Report, person: Any) -> Decision:
    """Whether the person has no seat in the group today."""
    if sits_in_group(report, person, timezone.localdate()):
        return Denied(_("You sit in the group that wrote this report; you give no opinion on it."))
    return Allowed()


def decided_from_outside(report: Report) -> Decision:
    """At least one decision on the newest version is by somebody who sat outside the group that day."""
    today = timezone.localdate()
    newest = report.versions.order_by("-number").values("pk")[:1]
    decided = SectionDecision.objects.filter(section_version__version__in=newest)
    if not _is_asked(today) or not decided:
        return Allowed()
    seats = list(holdings_of(report.body))
    for decision in decided:
        day = timezone.localdate(decision.decided_at)
        if not _sits([seat for seat in seats if seat.holds_on(day)], decision.decided_by_id, day):
            return Allowed()
    return Denied(
        _(
            "Only people who sit in the group have decided on its report. "
            "A member of the Planning Team from outside the group must decide on at least one section."
        )
    )


def hint(report: Report, user: User) -> str:
    """What somebody who sits in the group is told before the rule bites; empty for others."""
    today = timezone.localdate()
    if not sits_in_group(report, user, today) or not _is_asked(today):
        return ""
    decided = SectionDecision.objects.filter(section_version__version=report.versions.latest("number"))
    if decided.exists() and decided_from_outside(report):
        return ""
    return _(
        "You sit in the group that wrote this report. Before the evaluation can be closed, "
        "a member of the Planning Team from outside the group must decide on at least one section."
    )


def _sits(seats: list, person: int, day: dt.date) -> bool:
    return any(
        seat.person_id == person or (seat.delegate_id == person and seat.delegated_on(day)) for seat in seats
    )


def _is_asked(day: dt.date) -> bool:
    """On until the municipality chose otherwise for that day."""
    try:
        return legal.value(RULE, on=day) == "required"
    except legal.NotRecorded:
        return True
