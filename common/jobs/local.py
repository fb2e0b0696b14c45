"""The worker and the sweeper as two threads of this process, for an installation without Redis.

Everything that must survive stands in the database; what these threads hold may be lost at any
moment. Stopping is quick for the same reason: the running job is given back and its child ended.
"""

from __future__ import annotations

import threading
from typing import Any

from celery import current_app
from celery.worker import WorkController, state

from common.jobs import child, services, sweeper
from common.jobs.perform import WORKER

_stop = threading.Event()


def start() -> None:
    """Takes up what an earlier process left, then starts the threads."""
    services.return_orphans()
    services.forget_publications()
    worker: Any = WorkController(
        app=current_app,
        pool="solo",
        concurrency=1,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    )
    threading.Thread(target=worker.start, name="worker", daemon=True).start()
    threading.Thread(target=sweeper.sweep_until, args=[_stop], name="sweeper", daemon=True).start()
    services.listening.set()


def stop() -> None:
    """Gives the running job back without counting its try, then ends its child: in this order,
    so that the child's end finds a row that is no longer its own."""
    _stop.set()
    services.requeue_running(worker=WORKER)
    child.kill_children()
    state.should_terminate = 0
