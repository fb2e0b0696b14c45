"""What the first screen shows of files."""

from __future__ import annotations

from common import grants
from documents.files.models import StoredFile
from institution.models import User

SHOWN = 5


def newest(user: User) -> list[StoredFile]:
    """The newest files of the groups in which the person writes. One query."""
    rooms = grants.bodies(user, "write_reports")
    return list(
        StoredFile.objects.filter(body__in=rooms).select_related("blob").order_by("-uploaded_at")[:SHOWN]
    )
