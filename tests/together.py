"""Several acts in the same moment, each in a thread and on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

WAIT = 60  # seconds until those who have come begin without the others


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave back or raised, in their order."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=WAIT)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def failures(answers: Iterable[Any]) -> list[Exception]:
    return [answer for answer in answers if isinstance(answer, Exception)]
