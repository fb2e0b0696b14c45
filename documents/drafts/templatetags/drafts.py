"""Filters of the drafts' templates."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from documents.reports.html import clean as sanitise
from teams.chart import Chart, draw

register = template.Library()


@register.filter
def clean(html: str) -> SafeString:
    """Stored rich text for a page or print: sanitised once more on the way out."""
    return mark_safe(sanitise(html))


@register.filter
def cells(row: list[str], columns: list[dict[str, str]]) -> list[tuple[str, str]]:
    """A table row's cells, each with the type of its column."""
    return [(column["type"], value) for column, value in zip(columns, row, strict=True)]


@register.simple_tag
def org_chart(nodes: list[dict[str, str]]) -> Chart:
    """The organisation chart of frozen nodes, for templates/teams/_chart.svg.html."""
    return draw(nodes)
