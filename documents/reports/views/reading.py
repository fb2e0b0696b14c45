"""Reading: the list of reports, one report with what became of it, a frozen version."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common import grants
from documents.reports import permissions, presenters
from documents.reports.forms import GroupForm
from documents.reports.models import Attachment, Report
from documents.reports.querysets import ReportQuerySet
from documents.reports.workflow import ReportState

PAGE = 50
SOON = dt.timedelta(days=7)
# The title of the list says in full what the pressed count shows.
SHOWN = {
    "": _("All reports"),
    "due": _("Reports due or late"),
    "writing": _("Reports being written"),
    "submitted": _("Reports awaiting evaluation"),
    "returned": _("Reports returned to their groups"),
    "accepted": _("Accepted reports"),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    period = request.period  # type: ignore[attr-defined]  # set by PeriodMiddleware
    reports = Report.objects.visible_to(request.user).of(period).standing()
    form = GroupForm(request.GET, reports=reports)
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        raise Http404
    narrowed = reports.of_body(form.cleaned_data["body"]) if form.is_valid() else reports
    counts = narrowed.counted(today, today + SOON)
    page = Paginator(_shown(narrowed, shown, today).for_list(), PAGE).get_page(request.GET.get("page"))
    context = {
        "tiles": _tiles(request, counts, shown),
        "total": counts["all"],
        "form": form,
        "shown": shown,
        "list_title": SHOWN[shown],
        "page_obj": page,
        "reports": presenters.with_rapporteurs(page.object_list, today),
        "may_see": permissions.can_see_some(request.user, period),
        "may_request": permissions.can_request(request.user, period) if period else None,
        "manages": grants.anywhere(request.user, "manage_process"),
        "evaluates": grants.anywhere(request.user, "evaluate_reports"),
        "inspects": grants.anywhere(request.user, "inspect"),
    }
    return render(request, "reports/index.html", context)


def _tiles(request: HttpRequest, counts: dict[str, int], shown: str) -> list[dict[str, Any]]:
    """Counts that filter the list; the group that is chosen stays chosen."""
    late, unbegun = counts["late"], counts[ReportState.REQUESTED]
    told = [
        (
            "due",
            gettext("Due or late"),
            counts["due"],
            ngettext("%(n)d late", "%(n)d late", late) % {"n": late} if late else "",
        ),
        (
            "writing",
            gettext("Being written"),
            counts[ReportState.WRITING] + unbegun,
            ngettext("%(n)d not begun", "%(n)d not begun", unbegun) % {"n": unbegun} if unbegun else "",
        ),
        ("submitted", gettext("Awaiting evaluation"), counts[ReportState.SUBMITTED], ""),
        ("returned", gettext("Returned"), counts[ReportState.RETURNED], ""),
        ("accepted", gettext("Accepted"), counts[ReportState.ACCEPTED], ""),
    ]
    body = request.GET.get("body", "")
    return [
        {
            "url": f"?{urlencode({'show': name} | ({'body': body} if body else {}))}",
            "label": label,
            "count": count,
            "note": note,
            "tone": "stop" if name == "due" and late else "",
            "current": shown == name,
        }
        for name, label, count, note in told
    ]


def _shown(reports: ReportQuerySet, shown: str, today: dt.date) -> ReportQuerySet:
    if shown == "due":
        return reports.due_by(today + SOON)
    if shown == "writing":
        return reports.filter(state__in=[ReportState.REQUESTED, ReportState.WRITING])
    return reports.filter(state=shown) if shown else reports


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: where it stands, who may do what now, what became of each section."""
    report = seen(request, pk)
    today = timezone.localdate()
    user = request.user
    context = {
        "report": report,
        "fates": presenters.fates(report),
        "versions": report.versions.with_change().select_related("submitted_by", "closed_by"),
        "attachments": Attachment.objects.filter(section__report=report, removed_at=None).select_related(
            "file__blob", "section"
        ),
        "may_write": permissions.can_write(user, report),
        "may_submit": permissions.can_submit(user, report, today=today),
        "may_evaluate": permissions.can_evaluate(user, report),
        "may_change": permissions.can_change_request(user, report),
        "writes": grants.allows(user, "write_reports", report.body_id),
        "manages": grants.anywhere(user, "manage_process"),
    }
    return render(request, "reports/report.html", context)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A frozen version, read-only: the words as submitted or what they changed, with the decisions."""
    report = seen(request, pk)
    version = get_object_or_404(report.versions.select_related("submitted_by", "closed_by"), number=number)
    as_changes = request.GET.get("view") == "changes"
    # Until the close, decisions are the team's own business: they may still change.
    tell = bool(version.outcome) or permissions.can_evaluate(request.user, report)
    context = {
        "report": report,
        "version": version,
        "as_changes": as_changes,
        "parts": presenters.parts(version, as_changes=as_changes, with_decisions=bool(tell)),
        "others": report.versions.order_by("number"),
    }
    return render(request, "reports/version.html", context)


def seen(request: HttpRequest, pk: int) -> Report:
    """The report if this person may see it; otherwise it is not there."""
    reports = Report.objects.visible_to(request.user).select_related(
        "period", "body__kind", "requested_by", "template"
    )
    return get_object_or_404(reports, pk=pk)
