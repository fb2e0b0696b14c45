"""Many at the same moment: one decision, one version, no word written over another."""

import pytest
from django.utils import timezone

from documents.reports import services
from documents.reports.models import ReportVersion, SectionDecision
from tests.factories import reports as make
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def test_of_eight_who_decide_at_once_one_wins_and_the_others_are_told(house):
    team = [house.team_chair, house.team_member, house.unit_rep]
    report = make.submitted(house.group)
    for frozen in report.versions.get().sections.all():
        acts = [
            lambda by=team[n % 3], n=n: services.decide(
                section_version=frozen,  # noqa: B023  used before the loop goes on
                choice="return",
                reason=f"{n}. gerekçe",
                revision=0,
                by=by,
                now=timezone.now(),
            )
            for n in range(8)
        ]
        answers = at_once(*acts)
        won = [answer for answer in answers if isinstance(answer, SectionDecision)]
        told = [answer for answer in answers if isinstance(answer, services.DecidedMeanwhile)]
        assert (len(won), len(told)) == (1, 7)
        assert all(won[0].decided_by.full_name in str(answer.message) for answer in told)
        assert won[0].history.count() == 1


def test_a_submit_pressed_many_times_at_once_makes_one_version(house, rapporteur):
    report = make.written(house.group)
    acts = [lambda: services.submit(report=report, by=rapporteur, now=timezone.now())] * 12
    answers = at_once(*acts)
    assert {getattr(answer, "pk", answer) for answer in answers} == {ReportVersion.objects.get().pk}
    assert ReportVersion.objects.get().history.count() == 1


def test_a_close_pressed_many_times_at_once_closes_once(house, team_chair):
    report = make.submitted(house.group)
    make.decide(report)
    version = report.versions.get()
    acts = [lambda: services.close(report=report, by=team_chair, now=timezone.now())] * 6
    assert {answer.pk for answer in at_once(*acts)} == {version.pk}
    assert version.history.count() == 2


def test_of_many_writers_none_overwrites_another(house, rapporteur, group_member):
    report = make.requested(house.group)
    section = report.sections.get(number=1)
    for round_ in range(ROUNDS):
        section.refresh_from_db()
        acts = [
            lambda n=n, by=by, r=round_: services.save_section(
                section=section, revision=section.revision, html=f"<p>{r} {n}</p>", by=by, now=timezone.now()
            )
            for n, by in enumerate([rapporteur, group_member] * 2)
        ]
        answers = at_once(*acts)
        lost = [answer for answer in answers if isinstance(answer, services.SavedMeanwhile)]
        assert len(lost) == 3
        (kept,) = [answer for answer in answers if answer not in lost]
        section.refresh_from_db()
        assert section.html == kept.html
        assert {other.section.html for other in lost} == {kept.html}


def test_a_save_and_a_submit_at_once_never_part_the_version_from_the_text(house, rapporteur, group_member):
    for round_ in range(ROUNDS):
        report = make.written(house.group)
        section = report.sections.get(number=1)
        at_once(
            lambda r=report: services.submit(report=r, by=rapporteur, now=timezone.now()),
            lambda s=section, n=round_: services.save_section(
                section=s,
                revision=s.revision,
                html=f"<p>Son söz {n}.</p>",
                by=group_member,
                now=timezone.now(),
            ),
        )
        report.refresh_from_db()
        section.refresh_from_db()
        if report.state == "submitted":
            assert report.versions.get().sections.get(section=section).html == section.html


def test_the_same_request_sent_many_times_at_once_is_one(house, officer):
    template = make.template()
    acts = [lambda: make.requested(house.group, of=template, title="Tek rapor")] * 6
    answers = at_once(*acts)
    assert len({answer.pk for answer in answers}) == 1
