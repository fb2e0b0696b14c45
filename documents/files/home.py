"""What the first screen shows of files."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import grants
from documents.files.models import StoredFile
from documents.files.querysets import rooms
from institution.models import Body, User
from teams.links import Link

SHOWN = 5


def of_body(user: User, body: Body) -> list[Link]:
    """On a body's page, the way to its files for those who may see them."""
    if not rooms(user).filter(pk=body.pk).exists():
        return []
    count = StoredFile.objects.filter(body=body).newest().count()
    note = ngettext("%(n)d file", "%(n)d files", count) % {"n": count}
    return [Link(_("Files of the body"), reverse("files:room", args=[body.pk]), "folder", note)]


def newest(user: User) -> list[StoredFile]:
    """The newest files of the groups in which the person writes. One query."""
    rooms = grants.bodies(user, "write_reports")
    return list(
        StoredFile.objects.filter(body__in=rooms)
        .select_related("blob", "screening")
        .order_by("-uploaded_at")[:SHOWN]
    )
