"""A sitting..."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from committees.models import Term
from common import jobs
from common.decisions import Invalid
from common.history import acting
from common.turkish import date_long, date_short
from documents.drafts.builders.pdf import build_html
from documents.drafts.models import DraftVersion
from institution.models import LegalRule
from meetings import roll, services
from meetings.arithmetic import Tally
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.workflow import MeetingState
from teams.models import Membership
from teams.services import delegate
from tests.factories.base import BY, person, seat
from tests.meetings.conftest import today_at

pytestmark = pytest.mark.django_db
Status = Attendance.Status


def open_now(council, meeting):
    return services.open_sitting(meeting=meeting, by=council.house.clerk, now=council.now)


def test_calls_the_roll_of_its_day_chair_first_then_in_turkish_order(council):
    names = [place.person.full_name for place in roll.of(council.called())]
    assert len(names) == 32
    assert names[:7] == [
        council.house.mayor.full_name,
        "Ayşe Demirel",
        "Çiğdem Öztürk",
        "Işık İnce",
        "İbrahim Sarı",
        "Şükran Öztürk",
        "Şükrü Turan",
    ]


def test_has_no_place_for_the_clerk_nor_for_a_stranger(council):
    meeting = council.called()
    for outsider in (council.house.clerk, council.house.stranger):
        with pytest.raises(Invalid):
            council.mark(meeting, outsider)


def test_does_not_open_with_sixteen_and_opens_with_seventeen(council):
    meeting = council.seat_in_hall(council.called(), 16)
    with pytest.raises(Invalid, match="16.*17"):
        open_now(council, meeting)
    council.seat_in_hall(meeting, 17)
    meeting = open_now(council, meeting)
    assert (meeting.state, meeting.full_membership) == (MeetingState.OPEN, 32)
    assert meeting.attendances.count() == 32
    assert meeting.attendances.filter(status=Status.PRESENT).count() == 17


def test_opened_with_half_before_the_majority_changed(council):
    """On a day before 29.04.2021 "not less than half" was enough."""
    meeting = council.seat_in_hall(council.called(), 16)
    old = dt.date(2021, 4, 28)
    with acting(BY):
        for term in Term.objects.all():
            term.starts_on = dt.date(2019, 4, 1)
            term.save()
    at = timezone.make_aware(dt.datetime.combine(old, dt.time(14)))
    meeting.starts_at = at
    assert roll.hall(meeting).quorum == 16
    meeting.starts_at = at + dt.timedelta(days=1)
    assert roll.hall(meeting).quorum == 17


def test_is_not_opened_before_its_day_nor_before_it_is_called(council):
    tomorrow = council.called(starts_at=today_at(days=1))
    council.seat_in_hall(tomorrow, 20)
    with pytest.raises(Invalid):
        open_now(council, tomorrow)
    with pytest.raises(Invalid):
        open_now(council, council.planned(starts_at=council.now + dt.timedelta(minutes=5)))


def test_opens_once_what_is_opened_twice(council):
    meeting = council.opened()
    assert open_now(council, meeting).opened_at == meeting.opened_at
    assert Meeting.history.filter(id=meeting.pk, state=MeetingState.OPEN).count() == 1


def test_says_which_figure_of_the_law_is_missing(council):
    meeting = council.seat_in_hall(council.called(), 20)
    with acting(BY):
        LegalRule.objects.get(key="council.decision_floor").delete()
    with pytest.raises(Invalid, match="No figure|kayıtlı"):
        open_now(council, meeting)


def test_keeps_its_roll_when_a_member_leaves_the_council_later(council):
    meeting = council.opened()
    newcomer = person("Sonradan Gelen")
    seat(council.house.council, newcomer)
    assert newcomer not in [place.person for place in roll.of(meeting)]
    with pytest.raises(Invalid):
        council.mark(meeting, newcomer)


def test_writes_no_history_for_a_tick_that_changes_nothing(council):
    meeting = council.called()
    for _twice in range(2):
        council.mark(meeting, council.members[3])
    assert Attendance.history.count() == 1


def test_remembers_leave_and_excuse(council):
    meeting = council.called()
    council.mark(meeting, council.members[3], Status.LEAVE)
    place = next(p for p in roll.of(meeting) if p.person == council.members[3])
    assert not place.is_present
    assert place.remark == str(Status.LEAVE.label)


def test_counts_a_delegate_in_the_place_of_a_team_member(council, house):
    stand_in = person("Vekil Kişi")
    mine = Membership.objects.get(person=house.team_member, body=house.team)
    today = timezone.localdate()
    delegate(holding=mine, to=stand_in, first=today, last=today, by=BY)
    people = [place.person for place in roll.of(council.called(body=house.team))]
    assert stand_in in people
    assert house.team_member not in people


@pytest.mark.parametrize("ticked", [True, False])
def test_has_one_place_for_a_member_who_also_stands_in_for_the_chair(council, house, ticked):
    chair = Membership.objects.get(person=house.team_chair, body=house.team)
    today = timezone.localdate()
    delegate(holding=chair, to=house.team_member, first=today, last=today, by=BY)
    meeting = council.called(body=house.team)
    if ticked:
        council.mark(meeting, house.team_member)
    places = roll.of(open_now(council, meeting))
    assert [(place.person, place.is_chair) for place in places] == [
        (house.team_member, True),
        (house.unit_rep, False),
    ]


def test_of_another_body_needs_no_quorum(council, house):
    meeting = open_now(council, council.called(body=house.team))
    assert meeting.state == MeetingState.OPEN
    assert meeting.full_membership is None


# --- Adjourned for lack of quorum


def adjourn(council, meeting, repeat_at=None, **more):
    return services.adjourn(
        meeting=meeting, by=council.house.clerk, now=council.now, repeat_at=repeat_at, **more
    )


def test_is_repeated_with_its_agenda_and_a_quarter_of_the_membership(council):
    draft = council.draft()
    meeting = council.seat_in_hall(council.called(("Yoklama", None), ("Kabul", draft)), 16)
    adjourned = adjourn(council, meeting, council.now + dt.timedelta(days=3))
    assert adjourned.state == MeetingState.ADJOURNED
    assert [section["heading"] for section in adjourned.minutes] == ["Açılış", "Kapanış"]
    assert "sağlanamadığı görüldü" in adjourned.minutes[0]["sentences"][1]
    assert "toplanmak üzere ertelendi" in adjourned.minutes[1]["sentences"][0]
    repeat = Meeting.objects.get(repeats=meeting)
    assert (repeat.state, repeat.sitting_no) == (MeetingState.CALLED, meeting.sitting_no + 1)
    assert [item.title for item in repeat.items.all()] == ["Yoklama", "Kabul"]
    assert repeat.items.get(number=2).draft == draft
    assert roll.hall(repeat).quorum == 8
    assert adjourn(council, meeting) == adjourned  # pressed twice


def test_is_repeated_under_a_number_that_no_planned_sitting_has(council):
    first, second = council.called(), council.planned(starts_at=today_at(11))
    assert second.sitting_no == first.sitting_no + 1
    adjourn(council, first, council.now + dt.timedelta(days=1))
    assert Meeting.objects.get(repeats=first).sitting_no == second.sitting_no + 1


def test_keeps_what_its_opening_found_when_the_quorum_goes_later(council):
    meeting = council.opened(present=17)
    leaving = council.members[0]
    council.mark(meeting, leaving, Status.ABSENT)
    adjourned = adjourn(council, meeting, council.now + dt.timedelta(days=1))
    opening, ending = adjourned.minutes
    assert "17 üyenin hazır bulunduğu, 17 olan toplantı yeter sayısının sağlandığı" in opening["sentences"][1]
    assert leaving.full_name not in opening["sentences"][2]
    recount, adjournment = ending["sentences"]
    assert "16 üyenin hazır bulunduğu, 17 olan toplantı yeter sayısının sağlanamadığı görüldü" in recount
    assert "toplanmak üzere ertelendi" in adjournment


def test_is_repeated_within_three_days(council):
    meeting = council.called()
    for repeat_at in (council.now + dt.timedelta(days=4), council.now - dt.timedelta(hours=1), None):
        with pytest.raises(Invalid) as refused:
            adjourn(council, meeting, repeat_at)
        assert refused.value.field == "day"
    assert Meeting.objects.count() == 1


def test_is_not_adjourned_while_the_quorum_is_there(council):
    with pytest.raises(Invalid):
        adjourn(council, council.opened(present=17), council.now + dt.timedelta(days=1))


def test_ends_for_the_month_when_the_repeat_fails_too(council):
    council.now = today_at().replace(day=10)  # repeat and the next call lie in one month
    meeting = council.called()
    adjourn(council, meeting, council.now + dt.timedelta(days=2))
    repeat = council.seat_in_hall(Meeting.objects.get(repeats=meeting), 7)
    council.now = repeat.starts_at
    assert adjourn(council, repeat).state == MeetingState.ADJOURNED
    assert not Meeting.objects.filter(repeats=repeat).exists()
    with pytest.raises(Invalid):
        council.called(starts_at=council.now + dt.timedelta(days=8))


# --- Closed


@pytest.mark.parametrize("title", ["Yoklama ve açılış.", "Açılış, yoklama", "Açılış – Yoklama:", "AÇILIŞ."])
def test_knows_its_opening_however_it_is_punctuated(title):
    assert AgendaItem(title=title).is_opening
    assert not AgendaItem(title=f"{title} konuşması").is_opening


def test_keeps_what_it_adopted_also_when_the_quorum_goes_later(council):
    """Opened on the day after the one it was called for: that day is the decision's."""
    draft = council.draft()
    called = council.called(("Kabul", draft))
    council = replace(council, now=council.now + dt.timedelta(days=1))
    meeting = open_now(council, council.seat_in_hall(called, 20))
    vote = council.vote(meeting, motion="adopt")
    council.close(vote, counted=Tally(20, 0, 0), decision_no="2026/7")
    for leaving in council.members[:5]:
        council.mark(meeting, leaving, Status.ABSENT, at=council.now)
    adjourned = adjourn(council, meeting, council.now + dt.timedelta(hours=20))
    assert adjourned.state == MeetingState.ADJOURNED
    adoption = draft.decisions.get(kind="adoption")
    assert (adoption.decided_on, adoption.number, adoption.in_favour) == (council.now.date(), "2026/7", 20)


