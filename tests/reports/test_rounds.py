"""The days within which the team evaluates: set by the municipality, moved by the chair, told before and after."""

import datetime as dt

import pytest
from django.utils import timezone

from common import turkish
from common.notices.models import Notice
from common.owed import most_urgent_first
from documents.reports import home, notices
from institution import services as institution
from institution.models import LegalRule
from tests.factories import reports as make
from tests.factories.base import BY
from tests.notices.conftest import told

DAYS = 10  # as the standard values have it


def today():
    return timezone.localdate()


def submitted_before(house, days, **options):
    return make.submitted(house.group, now=timezone.now() - dt.timedelta(days), **options)


def due_on(report):
    return report.versions.latest("number").due_on


def test_a_submission_is_due_after_the_municipalitys_days_of_that_day(house):
    first = make.submitted(house.group)
    assert due_on(first) == today() + dt.timedelta(DAYS)
    choice = {"valid_from": today(), "article": "Belediyenin tercihi", "source": "Başkan oluru"}
    institution.add_legal_value(key="evaluation.days", value=4, by=BY, **choice)
    assert due_on(make.submitted(house.group)) == today() + dt.timedelta(4)
    assert due_on(submitted_before(house, 1)) == today() + dt.timedelta(DAYS - 1)
    first.refresh_from_db()
    assert due_on(first) == today() + dt.timedelta(DAYS)


def test_without_a_recorded_time_an_evaluation_has_no_due_date(house, enter):
    LegalRule.objects.filter(key="evaluation.days")._raw_delete("default")
    report = make.submitted(house.group)
    assert due_on(report) is None
    page = enter(house.team_chair).get(f"/reports/{report.pk}/close/").content.decode()
    assert "Değerlendirmeye son gün ver" in page


def test_the_report_says_the_day_of_its_newest_version(house, enter):
    report = make.returned(house.group, now=timezone.now() - dt.timedelta(5))
    make.write(report)
    make.submit(report)
    page = enter(house.rapporteur).get(f"/reports/{report.pk}/").content.decode()
    assert f"değerlendirmenin son günü {turkish.date_long(due_on(report))}" in page
    assert page.index(">2. sürüm</a>") < page.index(">1. sürüm</a>")


class TestTheChair:
    def change(self, client, report, **given):
        day = {"due_on": (today() + dt.timedelta(20)).strftime("%d.%m.%Y"), "reason": "Ekip izinde."}
        return client.post(f"/reports/{report.pk}/evaluate/due/", day | given)

    def test_gives_another_day_with_a_reason_that_the_history_tells(self, house, enter):
        report = make.submitted(house.group)
        client = enter(house.team_chair)
        answer = self.change(client, report)
        assert answer.headers["Location"] == f"/reports/{report.pk}/close/"
        assert due_on(report) == today() + dt.timedelta(20)
        assert report.versions.get().history.first().history_change_reason == "Ekip izinde."
        notice = Notice.objects.get(to=house.unit_rep, kind="reports.round_changed")
        # A mail holds no words of a person's own.
        assert notice.words.startswith("Değerlendirmesinin yeni son günü ") and "izinde" not in notice.words
        assert "Ekip izinde." in client.get(f"/history/reports/report/{report.pk}/").content.decode()

    @pytest.mark.parametrize("given", [{"reason": " "}, {"due_on": "01.01.2020"}])
    def test_is_asked_for_a_reason_and_for_a_day_to_come(self, house, enter, given):
        report = make.submitted(house.group)
        assert self.change(enter(house.team_chair), report, **given).status_code == 422
        assert due_on(report) == today() + dt.timedelta(DAYS)

    def test_is_the_only_one(self, house, enter):
        report = make.submitted(house.group)
        assert self.change(enter(house.unit_rep), report).status_code == 403
        assert self.change(enter(house.rapporteur), report).status_code == 403

    def test_moves_nothing_once_the_evaluation_is_closed(self, house, enter):
        report = make.accepted(house.group)
        assert self.change(enter(house.team_chair), report).status_code == 403


class TestTheTeamIsReminded:
    def tell(self, house, days):
        day = dt.datetime.combine(today() + dt.timedelta(days), dt.time(9))
        notices.tell_dates(by=BY, now=timezone.make_aware(day))
        return [kind for kind in told(house.unit_rep) if kind.startswith("round")]

    def test_before_the_day_and_after_it_once_each(self, house):
        make.submitted(house.group)
        assert self.tell(house, 6) == []
        assert self.tell(house, 7) == self.tell(house, 10) == ["round_due"]
        assert self.tell(house, 11) == self.tell(house, 12) == ["round_due", "round_late"]

    def test_but_not_of_what_is_closed(self, house):
        make.accepted(house.group)
        assert self.tell(house, 30) == []


class TestLate:
    @pytest.fixture
    def both(self, house):
        return submitted_before(house, 15, title="Geciken"), make.submitted(house.group, title="Yeni")

    def test_has_a_badge_and_a_filter_in_the_queue(self, house, enter, both):
        client = enter(house.unit_rep)
        page = client.get("/reports/queue/").content.decode()
        assert "5 gün gecikti" in page and "10 gün kaldı" in page
        narrowed = client.get("/reports/queue/?kind=late").content.decode()
        assert "Geciken" in narrowed and "10 gün kaldı" not in narrowed

    def test_stands_on_the_first_screen_and_first_of_what_is_owed(self, house, enter, both):
        assert "5 gün gecikti" in enter(house.unit_rep).get("/").content.decode()
        owed = most_urgent_first(home.owed(house.unit_rep, house.period, today()))
        assert [(one.thing, one.due_on) for one in owed][0] == ("Geciken", due_on(both[0]))

    def test_is_no_word_for_what_was_closed(self, house, enter, both):
        make.decide(both[0], by=house.unit_rep)
        make.close(both[0])
        client = enter(house.unit_rep)
        assert "gecikti" not in client.get("/reports/queue/?show=decided").content.decode()
        assert "Geciken" not in client.get("/reports/queue/?kind=late").content.decode()
