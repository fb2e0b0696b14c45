"""Reads of terms and seats."""

import datetime as dt

from django.db.models import Q

from common.history import AuditedQuerySet


class TermQuerySet(AuditedQuerySet):
    def during(self, first: dt.date, last: dt.date | None):
        """Terms that run on any day of the span; a span without a last day is open."""
        begun = self if last is None else self.filter(starts_on__lte=last)
        return begun.filter(Q(ends_on=None) | Q(ends_on__gte=first))
