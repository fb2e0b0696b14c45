"""Reads of reports."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet
from documents.reports.workflow import ReportState
from institution.models import Body

WITH_GROUP = (ReportState.REQUESTED, ReportState.WRITING, ReportState.RETURNED)


class ReportQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Their own group's reports; the team's those of its sub-groups; the Directorate's and the inspector's all."""
        if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
            return self
        teams = grants.bodies(user, "evaluate_reports")
        return self.filter(
            Q(body__in=grants.bodies(user, "enter_room")) | Q(body__in=Body.objects.filter(parent__in=teams))
        )

    def of(self, period):
        return self.filter(period=period)

    def awaiting(self, user):
        """Submitted reports that this person may evaluate."""
        teams = grants.bodies(user, "evaluate_reports")
        return self.filter(state=ReportState.SUBMITTED, body__parent__in=teams)

    def written_by(self, user):
        """Reports that this person may write."""
        return self.filter(body__in=grants.bodies(user, "write_reports"))

    def with_group(self):
        return self.filter(state__in=WITH_GROUP)

    def late(self, today: dt.date):
        return self.with_group().filter(due_on__lt=today)

    def due_by(self, day: dt.date):
        return self.with_group().filter(due_on__lte=day)
