"""The pages of meetings..."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.turkish import date_short
from documents.drafts.workflow import DraftState
from meetings import home, services
from meetings.arithmetic import Tally
from meetings.models import Attendance, Ballot, Meeting, Vote
from meetings.workflow import MeetingState, VoteState
from tests.factories.base import BY

pytestmark = pytest.mark.django_db
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
    return reverse(f"meetings:{name}", args=[thing.pk])


@pytest.fixture
def sitting(council):
    return council.opened(("Yoklama ve açılış", None), ("Kabul", council.draft()), present=27)


@pytest.fixture
def clerk_page(house, enter):
    return enter(house.clerk)


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
    assert enter(house.team_chair).post(at("open", meeting)).status_code == 302
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
    assert "Tam yeter sayı" in page and "17 üye salonda, 15 üye yok" in page and "hx-swap-oob" in page
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
    clerk_page.post(at("attendance", meeting), {"person": member.pk, "status": "leave"})
    for nonsense in (
        {"person": "²", "status": "leave"},
        {"person": member.pk, "status": "never"},
        {"present": "x"},
    ):
        assert clerk_page.post(at("attendance", meeting), nonsense).status_code == 302
    assert Attendance.objects.get().status == "leave"


def test_put_a_refused_tick_back_and_say_why(council, sitting, clerk_page):
    vote = council.vote(sitting, method="named")
    services.cast(vote=vote, choice="for", by=council.members[0], now=council.now)
    url = at("attendance", sitting) + f"?person={council.members[0].pk}"
    page = clerk_page.post(url, {}, HTTP_HX_REQUEST="true").content.decode()
    assert f'id="tick-{council.members[0].pk}"' in page
    assert 'data-announce="' in page and "checked" in page


# --- A sitting from opening to minutes, as the clerk walks it


def test_walk_a_sitting_from_too_few_members_to_an_adopted_plan(council, house, clerk_page, enter):
    draft = council.draft()
    meeting = council.seat_in_hall(council.called(("Yoklama ve açılış", None), ("Kabul", draft)), 16)
    refused = clerk_page.post(at("open", meeting), follow=True).content.decode()
    assert "Yeter sayı yok: salonda 16 üye var, 17 gerekir. Birleşim açılamaz." in refused
    council.seat_in_hall(meeting, 17)
    for _twice in range(2):
        clerk_page.post(at("open", meeting))
    item = meeting.items.get(number=2)
    council.mark(meeting, council.members[1], "absent")
    refused = clerk_page.post(at("open_vote", item), vote_form("adopt", "named"))
    assert refused.status_code == 422
    assert (
        "Yeter sayı kalmadı: salonda 16 üye var, 17 gerekir. Oylama başlatılamaz." in refused.content.decode()
    )
    council.mark(meeting, council.members[1])
    clerk_page.post(at("open_vote", item), vote_form("adopt", "named"))
    vote = Vote.objects.get()
    assert "Verilen oy: 0/17" in clerk_page.get(at("meeting", meeting)).content.decode()

    members = [a.person for a in meeting.attendances.filter(status="present")]
    for member, choice in zip(members, ["for"] * 12 + ["against"] * 3, strict=False):
        enter(member).post(at("cast", vote), {"choice": choice})
    page = clerk_page.get(at("close_vote", vote)).content.decode()
    assert "2 üye salonda ve oy vermedi" in page
    assert clerk_page.post(at("close_vote", vote), {"decision_no": ""}).status_code == 422
    clerk_page.post(at("ballots", vote), {"person": members[15].pk, "choice": "abstain"})
    clerk_page.post(at("ballots", vote), {"person": members[16].pk, "choice": "for"})
    page = clerk_page.get(at("close_vote", vote)).content.decode()
    assert "kabulüne 5393 sayılı Kanunun 22’nci maddesi uyarınca oyçokluğuyla karar verildi." in page
    for _twice in range(2):
        assert clerk_page.post(at("close_vote", vote), {"decision_no": "2026/7"}).status_code == 302
    vote.refresh_from_db()
    assert (vote.state, vote.tally, vote.needed) == (VoteState.CARRIED, Tally(13, 3, 1), 9)
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert "2026/7" in page and "Kabul edilen plan" in page and "Oyçokluğuyla kabul" in page

    clerk_page.post(at("note", meeting.items.get(number=1)), {"note": "Gündem okundu."})
    for _twice in range(2):
        clerk_page.post(at("close", meeting))
    minutes = clerk_page.get(at("minutes", meeting)).content.decode()
    assert "Gündem okundu." in minutes and vote.sentence in minutes and "Donduruldu" in minutes


def vote_form(motion, method, *objections):
    lines = {
        "objections-TOTAL_FORMS": len(objections) + 1,
        "objections-INITIAL_FORMS": 0,
        f"objections-{len(objections)}-chapter": "",
        f"objections-{len(objections)}-text": "",
    }
    for n, (chapter, text) in enumerate(objections):
        lines |= {f"objections-{n}-chapter": chapter, f"objections-{n}-text": text}
    return {"motion": motion, "method": method, **lines}


def test_return_a_draft_by_show_of_hands_with_its_objections(council, sitting, clerk_page):
    item = sitting.items.get(number=2)
    bare = clerk_page.post(at("open_vote", item), vote_form("return", "hands"))
    assert bare.status_code == 422 and "en az bir itirazla" in bare.content.decode()
    typed = vote_form("return", "hands", ("3.F", "Muhtarlar dinlenmedi."))
    more = clerk_page.post(at("open_vote", item), typed | {"act": "more"}).content.decode()
    assert "Muhtarlar dinlenmedi." in more and "objections-2-text" in more
    clerk_page.post(at("open_vote", item), typed)
    vote = Vote.objects.get()
    hands = {"in_favour": 20, "against": 6, "abstaining": 0, "decision_no": ""}
    answer = clerk_page.post(at("close_vote", vote), hands)
    assert answer.status_code == 422
    assert "26 oy sayıldı, salonda 27 üye var." in answer.content.decode()
    preview = clerk_page.post(
        at("preview", vote), hands | {"abstaining": 1}, HTTP_HX_REQUEST="true"
    ).content.decode()
    assert "itirazlarla iadesine" in preview and "Muhtarlar dinlenmedi." in preview
    clerk_page.post(at("close_vote", vote), hands | {"abstaining": 1})
    item.draft.refresh_from_db()
    assert item.draft.state == DraftState.RETURNED
    assert "İtirazlar ve yanıtları" in clerk_page.get(at("meeting", sitting)).content.decode()


def test_ask_for_the_side_of_the_chair_in_a_tie(council, clerk_page):
    meeting = council.opened(present=18)
    vote = council.vote(meeting)
    hands = {"in_favour": 9, "against": 9, "abstaining": 0, "decision_no": ""}
    answer = clerk_page.post(at("close_vote", vote), hands)
    assert answer.status_code == 422
    assert 'name="chair_side"' in answer.content.decode()
    clerk_page.post(at("close_vote", vote), hands | {"chair_side": "against"})
    vote.refresh_from_db()
    assert (vote.state, vote.chair_side) == (VoteState.LOST, "against")


def test_adjourn_a_sitting_and_lead_to_its_repeat(council, clerk_page):
    meeting = council.seat_in_hall(council.called(), 10)
    assert "Yeter sayı yok: ertele…" in clerk_page.get(at("meeting", meeting)).content.decode()
    late = {"day": date_short(council.now + dt.timedelta(days=4)), "time": "14.00", "place": "Meclis Salonu"}
    answer = clerk_page.post(at("adjourn", meeting), late)
    assert answer.status_code == 422 and "en geç 3 gün içinde" in answer.content.decode()
    clerk_page.post(at("adjourn", meeting), late | {"day": date_short(council.now + dt.timedelta(days=2))})
    repeat = Meeting.objects.get(repeats=meeting)
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert at("meeting", repeat) in page
    assert "tarihli birleşimin tekrarıdır" in clerk_page.get(at("meeting", repeat)).content.decode()


# --- A member


def test_give_a_member_three_equal_buttons_and_take_a_change_until_closing(council, house, sitting, enter):
    vote = council.vote(sitting, item=2, motion="adopt", method="named")
    client = enter(house.council_member)
    assert at("vote", vote) in client.get(at("meeting", sitting)).content.decode()
    page = client.get(at("vote", vote)).content.decode()
    assert page.count('aria-pressed="false"') == 3
    client.post(at("cast", vote), {"choice": "for"})
    page = client.post(at("cast", vote), {"choice": "against"}, follow=True).content.decode()
    assert "Oyunuz: Ret." in page and page.count('aria-pressed="true"') == 1
    services.cancel_vote(vote=vote, by=house.clerk, now=council.now)
    assert client.post(at("cast", vote), {"choice": "for"}).status_code == 403
    assert Ballot.objects.get().choice == "against"


def test_hide_the_tally_from_everybody_but_the_clerk_until_the_vote_closes(council, house, sitting, enter):
    vote = council.vote(sitting, method="named")
    council.cast(vote, 20, 5, 1)
    for name in INSIDERS:
        client = enter(house.people[name])
        pages = [client.get(at("meeting", sitting)), client.get(at("vote", vote))]
        pages.append(client.get(at("meeting", sitting), HTTP_HX_REQUEST="true"))
        shown = any(
            "Verilen oy" in page.content.decode() or "tally" in page.content.decode() for page in pages
        )
        assert shown == (name == "clerk"), name
        history = client.get(reverse("history", args=["meetings", "vote", vote.pk]))
        assert history.status_code == (200 if name == "clerk" else 404)


def test_tell_a_member_why_they_cannot_vote(council, house, sitting, enter):
    vote = council.vote(sitting, method="named")
    council.mark(sitting, house.council_member, "absent")
    page = enter(house.council_member).get(at("vote", vote)).content.decode()
    assert "Yoklamada salonda görünmüyorsunuz." in page
    assert enter(house.council_member).post(at("cast", vote), {"choice": "for"}).status_code == 403
    assert enter(house.officer).post(at("cast", vote), {"choice": "for"}).status_code == 403


# --- First screen, lists, history


def test_offer_the_first_screen_its_cards(council, house, sitting):
    vote = council.vote(sitting, method="named")
    council.planned(body=house.team, starts_at=council.now + dt.timedelta(hours=1))
    cards = home.cards(house.council_member, house.period, timezone.now())
    assert cards["open_votes"] == [vote]
    assert cards["week"] == [sitting]
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
    assert "Oturum açık" in page and house.clerk.full_name in page and council.members[3].full_name in page


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
