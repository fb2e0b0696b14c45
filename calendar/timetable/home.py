"""What the first screen and the menu show of the work calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from common import grants
from common.owed import Owed
from institution.models import PlanPeriod
from timetable import clock
from timetable.models import AFTER_ADOPTION, Activity


def clock_card(period: PlanPeriod, today: dt.date) -> dict:
    """Context of timetable/_home_clock.html: the three cells and the ten phases. Two queries."""
    now = clock.read(period, today)
    current = next((n for n, step in enumerate(now.steps, start=1) if step.state == "now"), None)
    return {"clock": now, "phase_number": current, "election_on": period.election_on}


def owed(user: Any, period: PlanPeriod, today: dt.date) -> list[Owed]:
    """Late tasks of the calendar, which wait for the Directorate."""
    if not grants.anywhere(user, "manage_process"):
        return []
    return [
        Owed(
            _("Bring the task up to date"),
            task.title,
            reverse("timetable:activity", args=[task.pk]),
            "calendar-clock",
            task.ends_on,
            task.body.name,
        )
        for task in _late(period, today)
    ]


def late_count(period: PlanPeriod, today: dt.date) -> int:
    """The count beside the calendar in the menu: what is late."""
    return _late(period, today).count()


def _late(period: PlanPeriod, today: dt.date) -> Any:
    """What still waits: of an adopted plan no task of its preparation."""
    late = Activity.objects.of(period).late_on(today)
    return late if period.is_open else late.filter(phase__in=AFTER_ADOPTION)
