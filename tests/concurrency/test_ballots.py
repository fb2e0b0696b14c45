"""Sixty members vote at once: every change is kept, the last one counts, nobody sees how it stands."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import services as committees
from common.turkish import date_short
from meetings import services
from meetings.arithmetic import Tally
from meetings.models import Ballot, Meeting, Vote
from tests.concurrency.conftest import Door
from tests.factories.base import BY, days_ago, person, seat
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS, TOGETHER = 60, 20
CHOICES = ("for", "against", "abstain")


@pytest.fixture
def members(house):
    council = [house.mayor, house.council_member]
    committees.change_term(term=house.council.terms.get(), full_membership=MEMBERS, ends_on=None, by=BY)
    while len(council) < MEMBERS:
        council.append(person(password=None))
        seat(house.council, council[-1])
    return council


@pytest.fixture
def vote(house, members) -> Vote:
    """By name, open, with every member in the hall."""
    now = timezone.now()
    meeting = services.plan_meeting(
        body=house.council,
        period=house.period,
        starts_at=now,
        place="Meclis Salonu",
        agenda=[("Faaliyet raporunun görüşülmesi", None)],
        notified_on=days_ago(4),
        by=house.officer,
        now=now,
    )
    services.mark_all_present(meeting=meeting, by=house.clerk)
    services.open_sitting(meeting=meeting, by=house.clerk, now=now)
    item = meeting.items.get()
    return services.open_vote(item=item, motion="general", method="named", by=house.clerk, now=now)


def sheet(vote: Vote, name: str = "cast") -> str:
    return reverse(f"meetings:{name}", args=[vote.pk])


def shown(door: Door, who, path: str) -> str:
    """A page without what differs each time it is asked for."""
    answer = door.get(who, path)
    assert answer.status == 200, path
    return re.sub(r'"[A-Za-z0-9]{64}"|nonce="[^"]*"', "", answer.text)


def test_of_sixty_members_with_three_tries_each_the_last_counts(door: Door, house, members, vote):
    *voters, waits = members
    pages = [sheet(vote, "vote"), reverse("meetings:meeting", args=[vote.item.meeting_id])]
    before = [shown(door, waits, path) for path in pages]

    def tries(place: int):
        """One member's three presses, one after the other: the last is another one for each third."""
        client, wanted = door.client(voters[place]), [CHOICES[(place + n) % 3] for n in range(3)]
        return lambda: [client.post(sheet(vote), {"choice": choice}).status_code for choice in wanted]

    for first in range(0, len(voters), TOGETHER):
        group = range(first, min(first + TOGETHER, len(voters)))
        assert at_once(*(tries(place) for place in group)) == [[302] * 3] * len(group)

    last = Counter(CHOICES[(place + 2) % 3] for place in range(len(voters)))
    assert Ballot.history.count() == 3 * len(voters)
    assert Counter(Ballot.objects.values_list("choice", flat=True)) == last
    # Who has yet to vote sees the pages of an hour ago; the clerk's are not for members.
    assert [shown(door, waits, path) for path in pages] == before
    assert {door.get(waits, sheet(vote, name)).status for name in ("ballots", "close_vote")} == {403}
    history = reverse("history", args=["meetings", "vote", vote.pk])
    assert door.get(waits, history).status == 404

    assert door.post(waits, sheet(vote), {"choice": "for"}).status == 302
    closed = door.all_at_once(*[(house.clerk, sheet(vote, "close_vote"), {"decision_no": "2026/7"})] * 8)
    assert {a.status for a in closed} == {302}
    last["for"] += 1
    vote.refresh_from_db()
    assert vote.tally == Tally(last["for"], last["against"], last["abstain"])
    assert vote.history.exclude(state="open").count() == 1


def test_of_three_presses_of_one_member_together_the_last_written_counts(door: Door, members, vote):
    for member in members[:8]:
        answers = door.all_at_once(*((member, sheet(vote), {"choice": choice}) for choice in CHOICES))
        assert {a.status for a in answers} == {302}
        ballot = Ballot.objects.get(person=member)
        lines = ballot.history.order_by("history_id").values_list("choice", flat=True)
        assert sorted(lines) == sorted(CHOICES)
        assert ballot.choice == list(lines)[-1]


def test_a_ballot_that_meets_the_close_is_counted_or_refused(door: Door, house, members, vote):
    for member in members:
        services.cast(vote=vote, choice="for", by=member, now=timezone.now())
    late = members[1 : 1 + 8]
    door.all_at_once(
        (house.clerk, sheet(vote, "close_vote"), {"decision_no": ""}),
        *((member, sheet(vote), {"choice": "against"}) for member in late),
    )
    vote.refresh_from_db()
    standing = Counter(Ballot.objects.values_list("choice", flat=True))
    assert vote.state == "carried"
    assert vote.tally == Tally(standing["for"], standing["against"], 0)
    minutes = [line for line in (vote.sentence,) if f"{standing['for']} kabul" in line]
    assert minutes


def test_of_decisions_closed_at_once_no_two_have_one_number(door: Door, house, vote):
    """A show of hands on each of two sittings of the day, closed under the same number."""
    now = timezone.now()
    other = services.plan_meeting(
        body=house.council,
        period=house.period,
        starts_at=now + timezone.timedelta(minutes=1),
        place="Meclis Salonu",
        agenda=[("Başka bir konu", None)],
        notified_on=days_ago(4),
        by=house.officer,
        now=now,
    )
    services.cancel_vote(vote=vote, by=house.clerk, now=now)
    services.mark_all_present(meeting=other, by=house.clerk)
    services.open_sitting(meeting=other, by=house.clerk, now=now)
    votes = [
        services.open_vote(item=item, motion="general", method="hands", by=house.clerk, now=now)
        for item in (vote.item, other.items.get())
    ]
    counted = {"in_favour": MEMBERS, "against": 0, "abstaining": 0, "decision_no": "2026/7"}
    answers = door.all_at_once(*((house.clerk, sheet(v, "close_vote"), counted) for v in votes))
    assert sorted(a.status for a in answers) == [302, 422]
    assert Vote.objects.filter(decision_no="2026/7").count() == 1
    refused = next(a for a in answers if a.status == 422)
    assert "2026/7 sayılı karar" in refused.text


def test_meetings_planned_at_once_are_numbered_one_after_the_other(door: Door, house):
    """Eight sittings of the council in one month, and eight of the team in the period."""
    day = {"day": date_short(days_ago(0)), "place": "Salon", "agenda": "Açılış", "act": "plan"}
    told = {"notified_on": date_short(days_ago(4))}
    for body in (house.council, house.team):
        path = reverse("meetings:new") + f"?body={body.pk}"
        forms = [day | told | {"time": f"23.{minute:02}"} for minute in range(8)]
        answers = door.all_at_once(*((house.officer, path, form) for form in forms))
        assert {a.status for a in answers} == {302}
        numbers = Meeting.objects.filter(body=body).values_list("sitting_no", flat=True)
        assert sorted(numbers) == list(range(1, 9))
