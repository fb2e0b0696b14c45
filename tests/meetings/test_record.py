"""What the pages of a sitting record, and how a slip is mended..."""

import datetime as dt
import re
from functools import partial

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from common import turkish
from meetings import services
from meetings.arithmetic import Tally
from meetings.models import Vote
from tests.audit.test_append_only import refused
from tests.meetings.conftest import at, today_at

pytestmark = pytest.mark.django_db


def minutes_of(client, meeting) -> str:
    return client.get(at("minutes", meeting)).content.decode()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("Meclis Salonu", "saat 14.00’te Meclis Salonunda, İrfan Güneş başkanlığında toplandı.</p>"),
        ("Salon 2", "saat 14.00’te, İrfan Güneş başkanlığında toplandı. Toplantı yeri: Salon 2.</p>"),
    ],
)
def test_say_where_it_met_in_good_turkish(council, clerk_page, place, sentence):
    assert sentence in minutes_of(clerk_page, council.opened(place=place))


def test_tell_who_left_and_came_back_and_when_but_no_slip(council, clerk_page):
    meeting = council.opened(present=20)
    left, late, slip = council.members[2], council.members[-1], council.members[3]
    for person, status, hour, minute in [
        (left, "absent", 20, 10),
        (left, "leave", 20, 12),
        (late, "present", 20, 15),
        (slip, "absent", 20, 20),
        (slip, "present", 20, 20),
        (left, "present", 20, 40),
    ]:
        council.mark(meeting, person, status, at=today_at(hour, minute))
    page = minutes_of(clerk_page, meeting)
    came_back = "saat 20.10’da toplantıdan ayrıldı (izinli), saat 20.40’ta geri döndü."
    assert f"{left.full_name} {came_back}" in page
    assert f"{late.full_name} saat 20.15’te toplantıya katıldı." in page
    assert f"{slip.full_name} saat" not in page


def test_carry_the_number_of_the_decision_mended_until_the_sitting_is_closed(council, sitting, clerk_page):
    vote = council.vote(sitting)
    hands = {"in_favour": 20, "against": 6, "abstaining": 1}
    field = re.search(
        r"<input[^>]*decision_no[^>]*>", clerk_page.get(at("close_vote", vote)).content.decode()
    )
    assert "maxlength" not in field[0]
    for wrong in ("2026/99" * 60, "99", "2026-99", "2026/0"):
        refusal = clerk_page.post(at("close_vote", vote), hands | {"decision_no": wrong})
        assert refusal.status_code == 422 and "Karar numarası: yıl, eğik çizgi" in refusal.content.decode()
    clerk_page.post(at("close_vote", vote), hands | {"decision_no": "2026/99"})
    assert at("number", vote) in clerk_page.get(at("meeting", sitting)).content.decode()
    assert clerk_page.post(at("number", vote), {"decision_no": "2026"}).status_code == 422
    assert clerk_page.post(at("number", vote), {"decision_no": "2026/98"}).status_code == 302
    assert "Karar numarası: 2026/98." in minutes_of(clerk_page, sitting)
    assert {row.decision_no for row in Vote.history.filter(id=vote.pk)} == {"", "2026/99", "2026/98"}
    services.close_sitting(meeting=sitting, by=council.house.clerk, now=council.now)
    assert clerk_page.post(at("number", vote), {"decision_no": "2026/97"}).status_code == 403
    assert "Karar numarası: 2026/98." in minutes_of(clerk_page, sitting)


def test_let_nothing_else_of_a_closed_vote_be_changed(council, sitting):
    """The database itself: while the sitting is open only the number, afterwards nothing."""
    council.close(council.vote(sitting), counted=Tally(20, 6, 1), decision_no="2026/99")
    rows = models.QuerySet(Vote)
    kept = [field for field in Vote._meta.concrete_fields if field.column not in ("id", "decision_no")]
    for field in kept:
        other = {"item_id": sitting.items.get(number=2).pk, "objections": ["x"], "state": "lost"}
        text = isinstance(field, models.CharField | models.TextField)
        moment = isinstance(field, models.DateTimeField)
        value = other.get(field.column, "x" if text else today_at(23) if moment else 9)
        assert refused(partial(rows.update, **{field.attname: value})), field
    assert refused(lambda: rows._raw_delete("default"))
    assert rows.update(decision_no="2026/98") == 1
    services.close_sitting(meeting=sitting, by=council.house.clerk, now=council.now)
    assert refused(lambda: rows.update(decision_no="2026/97"))


