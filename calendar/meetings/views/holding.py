"""Holding a meeting: attendance, opening, notes, adjournment, closing."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.decisions import Invalid, require
from common.forms import add_refusal, whole_number
from institution.form_pages import form_page
from institution.models import User
from meetings import permissions, presenters, services
from meetings.forms import AbsenceForm, NoteForm, WhenForm
from meetings.models import Attendance, Meeting
from meetings.views.common import act, seen_item, seen_meeting

Status = Attendance.Status
FAR = dt.timedelta(hours=1)


@require_POST
def attendance(request, pk: int) -> HttpResponse:
    """Ticks of the roll. A script sends one person's tick as it is made; the form without script
    sends them all, and what changed since its page was made counts; another ticks everybody, the
    last gives a reason."""
    meeting = seen_meeting(request, pk)
    require(permissions.can_run(request.user, meeting))
    if "everybody" in request.POST:
        return act(request, services.mark_all_present, to=f"{_page(meeting)}#roll-card", meeting=meeting)
    refused = {}
    for person, status in _ticks(request):
        try:
            services.mark_attendance(meeting=meeting, person=person, status=status, by=request.user)
        except Invalid as refusal:
            refused[person.pk] = str(refusal.message)
    if request.htmx:
        context = presenters.meeting_page(request.user, meeting, timezone.now())
        context |= {"absence": AbsenceForm(places=context["places"]), "refused": refused}
        return render(request, "meetings/_update.html", context)
    for sentence in refused.values():
        messages.error(request, sentence)
    return redirect("meetings:meeting", meeting.pk)


def _ticks(request) -> list[tuple[User, str]]:
    ticked = set(request.POST.getlist("present"))
    if one := request.GET.get("person"):
        wanted = {one: Status.PRESENT if one in ticked else Status.ABSENT}
    elif request.POST.get("status"):
        wanted = {request.POST.get("person", ""): request.POST["status"]}
    else:
        changed = ticked ^ set(request.POST.getlist("was"))
        wanted = {one: Status.PRESENT if one in ticked else Status.ABSENT for one in changed}
    by_number = {whole_number(pk): status for pk, status in wanted.items()}
    return [(person, by_number[pk]) for pk, person in User.objects.in_bulk(list(by_number)).items()]


@require_POST
def open_sitting(request, pk: int) -> HttpResponse:
    """Open a called meeting; far from the hour for which it was called, only when asked again."""
    meeting = seen_meeting(request, pk)
    require(permissions.can_run(request.user, meeting))
    now = timezone.now()
    possible = permissions.opening_allows(meeting, None, timezone.localdate(now))
    if possible and abs(now - meeting.starts_at) > FAR and "sure" not in request.POST:
        return render(request, "meetings/open_far.html", {"meeting": meeting, "now": now})
    return act(request, services.open_sitting, to=_page(meeting), meeting=meeting, now=now)


@require_POST
def close_sitting(request, pk: int) -> HttpResponse:
    meeting = seen_meeting(request, pk)
    require(permissions.can_run(request.user, meeting))
    return act(request, services.close_sitting, to=_page(meeting), meeting=meeting, now=timezone.now())


@require_http_methods(["GET", "POST"])
def adjourn(request, pk: int) -> HttpResponse:
    """Adjourn for lack of quorum, with the day and hour of the repeat; a repeat is only ended."""
    meeting = seen_meeting(request, pk)
    require(permissions.can_run(request.user, meeting))
    if meeting.is_repeat and request.method == "POST":
        return act(request, services.adjourn, to=_page(meeting), meeting=meeting, now=timezone.now())
    first = {
        "day": meeting.day + dt.timedelta(1),
        "time": timezone.localtime(meeting.starts_at).time(),
        "place": meeting.place,
    }
    form = WhenForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.adjourn(
                meeting=meeting,
                repeat_at=form.starts_at,
                place=form.cleaned_data["place"],
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(_page(meeting))
    context = {**presenters.meeting_page(request.user, meeting, timezone.now()), "form": form}
    return render(request, "meetings/adjourn.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def note(request, pk: int) -> HttpResponse:
    """What the minutes say of one item."""
    item = seen_item(request, pk)
    return form_page(
        request,
        NoteForm(request.POST or None, initial={"note": item.note}),
        partial(services.note_item, item=item, by=request.user),
        decision=permissions.can_run(request.user, item.meeting),
        heading=_("Note for the minutes"),
        button=_("Save the note"),
        back=_page(item.meeting),
        parent=item.meeting,
        message=_("The note was saved."),
        note=str(item),
    )


def _page(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])
