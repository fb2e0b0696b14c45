"""What the history costs: a save without it, with it and with its chain; and verifying all of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from unittest import mock

SAVES = 300
ROWS = 100_000


def saves() -> None:
    """The same save of one plan row in a transaction of its own, three ways in turn, so that the machine's
    other work falls on each alike."""
    from simple_history.signals import post_create_historical_record

    from common.audit.chain import on_history_row
    from common.history import SystemActor, service
    from institution.models import Unit

    bench = SystemActor("bench")

    @service
    def save(*, by) -> None:
        Unit(name=str(time.time_ns())).save()

    @contextmanager
    def unchained():
        post_create_historical_record.disconnect(dispatch_uid="audit")
        yield
        post_create_historical_record.connect(on_history_row, dispatch_uid="audit")

    def plain() -> None:
        with mock.patch("simple_history.models.settings.SIMPLE_HISTORY_ENABLED", False, create=True):
            save(by=bench)

    def with_history() -> None:
        with unchained():
            save(by=bench)

    def with_chain() -> None:
        save(by=bench)

    ways: dict[str, Callable[[], None]] = {
        "plain": plain,
        "with history": with_history,
        "with history and chain": with_chain,
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(SAVES):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            times[name].append(1000 * (time.perf_counter() - began))
    base = statistics.median(times["plain"])
    print(f"\n{'a save':26} {'ms':>7} {'times plain':>12}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:26} {middle:7.2f} {middle / base:12.1f}")


def verifying() -> None:
    """Verify the sample's history made longer to 100,000 rows, as `manage.py verify_audit` does."""
    from common.audit.chain import linked
    from common.audit.checkpoints import hourly
    from common.audit.models import Entry
    from common.audit.verify import verify
    from common.history import SystemActor, acting, record
    from documents.plan.models import Indicator

    rows = list(Indicator.objects.all())
    missing = ROWS - Entry.objects.count()
    with acting(SystemActor("bench")):
        while missing > 0:
            batch = min(missing, 5000)
            _write(rows, batch, linked, record)
            missing -= batch
    hourly()
    began = time.perf_counter()
    faults = verify(files=False)
    seconds = time.perf_counter() - began
    print(f"\nverifying {Entry.objects.count()} entries: {seconds:.1f} s, {len(faults)} faults")


def _write(rows: list, count: int, linked: Callable, record: Callable) -> None:
    from django.db import transaction

    with transaction.atomic(), linked():
        for number in range(count):
            record(rows[number % len(rows)])
