"""The history of a thing as a page that people can read: who, when, what changed, and why.

Each app registers its things (`register`) and what belongs to them (`include`: a body's seats are
part of the body's history). Whoever may see the thing may see its history; others get a 404.
"""

from __future__ import annotations

import datetime as dt
import difflib
import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Max, OuterRef, Subquery, Value
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common import turkish

Names = Mapping[tuple[Any, int], str]
PER_PAGE = 40
KEPT_WORDS = 8  # unchanged words shown on each side of a change in a long text
ACTS = {
    "+": (gettext_lazy("added"), "plus"),
    "~": (gettext_lazy("changed"), "pen-line"),
    "-": (gettext_lazy("removed"), "x"),
}


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
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """One field: its name and either old and new value, or a long text with its changes marked."""

    label: str
    old: str
    new: str
    marked: SafeString | str = ""


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


_registered: dict[type[models.Model], Subject] = {}


def register(
    model: type[models.Model],
    *,
    can_see: Callable[[Any, Any], Any],
    url: Callable[[Any], str] | None = None,
) -> None:
    """Give a model's things a history page. `can_see(user, thing)`, `url(thing)`."""
    _registered[model] = Subject(can_see, url)


def include(model: type[models.Model], part: type[models.Model], *, parent: str, subject: str = "") -> None:
    """Show the history of `part` rows on the page of the thing that their field `parent` points to."""
    _registered[model].parts.append(Part(part, parent, subject))


@require_GET
def history_page(request, app_label: str, model: str, pk: int):
    try:
        kind = apps.get_model(app_label, model)
        registered = _registered[kind]
    except (LookupError, KeyError):
        raise Http404 from None
    thing = get_object_or_404(kind, pk=pk)
    if not registered.can_see(request.user, thing):
        raise Http404
    page = Paginator(_keys(kind, pk, registered.parts), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "thing": thing,
        "kind": _capital(str(kind._meta.verbose_name)),
        "url": registered.url(thing) if registered.url else "",
        "page_obj": page,
        "entries": _entries(kind, registered.parts, page.object_list),
    }
    return render(request, "history/page.html", context)


# --- Reading: which rows, what stood before them, the names of what they point to


def _keys(kind: type[models.Model], pk: int, parts: Iterable[Part]):
    """(date, row id, label) of every history row of the thing and its parts, the newest first."""
    rows = _labelled(kind, id=pk)
    for part in parts:
        rows = rows.union(_labelled(part.model, **{f"{part.parent}_id": pk}), all=True)
    return rows.order_by("-history_date", "-history_id")


def _labelled(model: Any, **conditions: Any):
    label = Value(model._meta.label_lower, output_field=models.CharField())
    rows = model.history.filter(**conditions).order_by()
    return rows.annotate(label=label).values_list("history_date", "history_id", "label")


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
    names = _names([*rows.values(), *filter(None, before.values())])
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


def _names(rows: Iterable[Any]) -> Names:
    """The names of everything that the rows point to: one query a model."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in rows:
        for column in row.tracked_fields:
            if column.remote_field and (pk := getattr(row, column.attname)):
                wanted.setdefault(column.related_model, set()).add(pk)
    return {
        (model, thing.pk): str(thing)
        for model, pks in wanted.items()
        for thing in model._default_manager.filter(pk__in=pks).select_related()
    }


# --- Telling: values in words, long texts with their changes marked


def _entry(part: Part, row: Any, before: Any, names: Names) -> Entry:
    columns = [c for c in row.tracked_fields if not c.primary_key and c.name != part.parent]
    changes = []
    for column in columns:
        old = getattr(before, column.attname) if before and row.history_type != "+" else None
        new = getattr(row, column.attname) if row.history_type != "-" else None
        if old != new and not (old in (None, "") and new in (None, "")):
            changes.append(_change(column, _words(column, old, names), _words(column, new, names)))
    subject = next((c for c in columns if c.name == part.subject), None)
    return Entry(
        at=timezone.localtime(row.history_date),
        who=row.history_user_name,
        act=ACTS[row.history_type],
        thing=_capital(str(part.model._meta.verbose_name)),
        subject=_words(subject, getattr(row, subject.attname), names) if subject else "",
        changes=changes,
        reason=row.history_change_reason,
    )


def _change(column: models.Field, old: str, new: str) -> Change:
    label = _capital(str(column.verbose_name))
    is_long = isinstance(column, models.TextField | models.JSONField) and old and new
    return Change(label, old, new, marked_changes(old, new) if is_long else "")


def _words(column: models.Field, value: Any, names: Names) -> str:
    """A stored value as people read it; empty where there is none."""
    if value is None or value == "":
        return ""
    if column.remote_field:
        return names.get((column.related_model, value), f"#{value}")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return turkish.datetime_long(value)
    if isinstance(value, dt.date):
        return turkish.date_short(value)
    if isinstance(value, dict | list):
        return "\n".join(_said_in(value))
    if isinstance(column, models.DecimalField):
        return turkish.number(value)
    text = str(value)
    if "</" not in text:
        return text
    return html.unescape(strip_tags(re.sub(r"</(?:p|li|h\d|td|th|tr)>", "\n", text))).strip()


def _said_in(value: Any) -> list[str]:
    """Every word and figure inside a structure, in its order: minutes, objections.

    What has a title or a sentence for people (a column, a finding) tells that alone.
    """
    if isinstance(value, dict):
        value = [value[name] for name in ("title", "sentence") if name in value] or list(value.values())
    if isinstance(value, list):
        return [line for part in value for line in _said_in(part)]
    return [str(value)] if value not in (None, "") else []


def marked_changes(old: str, new: str) -> SafeString:
    """The new text with added and removed words marked, and long unchanged stretches left out."""
    was, now = old.split(), new.split()
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    stretches = []
    for group in matcher.get_grouped_opcodes(KEPT_WORDS):
        pieces = []
        for act, a, b, c, d in group:
            if act == "equal":
                pieces.append(("{}", " ".join(was[a:b])))
                continue
            if a < b:
                pieces.append(("<del>{}</del>", " ".join(was[a:b])))
            if c < d:
                pieces.append(("<ins>{}</ins>", " ".join(now[c:d])))
        stretches.append(format_html_join(" ", "{}", ((format_html(shape, text),) for shape, text in pieces)))
    return format_html_join(" … ", "{}", ((stretch,) for stretch in stretches))


def _capital(words: str) -> str:
    """The words with a capital first; Django's own way makes “Izleme” of izleme."""
    first = turkish.upper(words[:1]) if get_language() == "tr" else words[:1].upper()
    return first + words[1:]
