"""The history of a thing, the history of everything, and its table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from common import grants
from common.audit.models import Entry
from common.decisions import Decision, any_of, require
from common.history_filters import ListFilter, PageFilter, span
from common.history_list import Line, days, lines, many, same_act
from common.history_pages import entries_of, registered
from common.history_telling import pair
from common.history_words import capital
from common.keyset import newest
from common.spreadsheet import download
from common.turkish import number

PER_PAGE = 40  # acts
LONGEST_TABLE = 20_000  # rows: what is drawn up within an answer's time
LONGEST_VALUE = 500  # letters of one value in the table; the thing's own history has all of it


def can_read_everything(user) -> Decision:
    """The history of all things in one list."""
    denial = gettext_lazy("Only inspectors and the Strategy Development Directorate read the history of all.")
    return any_of(grants.decide(user, "inspect", denial), grants.decide(user, "manage_process", denial))


@require_GET
def of_thing(request, app_label: str, model: str, pk: int):
    """The latest first; `who`, `since`, `until`, `act` narrow it, `before` and `after` turn the page.

    `day` leads to the page on which that day, or the nearest one before it, stands.
    """
    try:
        kind = apps.get_model(app_label, model)
        told = registered[kind]
    except (LookupError, KeyError):
        raise Http404 from None
    thing = get_object_or_404(kind, pk=pk)
    if not told.can_see(request.user, thing):
        raise Http404
    all_of_it = entries_of(kind, pk, request.user)
    people = dict(all_of_it.order_by().values_list("actor_id", "actor_name").distinct())
    form = PageFilter(request.GET, people=people)
    found = all_of_it.filter(form.conditions())
    if form.is_valid() and (day := form.cleaned_data["day"]):
        return redirect(_place(request, found, day))
    page = newest(found, request.GET, size=PER_PAGE, by_time=True, together=same_act)
    context = {
        "thing": thing,
        "kind": capital(str(kind._meta.verbose_name)),
        "url": told.url(thing) if told.url else "",
        "slice": page,
        "form": form,
        **_by_days(lines(request.user, page.rows, of=thing, whole=form.is_of_act)),
    }
    return render(request, "history/page.html", context)


def _place(request: Any, found: Any, day: dt.date) -> str:
    """The address of the page on which what happened until the end of the day begins, and on it of its day."""
    params, end = request.GET.copy(), span(None, day).end
    for name in ("day", "before", "after"):
        params.pop(name, None)
    if later := found.filter(at__gte=end).order_by("at", "pk").first():
        params["before"] = str(later.pk)
    there = found.filter(at__lt=end).order_by("-at", "-pk").first()
    anchor = f"#day-{timezone.localdate(there.at)}" if there else ""
    return f"{request.path}?{params.urlencode()}{anchor}"


def _by_days(shown: list[Line], *, by_entry: bool = False) -> dict[str, Any]:
    """What `history/_days.html` shows; the rows of an act that is the only one stand unfolded."""
    found = days(shown, by_entry=by_entry)
    return {"days": found, "unfolded": sum(len(day.acts) for day in found) == 1}


@require_GET
def everything(request):
    """The newest first; as a thing's own history, narrowed also by `kind` and `thing`."""
    require(can_read_everything(request.user))
    form = ListFilter(request.GET)
    found = Entry.objects.filter(form.conditions())
    page = newest(found, request.GET, size=PER_PAGE, by_time=form.by_time, together=same_act)
    shown = lines(request.user, page.rows, whole=form.is_of_act)
    context = {"form": form, "slice": page, **_by_days(shown, by_entry=not form.by_time)}
    return render(request, "history/everything.html", context)


@require_GET
def everything_table(request):
    """The same of a span of days as a workbook."""
    require(can_read_everything(request.user))
    form = ListFilter(request.GET)
    numbers, refusal = for_table(form, Entry.objects.order_by("-pk"))
    if refusal:
        return render(request, "history/everything.html", {"refusal": refusal, "form": form}, status=422)
    columns = [
        _("Entry no."),
        _("When"),
        _("Entered"),
        _("Who"),
        _("Action"),
        _("Kind of thing"),
        _("Thing"),
        _("What changed"),
        _("Reason"),
    ]
    rows = (_row(line) for line in many(request.user, numbers))
    return download("gecmis", [(_("History"), columns, rows)])


def for_table(form: Any, rows: Any) -> tuple[list[int], str]:
    """The keys of the rows that a table is to hold, or why there is none."""
    keys = list(rows.filter(form.conditions()).values_list("pk", flat=True)[: LONGEST_TABLE + 1])
    if not form.is_valid():
        return [], _("The filter is not understood; nothing was put into a table.")
    if len(keys) > LONGEST_TABLE:
        told = _("A table holds at most %(rows)s records.") % {"rows": number(LONGEST_TABLE)}
        return [], f"{told} {form.narrower}"
    return keys, ""


def _row(line: Line) -> list:
    told = []
    for one in line.changes:
        old, new = pair(one.old, one.new, LONGEST_VALUE)
        told.append(f"{one.label}: {old} → {new}" if old else f"{one.label}: {new}")
    what = "\n".join(told) if line.open else _("Not open to you.")
    thing = line.thing or f"#{line.entry.object_id}"
    return [line.seq, line.at, line.entered, line.who, line.act[0], line.part, thing, what, line.reason]
