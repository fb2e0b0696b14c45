"""What is numbered or stands once: eight at the same moment get eight numbers, or one gets it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from common.turkish import date_short
from documents.drafts.models import DraftVersion
from documents.plan.models import Goal, Objective
from documents.reports.models import Report, TemplateSection
from institution.models import Body, PlanPeriod, Unit, User
from tests.concurrency.conftest import Door
from tests.factories import plan as plans
from tests.factories import reports as make
from tests.factories.base import days_ago

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = range(1, 9)
TODAY = date_short(days_ago(0))


def test_goals_and_objectives_added_at_once_have_a_code_each(door: Door, house):
    officers = [house.officer, house.director]
    new = reverse("plan:goal-new")
    answers = door.all_at_once(*((officers[n % 2], new, {"title": f"Amaç {n}"}) for n in EIGHT))
    assert {a.status for a in answers} == {302}
    assert sorted(Goal.objects.values_list("number", flat=True)) == [*EIGHT]
    goal, unit = Goal.objects.first(), house.units[0].pk
    new = reverse("plan:objective-new", args=[goal.pk])
    forms = [{"title": f"Hedef {n}", "responsible": unit} for n in EIGHT]
    answers = door.all_at_once(*((officers[n % 2], new, forms[n - 1]) for n in EIGHT))
    assert {a.status for a in answers} == {302}
    assert sorted(Objective.objects.values_list("number", flat=True)) == [*EIGHT]


def test_goals_moved_and_removed_at_once_keep_a_code_each(door: Door, house):
    door.all_at_once(*((house.officer, reverse("plan:goal-new"), {"title": f"Amaç {n}"}) for n in EIGHT))
    goals = list(Goal.objects.all())
    acts = [
        (house.officer, reverse("plan:goal-move", args=[g.pk]), {"up": 1, "number": g.number}) for g in goals
    ]
    acts += [(house.director, reverse("plan:goal-remove", args=[g.pk]), {}) for g in goals[:4]]
    answers = door.all_at_once(*acts)
    assert {a.status for a in answers} <= {302, 403, 404}  # moved one that the other had just removed
    left = Goal.objects.all()
    assert {g.pk for g in left} == {g.pk for g in goals[4:]}
    assert len({g.number for g in left}) == 4


def test_template_sections_added_moved_and_removed_at_once_stay_in_order(door: Door, house):
    template = make.template(texts=4, table=False)
    place = [template.pk]
    shape = {"kind": "text", "chapter": "3.F", "columns-TOTAL_FORMS": 0, "columns-INITIAL_FORMS": 0}
    new = reverse("reports:template_section_add", args=place)
    acts = [(house.officer, new, shape | {"title": f"Konu {n}"}) for n in EIGHT]
    for section in template.sections.all():
        move = reverse("reports:template_move", args=[*place, section.pk])
        acts.append((house.director, move, {"to": "down", "number": section.number}))
    first = template.sections.first()
    acts.append((house.officer, reverse("reports:template_remove", args=[*place, first.pk]), {}))
    answers = door.all_at_once(*acts)
    assert {a.status for a in answers} <= {302, 404}
    numbers = TemplateSection.objects.filter(template=template).values_list("number", flat=True)
    assert sorted(numbers) == [*range(1, 13)]


def test_of_drafts_frozen_at_once_one_follows_the_other(door: Door, house):
    plans.whole_plan(house.period)
    freeze = reverse("drafts:freeze")
    for after in (0, 1):
        people = [house.officer, house.director] * 4
        answers = door.all_at_once(*((who, freeze, {"after": after}) for who in people))
        assert {a.status for a in answers} == {302}
        assert DraftVersion.objects.count() == after + 1
    states = DraftVersion.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "superseded"), (2, "frozen")]


@pytest.mark.parametrize(
    ("model", "page", "who", "same", "differing"),
    [
        (User, "institution:person_add", "sysadmin", {"email": "ayse@ornek.bel.tr"}, "full_name"),
        (Unit, "institution:unit_add", "officer", {"name": "Zabıta Müdürlüğü"}, ""),
        (
            Body,
            "teams:body_add",
            "officer",
            {"kind": "sub_group", "name": "Mali Grup", "approval_on": TODAY},
            "approval_no",
        ),
    ],
)
def test_of_eight_that_want_one_name_one_has_it(door: Door, house, model, page, who, same, differing):
    before = model.objects.count()
    forms = [same | ({differing: f"Ayşe {n}"} if differing else {}) for n in EIGHT]
    answers = door.all_at_once(*((house.people[who], reverse(page), form) for form in forms))
    assert {a.status for a in answers} <= {302, 422}
    assert model.objects.count() == before + 1
    if differing:
        assert [a.status for a in answers].count(302) == 1


def test_one_report_of_a_title_is_asked_of_a_group(door: Door, house):
    template = make.template()
    asked = {"template": template.pk, "body": house.group.pk, "title": "Paydaşlar"}
    due = [date_short(days_ago(-n)) for n in EIGHT]
    path = reverse("reports:request")
    answers = door.all_at_once(*((house.officer, path, asked | {"due_on": day}) for day in due))
    assert sorted(a.status for a in answers) == [302] + [422] * 7
    assert Report.objects.count() == 1


def test_one_period_is_in_preparation(door: Door, house):
    type(house.period).objects.get()
    from institution import services
    from tests.factories.base import BY

    services.move_period(period=house.period, to="adopted", by=BY)
    form = {
        "circular_on": date_short(days_ago(100)),
        "election_on": date_short(days_ago(120)),
        "legal_basis": "5018 sayılı Kanun md. 9",
    }
    first = house.period.last_year + 1
    forms = [form | {"first_year": first + 5 * n, "circular_no": f"2024/{n}"} for n in EIGHT]
    answers = door.all_at_once(*((house.officer, reverse("institution:period_open"), f) for f in forms))
    assert {a.status for a in answers} <= {302, 403, 422}
    assert [a.status for a in answers].count(302) == 1
    assert PlanPeriod.objects.filter(state="preparing").count() == 1
