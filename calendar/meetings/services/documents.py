"""Documents of a meeting: kept in the body's room, in the meeting's folder."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import File

from common.decisions import require
from common.history import service
from documents.files import services as files
from documents.files.models import StoredFile
from meetings import permissions
from meetings.models import Meeting, MeetingFile
from meetings.services.guard import locked


def attach(*, meeting: Meeting, upload: File, by: Any, now: dt.datetime) -> StoredFile:
    """Add a document; the same one twice is one. Raises Refused, and Invalid as files.keep and files.record do."""
    require(permissions.can_attach(by, meeting))
    # Outside the transaction: a large file is written while others go on.
    return _attach(meeting=meeting, kept=files.keep(upload), by=by, now=now)


@service
def _attach(*, meeting: Meeting, kept: files.Kept, by: Any, now: dt.datetime) -> StoredFile:
    meeting = locked(meeting)
    require(permissions.can_attach(by, meeting))
    attached = meeting.files.filter(removed_at=None).select_related("file")
    if same := attached.filter(file__blob__sha256=kept.digest, file__name=kept.name).first():
        return same.file
    held = MeetingFile(meeting=meeting, file=files.record(kept=kept, body=meeting.body, by=by, now=now))
    held.save()
    return held.file


@service
def detach(*, document: MeetingFile, by: Any, now: dt.datetime) -> None:
    """Take a document from its meeting; the file stays in the body's room."""
    require(permissions.can_attach(by, locked(document.meeting)))
    document.refresh_from_db()
    if document.removed_at is None:
        document.removed_at = now
        document.save()
