"""One spelling for every row: the same words whether the row is about to be written or was read back,
from SQLite or from PostgreSQL. What is signed and compared is the SHA-256 of these words."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone

Speller = Callable[[Any], Any]
NOTHING = object()


def digest(row: Any) -> str:
    """SHA-256 of a history row as the database holds it."""
    return sha256(written(type(row), [getattr(row, name) for name in columns(type(row))]))


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def written(model: type[models.Model], values: Iterable[Any], names: tuple[str, ...] = ()) -> str:
    """The row as JSON: by its name every column, or those named, that is not empty.

    Each column has one value that goes without saying, so that nothing is told alike that is not alike, and
    a column added later, empty in every row that was there, leaves their digests as they were.
    """
    told = {}
    for (name, spell, unsaid), value in zip(_spellers(model, names), values, strict=True):
        spelled = value if value is None else spell(value)
        if spelled != unsaid:
            told[name] = spelled
    return as_json(told)


def as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def moment(value: dt.datetime) -> str:
    """In UTC, to the microsecond. What has no zone is local, as Django takes it."""
    aware = timezone.make_aware(value) if timezone.is_naive(value) else value
    return aware.astimezone(dt.UTC).isoformat(timespec="microseconds")


@cache
def _spellers(model: type[models.Model], names: tuple[str, ...]) -> list[tuple[str, Speller, Any]]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [(name, _speller(fields[name]), _unsaid(fields[name])) for name in names or fields]


def _unsaid(field: models.Field) -> Any:
    """What a column holds when it holds nothing: the one value of it that is not told."""
    if field.null:
        return None
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField):
        return 0
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.JSONField) and callable(field.default):
        return field.default()
    return NOTHING


def _speller(field: models.Field) -> Speller:
    """Each begins with the field's own reading: what an unsaved object holds may still be text."""
    read = field.to_python
    if isinstance(field, models.DateTimeField):
        return lambda value: moment(value if isinstance(value, dt.datetime) else read(value))
    if isinstance(field, models.DateField | models.TimeField):
        return lambda value: read(value).isoformat()
    if isinstance(field, models.DecimalField):
        return lambda value: f"{read(value):.{field.decimal_places}f}"
    if isinstance(field, models.JSONField):
        return lambda value: _nested(json.loads(json.dumps(value, cls=field.encoder)))
    return read


def _nested(value: Any) -> Any:
    """JSON's values; figures with a point as text, since databases keep 1e16 and 1.0 each in its own way."""
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return int(exact) if exact == exact.to_integral_value() else repr(value)
    if isinstance(value, dict):
        return {key: _nested(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_nested(item) for item in value]
    return value
