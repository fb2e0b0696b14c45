"""The roll of a meeting: who belongs there on its day, who is in the hall, what the law makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.models import Term
from common.decisions import Invalid
from common.turkish import sort_key
from institution.models import Body, User
from institution.roles import Role
from meetings import law
from meetings.arithmetic import Hall
from meetings.models import Attendance, Meeting
from meetings.workflow import MeetingState
from teams.querysets import holdings_of

Status = Attendance.Status


@dataclass(frozen=True)
class Place:
    """One line of the roll."""

    person: User
    is_chair: bool
    status: str = Status.ABSENT

    @property
    def is_present(self) -> bool:
        return self.status == Status.PRESENT

    @property
    def remark(self) -> str:
        """What stands at the right of the name: the chair's part, or why somebody is away."""
        if self.status in (Status.LEAVE, Status.EXCUSED):
            return str(Status(self.status).label)
        return str(Role.CHAIR.label) if self.is_chair else ""


def of(meeting: Meeting) -> list[Place]:
    """Chair first, then by name. Until the sitting opens the seats of its day make the roll, from
    then on what was recorded. Two queries."""
    recorded = {a.person_id: a for a in meeting.attendances.select_related("person")}
    if meeting.state in (MeetingState.PLANNED, MeetingState.CALLED):
        places = [
            Place(person, is_chair, recorded[person.pk].status if person.pk in recorded else Status.ABSENT)
            for person, is_chair in members(meeting.body, meeting.day)
        ]
    else:
        places = [Place(a.person, a.is_chair, a.status) for a in recorded.values()]
    return sorted(places, key=lambda p: (not p.is_chair, sort_key(p.person.full_name)))


def members(body: Body, day: dt.date) -> list[tuple[User, bool]]:
    """Who acts for each seat on the day (a delegate while the delegation lasts), and who chairs.
    A clerk serves the body and is no member of it."""
    holdings = holdings_of(body).on(day).exclude(role=Role.CLERK).select_related("person", "delegate")
    return [(h.delegate if h.delegated_on(day) else h.person, h.role == Role.CHAIR) for h in holdings]


def chairs(user: User, body: Body, day: dt.date) -> bool:
    return any(is_chair and person == user for person, is_chair in members(body, day))


def full_membership(meeting: Meeting) -> int:
    """Of the council on the sitting's day. Raises Invalid where no term runs on it."""
    if meeting.full_membership:
        return meeting.full_membership
    term = Term.objects.during(meeting.day, meeting.day).filter(body=meeting.body).first()
    if term is None:
        raise Invalid(_("No term of the council with its full membership is recorded for this day."))
    return term.full_membership


def hall(meeting: Meeting, places: list[Place] | None = None, rules: law.DatedLaw | None = None) -> Hall:
    """The council's hall now, by the law of the sitting's day."""
    if places is None:
        present = meeting.attendances.filter(status=Status.PRESENT).count()
    else:
        present = sum(place.is_present for place in places)
    rules = rules or law.on(meeting.day)
    return Hall(full_membership(meeting), present, rules.counts, meeting.is_repeat)
