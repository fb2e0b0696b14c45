"""Pages of a list that only grows, however long: each begins beside a row of the one before, so the
database neither counts the list nor walks through what is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from common.forms import whole_number


@dataclass(frozen=True)
class Slice:
    """Some rows, the newest first; `newer` and `older` are what the neighbouring pages are asked by."""

    rows: list[Any]
    newer: dict[str, int] | None
    older: dict[str, int] | None


def newest(rows: QuerySet, params: Any, *, size: int, by_time: bool = False) -> Slice:
    """The page that the address asks for: `before` a row, `after` a row, or the newest of all.

    In the order of the rows' numbers, in which they were written; `by_time` in that of their moments,
    for days of which the number is not known.
    """
    before, after = whole_number(params.get("before")), whole_number(params.get("after"))
    upwards = bool(after and not before)
    order = ["at", "pk"] if by_time else ["pk"]
    if start := before or after:
        rows = rows.filter(_beyond(rows.model, start, upwards, by_time))
    found = list(rows.order_by(*(name if upwards else f"-{name}" for name in order))[: size + 1])
    more = len(found) > size
    found = found[:size]
    if upwards:
        found.reverse()
    first, last = (found[0].pk, found[-1].pk) if found else (start, start)
    return Slice(
        rows=found,
        newer={"after": first} if (more if upwards else before) else None,
        older={"before": last} if (after if upwards else more) else None,
    )


def _beyond(model: Any, start: int, upwards: bool, by_time: bool) -> Q:
    """What stands after the row `start` in the order that is read."""
    side, edge = ("gt", "lte") if upwards else ("lt", "gte")
    at = model._default_manager.filter(pk=start).values_list("at", flat=True).first() if by_time else None
    if at is None:
        return Q(**{f"pk__{side}": start})
    # As one range and an exception, not as two alternatives, for which an index is of no use.
    return Q(**{f"at__{side}e": at}) & ~Q(**{"at": at, f"pk__{edge}": start})