def test_say_the_place_of_a_repeat(council, clerk_page):
    meeting = council.seat_in_hall(council.called(), 10)
    repeat_at = council.now + dt.timedelta(days=1)
    services.adjourn(meeting=meeting, by=council.house.clerk, now=council.now, repeat_at=repeat_at)
    page = minutes_of(clerk_page, meeting)
    assert f"{turkish.date_long(repeat_at, 'tr')} günü saat 14.00’te Meclis Salonunda toplanmak üzere" in page


# --- The roll


def test_offer_a_reason_of_absence_as_soon_as_somebody_is_unticked(council, clerk_page):
    meeting, member = council.called(), council.members[4]
    clerk_page.post(at("attendance", meeting), {"everybody": "1"})
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert "İzin veya mazeret gir" not in page and 'id="absence" hidden' in page
    url = at("attendance", meeting) + f"?person={member.pk}"
    fragment = clerk_page.post(url, {}, HTTP_HX_REQUEST="true").content.decode()
    absence = fragment[fragment.index('<footer id="absence" hx-swap-oob') :]
    assert "İzin veya mazeret gir" in absence and f'<option value="{member.pk}">' in absence


def test_bring_nobody_back_who_left_the_open_sitting(council, sitting, clerk_page):
    council.mark(sitting, council.members[2], "absent")
    assert "Tümünü salonda işaretle" not in clerk_page.get(at("meeting", sitting)).content.decode()
    page = clerk_page.post(at("attendance", sitting), {"everybody": "1"}, follow=True).content.decode()
    assert "Toplantı açık: gelen her üyeyi ayrı ayrı işaretleyin." in page
    assert sitting.attendances.get(person=council.members[2]).status == "absent"


def test_ask_before_opening_at_another_hour(council, clerk_page):
    now = timezone.localtime()
    for hours, asks in ((0, False), (-2 if now.hour > 2 else 2, True)):
        called = council.called(starts_at=now + dt.timedelta(hours=hours))
        council.seat_in_hall(called, 20)
        answer = clerk_page.post(at("open", called))
        assert (answer.status_code == 200 and "Evet, şimdi aç" in answer.content.decode()) == asks
    assert clerk_page.post(at("open", called), {"sure": "1"}).status_code == 302
    called.refresh_from_db()
    assert called.state == "open"


def test_say_nothing_of_a_quorum_before_the_roll_is_called(council, clerk_page):
    """A sitting that is due can still be adjourned when nobody came, in these words."""
    for starts_at, offered in ((today_at(23, 59), False), (today_at(0), True)):
        meeting = council.called(starts_at=starts_at)
        page = clerk_page.get(at("meeting", meeting)).content.decode()
        assert "Yeter sayı yok: ertele…" not in page and "Yoklama alındığında belli olur" in page
        assert ("Kimse gelmedi: ertele…" in page) == offered
    council.mark(meeting, council.members[0])
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert "Yeter sayı yok: ertele…" in page and "Yoklama alındığında belli olur" not in page


# --- The agenda and what came of it


def test_have_the_opening_done_by_the_opening(council, house, clerk_page, enter):
    meeting = council.opened(("Yoklama ve açılış", None), ("Komisyon raporu", None))
    page = clerk_page.get(at("meeting", meeting)).content.decode()
    assert "Tamamlandı" in page and page.count("Oylamaya sun…") == 1 and page.count("Sırada</span>") == 1
    assert "Birleşim açık" in page and "Oturum açık" not in page
    team = council.called(("Açılış", None), body=house.team)
    services.open_sitting(meeting=team, by=house.officer, now=council.now)
    assert "Toplantı açık" in enter(house.officer).get(at("meeting", team)).content.decode()


def test_call_the_page_of_a_vote_what_it_is(council, house, sitting, enter):
    vote = council.vote(sitting, method="named")
    for person, title in ((house.council_member, "Oy ver"), (house.officer, "Oylama")):
        assert f"<title>{title} – " in enter(person).get(at("vote", vote)).content.decode()
    council.cast(vote, 27)
    council.close(vote)
    assert "<title>Oylama sonucu – " in enter(house.council_member).get(at("vote", vote)).content.decode()


def test_show_on_the_way_of_the_draft_what_the_council_decided_and_what_was_never_filed(
    council, house, sitting, enter
):
    draft = sitting.items.get(number=2).draft
    vote = council.vote(sitting, item=2, motion="adopt")
    council.close(vote, counted=Tally(24, 2, 1), decision_no="2026/99")
    page = enter(house.officer).get(reverse("drafts:approval", args=[draft.pk])).content.decode()
    assert "24 kabul, 2 ret, 1 çekimser · 2026/99 sayılı karar" in page
    assert turkish.date_long(council.now, "tr") in page[page.index('id="s4"') :]
    for record in ("Encümen görüşü", "Plan ve Bütçe Komisyonu raporu"):
        assert f"<b>{record}</b> · dosyalanmadı" in page
