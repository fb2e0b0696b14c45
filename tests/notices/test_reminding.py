"""The Directorate reminds all late groups: once a day, those that are ticked, and the report remembers it."""

import datetime as dt

import pytest
from django.utils import timezone

from common.decisions import Refused
from documents.reports import services
from documents.reports.models import Reminder
from tests.factories import reports as make
from tests.factories.base import person, seat, sub_group
from tests.notices.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(house):
    return make.requested(house.group, due_in=-3, title="Paydaş analizi raporu")


def press(client, *reports):
    return client.post("/reports/remind/", {"report": [report.pk for report in reports]}, follow=True)


def test_the_preview_says_whom_with_which_words_and_when_last(house, enter, late):
    page = enter(house.officer).get("/reports/remind/").text
    for words in ("Elif Aksoy", "Nuri Balcı", "rapor 3 gün gecikti.”", "Hiç", "Hatırlatmaları gönder"):
        assert words in page
    assert Reminder.objects.count() == 0


def test_a_second_press_on_the_same_day_reminds_nobody_twice(house, enter, late):
    officer = enter(house.officer)
    assert "1 gruba hatırlatma gönderildi." in press(officer, late).text
    assert "Kimseye hatırlatma gönderilmedi" in press(enter(house.director), late).text
    assert told(house.rapporteur) == ["requested", "reminder"]
    assert "Bugün; yarından önce yinelenmez" in officer.get("/reports/remind/").text
    tomorrow = timezone.now() + dt.timedelta(1)
    services.remind(period=house.period, reports=[late.pk], by=house.officer, now=tomorrow)
    assert told(house.rapporteur) == ["requested", "reminder", "reminder"]


def test_only_ticked_and_late_reports_are_reminded(house, enter, late):
    other = sub_group(house.period, "Mevzuat Grubu")
    seat(other, person("Başka Kişi"))
    unticked, in_time = make.requested(other, due_in=-1), make.requested(other, due_in=5)
    press(enter(house.officer), late, in_time)
    assert [reminder.report for reminder in Reminder.objects.all()] == [late]
    assert unticked.reminders.count() == 0


def test_the_report_s_history_tells_who_reminded_whom(house, enter, late):
    press(enter(house.officer), late)
    page = enter(house.officer).get(f"/history/reports/report/{late.pk}/").text
    assert "Elif Aksoy, Kemal Uysal, Nuri Balcı" in page and house.officer.full_name in page


def test_nobody_else_reminds(house, enter, late):
    assert press(enter(house.rapporteur), late).status_code == 403
    with pytest.raises(Refused):
        services.remind(period=house.period, reports=[late.pk], by=house.team_chair, now=timezone.now())


def test_the_preview_costs_the_same_with_many(house, enter, queries, late):
    officer = enter(house.officer)
    few = queries(officer, "/reports/remind/")
    for _n in range(3):
        make.requested(house.group, due_in=-2)
    assert queries(officer, "/reports/remind/") == few <= 12
