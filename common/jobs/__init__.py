"""Background work whose intent stands in the database before anything is sent anywhere.

A row is committed together with what it belongs to; the broker only carries "look at row n".
So a broker that is away, repeats itself or forgets loses nothing: whoever sweeps publishes
waiting rows again, and the claim of a row succeeds once.

    from common import jobs

    @jobs.handler("drafts.print", can_see=..., done_url=...)      in an app's tasks.py
    def print_draft(job, progress): ...

    jobs.enqueue(kind="drafts.print", key=str(version.pk), args={...}, by=user, title=...)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from common.jobs.child import ChildFailed, ChildStopped, ChildTimedOut, run_child
from common.jobs.registry import JobError, handler, timed

if TYPE_CHECKING:
    from common.jobs.perform import perform_waiting
    from common.jobs.services import enqueue

__all__ = [
    "ChildFailed",
    "ChildStopped",
    "ChildTimedOut",
    "JobError",
    "enqueue",
    "handler",
    "perform_waiting",
    "run_child",
    "timed",
]

# These touch the table, and this module is imported before the tables are known.
_AFTER_START = {"enqueue": "services", "perform_waiting": "perform"}


def __getattr__(name: str) -> Any:
    if name in _AFTER_START:
        return getattr(import_module(f"common.jobs.{_AFTER_START[name]}"), name)
    raise AttributeError(name)
