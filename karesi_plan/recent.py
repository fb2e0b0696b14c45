"""What moved lately: changes of state of the things that everybody waits for, told in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from common.history import author
from common.workflow import Workflow
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DRAFT
from documents.reports.models import Report
from documents.reports.workflow import REPORT
from institution.models import PlanPeriod
from meetings.models import Meeting
from meetings.workflow import MEETING

# model, what its name is made of, its states, where it is shown
WATCHED: list[tuple[Any, tuple[str, ...], Workflow, str]] = [
    (Report, (), REPORT, "reports:report"),
    (DraftVersion, ("period",), DRAFT, "drafts:read"),
    (Meeting, ("body__kind",), MEETING, "meetings:meeting"),
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
    """The newest moves in the period since then; two queries at most for each watched model."""
    found = [move for watched in WATCHED for move in _moves_of(*watched, period, since, most)]
    return sorted(found, key=lambda move: move.at, reverse=True)[:most]


def _moves_of(
    model: Any,
    named_by: tuple[str, ...],
    workflow: Workflow,
    url: str,
    period: PlanPeriod,
    since: dt.datetime,
    most: int,
) -> list[Move]:
    earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    rows = (
        model.history.filter(period_id=period.pk, history_date__gte=since)
        .annotate(before=Subquery(earlier.order_by("-history_id").values("state")[:1]))
        .filter(Q(before=None) | ~Q(before=F("state")))
        .order_by("-history_date", "-history_id")[:most]
    )
    things = model.objects.select_related(*named_by).in_bulk([row.id for row in rows])
    return [
        Move(
            at=row.history_date,
            by=author(row.history_user_name, row.history_for_name),
            what=workflow.audit[row.state],
            name=str(things[row.id]),
            url=reverse(url, args=[row.id]),
            icon=workflow.icon[row.state],
        )
        for row in rows
        if row.id in things  # what was removed meanwhile has no page
    ]
