"""Background work of the institution: its letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from common import jobs
from common.jobs.registry import nobody
from institution.sign_in import letters


@jobs.handler(letters.JOB, can_see=nobody)
def send_letter(job: Any, progress: Callable[..., None]) -> None:
    """Cut off between the sending and its note, a letter comes twice; its links are the same in effect."""
    letters.send(**job.args)
