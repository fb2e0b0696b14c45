"""History rows in words: what changed from one row to the next, field by field, as people read it."""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db import models
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.history_words import Names, capital, has_moved, words

KEPT_WORDS = 8  # unchanged words shown on each side of a change in a long text
HEAD, TAIL = 30, 10  # words shown of the beginning and the end of what is new or gone, where it is long
ELLIPSIS = "…"
STEPS = 9_000_000  # of one comparison, together about a second
HISTORY_STEPS = STEPS // 3  # of all comparisons of a page
WORD_STEPS = 12  # what looking at a word costs beside a step over one of the places where it stands
ACTS = {
    "+": (gettext_lazy("added"), "plus"),
    "~": (gettext_lazy("changed"), "pen-line"),
    "-": (gettext_lazy("removed"), "x"),
}


@dataclass(frozen=True)
class Change:
    """One field: its name, the old and the new value, and both as the page shows them.

    `is_cut` where the page leaves words out.
    """

    label: str
    old: str
    new: str
    shown: SafeString | str = ""
    is_cut: bool = False


class Budget:
    """The steps that comparisons may still take: difflib's own effort grows with the cube of a text."""

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


@dataclass
class Teller:
    """Tells the rows of one page, of which it knows the `names` that they point to.

    `whole` leaves no word out; without a `budget` nothing is drawn for a page (`Change.shown`).
    """

    names: Names
    budget: Budget | None
    whole: bool = False

    def subject(self, row: Any, name: str) -> str:
        """The value by which a row is named beside its kind; empty where the kind says enough."""
        column = next((column for column in row.tracked_fields if column.name == name), None)
        return words(column, getattr(row, column.attname), self.names) if column else ""

    def changes(self, row: Any, before: Any, *, but: Container[str] = ()) -> list[Change]:
        """What differs from the row that stood before (None: there was none), but for the fields `but`."""
        found = []
        for column in row.tracked_fields:
            if column.primary_key or column.name in but or isinstance(column.verbose_name, str):
                continue  # the last: without a name for people it says nothing to them
            old = getattr(before, column.attname) if before and row.history_type != "+" else None
            new = getattr(row, column.attname) if row.history_type != "-" else None
            if has_moved(column, before, new):
                continue
            if old != new and any(told := [words(column, value, self.names) for value in (old, new)]):
                found.append(self._change(column, *told, is_new=row.history_type == "+"))
        return found

    def _change(self, column: models.Field, old: str, new: str, *, is_new: bool) -> Change:
        label = capital(str(column.verbose_name))
        if old == new:
            return Change(label, old, new, _("The words are the same; only their form changed."))
        if self.budget is None:
            return Change(label, old, new)
        if old and new and isinstance(column, models.TextField | models.JSONField):
            return Change(label, old, new, *marked_changes(old, new, self.budget, whole=self.whole))
        pieces = [("<del>{}</del>", old), ("{}" if is_new else "<ins>{}</ins>", new)]
        shown = [(shape, *self._shortened(text)) for shape, text in pieces if text]
        html = [(format_html(shape, linebreaksbr(text)),) for shape, text, _cut in shown]
        return Change(label, old, new, format_html_join(" ", "{}", html), any(cut for *_rest, cut in shown))

    def _shortened(self, text: str) -> tuple[str, bool]:
        """The text, or its beginning and end; and whether anything was left out."""
        if self.whole or (kept := _ends(text.split())) is None:
            return text, False
        return kept, True


def marked_changes(
    old: str, new: str, budget: Budget | None = None, *, whole: bool = False
) -> tuple[SafeString, bool]:
    """The new text with added and removed words marked; and whether any word was left out.

    Unless the `whole` text is asked for, the words around each change are shown and “…” for the others.
    What differs in too much for the budget comes as the old words struck and the new ones added.
    """
    was, now = old.split(), new.split()
    found = Matcher(was, now, budget or Budget(HISTORY_STEPS)).get_opcodes()
    pieces, is_cut = [], False
    for n, (act, a, b, c, d) in enumerate(found):
        if act == "equal":
            stretches = [("{}", was[a:b], _around(was[a:b], first=n == 0, last=n == len(found) - 1))]
        else:
            both = [("<del>{}</del>", was[a:b]), ("<ins>{}</ins>", now[c:d])]
            stretches = [(shape, some, _ends(some)) for shape, some in both if some]
        for shape, some, kept in stretches:
            is_cut |= kept is not None and not whole
            pieces.append((shape, " ".join(some) if whole or kept is None else kept))
    return format_html_join(" ", "{}", ((format_html(shape, text),) for shape, text in pieces)), is_cut


def _around(same: list[str], *, first: bool, last: bool) -> str | None:
    """What is shown of an unchanged stretch: its words beside the changes; None: all of it."""
    before, after = (0 if first else KEPT_WORDS), (0 if last else KEPT_WORDS)
    if len(same) <= before + after:
        return None
    return " ".join([*same[:before], ELLIPSIS, *same[len(same) - after :]])


def _ends(some: list[str]) -> str | None:
    """What is shown of a long stretch: its beginning and its end; None: all of it."""
    if len(some) <= HEAD + TAIL:
        return None
    return " ".join([*some[:HEAD], ELLIPSIS, *some[-TAIL:]])


def pair(old: str, new: str, longest: int) -> tuple[str, str]:
    """Both values for a table cell: from shortly before the place where they part, cut to so many letters."""
    if len(old) <= longest and len(new) <= longest:
        return old, new
    was, now = old.split(), new.split()
    if (start := _shared(was, now) - KEPT_WORDS) > 0:
        was[:start] = now[:start] = [ELLIPSIS]
    return _cut(" ".join(was), longest), _cut(" ".join(now), longest)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + ELLIPSIS
