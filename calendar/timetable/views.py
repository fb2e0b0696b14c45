"""Pages of the work calendar."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.decisions import Allowed, Decision, Invalid, require
from institution.form_pages import form_page, values
from timetable import clock, permissions, presenters, services
from timetable.forms import ActivityForm, FilterForm
from timetable.models import Activity
from timetable.workflow import ACTIVITY


@require_GET
def index(request) -> HttpResponse:
    """The picture and the same data as a table, narrowed by phase and body."""
    require(permissions.can_read(request.user))
    period, today = request.period, timezone.localdate()
    if period is None:
        return render(request, "timetable/index.html")
    everything = list(Activity.objects.of(period))
    form = FilterForm(request.GET or None, period=period)
    shown = presenters.in_order(form.narrow(Activity.objects.of(period)) if form.is_bound else everything)
    for activity in shown:
        activity.late = activity.days_late(today)
    return render(
        request,
        "timetable/index.html",
        {
            "clock": clock.of(period, everything, today),
            "activities": shown,
            "facts": _facts(everything, today),
            "filter": form,
            "filtered": len(shown) != len(everything),
            "only_table": request.GET.get("view") == "table",
            "gantt": presenters.drawing(period, [a for a in shown if a.state != "cancelled"], today=today),
            "may_edit": _may_edit(request.user, period),
        },
    )


def _may_edit(user, period) -> Decision | None:
    """Whether the calendar may be changed now; None for who never may, and is shown no act."""
    return permissions.can_edit(user, period) if permissions.is_directorate(user) else None


def _facts(activities: list[Activity], today) -> dict:
    return {
        "total": len(activities),
        "done": sum(a.state == "done" for a in activities),
        "late": sum(bool(a.days_late(today)) for a in activities),
    }


@require_GET
def activity(request, pk: int) -> HttpResponse:
    require(permissions.can_read(request.user))
    task = get_object_or_404(Activity.objects.select_related("body", "period"), pk=pk)
    may_edit = _may_edit(request.user, task.period)
    moves = [(to, ACTIVITY.badge(to)) for to in ACTIVITY.next[task.state]]
    return render(
        request,
        "timetable/activity.html",
        {
            "task": task,
            "late": task.days_late(timezone.localdate()),
            "moves": moves if may_edit else [],
            "may_edit": may_edit,
        },
    )


@require_http_methods(["GET", "POST"])
def add(request) -> HttpResponse:
    require(permissions.can_edit(request.user, request.period))
    return form_page(
        request,
        ActivityForm(request.POST or None, period=request.period, today=timezone.localdate()),
        partial(services.add_activity, period=request.period, by=request.user),
        decision=Allowed(),
        heading=_("Add a task"),
        button=_("Add to the calendar"),
        back=reverse("timetable:index"),
        parent=_("Work calendar"),
        message=_("The task stands in the calendar."),
    )


@require_http_methods(["GET", "POST"])
def edit(request, pk: int) -> HttpResponse:
    task = get_object_or_404(Activity.objects.select_related("body", "period"), pk=pk)
    first = values(task, ActivityForm)
    return form_page(
        request,
        ActivityForm(request.POST or None, initial=first, period=task.period, today=timezone.localdate()),
        partial(services.change_activity, activity=task, by=request.user),
        decision=permissions.can_edit(request.user, task.period),
        heading=_("Change the task"),
        button=_("Save the task"),
        back=reverse("timetable:activity", args=[pk]),
        parent=task.title,
        message=_("“%(task)s” was changed.") % {"task": task.title},
    )


@require_POST
def move(request, pk: int) -> HttpResponse:
    task = get_object_or_404(Activity.objects.select_related("period"), pk=pk)
    require(permissions.can_edit(request.user, task.period))
    try:
        services.move_activity(
            activity=task, to=request.POST.get("state", ""), by=request.user, today=timezone.localdate()
        )
    except Invalid as refusal:
        messages.error(request, refusal.message)
    return redirect("timetable:activity", task.pk)


@require_POST
def remove(request, pk: int) -> HttpResponse:
    task = Activity.objects.select_related("period").filter(pk=pk).first()
    if task is None:  # pressed twice: it is gone, as was asked
        require(permissions.is_directorate(request.user))
        return redirect("timetable:index")
    require(permissions.can_edit(request.user, task.period))
    try:
        services.remove_activity(activity=task, by=request.user)
    except Invalid as refusal:
        messages.error(request, refusal.message)
        return redirect("timetable:activity", task.pk)
    messages.success(request, _("“%(task)s” was taken out of the calendar.") % {"task": task.title})
    return redirect("timetable:index")


@require_POST
def lay_out(request) -> HttpResponse:
    require(permissions.can_edit(request.user, request.period))
    try:
        laid = services.lay_out_programme(period=request.period, by=request.user)
    except Invalid as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(n)s tasks stand in the calendar.") % {"n": len(laid)})
    return redirect("timetable:index")
