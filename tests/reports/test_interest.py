"""Those who sit in a group do not alone decide on its report..."""

import pytest
from django.urls import reverse

from institution import holdings
from institution import services as institution
from tests.factories import reports as make
from tests.factories.base import BY, days_ago, seat

pytestmark = pytest.mark.django_db
REFUSAL = "Rapora yalnız onu yazan grupta yer alanlar karar verdi."
HINT = "Bu raporu yazan grupta yer alıyorsunuz."


@pytest.fixture
def report(house):
    return make.submitted(house.group)


def close(enter, house, report):
    return enter(house.team_chair).post(reverse("reports:close", args=[report.pk]))


def first(report):
    return reverse("reports:judge", args=[report.pk, 1])


def test_closes_not_while_only_members_of_the_group_have_decided(house, enter, report):
    make.decide(report, by=house.team_member)
    refused = close(enter, house, report)
    assert refused.status_code == 403
    assert REFUSAL in refused.content.decode()
    report.refresh_from_db()
    assert report.state == "submitted"
    page = enter(house.team_chair).get(reverse("reports:close", args=[report.pk])).content.decode()
    assert REFUSAL in page


def test_closes_once_somebody_from_outside_has_decided_on_one_section(house, enter, report):
    make.decide(report, by=house.team_member)
    agreed = {"choice": "accept", "revision": 1}
    assert enter(house.unit_rep).post(first(report), agreed).status_code == 302
    assert close(enter, house, report).status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"


def test_counts_who_stands_in_for_a_member_of_the_group_as_one(house, enter, report):
    held = house.group.memberships.get(person=house.rapporteur)
    holdings.delegate(holding=held, to=house.unit_rep, first=days_ago(0), last=days_ago(-1), by=BY)
    make.decide(report, by=house.unit_rep)
    assert close(enter, house, report).status_code == 403


def test_asks_where_they_sat_on_the_day_of_the_decision(house, enter, report):
    make.decide(report, by=house.team_member)
    held = house.group.memberships.get(person=house.team_member)
    holdings.end(holding=held, on=days_ago(0), by=BY)
    seat(house.group, house.unit_rep)
    assert close(enter, house, report).status_code == 403


def test_is_a_choice_of_the_municipality_with_its_date(house, enter, report):
    choice = {"valid_from": days_ago(0), "article": "Başkanlık oluru", "source": "Ekip üç kişidir."}
    institution.add_legal_value(key="evaluation.outsider", value="not_required", by=BY, **choice)
    make.decide(report, by=house.team_member)
    assert HINT not in enter(house.team_member).get(first(report)).content.decode()
    assert close(enter, house, report).status_code == 302


def test_is_said_before_it_bites_and_to_nobody_else(house, enter, report):
    page = first(report)
    assert HINT in enter(house.team_member).get(page).content.decode()
    assert HINT not in enter(house.unit_rep).get(page).content.decode()
    make.decide(report, by=house.team_member)
    assert HINT in enter(house.team_member).get(page).content.decode()
    enter(house.unit_rep).post(page, {"choice": "accept", "revision": 1})
    assert HINT not in enter(house.team_member).get(page).content.decode()
