"""Filters of the reports' pages: the words of a section, the cells of a table."""

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.reports import legible

register = template.Library()


@register.filter
def plan_html(text: str) -> SafeString:
    """The words of a section as HTML. Cleaned here once more (the fence stands at both gates), notes below it."""
    return mark_safe(legible.for_reading(text))  # noqa: S308  the sanitiser's own output


@register.filter
def mentions(text: str, names: list[str]) -> SafeString:
    """A comment with the members that it names marked."""
    named = "|".join(re.escape(escape(name)) for name in sorted(names, key=len, reverse=True))
    marked = (
        re.sub(rf"@({named})(?!\w)", r'<span class="mention">@\1</span>', escape(text))
        if names
        else escape(text)
    )
    return mark_safe(marked)  # noqa: S308  escaped above


@register.filter
def cells(
    rows: list[dict[str, str]], columns: list[dict[str, Any]]
) -> list[list[tuple[dict[str, Any], str]]]:
    """Rows as lists of (column, value), in the order of the columns."""
    return [[(column, row.get(column["key"], "")) for column in columns] for row in rows]


@register.filter
def beside(columns: list[dict[str, Any]], values: list[Any]) -> list[tuple[dict[str, Any], Any]]:
    """Columns with the values of one row."""
    return list(zip(columns, values, strict=True))
