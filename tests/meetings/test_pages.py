"""The pages of meetings..."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.turkish import date_short
from documents.drafts.workflow import DraftState
from meetings import home, services
from meetings.models import Attendance, Ballot, Meeting
from meetings.workflow import MeetingState
from tests.factories.base import BY
from tests.meetings.conftest import INSIDERS, at, today_at

pytestmark = pytest.mark.django_db


# --- Who sees what


@pytest.mark.parametrize("name", INSIDERS)
def test_show_a_council_sitting_to_every_seat_holder(house, sitting, enter, name):
    client = enter(house.people[name])
    assert sitting.name in client.get("/meetings/").content.decode()
    page = client.get(at("meeting", sitting)).content.decode()
    assert "Yeter sayıdan 10 fazla" in page
    assert client.get(at("minutes", sitting)).status_code == 200


def test_hide_another_bodys_meeting_from_who_may_not_enter_its_room(council, house, enter):
    meeting = council.called(body=house.team)
    for name, status in (
        ("team_member", 200),
        ("officer", 200),
        ("inspector", 200),
        ("group_member", 404),
        ("clerk", 404),
    ):
        client = enter(house.people[name])
        assert client.get(at("meeting", meeting)).status_code == status, name
        assert client.get(at("minutes", meeting)).status_code == status
        assert (meeting.name in client.get("/meetings/").content.decode()) == (status == 200)
        history = reverse("history", args=["meetings", "meeting", meeting.pk])
        assert client.get(history).status_code == status


def test_list_what_lies_ahead_by_its_day_whoever_was_planned_first(council, house, officer, enter):
    for days in (9, 2, 5):
        council.planned(body=house.team, starts_at=today_at(days=days), title=f"{days} gün sonra")
    page = enter(officer).get("/meetings/").text
    assert [int(days) for days in re.findall(r"(\d) gün sonra", page)] == [2, 5, 9]


@pytest.mark.parametrize("name", [name for name in INSIDERS if name != "officer"])
def test_let_only_the_directorate_plan_and_call(house, council, enter, name):
    meeting = council.planned()
    client = enter(house.people[name])
    for url in ("/meetings/new/", at("edit", meeting), at("call", meeting)):
        assert client.get(url).status_code == 403
    for url in (at("call", meeting), at("call_off", meeting), at("item_add", meeting)):
        assert client.post(url, {"title": "x", "notified_on": "1.1.2026"}).status_code == 403
    for name_ in ("item_move", "item_remove"):
        assert client.post(at(name_, meeting.items.get())).status_code == 403
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


@pytest.mark.parametrize("name", [name for name in INSIDERS if name != "clerk"])
def test_let_only_the_clerk_run_a_sitting(house, council, sitting, enter, name):
    vote = council.vote(sitting, method="named")
    client = enter(house.people[name])
    item = sitting.items.first()
    for url in (
        at("attendance", sitting), at("open", sitting), at("close", sitting), at("adjourn", sitting),
        at("note", item), at("open_vote", item), at("ballots", vote), at("close_vote", vote),
        at("preview", vote), at("cancel_vote", vote),
    ):  # fmt: skip
        assert client.post(url, {"person": house.mayor.pk, "choice": "for"}).status_code == 403, url
    assert not Ballot.objects.exists()


def test_let_the_chair_of_a_body_run_its_meeting(council, house, enter):
    meeting = council.called(body=house.team)
    assert enter(house.team_member).post(at("open", meeting)).status_code == 403
    assert enter(house.team_chair).post(at("open", meeting), {"sure": "1"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.OPEN


# --- Calling


def form(council, **changed):
    return {
        "day": date_short(council.now + dt.timedelta(days=5)),
        "time": "14.30",
        "place": "Meclis Salonu",
        "agenda": "Yoklama ve açılış\n\nDilek ve temenniler",
        "notified_on": date_short(council.now),
        "title": "",
        "act": "call",
    } | changed


def test_call_the_council_in_four_clicks_with_the_drafts_that_wait(council, house, enter):
    """Toplantıya çağır, the body, the draft's tick, Toplantıya çağır."""
    draft = council.draft()
    client = enter(house.officer)
    chooser = client.get("/meetings/new/").content.decode()
    assert f"?body={house.council.pk}" in chooser and "1 taslak bekliyor" in chooser
    page = client.get(f"/meetings/new/?body={house.council.pk}").content.decode()
    assert f'value="{draft.pk}"' in page and date_short(council.now) in page
    answer = client.post(f"/meetings/new/?body={house.council.pk}", form(council, drafts=[draft.pk]))
    meeting = Meeting.objects.get()
    assert answer.url == at("meeting", meeting)
    assert meeting.state == MeetingState.CALLED
    assert [item.draft for item in meeting.items.all()] == [None, draft, None]
    draft.refresh_from_db()
    assert draft.state == DraftState.AT_COUNCIL


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"notified_on": "in two days"}, "09.07.2024"),
        ({"time": "25.00"}, "14.00"),
        ({"day": "1.1.2020"}, "Bu gün geçti"),
        ({"place": ""}, "Yer: "),
        ({"agenda": ""}, "Gündem boş"),
        ({"day": "tomorrow+1"}, "5393 md. 21"),
        ({"drafts": ["999"]}, ""),
    ],
)
def test_name_the_place_of_a_mistake_and_plan_nothing(council, house, enter, changed, message):
    if changed.get("day") == "tomorrow+1":
        changed = {"day": date_short(council.now + dt.timedelta(days=2))}
    answer = enter(house.officer).post(f"/meetings/new/?body={house.council.pk}", form(council, **changed))
    if "drafts" in changed:  # no draft waits: there is no such field to be wrong
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Meeting.objects.exists()


