"""The work calendar as the plan prints it: plain data, in Turkish, frozen with a draft."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from common import turkish
from institution.models import PlanPeriod
from timetable import gantt
from timetable.clock import submission_day
from timetable.models import Activity, Phase


def calendar(period: PlanPeriod, today: dt.date) -> dict:
    """Table rows and drawing of the calendar; `gantt` is None while it is empty. `as_of` says on
    which day the calendar stood like this."""
    activities = in_order(Activity.objects.of(period).standing())
    with translation.override("tr"):
        return {
            "as_of": turkish.date_short(today),
            "rows": [
                {
                    "phase": a.get_phase_display(),
                    "title": a.title,
                    "body": a.body.name,
                    "starts": turkish.date_day(a.starts_on),
                    "ends": turkish.date_day(a.ends_on),
                    "basis": a.get_basis_display(),
                    "article": a.article,
                }
                for a in activities
            ],
            "gantt": drawing(period, activities, frame=gantt.PRINT),
        }


def in_order(activities) -> list[Activity]:
    """By phase, then by date: the order of the picture and of the table beside it."""
    phases = Phase.values
    return sorted(activities, key=lambda a: (phases.index(a.phase), a.starts_on, a.ends_on, a.order, a.pk))


def drawing(
    period: PlanPeriod,
    activities: list[Activity],
    *,
    frame: gantt.Frame = gantt.PAGE,
    today: dt.date | None = None,
) -> dict | None:
    """The picture of these activities with its title and description; None where there are none."""
    if not activities:
        return None
    last = submission_day(period.election_on) if period.election_on else None
    label = (
        _("%(day)s: last day of submission to the council (%(article)s)")
        % {"day": turkish.date_day(last.day), "article": last.article}
        if last
        else ""
    )
    tasks = [
        gantt.Task(a.title, a.get_phase_display(), a.starts_on, a.ends_on, a.is_law, a.state)
        for a in activities
    ]
    drawn = gantt.draw(
        tasks, frame=frame, today=today, last_day=last.day if last else None, last_day_label=label
    )
    first = turkish.date_short(min(a.starts_on for a in activities))
    until = turkish.date_short(max(a.ends_on for a in activities))
    return {
        **drawn,
        "title": _("Work calendar, %(first)s – %(until)s") % {"first": first, "until": until},
        "description": " ".join(
            filter(
                None,
                [
                    _("%(n)s tasks with their first and last days.") % {"n": len(activities)},
                    _("Today is %(day)s.") % {"day": turkish.date_long(today)} if today else "",
                    f"{label}." if label else "",
                    _("The table beside it says the same."),
                ],
            )
        ),
    }
