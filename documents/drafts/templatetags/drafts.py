"""Filters of the drafts' templates."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.drafts.builders.inks import GOAL_INKS
from documents.reports.html import clean as sanitise
from teams.chart import Chart, draw

register = template.Library()
TONE = re.compile(r'class="tone(?:-text)?-(\d)"')


@register.filter
def clean(html: str) -> SafeString:
    """Stored rich text for a page or print: sanitised once more on the way out."""
    return mark_safe(sanitise(html))  # noqa: S308 - what sanitise lets through is safe


@register.filter
def cells(row: list[str], columns: list[dict[str, str]]) -> list[tuple[str, str]]:
    """A table row's cells, each with the type of its column."""
    return [(column["type"], value) for column, value in zip(columns, row, strict=True)]


@register.filter
def inked(drawing: SafeString, colour: str) -> SafeString:
    """A chart for print: the printer knows `currentColor` only from attributes, not from the style sheet."""
    drawing = drawing.replace("<svg ", f'<svg color="{colour}" ')
    toned = TONE.sub(lambda tone: f'{tone[0]} color="{GOAL_INKS[int(tone[1]) - 1]}"', drawing)
    return mark_safe(toned)  # noqa: S308 - our own template's output, with colours added


@register.simple_tag
def org_chart(nodes: list[dict[str, str]]) -> Chart:
    """The organisation chart of frozen nodes, for templates/teams/_chart.svg.html."""
    return draw(nodes)