def test_freezes_its_minutes_when_it_closes(council):
    meeting = council.seat_in_hall(council.called(("Yoklama ve açılış", None)), 27)
    council.mark(meeting, council.members[-1], Status.EXCUSED)
    meeting = open_now(council, meeting)
    council.mark(meeting, council.members[3], Status.LEAVE, at=today_at(15, 30))
    item = meeting.items.get()
    services.note_item(item=item, note="Gündem okundu.", by=council.house.clerk)
    closed = services.close_sitting(meeting=meeting, by=council.house.clerk, now=today_at(16, 20))
    assert (
        services.close_sitting(meeting=meeting, by=council.house.clerk, now=today_at(17)).closed_at
        == closed.closed_at
    )
    opening, moved, first, ending = closed.minutes
    assert opening["sentences"][0].startswith("Belediye Meclisi, ")
    assert "saat 14.00’te Meclis Salonunda, İrfan Güneş başkanlığında toplandı." in opening["sentences"][0]
    assert opening["sentences"][1] == (
        "Yapılan yoklamada, üye tam sayısı 32 olan Mecliste 27 üyenin hazır bulunduğu, "
        "17 olan toplantı yeter sayısının sağlandığı görüldü (5393 md. 22)."
    )
    assert opening["sentences"][2].startswith("Yoklamada bulunmayan üyeler: ")
    assert "(mazeretli)" in opening["sentences"][2] and "(izinli)" not in opening["sentences"][2]
    (left,) = moved["sentences"]
    assert left == f"{council.members[3]} saat 15.30’da toplantıdan ayrıldı (izinli)."
    assert first == {"heading": "1. Yoklama ve açılış", "sentences": ["Gündem okundu."]}
    assert ending["sentences"] == [
        "Gündemde görüşülecek başka konu bulunmadığından toplantı saat 16.20’de kapatıldı."
    ]


