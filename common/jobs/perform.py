"""Doing one job: claim it, keep its heart beating, call its handler, note how it ended."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import translation

from common.decisions import Invalid
from common.history import Stale
from common.jobs import services
from common.jobs.models import Job, State
from common.jobs.registry import JobError

logger = logging.getLogger(__name__)

HEARTBEAT = 3.0  # seconds
PROGRESS_EVERY = 0.5  # seconds between two notes of progress, so that counting costs nothing

# Names this process in the claims of its jobs; children of a worker process share its name.
WORKER = os.environ.setdefault("KARESI_WORKER", secrets.token_hex(8))


def perform(job_id: int) -> None:
    """Does the job if it waits. A second message for the same row finds nothing to claim."""
    job = services.claim(job_id=job_id, worker=WORKER)
    if job is None:
        return
    try:
        with translation.override(job.language), heartbeat(job):
            job.handler.function(job, Progress(job))
    except services.ClaimLost:
        logger.warning("job %s was given to another run", job.pk)
    except Exception as error:
        if isinstance(error, (JobError, Invalid)) and not isinstance(error, Stale):
            services.fail(job=job, error=str(error))  # a refusal would be the same at each try
            return
        incident = services.new_incident()
        logger.exception(
            "job %s (%s) failed in try %s, incident %s", job.pk, job.kind, job.attempts, incident
        )
        services.give_back(job=job, incident=incident)
    else:
        services.finish(job=job)


def perform_waiting() -> None:
    """Does all waiting jobs here and now: for commands and tests, without a worker."""
    while job_ids := list(
        Job.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True)
    ):
        for job_id in job_ids:
            perform(job_id)


class Progress:
    """`progress(done, total, step)`: n of m and what is being done, as the page shows it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.noted_at = 0.0
        self.step = ""

    def __call__(self, done: int, total: int, step: str = "") -> None:
        now = time.monotonic()
        if done < total and step == self.step and now - self.noted_at < PROGRESS_EVERY:
            return
        self.noted_at, self.step = now, step
        services.report(job=self.job, progress_done=done, progress_total=total, step=str(step))


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Signs of life from a thread of its own, since the handler may be busy for minutes."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(HEARTBEAT):
                try:
                    services.report(job=job)
                except services.ClaimLost:
                    return
                except Exception as error:  # a database that restarts; the next beat may succeed
                    logger.warning("job %s: no sign of life: %s", job.pk, error)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, name=f"heartbeat-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(1)
