"""Pages on which members of a group work together: comments, who writes what, who is here now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.decisions import Invalid, require
from common.forms import whole_number
from documents.reports import members, pages, permissions, services
from documents.reports.models import ReportSection
from documents.reports.views.reading import seen
from documents.reports.views.writing import section_of
from institution.models import User


@require_POST
def comment(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say something on the section, or in answer to a comment."""
    section = section_of(request, pk, number)
    require(permissions.can_comment(request.user, section.report))
    answers = None
    if given := whole_number(request.POST.get("answers"), 0):
        answers = get_object_or_404(section.comments.select_related("answers"), pk=given)
    refusal = ""
    try:
        services.comment(
            section=section,
            text=request.POST.get("text", ""),
            quote=request.POST.get("quote", ""),
            answers=answers,
            by=request.user,
            now=timezone.now(),
        )
    except Invalid as refused:
        refusal = str(refused.message)
    return _comments(request, section, refusal, answers.pk if answers else None)


@require_POST
def resolve(request: HttpRequest, pk: int, number: int, comment_pk: int) -> HttpResponse:
    """Mark a conversation as dealt with, or open it again."""
    section = section_of(request, pk, number)
    require(permissions.can_comment(request.user, section.report))
    found = get_object_or_404(section.comments.select_related("section__report"), pk=comment_pk, answers=None)
    services.resolve(
        comment=found, resolved=request.POST.get("resolved") == "1", by=request.user, now=timezone.now()
    )
    return _comments(request, section)


def _comments(
    request: HttpRequest, section: ReportSection, refusal: str = "", at: int | None = None
) -> HttpResponse:
    """The list of comments for a script; otherwise back to it on the section's page."""
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return redirect(f"{reverse('reports:section', args=[section.report_id, section.number])}#comments")
    context = pages.comments(section, request.user) | {"refusal": refusal, "refused_at": at}
    if refusal:
        context["typed"] = request.POST.get("text", "")
    context |= pages.outline(list(section.report.sections.light().with_comments())) | {
        "section": section,
        "report": section.report,
        "swapped": True,
    }
    response = render(request, "reports/_comments.html", context, status=422 if refusal else 200)
    # The outline may be on its way in an answer older than this one: it is asked once more, after that one.
    response.headers["HX-Trigger"] = "section-status"
    return response


@require_safe
def here(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A sign of life of who writes, and who else has the section open."""
    section = section_of(request, pk, number)
    require(permissions.can_see_drafts(request.user, section.report))
    members.note_here(section, request.user)
    others = members.others(section, request.user, timezone.now())
    return render(request, "reports/_here.html", {"others": others})


def writers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of the group writes which section."""
    report = seen(request, pk)
    require(permissions.can_see_drafts(request.user, report))
    people = members.of(report)
    sections = list(report.sections.light().select_related("assigned_to"))
    if request.method == "POST":
        require(permissions.can_write(request.user, report))
        refusals = _assign(request, sections, {person.pk: person for person in people})
        for refusal in refusals:
            messages.error(request, refusal)
        if refusals:
            return redirect("reports:writers", pk)
        messages.success(request, _("Who writes what has been kept."))
        return redirect("reports:report", pk)
    context = {
        "report": report,
        # Whoever has left the group stays chosen until somebody else is.
        "choices": [
            (section, people + [who] * (who not in people))
            if (who := section.assigned_to)
            else (section, people)
            for section in sections
        ],
        "may_write": permissions.can_write(request.user, report),
    }
    return render(request, "reports/writers.html", context)


def _assign(request: HttpRequest, sections: list[ReportSection], people: dict[int, User]) -> list[str]:
    """Keep what this person changed on the page, and nothing else; the sentences of what was refused."""
    refusals = []
    for section in sections:
        chosen = whole_number(request.POST.get(f"writer-{section.number}"))
        before = whole_number(request.POST.get(f"was-{section.number}"))
        if chosen == before:
            continue
        if chosen and chosen not in people:
            refusals.append(
                _("Whom you chose for “%(section)s” is no member of this group any more.")
                % {"section": section.heading}
            )
            continue
        try:
            services.assign(
                section=section,
                to=people.get(chosen),
                before=before or None,
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as refused:
            refusals.append(str(refused.message))
    return refusals
