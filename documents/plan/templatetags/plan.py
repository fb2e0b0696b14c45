"""Pictures of the plan, and the cells of the objective card with their finding marks."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from documents.plan import charts

register = template.Library()


@register.inclusion_tag("plan/_path.svg.html")
def path_chart(indicator, years):
    """The way of one indicator; takes it as documents/plan/presenters.py gives it."""
    labels = [_("Start"), *(f"’{year % 100:02d}" for year in years)]
    return {"indicator": indicator, "chart": charts.path(indicator["path"], labels)}


@register.inclusion_tag("plan/_columns.svg.html")
def columns_chart(title, amounts, years):
    """Yearly amounts of a goal, TL."""
    return {"title": title, "chart": charts.columns(amounts, [str(year) for year in years])}


@register.inclusion_tag("plan/_shares.svg.html")
def shares_chart(shares):
    return {"chart": charts.shares(shares)}


@register.inclusion_tag("plan/_ranked.svg.html")
def ranked_chart(rows):
    return {"chart": charts.ranked(rows)}


@register.simple_tag
def indicator_cell(marks, row, name, value, look="n", label=""):
    """A cell of an indicator's row, coloured and marked where a finding speaks of it.

    `look` is "n" (a figure) or "c" (a word); `label` is said before the value on a narrow screen.
    """
    found = marks.get(f"indicators-{row}-{name}")
    if found:
        look += f" {found.tone} flag{'' if found.first else ' lite'}"
    return format_html(
        '<td class="{}" data-l="{}">{} {}</td>', look, label, value, mark(marks, "indicators", row, name)
    )


@register.simple_tag
def target_cells(marks, row, targets, years):
    """The cells of an indicator's years."""
    return format_html_join(
        "",
        "{}",
        (
            (indicator_cell(marks, row, f"target_{year}", target, label=year),)
            for year, target in zip(years, targets, strict=True)
        ),
    )


@register.simple_tag
def year_cells(amounts, years):
    """The cells of a cost row; its year is said before each amount on a narrow screen."""
    return format_html_join(
        "",
        '<td class="n" data-l="{}">{}</td>',
        ((year, amount or "–") for year, amount in zip(years, amounts, strict=True)),
    )


@register.simple_tag
def flag(marks, field):
    """Classes of a cell of which a finding speaks."""
    found = marks.get(field)
    return f"{found.tone} flag" if found else ""


@register.simple_tag
def mark(marks, *field):
    """The numbered mark of the finding that stands at this place, leading to its sentence."""
    found = marks.get("-".join(map(str, field)))
    if not found or not found.first:
        return ""
    return format_html(
        '<a class="mark {}" href="#b{}" aria-label="{}">{}</a>',
        found.tone,
        found.number,
        _("To finding %(n)d: %(sentence)s") % {"n": found.number, "sentence": found.sentence},
        found.number,
    )
