"""Writes of the work calendar. Every one is refused in a closed period."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid, require
from common.history import Stale, service, transition
from institution.models import Body, PlanPeriod
from institution.roles import Kind
from timetable import programme
from timetable.models import Activity, Phase
from timetable.permissions import open_for_changes
from timetable.workflow import ACTIVITY, ActivityState


@service
def add_activity(
    *,
    period: PlanPeriod,
    phase: str,
    title: str,
    body: Body,
    starts_on: dt.date,
    ends_on: dt.date,
    basis: str = Activity.Basis.CHOICE,
    article: str = "",
    by: Any,
) -> Activity:
    """A new task of the calendar; the same task entered twice is one.

    Raises Invalid for days in the wrong order, a law without its article, a body of another period.
    """
    _alone(period)
    wanted = Activity(
        period=period,
        phase=phase,
        title=title.strip(),
        body=body,
        starts_on=starts_on,
        ends_on=ends_on,
        basis=basis,
        article=article.strip(),
    )
    _check(wanted)
    same = {f: getattr(wanted, f) for f in ("period", "phase", "title", "body", "starts_on", "ends_on")}
    if first := Activity.objects.standing().filter(**same).first():
        return first
    wanted.save()
    return wanted


@service
def change_activity(*, activity: Activity, by: Any, **fields: Any) -> Activity:
    """Set phase, title, body, starts_on, ends_on, basis, article; raises Invalid as add_activity does."""
    require(open_for_changes(activity.period))
    stored = {name: getattr(activity, name) for name in [*fields, "article"]}
    for name, value in fields.items():
        setattr(activity, name, value)
    _check(activity)  # clears the article of what is a choice now
    if changed := [name for name, value in stored.items() if getattr(activity, name) != value]:
        activity.save(update_fields=changed)
    return activity


@service
def move_activity(*, activity: Activity, to: str, by: Any, today: dt.date) -> Activity:
    """Move the task to another state; done is dated `today`. Raises IllegalMove, or Stale when
    somebody else moved it meanwhile. Moving to where it stands already changes nothing."""
    _alone(activity.period)
    if activity.state == to:
        return activity
    if to not in ActivityState:
        raise Invalid(_("Choose one of the values offered."))
    ACTIVITY.check(activity.state, to)
    done_on = today if to == ActivityState.DONE else None
    transition(activity, frm=activity.state, to=to, done_on=done_on)
    return activity


@service
def remove_activity(*, activity: Activity, by: Any, reason: str = "") -> None:
    """Take a task out that has not begun; its history stays. Raises Invalid for one that has."""
    _alone(activity.period)
    there = Activity.objects.filter(pk=activity.pk).first()
    if there is None:
        return  # pressed twice: it is gone, as was asked
    if there.state != ActivityState.PLANNED:
        raise Invalid(_("A task that has begun is not removed; cancel it instead."))
    there.delete()


@service
def lay_out_programme(*, period: PlanPeriod, by: Any) -> list[Activity]:
    """Fill an empty calendar with the composite programme, counted back from the last legal day.

    Returns the calendar as it stands when it is not empty any more. Raises Invalid without an
    election day or without the body that answers for the whole, the Directorate.
    """
    _alone(period)
    there = list(Activity.objects.of(period))
    if there:
        return there
    if not period.election_on:
        raise Invalid(_("Enter the election day of the period first: the calendar is counted from it."))
    standing = Body.objects.of(period).filter(dissolved_on=None).select_related("kind")
    bodies = {body.kind.code: body for body in standing.reverse()}
    if Kind.DIRECTORATE not in bodies:
        raise Invalid(_("Form the Strategy Development Directorate first: it answers for the calendar."))
    laid = []
    for order, task in enumerate(programme.planned(period.election_on, period.circular_on), start=1):
        laid.append(
            Activity(
                period=period,
                phase=task.phase,
                order=order,
                title=task.title,
                body=bodies.get(task.kind, bodies[Kind.DIRECTORATE]),
                starts_on=task.starts_on,
                ends_on=task.ends_on,
                basis=Activity.Basis.LAW if task.article else Activity.Basis.CHOICE,
                article=task.article,
            )
        )
        laid[-1].save()
    return laid


def _alone(period: PlanPeriod) -> None:
    """On PostgreSQL writes on one calendar wait for each other here; refused where it is closed by now."""
    require(open_for_changes(PlanPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)))


def _as_it_stands(activity: Activity) -> Activity:
    _alone(activity.period)
    there = Activity.objects.select_related("period", "body").filter(pk=activity.pk).first()
    if there is None:
        raise Stale(_("Somebody else took this task out of the calendar meanwhile."))
    return there


def _check(activity: Activity) -> None:
    if activity.phase not in Phase.values:
        raise Invalid(_("Choose one of the phases."), field="phase")
    if not activity.title:
        raise Invalid(_("Write what is to be done."), field="title")
    if activity.body.period_id not in (None, activity.period_id):
        raise Invalid(_("This body belongs to another plan period."), field="body")
    if activity.ends_on < activity.starts_on:
        raise Invalid(
            _("The last day cannot be before the first (%(day)s).")
            % {"day": turkish.date_short(activity.starts_on)},
            field="ends_on",
        )
    if activity.is_law and not activity.article:
        raise Invalid(_("Write the article that sets this date."), field="article")
    if not activity.is_law:
        activity.article = ""
