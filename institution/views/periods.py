"""Plan periods: opened by a circular, chosen for the session, moved on, closed."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from common.decisions import Invalid, require
from common.views import way_back
from institution import permissions, services
from institution.form_pages import form_page, values
from institution.forms import PeriodForm, PeriodOpeningForm
from institution.middleware import PERIOD_KEY
from institution.models import PlanPeriod
from institution.workflow import PERIOD, PeriodState

MOVES: dict[str, tuple] = {
    PeriodState.IN_FORCE: (
        gettext_lazy("Put the plan into force"),
        gettext_lazy("From now on the adopted plan is in force. This step cannot be taken back."),
    ),
    PeriodState.CLOSED: (
        gettext_lazy("Close the period"),
        gettext_lazy("Everything in the period stays readable and nothing in it can change any more."),
    ),
}


@require_GET
def periods(request):
    return render(
        request,
        "institution/periods.html",
        {"all_periods": PlanPeriod.objects.all(), "open": permissions.can_open_period(request.user)},
    )


@require_GET
def period(request, pk: int):
    shown = get_object_or_404(PlanPeriod, pk=pk)
    moves = [
        (to, *MOVES[to])
        for to in PERIOD.next[shown.state]
        if permissions.can_move_period(request.user, shown, to)
    ]
    change = permissions.can_change_period(request.user, shown)
    return render(request, "institution/period.html", {"shown": shown, "moves": moves, "change": change})


@require_http_methods(["GET", "POST"])
def open_period(request):
    return form_page(
        request,
        PeriodOpeningForm(request.POST or None, initial={"first_year": timezone.localdate().year + 1}),
        partial(services.open_period, by=request.user),
        decision=permissions.can_open_period(request.user),
        heading=_("Open a plan period"),
        button=_("Open the period"),
        back=reverse("institution:periods"),
        message=_("Plan period opened."),
        note=_("The preparation begins with the mayor’s circular (genelge)."),
    )


@require_http_methods(["GET", "POST"])
def edit_period(request, pk: int):
    shown = get_object_or_404(PlanPeriod, pk=pk)
    return form_page(
        request,
        PeriodForm(request.POST or None, initial=values(shown, PeriodForm)),
        partial(services.change_period, period=shown, by=request.user),
        decision=permissions.can_change_period(request.user, shown),
        heading=shown.title,
        button=_("Save the period"),
        back=reverse("institution:period", args=[pk]),
        message=_("Period saved."),
    )


@require_POST
def choose_period(request, pk: int):
    """Show this period on every page of this session; back to where the choice was made."""
    request.session[PERIOD_KEY] = get_object_or_404(PlanPeriod, pk=pk).pk
    return redirect(way_back(request))


@require_POST
def move_period(request, pk: int):
    shown = get_object_or_404(PlanPeriod, pk=pk)
    to = request.POST.get("to", "")
    require(permissions.runs_process(request.user))
    if shown.state != to:  # the second press of the same button has nothing left to do
        require(permissions.can_move_period(request.user, shown, to))
        try:
            services.move_period(period=shown, to=to, by=request.user)
        except Invalid as refusal:
            messages.error(request, str(refusal.message))
            return redirect("institution:period", pk)
        messages.success(request, _("The period is now “%(state)s”.") % {"state": PERIOD.label[to]})
    return redirect("institution:period", pk)
