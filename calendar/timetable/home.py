"""What the first screen and the menu show of the work calendar."""

from __future__ import annotations

import datetime as dt

from institution.models import PlanPeriod
from timetable import clock
from timetable.models import Activity


def clock_card(period: PlanPeriod, today: dt.date) -> dict:
    """Context of timetable/_home_clock.html: the three cells and the ten phases. Two queries."""
    now = clock.read(period, today)
    current = next((n for n, step in enumerate(now.steps, start=1) if step.state == "now"), None)
    return {"clock": now, "phase_number": current, "election_on": period.election_on}


def late_count(period: PlanPeriod, today: dt.date) -> int:
    """The count beside the calendar in the menu: what is late."""
    return Activity.objects.of(period).late_on(today).count()
