"""Everything that a person owes, from all rooms, each with its way: where the one button of every mail leads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from common import grants
from common.notices.models import Notice
from common.owed import Owed, most_urgent_first
from documents.drafts import home as drafts
from documents.reports import home as reports
from institution.workflow import PeriodState
from meetings import home as meetings
from teams import home as teams
from timetable import home as timetable

ROOMS = (meetings, drafts, reports, timetable, teams)


def _astray(user: Any) -> list[Owed]:
    """Whom no notice reached waits for the Directorate to tell them."""
    count = Notice.objects.astray().count() if grants.anywhere(user, "manage_process") else 0
    if not count:
        return []
    things = ngettext("%(n)d notice reached nobody", "%(n)d notices reached nobody", count) % {"n": count}
    return [
        Owed(_("Tell the person by another way"), things, f"{reverse('home')}?list=unreached", "bell-off")
    ]


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """The most urgent first; nothing in a period that is closed."""
    user, period = request.user, request.period  # type: ignore[attr-defined]  # PeriodMiddleware sets it
    found = []
    if period and period.state != PeriodState.CLOSED:
        today = timezone.localdate()
        found = [one for room in ROOMS for one in room.owed(user, period, today)] + _astray(user)
    return render(request, "karesi_plan/owed.html", {"owed": most_urgent_first(found)})
