"""The history of a thing as a page that people can read: who, when, what changed, and why.

Each app registers its things (`register`) and what belongs to them (`include`: a body's seats are
part of the body's history). Whoever may see the thing may see its history; others get a 404.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery, Value
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.history import author
from common.history_filters import PageFilter, span
from common.history_telling import ACTS, Change, Names, capital, changes, names_of, subject

PER_PAGE = 40


@dataclass(frozen=True)
class Part:
    """A model whose rows belong to the thing: `parent` points to it, `subject` names the row."""

    model: type[models.Model]
    parent: str
    subject: str = ""


@dataclass
class Subject:
    """A registered thing: who may see it, where it is shown, what belongs to it."""

    can_see: Callable[[Any, Any], Any]
    url: Callable[[Any], str] | None
    visible: Callable[[Any], Any] | None
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """One act on one row."""

    at: dt.datetime
    who: str
    act: tuple[Any, str]
    thing: str
    subject: str
    changes: list[Change]
    reason: str


registered: dict[type[models.Model], Subject] = {}


def register(
    model: type[models.Model],
    *,
    can_see: Callable[[Any, Any], Any],
    url: Callable[[Any], str] | None = None,
    visible: Callable[[Any], Any] | None = None,
) -> None:
    """Give a model's things a history page. `can_see(user, thing)`, `url(thing)`.

    Where `can_see` asks the database, `visible(user)` gives the things that it allows as one query
    (or fewer of them), so that a list of many things asks once.
    """
    registered[model] = Subject(can_see, url, visible)


def include(model: type[models.Model], part: type[models.Model], *, parent: str, subject: str = "") -> None:
    """Show the history of `part` rows on the page of the thing that their field `parent` points to."""
    registered[model].parts.append(Part(part, parent, subject))


@require_GET
def history_page(request, app_label: str, model: str, pk: int):
    """`who`, `since` and `until` narrow the list; `day` leads to the page on which that day stands."""
    try:
        kind = apps.get_model(app_label, model)
        found = registered[kind]
    except (LookupError, KeyError):
        raise Http404 from None
    thing = get_object_or_404(kind, pk=pk)
    if not found.can_see(request.user, thing):
        raise Http404
    form = PageFilter(request.GET, people=_people(kind, pk, found.parts))
    keys = _keys(kind, pk, found.parts, form.conditions())
    if form.is_valid() and (day := form.cleaned_data["day"]):
        newer = Q(history_date__gte=span(None, day).end)
        past = _keys(kind, pk, found.parts, form.conditions() & newer).count()
        return redirect(_place(request, keys, past))
    page = Paginator(keys, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "thing": thing,
        "kind": capital(str(kind._meta.verbose_name)),
        "url": found.url(thing) if found.url else "",
        "page_obj": page,
        "form": form,
        "entries": _entries(kind, found.parts, page.object_list),
    }
    return render(request, "history/page.html", context)


# --- Reading: which rows, what stood before them


def _people(kind: type[models.Model], pk: int, parts: Iterable[Part]) -> dict[int | None, str]:
    """Who acted on the thing, by number; None is the system."""

    def acted(model: Any, **whose: Any) -> Any:
        return model.history.filter(**whose).order_by().values_list("history_user_id", "history_user_name")

    first = acted(kind, id=pk).distinct()
    return dict(first.union(*(acted(part.model, **{f"{part.parent}_id": pk}) for part in parts)))


def _keys(kind: type[models.Model], pk: int, parts: Iterable[Part], only: Q):
    """(date, row id, label) of every history row of the thing and its parts, the newest first."""
    rows = _labelled(kind, only & Q(id=pk))
    for part in parts:
        rows = rows.union(_labelled(part.model, only & Q(**{f"{part.parent}_id": pk})), all=True)
    return rows.order_by("-history_date", "-history_id")


def _labelled(model: Any, conditions: Q):
    label = Value(model._meta.label_lower, output_field=models.CharField())
    rows = model.history.filter(conditions).order_by()
    return rows.annotate(label=label).values_list("history_date", "history_id", "label")


def _place(request: Any, keys: Any, past: int) -> str:
    """The address of the page, and on it of the day, where the record after the first `past` stands."""
    params = request.GET.copy()
    del params["day"]
    params["page"] = str(past // PER_PAGE + 1)
    there = list(keys[past : past + 1])
    anchor = f"#day-{timezone.localdate(there[0][0])}" if there else ""
    return f"{request.path}?{params.urlencode()}{anchor}"


def _entries(kind: type[models.Model], parts: Iterable[Part], keys: Iterable[tuple]) -> list[Entry]:
    keys = list(keys)
    shapes = {part.model._meta.label_lower: part for part in parts}
    shapes[kind._meta.label_lower] = Part(kind, "")
    rows: dict[tuple[str, int], Any] = {}
    before: dict[tuple[str, int], Any] = {}
    for label, part in shapes.items():
        ids = [history_id for _at, history_id, of in keys if of == label]
        here, earlier = _with_earlier(part.model, ids)
        rows.update({(label, history_id): row for history_id, row in here.items()})
        before.update({(label, row.history_id): earlier.get(row.earlier) for row in here.values()})
    names = names_of([*rows.values(), *filter(None, before.values())])
    return [
        _entry(shapes[label], rows[label, history_id], before[label, history_id], names)
        for _at, history_id, label in keys
    ]


def _with_earlier(model: Any, ids: list[int]) -> tuple[dict[int, Any], dict[int, Any]]:
    """The rows of these ids, and by id the rows that stood just before them."""
    if not ids:
        return {}, {}
    log = model.history
    earlier = (
        log.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        .order_by()
        .values("id")
        .annotate(last=Max("history_id"))
        .values("last")
    )
    here = {row.history_id: row for row in log.filter(history_id__in=ids).annotate(earlier=Subquery(earlier))}
    return here, log.in_bulk([row.earlier for row in here.values() if row.earlier], field_name="history_id")


def _entry(part: Part, row: Any, before: Any, names: Names) -> Entry:
    return Entry(
        at=timezone.localtime(row.history_date),
        who=author(row.history_user_name, row.history_for_name),
        act=ACTS[row.history_type],
        thing=capital(str(part.model._meta.verbose_name)),
        subject=subject(row, part.subject, names),
        changes=changes(row, before, names, parent=part.parent),
        reason=row.history_change_reason,
    )
