"""Filters of the drafts' templates."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.drafts.builders.inks import goal_ink
from documents.reports.html import PICTURE
from documents.reports.legible import for_reading
from teams.chart import Chart, draw

register = template.Library()
TONE = re.compile(r'class="tone(?:-text)?-(\d+)"')
HEADING = re.compile(r"(</?h)([2-4])")
FITS = 22  # lines of a card's lists and indicators that fit its page at leisure
# A field of the GZFT analysis: as a report's column names it, its letter, its head in the plan.
GZFT = {
    "Güçlü yön": ("G", "Güçlü yönler"),
    "Fırsat": ("F", "Fırsatlar"),
    "Zayıf yön": ("Z", "Zayıf yönler"),
    "Tehdit": ("T", "Tehditler"),
}


@register.simple_tag
def words(html: str, *, first: int, figures_before: int, printed: bool = False) -> SafeString:
    """Stored rich text, sanitised once more on the way out, notes below it; its headings begin at level `first`.

    Pictures count on from `figures_before`; `printed`, they are named as the printer knows them.
    """
    text = for_reading(html, figures_before)
    text = HEADING.sub(lambda found: f"{found[1]}{min(int(found[2]) - 2 + first, 6)}", text)
    if printed:
        text = PICTURE.sub(r"asset:picture-\1", text)
    return mark_safe(text)  # noqa: S308 - what for_reading lets through is safe


@register.filter
def cells(row: list[str], columns: list[Any]) -> list[tuple[Any, str]]:
    """A table row's cells, each with its column."""
    return list(zip(columns, row, strict=True))


@register.filter
def gzft(data: dict[str, Any]) -> list[list[tuple[str, str, list[str]]]] | None:
    """The GZFT table as two rows of two fields (letter, head, statements); None for any other table."""
    columns = data["columns"]
    if len(columns) != 2 or set(columns[0].get("choices") or ()) != set(GZFT):
        return None
    fields = [(*GZFT[side], [text for of, text in data["rows"] if of == side]) for side in GZFT]
    return [fields[:2], fields[2:]]


@register.filter
def families(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The statements of a list by family, in the order that its template gives; one without a name where none is."""
    if len(data["columns"]) == 1:
        return [("", [row[0] for row in data["rows"]])]
    named = [*data["columns"][0]["choices"], *(row[0] for row in data["rows"])]
    told = {name: [text for of, text in data["rows"] if of == name] for name in named}
    return [(name, texts) for name, texts in told.items() if texts]


@register.filter
def longest(rows: list[list[str]]) -> int:
    """Characters of the longest cell: figures that would run into each other get more room."""
    return max((len(cell) for row in rows for cell in row), default=0)


@register.filter
def each(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """One thing of every row."""
    return [row[name] for row in rows]


@register.filter
def crowded(card: dict[str, Any]) -> bool:
    """Does this card need a tighter setting to stay on its page?"""
    lines = 2 * (len(card["indicators"]) + len(card["risks"]))
    return lines + sum(len(card[part]) for part in ("activities", "findings", "needs")) > FITS


@register.filter
def inked(drawing: SafeString, colour: str) -> SafeString:
    """A chart for print: the printer knows face and `currentColor` only from attributes, not from the style."""
    drawn = drawing.replace("<svg ", f'<svg color="{colour}" font-family="Source Sans 3" ')
    drawn = TONE.sub(lambda tone: f'{tone[0]} color="{goal_ink(int(tone[1]) - 1)}"', drawn)
    return mark_safe(drawn)  # noqa: S308 - our own template's output, with colours added


@register.simple_tag
def org_chart(nodes: list[dict[str, str]]) -> Chart:
    """The organisation chart of frozen nodes, for templates/teams/_chart.svg.html."""
    return draw(nodes)
