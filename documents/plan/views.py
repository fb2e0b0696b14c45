"""Pages of the plan: tree, goal, objective card and its form, costs, findings."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.decisions import require
from common.forms import whole_number
from common.history import Stale
from common.turkish import turkish_order
from documents.plan import pages, presenters, rules, services
from documents.plan.forms import CardSheet, GoalForm, ObjectiveForm, OutlookSheet
from documents.plan.models import Goal, Objective
from documents.plan.permissions import can_edit, has_part
from documents.plan.querysets import last_change
from documents.plan.rules.registry import RULES
from institution.models import Unit


@require_safe
def index(request):
    """The plan in one page: vision, goals, objectives, money, findings."""
    period = the_period(request)
    return render(
        request,
        "plan/index.html",
        {
            "tree": pages.Tree(period),
            "outlook": presenters.outlook(period),
            "decision": can_edit(request.user, period),
            "takes_part": has_part(request.user, period),
        },
    )


# --- Goals


@require_safe
def goal(request, pk):
    period = get_object_or_404(Goal.objects.select_related("period"), pk=pk).period
    tree = pages.Tree(period)
    branch = next(branch for branch in tree.branches() if branch["goal"].pk == pk)
    return render(
        request,
        "plan/goal.html",
        {
            "goal": branch["goal"],
            "branch": branch,
            "shown": presenters.shown_goal(branch["goal"], tree.total),
            "decision": can_edit(request.user, period),
            "takes_part": has_part(request.user, period),
        },
    )


def goal_new(request):
    period = the_period(request)
    require(can_edit(request.user, period))
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        goal = services.add_goal(period=period, by=request.user, **form.cleaned_data)
        return redirect("plan:goal", goal.pk)
    return form_page(request, form, title=_("New goal"), back=reverse("plan:index"))


def goal_edit(request, pk):
    goal = get_object_or_404(Goal.objects.select_related("period"), pk=pk)
    require(can_edit(request.user, goal.period))
    form = GoalForm(request.POST or None, initial={"title": goal.title})
    if request.method == "POST" and form.is_valid():
        services.change_goal(goal=goal, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(code)s was saved.") % {"code": goal.code})
        return redirect("plan:goal", goal.pk)
    title = _("Edit %(code)s") % {"code": goal.code}
    return form_page(request, form, title=title, back=reverse("plan:goal", args=[goal.pk]))


@require_POST
def goal_move(request, pk):
    goal = as_seen(request, get_object_or_404(Goal.objects.select_related("period"), pk=pk))
    require(can_edit(request.user, goal.period))
    goal = services.move_goal(goal=goal, up="up" in request.POST, by=request.user)
    messages.success(request, _("“%(title)s” is now %(code)s.") % {"title": goal.title, "code": goal.code})
    return redirect("plan:index")


@require_POST
def goal_remove(request, pk):
    if goal := removable(request, Goal, pk, lambda row: row.period):
        services.remove_goal(goal=goal, by=request.user)
        messages.success(request, _("%(code)s was removed.") % {"code": goal.code})
    return redirect("plan:index")


# --- Objectives and their cards


def objective_new(request, pk):
    goal = get_object_or_404(Goal.objects.select_related("period"), pk=pk)
    require(can_edit(request.user, goal.period))
    form = ObjectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        objective = services.add_objective(goal=goal, by=request.user, **form.cleaned_data)
        return redirect("plan:card-edit", objective.pk)
    title = _("New objective of %(code)s") % {"code": goal.code}
    return form_page(request, form, title=title, back=reverse("plan:goal", args=[goal.pk]))


@require_safe
def card(request, pk):
    """The objective card as the guide lays it out, with its findings."""
    period = get_object_or_404(Objective.objects.select_related("goal__period"), pk=pk).goal.period
    tree = pages.Tree(period)
    objective = tree.objectives[pk]
    findings = [found for found in tree.findings if found.objective.pk == pk]
    return render(
        request,
        "plan/card.html",
        {
            "objective": objective,
            "card": presenters.shown(objective),
            "tree": tree,
            "findings": findings,
            "blocking": sum(found.blocks for found in findings),
            "marks": pages.marks(findings),
            "last_change": last_change(objective),
            "decision": can_edit(request.user, period),
            "takes_part": has_part(request.user, period),
        },
    )


def card_edit(request, pk):
    """The whole card as one form. `?add=risks` gives one more row and saves nothing."""
    objective = get_object_or_404(Objective.objects.with_card(), pk=pk)
    require(can_edit(request.user, objective.goal.period))
    add = request.GET.get("add", "")
    sheet = CardSheet(objective, request.POST or None, add_row_to=add)
    status, refusal = 200, ""
    if request.method == "POST" and not add:
        status = 422
        if sheet.is_valid():
            try:
                services.save_card(objective=objective, card=sheet.card(), by=request.user, seen=sheet.seen)
            except Stale as stale:
                status, refusal = 409, str(stale)
                sheet.accept_present()
            else:
                messages.success(request, _("The card %(code)s was saved.") % {"code": objective.code})
                return redirect("plan:card", objective.pk)
    return render(
        request,
        "plan/card_edit.html",
        {
            "objective": objective,
            "sheet": sheet,
            "add": add,
            "refusal": refusal,
            "problems": sheet.problems() if status == 422 else [],
        },
        status=status,
    )


@require_POST
def objective_move(request, pk):
    objective = as_seen(request, get_object_or_404(Objective.objects.select_related("goal__period"), pk=pk))
    require(can_edit(request.user, objective.goal.period))
    objective = services.move_objective(objective=objective, up="up" in request.POST, by=request.user)
    words = {"title": objective.title, "code": objective.code}
    messages.success(request, _("“%(title)s” is now %(code)s.") % words)
    return redirect("plan:goal", objective.goal_id)


@require_POST
def objective_remove(request, pk):
    objective = removable(request, Objective, pk, lambda row: row.goal.period)
    if objective is None:
        return redirect("plan:index")
    services.remove_objective(objective=objective, by=request.user)
    messages.success(request, _("%(code)s was removed.") % {"code": objective.code})
    return redirect("plan:goal", objective.goal_id)


# --- Looking ahead, costs, findings


def outlook_edit(request):
    period = the_period(request)
    require(can_edit(request.user, period))
    sheet = OutlookSheet(period, request.POST or None)
    status, refusal = 200, ""
    if request.method == "POST":
        status = 422
        if sheet.is_valid():
            try:
                services.set_outlook(period=period, by=request.user, **sheet.outlook(), seen=sheet.seen)
            except Stale as stale:
                status, refusal = 409, str(stale)
                sheet.accept_present()
            else:
                messages.success(request, _("Mission, vision and values were saved."))
                return redirect("plan:index")
    context = {"sheet": sheet, "refusal": refusal}
    return render(request, "plan/outlook_edit.html", context, status=status)


@require_safe
def costs(request):
    """The cost table of the period and where the money goes."""
    return render(request, "plan/costs.html", {"costs": presenters.shown_costs(the_period(request))})


@require_safe
def checks(request):
    """All findings of the period, the blocking ones first; filtered by severity, rule and unit."""
    period = the_period(request)
    every = rules.findings(period)
    chosen = {name: request.GET.get(name, "") for name in ("severity", "rule", "unit")}
    shown = [
        found
        for found in every
        if chosen["severity"] in ("", found.severity)
        if chosen["rule"] in ("", found.rule)
        if chosen["unit"] in ("", str(found.objective.responsible_id))
    ]
    return render(
        request,
        "plan/checks.html",
        {
            "every": every,
            "tiles": [
                (severity, label, sum(severity in ("", found.severity) for found in every))
                for severity, label in {"": _("All findings"), **pages.SEVERITIES}.items()
            ],
            "groups": [
                (label, [found for found in shown if found.severity == severity])
                for severity, label in pages.SEVERITIES.items()
            ],
            "shown": shown,
            "chosen": chosen,
            "rules": RULES,
            "units": Unit.objects.filter(objectives__goal__period=period)
            .distinct()
            .order_by(turkish_order("name")),
            "decision": can_edit(request.user, period),
        },
    )


# --- What they share


def the_period(request):
    """The plan period of this request; without one there is no plan to show."""
    if request.period is None:
        raise Http404
    return request.period


def removable(request, model, pk, period_of):
    """The thing, or what it was before a first press removed it: both presses get one answer.

    None where it never was, or where what it hung on is gone, too.
    """
    thing = model.objects.filter(pk=pk).first()
    if thing is None and (row := model.history.filter(id=pk).first()):
        thing = row.instance
    try:
        period = period_of(thing) if thing else None
    except ObjectDoesNotExist:
        thing = period = None
    require(can_edit(request.user, period or the_period(request)))
    return thing


def as_seen(request, thing):
    """The thing with the number that its page showed, so that a repeated press moves nothing twice."""
    thing.number = whole_number(request.POST.get("number"))
    return thing


def form_page(request, form, *, title, back):
    """A page with one short form on it."""
    status = 422 if request.method == "POST" else 200
    return render(request, "plan/form.html", {"form": form, "title": title, "back": back}, status=status)
