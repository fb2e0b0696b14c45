"""The municipality itself, its units, and the figures of the law."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from common.turkish import turkish_order
from institution import legal, permissions, services
from institution.form_pages import form_page, values
from institution.forms import LegalValueForm, MunicipalityForm, UnitChangeForm, UnitForm
from institution.models import LegalRule, Municipality, Unit
from institution.sign_in.confirming import confirmed


@require_GET
def settings(request):
    return render(
        request,
        "institution/settings.html",
        {
            "municipality": get_object_or_404(Municipality),
            "manage": permissions.can_manage_institution(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def edit_municipality(request):
    municipality = get_object_or_404(Municipality)
    return form_page(
        request,
        MunicipalityForm(request.POST or None, initial=values(municipality, MunicipalityForm)),
        partial(services.change_municipality, municipality=municipality, by=request.user),
        decision=permissions.can_manage_institution(request.user),
        heading=_("The municipality"),
        button=_("Save the municipality"),
        back=reverse("institution:settings"),
        message=_("Municipality saved."),
    )


@require_GET
def law(request):
    """Each figure with the value that holds today, and under it those before and after."""
    today = timezone.localdate()
    rows: dict[str, list[LegalRule]] = {key: [] for key in legal.FIGURES}
    for rule in LegalRule.objects.order_by("key", "-valid_from"):
        if rule.key in rows:
            rule.words = legal.FIGURES[rule.key].words(rule.value)
            rule.holds = rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to)
            rows[rule.key].append(rule)
    figures = [(key, figure.label, rows[key]) for key, figure in legal.FIGURES.items()]
    manage = permissions.can_manage_institution(request.user)
    return render(request, "institution/law.html", {"figures": figures, "manage": manage})


@confirmed(gettext_lazy("Changing a value of the law"))
@require_http_methods(["GET", "POST"])
def add_legal_value(request, key: str):
    figure = legal.FIGURES.get(key)
    if figure is None:
        raise Http404
    return form_page(
        request,
        LegalValueForm(request.POST or None, figure=figure),
        partial(services.add_legal_value, key=key, by=request.user),
        decision=permissions.can_manage_institution(request.user),
        heading=_("New value: %(figure)s") % {"figure": figure.label},
        button=_("Add the value"),
        back=reverse("institution:law"),
        message=_("Value added."),
        note=_("The value before it ends on the day before; what was decided under it stays as it was."),
    )


@require_GET
def units(request):
    return render(
        request,
        "institution/units.html",
        {
            "units": Unit.objects.order_by("-is_active", turkish_order("name")),
            "manage": permissions.can_manage_institution(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def add_unit(request):
    return form_page(
        request,
        UnitForm(request.POST or None),
        partial(services.add_unit, by=request.user),
        decision=permissions.can_manage_institution(request.user),
        heading=_("Add a unit"),
        button=_("Add the unit"),
        back=reverse("institution:units"),
        message=_("Unit added."),
    )


@require_http_methods(["GET", "POST"])
def edit_unit(request, pk: int):
    unit = get_object_or_404(Unit, pk=pk)
    return form_page(
        request,
        UnitChangeForm(request.POST or None, initial=values(unit, UnitChangeForm)),
        partial(services.change_unit, unit=unit, by=request.user),
        decision=permissions.can_manage_institution(request.user),
        heading=unit.name,
        button=_("Save the unit"),
        back=reverse("institution:units"),
        message=_("Unit saved."),
        history=reverse("history", args=["institution", "unit", pk]),
    )
