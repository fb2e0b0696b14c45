from datetime import timedelta

import pytest
from django.utils import timezone

from common.jobs.models import Pulse

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_to_a_stranger(client):
    assert client.get("/health/live/").json() == {"live": True}


def test_it_is_ready_when_all_parts_show_life(client):
    for name in ("sweeper", "worker"):
        Pulse.objects.create(name=name, at=timezone.now())
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    told = answer.json()
    assert told.pop("confinement") in ("network and limits", "limits")
    assert told.pop("scanner") == "none"
    assert all(told.values()) and set(told) == {"ready", "database", "migrations", "sweeper", "worker"}


@pytest.mark.parametrize("silent", ["sweeper", "worker"])
def test_it_is_not_ready_when_a_part_fell_silent(client, silent):
    for name in ("sweeper", "worker"):
        Pulse.objects.create(name=name, at=timezone.now() - timedelta(minutes=5 if name == silent else 0))
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()[silent] is False
