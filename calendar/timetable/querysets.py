"""Reads of the work calendar."""

from __future__ import annotations

import datetime as dt

from common.history import AuditedQuerySet
from timetable.workflow import ActivityState


class ActivityQuerySet(AuditedQuerySet):
    def of(self, period):
        """The calendar of a plan period, each task with its body."""
        return self.filter(period=period).select_related("body")

    def standing(self):
        """Everything that was not cancelled."""
        return self.exclude(state=ActivityState.CANCELLED)

    def unfinished(self):
        return self.exclude(state__in=[ActivityState.DONE, ActivityState.CANCELLED])

    def late_on(self, day: dt.date):
        """Unfinished on the day after their last day; the oldest delay first."""
        return self.unfinished().filter(ends_on__lt=day).order_by("ends_on", "order", "pk")
