"""The Planning Team's pages: the queue, one section to decide on, the close."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common import grants
from common.decisions import Denied, Invalid, require
from common.forms import whole_number
from documents.reports import pages, permissions, presenters, services
from documents.reports.models import Report, SectionDecision, SectionVersion
from documents.reports.views.reading import seen
from documents.reports.views.writing import rows_posted

PAGE = 20
VIEWS = ("changes", "side", "new", "old")
Choice = SectionDecision.Choice


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that await this person's evaluation, the oldest first; the row already shows what changed."""
    user = request.user
    if not grants.anywhere(user, "evaluate_reports"):
        require(Denied(_("Only members of the Planning Team see the reports that await evaluation.")))
    mine = Report.objects.evaluated_by(user).of(request.period)  # type: ignore[attr-defined]  # PeriodMiddleware sets it
    lists = {
        "": mine.awaiting(user),
        "mine": mine.awaiting(user).filter(body__in=grants.bodies(user, "write_reports")),
        "decided": mine.evaluated(),
    }
    shown = request.GET.get("show", "")
    if shown not in lists:
        raise Http404
    ordered = lists[shown].select_related("body").with_submission()
    ordered = ordered.order_by("-submitted_at" if shown == "decided" else "submitted_at", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": presenters.waiting(page.object_list, timezone.localdate()),
        "page_obj": page,
        "shown": shown,
        "counts": {name or "awaiting": reports.count() for name, reports in lists.items()},
        "undecided": SectionVersion.objects.undecided_in(lists[""]).count(),
    }
    return render(request, "reports/queue.html", context)


@require_safe
def evaluate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin or go on: the first section without a decision; when all have theirs, what comes next."""
    report = _judged(request, pk)
    frozen = SectionVersion.objects.undecided(report).select_related("section").first()
    if frozen is None:
        get_list_or_404(report.versions)
        return redirect("reports:close", pk)
    return redirect("reports:judge", pk, frozen.section.number)


def judge(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One section: the text as it changed, and the pane of the decision."""
    frozen = _frozen(request, pk, number)
    if request.method != "POST":
        return _page(request, frozen)
    given = {
        "choice": request.POST.get("choice", ""),
        "reason": request.POST.get("reason", ""),
        "html": request.POST.get("html"),
        "rows": rows_posted(request, frozen.section.columns) if frozen.section.is_table else None,
    }
    try:
        if given["choice"] not in Choice.values:
            raise Invalid(_("Choose one of the three decisions."), field="choice")
        if given["choice"] == Choice.EDIT and not pages.words_in(given):
            return _page(request, frozen, typed=given)  # opens the field of the edit
        services.decide(
            section_version=frozen,
            revision=whole_number(request.POST.get("revision"), -1),
            by=request.user,
            now=timezone.now(),
            **given,
        )
    except services.DecidedMeanwhile as conflict:
        frozen = _frozen(request, pk, number)
        return _page(request, frozen, status=409, typed=given, conflict=conflict)
    except Invalid as refusal:
        return _page(request, frozen, status=422, typed=given, refusal=refusal)
    messages.success(
        request, _("The decision on “%(section)s” has been saved.") % {"section": frozen.section.heading}
    )
    return _go_on(frozen)


def _go_on(frozen: SectionVersion) -> HttpResponse:
    """After a decision: the next section without one; when all have theirs, what comes next."""
    report = frozen.version.report
    undecided = SectionVersion.objects.undecided(report).values_list("section__number", flat=True)
    later = [number for number in undecided if number > frozen.section.number]
    if not undecided:
        return redirect("reports:close", report.pk)
    return redirect("reports:judge", report.pk, (later or list(undecided))[0])


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes after the decisions and who does it; the chair closes here. Closing twice is one close."""
    report = _judged(request, pk)
    if request.method == "POST":
        closed = services.close(report=report, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("The report has gone back to the group.")
            if closed.outcome == "returned"
            else _("The report has been accepted."),
        )
        return redirect("reports:report", pk)
    version = report.versions.order_by("-number").first()
    if version is None:
        raise Http404
    if version.outcome:
        return redirect("reports:report", pk)
    return render(request, "reports/close.html", pages.closing(report, version, request.user))


def _judged(request: HttpRequest, pk: int) -> Report:
    """The report, for members of its team; others who see it read its versions instead."""
    report = seen(request, pk)
    require(permissions.is_evaluator(request.user, report))
    return report


def _frozen(request: HttpRequest, pk: int, number: int) -> SectionVersion:
    """The section of the newest version, with the decision as it stands."""
    report = _judged(request, pk)
    newest = SectionVersion.objects.newest_of([report]).with_dialogue().select_related("section")
    frozen = get_object_or_404(newest, section__number=number)
    frozen.version.report = report
    return frozen


def _page(request: HttpRequest, frozen: SectionVersion, *, status: int = 200, **more: Any) -> HttpResponse:
    view = request.GET.get("view", "")
    if view not in VIEWS or frozen.previous is None:
        view = "changes" if frozen.previous else "new"
    context = pages.judging(frozen, view, request.user, typed=more.get("typed"))
    return render(request, "reports/judge.html", context | more, status=status)
