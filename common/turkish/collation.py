"""Alphabetical order inside the database, the same on SQLite and PostgreSQL."""

import sqlite3
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.functions import Collate
from django.db.models.sql.compiler import SQLCompiler

from common.turkish.letters import sort_key

_SQLITE = "tr"
_POSTGRESQL = "tr-x-icu"


def register_collation(connection: BaseDatabaseWrapper | sqlite3.Connection) -> None:
    """Teach one SQLite connection the Turkish order; other engines know it already."""
    raw = getattr(connection, "connection", connection)
    if isinstance(raw, sqlite3.Connection):
        raw.create_collation(_SQLITE, _compare)


def turkish_order(field: str) -> "_TurkishOrder":
    """For ``order_by``: ``Unit.objects.order_by(turkish_order("name"))``."""
    return _TurkishOrder(F(field), _SQLITE)


class _TurkishOrder(Collate):
    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        quoted = connection.ops.quote_name(_POSTGRESQL)
        return super().as_sql(compiler, connection, collation=quoted, **context)


def _compare(left: str, right: str) -> int:
    first, second = sort_key(left), sort_key(right)
    return (first > second) - (first < second)
