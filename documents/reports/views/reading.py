"""Reading: the list of reports, one report with what became of it, a frozen version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
from documents.reports import criteria, permissions, presenters
from documents.reports.export.services import lately
from documents.reports.forms import GroupForm
from documents.reports.models import Attachment, Report, ReportVersion, SectionQuestion
from documents.reports.querysets import SOON, ReportQuerySet
from documents.reports.workflow import ReportState

PAGE = 50
# The title of the list says in full what the pressed count shows.
SHOWN = {
    "": _("All reports"),
    "due": _("Reports due or late"),
    "writing": _("Reports being written"),
    "submitted": _("Reports awaiting evaluation"),
    "returned": _("Reports returned to their groups"),
    "accepted": _("Accepted reports"),
    "declined": _("Reports not taken into the plan"),
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
        "reports": presenters.listed(page.object_list, today),
        "may_see": permissions.can_see_some(request.user, period),
        "may_request": permissions.can_request(request.user, period) if period else None,
        "manages": grants.anywhere(request.user, "manage_process"),
        "evaluates": grants.anywhere(request.user, "evaluate_reports"),
        "inspects": grants.anywhere(request.user, "inspect"),
        "compares": period and permissions.can_see_contradictions(request.user, period),
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
    if counts[ReportState.DECLINED]:
        told.append(("declined", gettext("Not taken"), counts[ReportState.DECLINED], ""))
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
    return report_page(request, seen(request, pk, "requested_by", "template", "template_version"))


def report_page(
    request: HttpRequest, report: Report, *, status: int = 200, typed: dict[str, Any] | None = None
) -> HttpResponse:
    """`typed` is an answer to a question that was refused: the question's number, the text, the fault."""
    today = timezone.localdate()
    user = request.user
    may_write = permissions.can_write(user, report)
    writes = grants.allows(user, "write_reports", report.body_id)
    versions = list(report.versions.with_change().select_related("submitted_by", "closed_by"))
    closed = next((one for one in versions if one.outcome), None)
    context = (_marks(request, report, closed) if closed else {}) | {
        "report": report,
        "fates": presenters.fates(report, reader=user),
        "versions": versions,
        "closed_version": closed,
        "attachments": Attachment.objects.standing()
        .filter(section__report=report)
        .select_related("file__blob", "file__screening", "section"),
        "exports": lately(report, user),
        "questions": _questions(report, typed),
        "typed": typed,
        "may_answer": permissions.can_answer(user, report),
        "may_write": may_write,
        "may_submit": writes and may_write and permissions.can_submit(user, report, today=today),
        "may_evaluate": permissions.can_evaluate(user, report),
        "may_change": permissions.can_change_request(user, report),
        "writes": writes,
        "manages": grants.anywhere(user, "manage_process"),
    }
    return render(request, "reports/report.html", context, status=status)


def _questions(report: Report, typed: dict[str, Any] | None) -> Iterable[SectionQuestion]:
    """Those that the group may answer, which is while the team has the report."""
    if report.state != ReportState.SUBMITTED and not typed:
        return []
    return SectionQuestion.objects.of(report).to_answer(and_this=typed and typed["question"])


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A frozen version, read-only: the words as submitted or what they changed, with the decisions."""
    report = seen(request, pk, "template_version")
    version = get_object_or_404(report.versions.select_related("submitted_by", "closed_by"), number=number)
    as_changes = request.GET.get("view") == "changes"
    # Until the close, decisions are the team's own business: they may still change.
    tell = bool(version.outcome) or permissions.can_evaluate(request.user, report)
    context = _marks(request, report, version) | {
        "report": report,
        "version": version,
        "as_changes": as_changes,
        "parts": presenters.parts(version, as_changes=as_changes, with_decisions=bool(tell)),
        "others": report.versions.order_by("number"),
    }
    return render(request, "reports/version.html", context)


def _marks(request: HttpRequest, report: Report, version: ReportVersion) -> dict[str, Any]:
    """The team's marks of a closed version with their result, for who may see them."""
    if not (version.outcome and criteria.of(report)):
        return {}
    if not permissions.can_see_marks(request.user, report, version):
        return {}
    marked = criteria.decided(report, version)
    return {"marked": marked, "result": criteria.result(marked)}


def seen(request: HttpRequest, pk: int, *beside: str) -> Report:
    """The report if this person may see it, with what is read `beside` it; otherwise it is not there."""
    reports = Report.objects.visible_to(request.user).select_related("period", "body__kind", *beside)
    return get_object_or_404(reports, pk=pk)
