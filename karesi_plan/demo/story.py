"""The sample's people and bodies, its days, and the clock by which everything in it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from django.utils import timezone

from common.audit.chain import linked
from common.history import acting
from documents.drafts.models import DraftVersion
from documents.reports.models import Report
from institution.models import Body, PlanPeriod, User
from timetable.programme import weekday

# About so many days since the election on the day the sample is loaded: to the Sunday it was held on.
ELECTION_AGO = 147
SUNDAY = 6


class Story:
    """What happened, whoever wrote it down when: told by the clock, each act as of its moment."""

    def __init__(self, by: Any) -> None:
        self._by = by
        self._acts: list[tuple[dt.datetime, int, partial[None]]] = []
        self._number = count()

    def at(self, now: dt.datetime, act: Callable[..., None], *args: Any) -> None:
        """`act(*args, now=now)`. An act may itself bring in others that come after it."""
        heappush(self._acts, (now, next(self._number), partial(act, *args)))

    def tell(self) -> None:
        while self._acts:
            now, _number, act = heappop(self._acts)
            with linked(), acting(self._by, at=now):
                act(now=now)


@dataclass
class Sample:
    """Who and what there is by now, and on which days things happen: on weekdays, as in an office."""

    by: Any
    today: dt.date
    people: dict[str, User] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    old: PlanPeriod = field(init=False)
    current: PlanPeriod = field(init=False)
    draft: DraftVersion = field(init=False)

    @property
    def election_on(self) -> dt.date:
        last = self.today - dt.timedelta(ELECTION_AGO)
        return last - dt.timedelta((last.weekday() - SUNDAY) % 7)

    def day(self, number: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        """An hour of the n-th day after the election."""
        return moment(weekday(self.election_on + dt.timedelta(number), -1), hour, minute)

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> dt.datetime:
        """An hour of the day so many days before the day of loading; of one ahead where they are negative."""
        day = self.today - dt.timedelta(days)
        return moment(weekday(day, -1 if days > 0 else 1), hour, minute)

    def just(self, days: int, hour: int, minute: int = 0) -> dt.datetime:
        """The same, be it a Sunday: for the sitting of today, and for the news of yesterday."""
        return moment(self.today - dt.timedelta(days), hour, minute)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
