"""Sending a report, and what the group reads of it afterwards, over HTTP."""

import pytest
from django.utils import timezone

from documents.reports import services
from documents.reports.models import ReportVersion
from documents.reports.workflow import ReportState
from teams import services as teams
from tests.factories import reports as make
from tests.factories.base import BY, days_ago
from tests.reports.asking import save, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(house):
    return make.requested(house.group)


# --- Submitting


def test_shows_what_is_missing_before_it_is_sent(report, rapporteur, enter):
    make.write(report, 1)
    page = enter(rapporteur).get(url(report, "submit")).content.decode()
    assert "2 bölüm tamam değil" in page and "2. 2. konu" in page and "1. 1. konu</a>:" not in page


def test_sends_the_report_in_two_presses_and_once(house, rapporteur, enter):
    report = make.written(house.group)
    client = enter(rapporteur)
    assert client.get(url(report, "submit")).status_code == 200
    first, second = (client.post(url(report, "submit")) for _ in range(2))
    assert first.url == second.url == url(report)
    assert ReportVersion.objects.count() == 1


def test_an_incomplete_report_stays_and_says_where(report, rapporteur, enter):
    answer = enter(rapporteur).post(url(report, "submit"))
    assert answer.status_code == 422
    report.refresh_from_db()
    assert report.state == ReportState.REQUESTED


def test_a_group_without_a_team_member_cannot_send(house, rapporteur, team_member, enter):
    report = make.written(house.group)
    teams.end(holding=house.group.memberships.get(person=team_member), on=days_ago(1), by=BY)
    page = enter(rapporteur).get(url(report, "submit")).content.decode()
    assert "disabled" in page
    assert enter(rapporteur).post(url(report, "submit")).status_code == 403


# --- What became of it


def test_the_reports_page_tells_what_became_of_each_part(house, rapporteur, enter):
    report = make.submitted(house.group)
    make.decide(report, {1: make.Choice.EDIT, 2: make.Choice.RETURN})
    make.close(report)
    page = enter(rapporteur).get(url(report)).content.decode()
    assert "Düzeltilerek kabul edildi" in page
    assert "<ins" in page and "Ölçeği ve puanlamaya katılanları yazınız." in page


def test_the_remark_and_the_groups_answer_stand_together_once_it_is_sent(
    house, rapporteur, team_chair, enter
):
    report = make.returned(house.group)
    section = report.sections.get(number=1)
    services.mark_answered(section=section, answer="Ölçek eklendi.", by=rapporteur, now=timezone.now())
    client = enter(rapporteur)
    told = "Grubun yanıtı:</b> Ölçek eklendi."
    assert told not in client.get(url(report)).content.decode()
    make.submit(report)
    remark = "Ölçeği ve puanlamaya katılanları yazınız."
    page = client.get(url(report)).content.decode()
    assert (page.count(told), page.count(remark)) == (1, 1)
    assert page.index(remark) < page.index(told)
    make.decide(report)
    closing = enter(team_chair).get(url(report, "close")).content.decode()
    assert closing.index(remark) < closing.index(told)
    make.close(report)
    for place in (url(report), url(report, "versions", 2)):
        page = client.get(place).content.decode()
        assert page.index(remark) < page.index(told)


def test_says_where_a_remark_was_answered_by_the_text_alone(house, rapporteur, team_chair, enter):
    report = make.returned(house.group)
    client = enter(rapporteur)
    section = report.sections.get(number=1)
    client.post(
        url(report, "sections", 1, "save"),
        {"version": section.revision, "html": "<p>Yeni.</p>", "answer": "", "go": "answered"},
    )
    client.post(url(report, "submit"))
    assert "Yazılı yanıt yok; metin değiştirildi." in client.get(url(report)).content.decode()
    assert (
        "1 bölüm değişti, 1 açıklama yanıtlandı" in enter(team_chair).get("/reports/queue/").content.decode()
    )


def test_decisions_are_the_teams_own_until_the_close(house, rapporteur, team_member, enter):
    report = make.submitted(house.group)
    make.decide(report, {1: make.Choice.RETURN})
    path = url(report, "versions", 1)
    assert "Ölçeği ve puanlamaya" not in enter(rapporteur).get(path).content.decode()
    assert "Ölçeği ve puanlamaya" in enter(team_member).get(path).content.decode()


def test_former_versions_stay_readable(house, rapporteur, enter):
    report = make.returned(house.group)
    make.write(report, text=make.TEXT.replace("18", "24"))
    make.submit(report)
    client = enter(rapporteur)
    assert "18 katılımcı" in client.get(url(report, "versions", 1)).content.decode()
    changes = client.get(url(report, "versions", 2) + "?view=changes").content.decode()
    assert "18</del>" in changes


def test_the_history_of_a_report_is_a_page(house, rapporteur, council_member, enter):
    report = make.returned(house.group)
    path = f"/history/reports/report/{report.pk}/"
    assert enter(rapporteur).get(path).status_code == 200
    assert enter(council_member).get(path).status_code == 404


def test_scripts_in_old_text_are_cleaned_when_shown(house, officer, enter):
    report = make.written(house.group)
    from django.db.models import QuerySet

    QuerySet(type(report.sections.first())).filter(report=report, number=1).update(
        html="<p>Eski <script>alert(1)</script><a href='javascript:x()'>bağ</a></p>"
    )
    page = enter(officer).get(url(report, "sections", 1)).content.decode()
    assert "alert(1)" not in page and "javascript:" not in page


def test_an_evaluated_edit_is_the_section_that_everybody_reads(house, rapporteur, enter):
    report = make.accepted(house.group, edited=(1,))
    page = enter(rapporteur).get(url(report, "sections", 1)).content.decode()
    assert "Yazım düzeltildi." in page


def test_a_late_save_after_submission_is_refused_and_says_so(house, rapporteur, enter):
    report = make.written(house.group)
    section = report.sections.get(number=1)
    services.submit(report=report, by=rapporteur, now=timezone.now())
    answer = save(enter(rapporteur), report, version=section.revision, html="<p>Geç kaldı.</p>")
    assert answer.status_code == 403
    assert "Rapor gönderildi" in answer.json()["message"]
