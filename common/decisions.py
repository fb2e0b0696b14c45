"""Answers to "may this person do this now?", each denial with the sentence people read."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Allowed:
    """Yes. Truthy."""

    reason: str = ""

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


def require(decision: Decision) -> None:
    """Raise Refused with the denial's sentence; return silently when allowed."""
    if isinstance(decision, Denied):
        raise Refused(decision.reason)


def first_denial(*decisions: Decision) -> Decision:
    """The first denial among the decisions, otherwise Allowed."""
    return next((d for d in decisions if not d), Allowed())
