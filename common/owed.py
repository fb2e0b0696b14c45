"""One thing that a person owes: each room offers its own (`owed` of its home.py), the roof lists them all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Owed:
    """`act` says what is to be done, `thing` with what; `url` is where; `note` a further fact."""

    act: str | Promise
    thing: str
    url: str
    icon: str
    due_on: dt.date | None = None
    note: str | Promise = ""


def most_urgent_first(owed: list[Owed]) -> list[Owed]:
    """By due date; what has none comes after, in the order in which it was offered."""
    return sorted(owed, key=lambda one: one.due_on or dt.date.max)
