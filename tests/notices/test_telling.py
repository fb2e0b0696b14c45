"""A notice is made with the act that it tells of, once for each person whom the act concerns."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from common.jobs.models import Job
from common.notices import services
from common.notices.models import Choice, Notice
from documents.reports import notices
from documents.reports import services as reports
from institution.models import User
from tests.factories import reports as make
from tests.factories.base import BY, days_ago
from tests.notices.conftest import told

pytestmark = pytest.mark.django_db


def test_a_report_on_its_way_tells_who_has_the_pen_next(house, enter):
    report = make.written(house.group)
    assert told(house.group_member) == ["requested"]
    for _press in range(2):
        enter(house.rapporteur).post(f"/reports/{report.pk}/submit/")
    evaluators = [house.team_chair, house.unit_rep]
    assert [told(who) for who in evaluators] == [["submitted"]] * 2
    make.decide(report, {1: "return"}, by=house.unit_rep)
    make.close(report)
    assert told(house.group_member) == ["requested", "returned"]
    make.write(report)
    make.submit(report)
    assert told(house.team_chair) == ["submitted", "answered"]
    assert Notice.objects.filter(to=house.officer).count() == 0


def test_who_acts_is_not_told_of_it(house):
    report = make.requested(house.group)
    both = [house.rapporteur.pk, house.group_member.pk]
    mention = {"section": report.sections.get(number=1), "people": both, "comment": 1}
    notices.tell_mentioned(report=report, by=house.rapporteur, now=timezone.now(), **mention)
    assert "mentioned" in told(house.group_member) and "mentioned" not in told(house.rapporteur)


def test_the_same_news_told_twice_is_one_notice(house):
    about = services.About("Rapor", "/reports/")
    ask = {"kind": "reports.accepted", "about": about, "key": "bir", "by": BY, "now": timezone.now()}
    data = {"body": house.group.pk}
    first = services.notify(to=[house.rapporteur.pk], data=data, **ask)
    again = services.notify(to=[house.rapporteur.pk, house.group_member.pk], data=data, **ask)
    assert [notice.to for notice in first + again] == [house.rapporteur, house.group_member]


def test_an_act_that_does_not_happen_tells_nobody(house):
    report = make.submitted(house.group)
    make.decide(report, {1: "return"}, by=house.unit_rep)
    before = Notice.objects.count(), Job.objects.count()
    with transaction.atomic():
        reports.close(report=report, by=house.team_chair, now=timezone.now())
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Job.objects.count()) == before


def test_a_moved_or_cancelled_request_tells_the_group(house):
    report = make.requested(house.group)
    now = timezone.now()
    reports.change_due(report=report, due_on=days_ago(-20), by=house.officer, now=now)
    reports.cancel(report=report, reason="Birleştirildi", by=house.officer, now=timezone.now())
    assert told(house.group_member) == ["requested", "due_changed", "cancelled"]


def test_a_comment_tells_whom_it_names_and_leads_to_the_section(house, enter):
    report = make.requested(house.group)
    section = report.sections.get(number=1)
    notices.tell_mentioned(
        report=report,
        section=section,
        people=[house.group_member.pk],
        comment=1,
        by=house.rapporteur,
        now=timezone.now(),
    )
    mention = Notice.objects.get(kind="reports.mentioned")
    assert section.heading in mention.words
    answer = enter(house.group_member).get(f"/notices/{mention.pk}/")
    assert answer.headers["Location"] == f"/reports/{report.pk}/sections/1/"


class TestDueDates:
    def at(self, days: int, hour: int = 9) -> dt.datetime:
        day = timezone.localdate() + dt.timedelta(days)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))

    def tell(self, now: dt.datetime, house) -> list[str]:
        notices.tell_dates(by=BY, now=now)
        return told(house.group_member)[1:]

    def test_are_told_three_days_before_and_once_they_have_passed(self, house):
        make.requested(house.group, due_in=10)
        assert self.tell(self.at(6), house) == []
        assert self.tell(self.at(7, hour=6), house) == []  # an hour before the mails of the day
        assert self.tell(self.at(7, hour=7), house) == ["due_soon"]
        assert self.tell(self.at(9), house) == ["due_soon"]
        assert self.tell(self.at(11), house) == ["due_soon", "late"]
        assert self.tell(self.at(12), house) == ["due_soon", "late"]

    def test_are_told_as_many_days_before_as_the_setting_says(self, house, settings):
        settings.NOTICE_DUE_SOON_DAYS = 5
        make.requested(house.group, due_in=10)
        assert self.tell(self.at(5), house) == ["due_soon"]

    def test_that_cannot_be_told_take_no_other_along(self, house, monkeypatch):
        broken, report = make.requested(house.group, due_in=1), make.requested(house.group, due_in=1)
        tell_group = notices.tell_group

        def breaks(what, told, **how):
            tell_group(what, told, **how)
            if told == broken:
                raise ConnectionError

        monkeypatch.setattr(notices, "tell_group", breaks)
        with pytest.raises(ConnectionError):
            notices.tell_dates(by=BY, now=self.at(2))
        kept = Notice.objects.filter(kind="reports.late", to=house.group_member)
        assert [notice.data["report"] for notice in kept] == [report.pk]
        monkeypatch.undo()
        notices.tell_dates(by=BY, now=self.at(2))
        assert kept.all().count() == 2

    def test_are_not_told_of_what_was_submitted(self, house):
        make.submitted(house.group, due_in=1)
        assert self.tell(self.at(2), house) == []


class TestTheBell:
    @pytest.fixture
    def notice(self, house) -> Notice:
        make.requested(house.group)
        return Notice.objects.get(to=house.group_member)

    def test_counts_what_is_unread_until_its_place_is_opened(self, house, enter, notice):
        member = enter(house.group_member)
        assert "Bildirimler, 1 okunmamış" in member.get("/plan/").text
        assert member.get(f"/notices/{notice.pk}/").headers["Location"] == notice.url
        assert "Bildirimler, 0 okunmamış" in member.get("/plan/").text

    def test_of_another_person_is_not_there(self, house, enter, notice):
        other = enter(house.rapporteur)
        assert other.get(f"/notices/{notice.pk}/").status_code == 404
        assert other.post(f"/notices/{notice.pk}/read/").status_code == 404
        assert Notice.objects.get(pk=notice.pk).read_at is None

    def test_is_silenced_one_by_one_or_for_all(self, house, enter, notice):
        make.requested(house.group)
        make.requested(house.group)
        member, mine = enter(house.group_member), Notice.objects.filter(to=house.group_member)
        member.post(f"/notices/{notice.pk}/read/")
        assert mine.unread().count() == 2
        assert [one.pk for one in mine.of(house.group_member)][-1] == notice.pk
        member.post("/notices/read/")
        assert mine.unread().count() == 0
        assert Notice.objects.filter(to=house.rapporteur).unread().count() == 3

    def test_costs_the_same_with_many(self, house, enter, queries, notice):
        member = enter(house.group_member)
        few = queries(member, "/notices/")
        copies = [Notice(**_fields(notice) | {"key": str(number)}) for number in range(60)]
        Notice.objects.bulk_create(copies)
        assert queries(member, "/notices/") == few <= 12

    def test_speaks_the_reader_s_language(self, house, enter, notice):
        member = enter(house.group_member)
        assert "Grubunuzdan istendi" in member.get("/notices/").text
        member.post("/language/", {"language": "en"})
        assert "It was requested from your group" in member.get("/notices/").text


def _fields(notice: Notice) -> dict:
    return {f.attname: getattr(notice, f.attname) for f in Notice._meta.concrete_fields if not f.primary_key}


def test_a_person_chooses_how_each_group_comes(house, enter):
    member = enter(house.group_member)
    page = member.get("/notices/choices/").context["form"]
    chosen = {name: field.initial for name, field in page.fields.items()}
    assert chosen["reports.returned"] == "at_once" and chosen["reports.requests"] == "digest"
    member.post("/notices/choices/", chosen | {"reports.requests": "here"})
    assert Choice.objects.get().history.get().history_user_id == house.group_member.pk
    make.requested(house.group)
    channels = dict(Notice.objects.values_list("to__full_name", "channel"))
    assert channels[house.group_member.full_name] == "here"
    assert channels[house.rapporteur.full_name] == "digest"
    assert User.objects.get(pk=house.rapporteur.pk).history.count() == 1
