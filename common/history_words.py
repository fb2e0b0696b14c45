"""What a column of a history row holds, in words.

Most columns say it by themselves: a choice by its label, a key by the thing's own name. What they do not
say the apps declare: `call` for things whose name is not for people, `say` for values of a shape of their
own, `point` for texts that name a thing ("teams.membership:7"), `make` for what is done where a row begins,
`moves` for what only goes elsewhere.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common import turkish

Names = Mapping[tuple[Any, int], str]
Column = tuple[type[models.Model], str]
Text = str | Promise

_called: dict[type[models.Model], Callable[[Any], str]] = {}
_said: dict[Column, Callable[[Any], str]] = {}
_pointing: set[Column] = set()
_made: dict[str, Text] = {}
_moving: dict[Column, Callable[[Any], bool]] = {}


def call(model: type[models.Model], words: Callable[[Any], str]) -> None:
    """Tell things of this model by these words of theirs, not by their str()."""
    _called[model] = words


def say(model: type[models.Model], field: str, words: Callable[[Any], str]) -> None:
    """Tell what this field holds by these words."""
    _said[model, field] = words


def point(model: type[models.Model], field: str) -> None:
    """This field names a thing as "app.model:7"; tell it by that thing's name."""
    _pointing.add((model, field))


def make(model: type[models.Model], done: Text) -> None:
    """Where a thing of this model comes to be, it is not "added" but this: requested, submitted, given."""
    _made[model._meta.label_lower] = done


def made(model: str) -> Text | None:
    """What was done where a row of this model (its label) began, if it has a word of its own."""
    return _made.get(model)


def moves(model: type[models.Model], field: str, when: Callable[[Any], bool]) -> None:
    """Emptied after a row for which `when` holds, this field was not deleted: its words stand elsewhere."""
    _moving[model, field] = when


def has_moved(column: models.Field, before: Any, value: Any) -> bool:
    """Whether the value that follows on this row is empty because the words have gone elsewhere."""
    when = _moving.get((column.model, column.name))
    return bool(when and before and value in (None, "") and when(before))


def names_of(rows: Iterable[Any]) -> Names:
    """The names of everything that the rows point to: one query a model, and few for what was removed."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        for column in row.tracked_fields:
            if target := _target(column, getattr(row, column.attname)):
                wanted.setdefault(target[0], set()).add(target[1])
    found: dict[tuple[Any, int], str] = {}
    for model, pks in wanted.items():
        there = list(model._default_manager.filter(pk__in=pks).select_related())
        for thing in [*there, *_removed(model, pks - {thing.pk for thing in there})]:
            with suppress(ObjectDoesNotExist):  # what it is called by was removed too
                found[model, thing.pk] = _called.get(model, str)(thing)
    return found


def _removed(model: Any, pks: set[int]) -> list[models.Model]:
    """Those that are gone, as their history saw them last: one query, and one for each kind of their parents."""
    if not pks or not hasattr(model, "history"):
        return []
    last = model.history.filter(history_type="-", **{f"{model._meta.pk.attname}__in": pks})
    things = [row.instance for row in last]
    parents = [
        Prefetch(field.name, field.related_model._base_manager.select_related())
        for field in model._meta.concrete_fields
        if field.remote_field and not field.null
    ]
    prefetch_related_objects(things, *parents)
    return things


def words(column: models.Field, value: Any, names: Names) -> str:
    """A stored value as people read it; empty where there is none."""
    if value is None or value == "":
        return ""
    if said := _said.get((column.model, column.name)):
        return said(value)
    if target := _target(column, value):
        return names.get(target, f"#{target[1]}")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return turkish.datetime_long(value)
    if isinstance(value, dt.date):
        return turkish.date_long(value)
    if isinstance(value, dict | list):
        return "\n".join(_said_in(value))
    if isinstance(column, models.DecimalField):
        return turkish.number(value)
    return plain(str(value))


def plain(text: str) -> str:
    """The words of a text that may be HTML, a line a paragraph."""
    if "</" not in text:
        return text
    return html.unescape(strip_tags(re.sub(r"</(?:p|li|h\d|td|th|tr)>", "\n", text))).strip()


def capital(text: str) -> str:
    """The words with a capital first; Django's own way makes “Izleme” of izleme."""
    first = turkish.upper(text[:1]) if get_language() == "tr" else text[:1].upper()
    return first + text[1:]


def _target(column: models.Field, value: Any) -> tuple[Any, int] | None:
    """The thing to which a value points."""
    if not value:
        return None
    if column.remote_field:
        return column.related_model, value
    if (column.model, column.name) not in _pointing:
        return None
    label, _colon, pk = value.partition(":")
    return apps.get_model(label), int(pk)


def _said_in(value: Any) -> list[str]:
    """Every word and figure inside a structure, in its order: minutes, objections.

    What has a title or a sentence for people (a column, a finding) tells that alone.
    """
    if isinstance(value, dict):
        value = [value[name] for name in ("title", "sentence") if name in value] or list(value.values())
    if isinstance(value, list):
        return [line for part in value for line in _said_in(part)]
    return [str(value)] if value not in (None, "") else []
