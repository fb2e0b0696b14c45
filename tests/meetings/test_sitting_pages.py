"""The pages of a sitting, as the clerk and a member walk them..."""

import datetime as dt

import pytest
from django.urls import reverse

from common.turkish import date_short
from documents.drafts.workflow import DraftState
from meetings import services
from meetings.arithmetic import Tally
from meetings.models import Ballot, Meeting, Vote
from meetings.workflow import VoteState
from tests.meetings.conftest import INSIDERS, at

pytestmark = pytest.mark.django_db


# --- A sitting from opening to minutes, as the clerk walks it


def test_walk_a_sitting_from_too_few_members_to_an_adopted_plan(council, house, clerk_page, enter):
    draft = council.draft()
    meeting = council.seat_in_hall(council.called(("Yoklama ve açılış", None), ("Kabul", draft)), 16)
    refused = clerk_page.post(at("open", meeting), {"sure": "1"}, follow=True).content.decode()
    assert "Yeter sayı yok: salonda 16 üye var, 17 gerekir. Birleşim açılamaz." in refused
    council.seat_in_hall(meeting, 17)
    for _twice in range(2):
        clerk_page.post(at("open", meeting), {"sure": "1"})
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


def test_know_no_vote_where_no_hall_is_counted(council, house, sitting, clerk_page, enter):
    team = council.called(body=house.team)
    team = services.open_sitting(meeting=team, by=house.officer, now=council.now)
    assert enter(house.officer).get(at("open_vote", team.items.get())).status_code == 404
    ahead = council.planned(starts_at=council.now + dt.timedelta(days=1))
    assert clerk_page.get(at("open_vote", ahead.items.get())).status_code == 404
    assert clerk_page.get(at("open_vote", sitting.items.first())).status_code == 200


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


def test_ask_nothing_of_objections_that_were_begun_under_another_motion(sitting, clerk_page):
    item = sitting.items.get(number=2)
    begun = ("3.F", "")
    refused = clerk_page.post(at("open_vote", item), vote_form("return", "hands", begun))
    assert refused.status_code == 422 and "is-invalid" in refused.content.decode()
    assert clerk_page.post(at("open_vote", item), vote_form("adopt", "hands", begun)).status_code == 302
    vote = Vote.objects.get()
    assert (vote.motion, vote.objections) == ("adopt", [])


def test_say_to_a_member_what_they_voted_wherever_they_are_asked(council, enter):
    vote = council.vote(council.opened(present=18), method="named")
    member = enter(council.house.mayor)
    for page in ("/", at("meeting", vote.item.meeting)):
        assert "Oyunuz:" not in member.get(page).content.decode()
    member.post(at("cast", vote), {"choice": "against"})
    for page in ("/", at("meeting", vote.item.meeting)):
        text = member.get(page).content.decode()
        assert "Oyunuz: Ret." in text and "Oyunuzu değiştirin" in text


def test_say_to_a_member_who_entered_or_overwrote_their_vote(council, clerk_page, enter):
    vote = council.vote(council.opened(present=18), method="named")
    clerk, member = council.house.clerk, enter(council.house.mayor)
    member.post(at("cast", vote), {"choice": "against"})
    clerk_page.post(at("ballots", vote), {"person": council.house.mayor.pk, "choice": "for"})
    entered = f"Sizin adınıza giren: {clerk.full_name}, "
    for page in ("/", at("meeting", vote.item.meeting), at("vote", vote)):
        text = member.get(page).content.decode()
        assert f"Oyunuz: Kabul. {entered}" in text, page
    assert "Daha önce kendiniz verdiğiniz oy: Ret, " in text
    council.cast(vote, 18)  # the mayor too says the same again: it stays the clerk's
    council.close(vote)
    assert f"oyunuz: Kabul (sizin adınıza giren: {clerk.full_name}, " in member.get("/").content.decode()
    assert entered in member.get(at("vote", vote)).content.decode()
    other = enter(council.house.council_member).get(at("vote", vote)).content.decode()
    assert "Oyunuz: Kabul" in other and entered not in other


def test_ask_for_one_objection_to_begin_with(sitting, clerk_page):
    page = clerk_page.get(at("open_vote", sitting.items.get(number=2))).content.decode()
    assert page.count('<textarea name="objections-') == 1
    typed = vote_form("return", "named", ("3.F", "Muhtarlar dinlenmedi."))
    more = clerk_page.post(at("open_vote", sitting.items.get(number=2)), typed | {"act": "more"})
    assert more.status_code == 200 and "is-invalid" not in more.content.decode()


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
