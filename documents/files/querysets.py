"""Reads of files."""

from django.db.models import Q

from common import grants
from common.history import AuditedQuerySet
from institution.models import Body


class StoredFileQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Files of the rooms that the person may enter, and those open to every seat holder."""
        if grants.anywhere(user, "inspect") or grants.anywhere(user, "manage_process"):
            return self
        rooms = grants.bodies(user, "enter_room")
        teams = grants.bodies(user, "evaluate_reports")
        visible = Q(body__in=rooms) | Q(body__in=Body.objects.filter(parent__in=teams))
        return self.filter(visible | Q(is_public=True) if grants.held(user) else Q(pk=None))
