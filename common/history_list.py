"""The history as people read it: by days and acts, each row with who, when, which thing, what changed, why.

However many rows, the database is asked once about the chain and once for each kind of thing among
them. What a thing's own history page would not show to the reader, its row does not tell either.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, F, Model, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from common import grants
from common.audit.models import SAME_ACT, Entry
from common.history import author
from common.history_pages import Part, Place, owners, registered, visible_things
from common.history_telling import ACTS, HISTORY_STEPS, Budget, Change, Teller
from common.history_words import capital, made, names_of

LATE = dt.timedelta(days=1)
"""From here on it is told that a record was entered later than it says it happened"""
AT_ONCE = 500  # lines drawn up together for a table
FEW = 3  # rows of an act that stand unfolded
FIELDS = 8  # of a row in the list of everything


@dataclass(frozen=True)
class Line:
    """One entry of the chain for a reader. Not `open`: the reader sees that it happened, not what it says.

    `places` are the things on whose histories it is told and that the reader may see, its own first.
    """

    entry: Entry
    who: str
    kind: str
    subject: str
    places: dict[Place, Model]
    changes: list[Change]
    reason: str
    open: bool
    longest: int | None
    """Of how many changed fields the page tells; None: of all"""

    @property
    def seq(self) -> int:
        return self.entry.seq

    @property
    def at(self) -> dt.datetime:
        return timezone.localtime(self.entry.at)

    @property
    def entered(self) -> dt.datetime | None:
        """When it was entered, where that is not when it happened."""
        noted = self.entry.noted_at
        return timezone.localtime(noted) if abs(noted - self.entry.at) > LATE else None

    @property
    def act(self) -> tuple[Any, str]:
        done, icon = ACTS[self.entry.act]
        return (made(self.entry.model) or done) if self.entry.act == "+" else done, icon

    @property
    def part(self) -> str:
        """Which part of the thing: its kind and, where there are others of it, its own name."""
        return f"{self.kind} ({self.subject})" if self.subject else self.kind

    @property
    def name(self) -> str:
        """What was done to which part of the thing."""
        return f"{self.part} {self.act[0]}"

    @property
    def place(self) -> Place | None:
        return next(iter(self.places), None)

    @property
    def thing(self) -> str:
        return str(self.places[self.place]) if self.place else ""

    @property
    def url(self) -> str:
        return _url(self.place)

    @property
    def shown(self) -> list[Change]:
        return self.changes[: self.longest]

    @property
    def more(self) -> int:
        """Fields beyond those that are shown."""
        return len(self.changes) - len(self.shown)

    @property
    def is_cut(self) -> bool:
        return bool(self.more) or any(change.is_cut for change in self.shown)


class Told(NamedTuple):
    """What was done to how many things of a kind."""

    kind: str
    done: Any
    things: int


@dataclass(frozen=True)
class Act:
    """What one person did in one moment: its rows, the newest first, and what they have in common."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1

    @property
    def folds(self) -> bool:
        return len(self.lines) > FEW

    @property
    def icon(self) -> str:
        kinds = {line.act[1] for line in self.lines}
        return kinds.pop() if len(kinds) == 1 else ACTS["~"][1]

    @property
    def summary(self) -> list[Told]:
        counted = Counter((line.kind, line.act[0]) for line in self.lines)
        return [Told(kind, done, count) for (kind, done), count in counted.items()]

    @property
    def place(self) -> Place | None:
        """On whose history all of it is told."""
        common = (place for place in self.first.places if all(place in line.places for line in self.lines))
        return next(common, None)

    @property
    def thing(self) -> str:
        return str(self.first.places[self.place]) if self.place else ""

    @property
    def url(self) -> str:
        return _url(self.place)

    @property
    def reason(self) -> str:
        """The reason of all of it; where there are several, each row says its own."""
        reasons = {line.reason for line in self.lines}
        return reasons.pop() if len(reasons) == 1 else ""


class Day(NamedTuple):
    date: dt.date
    acts: list[Act]


same_act = attrgetter(*SAME_ACT)


def days(drawn: Iterable[Line], *, by_entry: bool = False) -> list[Day]:
    """The lines by acts, these by the day of which they tell, or by that on which they were entered.

    A day is opened once, also where the machine's clock was put back over midnight.
    """
    found: list[Day] = []
    for _same, lines in groupby(drawn, lambda line: same_act(line.entry)):
        act = Act(list(lines))
        entry = act.first.entry
        date = timezone.localdate(entry.noted_at if by_entry else entry.at)
        if not found or date < found[-1].date:
            found.append(Day(date, []))
        found[-1].acts.append(act)
    return found


def many(user: Any, numbers: Iterable[int]) -> Iterator[Line]:
    """The lines of many entries for a table, some at a time, so that memory does not grow with them."""
    waiting = iter(numbers)
    while some := list(islice(waiting, AT_ONCE)):
        found = Entry.objects.in_bulk(some)
        yield from lines(user, [found[seq] for seq in some], marked=False)


