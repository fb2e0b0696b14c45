"""The sample's work calendar and plan, and the way of draft 1 from freezing to approval."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress

from django.utils import timezone

from common import jobs, turkish
from common.history import acting
from documents.drafts import services as drafts
from documents.drafts import tasks
from documents.drafts.models import DraftDecision
from documents.plan import interchange, sample_cards
from documents.plan import services as plans
from institution.roles import Kind
from karesi_plan.demo.story import Sample, Story, moment
from timetable import services as timetable
from timetable.models import Activity, Phase
from timetable.workflow import ActivityState

# Days before the day of loading: the council meets today, so its last steps come before the programme's.
BROUGHT_FORWARD = {
    "Amaçlar, hedefler ve göstergeler": (40, 14),
    "Hedef kartları, riskler ve maliyetler": (26, 13),
    "Taslağın derlenmesi": (20, 10),
    "Taslak hakkında görüşlerin alınması": (10, 6),
    "Üst Yönetim onayı ve encümen görüşü": (7, 4),
    "Plan ve Bütçe Komisyonu, meclis kararı": (0, -16),
}


def begin(story: Story, sample: Sample) -> None:
    """The calendar is laid out and followed; the plan is written; draft 1 is frozen, printed, approved."""
    story.at(sample.day(22, 14), lay_out_calendar, sample, story)
    story.at(sample.ago(45), bring_forward, sample)
    story.at(sample.ago(5, 9), add_late_task, sample, story)
    story.at(sample.ago(32), look_ahead, sample)
    story.at(sample.ago(20), write_cards, sample)
    story.at(sample.ago(10, 11), freeze, sample)
    story.at(sample.ago(10, 11, 10), print_draft, sample)
    story.at(sample.ago(5, 14), approve, sample)
    story.at(sample.ago(4, 15), file_opinion, sample)


# --- The work calendar


def lay_out_calendar(sample: Sample, story: Story, *, now: dt.datetime) -> None:
    """The composite calendar; each of its tasks is begun and done on its days, as far as they have come."""
    today = sample.today
    for activity in timetable.lay_out_programme(period=sample.current, by=sample.people["uzman"]):
        first, last = _days(sample, activity)
        if activity.is_law and activity.phase == Phase.APPROVAL:
            first = last = timezone.localdate(sample.ago(3))  # on the day the council is called
        if first < today:
            story.at(max(moment(first, 9), now), move_activity, sample, activity.pk, ActivityState.RUNNING)
        if last < today:
            story.at(moment(last, 18), move_activity, sample, activity.pk, ActivityState.DONE)


def bring_forward(sample: Sample, *, now: dt.datetime) -> None:
    officer, month = sample.people["uzman"], turkish.date_day(sample.today, "tr").split()[1]
    with acting(officer, reason=f"Meclisin {month} ayı toplantısına yetişmek için öne alındı."):
        for activity in Activity.objects.of(sample.current).filter(title__in=BROUGHT_FORWARD):
            first, last = _days(sample, activity)
            timetable.change_activity(activity=activity, by=officer, starts_on=first, ends_on=last)


def add_late_task(sample: Sample, story: Story, *, now: dt.datetime) -> None:
    late = timetable.add_activity(
        period=sample.current,
        phase=Phase.APPROVAL,
        title="Taslağın meclis gruplarına tanıtılması",
        body=sample.bodies[Kind.DIRECTORATE],
        starts_on=timezone.localdate(sample.ago(4)),
        ends_on=timezone.localdate(sample.ago(1)),
        by=sample.people["uzman"],
    )
    story.at(max(moment(late.starts_on, 9), now), move_activity, sample, late.pk, ActivityState.RUNNING)


def _days(sample: Sample, activity: Activity) -> tuple[dt.date, dt.date]:
    """First and last day of the task, as they stand in the end."""
    if ago := BROUGHT_FORWARD.get(activity.title):
        first, last = (timezone.localdate(sample.ago(days)) for days in ago)
        return first, last
    return activity.starts_on, activity.ends_on


def move_activity(sample: Sample, pk: int, to: str, *, now: dt.datetime) -> None:
    activity = Activity.objects.select_related("period").get(pk=pk)
    today = timezone.localdate(now)
    timetable.move_activity(activity=activity, to=to, by=sample.people["uzman"], today=today)


# --- The plan, and its first draft


def _plan(sample: Sample) -> dict:
    """The real cards of 2020-2024 with everything that they lacked, for the years of the current period."""
    whole = sample_cards.completed(sample_cards.cards(), first_year=sample.current.first_year)
    return interchange.read(json.dumps(whole))


def look_ahead(sample: Sample, *, now: dt.datetime) -> None:
    """Mission, vision and values first."""
    plans.set_outlook(period=sample.current, by=sample.people["uzman"], **_plan(sample)["outlook"])


def write_cards(sample: Sample, *, now: dt.datetime) -> None:
    plans.replace_plan(period=sample.current, plan=_plan(sample), by=sample.people["uzman"])


def freeze(sample: Sample, *, now: dt.datetime) -> None:
    officer, today = sample.people["uzman"], timezone.localdate(now)
    sample.draft = drafts.freeze(period=sample.current, after=0, by=officer, now=now, today=today)


def print_draft(sample: Sample, *, now: dt.datetime) -> None:
    """What cannot be printed here is left to the job that waits for it, which then tells why."""
    with suppress(jobs.JobError, jobs.ChildFailed):
        tasks.print_version(draft=sample.draft, now=now)


def approve(sample: Sample, *, now: dt.datetime) -> None:
    drafts.approve(
        draft=sample.draft,
        by=sample.people["baskan"],
        now=now,
        decided_on=timezone.localdate(now),
        present=4,
        in_favour=4,
        against=0,
        note="",
    )


def file_opinion(sample: Sample, *, now: dt.datetime) -> None:
    drafts.file_record(
        draft=sample.draft,
        kind=DraftDecision.Kind.EXECUTIVE_OPINION,
        decided_on=timezone.localdate(now),
        number=f"{now.year}/214",
        note="Encümen, taslağın meclise sunulmasını uygun görmüştür.",
        file=None,
        by=sample.people["uzman"],
        now=now,
    )
