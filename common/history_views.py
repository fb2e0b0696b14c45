"""The history of everything, its table, and what inspectors read."""

from __future__ import annotations

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from common import grants
from common.audit.models import Entry, ReadLog
from common.decisions import Decision, any_of, require
from common.history_filters import ListFilter, ReadingsFilter
from common.history_list import Line, lines, many
from common.keyset import newest
from common.spreadsheet import download
from common.turkish import number

PER_PAGE = 40
LONGEST_TABLE = 20_000  # rows: what is drawn up within an answer's time
LONGEST_VALUE = 500  # letters of one value in the table; the thing's own history has all of it


def can_read_everything(user) -> Decision:
    """The history of all things in one list."""
    denial = gettext_lazy("Only inspectors and the Strategy Development Directorate read the history of all.")
    return any_of(grants.decide(user, "inspect", denial), grants.decide(user, "manage_process", denial))


def can_read_readings(user) -> Decision:
    """What inspectors read."""
    denial = gettext_lazy(
        "Only the Strategy Development Directorate and the system administrator see what inspectors read."
    )
    return any_of(
        grants.decide(user, "manage_process", denial), grants.decide(user, "manage_accounts", denial)
    )


@require_GET
def everything(request):
    """The newest first; `who`, `kind`, `thing`, `since`, `until` narrow it, `before` and `after` turn the page."""
    may = can_read_everything(request.user)
    if not may and can_read_readings(request.user):
        return redirect("common:readings")
    require(may)
    form = ListFilter(request.GET)
    page = newest(Entry.objects.filter(form.conditions()), request.GET, size=PER_PAGE, by_time=form.by_time)
    context = {
        "form": form,
        "slice": page,
        "lines": lines(request.user, page.rows),
        "sees_readings": can_read_readings(request.user),
    }
    return render(request, "history/everything.html", context)


@require_GET
def everything_table(request):
    """The same of a span of days as a workbook."""
    require(can_read_everything(request.user))
    form = ListFilter(request.GET)
    found = Entry.objects.filter(form.conditions()).order_by("-pk")
    numbers = list(found.values_list("pk", flat=True)[: LONGEST_TABLE + 1])
    refusal = ""
    if not form.is_valid():
        refusal = _("The filter is not understood; nothing was put into a table.")
    elif len(numbers) > LONGEST_TABLE:
        refusal = _("A table holds at most %(rows)s records. Choose fewer days, a person or a kind of thing.")
        refusal %= {"rows": number(LONGEST_TABLE)}
    if refusal:
        context = {"refusal": refusal, "form": form, "sees_readings": can_read_readings(request.user)}
        return render(request, "history/everything.html", context, status=422)
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


def _row(line: Line) -> list:
    told = [
        f"{one.label}: {_short(one.old)} → {_short(one.new)}"
        if one.old
        else f"{one.label}: {_short(one.new)}"
        for one in line.changes
    ]
    kind = f"{line.kind} ({line.subject})" if line.subject else line.kind
    what = "\n".join(told) if line.open else _("Not open to you.")
    thing = line.thing or f"#{line.object_id}"
    return [line.seq, line.at, line.entered, line.who, line.act[0], kind, thing, what, line.reason]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


@require_GET
def readings(request):
    """Each page and file that an inspector opened; `who`, `since`, `until` narrow it."""
    require(can_read_readings(request.user))
    form = ReadingsFilter(request.GET)
    page = newest(ReadLog.objects.filter(form.conditions()), request.GET, size=PER_PAGE, by_time=form.by_time)
    context = {"form": form, "slice": page, "sees_all": can_read_everything(request.user)}
    return render(request, "history/readings.html", context)
