"""Evaluators at the same moment: one decision stands, the others learn whose and when."""

import pytest
from django.urls import reverse

from common import turkish
from documents.reports.models import Report, SectionDecision, SectionVersion
from tests.concurrency.conftest import Door
from tests.factories import reports as make
from tests.factories.base import person, seat

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
