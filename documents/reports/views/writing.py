"""The group's pages: write a section, save it (by script or by button), answer, attach, submit."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import turkish
from common.decisions import Invalid, Refused, require
from common.forms import whole_number
from common.middleware import asked_by_script
from documents.files import presenters as files
from documents.files.forms import UploadForm
from documents.reports import content, pages, permissions, presenters, services
from documents.reports.models import ReportSection
from documents.reports.views.reading import seen
from documents.reports.workflow import ReportState


@require_safe
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on writing: the first section that is returned or not complete, otherwise the first open one."""
    report = seen(request, pk)
    sections = report.sections.light()
    here = sections.incomplete().first_of(request.user).first() or sections.open().first() or sections.first()
    if here is None:
        raise Http404
    return redirect("reports:section", pk, here.number)


@require_safe
def section(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    return _page(request, section_of(request, pk, number))


@require_safe
def check(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What stands under the field and in the outline, as the saved text has it now; asked while one writes."""
    section = section_of(request, pk, number)
    return render(request, "reports/_check.html", pages.writing(section, request.user) | {"swapped": True})


@require_POST
def save(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep the section. A script gets JSON and stays; a button leads on to where it says."""
    section = section_of(request, pk, number)
    by_script = asked_by_script(request)
    said = _("Saved.")
    saved = section
    try:
        saved = services.save_section(
            section=section,
            revision=whole_number(request.POST.get("version"), -1),
            **_posted(request, section),
            by=request.user,
            now=timezone.now(),
        )
        if request.POST.get("go") == "answered":
            saved = services.mark_answered(
                section=saved, answer=request.POST.get("answer", ""), by=request.user, now=timezone.now()
            )
            said = _("The remark has been marked as answered.")
        if found := request.POST.get("correct"):
            saved = services.correct(section=saved, found=found, by=request.user, now=timezone.now())
    except services.SavedMeanwhile as conflict:
        return _conflict(request, section, conflict)
    except Invalid as refusal:
        if by_script:
            return JsonResponse({"message": str(refusal.message)}, status=422)
        return _page(request, saved, status=422, refusal=refusal, **_as_typed(request, saved))
    except Refused as refusal:
        if by_script:
            return JsonResponse({"message": str(refusal.reason)}, status=403)
        raise
    if by_script:
        return JsonResponse(
            {
                "version": saved.revision,
                "saved_at": turkish.moment(saved.saved_at) if saved.saved_at else "",
                "words": saved.words,
                "status": str(saved.badge.label),
            }
        )
    messages.success(request, said)
    return redirect("reports:section", pk, whole_number(request.POST.get("go"), number))


@require_POST
def attach(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Add a document. A refusal is one sentence: plain for a script, on the page otherwise."""
    section = section_of(request, pk, number)
    require(permissions.can_write_section(request.user, section))
    form = UploadForm(request.POST, request.FILES, request=request)
    refusal = "" if form.is_valid() else _sentences(form)
    if not refusal:
        try:
            attachment = services.attach(
                section=section, upload=form.cleaned_data["file"], by=request.user, now=timezone.now()
            )
        except Invalid as refused:
            refusal = str(refused.message)
    if not refusal:
        messages.success(request, _("The document has been attached."))
        for news in files.news(attachment.file):
            messages.info(request, news)
        if asked_by_script(request):  # uploads.js shows the page anew
            return HttpResponse(status=201)
        return redirect("reports:section", pk, number)
    if asked_by_script(request):
        return HttpResponse(refusal, status=422, content_type="text/plain; charset=utf-8")
    return _page(request, section, status=422, upload_refusal=refusal)


@require_POST
def insert_picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep a picture for the text and say where it is; the editor puts it in, the next save keeps it there."""
    section = section_of(request, pk, number)
    require(permissions.can_write_section(request.user, section))
    form = UploadForm(request.POST, request.FILES, request=request)
    if not form.is_valid():
        return JsonResponse({"message": _sentences(form)}, status=422)
    try:
        file = services.insert_picture(
            section=section, upload=form.cleaned_data["file"], by=request.user, now=timezone.now()
        )
    except Invalid as refused:
        return JsonResponse({"message": str(refused.message)}, status=422)
    return JsonResponse({"src": reverse("files:picture", args=[file.pk])})


def _sentences(form: UploadForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


@require_POST
def detach(request: HttpRequest, pk: int, number: int, attachment_pk: int) -> HttpResponse:
    section = section_of(request, pk, number)
    attachment = get_object_or_404(
        section.attachments.select_related("section__report__period"), pk=attachment_pk
    )
    services.detach(attachment=attachment, by=request.user, now=timezone.now())
    messages.success(request, _("The document has been taken from the section."))
    return redirect("reports:section", pk, number)


def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, or the button that sends the report; sending it twice sends it once."""
    report = seen(request, pk)
    status = 200
    if request.method == "POST":
        try:
            version = services.submit(report=report, by=request.user, now=timezone.now())
        except services.Incomplete:
            status = 422
        else:
            messages.success(
                request,
                _("Version %(number)d has been sent to the Planning Team.") % {"number": version.number},
            )
            return redirect("reports:report", pk)
    elif report.state == ReportState.SUBMITTED:
        return redirect("reports:report", pk)
    return render(request, "reports/submit.html", pages.sending(report, request.user), status=status)


def _page(request: HttpRequest, section: ReportSection, *, status: int = 200, **more: Any) -> HttpResponse:
    context = pages.writing(section, request.user)
    return render(request, "reports/section.html", context | more, status=status)


def section_of(request: HttpRequest, pk: int, number: int) -> ReportSection:
    report = seen(request, pk)
    section = get_object_or_404(report.sections, number=number)
    section.report = report
    return section


def _posted(request: HttpRequest, section: ReportSection) -> dict[str, Any]:
    """What the form brought: the text or the rows, and the answer to a remark."""
    given: dict[str, Any] = {"answer": request.POST.get("answer")}
    if section.is_table:
        given["rows"] = rows_posted(request, section.columns)
    else:
        given["html"] = request.POST.get("html")
    return given


def rows_posted(request: HttpRequest, columns: list[dict]) -> Any:
    """The rows of a table: one JSON list from the script; without a script one input for each cell."""
    if "rows" in request.POST:
        try:
            return json.loads(request.POST["rows"])
        except (ValueError, RecursionError):
            return request.POST["rows"]  # refused, with its sentence, by content.clean_rows
    keys = [column["key"] for column in columns]
    cells = [request.POST.getlist(key) for key in keys]
    return [dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=False)] if any(cells) else None


def _as_typed(request: HttpRequest, section: ReportSection) -> dict[str, Any]:
    """What the fields show again after a refusal, as it came: nothing but a field can hold it."""
    given = _posted(request, section)
    rows = given.pop("rows", None)
    typed = {f"typed_{name}": value for name, value in given.items() if value is not None}
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        typed |= pages.table(section, rows)
    return typed


def _typed(request: HttpRequest, section: ReportSection) -> ReportSection:
    """The section with what was typed, cleaned as a save does it, in place of what is stored."""
    given = _posted(request, section)
    if given.get("html") is not None:
        section.html = content.clean_html(given["html"])
    if given.get("rows") is not None:
        section.rows = content.clean_rows(section.columns, given["rows"])
    if given["answer"] is not None:
        section.answer = given["answer"]
    return section


def _conflict(
    request: HttpRequest, section: ReportSection, conflict: services.SavedMeanwhile
) -> HttpResponse:
    theirs = conflict.section
    name, time = str(theirs.saved_by), turkish.moment(theirs.saved_at)
    if asked_by_script(request):
        texts = {"rows": theirs.rows} if theirs.is_table else {"html": theirs.html}
        told = {"version": theirs.revision, "answer": theirs.answer, "name": name, "time": time}
        return JsonResponse(told | texts, status=409)
    mine = _typed(request, section)
    context = {
        "report": section.report,
        "section": section,
        "theirs": theirs,
        "message": conflict.message,
        "mine": mine,
        "change": presenters.change(section.columns, theirs, mine, is_table=section.is_table),
    } | (pages.table(section, mine.rows) if section.is_table else {})
    return render(request, "reports/conflict.html", context, status=409)
