"""Criteria of a template: set with their weights, given marks while a version is judged, one result a report."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from documents.reports import criteria, editions, services
from documents.reports.models import ReportTemplate, VersionMarks
from documents.reports.workflow import ReportState
from tests.factories import reports as make

ASKED = [
    {"name": "Katılım", "weight": 60, "hint": "Kimlerin katıldığı."},
    {"name": "Veriye dayanma", "weight": 40, "hint": ""},
]


def asking(*, shows_marks=False, wanted=ASKED):
    template = make.template()
    return services.save_criteria(
        template=template, criteria=wanted, shows_marks=shows_marks, by=make.officer(), now=timezone.now()
    )


@pytest.fixture
def report(house):
    return make.submitted(house.group, of=asking())


def at(report):
    return f"/reports/{report.pk}/evaluate/marks/"


def mark(client, report, first="", second="", **more):
    sent = {"version": 1, "mark-1": first, "mark-2": second} | more
    return client.post(at(report), sent, follow=True).content.decode()


def closed(house, enter, *, shows_marks):
    report = make.submitted(house.group, of=asking(shows_marks=shows_marks))
    make.decide(report, by=house.unit_rep)
    mark(enter(house.unit_rep), report, "0", "1")
    mark(enter(house.team_chair), report, "3", "4")
    make.close(report)
    return report


class TestTheTemplate:
    def send(self, client, template, rows, **more):
        sent = {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": 0}
        for n, (name, weight) in enumerate(rows):
            sent |= {f"criteria-{n}-name": name, f"criteria-{n}-weight": weight, f"criteria-{n}-hint": ""}
        return client.post(f"/reports/templates/{template.pk}/criteria/", sent | more)

    def test_is_given_criteria_by_the_directorate(self, house, enter):
        template, client = make.template(), enter(house.officer)
        rows = [("Katılım", "60"), ("", ""), ("Veri", "40")]
        assert self.send(client, template, rows, shows_marks="on").status_code == 302
        template.refresh_from_db()
        assert [(one["name"], one["weight"]) for one in template.criteria] == [("Katılım", 60), ("Veri", 40)]
        assert template.shows_marks
        page = client.get(f"/reports/templates/{template.pk}/").content.decode()
        assert "Katılım" in page and "ağırlık 60" in page

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([("Katılım", "60"), ("Veri", "30")], "şu an 90"),
            ([("Katılım", "50"), ("Katılım", "50")], "adı aynı"),
            ([("Katılım", "")], "Ağırlığı yazın"),
            ([("Katılım", "0"), ("Veri", "100")], "invalid-feedback"),
        ],
    )
    def test_takes_none_whose_weights_are_not_a_hundred(self, house, enter, rows, said):
        template = make.template()
        answer = self.send(enter(house.officer), template, rows)
        assert answer.status_code == 422 and said in answer.content.decode()
        template.refresh_from_db()
        assert template.criteria == []

    def test_keeps_them_for_reports_already_requested(self, house):
        template = asking(shows_marks=True)
        old = make.requested(house.group, of=template)
        other = [{"name": "Dil", "weight": 100, "hint": ""}]
        services.save_criteria(
            template=template, criteria=other, shows_marks=False, by=make.officer(), now=timezone.now()
        )
        new = make.requested(house.group, of=ReportTemplate.objects.get(pk=template.pk))
        assert (criteria.of(old), criteria.of(new)) == (ASKED, other)
        assert [one.version.shows_marks for one in editions.of(template)] == [False, True]
        assert any("Dil 100" in sentence for sentence in editions.of(template)[0].differences)

    def test_carries_them_into_its_next_version(self, house):
        template = asking()
        make.requested(house.group, of=template)
        section = template.sections.first()
        shape = {name: getattr(section, name) for name in services.SHAPE} | {"title": "Başka"}
        services.save_template_section(
            template=template, section=section, by=make.officer(), now=timezone.now(), **shape
        )
        assert criteria.of(make.requested(house.group, of=template)) == ASKED
        assert template.versions.count() == 2


class TestMarks:
    def test_are_each_evaluators_own_and_may_change_until_the_close(self, report, house, enter):
        assert "kaydedildi" in mark(enter(house.unit_rep), report, "1")
        assert "kaydedildi" in mark(enter(house.unit_rep), report, "", "2")
        mark(enter(house.team_chair), report, "4", "4")
        kept = VersionMarks.objects.get(given_by=house.unit_rep)
        assert kept.marks == {"Katılım": 1, "Veriye dayanma": 2}
        assert kept.history.count() == 2
        page = enter(house.team_chair).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
        assert f"{house.unit_rep.full_name}: Zayıf" in page

    @pytest.mark.parametrize("sent", [("", ""), ("5", ""), ("iyi", "")])
    def test_are_of_the_scale(self, report, house, enter, sent):
        assert "En az bir ölçüte" in mark(enter(house.unit_rep), report, *sent)
        assert not VersionMarks.objects.exists()

    def test_are_not_given_by_who_sits_in_the_group(self, report, house, enter):
        assert enter(house.team_member).post(at(report), {"version": 1, "mark-1": "4"}).status_code == 403
        assert enter(house.rapporteur).post(at(report), {"version": 1, "mark-1": "4"}).status_code == 403

    def test_lead_back_to_the_section_where_they_were_given(self, report, house, enter):
        sent = {"version": 1, "mark-1": "4", "section": 2}
        answer = enter(house.unit_rep).post(at(report), sent)
        assert answer.headers["Location"] == f"/reports/{report.pk}/evaluate/2/#criteria"

    def test_are_given_before_the_close(self, report, house, enter):
        make.decide(report, by=house.unit_rep)
        chair = enter(house.team_chair)
        mark(enter(house.unit_rep), report, "2", "2")
        mark(chair, report, "3")
        assert chair.post(f"/reports/{report.pk}/close/").status_code == 403
        page = chair.get(f"/reports/{report.pk}/close/").content.decode()
        assert "Önce her ölçüte puan verin: Veriye dayanma." in page
        mark(chair, report, "3", "4")
        make.close(report)
        assert report.state == ReportState.ACCEPTED

    def test_stand_as_they_were_once_it_is_closed(self, house, enter):
        report = closed(house, enter, shows_marks=True)
        assert enter(house.team_chair).post(at(report), {"version": 1, "mark-1": "0"}).status_code == 403
        with pytest.raises(DatabaseError), transaction.atomic():
            VersionMarks.objects.filter(given_by=house.team_chair)._raw_delete("default")


class TestTheResult:
    @pytest.mark.parametrize(
        ("marks", "result"), [((4, 4), 100), ((0, 0), 0), ((3, 4), 85), ((1, None), None)]
    )
    def test_weighs_the_marks(self, marks, result):
        rows = [criteria.Marked(**one, mark=mark, others=[]) for one, mark in zip(ASKED, marks, strict=True)]
        assert criteria.result(rows) == result

    def test_is_that_of_who_closed_and_told_to_the_group_where_the_template_says_so(self, house, enter):
        report = closed(house, enter, shows_marks=True)
        for page in ("", "versions/1/"):
            told = enter(house.rapporteur).get(f"/reports/{report.pk}/{page}").content.decode()
            assert "85 / 100" in told and "Çok iyi" in told and "Yetersiz" not in told

    def test_is_not_told_to_the_group_otherwise(self, house, enter):
        report = closed(house, enter, shows_marks=False)
        seen = {
            who: "85 / 100" in enter(who).get(f"/reports/{report.pk}/").content.decode()
            for who in (house.rapporteur, house.unit_rep, house.officer, house.inspector)
        }
        assert list(seen.values()) == [False, True, True, True]

    @pytest.mark.parametrize(("shows_marks", "told"), [(True, True), (False, False)])
    def test_stands_in_the_history_for_whom_it_is_told_to(self, house, enter, shows_marks, told):
        report = closed(house, enter, shows_marks=shows_marks)
        page = f"/history/reports/report/{report.pk}/"
        assert ("Katılım: İyi" in enter(house.rapporteur).get(page).content.decode()) is told
        assert "Katılım: İyi" in enter(house.officer).get(page).content.decode()

    def test_is_not_told_before_the_close(self, report, house, enter):
        mark(enter(house.unit_rep), report, "3", "4")
        for who in (house.officer, house.rapporteur):
            assert "85 / 100" not in enter(who).get(f"/reports/{report.pk}/").content.decode()
            assert (
                "Katılım: İyi" not in enter(who).get(f"/history/reports/report/{report.pk}/").content.decode()
            )


def test_a_template_without_criteria_asks_for_none(house, enter):
    report = make.submitted(house.group)
    page = enter(house.unit_rep).get(f"/reports/{report.pk}/evaluate/1/").content.decode()
    assert "Ölçütler" not in page
    assert enter(house.unit_rep).post(at(report), {"version": 1, "mark-1": "3"}).status_code == 403
