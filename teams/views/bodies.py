"""The bodies of a plan period, and one body."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from committees import services as committees
from committees.models import Term
from institution import services as institution
from institution.form_pages import form_page, values
from institution.forms import DayForm
from institution.models import Body
from institution.permissions import can_see_people
from institution.roles import Kind
from institution.sign_in.confirming import confirmed
from teams import chart, composition, links, permissions, presenters, services
from teams.forms import BodyForm, BodyFormationForm, DissolutionForm, TermChangeForm, TermForm
from teams.querysets import holdings_of, sitting


def day_asked(request: HttpRequest) -> tuple[dt.date, DayForm]:
    """The day in the address, else today; the form shows what was asked, and what was wrong with it."""
    today = timezone.localdate()
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": today})
    return (form.is_valid() and form.cleaned_data["day"]) or today, form


@require_GET
def index(request):
    """The organisation chart, and beside it the list: how many sit in each body and what it lacks."""
    today = timezone.localdate()
    bodies = list(Body.objects.of(request.period).standing_on(today).select_related("kind"))
    gaps: dict[int, list[composition.Gap]] = {}
    for gap in composition.gaps_of(request.period, today):
        gaps.setdefault(gap.body.pk, []).append(gap)
    people = sitting(bodies, today)
    for shown in bodies:
        shown.gaps, shown.size = gaps.get(shown.pk, []), len(people[shown.pk])
    return render(
        request,
        "teams/index.html",
        {
            "chart": chart.draw([_node(shown) for shown in bodies]),
            "bodies": bodies,
            "gap_count": sum(len(found) for found in gaps.values()),
            "manage": permissions.can_form_bodies(request.user, request.period),
        },
    )


def _node(body: Body) -> dict[str, str]:
    worst = body.gaps[0].badge if body.gaps else None
    more = {"tone": worst.tone, "word": str(worst.label)} if worst else {}
    return {**presenters.node(body), "url": reverse("teams:body", args=[body.pk]), **more}


@require_GET
def body(request, pk: int):
    shown = get_object_or_404(Body.objects.select_related("kind", "period", "unit"), pk=pk)
    day, form = day_asked(request)
    today = timezone.localdate()
    former = holdings_of(shown).filter(ends_on__lt=day).select_related("person").order_by("-ends_on")
    return render(
        request,
        "teams/body.html",
        {
            "body": shown,
            "day": day,
            "is_today": day == today,
            "form": form,
            "holdings": sitting([shown], day)[shown.pk],
            "former": former,
            "coming": holdings_of(shown).filter(starts_on__gt=day).select_related("person"),
            "gaps": composition.gaps(shown, day),
            "terms": Term.objects.filter(body=shown) if shown.kind.code == Kind.COUNCIL else None,
            "is_team": shown.kind.code == Kind.PLANNING_TEAM,
            "links": links.links(request.user, shown),
            "manage": permissions.can_manage_body(request.user, shown),
            "see_people": can_see_people(request.user),
        },
    )


@confirmed(gettext_lazy("Forming a body"))
@require_http_methods(["GET", "POST"])
def form_body(request):
    return form_page(
        request,
        BodyFormationForm(request.POST or None),
        partial(institution.form_body, period=request.period, by=request.user),
        decision=permissions.can_form_bodies(request.user, request.period),
        heading=_("Form a body"),
        button=_("Form the body"),
        back=reverse("teams:index"),
        message=_("Body formed. Now appoint its members."),
    )


@confirmed(gettext_lazy("Changing a body"))
@require_http_methods(["GET", "POST"])
def edit_body(request, pk: int):
    shown = get_object_or_404(Body.objects.select_related("kind", "period"), pk=pk)
    return form_page(
        request,
        BodyForm(request.POST or None, initial=values(shown, BodyForm)),
        partial(institution.change_body, body=shown, by=request.user),
        decision=permissions.can_manage_body(request.user, shown),
        heading=shown.name,
        button=_("Save the body"),
        back=reverse("teams:body", args=[pk]),
        message=_("Body saved."),
    )


@confirmed(gettext_lazy("Dissolving a body"))
@require_http_methods(["GET", "POST"])
def dissolve_body(request, pk: int):
    shown = get_object_or_404(Body.objects.select_related("kind", "period"), pk=pk)
    return form_page(
        request,
        DissolutionForm(request.POST or None, initial={"on": timezone.localdate()}),
        partial(services.dissolve, body=shown, by=request.user),
        # Pressed twice, it is dissolved already, as was asked; the service says so of another day.
        decision=permissions.can_manage_bodies(request.user, shown.period)
        if request.method == "POST" and shown.dissolved_on
        else permissions.can_dissolve(request.user, shown),
        heading=_("Dissolve %(body)s") % {"body": shown.name},
        button=_("Dissolve the body"),
        back=reverse("teams:index"),
        message=_("Body dissolved."),
        note=_("All its seats end on the day before. What it wrote and decided is kept."),
    )


@confirmed(gettext_lazy("Entering a term of the council"))
@require_http_methods(["GET", "POST"])
def add_term(request, pk: int):
    council = get_object_or_404(Body.objects.select_related("kind", "period"), pk=pk, kind__code=Kind.COUNCIL)
    return form_page(
        request,
        TermForm(request.POST or None),
        partial(committees.open_term, body=council, by=request.user),
        decision=permissions.can_manage_body(request.user, council),
        heading=_("New term: %(body)s") % {"body": council.name},
        button=_("Add the term"),
        back=reverse("teams:body", args=[pk]),
        message=_("Term added."),
    )


@confirmed(gettext_lazy("Changing a term of the council"))
@require_http_methods(["GET", "POST"])
def edit_term(request, pk: int, term_pk: int):
    term = get_object_or_404(Term.objects.select_related("body__kind", "body__period"), body=pk, pk=term_pk)
    return form_page(
        request,
        TermChangeForm(request.POST or None, initial=values(term, TermChangeForm)),
        partial(committees.change_term, term=term, by=request.user),
        decision=permissions.can_manage_body(request.user, term.body),
        heading=str(term),
        button=_("Save the term"),
        back=reverse("teams:body", args=[pk]),
        message=_("Term saved."),
    )
