"""Geometry of the plan's pictures. The templates beside (templates/plan/_*.svg.html) draw it, in the
page and in print alike: colours come from `color` and classes, never from style attributes."""

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
    width, height, gap, top, bottom = 640, 150, 20, 22, 24
    each = (width - gap * (len(values) - 1)) / len(values)
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
    return {"width": width, "height": height, "bars": bars, "foot": height - 6}


def shares(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One bar cut by the goals' shares; `parts` have code, value (TL) and share (text)."""
    width, x, cut = 640.0, 0.0, []
    total = sum(part["value"] for part in parts) or 1
    for tone, part in enumerate(parts, 1):
        wide = width * part["value"] / total
        place = {"x": round(x, 1), "text": round(x + 9, 1), "width": round(max(wide - 1.5, 0), 1)}
        cut.append({**part, **place, "tone": tone, "fits": wide > 56})
        x += wide
    return {"parts": cut}


def ranked(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Bars on one scale with their values at the end; `rows` have code, title, value, label, tone."""
    row, start, longest = 24, 262, 270
    high = max((r["value"] for r in rows), default=0) or 1
    bars = []
    for i, r in enumerate(rows):
        wide = round(max(longest * r["value"] / high, 1), 1)
        bars.append({**r, "y": i * row, "base": i * row + 14, "width": wide, "end": start + wide + 6})
    return {"bars": bars, "start": start, "height": len(rows) * row}


def millions(value: float) -> str:
    return turkish.number(value / 1_000_000, 1)
