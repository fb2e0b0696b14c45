"""Reads of files."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from common import grants
from common.history import AuditedQuerySet
from institution.models import Body
from institution.roles import Kind


def sees_all(user) -> bool:
    return grants.anywhere(user, "inspect") or grants.anywhere(user, "manage_process")


def rooms(user):
    """The bodies whose files the person may see."""
    if sees_all(user):
        return Body.objects.all()
    # The Planning Team reads what the sub-groups of its period attach to their reports.
    teams = Body.objects.where(user, "evaluate_reports")
    groups = Body.objects.kind(Kind.SUB_GROUP).filter(period__in=teams.values("period"))
    return Body.objects.filter(Q(pk__in=grants.bodies(user, "enter_room")) | Q(pk__in=groups))


class StoredFileQuerySet(AuditedQuerySet):
    def visible_to(self, user):
        """Files of the rooms that the person may enter, and those open to every seat holder."""
        if sees_all(user):
            return self
        if not grants.held(user):
            return self.none()
        return self.filter(Q(body__in=rooms(user)) | Q(is_public=True))

    def of(self, period):
        """Files of a period's bodies and of the standing ones."""
        return self.filter(Q(body=None) | Q(body__period=None) | Q(body__period=period))

    def versions_of(self, file):
        """The files of the same name in the same room, the newest first; a file of no room is alone."""
        if file.body_id is None:
            return self.filter(pk=file.pk)
        return self.filter(body=file.body_id, name=file.name).order_by("-pk")

    def newest(self):
        """Of each name in a room the newest version, with how many there are as `version`."""
        same = self.model.objects.filter(body=OuterRef("body"), name=OuterRef("name")).order_by()
        count = same.values("name").annotate(n=Count("pk")).values("n")
        return self.filter(~Exists(same.filter(pk__gt=OuterRef("pk")))).annotate(
            version=Coalesce(Subquery(count), 1)
        )

    def size(self):
        """Bytes that these files take, each content once."""
        once = self.order_by().values("blob", size=F("blob__size")).distinct()
        return once.aggregate(all=Sum("size"))["all"] or 0
