"""The one who looks after the job table every few seconds. Any number may sweep at once."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone

from common.history import SystemActor
from common.jobs import services
from common.jobs.models import Job
from common.jobs.registry import HANDLERS
from common.jobs.tasks import pulse

logger = logging.getLogger(__name__)

EVERY = 2.0  # seconds
PULSE_EVERY = 15  # sweeps
TIMER = SystemActor("timer")


def sweep_until(stop: threading.Event, *, also: Any = None) -> None:
    """Sweeps until told to stop. `also()` is called after each sweep."""
    turn = 0
    while not stop.wait(EVERY):
        close_old_connections()
        try:
            sweep(now=timezone.now())
            if turn % PULSE_EVERY == 0:
                pulse.delay()
            if also:
                also()
        except Exception as error:  # a database or broker that restarts: the next sweep may succeed
            logger.warning("sweep failed: %s", error)
        turn += 1
    connection.close()


def sweep(*, now: datetime) -> None:
    services.beat(name="sweeper")
    services.return_stale(now=now)
    queue_timed_work(now=now)
    services.publish_waiting(now=now)


def queue_timed_work(*, now: datetime) -> None:
    """Each kind of timed work once in each slot of its length, whoever sweeps and how often."""
    for kind, handler in HANDLERS.items():
        if handler.every:
            seconds = handler.every.total_seconds()
            slot = datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC).isoformat()
            if not Job.objects.filter(kind=kind, key=slot).exists():
                services.enqueue(kind=kind, key=slot, by=TIMER, title=str(handler.title))
