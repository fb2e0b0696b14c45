"""Many at once on one sitting..."""

from __future__ import annotations

from collections import Counter

import pytest

from common.decisions import Invalid
from common.history import Stale
from documents.drafts.workflow import DraftState
from meetings import roll, services
from meetings.arithmetic import Tally
from meetings.models import Attendance, Ballot, Meeting, Vote
from meetings.workflow import VoteState
from tests.together import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sitting(council):
    return council.opened(("Yoklama ve açılış", None), ("Kabul", council.draft()), present=32)


def test_every_member_votes_three_times_and_the_last_press_counts(council, sitting):
    """32 members press for, against, abstain at once: one ballot each, every change with its trace."""
    vote = council.vote(sitting, item=2, motion="adopt", method="named")
    members = [place.person for place in roll.of(sitting)]

    def press(member):
        def three():
            for choice in ("for", "against", "abstain"):
                services.cast(vote=vote, choice=choice, by=member, now=council.now)

        return three

    for group in (members[:11], members[11:22], members[22:]):
        assert failures(at_once(*(press(member) for member in group))) == []
    assert Counter(Ballot.objects.values_list("choice", flat=True)) == {"abstain": 32}
    assert Ballot.history.count() == 3 * 32


def test_one_member_pressing_on_two_phones_has_one_ballot(council, sitting):
    vote = council.vote(sitting, method="named")
    member = council.members[1]

    def press(choice):
        return lambda: services.cast(vote=vote, choice=choice, by=member, now=council.now)

    assert failures(at_once(*(press(choice) for choice in ["for", "against"] * 5))) == []
    assert Ballot.objects.count() == 1


def test_eight_clerks_closing_one_vote_make_one_result(council, sitting):
    vote = council.vote(sitting, item=2, motion="adopt")
    answers = at_once(*(lambda: council.close(vote, counted=Tally(30, 1, 1)) for _ in range(8)))
    assert failures(answers) == []
    assert {answer.sentence for answer in answers} == {Vote.objects.get().sentence}
    assert Vote.history.filter(state=VoteState.CARRIED).count() == 1
    draft = sitting.items.get(number=2).draft
    assert draft.history.filter(state=DraftState.ADOPTED).count() == 1


def test_two_clerks_with_different_counts_leave_the_first_and_tell_the_second(council, sitting):
    vote = council.vote(sitting)
    counts = [Tally(32 - n, n, 0) for n in range(6)]
    answers = at_once(*(lambda c=c: council.close(vote, counted=c) for c in counts))
    assert [type(error) for error in failures(answers)] == [Stale] * 5
    vote.refresh_from_db()
    assert vote.tally in counts
    assert Vote.history.exclude(state=VoteState.OPEN).count() == 1


def test_a_vote_cast_while_it_closes_is_counted_or_refused_and_never_lost(council, sitting):
    vote = council.vote(sitting, method="named")
    council.cast(vote, 32)
    late = council.members[5]
    change, close = at_once(
        lambda: services.cast(vote=vote, choice="against", by=late, now=council.now),
        lambda: council.close(vote),
    )
    assert not isinstance(close, Exception)
    vote.refresh_from_db()
    counted = Tally(31, 1, 0) if isinstance(change, Ballot) else Tally(32, 0, 0)
    assert isinstance(change, (Ballot, Invalid))
    assert vote.tally == counted
    assert vote.ballots.filter(choice="against").count() == counted.against


def test_a_member_leaving_while_the_vote_opens_leaves_no_vote_without_quorum(council, house):
    meeting = council.opened(present=17)
    opened, left = at_once(
        lambda: council.vote(meeting),
        lambda: council.mark(meeting, house.mayor, Attendance.Status.ABSENT),
    )
    assert left is None
    if isinstance(opened, Vote):  # it was first: it stays open and cannot be closed
        with pytest.raises(Invalid):
            council.close(opened, counted=Tally(16, 0, 0))
    else:
        assert isinstance(opened, Invalid)
        assert not Vote.objects.exists()


def test_two_votes_are_never_open_together(council, sitting):
    answers = at_once(lambda: council.vote(sitting), lambda: council.vote(sitting, item=2, motion="adopt"))
    assert [type(error) for error in failures(answers)] == [Invalid]
    assert Vote.objects.count() == 1


def test_a_sitting_opened_closed_and_called_many_times_moves_once(council):
    meeting = council.seat_in_hall(council.called(), 20)
    open_it = lambda: services.open_sitting(meeting=meeting, by=council.house.clerk, now=council.now)  # noqa: E731
    assert failures(at_once(*[open_it] * 6)) == []
    close_it = lambda: services.close_sitting(meeting=meeting, by=council.house.clerk, now=council.now)  # noqa: E731
    assert failures(at_once(*[close_it] * 6)) == []
    states = list(
        Meeting.history.filter(id=meeting.pk).order_by("history_id").values_list("state", flat=True)
    )
    assert states == ["planned", "called", "open", "closed"]
    assert meeting.attendances.count() == 32


def test_a_form_sent_six_times_plans_one_meeting(council):
    assert failures(at_once(*(council.planned for _ in range(6)))) == []
    assert Meeting.objects.count() == 1
