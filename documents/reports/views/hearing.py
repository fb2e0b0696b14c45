"""Opinions of evaluators, questions to the group, and its answers; each is one press and leads back; what is refused stands there as typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.decisions import Invalid
from common.forms import whole_number
from documents.reports import criteria, services
from documents.reports.models import SectionQuestion
from documents.reports.views.evaluation import frozen_section, judge_page
from documents.reports.views.reading import report_page, seen


@require_POST
def opinion(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    frozen = frozen_section(request, pk, number)
    given = {"choice": request.POST.get("opinion", ""), "words": request.POST.get("words", "")}
    done = _("Your opinion has been saved.")
    if refusal := _refusal(request, services.give_opinion, done, section_version=frozen, **given):
        return judge_page(request, frozen, status=422, typed_opinion=given | {"fault": refusal})
    return redirect(f"{reverse('reports:judge', args=[pk, number])}#opinions")


@require_POST
def ask(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    frozen = frozen_section(request, pk, number)
    text, done = request.POST.get("question", ""), _("The group has been asked.")
    if refusal := _refusal(request, services.ask, done, section_version=frozen, text=text):
        return judge_page(request, frozen, status=422, typed_question={"text": text, "fault": refusal})
    return redirect(f"{reverse('reports:judge', args=[pk, number])}#questions")


@require_POST
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks by the criteria: `mark-1` is that of the first; back to where they were given."""
    report = seen(request, pk, "template_version")
    version = get_object_or_404(report.versions, number=whole_number(request.POST.get("version")))
    given = {
        criterion["name"]: int(value)
        for at, criterion in enumerate(criteria.of(report), start=1)
        if (value := request.POST.get(f"mark-{at}", "")).isdecimal()
    }
    done = _("Your marks have been saved.")
    if refusal := _refusal(request, services.give_marks, done, version=version, marks=given):
        messages.error(request, refusal)
    number = whole_number(request.POST.get("section"))
    back = reverse("reports:judge", args=[pk, number]) if number else reverse("reports:close", args=[pk])
    return redirect(f"{back}#criteria")


@require_POST
def answer(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    report = seen(request, pk)
    question = get_object_or_404(SectionQuestion.objects.of(report), pk=question_pk)
    text, done = request.POST.get("answer", ""), _("Your answer has been sent.")
    if refusal := _refusal(request, services.answer, done, question=question, text=text):
        typed = {"question": question.pk, "text": text, "fault": refusal}
        return report_page(request, report, status=422, typed=typed)
    return redirect("reports:report", pk)


def _refusal(request: HttpRequest, write: Callable[..., Any], done: str, **given: Any) -> str:
    """Run the service and say that it is done; otherwise the sentence of its refusal."""
    try:
        write(by=request.user, now=timezone.now(), **given)
    except Invalid as refusal:
        return str(refusal.message)
    messages.success(request, done)
    return ""
