"""What time it is in the process: the phase, the dates that come next, what is late."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from institution import legal
from institution.models import PlanPeriod
from institution.workflow import PeriodState
from timetable.models import Activity, Phase
from timetable.workflow import ActivityState


class LegalDay(NamedTuple):
    """The last day that a law leaves, with its article."""

    day: dt.date
    article: str


class Step(NamedTuple):
    """One of the ten phases as the clock shows it; `state` is done, now or next."""

    label: str
    state: str


@dataclass(frozen=True)
class Clock:
    """The first screen's three cells and the phases below them. Days are whole days."""

    today: dt.date
    submission: LegalDay | None
    submitted: Activity | None
    """The task with which the plan was submitted: the law's last day is kept and runs no more."""
    next_task: Activity | None
    next_legal: LegalDay | None
    late: list[Activity]
    steps: list[Step]
    is_adopted: bool
    """Its preparation is over: neither the law's last day nor an unfinished task of it runs on."""

    @property
    def submission_days(self) -> int | None:
        return (self.submission.day - self.today).days if self.submission else None

    @property
    def next_days(self) -> int | None:
        return (self.next_task.ends_on - self.today).days if self.next_task else None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months on; where that month is shorter, its last day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def submission_day(election_on: dt.date) -> LegalDay:
    """The last day on which the mayor may submit the plan to the council: six months after the
    local elections (5393 art. 41), by the figure that held on election day."""
    rule = legal.rule("plan.submission_months", on=election_on)
    return LegalDay(add_months(election_on, int(rule.value)), rule.article)


def programme_day(circular_on: dt.date) -> LegalDay | None:
    """The last day for the preparation programme: two months after the circular (RG 22.04.2021,
    31462); None for a circular from before that rule."""
    try:
        rule = legal.rule("plan.programme_months", on=circular_on)
    except legal.NotRecorded:
        return None
    return LegalDay(add_months(circular_on, int(rule.value)), rule.article)


def read(period: PlanPeriod, today: dt.date) -> Clock:
    """The clock of a period; reads its calendar once and the law's figure once."""
    return of(period, list(Activity.objects.of(period)), today)


def of(period: PlanPeriod, activities: list[Activity], today: dt.date) -> Clock:
    """The clock over a calendar that is already at hand."""
    is_adopted = not period.is_open
    unfinished = [a for a in activities if not a.is_finished and not (is_adopted and a.is_preparation)]
    coming = sorted((a for a in unfinished if a.ends_on >= today), key=lambda a: a.ends_on)
    submission = submission_day(period.election_on) if period.election_on else None
    submitted = _submitted(activities, submission)
    return Clock(
        today=today,
        submission=submission,
        submitted=submitted,
        next_task=coming[0] if coming else None,
        next_legal=_next_legal(None if submitted or is_adopted else submission, coming, today),
        late=sorted((a for a in unfinished if a.days_late(today)), key=lambda a: a.ends_on),
        steps=_steps(period.state, activities),
        is_adopted=is_adopted,
    )


def phase_now(period_state: str, activities: Iterable[Activity]) -> Phase | None:
    """The first phase with work left; once the plan is adopted, what the period's state says.
    None when the period is closed."""
    after = {
        PeriodState.ADOPTED: Phase.IN_FORCE,
        PeriodState.IN_FORCE: Phase.MONITORING,
        PeriodState.CLOSED: None,
    }
    if period_state in after:
        return after[PeriodState(period_state)]
    activities = list(activities)
    waiting = {a.phase for a in activities if not a.is_finished}
    all_done = Phase.APPROVAL if activities else Phase.START
    return next((phase for phase in Phase if phase in waiting), all_done)


def _steps(period_state: str, activities: list[Activity]) -> list[Step]:
    phases = list(Phase)
    now = phase_now(period_state, activities)
    place = phases.index(now) if now else len(phases)
    return [
        Step(str(phase.label), "done" if i < place else "now" if i == place else "next")
        for i, phase in enumerate(phases)
    ]


def _submitted(activities: list[Activity], submission: LegalDay | None) -> Activity | None:
    """The finished task of the law that sets the last day of submission."""
    if submission is None:
        return None
    of_law = (a for a in activities if a.is_law and a.article == submission.article)
    return next((a for a in of_law if a.state == ActivityState.DONE), None)


def _next_legal(submission: LegalDay | None, coming: list[Activity], today: dt.date) -> LegalDay | None:
    days = [LegalDay(a.ends_on, a.article) for a in coming if a.is_law]
    if submission and submission.day >= today:
        days.append(submission)
    return min(days, default=None)
