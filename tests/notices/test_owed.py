"""The one button of every mail leads to everything that the person owes, and only to that."""

import pytest

from documents.reports import home
from documents.reports.models import SectionQuestion
from tests.factories import reports as make
from tests.meetings.conftest import fill

pytestmark = pytest.mark.django_db


def owed(client) -> list[tuple[str, str]]:
    return [(str(one.act), one.url) for one in client.get("/owed/").context["owed"]]


def test_who_writes_owes_the_report_and_then_the_answer(house, enter):
    report, rapporteur = make.requested(house.group), enter(house.rapporteur)
    assert owed(rapporteur) == [("Raporu yaz", f"/reports/{report.pk}/write/")]
    make.write(report)
    make.submit(report)
    assert owed(rapporteur) == []
    assert "Şu anda bekleyen işiniz yok" in rapporteur.get("/owed/").text
    make.decide(report, {1: "return"}, by=house.unit_rep)
    make.close(report)
    assert owed(rapporteur) == [("Açıklamaları yanıtla", f"/reports/{report.pk}/write/")]


def test_the_team_owes_decisions_and_its_chair_the_close(house, enter):
    report = make.submitted(house.group)
    member, chair = enter(house.unit_rep), enter(house.team_chair)
    assert owed(member) == owed(chair) == [("Raporu değerlendir", f"/reports/{report.pk}/evaluate/")]
    make.decide(report, by=house.unit_rep)
    assert owed(member) == []
    assert owed(chair) == [("Değerlendirmeyi kapat", f"/reports/{report.pk}/close/")]


def test_who_writes_owes_the_team_its_answers(house, enter):
    report, rapporteur, member = make.submitted(house.group), enter(house.rapporteur), enter(house.unit_rep)
    before = home.open_count(house.rapporteur, house.period)
    for words in ("Kaç kişi?", "Hangi gün?"):
        member.post(f"/reports/{report.pk}/evaluate/1/ask/", {"question": words})
    assert owed(rapporteur) == [
        ("Stratejik Planlama Ekibinin sorularını yanıtla", f"/reports/{report.pk}/#questions")
    ]
    assert "2 soru" in rapporteur.get("/owed/").text
    assert home.open_count(house.rapporteur, house.period) == before + 1
    for question in SectionQuestion.objects.all():
        path = f"/reports/{report.pk}/questions/{question.pk}/answer/"
        rapporteur.post(path, {"answer": "Tutanakta yazıyor."})
    assert owed(rapporteur) == []
    assert home.open_count(house.rapporteur, house.period) == before


def test_the_directorate_owes_late_groups_a_reminder(house, enter):
    report, officer = make.requested(house.group, due_in=-1), enter(house.officer)
    assert owed(officer) == [("Geciken gruplara hatırlat", "/reports/remind/")]
    officer.post("/reports/remind/", {"report": report.pk})
    assert owed(officer) == []


def test_a_member_of_the_council_owes_the_open_vote(house, enter):
    council = fill(house)
    vote = council.vote(council.opened(("Kabul", None)), method="named")
    member = enter(house.council_member)
    assert owed(member) == [("Oy ver", f"/meetings/votes/{vote.pk}/")]
    member.post(f"/meetings/votes/{vote.pk}/cast/", {"choice": "for"})
    assert owed(member) == []


def test_costs_the_same_with_many_reports(house, enter, queries):
    rapporteur, officer = enter(house.rapporteur), enter(house.officer)
    make.requested(house.group)
    few = queries(rapporteur, "/owed/"), queries(officer, "/owed/")
    for _n in range(3):
        make.requested(house.group)
    assert (queries(rapporteur, "/owed/"), queries(officer, "/owed/")) == few


def test_asks_who_opens_it_to_sign_in(client, house):
    assert client.get("/owed/").headers["Location"] == "/accounts/login/?next=/owed/"
