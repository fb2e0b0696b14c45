"""Evaluators at the same moment: one decision stands, the others learn whose and when."""

import pytest
from django.urls import reverse
from django.utils import timezone

from common import turkish
from documents.reports import merging, services
from documents.reports.models import Report, SectionDecision, SectionVersion
from institution.models import Body
from institution.roles import Kind, Role
from tests.concurrency.conftest import Door
from tests.factories import reports as make
from tests.factories.base import body, person, seat

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, EVALUATORS = 50, 8
CHOICES = ("accept", "return")


def judge(report, number):
    return reverse("reports:judge", args=[report.pk, number])


@pytest.fixture
def team(house):
    members = [house.team_chair, house.team_member, house.unit_rep]
    while len(members) < EVALUATORS:
        members.append(person(password=None))
        seat(house.team, members[-1])
    return members


@pytest.fixture
def sections(house) -> list[tuple[Report, int]]:
    """So many sections that await their decision, a few in each report: pages stay small."""
    of = make.template(texts=4, table=False)
    found = []
    while len(found) < ROUNDS:
        report = make.submitted(house.group, of=of)
        found += [(report, number) for number in range(1, 6)]
    return found[:ROUNDS]


def test_of_eight_who_decide_at_once_one_decides_and_seven_are_told(door: Door, team, sections):
    for n, (report, number) in enumerate(sections):
        forms = [
            {"choice": CHOICES[(n + m) % 2], "reason": f"{m}. gerekçe", "revision": 0}
            for m in range(EVALUATORS)
        ]
        answers = door.all_at_once(
            *((who, judge(report, number), form) for who, form in zip(team, forms, strict=True))
        )
        assert sorted(a.status for a in answers) == [302] + [409] * (EVALUATORS - 1)
        decision = SectionDecision.objects.select_related("decided_by").get(
            section_version__section__report=report, section_version__section__number=number
        )
        winner = [a.status for a in answers].index(302)
        assert decision.decided_by == team[winner]
        assert (decision.choice, decision.reason) == (forms[winner]["choice"], forms[winner]["reason"])
        assert decision.history.count() == 1
        name, time = str(decision.decided_by), turkish.time(decision.decided_at)
        for answer in answers:
            assert answer.status == 302 or (name in answer.text and time in answer.text)
    assert SectionDecision.objects.count() == ROUNDS


def test_a_decision_and_the_close_at_once_never_part(door: Door, house, team):
    """Who changes a decision while the chair closes is either counted in the outcome or refused."""
    of = make.template(texts=1, table=False)
    for _round in range(5):
        report = make.submitted(house.group, of=of)
        make.decide(report, by=house.unit_rep)
        changed, closed = door.all_at_once(
            (house.unit_rep, judge(report, 1), {"choice": "return", "reason": "Eksik", "revision": 1}),
            (house.team_chair, reverse("reports:close", args=[report.pk]), {}),
        )
        assert closed.status == 302
        report.refresh_from_db()
        returned = SectionVersion.objects.of(report).filter(decision__choice="return").exists()
        assert (report.state == "returned") == returned == (changed.status == 302)


def merged_into(target, house, count):
    """So many decided reports whose only text is to be merged with the target, each as its text is now."""
    of = make.template(texts=1, table=False)
    reports = [make.submitted(house.group, of=of) for _n in range(count)]
    for report in reports:
        target.refresh_from_db()
        make.decide(report, {2: "decline"}, by=house.unit_rep)
        frozen = report.versions.latest("number").sections.get(section__number=1)
        services.decide(
            section_version=frozen,
            choice="merge",
            revision=1,
            by=house.unit_rep,
            now=timezone.now(),
            html=f"{target.html}<p>{report}</p>",
            target=target,
            joined_to=merging.ground(target, frozen).mark,
        )
    return reports


def close(report):
    return reverse("reports:close", args=[report.pk])


def taking(house):
    """A report of another group, back with it, whose first section is accepted."""
    group = Body.objects.filter(name="Kurumsal Yapı Grubu").first()
    if group is None:
        group = body(Kind.SUB_GROUP, house.period, "Kurumsal Yapı Grubu")
        seat(group, house.unit_rep)
        seat(group, house.mayor, Role.RAPPORTEUR)
    report = make.submitted(group, of=make.template(texts=1, table=False))
    make.decide(report, {2: "return"}, by=house.team_member)
    make.close(report)
    return report.sections.get(number=1)


def test_of_two_closes_that_merge_into_one_section_one_waits_for_a_new_decision(door: Door, house, team):
    target = taking(house)
    for _round in range(5):
        reports = merged_into(target, house, 2)
        answers = door.all_at_once(*((house.team_chair, close(one), {}) for one in reports))
        assert sorted(a.status for a in answers) == [302, 403]
        target.refresh_from_db()
        assert target.html.endswith(f"<p>{reports[[a.status for a in answers].index(302)]}</p>")


def test_a_report_is_cancelled_or_merged_into_and_never_both(door: Door, house, team):
    for _round in range(5):
        target = taking(house)
        [report] = merged_into(target, house, 1)
        closed, cancelled = door.all_at_once(
            (house.team_chair, close(report), {}),
            (house.officer, reverse("reports:cancel", args=[target.report_id]), {"reason": "Gerek kalmadı"}),
        )
        assert (closed.status, cancelled.status) in [(302, 422), (403, 302)]
