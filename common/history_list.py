"""The history of everything, as lines: who, when, which thing, what changed, why.

However many lines, the database is asked once about the chain and once for each kind of thing among
them. What a thing's own history page would not show to the reader, its line does not tell either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps import apps
from django.db.models import F, Model, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from common import grants
from common.audit.models import Entry
from common.history import author
from common.history_pages import Part, registered
from common.history_telling import ACTS, Change, Names, capital, changes, names_of, subject

LATE = dt.timedelta(days=1)
"""From here on it is told that a record was entered later than it says it happened"""
SHOWN = 3  # changes of a line in the list
AT_ONCE = 500  # lines drawn up together for a table

Place = tuple[type[Model], Any]


@dataclass(frozen=True)
class Line:
    """One entry of the chain for a reader. Not `open`: the reader sees that it happened, not what it says."""

    seq: int
    at: dt.datetime
    entered: dt.datetime | None
    who: str
    act: tuple[Any, str]
    model: str
    object_id: str
    kind: str
    subject: str
    thing: str
    url: str
    changes: list[Change]
    reason: str
    open: bool

    @property
    def more(self) -> int:
        """Changes beyond those that the list shows."""
        return max(0, len(self.changes) - SHOWN)


def many(user: Any, numbers: Iterable[int]) -> Iterator[Line]:
    """The lines of many entries, some at a time, so that memory does not grow with them."""
    waiting = iter(numbers)
    while some := list(islice(waiting, AT_ONCE)):
        found = Entry.objects.in_bulk(some)
        yield from lines(user, [found[seq] for seq in some])


def lines(user: Any, shown: list[Entry]) -> list[Line]:
    """The entries as this reader may see them, in their order."""
    rows, before = _rows(shown)
    things = _things(user, _wanted(rows.values()))
    names = names_of([*rows.values(), *before.values()])
    inspects = grants.anywhere(user, "inspect")
    return [
        _line(entry, rows.get(entry.seq), before.get(entry.seq), things, names, inspects) for entry in shown
    ]


def _rows(shown: list[Entry]) -> tuple[dict[int, Any], dict[int, Any]]:
    """By entry: its history row, and the one that stood before it of the same thing."""
    previous = Entry.objects.filter(
        model=OuterRef("model"), object_id=OuterRef("object_id"), seq__lt=OuterRef("seq")
    ).order_by("-seq")
    places = (
        Entry.objects.filter(pk__in=[entry.seq for entry in shown])
        .annotate(previous=Subquery(previous.values("history_id")[:1]))
        .values_list("seq", "model", "history_id", "previous")
    )
    wanted: dict[str, set[int]] = {}
    here = list(places)
    for _seq, label, *ids in here:
        wanted.setdefault(label, set()).update(filter(None, ids))
    found = {label: _of_model(label, ids) for label, ids in wanted.items()}
    rows = {seq: found[label].get(own) for seq, label, own, _before in here}
    before = {seq: found[label].get(earlier) for seq, label, _own, earlier in here}
    return (
        {seq: row for seq, row in rows.items() if row is not None},
        {seq: row for seq, row in before.items() if row is not None},
    )


def _of_model(label: str, ids: set[int]) -> dict[int, Any]:
    """History rows by id, each with the keys of what it belongs to."""
    try:
        model: Any = apps.get_model(label)
    except LookupError:  # of an application that is no more: what happened stays, what it said cannot be read
        return {}
    owners = {f"root_{n}": F(f"{part.parent}_id") for n, (_owner, part) in enumerate(_owners(model))}
    return {row.history_id: row for row in model.history.filter(history_id__in=ids).annotate(**owners)}


def _owners(model: type[Model]) -> list[tuple[type[Model], Part]]:
    """The things on whose pages rows of this model are told."""
    return [(owner, part) for owner, told in registered.items() for part in told.parts if part.model is model]


def _places(row: Any) -> list[tuple[Place, Part]]:
    """On which histories the row is told: its own thing's first."""
    model = row.instance_type
    own: list[tuple[Place, Part]] = (
        [((model, getattr(row, model._meta.pk.attname)), Part(model, ""))] if model in registered else []
    )
    return own + [
        ((owner, pk), part)
        for n, (owner, part) in enumerate(_owners(model))
        if (pk := getattr(row, f"root_{n}")) is not None
    ]


def _wanted(rows: Iterable[Any]) -> dict[type[Model], set[Any]]:
    wanted: dict[type[Model], set[Any]] = {}
    for row in rows:
        for (model, pk), _part in _places(row):
            wanted.setdefault(model, set()).add(pk)
    return wanted


def _things(user: Any, wanted: dict[type[Model], set[Any]]) -> dict[Place, Model]:
    """Those that are still there and that the reader may see: one query a model."""
    found: dict[Place, Model] = {}
    for model, pks in wanted.items():
        told = registered[model]
        everything = told.visible(user) if told.visible else model._default_manager.all()
        for thing in everything.filter(pk__in=pks).select_related():
            if told.visible or told.can_see(user, thing):
                found[model, thing.pk] = thing
    return found


def _line(
    entry: Entry, row: Any, before: Any, things: dict[Place, Model], names: Names, inspects: bool
) -> Line:
    places = _places(row) if row is not None else []
    place, part = next(((p, part) for p, part in places if p in things), (None, Part(Model, "")))
    thing = things[place] if place else None
    # What is told on no page at all is there for who reads everything; closed to all others.
    is_open = row is not None and (thing is not None or (inspects and not places))
    try:
        kind = capital(str(apps.get_model(entry.model)._meta.verbose_name))
    except LookupError:
        kind = entry.model
    return Line(
        seq=entry.seq,
        at=timezone.localtime(entry.at),
        entered=timezone.localtime(entry.noted_at) if abs(entry.noted_at - entry.at) > LATE else None,
        who=author(entry.actor_name, row.history_for_name if row is not None else ""),
        act=ACTS[entry.act],
        model=entry.model,
        object_id=entry.object_id,
        kind=kind,
        subject=subject(row, part.subject, names) if is_open else "",
        thing=str(thing) if thing is not None else "",
        url=_url(thing) if thing is not None else "",
        changes=changes(row, before, names, parent=part.parent, marked=False) if is_open else [],
        reason=row.history_change_reason if is_open else "",
        open=is_open,
    )


def _url(thing: Model) -> str:
    return reverse("history", args=[thing._meta.app_label, thing._meta.model_name, thing.pk])
