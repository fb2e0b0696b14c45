from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand
from django.utils import timezone

from common.jobs import confine, local, services
from common.jobs.models import Job, Pulse
from common.jobs.sweeper import sweep_until

DEAF_AFTER = timedelta(seconds=120)
STOP_WITHIN = 30  # seconds for running work to end; then it is given back


def end_with_parent() -> None:
    """In the new process: a stop signal when the one who watches over it dies."""
    ctypes.CDLL(None).prctl(confine.PR_SET_PDEATHSIG, signal.SIGTERM)


class Worker:
    """One Celery worker at a time, watched over.

    Celery may die or go deaf when Redis is restarted again and again. No message is lost by
    that, but somebody must start it anew. Each start has a name, by which its jobs are known.
    """

    def __init__(self, *, processes: int) -> None:
        self.command = [sys.executable, "-m", "celery", "-A", current_app.main, "worker"]
        self.command += [f"--concurrency={processes}", "--without-gossip", "--without-mingle"]
        self.command += ["--loglevel", "WARNING"]
        self.start()

    def start(self) -> None:
        self.name = secrets.token_hex(8)
        self.started_at = timezone.now()
        self.celery = subprocess.Popen(
            self.command,
            env={**os.environ, "KARESI_WORKER": self.name},
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is ours to pass on
            preexec_fn=end_with_parent,
        )

    def look_after(self) -> None:
        if self.celery.poll() is None and self.is_deaf():
            self.kill()
        if self.celery.poll() is not None:
            services.return_orphans(worker=self.name)
            self.start()

    def is_deaf(self) -> bool:
        heard = Pulse.objects.filter(name="worker", at__gt=self.started_at).first()
        silent_for = timezone.now() - (heard.at if heard else self.started_at)
        return silent_for > DEAF_AFTER and not Job.objects.filter(claim__startswith=self.name).exists()

    def end(self) -> None:
        self.celery.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.celery.wait(STOP_WITHIN)
        self.kill()
        services.requeue_running(worker=self.name)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.celery.pid, signal.SIGKILL)
        self.celery.wait()


class Command(BaseCommand):
    help = "Does background work: in processes over Redis, or in this process without it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--processes", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        if current_app.conf.broker_url.startswith("memory"):
            self.work_here(stop)
        else:
            self.watch_over_processes(stop, options["processes"])

    @staticmethod
    def work_here(stop: threading.Event) -> None:
        """Beside a web server that has no worker in it (make dev)."""
        local.start()
        stop.wait()
        local.stop()

    @staticmethod
    def watch_over_processes(stop: threading.Event, processes: int) -> None:
        worker = Worker(processes=processes)
        try:
            sweep_until(stop, also=worker.look_after)
        finally:
            worker.end()
