"""What stands in the tables against what their history says last: a change made past the application shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max

from common.audit import canonical
from common.audit.faults import Fault, What


def audited_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "history_records")]


def history_of(model: type[models.Model]) -> type[models.Model]:
    return model.history.model  # type: ignore[attr-defined]  # audited models have it


def reconcile(only: Iterable[type[models.Model]] | None = None) -> Iterator[Fault]:
    """Rows (of these models, or of all) that were added, changed or removed without a history row."""
    for model in audited_models() if only is None else only:
        yield from _of(model)


def _of(model: type[models.Model]) -> Iterator[Fault]:
    label, key = model._meta.label_lower, model._meta.pk.attname
    history = history_of(model)
    names = tuple(field.attname for field in model.history_records.fields_included(model))  # type: ignore[attr-defined]  # audited models have it
    place = names.index(key)
    standing = {
        row[place]: canonical.sha256(canonical.written(model, row, names))
        for row in model._base_manager.order_by().values_list(*names).iterator(2000)
    }
    last = history._base_manager.order_by().values(key).annotate(last=Max("history_id")).values("last")
    rows = history._base_manager.filter(history_id__in=last).order_by()
    for act, *row in rows.values_list("history_type", *names).iterator(2000):
        pk = row[place]
        now = standing.pop(pk, None)
        if act == "-":
            if now is not None:
                yield Fault(What.SILENT_NEW, model=label, row=str(pk))
        elif now is None:
            yield Fault(What.SILENT_REMOVAL, model=label, row=str(pk))
        elif now != canonical.sha256(canonical.written(history, row, names)):
            yield from _changed(model, pk, dict(zip(names, row, strict=True)))
    for pk in standing:
        yield Fault(What.SILENT_NEW, model=label, row=str(pk))


def _changed(model: type[models.Model], pk: Any, told: dict[str, Any]) -> Iterator[Fault]:
    """Names the fields; those that may be ahead of the history, now and by its last word, do not count."""
    row: Any = model._base_manager.get(pk=pk)
    then: Any = model(**told)
    ahead = set(row.unrecorded()) & set(then.unrecorded()) if hasattr(model, "unrecorded") else set()
    names = [
        name
        for name, value in told.items()
        if name not in ahead
        and canonical.written(model, [getattr(row, name)], (name,))
        != canonical.written(model, [value], (name,))
    ]
    if names:
        yield Fault(What.SILENT_CHANGE, model=model._meta.label_lower, row=str(pk), detail=", ".join(names))