def test_plan_first_and_call_later(council, house, enter):
    client = enter(house.officer)
    client.post(f"/meetings/new/?body={house.council.pk}", form(council, act="plan"))
    meeting = Meeting.objects.get()
    assert "Toplantıyı iptal et…" in client.get(at("meeting", meeting)).content.decode()
    client.post(at("item_add", meeting), {"title": "Sonradan eklenen"})
    last = meeting.items.last()
    client.post(at("item_move", last), {"to": "up"})
    client.post(at("item_remove", meeting.items.last()))
    assert [i.title for i in meeting.items.all()] == ["Yoklama ve açılış", "Sonradan eklenen"]
    late = {"notified_on": date_short(meeting.day - dt.timedelta(1))}
    assert client.post(at("call", meeting), late).status_code == 422
    assert client.post(at("call", meeting), {"notified_on": date_short(council.now)}).status_code == 302
    for _twice in range(2):
        client.post(at("call_off", meeting), {"reason": "Ertelendi"})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED


# --- Attendance


def test_take_a_tick_as_it_is_made_and_answer_with_the_new_quorum(council, clerk_page):
    meeting = council.seat_in_hall(council.called(), 16)
    member = council.members[-1]
    tick = {"HTTP_HX_REQUEST": "true"}
    url = at("attendance", meeting) + f"?person={member.pk}"
    page = clerk_page.post(url, {"present": [member.pk]}, **tick).content.decode()
    assert "Tam yeter sayı" in page and "Salonda işaretlenen: 17/32" in page and "hx-swap-oob" in page
    page = clerk_page.post(url, {}, **tick).content.decode()
    assert "Yeter sayıya 1 üye eksik" in page
    assert "salonda 16 üye var, 17 gerekir. Birleşim açılamaz." in page


def test_take_all_ticks_together_without_script_and_only_what_changed(council, clerk_page):
    meeting = council.called()
    first, second, third = council.members[:3]
    council.mark(meeting, first)
    council.mark(meeting, third)  # by another clerk, after this page was made
    clerk_page.post(at("attendance", meeting), {"was": [first.pk], "present": [second.pk]})
    there = set(meeting.attendances.filter(status="present").values_list("person", flat=True))
    assert there == {second.pk, third.pk}


def test_take_a_reason_of_absence_and_ignore_nonsense(council, clerk_page):
    meeting = council.called()
    member = council.members[4]
    clerk_page.post(at("attendance", meeting), {"person": f"00{member.pk}", "status": "leave"})
    for nonsense in (
        {"person": "²", "status": "leave"},
        {"person": member.pk, "status": "never"},
        {"present": "x"},
    ):
        assert clerk_page.post(at("attendance", meeting), nonsense).status_code == 302
    assert Attendance.objects.get().status == "leave"


@pytest.mark.parametrize("name", ["clerk", "inspector"])
def test_call_nobody_absent_before_the_opening(council, house, enter, name):
    meeting, client = council.called(), enter(house.people[name])
    page = client.get(at("meeting", meeting)).content.decode()
    assert page.count("Yoklama alınmadı") == 2 and "üye yok" not in page and ", yok" not in page
    assert "salonda 0 üye" not in page
    assert ("Henüz kimse salonda işaretlenmedi; birleşimin açılması için 17 üye gerekir." in page) == (
        name == "clerk"
    )
    council.seat_in_hall(meeting, 17)
    assert "Salonda işaretlenen: 17/32" in client.get(at("meeting", meeting)).content.decode()
    services.open_sitting(meeting=meeting, by=house.clerk, now=council.now)
    assert "17 üye salonda, 15 üye yok" in client.get(at("meeting", meeting)).content.decode()


