"""Reads of meetings, votes and ballots."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q

from common import grants
from common.history import AuditedQuerySet
from documents.files.models import StoredFile
from institution.roles import Kind
from meetings.workflow import MeetingState, VoteState


class MeetingQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """The council's sittings are open to every seat holder; a body's other meetings to who may enter its room."""
        if grants.anywhere(user, "manage_process") or grants.anywhere(user, "inspect"):
            return self
        if not grants.held(user):
            return self.none()
        return self.filter(Q(body__kind__code=Kind.COUNCIL) | Q(body__in=grants.bodies(user, "enter_room")))

    def with_body(self):
        return self.select_related("body__kind", "period")

    def with_marks(self):
        """With item_count and draft_count, which say whether a meeting is ready."""
        return self.annotate(
            item_count=Count("items", distinct=True), draft_count=Count("items__draft", distinct=True)
        )

    def between(self, first: dt.date, last: dt.date):
        return self.filter(starts_at__date__gte=first, starts_at__date__lte=last)

    def standing(self):
        """Everything that was not called off."""
        return self.exclude(state=MeetingState.CANCELLED)

    def ahead(self):
        """Still to come or under way."""
        return self.filter(state__in=[MeetingState.PLANNED, MeetingState.CALLED, MeetingState.OPEN])


class MeetingFileQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """What belongs to a meeting now and lies in a room that the person may enter: a sitting of the council
        is everybody's, its room is not."""
        return self.filter(removed_at=None, file__in=StoredFile.objects.visible_to(user))


class VoteQuerySet(AuditedQuerySet):
    def open(self):
        return self.filter(state=VoteState.OPEN)

    def decided(self):
        return self.filter(state__in=[VoteState.CARRIED, VoteState.LOST])

    def with_item(self):
        return self.select_related(
            "item__draft__period", "item__meeting__body__kind", "item__meeting__period"
        )
