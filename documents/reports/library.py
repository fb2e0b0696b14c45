"""The guide's templates, one for each part of the situation analysis: read from guide_2019.json beside this file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.reports import shapes

FILE = Path(__file__).with_name("guide_2019.json")


@dataclass(frozen=True)
class GuideTemplate:
    """One template; each section has the fields of SectionShape but the number."""

    chapter: str
    name: str
    purpose: str
    source: str
    sections: list[dict[str, Any]]


def guide() -> list[GuideTemplate]:
    """The templates in the guide's order."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return [
        GuideTemplate(
            chapter=one["chapter"],
            name=one["name"],
            purpose=one["purpose"],
            source=f"{told['source']}, {one['chapter']}",
            sections=[_section(section, one["chapter"]) for section in one["sections"]],
        )
        for one in told["templates"]
    ]


def _section(told: dict[str, Any], chapter: str) -> dict[str, Any]:
    return {
        "title": told["title"],
        "kind": told["kind"],
        "columns": COLUMNS[told["kind"]](told),
        "required": not told.get("optional"),
        "length_hint": told.get("words"),
        "chapter": chapter,
        "help": told["help"],
    }


def _table(told: dict[str, Any]) -> list[shapes.Column]:
    return [
        _column(one["key"], one["title"], one["type"], required=not one.get("optional"))
        for one in told["columns"]
    ]


def _column(key: str, title: str, picked: str, *, required: bool) -> shapes.Column:
    kind, choices = shapes.picked(picked)
    return shapes.column(key, title, kind, required=required, choices=choices)


def _matrix(told: dict[str, Any]) -> list[shapes.Column]:
    kind, choices = shapes.picked(told["cells"])
    return shapes.matrix(
        told["rows"],
        told["columns"],
        type=kind,
        choices=choices,
        required=told.get("filled", False),
        heads=told.get("heads", []),
    )


def _list(told: dict[str, Any]) -> list[shapes.Column]:
    return shapes.statements(told["says"], families=told.get("families", ""))


def _figures(told: dict[str, Any]) -> list[shapes.Column]:
    return shapes.figures(told["says"], heads=told.get("heads", []))


COLUMNS: dict[str, Callable[[dict[str, Any]], list[shapes.Column]]] = {
    "text": lambda told: [],
    "table": _table,
    "matrix": _matrix,
    "list": _list,
    "figure": _figures,
}