def lines(
    user: Any, shown: list[Entry], *, of: Model | None = None, whole: bool = False, marked: bool = True
) -> list[Line]:
    """The entries as this reader may see them, in their order; on the history `of` a thing that they see.

    With `whole`, no word and no field is left out; `marked` values come as a page shows them.
    """
    rows, before = _rows(user, shown)
    things = {(type(of), of.pk): of} if of else visible_things(user, _wanted(rows.values()))
    names = names_of([*rows.values(), *before.values()])
    teller = Teller(names, Budget(HISTORY_STEPS) if marked else None, whole)
    inspects = grants.anywhere(user, "inspect")
    reader = Reader(things, teller, inspects, of is not None, None if of or whole else FIELDS)
    return [_line(entry, rows.get(entry.seq), before.get(entry.seq), reader) for entry in shown]


def _rows(user: Any, shown: list[Entry]) -> tuple[dict[int, Any], dict[int, Any]]:
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
    found = {label: _of_model(user, label, ids) for label, ids in wanted.items()}
    rows = {seq: found[label].get(own) for seq, label, own, _before in here}
    before = {seq: found[label].get(earlier) for seq, label, _own, earlier in here}
    return (
        {seq: row for seq, row in rows.items() if row is not None},
        {seq: row for seq, row in before.items() if row is not None},
    )


def _of_model(user: Any, label: str, ids: set[int]) -> dict[int, Any]:
    """History rows by id, each with the keys of what it belongs to, and whether it is told there."""
    try:
        model: Any = apps.get_model(label)
    except LookupError:  # of an application that is no more: what happened stays, what it said cannot be read
        return {}
    roots: dict[str, Any] = {}
    for n, (_owner, part) in enumerate(owners(model)):
        roots[f"root_{n}"] = F(f"{part.parent}_id")
        if part.told:
            roots[f"told_{n}"] = ExpressionWrapper(part.told(user), BooleanField())
    return {row.history_id: row for row in model.history.filter(history_id__in=ids).annotate(**roots)}


def _places(row: Any) -> list[tuple[Place, Part]]:
    """On which histories the row is told: its own thing's first."""
    model, withheld = row.instance_type, _withheld(row)
    own: list[tuple[Place, Part]] = (
        [((model, getattr(row, model._meta.pk.attname)), Part(model, ""))] if model in registered else []
    )
    return own + [
        ((owner, pk), part)
        for n, (owner, part) in enumerate(owners(model))
        if (pk := getattr(row, f"root_{n}")) is not None and n not in withheld
    ]


def _withheld(row: Any) -> set[int]:
    """The owners, by number, on whose history the reader may not, or not yet, be told of the row."""
    return {n for n in range(len(owners(row.instance_type))) if not getattr(row, f"told_{n}", True)}


def _wanted(rows: Iterable[Any]) -> dict[type[Model], set[Any]]:
    wanted: dict[type[Model], set[Any]] = {}
    for row in rows:
        for (model, pk), _part in _places(row):
            wanted.setdefault(model, set()).add(pk)
    return wanted


class Reader(NamedTuple):
    """For whom lines are drawn: the things that they see, how values are told, whether they inspect;
    whether they stand on one thing's own history, and of how many fields of a row they are told."""

    things: dict[Place, Model]
    teller: Teller
    inspects: bool
    of_one: bool
    longest: int | None


def _line(entry: Entry, row: Any, before: Any, reader: Reader) -> Line:
    places = _places(row) if row is not None else []
    visible = {place: reader.things[place] for place, _part in places if place in reader.things}
    # What is told on no page at all is there for who reads everything; closed to all others.
    is_open = row is not None and (bool(visible) or (reader.inspects and not places and not _withheld(row)))
    part = next((part for place, part in places if place in visible), Part(type(row), ""))
    try:
        kind = capital(str(apps.get_model(entry.model)._meta.verbose_name))
    except LookupError:
        kind = entry.model
    changes = reader.teller.changes(row, before, but=_known(entry, part, reader)) if is_open else []
    reason = row.history_change_reason if is_open else ""
    return Line(
        entry=entry,
        who=author(entry.actor_name, row.history_for_name if row is not None else ""),
        kind=kind,
        subject=reader.teller.subject(row, part.subject) if is_open else "",
        places=visible,
        changes=changes,
        reason="" if reason in {change.new for change in changes} else reason,
        open=is_open,
        longest=reader.longest,
    )


def _known(entry: Entry, part: Part, reader: Reader) -> set[str]:
    """Fields that need no telling: by what the row is named, unless that changed, and whose history it is."""
    return {part.subject if entry.act != "~" else "", part.parent if reader.of_one else ""}


def _url(place: Place | None) -> str:
    if place is None:
        return ""
    model, pk = place
    return reverse("history", args=[model._meta.app_label, model._meta.model_name, pk])
