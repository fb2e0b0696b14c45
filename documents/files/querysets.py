"""Reads of files."""

from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet
from institution.models import Body
from institution.roles import Kind


class StoredFileQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Files of the rooms that the person may enter, and those open to every seat holder."""
        if grants.anywhere(user, "inspect") or grants.anywhere(user, "manage_process"):
            return self
        if not grants.held(user):
            return self.none()
        rooms = grants.bodies(user, "enter_room")
        # The Planning Team reads what the sub-groups of its period attach to their reports.
        teams = Body.objects.where(user, "evaluate_reports")
        groups = Body.objects.kind(Kind.SUB_GROUP).filter(period__in=teams.values("period"))
        return self.filter(Q(body__in=rooms) | Q(body__in=groups) | Q(is_public=True))

    def of(self, period):
        """Files of a period's bodies and of the standing ones."""
        return self.filter(Q(body=None) | Q(body__period=None) | Q(body__period=period))
