"""Pages over what stands already: find and replace in a report, the saved states of a section."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from common.decisions import Invalid, require
from common.forms import whole_number
from documents.reports import permissions, presenters, replacing, services
from documents.reports.forms import FindForm
from documents.reports.views.reading import seen
from documents.reports.views.writing import section_of

STATES = 20
MOST_HITS = 200
"""More are counted and not shown; each has a form of its own."""


@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """The places in all sections where the words stand, and what to put there."""
    report = seen(request, pk)
    form = FindForm(request.GET or None)
    found: list[dict[str, Any]] = []
    total = 0
    if form.is_valid():
        wanted = form.pattern()
        for section in report.sections.all():
            section.report = report
            if hits := replacing.hits(section, wanted):
                may = permissions.can_write_section(request.user, section)
                shown = hits[: max(0, MOST_HITS - total)]
                found.append({"section": section, "hits": shown, "count": len(hits), "may_write": may})
                total += len(hits)
    context = {
        "report": report,
        "form": form,
        "found": found,
        "total": total,
        "most": MOST_HITS if total > MOST_HITS else 0,
        "searched": form.is_valid(),
    }
    return render(request, "reports/find.html", context)


@require_POST
def replace(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Replace one hit or all of a section, then show what is left."""
    section = section_of(request, pk, number)
    require(permissions.can_write_section(request.user, section))
    form = FindForm(request.POST)
    if not form.is_valid():
        return redirect("reports:find", pk)
    only = whole_number(request.POST.get("hit"), 0) or None
    if only is None and "hit" in request.POST:
        raise BadRequest("hit")
    try:
        count = services.replace(
            section=section,
            revision=whole_number(request.POST.get("version"), -1),
            wanted=form.pattern(),
            put=form.cleaned_data["put"],
            only=only,
            by=request.user,
            now=timezone.now(),
        )
    except (services.SavedMeanwhile, Invalid) as refused:
        messages.error(request, refused.message)
    else:
        said = ngettext(
            "Replaced in %(n)d place: %(section)s.", "Replaced in %(n)d places: %(section)s.", count
        )
        messages.success(request, said % {"n": count, "section": section.heading})
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    return redirect(f"{reverse('reports:find', args=[pk])}?{urlencode(asked)}")


@require_safe
def states(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The saved states of a section, newest first; the chosen one against the text as it stands now."""
    section = section_of(request, pk, number)
    require(permissions.can_see_drafts(request.user, section.report))
    saved = section.history.order_by("-history_id").only(
        "history_id",
        "history_date",
        "history_user_name",
        "history_for_name",
        "history_change_reason",
        "state",
    )
    page = Paginator(saved, STATES).get_page(request.GET.get("page"))
    chosen = section.history.filter(history_id=whole_number(request.GET.get("at"), 0)).first()
    context = {
        "report": section.report,
        "section": section,
        "page_obj": page,
        "chosen": chosen,
        "change": presenters.change(section.columns, chosen, section, is_table=section.is_table)
        if chosen
        else None,
        "may_write": permissions.can_write_section(request.user, section),
    }
    return render(request, "reports/states.html", context)


@require_POST
def restore(request: HttpRequest, pk: int, number: int, state_pk: int) -> HttpResponse:
    section = section_of(request, pk, number)
    require(permissions.can_write_section(request.user, section))
    state = get_object_or_404(section.history.all(), history_id=state_pk)
    try:
        services.restore(
            section=section,
            state=state,
            revision=whole_number(request.POST.get("version"), -1),
            by=request.user,
            now=timezone.now(),
        )
    except (services.SavedMeanwhile, Invalid) as refused:
        messages.error(request, refused.message)
        return redirect(f"{reverse('reports:states', args=[pk, number])}?at={state_pk}")
    messages.success(
        request, _("The older state is the section’s text again. What stood until now is in the history.")
    )
    return redirect("reports:section", pk, number)
