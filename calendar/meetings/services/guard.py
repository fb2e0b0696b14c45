"""What every write of a meeting begins with."""

from __future__ import annotations

from common.decisions import Decision, Denied, Invalid
from meetings.models import Meeting


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the transaction ends: on PostgreSQL two acts on one
    meeting wait for each other here, on SQLite every write does."""
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("body__kind", "period")
        .get(pk=meeting.pk)
    )


def insist(decision: Decision, *, field: str = "") -> None:
    """Raise Invalid with the sentence of a denial that lies in the state of things, not in the person."""
    if isinstance(decision, Denied):
        raise Invalid(decision.reason, field=field)
