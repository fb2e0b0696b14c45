"""The list of meetings, one meeting, its minutes."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from common.audit.checkpoints import code_of
from common.forms import whole_number
from documents.files import kinds
from institution.models import Body
from meetings import minutes as record
from meetings import permissions, presenters
from meetings.forms import AbsenceForm
from meetings.models import Meeting
from meetings.services.sitting import draft_minutes
from meetings.views.common import seen_meeting

PER_PAGE = 25


@require_GET
def index(request) -> HttpResponse:
    """Meetings of the period that the person may see: those ahead, then those that were."""
    mine = Meeting.objects.visible_to(request.user).filter(period=request.period)
    bodies = Body.objects.filter(meetings__in=mine).select_related("kind").distinct()
    body = bodies.filter(pk=whole_number(request.GET.get("body"))).first()
    if body:
        mine = mine.filter(body=body)
    counted = mine.with_body().with_marks()
    over = counted.exclude(pk__in=mine.ahead().values("pk")).order_by("-starts_at", "-pk")
    return render(
        request,
        "meetings/index.html",
        {
            "ahead": counted.ahead().order_by("starts_at", "pk"),
            "page_obj": Paginator(over, PER_PAGE).get_page(request.GET.get("page")),
            "bodies": bodies,
            "body": body,
            "may_plan": permissions.can_plan(request.user, request.period),
        },
    )


@require_GET
def meeting(request, pk: int) -> HttpResponse:
    """One meeting; a script that asks gets only what changes while it is held."""
    one = seen_meeting(request, pk)
    context = presenters.meeting_page(request.user, one, timezone.now())
    if request.htmx:
        return render(request, "meetings/_update.html", {**context, "poll": True})
    context["absence"] = AbsenceForm(places=context["places"])
    context["documents"] = one.files.visible_to(request.user).select_related("file__blob", "file__screening")
    context["may_attach"] = permissions.can_attach(request.user, one)
    context["upload"] = {"accept": kinds.ACCEPT, "limit": settings.UPLOAD_MAX_MB}
    context["repeat"] = Meeting.objects.filter(repeats=one).first()
    return render(request, "meetings/meeting.html", context)


@require_GET
def minutes(request, pk: int) -> HttpResponse:
    """The minutes as frozen, or as they would be written now."""
    one = seen_meeting(request, pk)
    sections = one.minutes if one.is_over else draft_minutes(one) if one.opened_at else []
    context = {
        "meeting": one,
        "sections": sections,
        "record": record.heading(one),
        "trace": code_of(one),
        "url": reverse("meetings:meeting", args=[pk]),
    }
    return render(request, "meetings/minutes.html", context)
