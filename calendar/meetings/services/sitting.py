"""Holding a meeting: attendance, opening, adjournment, closing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.audit.checkpoints import Occasion, milestone
from common.decisions import Invalid, insist
from common.history import service, transition
from documents.drafts.services import record_adoption
from institution.models import User
from meetings import law, minutes, permissions, roll
from meetings.models import AgendaItem, Attendance, Ballot, Meeting, Vote
from meetings.services.calling import next_sitting, numbering
from meetings.services.guard import locked
from meetings.workflow import MeetingState, VoteState

Status = Attendance.Status


@service
def mark_attendance(*, meeting: Meeting, person: User, status: str, by: Any) -> Attendance:
    """Tick a member present, absent, on leave or excused, in a called or open meeting.

    Raises Invalid for somebody who is not on the roll, and for a member who has voted in the vote
    that is open: who voted is counted, until the vote closes.
    """
    meeting = _locked_for_roll(meeting)
    if status not in Status:
        raise Invalid(_("Choose one of the values offered."))
    row = meeting.attendances.filter(person=person).first()
    if row is None:
        place = next((p for p in roll.of(meeting) if p.person == person), None)
        if place is None:
            raise Invalid(_("%(person)s is not on the roll of this meeting.") % {"person": person})
        row = _row(meeting, place)
    if row.pk and row.status == status:
        return row
    if status != Status.PRESENT and _has_voted(meeting, person):
        raise Invalid(
            _("%(person)s has voted in the open vote and is counted as present until it closes.")
            % {"person": person}
        )
    row.status = status
    row.save()
    return row


@service
def mark_all_present(*, meeting: Meeting, by: Any) -> None:
    """Tick everybody on the roll of a called meeting; who is on leave or excused stays so.

    Not once it is open: who left would be back in the hall without having come.
    """
    meeting = _locked_for_roll(meeting)
    if meeting.state == MeetingState.OPEN:
        raise Invalid(_("The meeting is open: tick each member who comes in."))
    recorded = {row.person_id: row for row in meeting.attendances.all()}
    for place in roll.of(meeting):
        if place.status == Status.ABSENT:
            row = recorded.get(place.person.pk) or _row(meeting, place)
            row.status = Status.PRESENT
            row.save()


def _row(meeting: Meeting, place: roll.Place) -> Attendance:
    return Attendance(meeting=meeting, person=place.person, is_chair=place.is_chair, for_name=place.for_name)


def _locked_for_roll(meeting: Meeting) -> Meeting:
    meeting = locked(meeting)
    if meeting.state not in (MeetingState.CALLED, MeetingState.OPEN):
        raise Invalid(_("Attendance is taken in a meeting that has been called or is open."))
    return meeting


def _has_voted(meeting: Meeting, person: User) -> bool:
    return Ballot.objects.filter(
        vote__item__meeting=meeting, vote__state=VoteState.OPEN, person=person
    ).exists()


@service
def open_sitting(*, meeting: Meeting, by: Any, now: dt.datetime) -> Meeting:
    """Open a called meeting on its day; the council only with its quorum. The roll is recorded as it
    stands: who is not ticked is absent. The minutes begin with it, whoever comes and goes later.
    Opened twice, it is opened once."""
    meeting = locked(meeting)
    if meeting.state == MeetingState.OPEN:
        return meeting
    places = roll.of(meeting)
    hall = roll.hall(meeting, places) if meeting.of_council else None
    insist(permissions.opening_allows(meeting, hall, timezone.localdate(now)))
    recorded = set(meeting.attendances.values_list("person_id", flat=True))
    for place in places:
        if place.person.pk not in recorded:
            _row(meeting, place).save()
    meeting.opened_at = now
    transition(
        meeting,
        frm=MeetingState.CALLED,
        to=MeetingState.OPEN,
        opened_at=now,
        full_membership=hall.full if hall else None,
        minutes=[_opening(meeting, places)],
    )
    return meeting


@service
def adjourn(
    *, meeting: Meeting, by: Any, now: dt.datetime, repeat_at: dt.datetime | None = None, place: str = ""
) -> Meeting:
    """End a council sitting for lack of quorum; returns the adjourned sitting.

    It is repeated at `repeat_at`, within the days that the law allows, with the same agenda; the
    members heard it in the hall, so the repeat is called at once. A repeat is not repeated again.
    """
    meeting = locked(meeting)
    if meeting.state == MeetingState.ADJOURNED:
        return meeting
    if not meeting.of_council:
        raise Invalid(_("Only a sitting of the council is adjourned for lack of quorum."))
    rules = law.on(meeting.day)
    hall = roll.hall(meeting, roll.of(meeting), rules)
    insist(permissions.adjourning_allows(meeting, hall))
    if meeting.is_repeat:
        repeat_at = None
    else:
        _check_repeat(meeting, repeat_at, now, rules)
    place = place.strip() or meeting.place
    ending = [minutes.adjournment(repeat_at, place, rules.articles["repeat_days"])]
    if meeting.state == MeetingState.OPEN:  # its opening tells of the quorum that is gone
        ending.insert(0, f"{minutes.roll_call(hall, rules.article)}.")
    transition(
        meeting,
        frm=meeting.state,
        to=MeetingState.ADJOURNED,
        closed_at=now,
        full_membership=hall.full,
        minutes=draft_minutes(meeting, ending=ending),
    )
    if repeat_at:
        _repeat(meeting, repeat_at, place, now)
    _keep_adoptions(meeting, by, now)
    milestone(Occasion.SITTING, meeting)
    return meeting


def _check_repeat(
    meeting: Meeting, repeat_at: dt.datetime | None, now: dt.datetime, rules: law.DatedLaw
) -> None:
    if repeat_at is None:
        raise Invalid(_("Write the day and time of the repeated sitting."), field="day")
    if repeat_at <= now:
        raise Invalid(_("The repeated sitting must lie ahead."), field="day")
    if (timezone.localdate(repeat_at) - meeting.day).days > rules.repeat_days:
        raise Invalid(
            _("The sitting is repeated within %(n)s days (%(article)s).")
            % {"n": rules.repeat_days, "article": rules.articles["repeat_days"]},
            field="day",
        )


def _repeat(meeting: Meeting, repeat_at: dt.datetime, place: str, now: dt.datetime) -> None:
    numbering(meeting.body)
    repeat = Meeting(
        body=meeting.body,
        period=meeting.period,
        title=meeting.title,
        sitting_no=next_sitting(meeting.body, meeting.period, meeting.starts_at),
        starts_at=repeat_at,
        place=place,
        repeats=meeting,
        state=MeetingState.CALLED,
        notified_on=timezone.localdate(now),
        called_at=now,
    )
    repeat.save()
    for item in meeting.items.all():
        AgendaItem(meeting=repeat, number=item.number, title=item.title, draft=item.draft).save()


@service
def close_sitting(*, meeting: Meeting, by: Any, now: dt.datetime) -> Meeting:
    """Close an open meeting and freeze its minutes. Closed twice, it is closed once."""
    meeting = locked(meeting)
    if meeting.state == MeetingState.CLOSED:
        return meeting
    insist(permissions.closing_allows(meeting))
    transition(
        meeting,
        frm=MeetingState.OPEN,
        to=MeetingState.CLOSED,
        closed_at=now,
        minutes=draft_minutes(meeting, ending=[minutes.closing(now)], all_items=True),
    )
    _keep_adoptions(meeting, by, now)
    milestone(Occasion.SITTING, meeting)
    return meeting


def _keep_adoptions(meeting: Meeting, by: Any, now: dt.datetime) -> None:
    """What the sitting adopted: from now on the numbers of its decisions no longer change."""
    adopted = Vote.objects.filter(item__meeting=meeting, motion=Vote.Motion.ADOPT, state=VoteState.CARRIED)
    # It may have met on another day than it was called for.
    sat_on = timezone.localdate(meeting.opened_at) if meeting.opened_at else meeting.day
    for vote in adopted.select_related("item__draft__period"):
        assert vote.item.draft  # nothing else is adopted
        record_adoption(
            draft=vote.item.draft,
            decided_on=sat_on,
            number=vote.decision_no,
            present=vote.present,
            in_favour=vote.in_favour,
            against=vote.against,
            by=by,
            now=now,
        )


def draft_minutes(meeting: Meeting, **how: Any) -> list[dict]:
    """The minutes as they would be written now; what a closed meeting keeps. `how` as minutes.written takes it."""
    places = roll.of(meeting)
    opening = meeting.minutes[0] if meeting.minutes else _opening(meeting, places)
    return minutes.written(meeting, opening, moved=minutes.movements(places, roll.moves(meeting)), **how)


def _opening(meeting: Meeting, places: list[roll.Place]) -> dict:
    if not meeting.of_council:
        return minutes.opening(meeting, places, None, "")
    rules = law.on(meeting.day)
    return minutes.opening(meeting, places, roll.hall(meeting, places, rules), rules.article)
