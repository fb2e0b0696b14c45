"""Planning a meeting, its agenda, and calling it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from common import turkish
from common.decisions import Invalid, insist
from common.history import Stale, service, transition
from documents.drafts.models import DraftVersion
from documents.drafts.services import put_before_council
from documents.drafts.workflow import DraftState
from institution.models import Body, PlanPeriod
from institution.roles import Kind
from meetings import law, permissions
from meetings.models import AgendaItem, Meeting
from meetings.services.guard import locked
from meetings.workflow import MEETING, MeetingState

# Which drafts wait for a body: the state in which they are its business.
AWAITING = {
    Kind.PLANNING_TEAM: (DraftState.FROZEN,),
    Kind.MANAGEMENT: (DraftState.ENDORSED,),
    Kind.COUNCIL: (DraftState.APPROVED, DraftState.AT_COUNCIL),
}


@service
def plan_meeting(
    *,
    body: Body,
    period: PlanPeriod,
    starts_at: dt.datetime,
    place: str,
    by: Any,
    now: dt.datetime,
    title: str = "",
    agenda: Sequence[tuple[str, DraftVersion | None]] = (),
    notified_on: dt.date | None = None,
) -> Meeting:
    """A meeting of the body with its agenda: (item, draft or None) in order; the title is made where
    none is given. With `notified_on` it is called at once. The same body at the same time is planned once.

    Raises Invalid for a day that has passed, a closed period, or a draft that is not before the body.
    """
    insist(permissions.period_allows(period))
    numbering(body)
    if twin := Meeting.objects.ahead().filter(body=body, starts_at=starts_at).first():
        return twin  # the same form sent twice
    meeting = Meeting(
        body=body,
        period=period,
        title=title.strip() or title_of(body, period, starts_at),
        sitting_no=next_sitting(body, period, starts_at),
        starts_at=starts_at,
        place=place.strip(),
    )
    _check(meeting, now)
    meeting.save()
    for number, (text, draft) in enumerate(agenda, start=1):
        _check_draft(meeting, draft)
        AgendaItem(meeting=meeting, number=number, title=text, draft=draft).save()
    if notified_on:
        return call_meeting(meeting=meeting, notified_on=notified_on, by=by, now=now)
    return meeting


def title_of(body: Body, period: PlanPeriod, starts_at: dt.datetime) -> str:
    """``Eylül 2024 olağan toplantısı`` for the council, ``Üst Yönetim, 3. toplantı`` for others; data, so Turkish."""
    day = timezone.localdate(starts_at)
    if body.kind.code == Kind.COUNCIL:
        return f"{turkish.date_day(day, 'tr').split()[1]} {day.year} olağan toplantısı"
    return f"{body.name}, {next_sitting(body, period, starts_at)}. toplantı"


def next_sitting(body: Body, period: PlanPeriod, starts_at: dt.datetime) -> int:
    """Of the council, within its meeting of the month; of another body, within the period."""
    before = Meeting.objects.standing().filter(body=body)
    if body.kind.code == Kind.COUNCIL:
        day = timezone.localdate(starts_at)
        before = before.filter(starts_at__year=day.year, starts_at__month=day.month)
    else:
        before = before.filter(period=period)
    return (before.aggregate(last=Max("sitting_no"))["last"] or 0) + 1


@service
def change_meeting(
    *, meeting: Meeting, starts_at: dt.datetime, place: str, title: str, by: Any, now: dt.datetime
) -> Meeting:
    """Day, place and title, while the meeting is only planned."""
    meeting = _planned(meeting)
    wanted = {"starts_at": starts_at, "place": place.strip(), "title": title.strip() or meeting.title}
    if all(getattr(meeting, name) == value for name, value in wanted.items()):
        return meeting
    month = _month(meeting.starts_at)
    for name, value in wanted.items():
        setattr(meeting, name, value)
    _check(meeting, now)
    if meeting.of_council and _month(starts_at) != month:  # sittings are numbered within their month
        numbering(meeting.body)
        meeting.sitting_no = next_sitting(meeting.body, meeting.period, starts_at)
    meeting.save()
    return meeting


def _month(at: dt.datetime) -> tuple[int, int]:
    day = timezone.localdate(at)
    return day.year, day.month


def numbering(body: Body) -> None:
    """On PostgreSQL those who number meetings of one body wait for each other here."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)


@service
def add_item(*, meeting: Meeting, title: str, by: Any, draft: DraftVersion | None = None) -> AgendaItem:
    """One more item at the end of the agenda of a planned meeting; the same one twice is one."""
    meeting = _planned(meeting)
    if not title.strip():
        raise Invalid(_("Write what the item is about."), field="title")
    if same := meeting.items.filter(title=title.strip(), draft=draft).first():
        return same
    _check_draft(meeting, draft)
    item = AgendaItem(meeting=meeting, number=meeting.items.count() + 1, title=title.strip(), draft=draft)
    item.save()
    return item


@service
def remove_item(*, item: AgendaItem, by: Any) -> None:
    """Take an item off the agenda of a planned meeting; the later ones move up."""
    meeting = _planned(item.meeting)
    if (present := meeting.items.filter(pk=item.pk).first()) is None:
        return  # pressed twice: it is gone, as was asked
    later = list(meeting.items.filter(number__gt=present.number))
    present.delete()
    for follower in later:
        follower.number -= 1
        follower.save(update_fields=["number"])


