"""The history as JSON lines, for tools/verify_export.py: it needs nothing else, no database, no product."""

from __future__ import annotations

from typing import Any, TextIO

from django.conf import settings
from django.utils import timezone

from common.audit import canonical, checkpoints, keys
from common.audit.models import Checkpoint, Entry, Head
from common.audit.reconcile import audited_models, history_of
from common.audit.verify import CHUNK, rows_of, snapshot

FORMAT = 1


def export(file: TextIO) -> int:
    """Write header, entries with their rows' own words, checkpoints and the head; the number of entries."""
    with snapshot():
        _line(
            file,
            kind="header",
            format=FORMAT,
            version=settings.VERSION,
            at=canonical.moment(timezone.now()),
            keys=[raw.hex() for raw in keys.public_keys().values()],
            primary_keys={model._meta.label_lower: model._meta.pk.attname for model in audited_models()},
        )
        count = _entries(file)
        for one in Checkpoint.objects.all():
            _line(file, kind="checkpoint", signature=one.signature, **checkpoints.told(one))
        head = Head.objects.first()
        _line(file, kind="head", seq=head.seq if head else 0, hash=head.hash if head else "")
    return count


def _entries(file: TextIO) -> int:
    histories = {model._meta.label_lower: history_of(model) for model in audited_models()}
    seq = count = 0
    while entries := list(Entry.objects.filter(seq__gt=seq).order_by("seq")[:CHUNK]):
        rows = rows_of(entries, histories)
        for entry in entries:
            history, row = rows.get((entry.model, entry.history_id), (None, {}))
            _line(
                file,
                kind="entry",
                **{name: getattr(entry, name) for name in PLAIN},
                at=canonical.moment(entry.at),
                noted_at=canonical.moment(entry.noted_at),
                row=canonical.written(history, row.values()) if history else None,
            )
        seq, count = entries[-1].seq, count + len(entries)
    return count


PLAIN = ("seq", "model", "object_id", "history_id", "act", "actor_id", "actor_name", "digest", "prev", "hash")


def _line(file: TextIO, **told: Any) -> None:
    file.write(canonical.as_json(told) + "\n")
