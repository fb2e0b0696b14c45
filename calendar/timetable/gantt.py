"""The work calendar as a picture: pure geometry, drawn by templates/timetable/_gantt.svg.html.

One drawing serves the page and the printed plan. The page colours it by class and theme, print
by the presentation attributes beside them (a stylesheet does not reach into a drawing there).
All lengths are units of the drawing, ready as text: they are frozen as JSON with a draft, and a
template must not write them with a decimal comma.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from common import turkish

SIZE = 14  # of the labels
ROW = 30
LINE = 17  # from one line of a label to the next
BAR = 14

TEAL, RED, INK, GREY, WHITE = "#005c6f", "#8e3627", "#1c2326", "#b9c2c5", "#ffffff"


@dataclass(frozen=True)
class Task:
    """One row: a bar, or a diamond for a single day."""

    title: str
    phase: str
    starts_on: dt.date
    ends_on: dt.date
    is_law: bool = False
    state: str = "planned"

    @property
    def is_milestone(self) -> bool:
        return self.starts_on == self.ends_on


@dataclass(frozen=True)
class Frame:
    """Width of the drawing and of its column of labels, and how plain it is."""

    width: int
    labels: int
    head: int
    for_print: bool = False


PAGE = Frame(width=1150, labels=330, head=46)  # months, then the label of today
PRINT = Frame(width=720, labels=270, head=28, for_print=True)  # 166 mm wide: labels of 9 points


def draw(
    tasks: Iterable[Task],
    *,
    frame: Frame = PAGE,
    today: dt.date | None = None,
    last_day: dt.date | None = None,
    last_day_label: str = "",
) -> dict:
    """The drawing as plain data. Tasks come in the order of their phases; `last_day` is the day
    the law leaves, drawn as a line with its label; `today` is left out in print."""
    tasks = list(tasks)
    days = [d for t in tasks for d in (t.starts_on, t.ends_on)] + ([last_day] if last_day else [])
    axis = _Axis.over(days, frame)
    rows = list(_rows(tasks, frame))
    bottom = frame.head + sum(row["h"] for row in rows)
    y = frame.head
    for row in rows:
        row["y"] = y
        y += row["h"]
    shapes = [shape for row in rows if row["task"] for shape in _shapes(row, axis, frame, today)]
    return {
        "width": str(frame.width),
        "height": str(bottom + (34 if last_day else 8)),
        "bottom": str(bottom),
        "head": str(frame.head),
        "months": list(_months(axis, frame, bottom)),
        "weekends": [] if frame.for_print else list(_weekends(axis, frame, bottom)),
        "phases": [{"y": str(r["y"]), "h": str(r["h"])} for r in rows if not r["task"]],
        "lines": [str(r["y"]) for r in rows] + [str(bottom)],
        "texts": [text for row in rows for text in _texts(row)],
        "bars": [s for s in shapes if "w" in s],
        "diamonds": [s for s in shapes if "d" in s],
        "last_day": _last_day(axis, frame, bottom, last_day, last_day_label) if last_day else None,
        "today": _today(axis, frame, today) if today and axis.first <= today <= axis.last else None,
    }


@dataclass(frozen=True)
class _Axis:
    first: dt.date  # of the first month
    last: dt.date  # of the last month
    left: int
    right: int

    @classmethod
    def over(cls, days: list[dt.date], frame: Frame) -> _Axis:
        first, last = min(days).replace(day=1), max(days)
        return cls(first, _next_month(last) - dt.timedelta(1), frame.labels, frame.width)

    def x(self, day: dt.date) -> float:
        """Where the day begins."""
        span = (self.last - self.first).days + 1
        return self.left + (self.right - self.left) * (day - self.first).days / span

    def middle(self, day: dt.date) -> float:
        return (self.x(day) + self.end(day)) / 2

    def end(self, day: dt.date) -> float:
        return self.x(day + dt.timedelta(1))

    @property
    def months(self) -> Iterator[dt.date]:
        month = self.first
        while month <= self.last:
            yield month
            month = _next_month(month)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(4)).replace(day=1)


def _rows(tasks: list[Task], frame: Frame) -> Iterator[dict]:
    for phase, group in groupby(tasks, key=lambda t: t.phase):
        if not frame.for_print:
            yield {"task": None, "lines": [phase], "h": ROW}
        for task in group:
            inset = 0 if frame.for_print else 22
            lines = wrap(task.title, frame.labels - inset - 12)
            yield {"task": task, "lines": lines, "h": ROW + LINE * (len(lines) - 1), "inset": inset}


def _texts(row: dict) -> Iterator[dict]:
    for n, line in enumerate(row["lines"]):
        yield {
            "x": str(row.get("inset", 10)),
            "y": str(row["y"] + 20 + LINE * n),
            "text": line,
            "cls": "tx" if row["task"] else "ph-t",
        }


def _months(axis: _Axis, frame: Frame, bottom: int) -> Iterator[dict]:
    step = axis.x(_next_month(axis.first)) - axis.x(axis.first)
    years = axis.first.year != axis.last.year
    for n, month in enumerate(axis.months):
        name = turkish.date_day(month).removeprefix("1 ")
        if years and (n == 0 or month.month == 1) and text_width(f"{name} {month.year}") < step - 8:
            name = f"{name} {month.year}"
        elif text_width(name) > step - 8:
            name = name[:3]
        yield {
            "x": _n(axis.x(month)),
            "w": _n(axis.x(_next_month(month)) - axis.x(month)),
            "text_x": _n(axis.x(month) + 6),
            "text": name,
            "band": frame.for_print and n % 2 == 0,
            "h": str(bottom - frame.head),
        }


def _weekends(axis: _Axis, frame: Frame, bottom: int) -> Iterator[dict]:
    day = axis.first + dt.timedelta(5 - axis.first.weekday() if axis.first.weekday() < 6 else 6)
    while day <= axis.last:
        end = min(axis.x(day + dt.timedelta(2)), axis.right)
        yield {"x": _n(axis.x(day)), "w": _n(end - axis.x(day)), "h": str(bottom - frame.head)}
        day += dt.timedelta(7)


def _shapes(row: dict, axis: _Axis, frame: Frame, today: dt.date | None) -> Iterator[dict]:
    task, top = row["task"], row["y"] + (row["h"] - BAR) / 2
    if task.is_milestone:
        yield _diamond(axis.middle(task.ends_on), top + BAR / 2, task.is_law)
        return
    for cls, first, last in _parts(task, frame, today):
        fill, stroke = _PRINTED[cls]
        yield {
            "x": _n(axis.x(first)),
            "y": _n(top),
            "w": _n(max(3, axis.end(last) - axis.x(first))),
            "h": str(BAR),
            "cls": cls,
            "fill": RED if frame.for_print and task.is_law else fill,
            "stroke": stroke,
        }
    if task.is_law:
        yield _diamond(axis.end(task.ends_on), top + BAR / 2, True)


_PRINTED = {
    "b-done": (TEAL, "none"),
    "b-nowp": (TEAL, "none"),
    "b-now": (WHITE, TEAL),
    "b-next": (WHITE, GREY),
    "b-late": (WHITE, RED),
}


def _parts(task: Task, frame: Frame, today: dt.date | None) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Class, first and last day of each piece of a bar, the lower one first."""
    if frame.for_print or today is None or task.state == "done":
        yield "b-done", task.starts_on, task.ends_on
    elif task.ends_on < today:
        yield "b-late", task.starts_on, today
        if task.state == "running":
            yield "b-done", task.starts_on, task.ends_on
    elif task.state == "running":
        yield "b-now", task.starts_on, task.ends_on
        if task.starts_on <= today:
            yield "b-nowp", task.starts_on, today
    else:
        yield "b-next", task.starts_on, task.ends_on


