"""What the pages of a meeting show, gathered with a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from common.decisions import Allowed, Decision, Denied, Invalid, first_denial
from common.workflow import Badge
from documents.drafts.models import DraftDecision
from documents.drafts.workflow import DraftState
from institution.models import User
from meetings import law, minutes, permissions, roll
from meetings.arithmetic import Hall, SideUnknown, Tally, decide
from meetings.models import AgendaItem, Ballot, Meeting, Vote
from meetings.services import voting
from meetings.workflow import MeetingState, VoteState


@dataclass(frozen=True)
class Row:
    """One line of the agenda."""

    item: AgendaItem
    badge: Badge
    votes: list[Vote]
    may_open: bool

    @property
    def is_current(self) -> bool:
        return any(vote.is_open for vote in self.votes)

    @property
    def outcome(self) -> str:
        """What the council made of the item's draft; empty while it did nothing."""
        decided = (DraftState.ADOPTED, DraftState.RETURNED, DraftState.REJECTED)
        return self.item.draft.state if self.item.draft and self.item.draft.state in decided else ""


@dataclass(frozen=True)
class Counting:
    """How an open vote stands, for those who run the sitting."""

    vote: Vote
    hall: Hall
    tally: Tally
    waiting: list[User]
    report: DraftDecision | None

    @property
    def preview(self) -> str:
        return minutes.preview(self.vote.method, self.hall.present, self.tally)

    @property
    def by_name(self) -> bool:
        return self.vote.method == Vote.Method.NAMED


def meeting_page(user: Any, meeting: Meeting, now: dt.datetime) -> dict:
    """Context of one meeting's page and of its fragments."""
    today = timezone.localdate(now)
    may_run = permissions.can_run(user, meeting)
    places = roll.of(meeting)
    begun = meeting.state != MeetingState.PLANNED and today >= meeting.day
    rules, hall, problem = _council(meeting, places) if begun else (None, None, "")
    rows = _agenda(meeting, bool(may_run), hall)
    open_votes = [vote for row in rows for vote in row.votes if vote.is_open]
    context = {
        "meeting": meeting,
        "places": places,
        "present": sum(place.is_present for place in places),
        "absent": sum(not place.is_present for place in places),
        "rules": rules,
        "hall": hall,
        "counted": _counted(meeting, places),
        "is_due": now >= meeting.starts_at,
        "problem": problem,
        "rows": rows,
        "open_vote": open_votes[0] if open_votes else None,
        "may_run": may_run,
        "may_plan": permissions.can_plan(user, meeting.period),
        "taking_attendance": begun
        and bool(may_run)
        and meeting.state in (MeetingState.CALLED, MeetingState.OPEN)
        and not problem,
        "acts": _acts(meeting, may_run, hall, problem, today),
    }
    if open_votes and may_run and hall:
        context["counting"] = counting(open_votes[0], hall)
    elif open_votes:
        context["may_vote"] = permissions.can_vote(user, open_votes[0])
        prefetch_related_objects(open_votes[:1], ballots_of(user))
    return context


def _counted(meeting: Meeting, places: list[roll.Place]) -> bool:
    """Whether the roll has been called: until somebody is ticked, nobody knows who is there."""
    return meeting.state != MeetingState.CALLED or any(place.is_present for place in places)


def _council(meeting: Meeting, places: list[roll.Place]) -> tuple[law.DatedLaw | None, Hall | None, str]:
    """The council's law and hall, or the sentence that says why they cannot be known."""
    if not meeting.of_council or meeting.state == MeetingState.CANCELLED:
        return None, None, ""
    try:
        rules = law.on(meeting.day)
        return rules, roll.hall(meeting, places, rules), ""
    except Invalid as missing:
        return None, None, str(missing.message)


def _acts(meeting: Meeting, may_run: Decision, hall: Hall | None, problem: str, today: dt.date) -> dict:
    """The acts of the page's head that the state offers, each with its decision."""
    known: Decision = Denied(problem) if problem else Allowed()
    offered: dict[str, Decision] = {}
    if meeting.state == MeetingState.CALLED:
        offered["open"] = first_denial(known, may_run, permissions.opening_allows(meeting, hall, today))
    if meeting.state == MeetingState.OPEN:
        offered["close"] = first_denial(may_run, permissions.closing_allows(meeting))
    if (
        hall
        and may_run
        and meeting.state in (MeetingState.CALLED, MeetingState.OPEN)
        and today >= meeting.day
    ):
        offered["adjourn"] = permissions.adjourning_allows(meeting, hall)
    return offered


