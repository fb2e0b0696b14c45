"""Two people at the same moment: one chair, one hand-over, and the other one told so."""

import pytest

from common.decisions import Invalid
from institution.roles import Role
from teams import services
from tests.factories.base import BY, days_ago, person, sub_group
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_chairs_appointed_at_once_one_sits(house):
    group, rivals = sub_group(house.period), [person() for _ in range(4)]

    def seat(rival):
        return lambda: services.appoint(
            body=group, person=rival, role=Role.CHAIR, starts_on=days_ago(0), by=house.officer
        )

    answers = at_once(*(seat(rival) for rival in rivals))
    assert sum(isinstance(answer, Invalid) for answer in answers) == 3
    assert group.memberships.filter(role=Role.CHAIR).count() == 1


def test_the_same_appointment_pressed_four_times_at_once_is_one(house):
    group, member = sub_group(house.period), person()
    acts = [lambda: services.appoint(body=group, person=member, starts_on=days_ago(0), by=BY)] * 4
    assert len({holding.pk for holding in at_once(*acts)}) == 1
    assert group.memberships.get().history.count() == 1
