"""Forms of the work calendar."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Choice, TurkishDateField
from institution.models import Body, PlanPeriod
from institution.roles import Kind
from timetable.models import Activity, Phase

TASKLESS = (Kind.INSPECTION, Kind.ADMINISTRATION)


class ActivityForm(forms.Form):
    """One task of the calendar; the services check its days and its article."""

    title = forms.CharField(label=_("Task"), max_length=200)
    phase = forms.ChoiceField(label=_("Phase"), choices=Phase)
    body = Choice(label=_("Responsible body"), queryset=Body.objects.none())
    starts_on = TurkishDateField(label=_("First day"))
    ends_on = TurkishDateField(label=_("Last day"))
    basis = forms.ChoiceField(
        label=_("Where the dates come from"),
        choices=[
            (Activity.Basis.CHOICE, _("Choice of the municipality")),
            (Activity.Basis.LAW, _("Law or regulation")),
        ],
        initial=Activity.Basis.CHOICE,
        widget=forms.RadioSelect,
    )
    article = forms.CharField(
        label=_("Article"),
        max_length=120,
        required=False,
        help_text=_("Needed where a law sets the date: 5393 md. 41"),
    )

    def __init__(self, *args, period: PlanPeriod, today: dt.date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = (
            Body.objects.of(period).standing_on(today).exclude(kind__code__in=TASKLESS)
        )


class FilterForm(forms.Form):
    """Which tasks the page shows; an unknown value shows all."""

    phase = forms.ChoiceField(label=_("Phase"), required=False)
    body = Choice(label=_("Body"), queryset=Body.objects.none(), required=False, empty_label=_("All bodies"))

    def __init__(self, *args, period: PlanPeriod, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].choices = [("", _("All phases")), *Phase.choices]
        self.fields["body"].queryset = Body.objects.filter(activities__period=period).distinct()

    def narrow(self, activities):
        self.is_valid()
        if phase := self.cleaned_data.get("phase"):
            activities = activities.filter(phase=phase)
        if body := self.cleaned_data.get("body"):
            activities = activities.filter(body=body)
        return activities