@service
def move_item(*, item: AgendaItem, step: int, by: Any) -> None:
    """One place up (-1) or down (1) on the agenda of a planned meeting.

    Nothing happens at its end, or when the item has another number meanwhile than the one given:
    the press was repeated, or somebody else was first.
    """
    meeting = _planned(item.meeting)
    seen, item = item.number, _of(meeting, item)
    if item.number != seen:
        return
    other = meeting.items.filter(number=item.number + step).first()
    if other is None:
        return
    place = item.number
    item.number = 0  # out of the way: two items never have one number
    item.save(update_fields=["number"])
    other.number, item.number = place, place + step
    other.save(update_fields=["number"])
    item.save(update_fields=["number"])


@service
def note_item(*, item: AgendaItem, note: str, by: Any) -> AgendaItem:
    """What the minutes say of an item, while the meeting is open."""
    meeting = locked(item.meeting)
    if meeting.state != MeetingState.OPEN:
        raise Invalid(_("Notes for the minutes are written while the meeting is open."))
    item = _of(meeting, item)
    if item.note != note.strip():
        item.note = note.strip()
        item.save(update_fields=["note"])
    return item


@service
def call_meeting(*, meeting: Meeting, notified_on: dt.date, by: Any, now: dt.datetime) -> Meeting:
    """The agenda is fixed and the members were told of it on that day; approved drafts on the
    council's agenda are before the council from now on.

    Raises Invalid for an empty agenda, for notice shorter than the law wants, and in a month in
    which a repeated sitting failed. Called twice, it is called once.
    """
    meeting = locked(meeting)
    if meeting.state == MeetingState.CALLED and meeting.notified_on == notified_on:
        return meeting
    insist(permissions.period_allows(meeting.period))
    rules = law.on(meeting.day)
    insist(
        permissions.call_allows(
            meeting,
            notified_on,
            timezone.localdate(now),
            notice_days=rules.notice_days,
            article=rules.articles["notice_days"],
        ),
        field="notified_on",
    )
    items = list(meeting.items.select_related("draft__period"))
    if not items:
        raise Invalid(_("The agenda is empty. Write at least one item."), field="agenda")
    _check_month(meeting, rules)
    transition(
        meeting, frm=MeetingState.PLANNED, to=MeetingState.CALLED, notified_on=notified_on, called_at=now
    )
    for item in items:
        if item.draft:
            _check_draft(meeting, item.draft)
            if meeting.of_council:
                put_before_council(draft=item.draft, by=by, now=now)
    return meeting


@service
def call_off(*, meeting: Meeting, by: Any, reason: str = "") -> Meeting:
    """Call a planned or called meeting off; its agenda and history stay."""
    meeting = locked(meeting)
    if meeting.state != MeetingState.CANCELLED:
        MEETING.check(meeting.state, MeetingState.CANCELLED)
        transition(meeting, frm=meeting.state, to=MeetingState.CANCELLED)
    return meeting


def _of(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """The item as it stands now."""
    there = meeting.items.select_related("draft").filter(pk=item.pk).first()
    if there is None:
        raise Stale(_("Somebody else took this item off the agenda meanwhile."))
    return there


def _planned(meeting: Meeting) -> Meeting:
    meeting = locked(meeting)
    insist(permissions.period_allows(meeting.period))
    if meeting.state != MeetingState.PLANNED:
        raise Invalid(_("The meeting has been called; its day and its agenda stand."))
    return meeting


def _check(meeting: Meeting, now: dt.datetime) -> None:
    if meeting.body.period_id not in (None, meeting.period_id):
        raise Invalid(_("This body belongs to another plan period."), field="body")
    if not meeting.place:
        raise Invalid(_("Write where the meeting is held."), field="place")
    if meeting.day < timezone.localdate(now):
        raise Invalid(_("This day has passed. Choose today or a later day."), field="day")


def _check_draft(meeting: Meeting, draft: DraftVersion | None) -> None:
    if draft is None:
        return
    waiting = AWAITING.get(Kind(meeting.body.kind.code), ())
    if draft.period_id != meeting.period_id or draft.state not in waiting:
        raise Invalid(
            _("Draft %(n)s stands at “%(state)s”; it is not before this body.")
            % {"n": draft.number, "state": draft.badge.label},
            field="drafts",
        )
    elsewhere = AgendaItem.objects.filter(draft=draft, meeting__in=Meeting.objects.ahead()).exclude(
        meeting=meeting
    )
    if there := elsewhere.select_related("meeting__body__kind").first():
        raise Invalid(
            _("Draft %(n)s already stands on the agenda of “%(meeting)s”.")
            % {"n": draft.number, "meeting": there.meeting.name},
            field="drafts",
        )


def _check_month(meeting: Meeting, rules: law.DatedLaw) -> None:
    """A repeated sitting without quorum ends the council's meeting of that month."""
    failed = Meeting.objects.filter(
        body=meeting.body,
        state=MeetingState.ADJOURNED,
        repeats__isnull=False,
        starts_at__year=meeting.day.year,
        starts_at__month=meeting.day.month,
    )
    if meeting.of_council and failed.exists():
        raise Invalid(
            _(
                "The repeated sitting had no quorum either; the council is not called again this month (%(article)s)."
            )
            % {"article": rules.articles["repeat_quorum"]},
            field="day",
        )
