"""What every test may ask for."""

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import UserSettingsHolder, settings
from django.db import connection
from django.test.client import ClientHandler
from django.test.utils import teardown_databases

from tests import migrated
from tests.browsing import chromium, new_tab  # noqa: F401  # one Chromium for all: never imported elsewhere, or a second starts
from tests.machine import *  # noqa: F403  # skips without a service; redis_server, start
from tests.personas import *  # noqa: F403  # the personas, house, enter
from tests.triggers import flush_lifts_triggers  # noqa: F401  # for the whole run

# Whoever holds all of Django and thousands of tests is searched for garbage too often: a sixth of a run's time.
gc.set_threshold(200_000, 20, 100)

# A thread of the served site may still hold its connection, and PostgreSQL drops no database that is in use.
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""

_load = ClientHandler.load_middleware


@cache
def _chain() -> dict[str, Any]:
    handler = ClientHandler()
    _load(handler)
    return {name: value for name, value in vars(handler).items() if "_middleware" in name}


def load_once(handler: ClientHandler) -> None:
    """Clients share one chain of middleware, as requests do: each would read the list of static files anew.
    A test that has settings of its own has a chain of its own."""
    if isinstance(settings._wrapped, UserSettingsHolder):
        _load(handler)
    else:
        vars(handler).update(_chain())


ClientHandler.load_middleware = load_once


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """The test database for every run. pytest-django makes one only where a test carries its mark;
    those that share one sample carry none, and alone they would meet the developer's own."""
    with django_db_blocker.unblock():
        made = migrated.begin()
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(END_OTHERS)
        teardown_databases(made, verbosity=0)
