"""While a version is judged: evaluators give opinions, the group is asked and answers where the report is."""

import pytest
from django.utils import timezone

from common.decisions import Refused
from documents.reports import services
from documents.reports.models import SectionOpinion, SectionQuestion
from documents.reports.workflow import ReportState
from institution import holdings
from teams.models import Membership
from tests.factories import reports as make
from tests.factories.base import BY, days_ago
from tests.notices.conftest import told


@pytest.fixture
def report(house):
    return make.submitted(house.group)


def at(report, what, number=1):
    return f"/reports/{report.pk}/evaluate/{number}/{what}/"


def part(report, number=1):
    return report.versions.latest("number").sections.get(section__number=number)


# --- Opinions


def test_an_opinion_decides_nothing_and_stands_beside_the_decision(report, unit_rep, team_chair, enter):
    enter(unit_rep).post(at(report, "opinion"), {"opinion": "return", "words": "Kaynağı yok."})
    opinion = SectionOpinion.objects.get()
    assert (opinion.given_by, opinion.choice) == (unit_rep, "return")
    page = enter(team_chair).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    assert "Kaynağı yok." in page and unit_rep.full_name in page
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED and not hasattr(part(report), "decision")


def test_each_evaluator_has_one_opinion_and_may_change_it_until_the_close(report, unit_rep, enter):
    client = enter(unit_rep)
    for choice in ("accept", "edit", "edit"):
        client.post(at(report, "opinion"), {"opinion": choice, "words": ""})
    assert SectionOpinion.objects.get().choice == "edit"
    assert SectionOpinion.objects.get().history.count() == 2
    make.decide(report, by=unit_rep)
    make.close(report)
    assert client.post(at(report, "opinion"), {"opinion": "accept"}).status_code == 403


def test_who_sits_in_the_group_gives_no_opinion(report, team_member, enter):
    assert enter(team_member).post(at(report, "opinion"), {"opinion": "accept"}).status_code == 403
    page = enter(team_member).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    assert "görüş bildiremezsiniz" in page
    assert not SectionOpinion.objects.exists()


def test_an_opinion_for_a_return_needs_its_grounds(report, unit_rep, enter):
    answer = enter(unit_rep).post(at(report, "opinion"), {"opinion": "return", "words": " "})
    assert answer.status_code == 422 and "neden iade edilmesini" in answer.text
    assert 'value="return" required checked' in answer.text
    assert not SectionOpinion.objects.exists()


def test_what_is_refused_stands_there_as_it_was_typed(report, unit_rep, enter):
    answer = enter(unit_rep).post(at(report, "opinion"), {"opinion": "none", "words": "Kaynağı yok."})
    assert answer.status_code == 422 and "Kaynağı yok.</textarea>" in answer.text
    answer = enter(unit_rep).post(at(report, "ask"), {"question": "  "})
    assert answer.status_code == 422 and "Soruyu yazın" in answer.text


def test_the_group_reads_opinions_only_after_the_close(report, unit_rep, rapporteur, enter):
    enter(unit_rep).post(at(report, "opinion"), {"opinion": "edit", "words": "Dili ağır."})
    path = f"/reports/{report.pk}/versions/1/"
    assert "Dili ağır." not in enter(rapporteur).get(path).content.decode()
    make.decide(report, by=unit_rep)
    make.close(report)
    assert "Dili ağır." in enter(rapporteur).get(path).content.decode()


# --- Questions


@pytest.fixture
def question(report, unit_rep, enter):
    enter(unit_rep).post(at(report, "ask"), {"question": "Kaç kişi katıldı?"})
    return SectionQuestion.objects.get()


def test_the_group_answers_and_the_report_stays_with_the_team(
    report, question, unit_rep, group_member, enter
):
    client = enter(group_member)
    assert "Yanıt bekleyen 1 soru" in client.get("/").content.decode()
    page = client.get(f"/reports/{report.pk}/").content.decode()
    assert "Kaç kişi katıldı?" in page
    path = f"/reports/{report.pk}/questions/{question.pk}/answer/"
    assert client.post(path, {"answer": "On sekiz kişi."}).status_code == 302
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("On sekiz kişi.", group_member)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    assert "On sekiz kişi." in enter(unit_rep).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    late = client.post(path, {"answer": "Yirmi."})
    assert late.status_code == 422 and "bu arada yanıtlandı" in late.text
    assert "Yirmi.</textarea>" in late.text and "On sekiz kişi." in late.text
    assert "soru" not in client.get("/").content.decode().partition("Yanıt bekleyen")[2][:20]


def test_who_asked_is_told_of_the_answer_and_the_team_once_they_have_left_it(
    report, question, house, unit_rep, team_chair, rapporteur, enter
):
    path = f"/reports/{report.pk}/questions/{question.pk}/answer/"
    enter(rapporteur).post(path, {"answer": "On sekiz kişi."})
    assert told(unit_rep)[-1] == "explained" and "explained" not in told(team_chair)
    enter(unit_rep).post(at(report, "ask", 2), {"question": "Nerede?"})
    holdings.end(holding=Membership.objects.get(person=unit_rep), on=days_ago(1), by=BY)
    other = SectionQuestion.objects.latest("pk")
    enter(rapporteur).post(
        f"/reports/{report.pk}/questions/{other.pk}/answer/", {"answer": "Kültür merkezinde."}
    )
    assert told(unit_rep).count("explained") == 1
    assert told(team_chair)[-1] == "explained"


def test_only_the_group_answers_and_only_the_team_asks(
    report, question, unit_rep, officer, rapporteur, enter
):
    path = f"/reports/{report.pk}/questions/{question.pk}/answer/"
    for person in (unit_rep, officer):
        assert enter(person).post(path, {"answer": "Bilmem."}).status_code == 403
    assert enter(rapporteur).post(at(report, "ask"), {"question": "?"}).status_code == 403


def test_the_close_says_what_it_leaves_unanswered_and_then_nobody_answers(
    report, question, team_chair, unit_rep, rapporteur, enter
):
    make.decide(report, by=unit_rep)
    asked = enter(team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "Gruba sorulan 1 soru yanıtlanmadı" in asked
    make.close(report)
    with pytest.raises(Refused):
        services.answer(question=question, text="Geç.", by=rapporteur, now=timezone.now())
    assert "Kaç kişi katıldı?" in enter(rapporteur).get(f"/reports/{report.pk}/versions/1/").content.decode()
