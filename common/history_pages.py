"""Which things have a history that people read, and what belongs to it.

Each app registers its things (`register`) and what belongs to them (`include`: a body's seats are
part of the body's history). Whoever may see the thing may see its history; others get a 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from common.audit.models import Entry

Place = tuple[type[models.Model], Any]
"""A thing by its kind and key"""


@dataclass(frozen=True)
class Part:
    """A model whose rows belong to the thing: `parent` leads to it, `subject` names the row.

    `told` gives the condition on the history rows of which a reader may be told.
    """

    model: type[models.Model]
    parent: str
    subject: str = ""
    told: Callable[[Any], Q] | None = None

    def rows_of(self, pk: Any, user: Any) -> QuerySet:
        """The history rows, by number, of one thing, as far as the reader may be told of them."""
        log: Any = self.model
        rows = log.history.filter(self.told(user) if self.told else Q(), **{f"{self.parent}_id": pk})
        return rows.order_by().values("history_id")


@dataclass
class Subject:
    """A registered thing: who may see it, where it is shown, what belongs to it."""

    can_see: Callable[[Any, Any], Any]
    url: Callable[[Any], str] | None
    visible: Callable[[Any], Any] | None
    pages: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)


registered: dict[type[models.Model], Subject] = {}
lists: dict[str, Callable[[Any], Any]] = {}
"""Addresses that show no single thing, by name, each with who may open them"""


def anybody(_user: Any, _thing: Any = None) -> bool:
    """Everybody with a seat; who has none sees no page at all."""
    return True


def register(
    model: type[models.Model],
    *,
    can_see: Callable[[Any, Any], Any],
    url: Callable[[Any], str] | None = None,
    visible: Callable[[Any], Any] | None = None,
    pages: tuple[str, ...] = (),
) -> None:
    """Give a model's things a history page. `can_see(user, thing)`, `url(thing)`.

    Where `can_see` asks the database, `visible(user)` gives the things that it allows as one query
    (or fewer of them), so that a list of many things asks once. `pages` names the addresses whose `pk`
    is the thing's and which open for all who see it.
    """
    registered[model] = Subject(can_see, url, visible, pages)


def list_pages(*names: str, may: Callable[[Any], Any] = anybody) -> None:
    """Say of addresses that show no single thing who may open them: `may(user)`."""
    lists.update(dict.fromkeys(names, may))


def include(
    model: type[models.Model],
    part: type[models.Model],
    *,
    parent: str,
    subject: str = "",
    told: Callable[[Any], Q] | None = None,
) -> None:
    """Show the history of `part` rows on the page of the thing that their field `parent` leads to.

    `told(user)` narrows the rows to those of which this reader may be told.
    """
    registered[model].parts.append(Part(part, parent, subject, told))


def owners(model: type[models.Model]) -> list[tuple[type[models.Model], Part]]:
    """The things on whose pages rows of this model are told."""
    return [(owner, part) for owner, told in registered.items() for part in told.parts if part.model is model]


def visible_things(user: Any, wanted: dict[type[models.Model], set[Any]]) -> dict[Place, models.Model]:
    """Those that are still there and that the reader may see: one query a model."""
    found: dict[Place, models.Model] = {}
    for model, pks in wanted.items():
        told = registered[model]
        everything = told.visible(user) if told.visible else model._default_manager.all()
        for thing in everything.filter(pk__in=pks).select_related():
            if told.visible or told.can_see(user, thing):
                found[model, thing.pk] = thing
    return found


def entries_of(kind: type[models.Model], pk: int, user: Any) -> QuerySet[Entry]:
    """The entries of a thing and of what belongs to it, as far as the reader may be told of them."""
    own = _entries(kind).filter(object_id=str(pk))
    parts = [
        _entries(part.model).filter(history_id__in=part.rows_of(pk, user)) for part in registered[kind].parts
    ]
    return Entry.objects.filter(pk__in=own.union(*parts, all=True) if parts else own)


def _entries(model: type[models.Model]) -> QuerySet:
    return Entry.objects.filter(model=model._meta.label_lower).order_by().values("pk")
