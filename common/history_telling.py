"""History rows in words: what changed from one row to the next, field by field, as people read it."""

from __future__ import annotations

import datetime as dt
import difflib
import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common import turkish

Names = Mapping[tuple[Any, int], str]
KEPT_WORDS = 8  # unchanged words shown on each side of a change in a long text
STEPS = 9_000_000  # of one comparison, together about a second
HISTORY_STEPS = STEPS // 3  # a page of the history makes many comparisons
WORD_STEPS = 12  # what looking at a word costs beside a step over one of the places where it stands
ACTS = {
    "+": (gettext_lazy("added"), "plus"),
    "~": (gettext_lazy("changed"), "pen-line"),
    "-": (gettext_lazy("removed"), "x"),
}


@dataclass(frozen=True)
class Change:
    """One field: its name and either old and new value, or a long text with its changes marked."""

    label: str
    old: str
    new: str
    marked: SafeString | str = ""


class Budget:
    """The steps that one comparison may still take: difflib's own effort grows with the cube of a text."""

    def __init__(self, left: int = STEPS) -> None:
        self.left = left

    def spend(self, steps: int) -> bool:
        if steps > self.left:
            return False
        self.left -= steps
        return True


class Matcher(difflib.SequenceMatcher[str]):
    """Finds equal stretches while the budget lasts; beyond it, only those at the start and the end."""

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: Budget) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.budget = budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> difflib.Match:
        told: Any = self  # difflib's own fields are not in its types
        old, new, places = told.a[alo:ahi], told.b[blo:bhi], told.b2j
        if self.budget.spend(sum(WORD_STEPS + len(places.get(word, ())) for word in old)):
            return super().find_longest_match(alo, ahi, blo, bhi)
        if size := _shared(old, new):
            return difflib.Match(alo, blo, size)
        size = _shared(reversed(old), reversed(new))
        return difflib.Match(alo + len(old) - size, blo + len(new) - size, size)


def _shared(old: Iterable[str], new: Iterable[str]) -> int:
    """How many words are the same from the start on."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def names_of(rows: Iterable[Any]) -> Names:
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


def changes(row: Any, before: Any, names: Names, *, parent: str = "", marked: bool = True) -> list[Change]:
    """What differs from the row that stood before (None: there was none), but for the field `parent`.

    `marked` long texts come with their changed words marked, which takes its time.
    """
    found = []
    for column in row.tracked_fields:
        if column.primary_key or column.name == parent or isinstance(column.verbose_name, str):
            continue  # the last: without a name for people it says nothing to them
        old = getattr(before, column.attname) if before and row.history_type != "+" else None
        new = getattr(row, column.attname) if row.history_type != "-" else None
        if old != new and any(told := [words(column, old, names), words(column, new, names)]):
            found.append(_change(column, *told, marked=marked))
    return found


def subject(row: Any, name: str, names: Names) -> str:
    """The value by which a row is named beside its kind; empty where the kind says enough."""
    column = next((column for column in row.tracked_fields if column.name == name), None)
    return words(column, getattr(row, column.attname), names) if column else ""


def _change(column: models.Field, old: str, new: str, *, marked: bool) -> Change:
    label = capital(str(column.verbose_name))
    if old == new:
        return Change(label, old, new, _("The words are the same; only their form changed."))
    is_long = marked and isinstance(column, models.TextField | models.JSONField) and old and new
    return Change(label, old, new, marked_changes(old, new) if is_long else "")


def words(column: models.Field, value: Any, names: Names) -> str:
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
        return turkish.date_long(value)
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
    """The new text with added and removed words marked, and long unchanged stretches left out.

    What differs in too much for the budget comes as the old words struck and the new ones added.
    """
    was, now = old.split(), new.split()
    matcher = Matcher(was, now, Budget(HISTORY_STEPS))
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


def capital(text: str) -> str:
    """The words with a capital first; Django's own way makes “Izleme” of izleme."""
    first = turkish.upper(text[:1]) if get_language() == "tr" else text[:1].upper()
    return first + text[1:]
