"""Geometry of the plan's pictures. The templates beside (templates/plan/_*.svg.html) draw it, in the
page and in print alike: colours come from `color` and classes, never from style attributes.

A picture of costs has no box of its own size: what lies across is a share of its width in percent, so
that its letters stay as large on a narrow screen, and what stands upright is in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from common import turkish

Figure = float | None


class Point(NamedTuple):
    x: float
    y: float
    label: str
    value: str


def path(values: Sequence[Figure], labels: Sequence[str]) -> dict[str, Any]:
    """A small line on its own scale from the baseline over the years; a missing value leaves a gap."""
    width, height, side, top, bottom = 240, 116, 16, 34, 34
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    step = (width - 2 * side) / max(len(values) - 1, 1)
    floor = height - bottom

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(floor - 8 - share * (floor - 8 - top), 1)

    points = [
        Point(round(side + i * step, 1), y(value), label, turkish.number(value))
        for i, (value, label) in enumerate(zip(values, labels, strict=True))
        if value is not None
    ]
    return {
        "width": width,
        "height": height,
        "floor": floor,
        "points": points,
        "line": " ".join(f"{p.x},{p.y}" for p in points),
        "ticks": [(round(side + i * step, 1), label) for i, label in enumerate(labels)],
    }


def columns(values: Sequence[float], labels: Sequence[str]) -> dict[str, Any]:
    """Amounts of successive years as columns, each with its figure in millions above it."""
    height, gap, top, bottom = 150, 3, 22, 24
    each = (100 - gap * (len(values) - 1)) / len(values)
    high = max(values) or 1
    bars = []
    for i, (value, label) in enumerate(zip(values, labels, strict=True)):
        tall = round((height - top - bottom) * value / high, 1)
        bars.append(
            {
                "x": round(i * (each + gap), 1),
                "y": round(height - bottom - tall, 1),
                "width": round(each, 1),
                "height": tall,
                "label": label,
                "value": millions(value),
            }
        )
    return {"height": height, "bars": bars, "foot": height - 6}


def shares(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One bar cut by the goals' shares; `parts` have code, value (TL) and share (text), which is said
    where it `fits`, if `tight` on a wide screen only."""
    x, cut = 0.0, []
    total = sum(part["value"] for part in parts) or 1
    for tone, part in enumerate(parts, 1):
        wide = 100 * part["value"] / total
        place = {"x": round(x, 2), "width": round(max(wide - 0.25, 0), 2)}
        cut.append({**part, **place, "tone": tone, "fits": wide > 9, "tight": wide < 18})
        x += wide
    return {"parts": cut}


def ranked(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Bars on one scale with their values at the end; `rows` have code, title, value, label, tone."""
    row, start, longest = 24, 41, 42
    high = max((r["value"] for r in rows), default=0) or 1
    bars = []
    for i, r in enumerate(rows):
        wide = round(max(longest * r["value"] / high, 0.2), 2)
        bars.append({**r, "y": i * row, "base": i * row + 14, "width": wide, "end": start + wide})
    return {"bars": bars, "start": start, "height": len(rows) * row}


def millions(value: float) -> str:
    return turkish.number(value / 1_000_000, 1)
