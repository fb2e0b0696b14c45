"""Calling a meeting..."""

import datetime as dt

import pytest
from django.utils import timezone

from common.decisions import Invalid
from common.workflow import IllegalMove
from documents.drafts.workflow import DraftState
from institution.workflow import PeriodState
from meetings import services
from meetings.models import AgendaItem, Meeting
from meetings.workflow import MeetingState
from tests.factories.base import BY

pytestmark = pytest.mark.django_db


def titles(meeting):
    return [(item.number, item.title) for item in meeting.items.all()]


def test_plans_a_sitting_with_its_agenda_and_a_title_of_its_month(council):
    meeting = council.planned(("Yoklama ve açılış", None), ("Kapanış", None))
    assert meeting.state == MeetingState.PLANNED
    assert meeting.title.endswith(f"{meeting.day.year} olağan toplantısı")
    assert titles(meeting) == [(1, "Yoklama ve açılış"), (2, "Kapanış")]


def test_plans_one_meeting_for_one_form_sent_twice(council):
    assert council.planned() == council.planned()
    assert Meeting.objects.count() == 1


def test_counts_the_councils_sittings_within_the_month_and_others_within_the_period(council):
    first, second = council.planned(), council.planned(starts_at=council.now + dt.timedelta(hours=2))
    assert (first.sitting_no, second.sitting_no) == (1, 2)
    team = council.planned(body=council.house.team, title="")
    assert team.title == "Stratejik Planlama Ekibi, 1. toplantı"
    assert team.name == team.title


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"place": " "}, "place"), ({"days": -1}, "day")],
)
def test_refuses_a_meeting_without_a_place_or_on_a_day_that_has_passed(council, changed, field):
    if days := changed.pop("days", 0):
        changed["starts_at"] = council.now + dt.timedelta(days)
    with pytest.raises(Invalid) as refused:
        council.planned(**changed)
    assert refused.value.field == field
    assert Meeting.objects.count() == 0


def test_plans_nothing_in_a_closed_period(council):
    council.house.period.state = PeriodState.CLOSED
    with pytest.raises(Invalid):
        council.planned()


def test_moves_adds_and_removes_items_while_planned(council):
    meeting = council.planned(("a", None), ("b", None), ("c", None))
    one, two, three = meeting.items.all()
    services.move_item(item=three, step=-1, by=BY)
    assert titles(meeting) == [(1, "a"), (2, "c"), (3, "b")]
    services.move_item(item=one, step=-1, by=BY)  # nowhere to go
    services.remove_item(item=one, by=BY)
    assert titles(meeting) == [(1, "c"), (2, "b")]
    assert services.add_item(meeting=meeting, title=" d ", by=BY) == services.add_item(
        meeting=meeting, title="d", by=BY
    )
    assert titles(meeting) == [(1, "c"), (2, "b"), (3, "d")]


def test_fixes_day_and_agenda_with_the_call(council):
    meeting = council.called()
    for write in (
        lambda: services.add_item(meeting=meeting, title="Son anda", by=BY),
        lambda: services.remove_item(item=meeting.items.get(), by=BY),
        lambda: services.change_meeting(
            meeting=meeting, starts_at=council.now, place="Başka yer", title="", by=BY, now=council.now
        ),
    ):
        with pytest.raises(Invalid):
            write()


@pytest.mark.parametrize("days_before", [0, 1, 2])
def test_refuses_a_call_of_the_council_with_less_than_three_days_notice(council, days_before):
    with pytest.raises(Invalid, match="5393 md. 21") as refused:
        council.called(days_before=days_before)
    assert refused.value.field == "notified_on"
    assert Meeting.objects.count() == 0  # nothing half done


def test_accepts_three_days_notice_and_none_for_other_bodies(council):
    assert council.called(days_before=3).state == MeetingState.CALLED
    meeting = council.planned(body=council.house.team)
    today = timezone.localdate(council.now)
    assert (
        services.call_meeting(meeting=meeting, notified_on=today, by=BY, now=council.now).notified_on == today
    )


def test_refuses_notice_on_a_day_still_to_come_and_an_empty_agenda(council):
    far = council.planned(starts_at=council.now + dt.timedelta(days=30))
    tomorrow = timezone.localdate(council.now) + dt.timedelta(1)
    with pytest.raises(Invalid):
        services.call_meeting(meeting=far, notified_on=tomorrow, by=BY, now=council.now)
    services.remove_item(item=far.items.get(), by=BY)
    with pytest.raises(Invalid) as refused:
        services.call_meeting(
            meeting=far, notified_on=timezone.localdate(council.now), by=BY, now=council.now
        )
    assert refused.value.field == "agenda"


def test_calls_once_what_is_called_twice(council):
    meeting = council.called()
    again = services.call_meeting(meeting=meeting, notified_on=meeting.notified_on, by=BY, now=council.now)
    assert again.called_at == meeting.called_at
    with pytest.raises(Invalid):
        services.call_meeting(
            meeting=meeting, notified_on=meeting.notified_on + dt.timedelta(1), by=BY, now=council.now
        )


def test_puts_an_approved_draft_before_the_council_by_the_call(council):
    draft = council.draft()
    planned = council.planned(("Kabul", draft))
    draft.refresh_from_db()
    assert draft.state == DraftState.APPROVED
    told = planned.day - dt.timedelta(3)
    services.call_meeting(meeting=planned, notified_on=told, by=council.house.officer, now=council.now)
    draft.refresh_from_db()
    assert draft.state == DraftState.AT_COUNCIL


@pytest.mark.parametrize("state", [DraftState.FROZEN, DraftState.ENDORSED, DraftState.RETURNED])
def test_keeps_a_draft_off_the_councils_agenda_until_it_is_approved(council, state):
    with pytest.raises(Invalid) as refused:
        council.planned(("Kabul", council.draft(state)))
    assert refused.value.field == "drafts"


def test_puts_a_draft_on_one_agenda_at_a_time(council):
    draft = council.draft()
    council.called(("Kabul", draft))
    draft.refresh_from_db()
    with pytest.raises(Invalid, match="Meclis|meeting|toplantı"):
        council.planned(("Kabul", draft), starts_at=council.now + dt.timedelta(days=10))


def test_calls_a_meeting_off_and_keeps_its_reason(council):
    meeting = council.called()
    for _twice in range(2):
        meeting = services.call_off(meeting=meeting, by=council.house.officer, reason="Salon kapalı")
    assert meeting.state == MeetingState.CANCELLED
    assert meeting.history.filter(history_change_reason="Salon kapalı").count() == 1
    assert AgendaItem.objects.count() == 1


def test_does_not_call_off_what_is_open(council):
    with pytest.raises(IllegalMove):
        services.call_off(meeting=council.opened(), by=BY)
