"""What inspectors read, for those who watch over it: the list, where each reading leads, and its table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import BigIntegerField
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from common import grants
from common.audit.models import ReadLog
from common.decisions import Decision, any_of, require
from common.history import author
from common.history_filters import ReadingsFilter
from common.history_pages import Place, lists, registered, visible_things
from common.history_views import PER_PAGE, for_table
from common.keyset import newest
from common.spreadsheet import download


def can_read_readings(user) -> Decision:
    """What inspectors read."""
    denial = gettext_lazy(
        "Only the Strategy Development Directorate and the system administrator see what inspectors read."
    )
    return any_of(
        grants.decide(user, "manage_process", denial), grants.decide(user, "manage_accounts", denial)
    )


@require_GET
def readings(request):
    """Each page and file that an inspector opened; `who`, `since`, `until` narrow it."""
    require(can_read_readings(request.user))
    form = ReadingsFilter(request.GET)
    page = newest(ReadLog.objects.filter(form.conditions()), request.GET, size=PER_PAGE, by_time=form.by_time)
    open_to = opening(request.user, {reading.path for reading in page.rows})
    context = {
        "form": form,
        "slice": page,
        "readings": [(reading, reading.path in open_to) for reading in page.rows],
    }
    return render(request, "history/readings.html", context)


@require_GET
def readings_table(request):
    """The same of a span of days as a workbook."""
    require(can_read_readings(request.user))
    form = ReadingsFilter(request.GET)
    keys, refusal = for_table(form, ReadLog.objects.order_by("-pk"))
    if refusal:
        return render(request, "history/readings.html", {"refusal": refusal, "form": form}, status=422)
    columns = [_("When"), _("Who"), _("Page or file"), _("Address"), _("Answer")]
    found = ReadLog.objects.in_bulk(keys)
    rows = (_row(found[key]) for key in keys)
    return download("okumalar", [(_("What inspectors read"), columns, rows)])


def _row(reading: ReadLog) -> list:
    who = author(reading.actor_name, reading.for_name)
    answer = _("Not given") if reading.was_refused else _("Given")
    return [timezone.localtime(reading.at), who, reading.title, reading.path, f"{answer} ({reading.status})"]


def opening(user: Any, paths: Iterable[str]) -> set[str]:
    """Those of the addresses that open for this person, as far as the apps declare it.

    One query for each kind of thing among them.
    """
    found, places = set(), {}
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if may := lists.get(match.view_name):
            if may(user):
                found.add(path)
        elif place := _shown(match):
            places[path] = place
    wanted: dict[Any, set[Any]] = {}
    for model, pk in places.values():
        wanted.setdefault(model, set()).add(pk)
    things = visible_things(user, wanted)
    return found | {path for path, place in places.items() if place in things}


def _shown(match: ResolverMatch) -> Place | None:
    """The registered thing that an address shows."""
    told = match.kwargs
    if told.get("pk", 0) > BigIntegerField.MAX_BIGINT:  # no table has it, and none can be asked for it
        return None
    if match.view_name == "history":
        try:
            model = apps.get_model(told["app_label"], told["model"])
        except LookupError:
            return None
        return (model, told["pk"]) if model in registered else None
    shows = (model for model, subject in registered.items() if match.view_name in subject.pages)
    return next(((model, told["pk"]) for model in shows), None)
