"""The composite calendar: what other municipalities did, counted back from the last legal day.

Days are counted from the last day of submission, so that the whole moves with election day.
Titles are the guide's own terms and become Turkish data of the period's calendar.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from institution.roles import Kind
from timetable.clock import programme_day, submission_day
from timetable.models import Phase

SATURDAY = 5


class Planned(NamedTuple):
    """One task to be laid out; `article` is empty where the dates are the municipality's choice."""

    phase: Phase
    title: str
    kind: Kind
    starts_on: dt.date
    ends_on: dt.date
    article: str = ""


class _Row(NamedTuple):
    phase: Phase
    title: str
    kind: Kind
    first: int  # days before the last day of submission; negative: after it
    last: int


_ROWS = (
    _Row(Phase.START, "Genelge, kurul ve ekip oluru", Kind.MANAGEMENT, 176, 138),
    _Row(Phase.PROGRAMME, "Eğitim ve hazırlık programı", Kind.DIRECTORATE, 150, 122),
    _Row(Phase.STATUS, "Yürürlükteki plan, mevzuat ve politika belgeleri", Kind.PLANNING_TEAM, 142, 95),
    _Row(Phase.STATUS, "Paydaş anketi ve çalıştayları", Kind.PLANNING_TEAM, 121, 66),
    _Row(Phase.STATUS, "PESTLE, GZFT, tespitler ve ihtiyaçlar", Kind.PLANNING_TEAM, 91, 61),
    _Row(Phase.OUTLOOK, "Misyon, vizyon ve temel değerler", Kind.MANAGEMENT, 80, 58),
    _Row(Phase.STRATEGY, "Amaçlar, hedefler ve göstergeler", Kind.PLANNING_TEAM, 70, 45),
    _Row(Phase.STRATEGY, "Hedef kartları, riskler ve maliyetler", Kind.PLANNING_TEAM, 60, 34),
    _Row(Phase.DRAFT, "Taslağın derlenmesi", Kind.DIRECTORATE, 49, 31),
    _Row(Phase.OPINIONS, "Taslak hakkında görüşlerin alınması", Kind.DIRECTORATE, 35, 20),
    _Row(Phase.APPROVAL, "Üst Yönetim onayı ve encümen görüşü", Kind.MANAGEMENT, 24, 12),
    _Row(Phase.APPROVAL, "Taslağın meclise sunulması", Kind.MANAGEMENT, 0, 0),
    _Row(Phase.APPROVAL, "Plan ve Bütçe Komisyonu, meclis kararı", Kind.COUNCIL, -1, -18),
)
_PROGRAMME, _SUBMISSION = _ROWS[1], _ROWS[11]


def planned(election_on: dt.date, circular_on: dt.date | None) -> list[Planned]:
    """The tasks that follow from these days, none of them before the election.

    A day of choice that falls on a weekend moves to the weekday inside its task; the law's
    days stay where they fall. The preparation programme ends by the law's day where the circular
    makes one, the submission on its own last day.
    """
    last = submission_day(election_on)
    programme = programme_day(circular_on) if circular_on else None
    earliest = election_on + dt.timedelta(1)
    tasks = []
    for row in _ROWS:
        starts_on = max(weekday(last.day - dt.timedelta(row.first), 1), earliest)
        ends_on = max(weekday(last.day - dt.timedelta(row.last), -1), starts_on)
        article = ""
        if row is _SUBMISSION:
            starts_on = ends_on = last.day
            article = last.article
        elif row is _PROGRAMME and programme:
            ends_on = max(min(ends_on, programme.day), starts_on)
            article = programme.article
        tasks.append(Planned(row.phase, row.title, row.kind, starts_on, ends_on, article))
    return tasks


def weekday(day: dt.date, step: int) -> dt.date:
    """The nearest weekday from this one on (step 1) or back (step -1)."""
    while day.weekday() >= SATURDAY:
        day += dt.timedelta(step)
    return day
