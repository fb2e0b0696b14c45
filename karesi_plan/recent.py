"""What moved lately: changes of state of the things that everybody waits for, told in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import Lag
from django.urls import reverse
from django.utils import timezone

from common.workflow import Workflow
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DRAFT
from documents.reports.models import Report
from documents.reports.workflow import REPORT
from institution.models import PlanPeriod
from meetings.models import Meeting
from meetings.workflow import MEETING

# model, its states, where it is shown
WATCHED: list[tuple[Any, Workflow, str]] = [
    (Report, REPORT, "reports:report"),
    (DraftVersion, DRAFT, "drafts:read"),
    (Meeting, MEETING, "meetings:meeting"),
]


@dataclass(frozen=True)
class Move:
    """Somebody moved a thing into a state."""

    at: dt.datetime
    by: str
    what: Any
    name: str
    url: str
    icon: str

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.at) == timezone.localdate()


def moves(period: PlanPeriod, *, since: dt.datetime, most: int = 8) -> list[Move]:
    """The newest moves in the period since then; one query for each watched model."""
    found = [move for watched in WATCHED for move in _moves_of(*watched, period, since, most)]
    return sorted(found, key=lambda move: move.at, reverse=True)[:most]


def _moves_of(
    model: Any, workflow: Workflow, url: str, period: PlanPeriod, since: dt.datetime, most: int
) -> list[Move]:
    before = Window(Lag("state"), partition_by=F("id"), order_by=[F("history_date"), F("history_id")])
    rows = (
        model.history.filter(period_id=period.pk)
        .annotate(before=before)
        .filter(Q(before=None) | ~Q(before=F("state")))
        .order_by("-history_date", "-history_id")[:most]
    )
    return [
        Move(
            at=row.history_date,
            by=row.history_user_name,
            what=workflow.audit[row.state],
            name=str(row.instance),
            url=reverse(url, args=[row.id]),
            icon=workflow.icon[row.state],
        )
        for row in rows
        if row.history_date >= since
    ]
