"""The Directorate asks for reports, moves their dates, takes requests back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.decisions import Denied, require
from common.forms import whole_number
from documents.reports import permissions, reminders, services
from documents.reports.forms import CancelForm, DueForm, RequestForm
from documents.reports.models import Report
from documents.reports.views.reading import seen
from documents.reports.workflow import ReportState
from institution.form_pages import form_page


def request_report(request: HttpRequest) -> HttpResponse:
    period = request.period  # type: ignore[attr-defined]  # set by PeriodMiddleware

    def ask(**given: Any) -> Report:
        given["title"] = given["title"] or given["template"].name
        return services.request_report(**given, period=period, by=request.user, now=timezone.now())

    return form_page(
        request,
        RequestForm(request.POST or None, period=period, initial=request.GET.dict()),
        ask,
        decision=permissions.can_request(request.user, period)
        if period
        else Denied(_("No plan period is open.")),
        heading=_("Request a report"),
        button=_("Request the report"),
        back=reverse("reports:index"),
        message=_("The report has been requested; the group sees it on its first screen."),
        note=_("The group gets its own copy of the template’s sections."),
    )


def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    report = seen(request, pk)
    return form_page(
        request,
        DueForm(request.POST or None, initial={"due_on": report.due_on}),
        lambda **given: services.change_due(report=report, **given, by=request.user, now=timezone.now()),
        decision=permissions.can_change_request(request.user, report),
        heading=_("Change the due date"),
        button=_("Save the date"),
        back=reverse("reports:report", args=[pk]),
        message=_("The due date has been changed."),
        note=report.title,
    )


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    report = seen(request, pk)
    return form_page(
        request,
        CancelForm(request.POST or None),
        lambda **given: services.cancel(report=report, **given, by=request.user, now=timezone.now()),
        # Pressed twice, it is cancelled already, as was asked.
        decision=permissions.may_request(request.user)
        if request.method == "POST" and report.state == ReportState.CANCELLED
        else permissions.can_change_request(request.user, report),
        heading=_("Cancel the request"),
        button=_("Cancel the request"),
        back=reverse("reports:report", args=[pk]),
        message=_("The request has been cancelled."),
        note=report.title,
    )


def remind(request: HttpRequest) -> HttpResponse:
    """All late reports with whom a reminder would reach, ticked; the second press sends them."""
    period = request.period  # type: ignore[attr-defined]  # set by PeriodMiddleware
    require(permissions.can_remind(request.user, period) if period else Denied(_("No plan period is open.")))
    if request.method == "POST":
        chosen = [whole_number(pk) for pk in request.POST.getlist("report")]
        made = services.remind(period=period, reports=chosen, by=request.user, now=timezone.now())
        messages.success(request, _reminded(len(made)))
        return redirect("home")
    rows = reminders.to_remind(period, timezone.localdate())
    return render(request, "reports/remind.html", {"rows": rows, "any": any(row.is_due for row in rows)})


def _reminded(n: int) -> str:
    if not n:
        return _("Nobody was reminded: no late report was ticked that was not reminded today already.")
    return ngettext("%(n)d group was reminded.", "%(n)d groups were reminded.", n) % {"n": n}