def test_tick_everybody_with_one_press_but_who_is_on_leave(council, house, clerk_page, enter):
    meeting, away, late = council.called(), council.members[4], council.members[5]
    council.mark(meeting, away, "leave")
    council.mark(meeting, late, "absent")
    everybody = {"everybody": "1"}
    assert enter(house.inspector).post(at("attendance", meeting), everybody).status_code == 403
    for _twice in range(2):
        assert clerk_page.post(at("attendance", meeting), everybody).status_code == 302
    statuses = dict(meeting.attendances.values_list("person", "status"))
    assert statuses.pop(away.pk) == "leave"
    assert len(statuses) == 31 and set(statuses.values()) == {"present"}
    rows = Attendance.history.filter(meeting=meeting, status="present")
    assert rows.count() == 31 and {row.history_user_id for row in rows} == {house.clerk.pk}


def test_choose_nobody_beforehand_for_a_reason_of_absence(council, clerk_page):
    meeting = council.called()
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert '<option value="" selected>Üyeyi seçin</option>' in page
    clerk_page.post(at("attendance", meeting), {"person": "", "status": "leave"})
    assert not meeting.attendances.exists()


def test_show_no_act_to_who_never_may(council, house, enter):
    client = enter(house.inspector)
    for meeting in (council.called(), council.planned(body=house.team), council.opened()):
        page = client.get(at("meeting", meeting)).content.decode()
        assert "disabled" not in page
        assert at("attendance", meeting) not in page and "Toplantıyı iptal et" not in page


def test_say_how_a_day_is_typed_where_the_help_says_something_else(council, house, enter):
    page = enter(house.officer).get(at("call", council.planned())).content.decode()
    assert 'placeholder="GG.AA.YYYY"' in page


def test_put_a_refused_tick_back_and_say_why(council, sitting, clerk_page):
    vote = council.vote(sitting, method="named")
    services.cast(vote=vote, choice="for", by=council.members[0], now=council.now)
    url = at("attendance", sitting) + f"?person={council.members[0].pk}"
    page = clerk_page.post(url, {}, HTTP_HX_REQUEST="true").content.decode()
    assert f'id="tick-{council.members[0].pk}"' in page
    assert 'data-announce="' in page and "checked" in page


# --- First screen, lists, history


def test_offer_the_first_screen_its_cards(council, house, sitting):
    vote = council.vote(sitting, method="named")
    council.planned(body=house.team, starts_at=council.now + dt.timedelta(hours=1))
    cards = home.cards(house.council_member, house.period, timezone.now())
    assert cards["open_votes"] == [vote]
    assert cards["sitting"] == sitting
    assert home.cards(house.officer, house.period, timezone.now())["open_votes"] == []
    council.mark(sitting, house.council_member, "absent")
    assert home.open_votes(house.council_member) == []


def test_remember_a_members_own_vote_among_past_decisions(council, house, sitting):
    vote = council.vote(sitting, method="named")
    council.cast(vote, 27)
    council.close(vote)
    past = home.past_votes(house.mayor)
    assert [(v.pk, [b.choice for b in v.own]) for v in past] == [(vote.pk, ["for"])]
    assert home.past_votes(house.officer) == []


def test_tell_the_history_of_a_sitting_in_words(council, house, sitting, enter):
    page = (
        enter(house.clerk).get(reverse("history", args=["meetings", "meeting", sitting.pk])).content.decode()
    )
    assert "Toplantı açık" in page and house.clerk.full_name in page and council.members[3].full_name in page


def test_ask_the_same_number_of_questions_for_any_number_of_meetings_and_members(
    council, house, enter, sitting
):
    client = enter(house.officer)

    def queries(url):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    held = council.called(body=house.team)
    services.open_sitting(meeting=held, by=BY, now=council.now)
    services.close_sitting(meeting=held, by=BY, now=council.now)
    queries("/meetings/")
    few = queries("/meetings/"), queries(at("meeting", sitting))
    for n in range(30):
        council.planned(starts_at=council.now + dt.timedelta(days=1, minutes=n))
        services.add_item(
            meeting=council.planned(starts_at=council.now + dt.timedelta(days=1)), title=f"{n}", by=BY
        )
    assert (queries("/meetings/"), queries(at("meeting", sitting))) == few


def test_tell_the_frozen_minutes_in_the_history_as_sentences(council, house, sitting, enter):
    services.close_sitting(meeting=sitting, by=house.clerk, now=council.now)
    page = (
        enter(house.clerk).get(reverse("history", args=["meetings", "meeting", sitting.pk])).content.decode()
    )
    assert "Belediye Meclisi, " in page
    assert "sentences" not in page
