"""What the first screen and the menu show of meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common import grants, turkish
from common.owed import Owed
from documents.files.places import Place
from institution.models import PlanPeriod
from meetings.models import Attendance, Meeting, MeetingFile, Vote
from meetings.presenters import ballots_of

PAST = 5


def cards(user: Any, period: PlanPeriod, now: dt.datetime) -> dict:
    """Votes open for this person, their next sitting of the council, the other meetings of this week
    with their marks (without any, the next one), past decisions."""
    today = timezone.localdate(now)
    monday = today - dt.timedelta(today.weekday())
    mine = Meeting.objects.visible_to(user).filter(period=period).with_body().with_marks()
    sitting = next_sitting(user, period, today)
    week = mine.standing().between(monday, monday + dt.timedelta(6)).order_by("starts_at")
    others = [meeting for meeting in week if meeting != sitting]
    upcoming = mine.ahead().filter(starts_at__gte=now).order_by("starts_at")
    return {
        "open_votes": open_votes(user),
        "sitting": sitting,
        "week": others,
        "next_meeting": None if others or sitting else upcoming.first(),
        "past_votes": past_votes(user),
    }


def places_of_files(user: Any, keys: list[int]) -> Iterator[tuple[int, Place]]:
    """The meetings whose documents the files are, of those that the person may see. One query."""
    held = MeetingFile.objects.filter(
        file__in=keys, removed_at=None, meeting__in=Meeting.objects.visible_to(user)
    )
    for one in held.select_related("meeting__body__kind"):
        folder = f"{one.meeting.name} ({turkish.date_short(one.meeting.day)})"
        url = reverse("meetings:meeting", args=[one.meeting_id])
        yield one.file_id, Place(folder, _("Documents of the meeting"), url)


def next_sitting(user: Any, period: PlanPeriod, today: dt.date) -> Meeting | None:
    """The first sitting from today on, with its agenda, of a council where the person votes or keeps the roll."""
    council = grants.bodies(user, "vote", "run_sittings")
    ahead = Meeting.objects.filter(period=period, body__in=council, starts_at__date__gte=today).ahead()
    return ahead.with_body().prefetch_related("items").order_by("starts_at").first()


def open_votes(user: Any) -> list[Vote]:
    """Votes by name that are open in a hall where the person is ticked present."""
    here = Attendance.objects.filter(person=user, status=Attendance.Status.PRESENT)
    return list(
        Vote.objects.open()
        .filter(
            method=Vote.Method.NAMED,
            item__meeting__in=here.values("meeting"),
            item__meeting__body__in=grants.bodies(user, "vote"),
        )
        .with_item()
        .prefetch_related(ballots_of(user))
    )


def owed(user: Any, period: PlanPeriod, today: dt.date) -> list[Owed]:
    """Open votes in which this person has not voted yet."""
    return [
        Owed(_("Cast your vote"), str(vote.item), reverse("meetings:vote", args=[vote.pk]), "vote", today)
        for vote in open_votes(user)
        if not vote.own  # type: ignore[attr-defined]  # ballots_of
    ]


def past_votes(user: Any) -> list[Vote]:
    """The last decisions of the bodies in which the person votes; `own` holds the person's ballot, if any."""
    return list(
        Vote.objects.decided()
        .filter(item__meeting__body__in=grants.bodies(user, "vote"))
        .with_item()
        .prefetch_related(ballots_of(user))
        .order_by("-closed_at")[:PAST]
    )
