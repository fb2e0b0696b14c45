"""Planning a meeting, its agenda, and calling it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.decisions import Invalid, require
from common.forms import add_refusal, whole_number
from institution.form_pages import form_page
from institution.models import Body
from institution.roles import Kind
from meetings import permissions, services
from meetings.forms import CallForm, ItemForm, MeetingForm, NewMeetingForm, first_values, open_drafts
from meetings.models import AgendaItem, Meeting
from meetings.views.common import act, seen_item, seen_meeting

MEETING_KINDS = (Kind.COUNCIL, Kind.MANAGEMENT, Kind.PLANNING_TEAM, Kind.SUB_GROUP, Kind.DIRECTORATE)


@require_http_methods(["GET", "POST"])
def new(request) -> HttpResponse:
    """First the body, then everything that it is called with, on one page."""
    require(permissions.can_plan(request.user, request.period))
    if not (chosen := whole_number(request.GET.get("body"))):
        return _choose_body(request)
    today = timezone.localdate()
    body = get_object_or_404(_bodies(request), pk=chosen)
    form = NewMeetingForm(
        request.POST or None, initial=first_values(body, today), body=body, period=request.period
    )
    if request.method == "POST" and form.is_valid():
        calls = request.POST.get("act") == "call"
        try:
            meeting = services.plan_meeting(
                body=body,
                period=request.period,
                starts_at=form.starts_at,
                place=form.cleaned_data["place"],
                title=form.cleaned_data["title"],
                agenda=form.items,
                notified_on=form.cleaned_data["notified_on"] if calls else None,
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            said = _("%(body)s has been called.") if calls else _("The meeting of %(body)s has been planned.")
            messages.success(request, said % {"body": body})
            return redirect("meetings:meeting", meeting.pk)
    context = {"form": form, "body": body}
    return render(request, "meetings/new.html", context, status=422 if form.errors else 200)


@require_GET
def _choose_body(request) -> HttpResponse:
    bodies = [(body, len(open_drafts(body, request.period))) for body in _bodies(request)]
    return render(request, "meetings/choose_body.html", {"bodies": bodies})


def _bodies(request):
    return (
        Body.objects.of(request.period)
        .kind(*MEETING_KINDS)
        .standing_on(timezone.localdate())
        .select_related("kind")
    )


@require_http_methods(["GET", "POST"])
def edit(request, pk: int) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    first = {
        "day": meeting.day,
        "time": timezone.localtime(meeting.starts_at).time(),
        "place": meeting.place,
        "title": meeting.title,
    }
    form = MeetingForm(request.POST or None, initial=first)

    def change(*, place: str, title: str, **_when) -> None:
        services.change_meeting(
            meeting=meeting,
            starts_at=form.starts_at,
            place=place,
            title=title,
            by=request.user,
            now=timezone.now(),
        )

    return form_page(
        request,
        form,
        change,
        decision=permissions.can_plan(request.user, meeting.period),
        heading=_("Change the meeting"),
        button=_("Save the meeting"),
        back=_page(meeting),
        parent=meeting,
        message=_("The meeting was changed."),
    )


@require_http_methods(["GET", "POST"])
def call(request, pk: int) -> HttpResponse:
    """Call a planned meeting: the day on which the members were told."""
    meeting = seen_meeting(request, pk)
    return form_page(
        request,
        CallForm(request.POST or None, initial={"notified_on": timezone.localdate()}),
        partial(services.call_meeting, meeting=meeting, by=request.user, now=timezone.now()),
        decision=permissions.can_plan(request.user, meeting.period),
        heading=_("Call the members"),
        button=_("Call the meeting"),
        back=_page(meeting),
        parent=meeting,
        message=_("%(body)s has been called.") % {"body": meeting.body},
        note=meeting.name,
    )


@require_POST
def call_off(request, pk: int) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    require(permissions.can_plan(request.user, meeting.period))
    reason = request.POST.get("reason", "")
    return act(request, services.call_off, to=_page(meeting), meeting=meeting, reason=reason)


@require_POST
def add_item(request, pk: int) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    require(permissions.can_plan(request.user, meeting.period))
    form = ItemForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what the item is about."))
        return redirect(_page(meeting))
    return act(
        request, services.add_item, to=_page(meeting), meeting=meeting, title=form.cleaned_data["title"]
    )


@require_POST
def move_item(request, pk: int) -> HttpResponse:
    item = seen_item(request, pk)
    require(permissions.can_plan(request.user, item.meeting.period))
    step = -1 if request.POST.get("to") == "up" else 1
    item.number = whole_number(request.POST.get("number"), item.number)
    return act(request, services.move_item, to=_page(item.meeting), item=item, step=step)


@require_POST
def remove_item(request, pk: int) -> HttpResponse:
    there = AgendaItem.objects.filter(pk=pk).first()
    # Pressed twice it is gone, as was asked; its history still knows the meeting.
    item = there or AgendaItem.history.filter(id=pk).first()
    if item is None:
        if permissions.can_plan(request.user, request.period):
            return redirect("meetings:index")
        raise Http404
    meeting = seen_meeting(request, item.meeting_id)
    require(permissions.can_plan(request.user, meeting.period))
    if there is None:
        return redirect(_page(meeting))
    return act(request, services.remove_item, to=_page(meeting), item=there)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])
