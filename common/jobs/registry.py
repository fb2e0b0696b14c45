"""Which function does which kind of work, and what the page may say about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise

Function = Callable[[Any, Callable[..., None]], None]


class JobError(Exception):
    """The work cannot succeed, and trying again would not help: the sentence is for the person."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Handler:
    function: Function
    can_see: Callable[[Any, Any], Any]
    can_retry: Callable[[Any, Any], Any]
    done_url: Callable[[Any], str] | None = None
    every: timedelta | None = None
    title: str | Promise = ""


HANDLERS: dict[str, Handler] = {}


def requester_only(user: Any, job: Any) -> bool:
    return job.requested_by_id == user.pk


def nobody(user: Any, job: Any) -> bool:
    return False


def handler(
    kind: str,
    *,
    can_see: Callable[[Any, Any], Any] = requester_only,
    can_retry: Callable[[Any, Any], Any] = requester_only,
    done_url: Callable[[Any], str] | None = None,
) -> Callable[[Function], Function]:
    """Registers `function(job, progress)` as the one that does jobs of this kind.

    It may run more than once for one row (a machine may die after the work and before the note
    of it), so it must lead to the same end when repeated. `can_see(user, job)` says who may
    watch, `can_retry(user, job)` who of them may ask once more; `done_url(job)` leads to what was made.
    """

    def register(function: Function) -> Function:
        HANDLERS[kind] = Handler(function, can_see, can_retry, done_url)
        return function

    return register


def timed(kind: str, *, every: timedelta, title: str | Promise = "") -> Callable[[Function], Function]:
    """Registers `function(job, progress)` to be done once in each slot of length `every`. Where it fails,
    the administrator reads of it by its title."""

    def register(function: Function) -> Function:
        HANDLERS[kind] = Handler(function, nobody, nobody, every=every, title=title)
        return function

    return register


def handler_of(kind: str) -> Handler:
    return HANDLERS[kind]
