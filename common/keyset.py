"""Pages of a list that only grows, however long: each begins beside a row of the one before, so the
database neither counts the list nor walks through what is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from common.forms import whole_number

ROWS_A_GROUP = 4  # that a page has room for on average


@dataclass(frozen=True)
class Slice:
    """Some rows, the newest first; `newer` and `older` are what the neighbouring pages are asked by."""

    rows: list[Any]
    newer: dict[str, int] | None
    older: dict[str, int] | None


def newest(
    rows: QuerySet,
    params: Any,
    *,
    size: int,
    by_time: bool = False,
    together: Callable[[Any], Any] | None = None,
) -> Slice:
    """The page that the address asks for: `before` a row, `after` a row, or the newest of all.

    In the order of the rows' numbers, in which they were written; `by_time` in that of their moments,
    for days of which the number is not known. Rows of which `together` gives the same stay on one page,
    unless they are too many for any: then `size` is the number of such groups.
    """
    before, after = whole_number(params.get("before")), whole_number(params.get("after"))
    upwards = bool(after and not before)
    order = ["at", "pk"] if by_time else ["pk"]
    if start := before or after:
        rows = rows.filter(_beyond(rows.model, start, upwards, by_time))
    room = size * ROWS_A_GROUP if together else size
    found = list(rows.order_by(*(name if upwards else f"-{name}" for name in order))[: room + 1])
    fitting = _whole_groups(found, size, room, together) if together else size
    more = len(found) > fitting
    found = found[:fitting]
    if upwards:
        found.reverse()
    first, last = (found[0].pk, found[-1].pk) if found else (start, start)
    return Slice(
        rows=found,
        newer={"after": first} if (more if upwards else before) else None,
        older={"before": last} if (after if upwards else more) else None,
    )


def _whole_groups(found: list[Any], size: int, room: int, together: Callable[[Any], Any]) -> int:
    """How many rows make up the first groups, as far as there is room for the last of them too."""
    taken = 0
    for n, (_same, group) in enumerate(groupby(found, together)):
        rows = len(list(group))
        if n == size or (n and taken + rows > room):
            return taken
        taken += rows
    return min(taken, room)


def _beyond(model: Any, start: int, upwards: bool, by_time: bool) -> Q:
    """What stands after the row `start` in the order that is read."""
    side, edge = ("gt", "lte") if upwards else ("lt", "gte")
    at = model._default_manager.filter(pk=start).values_list("at", flat=True).first() if by_time else None
    if at is None:
        return Q(**{f"pk__{side}": start})
    # As one range and an exception, not as two alternatives, for which an index is of no use.
    return Q(**{f"at__{side}e": at}) & ~Q(**{"at": at, f"pk__{edge}": start})
