"""The roll of a meeting: who belongs there on its day, who is in the hall, what the law makes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from committees.models import Term
from common.decisions import Invalid
from common.turkish import sort_key
from institution.models import Body, User
from institution.roles import Kind, Role
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
    for_name: str = ""

    @property
    def is_present(self) -> bool:
        return self.status == Status.PRESENT

    @property
    def remark(self) -> str:
        """What stands at the right of the name: the chair's part, for whom, or why somebody is away."""
        if self.status in (Status.LEAVE, Status.EXCUSED):
            return str(Status(self.status).label)
        part = str(Role.CHAIR.label) if self.is_chair else ""
        stands_in = _("for %(holder)s") % {"holder": self.for_name} if self.for_name else ""
        return ", ".join(filter(None, [part, stands_in]))


def of(meeting: Meeting) -> list[Place]:
    """Chair first, then by name. Until the sitting opens the seats of its day make the roll, from
    then on what was recorded. Two queries."""
    recorded = {a.person_id: a for a in meeting.attendances.select_related("person")}
    if meeting.state in (MeetingState.PLANNED, MeetingState.CALLED):
        places = [
            replace(place, status=recorded[place.person.pk].status) if place.person.pk in recorded else place
            for place in members(meeting.body, meeting.day)
        ]
    else:
        places = [Place(a.person, a.is_chair, a.status, a.for_name) for a in recorded.values()]
    return sorted(places, key=lambda p: (not p.is_chair, sort_key(p.person.full_name)))


@dataclass(frozen=True)
class Move:
    """Somebody came into the hall or left it after the opening; `status` is what the clerk ticked."""

    at: dt.datetime
    status: str

    @property
    def is_present(self) -> bool:
        return self.status == Status.PRESENT


def moves(meeting: Meeting) -> dict[int, list[Move]]:
    """By person, who came and left after the opening, in order, from the history. A tick that was
    taken back within its minute was a slip, and a reason entered later belongs to the leaving. One query."""
    if meeting.opened_at is None:
        return {}
    ticks = Attendance.history.filter(meeting_id=meeting.pk).order_by("history_id")
    before: dict[int, bool] = {}
    after: dict[int, list[Move]] = {}
    for person, status, at in ticks.values_list("person_id", "status", "history_date"):
        if at <= meeting.opened_at:
            before[person] = status == Status.PRESENT
        else:
            after.setdefault(person, []).append(Move(at, status))
    return {p: kept for p, ticked in after.items() if (kept := _kept(ticked, before.get(p, False)))}


def _kept(ticks: list[Move], there: bool) -> list[Move]:
    kept: list[Move] = []
    for tick in {t.at.replace(second=0, microsecond=0): t for t in ticks}.values():
        if tick.is_present != there:
            kept.append(tick)
            there = tick.is_present
        elif kept and not there:
            kept[-1] = replace(kept[-1], status=tick.status)
    return kept


def members(body: Body, day: dt.date) -> list[Place]:
    """Who acts for the seats on the day, and who chairs: a delegate while the delegation lasts.

    In the council, whose members vote in person, every seat stays its holder's, and who stands in for
    the chair chairs from their own. Who acts for two seats has one place. A clerk is no member.
    """
    seats = holdings_of(body).on(day).exclude(role=Role.CLERK).select_related("person", "delegate")
    in_person = body.kind.code == Kind.COUNCIL
    holders = {seat.person_id for seat in seats}
    found = []
    for seat in seats:
        chairs = seat.role == Role.CHAIR
        stands_in = seat.delegated_on(day) and (not in_person or seat.delegate_id in holders)
        if stands_in:
            found.append(Place(seat.delegate, chairs, for_name=seat.person.full_name))
        if in_person or not stands_in:
            found.append(Place(seat.person, chairs and not stands_in))
    places: dict[User, Place] = {}
    for place in sorted(found, key=lambda p: (not p.is_chair, p.for_name != "")):
        places.setdefault(place.person, place)
    return list(places.values())


def chairs(user: User, body: Body, day: dt.date) -> bool:
    return any(place.is_chair and place.person == user for place in members(body, day))


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
