"""Votes of the council: opened, cast, counted, closed. The clerk's closing makes the result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.audit.checkpoints import Occasion, milestone
from common.decisions import Invalid, insist
from common.history import Stale, service, transition
from common.turkish import turkish_order
from documents.drafts.services import record_council_outcome
from documents.drafts.workflow import DraftState
from documents.plan.guide import BY_CODE
from institution.models import User
from meetings import law, minutes, permissions, roll
from meetings.arithmetic import Hall, Result, SideUnknown, Tally, chair_decides, decide
from meetings.models import AgendaItem, Attendance, Ballot, Vote
from meetings.services.calling import numbering
from meetings.services.guard import locked
from meetings.workflow import VoteState

Motion, Method = Vote.Motion, Vote.Method


class SideMissing(Invalid):
    """The votes are equal: the clerk states on which side the chair stands."""


@service
def open_vote(
    *,
    item: AgendaItem,
    motion: str,
    method: str,
    by: Any,
    now: dt.datetime,
    objections: Sequence[dict[str, str]] = (),
) -> Vote:
    """Open a vote on an item of an open, quorate sitting of the council; one at a time.

    `objections` are {chapter, text}, needed for a motion to return a draft. The same vote opened
    twice is one. Raises Invalid where the hall, the item or the draft does not allow it.
    """
    meeting = locked(item.meeting)
    item = meeting.items.select_related("draft__period").get(pk=item.pk)
    if running := Vote.objects.open().filter(item__meeting=meeting).first():
        if (running.item_id, running.motion, running.method) == (item.pk, motion, method):
            return running
        raise Invalid(_("A vote is open. Close or cancel it first."))
    if not meeting.of_council:
        raise Invalid(_("Votes are recorded in sittings of the council."))
    insist(permissions.voting_allows(meeting, roll.hall(meeting)))
    if method not in Method:
        raise Invalid(_("Choose how the vote is taken."), field="method")
    _check_motion(item, motion)
    kept = _objections(objections) if motion == Motion.RETURN else []
    vote = Vote(item=item, motion=motion, method=method, opened_at=now, objections=kept)
    vote.save()
    return vote


def motions(item: AgendaItem) -> list[str]:
    """What can be moved on an item: on a draft its adoption or return, otherwise its acceptance."""
    return [Motion.ADOPT, Motion.RETURN] if item.draft_id else [Motion.GENERAL]


def _check_motion(item: AgendaItem, motion: str) -> None:
    if motion not in motions(item):
        raise Invalid(_("This cannot be moved on this item."), field="motion")
    if item.draft and item.draft.state != DraftState.AT_COUNCIL:
        raise Invalid(
            _("The council has already decided on this draft: “%(state)s”.")
            % {"state": item.draft.badge.label},
            field="motion",
        )
    if motion == Motion.GENERAL and item.votes.decided().exists():
        raise Invalid(_("The council has already decided on this item."), field="motion")


def _objections(given: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    kept = [{"chapter": o.get("chapter", ""), "text": o["text"].strip()} for o in given if o["text"].strip()]
    if not kept:
        raise Invalid(_("A draft is returned with at least one objection."), field="objections")
    if any(o["chapter"] and o["chapter"] not in BY_CODE for o in kept):
        raise Invalid(_("Choose a chapter of the plan."), field="objections")
    return kept


@service
def cast(*, vote: Vote, choice: str, by: User, now: dt.datetime) -> Ballot:
    """A member's own vote, changeable until the vote closes. Raises Invalid for who is not present."""
    return _put(vote, by, choice, by, now)


@service
def enter_ballot(*, vote: Vote, person: User, choice: str, by: User, now: dt.datetime) -> Ballot:
    """The clerk enters the vote of a member who called it or gave it on paper."""
    return _put(vote, person, choice, by, now)


def _put(vote: Vote, person: User, choice: str, by: User, now: dt.datetime) -> Ballot:
    vote = _locked_vote(vote)
    insist(permissions.vote_allows(person, vote))
    if choice not in Ballot.Choice:
        raise Invalid(_("Choose for, against or abstain."), field="choice")
    ballot = vote.ballots.filter(person=person).first() or Ballot(vote=vote, person=person)
    if ballot.pk and ballot.choice == choice:
        return ballot
    ballot.choice, ballot.cast_at, ballot.entered_by = choice, now, by
    ballot.save()
    return ballot


def _locked_vote(vote: Vote) -> Vote:
    locked(vote.item.meeting)
    return Vote.objects.with_item().get(pk=vote.pk)


@service
def close_vote(
    *,
    vote: Vote,
    by: Any,
    now: dt.datetime,
    counted: Tally | None = None,
    chair_side: str = "",
    decision_no: str = "",
) -> Vote:
    """Count, decide and write the minute's sentence; a vote on a draft decides the draft.

    `counted` is what the clerk counted in a show of hands. Raises Invalid without quorum, while a
    member who is present has no vote, where hands and hall differ, and SideMissing for a tie whose
    chair did not say. Closed twice with the same counts it is closed once; with others, Stale.
    """
    vote = _locked_vote(vote)
    if not vote.is_open:
        return _closed_before(vote, counted)
    meeting = vote.item.meeting
    rules = law.on(meeting.day)
    hall = roll.hall(meeting, rules=rules)
    insist(permissions.counting_allows(hall))
    decision_no = decision_no.strip()
    _check_number(vote, decision_no)
    tally = _cast_votes(vote) if vote.method == Method.NAMED else _shown_hands(counted, hall)
    stated = chair_side if chair_side in Ballot.Choice else ""
    side = (chair_ballot(vote) or stated) if chair_decides(tally, hall) else ""
    try:
        result = decide(tally, hall, side or None)
    except SideUnknown as unknown:
        raise SideMissing(
            _("The votes are equal. On which side is the chair?"), field="chair_side"
        ) from unknown
    transition(
        vote,
        frm=VoteState.OPEN,
        to=VoteState.CARRIED if result.carried else VoteState.LOST,
        closed_at=now,
        present=hall.present,
        needed=hall.needed,
        in_favour=tally.in_favour,
        against=tally.against,
        abstaining=tally.abstaining,
        chair_side=side,
        decision_no=decision_no,
        sentence=minutes.vote_sentence(vote, hall, tally, result, rules.article),
    )
    _decide_draft(vote, result, by, now)
    milestone(Occasion.VOTE, vote)
    return vote


