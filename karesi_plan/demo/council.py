"""The sample's meetings: the Planning Team on draft 1, the council before, today and after."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from documents.drafts import services as drafts
from documents.drafts.models import DraftVersion
from institution.roles import Kind
from karesi_plan.demo.story import Sample, Story
from meetings import roll
from meetings import services as meetings
from meetings.models import Attendance, Ballot, Meeting
from meetings.workflow import MeetingState

TEAM_PRESENT = 14  # of the Planning Team, when it met on the draft
COUNCIL_PRESENT = 24  # of the council, when it decided on the commission's part
PLACES: dict[str, str] = {Kind.COUNCIL: "Meclis Salonu", Kind.PLANNING_TEAM: "Toplantı salonu"}
OPENING, WISHES = ("Yoklama ve açılış", None), ("Dilek ve temenniler", None)


def begin(story: Story, sample: Sample) -> None:
    """The council's decision of some weeks ago; the team endorses draft 1; the council is called for today."""
    story.at(sample.ago(47), call_first_sitting, sample)
    story.at(sample.ago(40, 14), open_meeting, sample, Kind.COUNCIL, COUNCIL_PRESENT, "katip")
    story.at(sample.ago(40, 14, 30), vote_in_first_sitting, sample)
    story.at(sample.ago(40, 15), close_meeting, sample, Kind.COUNCIL, "katip")
    story.at(sample.ago(10, 15), call_team, sample)
    team, chair = Kind.PLANNING_TEAM, "baskan.yardimcisi"
    story.at(sample.ago(7), open_meeting, sample, team, TEAM_PRESENT, chair)
    story.at(sample.ago(7, 11, 30), close_meeting, sample, team, chair)
    story.at(sample.ago(7, 12), endorse, sample)
    story.at(sample.ago(3, 16), plan_sittings, sample)
    story.at(sample.ago(3, 17), call_todays_sitting, sample)
    story.at(sample.just(1, 12), plan_team_meeting, sample)


def call_first_sitting(sample: Sample, *, now: dt.datetime) -> None:
    item = "Plan ve Bütçe Komisyonunun stratejik plan çalışmalarını izlemekle görevlendirilmesi"
    _plan(sample, Kind.COUNCIL, sample.ago(40, 14), [OPENING, (item, None), WISHES], now, call=True)


def vote_in_first_sitting(sample: Sample, *, now: dt.datetime) -> None:
    """By name, with two against."""
    clerk, meeting = sample.people["katip"], Meeting.objects.get(state=MeetingState.OPEN)
    item = meeting.items.get(number=2)
    vote = meetings.open_vote(item=item, motion="general", method="named", by=clerk, now=now)
    present = [place.person for place in roll.of(meeting) if place.is_present]
    for number, member in enumerate(present, start=1):
        choice = Ballot.Choice.FOR if number % 10 else Ballot.Choice.AGAINST
        meetings.enter_ballot(vote=vote, person=member, choice=choice, by=clerk, now=now)
    meetings.close_vote(vote=vote, decision_no=f"{now.year}/61", by=clerk, now=now)


def call_team(sample: Sample, *, now: dt.datetime) -> None:
    item = f"{sample.draft.number}. taslağın görüşülmesi"
    _plan(sample, Kind.PLANNING_TEAM, sample.ago(7), [(item, sample.draft)], now, call=True)


def endorse(sample: Sample, *, now: dt.datetime) -> None:
    drafts.endorse(
        draft=sample.draft,
        by=sample.people["baskan.yardimcisi"],
        now=now,
        decided_on=timezone.localdate(now),
        present=TEAM_PRESENT,
        in_favour=TEAM_PRESENT - 1,
        against=1,
        note=f"Ekip, taslağı {TEAM_PRESENT} üyenin katıldığı toplantıda görüşmüştür.",
    )


def plan_sittings(sample: Sample, *, now: dt.datetime) -> None:
    """Today's, which gets the draft; and a second one, still to be called."""
    sample.draft.refresh_from_db()
    item = f"{sample.current.label} Stratejik Planı taslağının görüşülmesi"
    _plan(sample, Kind.COUNCIL, sample.just(0, 14), [OPENING, (item, sample.draft), WISHES], now)
    reports = ("Komisyon raporlarının görüşülmesi", None)
    _plan(sample, Kind.COUNCIL, sample.ago(-5, 14), [OPENING, reports, WISHES], now)


def call_todays_sitting(sample: Sample, *, now: dt.datetime) -> None:
    meetings.call_meeting(
        meeting=Meeting.objects.get(starts_at=sample.just(0, 14)),
        notified_on=timezone.localdate(now),
        by=sample.people["uzman"],
        now=now,
    )


def plan_team_meeting(sample: Sample, *, now: dt.datetime) -> None:
    item = ("Bekleyen raporların değerlendirilmesi", None)
    _plan(sample, Kind.PLANNING_TEAM, sample.ago(-1), [item], now)


def open_meeting(sample: Sample, kind: str, present: int, by: str, *, now: dt.datetime) -> None:
    """The body's called meeting, with the first so many of its roll there."""
    author = sample.people[by]
    meeting = Meeting.objects.get(body=sample.bodies[kind], state=MeetingState.CALLED)
    for place in roll.of(meeting)[:present]:
        meetings.mark_attendance(
            meeting=meeting, person=place.person, status=Attendance.Status.PRESENT, by=author
        )
    meetings.open_sitting(meeting=meeting, by=author, now=now)


def close_meeting(sample: Sample, kind: str, by: str, *, now: dt.datetime) -> None:
    meeting = Meeting.objects.get(body=sample.bodies[kind], state=MeetingState.OPEN)
    meetings.close_sitting(meeting=meeting, by=sample.people[by], now=now)


def _plan(
    sample: Sample,
    kind: str,
    starts_at: dt.datetime,
    agenda: list[tuple[str, DraftVersion | None]],
    now: dt.datetime,
    *,
    call: bool = False,
) -> None:
    meetings.plan_meeting(
        body=sample.bodies[kind],
        period=sample.current,
        starts_at=starts_at,
        place=PLACES[kind],
        agenda=agenda,
        notified_on=timezone.localdate(now) if call else None,
        by=sample.people["uzman"],
        now=now,
    )
