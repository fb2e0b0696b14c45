"""Reads of meetings."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet


class MeetingQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """The council's sittings are open to every seat holder; a body's other meetings to who may enter its room."""
        if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
            return self
        if not grants.held(user):
            return self.none()
        return self.filter(Q(body__kind__code="upper_council") | Q(body__in=grants.bodies(user, "enter_room")))

    def between(self, first: dt.date, last: dt.date):
        return self.filter(starts_at__date__gte=first, starts_at__date__lte=last)
