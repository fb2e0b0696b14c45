"""Every write of the job table. Each change of state is one conditional UPDATE, so that of
two who try at once exactly one succeeds, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import logging
import secrets
import threading
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from common.jobs.models import Job, Pulse, State

logger = logging.getLogger(__name__)

ATTEMPTS = 3
STALE_AFTER = timedelta(seconds=15)  # a running row whose worker was silent for so long is given back
PUBLISH_AFTER = timedelta(seconds=2)  # the sweeper leaves a fresh row to whoever committed it
REPUBLISH_AFTER = timedelta(seconds=15)  # and repeats a message that the broker may have lost


# Set where a worker can hear: always with Redis; without it, only in the process that has the worker.
listening = threading.Event()
if settings.REDIS_URL:
    listening.set()


class ClaimLost(Exception):
    """The row was given back or to another meanwhile: this run must stop and writes nothing."""


def enqueue(*, kind: str, key: str, by: Any, args: dict[str, Any] | None = None, title: str = "") -> Job:
    """Writes the intent into the caller's transaction and publishes it after the commit.

    `key` names the work within its kind; asking again for the same key gives the same row,
    whatever its state. `args` are numbers and words only, never objects.
    """
    now = timezone.now()
    job, created = Job.objects.get_or_create(
        kind=kind,
        key=key,
        defaults={
            "args": args or {},
            "title": title,
            "language": get_language() or "tr",
            "requested_by_id": by.pk,
            "requested_by_name": by.get_full_name(),
            "created_at": now,
            "waiting_since": now,
        },
    )
    if created:
        transaction.on_commit(partial(publish, job_id=job.pk))
    return job


def publish(*, job_id: int) -> None:
    """Tells the workers of a waiting row. A broker that is away is no error: the sweeper repeats."""
    if not listening.is_set():
        return
    rows = Job.objects.filter(pk=job_id, state=State.WAITING)
    rows.update(published_at=timezone.now())
    try:
        current_app.send_task("jobs.run", args=[job_id])
    except Exception as error:  # each transport has exceptions of its own
        logger.warning("job %s waits for the broker: %s", job_id, error)
        rows.update(published_at=None)


def claim(*, job_id: int, worker: str) -> Job | None:
    """The row, now running in `worker` and with its attempt counted; None when another was first."""
    now = timezone.now()
    token = f"{worker}:{secrets.token_hex(8)}"
    claimed = Job.objects.filter(pk=job_id, state=State.WAITING).update(
        state=State.RUNNING, claim=token, attempts=F("attempts") + 1, heartbeat_at=now, step=""
    )
    return Job.objects.get(pk=job_id) if claimed else None


def report(*, job: Job, **fields: Any) -> None:
    """Notes progress or a sign of life. Raises ClaimLost when the row is no longer this run's."""
    if not _held(job).update(heartbeat_at=timezone.now(), **fields):
        raise ClaimLost(str(job.pk))


def finish(*, job: Job) -> None:
    _held(job).update(
        state=State.DONE, claim="", finished_at=timezone.now(), progress_done=F("progress_total"), step=""
    )


def fail(*, job: Job, error: str = "", incident: str = "") -> None:
    _held(job).update(
        state=State.FAILED, claim="", finished_at=timezone.now(), error=error, incident=incident
    )


def give_back(*, job: Job, incident: str) -> None:
    """After an unexpected error: the row waits for its next try, or has failed with its last."""
    if job.attempts >= ATTEMPTS:
        fail(job=job, incident=incident)
    else:
        _held(job).update(**_waiting_again(), incident=incident)


def requeue_running(*, worker: str = "") -> int:
    """Gives back what `worker` (or anybody) held, as at a clean stop: its attempt does not count."""
    rows = Job.objects.filter(state=State.RUNNING, claim__startswith=worker)
    return rows.update(**_waiting_again(), attempts=F("attempts") - 1)


def return_stale(*, now: datetime) -> None:
    """Gives back running rows whose worker fell silent; the attempt counts."""
    _return(Job.objects.filter(state=State.RUNNING, heartbeat_at__lt=now - STALE_AFTER))


def return_orphans(*, worker: str = "") -> None:
    """Gives back what `worker` (or anybody) held when it died; the attempt counts."""
    _return(Job.objects.filter(state=State.RUNNING, claim__startswith=worker))


def _return(jobs: Any) -> None:
    for job in jobs:
        logger.warning("job %s: its worker ended in try %s", job.pk, job.attempts)
        give_back(job=job, incident=job.incident or new_incident())


def publish_waiting(*, now: datetime) -> None:
    """Publishes waiting rows that nobody told the workers of, or so long ago that it may be lost."""
    untold = Q(published_at=None, waiting_since__lt=now - PUBLISH_AFTER)
    for pk in (
        Job.objects.filter(untold | Q(published_at__lt=now - REPUBLISH_AFTER), state=State.WAITING)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        publish(job_id=pk)


def forget_publications() -> None:
    """At the start of a process whose broker lived in its memory: what was told is forgotten."""
    Job.objects.filter(state=State.WAITING).update(published_at=None)


def retry(*, job: Job, by: Any) -> None:
    """A person asks once more for what has failed."""
    asked = {"requested_by_id": by.pk, "requested_by_name": by.get_full_name()}
    fresh = {"attempts": 0, "progress_done": 0, "error": "", "incident": "", "finished_at": None}
    with transaction.atomic():
        again = Job.objects.filter(pk=job.pk, state=State.FAILED)
        if again.update(**_waiting_again(), **fresh, **asked):
            transaction.on_commit(partial(publish, job_id=job.pk))


def beat(*, name: str) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def new_incident() -> str:
    return secrets.token_hex(4)


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, claim=job.claim)


def _waiting_again() -> dict[str, Any]:
    return {
        "state": State.WAITING,
        "claim": "",
        "published_at": None,
        "waiting_since": timezone.now(),
        "step": "",
    }