def _diamond(x: float, y: float, is_law: bool) -> dict:
    """Filled where the law sets the day, hollow where the municipality chose it."""
    return {
        "d": f"M{_n(x)} {_n(y - 8)}l8 8l-8 8l-8 -8z",
        "cls": "lawm" if is_law else "chm",
        "fill": INK if is_law else WHITE,
        "stroke": "none" if is_law else INK,
    }


def _last_day(axis: _Axis, frame: Frame, bottom: int, day: dt.date, label: str) -> dict:
    x, y = axis.end(day), bottom + 14
    left = x - 14 - text_width(label) >= 0
    return {
        "x": _n(x),
        "y": _n(y - 6),
        "d": f"M{_n(x)} {_n(y - 8)}l8 8l-8 8l-8 -8z",
        "text": label,
        "text_x": _n(x - 14 if left else x + 14),
        "text_y": _n(y + 5),
        "anchor": "end" if left else "start",
        "stroke": RED,
    }


def _today(axis: _Axis, frame: Frame, today: dt.date) -> dict:
    label = _("Today, %(day)s") % {"day": turkish.date_day(today)}
    x, half = axis.middle(today), text_width(label) / 2
    return {
        "x": _n(x),
        "text": label,
        "text_x": _n(min(max(x, half), frame.width - half)),
    }


def wrap(text: str, width: float) -> list[str]:
    """The text in lines no wider than `width`; a single word that is wider keeps its line."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


_NARROW = set("ijlıİIftr.,:;’'()-– /|!")
_WIDE = set("mwMW%—")


def text_width(text: str, size: int = SIZE) -> float:
    """Not less than what the text takes in our sans face, semibold."""
    ems = sum(0.36 if c in _NARROW else 0.88 if c in _WIDE else 0.66 if c.isupper() else 0.55 for c in text)
    return ems * size


def _n(value: float) -> str:
    return f"{value:.1f}"
