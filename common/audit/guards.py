"""Which tables the applied migrations guard, and which of the guards the database still has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from common.audit.operations import AppendOnly, Guard


def expected(connection: Any) -> dict[str, Guard]:
    """By table, the guards that the applied migrations have made."""
    loader = MigrationLoader(connection)
    found = {}
    for key in sorted(loader.applied_migrations):  # within an app by number, so the last word counts
        if migration := loader.disk_migrations.get(key):
            for model, operation in _of(migration, key[0]):
                guard = operation.guard(model)
                found[guard.table] = guard
    return found


def _of(migration: Any, app_label: str) -> Iterator[tuple[Any, AppendOnly]]:
    for operation in migration.operations:
        if isinstance(operation, AppendOnly):
            try:
                yield apps.get_model(app_label, operation.model_name), operation
            except LookupError:
                continue  # a model of the past


def missing(connection: Any) -> list[str]:
    """Tables of which a guard is gone, switched off, or other than the migration made it."""
    standing = _on_sqlite(connection) if connection.vendor == "sqlite" else _on_postgresql(connection)
    faulty = []
    for table, guard in expected(connection).items():
        wanted = guard.triggers(connection.vendor)
        if connection.vendor == "postgresql":
            wanted = dict.fromkeys(wanted, guard.body)
        if any(standing.get(name) != text for name, text in wanted.items()):
            faulty.append(table)
    return faulty


def _on_sqlite(connection: Any) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def _on_postgresql(connection: Any) -> dict[str, str]:
    """What each trigger that is switched on runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
        )
        return dict(cursor.fetchall())


@register(Tags.database)
def check_guards(databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --database default`. A warning, since an error would keep `migrate` from mending it."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        try:
            tables = missing(connections[alias])
        except DatabaseError:
            continue  # no database yet, nothing to guard
        found += [
            Warning(
                f"The table {table} has lost what keeps its rows from being changed.",
                hint="Find out who removed it (docs/audit.md), then: manage.py guard_history",
                id="audit.W001",
            )
            for table in tables
        ]
    return found


def lift(sender: Any, using: str, plan: Any = (), **_kwargs: Any) -> None:
    """Before migrations on SQLite, which changes a table by making it anew: the triggers would be lost
    with the old one, and those that name it would forbid it."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        for guard in expected(connection).values():
            _execute(connection, guard.removal(connection.vendor))


def restore(sender: Any, using: str, plan: Any = (), **_kwargs: Any) -> None:
    """After them: every guard that the migrations applied by now have made."""
    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        put_up(connection)


def put_up(connection: Any) -> list[str]:
    """Make the guards that are missing; the tables concerned."""
    tables = missing(connection)
    guards = expected(connection)
    for table in tables:
        guard = guards[table]
        _execute(connection, guard.removal(connection.vendor) + guard.creation(connection.vendor))
    return tables


def _execute(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