def _agenda(meeting: Meeting, may_run: bool, hall: Hall | None) -> list[Row]:
    votable = may_run and bool(hall and hall.has_quorum) and meeting.state == MeetingState.OPEN
    items = list(meeting.items.select_related("draft__period").prefetch_related("votes"))
    busy = any(vote.is_open for item in items for vote in item.votes.all())
    rows = []
    for item in items:
        votes = [vote for vote in item.votes.all() if vote.state != VoteState.CANCELLED]
        for vote in votes:
            vote.item = item  # already read
        undecided = (
            item.draft.state == DraftState.AT_COUNCIL if item.draft else not (votes or item.is_opening)
        )
        rows.append(Row(item, _item_badge(meeting, item, votes), votes, votable and not busy and undecided))
    return rows


def _item_badge(meeting: Meeting, item: AgendaItem, votes: list[Vote]) -> Badge:
    if not votes:
        if item.is_opening and meeting.opened_at:
            return Badge(_("Done"), "idle", "check")
        if item.note or meeting.state == MeetingState.CLOSED:
            return Badge(_("Discussed"), "idle", "check")
        return Badge(_("To come"), "idle", "circle-dashed")
    vote = votes[-1]
    if vote.is_open:
        return Badge(_("Being voted on"), "info", "circle-dot")
    if vote.state == VoteState.LOST:
        return Badge(_("Not carried"), "stop", "circle-x")
    if vote.motion == Vote.Motion.RETURN:
        return Badge(_("Returned"), "stop", "corner-up-left")
    word = _("Carried unanimously") if vote.tally.unanimous else _("Carried by majority")
    return Badge(word, "ok", "circle-check")


def counting(vote: Vote, hall: Hall) -> Counting:
    """How an open vote stands; of a show of hands nothing is known before it is counted."""
    by_name = vote.method == Vote.Method.NAMED
    return Counting(
        vote=vote,
        hall=hall,
        tally=voting.running(vote) if by_name else Tally(0, 0, 0),
        waiting=voting.waiting(vote) if by_name else [],
        report=_commission_report(vote),
    )


def _commission_report(vote: Vote) -> DraftDecision | None:
    if not vote.item.draft_id:
        return None
    return DraftDecision.objects.filter(
        draft=vote.item.draft_id, kind=DraftDecision.Kind.COMMISSION_REPORT
    ).first()


def sentence(counting: Counting, tally: Tally, chair_side: str = "") -> dict:
    """The sentence that closing now would write, and what still keeps the vote from being closed."""
    vote, hall = counting.vote, counting.hall
    if not hall.has_quorum:
        return {"obstacle": str(permissions.counting_allows(hall).reason)}
    if tally.cast != hall.present:
        return {
            "obstacle": _("%(cast)s votes of %(present)s are counted.")
            % {"cast": tally.cast, "present": hall.present}
        }
    side = chair_side or voting.chair_ballot(vote)
    try:
        result = decide(tally, hall, side or None)
    except SideUnknown:
        return {"obstacle": _("The votes are equal. On which side is the chair?"), "ask_chair": True}
    article = law.on(vote.item.meeting.day).article
    return {"text": minutes.vote_sentence(vote, hall, tally, result, article), "carried": result.carried}


def ballots_of(user: User) -> Prefetch:
    """The person's ballot, if any, as `own` of each vote."""
    own = Ballot.objects.filter(person=user).select_related("entered_by")
    return Prefetch("ballots", own, to_attr="own")


def overwritten(ballot: Ballot | None) -> Any:
    """What the member had pressed before the clerk entered another vote for them, from the history; None for nothing."""
    if ballot is None or not ballot.was_entered:
        return None
    return ballot.history.filter(entered_by=ballot.person_id).order_by("-history_id").first()
