"""One sample for every question: whatever a question changes is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from common.jobs import registry
from tests.access import town
from tests.access.matrix import Door
from tests.pages.conftest import sign_in


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    registry.timed("tests.nobody", every=town.dt.timedelta(days=1))(lambda job, progress: None)
    with django_db_blocker.unblock():
        yield town.load()
        call_command("flush", interactive=False, verbosity=0)
    del registry.HANDLERS["tests.nobody"]


@pytest.fixture(scope="package")
def door(sample) -> Door:
    people = [who for who in town.WHO if who != "visitor"]
    clients = {who: sign_in(getattr(sample, who)) for who in people}
    for client in clients.values():
        client.get("/")  # so that the session has begun
    return Door(sample, {who: client.cookies["sessionid"].value for who, client in clients.items()})


@pytest.fixture
def given(sample):
    """`given("vote closed")` brings the sample into a state for the length of a test."""
    with transaction.atomic():
        yield lambda state: town.STATES[state](sample) if state else None
        transaction.set_rollback(True)
