"""Who may plan, run and vote, and when; each denial with its sentence.

Who and when are separate: `can_…` asks both and makes the button, the services ask the `when`
again (`…_allows`), so that a page that stood open cannot do what is no longer possible.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common import grants
from common.decisions import Allowed, Decision, Denied, any_of, first_denial
from documents.files import permissions as files
from documents.files.models import StoredFile
from institution.models import PlanPeriod, User
from institution.workflow import PeriodState
from meetings import roll
from meetings.arithmetic import Hall
from meetings.models import Attendance, Meeting, Vote
from meetings.workflow import MeetingState, VoteState


def can_see(user, meeting: Meeting) -> bool:
    return Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()


def can_plan(user, period: PlanPeriod | None) -> Decision:
    """The Directorate plans and calls the meetings of every body."""
    return first_denial(_is_directorate(user), period_allows(period))


def period_allows(period: PlanPeriod | None) -> Decision:
    if period is None:
        return Denied(_("No plan period has been opened yet."))
    if period.state == PeriodState.CLOSED:
        return Denied(
            _("The plan period %(period)s is closed; no more meetings are held in it.")
            % {"period": period.label}
        )
    return Allowed()


def _is_directorate(user) -> Decision:
    return grants.decide(
        user, "manage_process", _("Only the Strategy Development Directorate plans and calls meetings.")
    )


def can_run(user, meeting: Meeting) -> Decision:
    """The council's clerk runs its sittings; another body's meeting its chair or the Directorate."""
    if meeting.of_council:
        return grants.decide(
            user,
            "run_sittings",
            _("Only the council’s clerk takes the attendance, opens and closes."),
            among=[meeting.body_id],
        )
    refusal = _("Only the chair of the body or the Directorate runs this meeting.")
    chaired = [meeting.body_id] if roll.chairs(user, meeting.body, meeting.day) else []
    return any_of(
        grants.decide(user, "enter_room", refusal, among=chaired),
        grants.decide(user, "manage_process", refusal),
    )


def told_files(user: Any) -> Q:
    """Of which rows of a meeting's documents' history this person may be told: the room gives them their names."""
    return Q(file__in=StoredFile.objects.visible_to(user))


def can_attach(user, meeting: Meeting) -> Decision:
    """Add documents to a meeting, before it and after: whoever adds files to the body's room."""
    return first_denial(
        files.can_upload(user, meeting.body), period_allows(meeting.period), attaching_allows(meeting)
    )


def attaching_allows(meeting: Meeting) -> Decision:
    if meeting.state == MeetingState.CANCELLED:
        return Denied(_("This meeting was called off; it takes no more documents."))
    return Allowed()


def can_see_ballots(user, vote: Vote) -> bool:
    """Who voted how: while the vote is open only those who run the sitting see it."""
    meeting = vote.item.meeting
    return can_see(user, meeting) and (not vote.is_open or bool(can_run(user, meeting)))


def can_vote(user: User, vote: Vote) -> Decision:
    """A member whom the clerk ticked present, in an open vote by name."""
    body = vote.item.meeting.body_id
    return first_denial(
        grants.decide(user, "vote", _("Only members of the council vote here."), among=[body]),
        vote_allows(user, vote),
    )


def vote_allows(person: User, vote: Vote) -> Decision:
    if not vote.is_open:
        return Denied(_("The vote is closed."))
    if vote.method != Vote.Method.NAMED:
        return Denied(_("This vote is by show of hands; the clerk counts it in the hall."))
    present = vote.item.meeting.attendances.filter(person=person, status=Attendance.Status.PRESENT)
    if not present.exists():
        return Denied(_("You are not ticked as present. Tell the clerk."))
    return Allowed()


def call_allows(
    meeting: Meeting, notified_on: dt.date, today: dt.date, *, notice_days: int, article: str
) -> Decision:
    """Members of the council are told the agenda in time (5393 art. 21); no article binds the others."""
    if meeting.state != MeetingState.PLANNED:
        return Denied(_("This meeting has already been called."))
    if notified_on > today:
        return Denied(_("The members cannot have been told on a day that is still to come."))
    if meeting.of_council and (meeting.day - notified_on).days < notice_days:
        return Denied(
            _("The council’s agenda is made known at least %(n)s days before the sitting (%(article)s).")
            % {"n": notice_days, "article": article}
        )
    return Allowed()


def opening_allows(meeting: Meeting, hall: Hall | None, today: dt.date) -> Decision:
    """A called meeting, on its day or after it, the council's with its quorum."""
    if meeting.state != MeetingState.CALLED:
        return Denied(_("Only a meeting that has been called can be opened."))
    if today < meeting.day:
        return Denied(_("The meeting can be opened on its own day."))
    if hall and not hall.present:
        return Denied(
            _("Nobody has been ticked as present yet; %(needed)s members are needed to open the sitting.")
            % {"needed": hall.quorum}
        )
    if hall and not hall.has_quorum:
        return _no_quorum(
            _(
                "No quorum: %(present)s members are in the hall, %(needed)s are needed. The sitting cannot be opened."
            ),
            hall,
        )
    return Allowed()


def voting_allows(meeting: Meeting, hall: Hall) -> Decision:
    """An open sitting with its quorum in the hall."""
    if meeting.state != MeetingState.OPEN:
        return Denied(_("A vote is held while the sitting is open."))
    if not hall.has_quorum:
        return _no_quorum(
            _(
                "No quorum: %(present)s members are in the hall, %(needed)s are needed. No vote can be opened."
            ),
            hall,
        )
    return Allowed()


def counting_allows(hall: Hall) -> Decision:
    """A vote is closed only while the quorum is in the hall."""
    if hall.has_quorum:
        return Allowed()
    return _no_quorum(
        _(
            "No quorum: %(present)s members are in the hall, %(needed)s are needed. The vote cannot be closed."
        ),
        hall,
    )


def can_number(user, vote: Vote) -> Decision:
    """Who runs the sitting corrects a decision's number until the sitting ends."""
    return first_denial(can_run(user, vote.item.meeting), numbering_allows(vote))


def numbering_allows(vote: Vote) -> Decision:
    if vote.state not in (VoteState.CARRIED, VoteState.LOST):
        return Denied(_("Only a vote that has been closed with a result has a number."))
    if vote.item.meeting.state != MeetingState.OPEN:
        return Denied(_("The number of a decision is corrected until the sitting is closed."))
    return Allowed()


def adjourning_allows(meeting: Meeting, hall: Hall) -> Decision:
    """For lack of quorum only, and with no vote open."""
    if meeting.state not in (MeetingState.CALLED, MeetingState.OPEN):
        return Denied(_("This sitting is over."))
    if hall.has_quorum:
        return Denied(_("The quorum is in the hall; there is no ground for an adjournment."))
    return _no_open_vote(meeting)


def closing_allows(meeting: Meeting) -> Decision:
    if meeting.state != MeetingState.OPEN:
        return Denied(_("Only an open meeting can be closed."))
    return _no_open_vote(meeting)


def _no_open_vote(meeting: Meeting) -> Decision:
    if Vote.objects.open().filter(item__meeting=meeting).exists():
        return Denied(_("A vote is open. Close or cancel it first."))
    return Allowed()


def _no_quorum(sentence, hall: Hall) -> Denied:
    return Denied(sentence % {"present": hall.present, "needed": hall.quorum})
