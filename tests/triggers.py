"""Written rows cannot be removed: so that a test's rows can be, the triggers are lifted around the flush."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_triggers() -> Iterator[None]:
    """For `manage.py flush`, with which transactional tests and whole folders end."""
    execute = BaseDatabaseOperations.execute_sql_flush

    def flush(operations: Any, statements: list[str]) -> None:
        if emptied(operations.connection):
            return
        with lifted():
            execute(operations, statements)

    BaseDatabaseOperations.execute_sql_flush = flush
    yield
    BaseDatabaseOperations.execute_sql_flush = execute


def emptied(to: Any) -> bool:
    """On PostgreSQL, by a superuser: no trigger fires, and a few rows go faster than a hundred tables are made anew."""
    if to.vendor != "postgresql":
        return False
    with to.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return False
        tables = to.introspection.django_table_names(only_existing=True, include_views=False)
        rows = "; ".join(f'DELETE FROM "{table}"' for table in tables)  # noqa: S608  # the models' own names
        cursor.execute(f"SET session_replication_role = replica; {rows}; RESET session_replication_role")
    return True


@contextmanager
def lifted() -> Iterator[None]:
    """What only the owner of the tables can do: the block finds no trigger."""
    if connection.in_atomic_block:
        connection.check_constraints()  # PostgreSQL alters no table that still has them to check
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = dict(cursor.fetchall())
            without = [f'DROP TRIGGER "{name}"' for name in triggers]
            again = list(triggers.values())
        else:
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
            tables = [table for (table,) in cursor.fetchall()]
            without = ["; ".join(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables)]
            again = ["; ".join(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables)]
        for statement in filter(None, without):
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in filter(None, again):
                cursor.execute(statement)
