"""Answers to "may this person do this now?", each denial with the sentence people read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Allowed:
    """Yes. Truthy. `for_name` says whose seat gave the right where it is not the person's own."""

    reason: str = ""
    for_name: str = ""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """No, and why: the hint beside a disabled button and the text of the 403 page. Falsy."""

    reason: str | Promise

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied


class Refused(PermissionDenied):
    """An act was tried that its Decision denies; `reason` is the sentence to show."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Invalid(Exception):
    """Input that a service refuses. `field` names the place, "" means the whole form."""

    def __init__(self, message: str | Promise, *, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


_standing_in: ContextVar[frozenset[str] | None] = ContextVar("standing_in", default=None)


@contextmanager
def noting() -> Iterator[None]:
    """Within the block (a request, a service) `require` notes for whom the person stands in."""
    token = _standing_in.set(_standing_in.get() or frozenset())
    try:
        yield
    finally:
        _standing_in.reset(token)


def noted() -> str:
    """Those for whom the act goes on that was required in this block; empty for a right of one's own."""
    return ", ".join(sorted(_standing_in.get() or ()))


def require(decision: Decision) -> None:
    """Raise Refused with the denial's sentence; when allowed, note for whom the person acts."""
    if isinstance(decision, Denied):
        raise Refused(decision.reason)
    if decision.for_name and (names := _standing_in.get()) is not None:
        _standing_in.set(names | {decision.for_name})


def insist(decision: Decision, *, field: str = "") -> None:
    """Raise Invalid with the sentence of a denial that lies in the state of things, not in the person."""
    if isinstance(decision, Denied):
        raise Invalid(decision.reason, field=field)


def any_of(*decisions: Decision) -> Decision:
    """The first that allows by a right of one's own, else the first that allows, else the last denial."""
    allowed = [decision for decision in decisions if decision]
    return next(
        (d for d in allowed if isinstance(d, Allowed) and not d.for_name), (*allowed, decisions[-1])[0]
    )


def first_denial(*decisions: Decision) -> Decision:
    """The first denial among the decisions, otherwise Allowed, for whom any of them says."""
    names: set[str] = set()
    for decision in decisions:
        if isinstance(decision, Denied):
            return decision
        names |= {decision.for_name} - {""}
    return Allowed(for_name=", ".join(sorted(names)))