@service
def correct_number(*, vote: Vote, decision_no: str, by: Any) -> Vote:
    """Mend, add or take away the number of a decision until its sitting ends."""
    vote = _locked_vote(vote)
    insist(permissions.numbering_allows(vote))
    decision_no = decision_no.strip()
    if vote.decision_no != decision_no:
        _check_number(vote, decision_no)
        vote.decision_no = decision_no
        vote.save(update_fields=["decision_no"])
    return vote


def _check_number(vote: Vote, number: str) -> None:
    """A decision's number is a year and a number, and stands once in a year of the council's."""
    if number and not re.fullmatch(r"[12][0-9]{3}/[1-9][0-9]{0,5}", number):
        raise Invalid(
            _(
                "Number of the decision: write the year, a slash and the number in the council’s register, such as %(example)s."
            )
            % {"example": f"{vote.item.meeting.day.year}/61"},
            field="decision_no",
        )
    meeting = vote.item.meeting
    numbering(meeting.body)
    given = Vote.objects.filter(
        decision_no=number, item__meeting__body=meeting.body, item__meeting__starts_at__year=meeting.day.year
    ).exclude(pk=vote.pk)
    if number and (there := given.select_related("item__meeting__body__kind").first()):
        raise Invalid(
            _("Decision %(number)s is already that on “%(item)s” (%(meeting)s).")
            % {"number": number, "item": there.item.title, "meeting": there.item.meeting.name},
            field="decision_no",
        )


def _closed_before(vote: Vote, counted: Tally | None) -> Vote:
    if vote.state == VoteState.CANCELLED or (counted and counted != vote.tally):
        raise Stale(_("Somebody else was faster: the vote was closed meanwhile. Nothing was overwritten."))
    return vote


def waiting(vote: Vote) -> list[User]:
    """Members in the hall whose vote has not been given, by name."""
    present = vote.item.meeting.attendances.filter(status=Attendance.Status.PRESENT)
    people = User.objects.filter(pk__in=present.values("person")).exclude(ballots__vote=vote)
    return list(people.order_by(turkish_order("full_name")))


def running(vote: Vote) -> Tally:
    """What has been cast so far in a vote by name."""
    choices = list(vote.ballots.values_list("choice", flat=True))
    return Tally(*(choices.count(choice) for choice in Ballot.Choice.values))


def _cast_votes(vote: Vote) -> Tally:
    if missing := waiting(vote):
        raise Invalid(
            _(
                "These members are present and have not voted: %(names)s. Enter their votes, or tick who left the hall."
            )
            % {"names": ", ".join(person.full_name for person in missing)}
        )
    return running(vote)


def _shown_hands(counted: Tally | None, hall: Hall) -> Tally:
    if counted is None:
        raise Invalid(_("Enter the votes that were counted."), field="in_favour")
    if counted.cast != hall.present:
        raise Invalid(
            _(
                "%(cast)s votes were counted, %(present)s members are in the hall. Count again, or correct the attendance."
            )
            % {"cast": counted.cast, "present": hall.present},
            field="in_favour",
        )
    return counted


def chair_ballot(vote: Vote) -> str:
    """Where the chair stands by the chair's own vote; empty when the chair did not vote by name."""
    chair = vote.item.meeting.attendances.filter(is_chair=True, status=Attendance.Status.PRESENT)
    ballot = vote.ballots.filter(person__in=chair.values("person")).first()
    return ballot.choice if ballot else ""


OUTCOMES = {
    (Motion.ADOPT, True): DraftState.ADOPTED,
    (Motion.ADOPT, False): DraftState.REJECTED,
    (Motion.RETURN, True): DraftState.RETURNED,
}


def _decide_draft(vote: Vote, result: Result, by: Any, now: dt.datetime) -> None:
    outcome = OUTCOMES.get((Motion(vote.motion), result.carried))
    if vote.item.draft and outcome:
        record_council_outcome(
            draft=vote.item.draft,
            outcome=outcome,
            objections=vote.objections,
            on=timezone.localdate(vote.item.meeting.opened_at),
            by=by,
            now=now,
        )


@service
def cancel_vote(*, vote: Vote, by: Any, now: dt.datetime, reason: str = "") -> Vote:
    """Break a vote off without a result; its ballots stay in the history. Cancelled twice is once."""
    vote = _locked_vote(vote)
    if vote.state != VoteState.CANCELLED:
        if not vote.is_open:
            raise Stale(
                _("Somebody else was faster: the vote was closed meanwhile. Nothing was overwritten.")
            )
        transition(vote, frm=VoteState.OPEN, to=VoteState.CANCELLED, closed_at=now)
    return vote
