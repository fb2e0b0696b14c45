"""Linking history rows into the chain, in the transaction that wrote them.

Within a service the rows are linked at its end, not one by one: whoever holds the chain's head
takes no further lock, so two writers can wait for each other but never in a ring. Who opens a
transaction around several services puts `linked()` around it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from common.audit import canonical
from common.audit.models import Entry, Head


@dataclass(frozen=True)
class Unlinked:
    """A history row that waits for its place: its digest at once, since what it holds may change."""

    row: Any
    digest: str
    within: tuple[str, ...]
    """The savepoints that were open when it was written"""


@dataclass
class Waiting:
    rows: list[Unlinked] = field(default_factory=list)
    then: list[Callable[[Head], None]] = field(default_factory=list)
    """What is to be done once the rows are linked, while the head is still held"""


_waiting: ContextVar[Waiting | None] = ContextVar("unlinked", default=None)


@contextmanager
def linked() -> Iterator[None]:
    """Link the history rows of the block at its end; within another such block, at the outer one's."""
    outer = _waiting.get()
    if outer is not None:
        before = len(outer.rows), len(outer.then)
        try:
            yield
        except BaseException:
            del outer.rows[before[0] :], outer.then[before[1] :]  # rolled back with the inner transaction
            raise
        return
    token = _waiting.set(Waiting())
    try:
        yield
        waiting = _waiting.get()
        assert waiting is not None
        link(waiting.rows, waiting.then)
    finally:
        _waiting.reset(token)


def on_history_row(history_instance: Any, **_signal: Any) -> None:
    """simple-history has written a row."""
    row = Unlinked(history_instance, canonical.digest(history_instance), _savepoints())
    waiting = _waiting.get()
    if waiting is None:
        link([row])
    else:
        waiting.rows.append(row)


def after_linking(act: Callable[[Head], None]) -> None:
    """Do something with the head where the rows of this act are in the chain, in the same transaction."""
    waiting = _waiting.get()
    if waiting is None:
        link([], [act])
    else:
        waiting.then.append(act)


def link(rows: list[Unlinked], then: list[Callable[[Head], None]] | None = None) -> None:
    """Add an entry for each history row, in their order; all with one moment, by which they are one act's."""
    rows = _standing(rows)
    if not rows and not then:
        return
    with transaction.atomic(savepoint=False):
        head, now = Head.locked(), timezone.now()
        entries = []
        for unlinked in rows:
            entry = Entry(
                seq=head.seq + 1,
                prev=head.hash,
                digest=unlinked.digest,
                noted_at=now,
                **index(unlinked.row.instance_type, vars(unlinked.row)),
            )
            entry.hash = seal(entry)
            head.seq, head.hash = entry.seq, entry.hash
            entries.append(entry)
        if entries:
            Entry.objects.bulk_create(entries)
            head.moved()
        for act in then or []:
            act(head)


def _savepoints() -> tuple[str, ...]:
    return tuple(sid for sid in connection.savepoint_ids if sid)


def _standing(rows: list[Unlinked]) -> list[Unlinked]:
    """Without those that were rolled back: what was written in a savepoint that has ended is looked up."""
    still_open = set(_savepoints())
    # SQLite gives the number of a row that was rolled back to the next one: the last one counts.
    last = {(type(unlinked.row), unlinked.row.pk): unlinked for unlinked in rows}
    rows = [unlinked for unlinked in rows if last[type(unlinked.row), unlinked.row.pk] is unlinked]
    doubtful: dict[type, list[int]] = {}
    for unlinked in rows:
        if not still_open.issuperset(unlinked.within):
            doubtful.setdefault(type(unlinked.row), []).append(unlinked.row.pk)
    there = {
        (model, pk)
        for model, keys in doubtful.items()
        for pk in model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)  # type: ignore[attr-defined]  # any model
    }
    return [
        unlinked
        for unlinked in rows
        if still_open.issuperset(unlinked.within) or (type(unlinked.row), unlinked.row.pk) in there
    ]


def index(thing: type[Model], row: dict[str, Any]) -> dict[str, Any]:
    """What an entry repeats of its history row (its columns by name) for readers to filter by."""
    return {
        "model": thing._meta.label_lower,
        "object_id": str(row[thing._meta.pk.attname]),
        "history_id": row["history_id"],
        "act": row["history_type"],
        "at": row["history_date"],
        "actor_id": row["history_user_id"],
        "actor_name": row["history_user_name"],
    }


def seal(entry: Entry) -> str:
    """The entry's own hash: SHA-256 over its number, its row, its moment, the hash before it and the digest."""
    told = [
        entry.seq,
        entry.model,
        entry.history_id,
        canonical.moment(entry.noted_at),
        entry.prev,
        entry.digest,
    ]
    return canonical.sha256(canonical.as_json(told))
