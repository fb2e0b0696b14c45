"""Bringing a Word or Excel file to a report, and placing what was found in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from common import grants
from common.decisions import Invalid, require
from common.forms import whole_number
from common.jobs.models import Job
from documents.files.forms import UploadForm
from documents.reports import pages as report_pages
from documents.reports import permissions, services
from documents.reports.intake import pages
from documents.reports.intake import services as intake_services
from documents.reports.models import Intake
from documents.reports.views.reading import seen


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that takes a file, and the files that were brought before."""
    report = seen(request, pk)
    wanted = whole_number(request.GET.get("section"))
    if request.method != "POST":
        return render(request, "reports/intake.html", pages.several(report, request.user, wanted))
    require(permissions.can_write(request.user, report))
    form = UploadForm(request.POST, request.FILES, request=request)
    refusal = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if not refusal:
        try:
            brought = intake_services.bring(
                report=report,
                upload=form.cleaned_data["file"],
                section=wanted,
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refused:
            refusal = str(refused.message)
    if refusal:
        context = pages.several(report, request.user, wanted) | {"refusal": refusal}
        return render(request, "reports/intake.html", context, status=422)
    return redirect("reports:taken", pk, brought.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def taken(request: HttpRequest, pk: int, intake_pk: int) -> HttpResponse:
    """One file: being read, then its pieces with the section of each, then what became of them."""
    report = seen(request, pk)
    brought = get_object_or_404(
        report.intakes.select_related("file__blob", "file__uploaded_by"), pk=intake_pk
    )
    brought.report = report
    if not brought.read_at:
        if request.method == "POST":
            raise Http404
        job = Job.objects.filter(kind="reports.read", key=brought.key).first()
        context = {"report": report, "intake": brought, "job": job}
        return render(request, "reports/intake_reading.html", context)
    if request.method != "POST":
        return _page(request, brought)
    require(permissions.can_write(request.user, report))
    if request.POST.get("go") == "look":
        return _page(request, brought, posted=request.POST)
    return _place(request, brought)


def _place(request: HttpRequest, brought: Intake) -> HttpResponse:
    sections = list(brought.report.sections.open())
    try:
        filled = intake_services.place(
            intake=brought,
            wishes=pages.wished(brought, sections, request.POST),
            ways={section.number: request.POST.get(f"way-{section.number}", "") for section in sections},
            revisions={
                section.number: whole_number(request.POST.get(f"revision-{section.number}"), -1)
                for section in sections
            },
            units=report_pages.unit_names(),
            by=request.user,
            now=timezone.now(),
        )
    except services.SavedMeanwhile as conflict:
        message = _(
            "While you were choosing, %(name)s changed “%(section)s”. Nothing was placed. Look at that section, "
            "say whether to add to it or to replace it, and place the pieces again."
        ) % {"name": conflict.section.saved_by, "section": conflict.section.heading}
        return _page(request, brought, posted=request.POST, fresh=True, refusal=message, status=409)
    except Invalid as refused:
        return _page(
            request, brought, posted=request.POST, refusal=str(refused.message), at=refused.field, status=422
        )
    names = "; ".join(section.heading for section in filled)
    messages.success(
        request,
        ngettext(
            "%(n)d section has been filled: %(names)s.",
            "%(n)d sections have been filled: %(names)s.",
            len(filled),
        )
        % {"n": len(filled), "names": names},
    )
    return redirect("reports:taken", brought.report_id, brought.pk)


def _page(
    request: HttpRequest,
    brought: Intake,
    *,
    posted: Any = None,
    fresh: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = pages.mapping(brought, request.user, posted, fresh=fresh)
    context["writes"] = grants.allows(request.user, "write_reports", brought.report.body_id)
    return render(request, "reports/intake_pieces.html", context | more, status=status)
