"""A report taken along as PDF or Word."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.decisions import Invalid
from common.forms import whole_number
from documents.reports.export import services
from documents.reports.views.reading import seen


@require_POST
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it made; the report's page shows how far it is, and then the file."""
    report = seen(request, pk)
    number = whole_number(request.POST.get("version"))
    version = (
        get_object_or_404(report.versions.select_related("submitted_by", "closed_by"), number=number)
        if number
        else None
    )
    try:
        services.ask(report=report, version=version, form=request.POST.get("format", ""), by=request.user)
    except Invalid as refusal:
        messages.error(request, str(refusal.message))
    return redirect(f"{reverse('reports:report', args=[pk])}#export")
