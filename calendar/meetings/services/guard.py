"""What every write of a meeting begins with."""

from __future__ import annotations

from meetings.models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the transaction ends: on PostgreSQL two acts on one
    meeting wait for each other here, on SQLite every write does."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("body__kind", "period")
        .get(pk=meeting.pk)
    )
