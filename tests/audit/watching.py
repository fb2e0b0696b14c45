"""A browser-like client that fails where an answer wrote to an audited table without a history row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client

from common.audit.reconcile import audited_models, history_of, reconcile

WRITE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


@contextmanager
def watched() -> Iterator[set[str]]:
    """The tables that the block writes to."""
    tables: set[str] = set()

    def see(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITE.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(see):
        yield tables


def silent(tables: set[str]) -> list[str]:
    """What was written there without a row, and rows that name nobody."""
    written = [model for model in audited_models() if model._meta.db_table in tables]
    faults = [str(fault) for fault in reconcile(written)]
    nameless = [model for model in written if history_of(model).objects.filter(history_user_name="").exists()]
    return faults + [f"{model._meta.label}: a row without its author" for model in nameless]


class WatchedClient(Client):
    def request(self, **request: Any) -> Any:
        with watched() as tables:
            response = super().request(**request)
        assert silent(tables) == []
        return response
