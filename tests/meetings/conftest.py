"""A council of 32 with the mayor, drafts before it, and sittings walked to any point."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone

from common.history import acting
from documents.drafts.models import DraftVersion
from documents.drafts.workflow import DraftState
from institution.models import User
from meetings import roll, services
from meetings.models import Attendance, Meeting, Vote
from tests.factories.base import BY, person, seat
from tests.once import once
from tests.personas import House

FULL = 32
NAMES = ["Ayşe Demirel", "Çiğdem Öztürk", "Işık İnce", "İbrahim Sarı", "Şükrü Turan", "Ümit Başar"]


def today_at(hour: int = 14, minute: int = 0, *, days: int = 0) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


@dataclass
class Council:
    """The council of a house with all its members; `now` is the sitting's hour today."""

    house: House
    members: list[User]
    now: dt.datetime

    def draft(self, state: str = DraftState.APPROVED, number: int = 1) -> DraftVersion:
        with acting(BY):
            return DraftVersion.objects.create(
                period=self.house.period,
                number=number,
                state=state,
                digest="0" * 64,
                frozen_at=self.now - dt.timedelta(days=20),
                frozen_by=self.house.officer,
            )

    def planned(self, *agenda, **changed) -> Meeting:
        values = {
            "body": self.house.council,
            "period": self.house.period,
            "starts_at": self.now,
            "place": "Meclis Salonu",
            "agenda": agenda or [("Yoklama ve açılış", None)],
            "by": self.house.officer,
            "now": self.now,
        }
        return services.plan_meeting(**values | changed)

    def called(self, *agenda, days_before: int = 5, **changed) -> Meeting:
        told = timezone.localdate(changed.get("starts_at", self.now)) - dt.timedelta(days_before)
        return self.planned(*agenda, **{"notified_on": min(told, timezone.localdate(self.now))} | changed)

    def seat_in_hall(self, meeting: Meeting, present: int) -> Meeting:
        """The chair first, then members by name, until so many are in the hall."""
        places = roll.of(meeting)
        if present > len(places) / 2:
            with acting(self.house.clerk, at=self.now):
                services.mark_all_present(meeting=meeting, by=self.house.clerk)
            self._mark(meeting, places[present:], Attendance.Status.ABSENT)
        else:
            self._mark(meeting, places[:present], Attendance.Status.PRESENT)
        return meeting

    def _mark(self, meeting: Meeting, places: list[roll.Place], status: str) -> None:
        for place in places:
            self.mark(meeting, place.person, status)

    def mark(
        self,
        meeting: Meeting,
        person: User,
        status: str = Attendance.Status.PRESENT,
        at: dt.datetime | None = None,
    ) -> None:
        """Recorded in the sitting's hour, whatever the hour of the test."""
        with acting(self.house.clerk, at=at or self.now):
            services.mark_attendance(meeting=meeting, person=person, status=status, by=self.house.clerk)

    def opened(self, *agenda, present: int = 27, **changed) -> Meeting:
        meeting = self.seat_in_hall(self.called(*agenda, **changed), present)
        return services.open_sitting(meeting=meeting, by=self.house.clerk, now=self.now)

    def vote(
        self, meeting: Meeting, *, item: int = 1, motion: str = "general", method: str = "hands", **more
    ) -> Vote:
        return services.open_vote(
            item=meeting.items.get(number=item),
            motion=motion,
            method=method,
            by=self.house.clerk,
            now=self.now,
            **more,
        )

    def cast(self, vote: Vote, in_favour: int, against: int = 0, abstaining: int = 0) -> None:
        """Members in the hall vote in the order of the roll; the chair is the first."""
        there = [p.person for p in roll.of(vote.item.meeting) if p.is_present]
        choices = ["for"] * in_favour + ["against"] * against + ["abstain"] * abstaining
        for member, choice in zip(there, choices, strict=False):
            services.cast(vote=vote, choice=choice, by=member, now=self.now)

    def close(self, vote: Vote, **more) -> Vote:
        return services.close_vote(vote=vote, by=self.house.clerk, now=self.now, **more)


def fill(house: House) -> Council:
    names = [*NAMES, *(f"Üye {n:02}" for n in range(1, FULL - 1 - len(NAMES)))]
    members = [house.mayor, house.council_member]
    for name in names:
        members.append(person(name))
        seat(house.council, members[-1])
    return Council(house, members, today_at())


@pytest.fixture
def council(house) -> Council:
    return once("council", lambda: fill(house))


INSIDERS = [
    "officer",
    "mayor",
    "council_member",
    "clerk",
    "inspector",
    "rapporteur",
    "team_member",
    "sysadmin",
]


def at(name, thing):
    """The address of a page about this thing."""
    return reverse(f"meetings:{name}", args=[thing.pk])


@pytest.fixture
def sitting(council) -> Meeting:
    """Open, 27 of 32 in the hall, a draft as its second item."""
    return once(
        "sitting",
        lambda: council.opened(("Yoklama ve açılış", None), ("Kabul", council.draft()), present=27),
    )


@pytest.fixture
def clerk_page(house, enter):
    return enter(house.clerk)
