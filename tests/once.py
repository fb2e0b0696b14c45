"""What most tests begin with: made by the services the first time, put back as rows after that."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from common.audit.models import Head

T = TypeVar("T")
Rows = dict[str, set[tuple]]
_kept: dict[Any, tuple[Any, Rows]] = {}


def once(name: str, build: Callable[[], T]) -> T:
    """What `build()` returns, and its rows in the database.

    The rows are put back only over what they were made over: the chain of the history ends with the
    same hash, the permissions that grants point to are the same, and it is the same day.
    """
    newest = Permission.objects.order_by("-pk").values_list("pk", flat=True).first()
    head = Head.objects.values_list("hash", flat=True).first()
    key = (name, head, newest, timezone.localdate(), connection.vendor)
    if key in _kept:
        thing, rows = _kept[key]
        _put_back(rows)
    else:
        before = _rows()
        thing = build()
        rows = {table: there - before[table] for table, there in _rows().items() if there != before[table]}
        _kept[key] = thing, rows
    return copy.deepcopy(thing)


def _models() -> dict[str, Any]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def _columns(model: Any) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)


def _rows() -> Rows:
    found = {}
    with connection.cursor() as cursor:
        for table, model in _models().items():
            cursor.execute(f'SELECT {_columns(model)} FROM "{table}"')  # noqa: S608 - our own tables
            found[table] = set(cursor.fetchall())
    return found


def _put_back(rows: Rows) -> None:
    models = _models()
    with connection.cursor() as cursor:
        for table, there in rows.items():
            meta = models[table]._meta
            set_all = ", ".join(f'"{f.column}" = excluded."{f.column}"' for f in meta.concrete_fields)
            cursor.executemany(
                f'INSERT INTO "{table}" ({_columns(models[table])}) '  # noqa: S608 - our own tables
                f"VALUES ({', '.join(['%s'] * len(meta.concrete_fields))}) "
                f'ON CONFLICT ("{meta.pk.column}") DO UPDATE SET {set_all}',
                list(there),
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), [models[table] for table in rows]):
            cursor.execute(statement)