def test_the_plan_that_it_adopted_is_printed_as_adopted_with_the_number_that_holds_at_the_end(council):
    draft = council.draft()
    meeting = council.opened(("Kabul", draft), present=27)
    vote = council.vote(meeting, motion="adopt")
    council.close(vote, counted=Tally(27, 0, 0), decision_no="2026/60")
    services.correct_number(vote=vote, decision_no="2026/61", by=council.house.clerk)
    assert "1. taslak" in build_html(draft.period, [], draft=draft)
    services.close_sitting(meeting=meeting, by=council.house.clerk, now=council.now)
    jobs.perform_waiting()
    draft = DraftVersion.objects.get()
    assert draft.pdf.name == f"stratejik-plan-{draft.period.code}.pdf"
    html = build_html(draft.period, [], draft=draft)
    day = date_long(council.now)
    assert f"Belediye Meclisinin {day} tarihli ve 2026/61 sayılı kararıyla kabul edilmiştir" in html
    assert f"Kabul: {date_short(council.now)}, 2026/61" in html and "taslak" not in html


def test_names_in_the_minutes_who_voted_how_by_name(council):
    meeting = council.opened(present=17)
    vote = council.vote(meeting, method="named")
    council.cast(vote, 14, 2, 1)
    council.close(vote)
    closed = services.close_sitting(meeting=meeting, by=BY, now=council.now)
    sentence, names = closed.minutes[1]["sentences"]
    assert sentence.startswith("Ad okunarak yapılan oylamada, toplantıya katılan 17 üyenin 14 kabul, 2 ret")
    assert names.startswith("Kabul: Ayşe Demirel, Çiğdem Öztürk, Işık İnce, İbrahim Sarı, İrfan Güneş, ")
    assert "Ret: Üye 07, Üye 08." in names and names.endswith("Çekimser: Üye 09.")


def test_takes_no_ticks_and_notes_when_it_is_over(council):
    meeting = council.opened()
    services.close_sitting(meeting=meeting, by=BY, now=council.now)
    with pytest.raises(Invalid):
        council.mark(meeting, council.members[3])
    with pytest.raises(Invalid):
        services.note_item(item=meeting.items.get(), note="Geç", by=BY)


def test_is_not_closed_while_a_vote_is_open(council):
    meeting = council.opened()
    council.vote(meeting)
    with pytest.raises(Invalid):
        services.close_sitting(meeting=meeting, by=BY, now=council.now)
