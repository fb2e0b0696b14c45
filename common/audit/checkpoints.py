"""Signed checkpoints: made each hour and at milestones, kept in the database and in a file outside it."""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from common.audit import canonical, keys
from common.audit.chain import after_linking
from common.audit.models import Checkpoint, Entry, Head

logger = logging.getLogger(__name__)
Occasion = Checkpoint.Occasion
FIELDS = {"number", "seq", "hash", "count", "at", "occasion", "thing", "version", "key", "signature"}


def milestone(occasion: str, thing: models.Model) -> None:
    """Called by a service that ends something: its rows are under a checkpoint when it commits.

    Where the key cannot be read the act goes on, the log has an error, and the hourly work fails in
    sight of the administrator.
    """

    def mark(head: Head) -> None:
        try:
            _make(head, occasion, name_of(thing))
        except keys.KeyMissing as error:
            logger.error("no checkpoint for %s: %s", name_of(thing), error)
            return
        transaction.on_commit(_write_out_quietly, robust=True)

    after_linking(mark)


def hourly() -> None:
    """A checkpoint where something was written since the last one, and all of them in the file.

    Raises KeyMissing, OSError."""
    with transaction.atomic():
        head = Head.locked()
        last = Checkpoint.objects.last()
        if head.seq > (last.seq if last else 0):
            _make(head, Occasion.HOUR, "")
    write_out()


def name_of(thing: models.Model) -> str:
    return f"{thing._meta.label_lower}:{thing.pk}"


def code_of(thing: models.Model) -> str:
    """What pages and prints of the thing say: the code of its newest milestone; empty where it has none."""
    newest = Checkpoint.objects.filter(thing=name_of(thing)).last()
    return newest.code if newest else ""


def _make(head: Head, occasion: str, thing: str) -> Checkpoint:
    last = Checkpoint.objects.last()
    since = Entry.objects.filter(seq__gt=last.seq if last else 0, seq__lte=head.seq)
    checkpoint = Checkpoint(
        number=last.number + 1 if last else 1,
        seq=head.seq,
        hash=head.hash,
        count=(last.count if last else 0) + since.count(),
        at=timezone.now(),
        occasion=occasion,
        thing=thing,
        version=settings.VERSION,
    )
    checkpoint.key = keys.own_id()
    checkpoint.signature = keys.sign(signed_words(checkpoint))
    checkpoint.save(force_insert=True)
    return checkpoint


def told(checkpoint: Checkpoint) -> dict[str, Any]:
    """What is signed."""
    return {
        "number": checkpoint.number,
        "seq": checkpoint.seq,
        "hash": checkpoint.hash,
        "count": checkpoint.count,
        "at": canonical.moment(checkpoint.at),
        "occasion": str(checkpoint.occasion),
        "thing": checkpoint.thing,
        "version": checkpoint.version,
        "key": checkpoint.key,
    }


def signed_words(checkpoint: Checkpoint) -> bytes:
    return canonical.as_json(told(checkpoint)).encode()


def line_of(checkpoint: Checkpoint) -> str:
    return canonical.as_json({**told(checkpoint), "signature": checkpoint.signature})


# --- The file outside


def write_out() -> None:
    """Append what the file does not have yet; two processes wait for each other. Raises OSError."""
    path = Path(settings.AUDIT_CHECKPOINT_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = [line_of(one) + "\n" for one in Checkpoint.objects.filter(number__gt=_last_number(file))]
        file.write("".join(lines).encode())
        file.flush()
        if lines:
            os.fsync(file.fileno())


def lines_outside() -> Iterator[dict[str, Any]]:
    """What the file tells. A line that is no checkpoint says nothing: the one it was is then missing."""
    path = Path(settings.AUDIT_CHECKPOINT_FILE)
    for words in path.read_text(errors="replace").splitlines() if path.exists() else []:
        try:
            line = json.loads(words)
        except ValueError:
            continue
        if isinstance(line, dict) and line.keys() >= FIELDS and _can_be_read(line):
            yield line


def _can_be_read(line: dict[str, Any]) -> bool:
    return all(type(line[name]) is int for name in ("number", "seq")) and isinstance(line["signature"], str)


def _write_out_quietly() -> None:
    try:
        write_out()
    except OSError as error:  # the hourly work tries again, and fails in sight
        logger.error("the checkpoint file cannot be written: %s", error)


def _last_number(file: Any) -> int:
    """Of the last whole line; a half one, from a machine that stopped, is ended first."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    if not size:
        return 0
    file.seek(max(0, size - 4096))
    tail = file.read()
    if not tail.endswith(b"\n"):
        file.write(b"\n")
    for line in reversed(tail.splitlines()):
        try:
            return int(json.loads(line)["number"])
        except (ValueError, KeyError, TypeError):
            continue
    return 0
