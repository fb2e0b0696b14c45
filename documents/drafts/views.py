"""Pages of the drafts room: the list, reading with sources, and the way to the council."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from common import grants
from common.audit.checkpoints import code_of
from common.decisions import Invalid, require
from common.forms import add_refusal, whole_number
from common.jobs.models import Job
from documents.drafts import permissions, services
from documents.drafts.compose import Block, compose, frozen, missing
from documents.drafts.findings import findings
from documents.drafts.forms import AnswerForm, CountsForm, RecordForm
from documents.drafts.models import DraftBlock, DraftDecision, DraftVersion, Objection
from documents.drafts.presenters import chain, outline, readable
from documents.files import services as files
from institution.roles import Kind
from institution.sign_in.confirming import confirmed


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All versions of the period; for the Directorate also what freezing now would store."""
    _may_read(request)
    period = request.period
    drafts = list(period.drafts.select_related("frozen_by", "pdf__blob"))
    latest = drafts[0] if drafts else None
    context = {
        "drafts": drafts,
        "after": latest.number if latest else 0,
        "job": _print_job(latest),
        "can_build": permissions.can_build(request.user, period),
        "assembles": permissions.assembles(request.user),
    }
    if context["assembles"]:
        blocks = compose(period, today=timezone.localdate())
        context |= {"missing": missing(blocks), "findings": findings(period, blocks)}
    return render(request, "drafts/index.html", context)


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    _may_read(request)
    try:
        draft = services.freeze(
            period=request.period,
            after=whole_number(request.POST.get("after")),
            by=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except Invalid as refusal:
        messages.error(request, str(refusal))
        return redirect("drafts:index")
    messages.success(request, _("Draft %(n)d has been frozen; it is being printed.") % {"n": draft.number})
    return redirect("drafts:index")


@require_GET
def living(request: HttpRequest) -> HttpResponse:
    """The text as it stands now, marked so."""
    _may_read(request)
    return _page(request, None, compose(request.period, today=timezone.localdate()))


@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """A frozen version."""
    draft = _draft(request, pk)
    return _page(request, draft, frozen(draft))


def _page(request: HttpRequest, draft: DraftVersion | None, blocks: list[Block]) -> HttpResponse:
    """`?source=anchor` opens a block's sources beside it without a script."""
    chosen = next((b for b in blocks if b.anchor == request.GET.get("source")), None)
    return render(
        request,
        "drafts/read.html",
        {
            "draft": draft,
            "trace": code_of(draft) if draft else "",
            "years": (draft.period if draft else request.period).label,
            "blocks": readable(blocks),
            "outline": outline(blocks),
            "job": _print_job(draft),
            "chosen": chosen,
            "chain": chain(chosen.sources, request.user) if chosen else [],
            "no_marks": {},  # findings are no part of the words
        },
    )


@require_GET
def source(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """The sources of one block, as the right pane shows them."""
    draft = _draft(request, pk)
    row = get_object_or_404(DraftBlock, draft=draft, position=block)
    if not request.htmx:
        return redirect(f"{draft.get_absolute_url()}?source={row.anchor}#{row.anchor}")
    context = {
        "draft": draft,
        "block": row,
        "chain": chain(row.sources.all(), request.user),
        "fragment": True,
    }
    return render(request, "drafts/_sources.html", context)


@require_GET
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's way: endorsement, approval, records, council."""
    return _approval(request, _draft(request, pk))


def _approval(request: HttpRequest, draft: DraftVersion, status: int = 200, **given: Any) -> HttpResponse:
    today = timezone.localdate()
    decisions = {d.kind: d for d in draft.decisions.select_related("recorded_by", "file__blob")}
    objections = Objection.objects.filter(draft__period=draft.period, draft__number__lte=draft.number)
    context = {
        "draft": draft,
        "decisions": decisions,
        "not_filed": [kind for kind in DraftDecision.RECORDS if kind not in decisions],
        "objections": objections.select_related("draft__period").order_by("-draft__number", "number"),
        "can_endorse": permissions.can_endorse(request.user, draft),
        "can_approve": permissions.can_approve(request.user, draft),
        "can_file": permissions.can_file_record(request.user, draft),
        "can_answer": permissions.can_answer(request.user, draft),
        "endorse_form": CountsForm(initial={"decided_on": today}, prefix="endorse"),
        "approve_form": CountsForm(initial={"decided_on": today}, prefix="approve"),
        "record_form": RecordForm(request=request, initial={"decided_on": today}, filed=decisions),
        "items": draft.agenda_items.filter(meeting__body__kind__code=Kind.COUNCIL)
        .select_related("meeting__body__kind")
        .prefetch_related("votes")
        .order_by("-meeting__starts_at"),
        "job": _print_job(draft),
        "linked": grants.anywhere(request.user, "edit_plan") or grants.anywhere(request.user, "inspect"),
    }
    return render(request, "drafts/approval.html", context | given, status=status)


@confirmed(gettext_lazy("Endorsing the draft"))
@require_POST
def endorse(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    require(permissions.chairs(request.user, draft, Kind.PLANNING_TEAM))
    return _record_counts(
        request, draft, "endorse", services.endorse, _("The endorsement has been recorded.")
    )


@confirmed(gettext_lazy("Approving the draft"))
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    require(permissions.chairs(request.user, draft, Kind.MANAGEMENT))
    return _record_counts(request, draft, "approve", services.approve, _("The approval has been recorded."))


def _record_counts(request: HttpRequest, draft: DraftVersion, name: str, act: Any, done: str) -> HttpResponse:
    form = CountsForm(request.POST, prefix=name)
    if form.is_valid():
        try:
            act(draft=draft, by=request.user, now=timezone.now(), **form.cleaned_data)
        except Invalid as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _approval(request, draft, 422, **{f"{name}_form": form})
    messages.success(request, done)
    return redirect("drafts:approval", draft.pk)


@require_POST
def file_record(request: HttpRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    require(permissions.can_file_record(request.user, draft))
    form = RecordForm(request.POST, request.FILES, request=request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.file_record(
                draft=draft,
                kind=given["kind"],
                decided_on=given["decided_on"],
                number=given["number"],
                note=given["note"],
                file=files.keep(given["file"]) if given["file"] else None,
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refusal:
            add_refusal(form, refusal)
    if not form.is_valid():
        return _approval(request, draft, 422, record_form=form)
    messages.success(request, _("The record has been filed."))
    return redirect("drafts:approval", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    _may_read(request)
    objection = get_object_or_404(Objection.objects.select_related("draft__period"), pk=pk)
    require(permissions.can_answer(request.user, objection.draft))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _approval(request, objection.draft, 422, unanswered=objection)
    services.answer_objection(objection=objection, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, _("The answer has been saved."))
    return redirect("drafts:approval", objection.draft_id)


def _draft(request: HttpRequest, pk: int) -> DraftVersion:
    _may_read(request)
    return get_object_or_404(DraftVersion.objects.select_related("period", "frozen_by", "pdf__blob"), pk=pk)


def _may_read(request: HttpRequest) -> None:
    if not request.period or not permissions.can_read(request.user):
        raise Http404


def _print_job(draft: DraftVersion | None) -> Job | None:
    """The last one: once adopted, it is printed anew as the plan."""
    return Job.objects.filter(kind="drafts.print", args__draft=draft.pk).last() if draft else None
