"""The Planning Team's pages: the queue, one section to decide on, the close."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common import grants
from common.decisions import Denied, Invalid, require
from common.forms import whole_number
from documents.reports import merging, pages, permissions, presenters, services
from documents.reports.forms import RoundDueForm
from documents.reports.models import Report, SectionDecision, SectionVersion
from documents.reports.queue import Queue, in_order
from documents.reports.views.reading import seen
from documents.reports.views.writing import rows_posted
from documents.reports.workflow import ReportState
from institution.form_pages import form_page

VIEWS = ("changes", "side", "new", "old")
Choice = SectionDecision.Choice


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that await this person's evaluation, the oldest first; the row already shows what changed."""
    user = request.user
    if not grants.anywhere(user, "evaluate_reports"):
        require(Denied(_("Only members of the Planning Team see the reports that await evaluation.")))
    listed = Queue(user, request.period, request.GET)  # type: ignore[attr-defined]  # PeriodMiddleware sets it
    total, kinds = listed.kinds()
    page = listed.page(total)
    context = {
        "queue": listed,
        "rows": presenters.waiting(in_order(page.object_list), timezone.localdate()),
        "page_obj": page,
        "shown": listed.shown,
        "counts": listed.lists(),
        "total": total,
        "kinds": kinds,
        "facets": listed.facets(),
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
    frozen = frozen_section(request, pk, number)
    if request.method != "POST":
        return judge_page(request, frozen)
    require(permissions.can_evaluate(request.user, frozen.version.report))
    given = _given(request, frozen)
    try:
        if given["choice"] not in Choice.values:
            raise Invalid(_("Choose one of the decisions."), field="choice")
        if given["choice"] in (Choice.EDIT, Choice.MERGE) and not pages.words_in(given):
            return judge_page(request, frozen, typed=given)  # opens the field of the edit or the merge
        services.decide(
            section_version=frozen,
            revision=whole_number(request.POST.get("revision"), -1),
            joined_to=request.POST.get("joined_to", ""),
            by=request.user,
            now=timezone.now(),
            **given,
        )
    except services.DecidedMeanwhile as conflict:
        frozen = frozen_section(request, pk, number)
        return judge_page(request, frozen, status=409, typed=given, conflict=conflict)
    except Invalid as refusal:
        return judge_page(request, frozen, status=422, typed=given, refusal=refusal)
    messages.success(
        request, _("The decision on “%(section)s” has been saved.") % {"section": frozen.section.heading}
    )
    return _go_on(frozen)


def _given(request: HttpRequest, frozen: SectionVersion) -> dict[str, Any]:
    """The decision as it was sent; `html` or `rows` only where the field of an edit or a merge was open."""
    section = frozen.section
    target = whole_number(request.POST.get("target"))
    return {
        "choice": request.POST.get("choice", ""),
        "reason": request.POST.get("reason", ""),
        "html": request.POST.get("html"),
        "rows": rows_posted(request, section.columns) if section.is_table else None,
        "target": merging.targets(section).filter(pk=target).first() if target else None,
    }


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
        try:
            closed = services.close(report=report, by=request.user, now=timezone.now())
        except Invalid as refusal:
            return _closing(request, report, status=422, refusal=refusal)
        messages.success(
            request,
            {
                ReportState.RETURNED: _("The report has gone back to the group."),
                ReportState.DECLINED: _("The report was not taken into the plan."),
            }.get(ReportState(closed.outcome), _("The report has been accepted.")),
        )
        return redirect("reports:report", pk)
    return _closing(request, report)


def _closing(request: HttpRequest, report: Report, *, status: int = 200, **more: Any) -> HttpResponse:
    version = report.versions.order_by("-number").first()
    if version is None:
        raise Http404
    if version.outcome:
        return redirect("reports:report", report.pk)
    context = pages.closing(report, version, request.user) | more
    return render(request, "reports/close.html", context, status=status)


def change_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day for the evaluation that is open, with its reason."""
    report = seen(request, pk)
    version = report.versions.order_by("-number").first()
    return form_page(
        request,
        RoundDueForm(request.POST or None, initial={"due_on": version.due_on if version else None}),
        lambda **given: services.change_round_due(
            report=report, **given, by=request.user, now=timezone.now()
        ),
        decision=permissions.can_change_round(request.user, report),
        heading=_("Change the due date of the evaluation"),
        button=_("Save the date"),
        back=reverse("reports:close", args=[pk]),
        message=_("The due date of the evaluation has been changed; the team has been told."),
        note=report.title,
    )


def _judged(request: HttpRequest, pk: int) -> Report:
    """The report, for members of its team; others who see it read its versions instead."""
    report = seen(request, pk, "template_version")
    require(permissions.is_evaluator(request.user, report))
    return report


def frozen_section(request: HttpRequest, pk: int, number: int) -> SectionVersion:
    """The section of the newest version, with the decision as it stands."""
    report = _judged(request, pk)
    newest = SectionVersion.objects.newest_of([report]).with_dialogue().select_related("section")
    frozen = get_object_or_404(newest, section__number=number)
    frozen.version.report = frozen.section.report = report
    return frozen


def judge_page(
    request: HttpRequest, frozen: SectionVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    view = request.GET.get("view", "")
    if view not in VIEWS or frozen.previous is None:
        view = "changes" if frozen.previous else "new"
    context = pages.judging(frozen, view, request.user, typed=more.get("typed"))
    return render(request, "reports/judge.html", context | more, status=status)
