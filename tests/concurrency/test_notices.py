"""Notices at the same moment: one choice, one mail, one step up the ladder."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from common.notices import delivery, registry, services
from common.notices.models import Choice, Notice
from tests.concurrency.conftest import Door
from tests.factories import reports as make
from tests.factories.base import BY
from tests.notices.conftest import MONDAY, at, post_office, told  # noqa: F401  # the fixture
from tests.together import at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_choice_sent_from_two_windows_is_one(door: Door, house):
    chosen = dict.fromkeys(registry.GROUPS, "here")
    door.pressed(house.group_member, reverse("notices:choices"), chosen)
    assert Choice.objects.count() == Choice.history.count() == len(registry.GROUPS)


def test_a_digest_that_two_workers_took_comes_once(house, post_office):  # noqa: F811  # the fixture
    make.requested(house.group)
    before = at(MONDAY, 8).isoformat()
    send = partial(delivery.send_digest, person=house.group_member.pk, before=before)
    assert not failures(at_once(*[send] * 8))
    assert len(post_office.taken) == 1


@pytest.mark.parametrize("_turn", range(5))
def test_the_last_two_of_a_group_lost_at_once_climb_once(house, _turn):
    make.requested(house.group)
    now = timezone.now()
    lose = [
        partial(services.lost, notices=[notice], why="refused", by=BY, now=now)
        for notice in Notice.objects.filter(kind="reports.requested")
    ]
    assert len(lose) == 3 and not failures(at_once(*lose))
    assert told(house.officer) == told(house.director) == ["requested"]
