"""Contradictions between reports and plan data: the table for the team's meeting, each row one decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.decisions import Invalid, require
from common.forms import whole_number
from common.history import Stale
from documents.reports import permissions, services
from documents.reports.contradictions import contradictions
from documents.reports.models import ContradictionDecision

SHOWN = ("", "decided")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The open ones, or those decided on, with those that are no longer found."""
    period = _period(request)
    shown = request.GET.get("show", "")
    if shown not in SHOWN:
        raise Http404
    return render(request, "reports/contradictions.html", _page(request, period, shown))


@require_POST
def settle(request: HttpRequest, key: str) -> HttpResponse:
    """Decide on one; what is refused is said in its row, with what was typed."""
    period = _period(request)
    require(permissions.can_settle(request.user, period))
    found = next((one for one in contradictions(period) if one.key == key), None)
    if found is None:
        messages.warning(request, _("This contradiction is no longer there: one of its sides has changed."))
        return redirect("reports:contradictions")
    # A side is chosen by its number: it is the words of that side that are kept.
    choice, _colon, side = request.POST.get("choice", "").partition(":")
    at = whole_number(side, -1)
    given = {
        "choice": choice,
        "holds": found.sides[at].words if 0 <= at < len(found.sides) else "",
        "reason": request.POST.get("reason", ""),
    }
    try:
        services.settle(
            period=period,
            contradiction=found,
            revision=whole_number(request.POST.get("revision"), 0),
            by=request.user,
            now=timezone.now(),
            **given,
        )
    except (Invalid, Stale) as refusal:
        typed = given | {"key": key, "picked": request.POST.get("choice", ""), "fault": str(refusal)}
        context = _page(request, period, "", typed)
        return render(request, "reports/contradictions.html", context, status=422)
    messages.success(request, _("The decision on “%(subject)s” has been saved.") % {"subject": found.subject})
    return redirect("reports:contradictions")


def _period(request: HttpRequest) -> Any:
    period = request.period  # type: ignore[attr-defined]  # PeriodMiddleware sets it
    require(permissions.can_see_contradictions(request.user, period))
    if period is None:
        raise Http404
    return period


def _page(
    request: HttpRequest, period: Any, shown: str, typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    decided = {
        one.key: one
        for one in ContradictionDecision.objects.filter(period=period).select_related("decided_by")
    }
    found = contradictions(period)
    rows = [
        {
            "found": one,
            "decision": decided.pop(one.key, None),
            "typed": typed if typed and typed["key"] == one.key else None,
        }
        for one in found
    ]
    lists = {
        "": [row for row in rows if row["decision"] is None or row["typed"]],
        "decided": [row for row in rows if row["decision"]],
    }
    return {
        "period": period,
        "rows": lists[shown],
        "gone": list(decided.values()) if shown else [],
        "counts": {"open": len(lists[""]), "decided": len(lists["decided"]) + len(decided)},
        "shown": shown,
        "may_settle": permissions.can_settle(request.user, period),
    }
