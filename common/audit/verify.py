"""Verifying the history: chain, rows, checkpoints, guards and files. Reads only."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from common.audit import canonical, chain, checkpoints, guards, keys
from common.audit.faults import Fault, What
from common.audit.models import Checkpoint, Entry, Head
from common.audit.reconcile import audited_models, history_of, reconcile

CHUNK = 2000
SKEW = dt.timedelta(minutes=5)
"""The clocks of several machines differ by less"""
LATE = dt.timedelta(hours=2)
"""A checkpoint is told outside by the next hourly work at the latest"""


def verify(*, since: int = 0, files: bool = True) -> list[Fault]:
    """Everything that does not fit, the first broken entry first; empty where all is as it was written.

    Entries up to number `since` are taken as they are.
    """
    with snapshot():
        faults = [*_entries(since), *_unlinked(), *_checkpoints(), *reconcile()]
        faults += [Fault(What.GUARD, row=table) for table in guards.missing(connection)]
        if files:
            faults += _files()
    return sorted(faults, key=lambda fault: (fault.seq is None, fault.seq))


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read in the block, while others go on writing."""
    if connection.in_atomic_block:  # the caller's own transaction
        yield
    elif connection.vendor == "sqlite":
        # Not Django's transaction, which would keep all writers out.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


# --- The chain


def _entries(since: int) -> Iterator[Fault]:
    histories = {model._meta.label_lower: history_of(model) for model in audited_models()}
    before = Entry.objects.filter(seq=since).first()
    if since and before is None:
        yield Fault(What.MISSING, seq=since)
    seq, prev, latest = since, before.hash if before else "", before.noted_at if before else None
    while entries := list(Entry.objects.filter(seq__gt=seq).order_by("seq")[:CHUNK]):
        rows = rows_of(entries, histories)
        for entry in entries:
            fault = _fault_of(entry, seq, prev, rows)
            if fault:
                yield fault
            if latest and entry.noted_at < latest - SKEW:
                yield _at(What.CLOCK, entry, f"{entry.noted_at:%Y-%m-%d %H:%M} UTC")
            seq, prev = entry.seq, entry.hash
            latest = max(latest or entry.noted_at, entry.noted_at)
    head = Head.objects.first()
    if (head.seq, head.hash) != (seq, prev) if head else seq:
        yield Fault(What.HEAD, seq=seq, detail=f"{head.seq if head else '–'}")


Rows = dict[tuple[str, int], tuple[type[models.Model], dict[str, Any]]]


def rows_of(entries: list[Entry], histories: dict[str, type[models.Model]]) -> Rows:
    """By kind and number, the history rows of these entries, column by column."""
    wanted: dict[str, list[int]] = {}
    for entry in entries:
        wanted.setdefault(entry.model, []).append(entry.history_id)
    found: Rows = {}
    for label, numbers in wanted.items():
        if history := histories.get(label):
            rows = history._base_manager.filter(history_id__in=numbers).order_by()
            for row in rows.values(*canonical.columns(history)):
                found[label, row["history_id"]] = history, row
    return found


def _fault_of(entry: Entry, seq: int, prev: str, rows: Rows) -> Fault | None:
    if entry.seq != seq + 1:
        return Fault(What.MISSING, seq=seq + 1, detail=f"{seq + 1}–{entry.seq - 1}")
    if entry.prev != prev or entry.hash != chain.seal(entry):
        return _at(What.LINK, entry)
    found = rows.get((entry.model, entry.history_id))
    if found is None:
        return _at(What.GONE, entry)
    history, row = found
    if canonical.sha256(canonical.written(history, row.values())) != entry.digest:
        return _at(What.CHANGED, entry)
    told = chain.index(history.instance_type, row)  # type: ignore[attr-defined]  # simple-history's
    if any(getattr(entry, name) != value for name, value in told.items()):
        return _at(What.INDEX, entry)
    return None


def _at(what: What, entry: Entry, detail: str = "") -> Fault:
    return Fault(what, entry.seq, entry.model, str(entry.history_id), detail)


def _unlinked() -> Iterator[Fault]:
    for model in audited_models():
        label = model._meta.label_lower
        entry = Entry.objects.filter(model=label, history_id=OuterRef("history_id"))
        rows = history_of(model)._base_manager.filter(~Exists(entry)).order_by("history_id")
        for number in rows.values_list("history_id", flat=True):
            yield Fault(What.UNLINKED, model=label, row=str(number))


# --- What was signed


def _checkpoints() -> Iterator[Fault]:
    """Every checkpoint of the database and of the file outside, against its key and against the chain."""
    known = keys.public_keys()
    own = {one.number: json.loads(checkpoints.line_of(one)) for one in Checkpoint.objects.all()}
    outside = {line["number"]: line for line in checkpoints.lines_outside()}
    signed = [*own.values(), *(line for number, line in outside.items() if own.get(number) != line)]
    ends = _hashes({line["seq"] for line in signed})
    last = max(ends, default=0)
    for line in signed:
        yield from _signed(line, known, ends, last)
    for number in sorted(outside):
        if own.get(number) != outside[number]:
            yield Fault(What.WITHDRAWN, seq=outside[number]["seq"], row=str(number))
    newest, now = max(outside, default=0), timezone.now()
    for number in sorted(own.keys() - outside.keys()):
        if number < newest or now - dt.datetime.fromisoformat(own[number]["at"]) > LATE:
            yield Fault(What.UNTOLD, seq=own[number]["seq"], row=str(number))


def _hashes(numbers: set[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(numbers)
    for first in range(0, len(wanted), CHUNK):
        some = Entry.objects.filter(seq__in=wanted[first : first + CHUNK])
        found |= dict(some.values_list("seq", "hash"))
    end = Entry.objects.order_by("-seq").values_list("seq", "hash").first()
    return found | dict([end] if end else [])


def _signed(
    line: dict[str, Any], known: dict[str, bytes], ends: dict[int, str], last: int
) -> Iterator[Fault]:
    place: dict[str, Any] = {"seq": line["seq"], "row": str(line["number"])}
    words = canonical.as_json({name: value for name, value in line.items() if name != "signature"})
    if line["key"] not in known:
        yield Fault(What.KEY, **place, detail=line["key"])
    elif not keys.is_signed(words.encode(), line["signature"], known[line["key"]]):
        yield Fault(What.SIGNATURE, **place)
    elif line["seq"] > last:
        yield Fault(What.CUT, seq=last + 1, row=str(line["number"]), detail=f"{last} < {line['seq']}")
    elif ends.get(line["seq"]) != line["hash"] or line["count"] != line["seq"]:
        yield Fault(What.OTHER, **place)


# --- Files


def _files() -> Iterator[Fault]:
    """Content that a model names by its SHA-256 (`sha256`, and `path` below MEDIA_ROOT), as it lies on disk."""
    for model in audited_models():
        if hasattr(model, "path") and any(field.name == "sha256" for field in model._meta.concrete_fields):
            for row in model._base_manager.order_by("pk").iterator(CHUNK):
                yield from _file(row)


def _file(row: Any) -> Iterator[Fault]:
    told = {"model": row._meta.label_lower, "row": str(row.pk)}
    try:
        with (Path(settings.MEDIA_ROOT) / row.path).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != row.sha256:
                yield Fault(What.FILE_CHANGED, **told)
    except OSError:
        yield Fault(What.FILE_GONE, **told)
