"""Forms of the municipality's own records."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Choice, TurkishDateField
from common.turkish import turkish_order
from institution.legal import Figure
from institution.models import Unit, User

LEGAL_BASIS = (
    "5018 sayılı Kamu Malî Yönetimi ve Kontrol Kanunu md. 9; 5393 sayılı Belediye Kanunu md. 41; "
    "Kamu İdarelerinde Stratejik Planlamaya İlişkin Usul ve Esaslar Hakkında Yönetmelik (RG 26.02.2018, 30344)"
)
GUIDE = "Belediyeler İçin Stratejik Planlama Rehberi (2019)"


class UnitChoice(Choice):
    """An active unit, in the order of the Turkish alphabet."""

    def __init__(self, **kwargs):
        units = Unit.objects.filter(is_active=True).order_by(turkish_order("name"))
        super().__init__(queryset=units, **kwargs)


class PersonChoice(Choice):
    """A person with an open account, by name and title."""

    def __init__(self, **kwargs):
        people = User.objects.active().order_by(turkish_order("full_name"))
        super().__init__(queryset=people, **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.full_name}, {obj.title}" if obj.title else obj.full_name


class DayForm(forms.Form):
    """As of which day a page is asked for; empty is today."""

    day = TurkishDateField(label=_("As of"), required=False, help_text="")


class MunicipalityForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    province = forms.CharField(label=_("Province"), max_length=100, required=False)
    detsis_no = forms.CharField(
        label=_("DETSİS number"),
        max_length=20,
        required=False,
        help_text=_("The number of the municipality in the state’s register of organisations."),
    )


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    is_spending = forms.BooleanField(
        label=_("Spending unit: has a representative in the Planning Team"), required=False, initial=True
    )


class UnitChangeForm(UnitForm):
    is_active = forms.BooleanField(label=_("Active"), required=False)


class PersonForm(forms.Form):
    full_name = forms.CharField(label=_("Name and surname"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Used to sign in."))
    title = forms.CharField(label=_("Job title"), max_length=150, required=False)
    unit = UnitChoice(label=_("Unit"), required=False)


class PeriodForm(forms.Form):
    """What the mayor's circular says."""

    circular_no = forms.CharField(label=_("Number of the circular"), max_length=50)
    circular_on = TurkishDateField(label=_("Date of the circular"))
    election_on = TurkishDateField(label=_("Election day"))
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=LEGAL_BASIS,
        help_text=_("The laws and regulations by which this plan is prepared; kept with the period."),
    )
    guide = forms.CharField(label=_("Guide"), max_length=300, initial=GUIDE, required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class PeriodOpeningForm(PeriodForm):
    first_year = forms.IntegerField(
        label=_("First year of the plan"),
        min_value=2006,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=_("The plan lasts as many years as the law says on the day of the circular."),
    )
    field_order = ["first_year"]


class LegalValueForm(forms.Form):
    """A figure of the law from a day on."""

    value = forms.CharField(label=_("Value"), max_length=20)
    valid_from = TurkishDateField(label=_("Valid from"))
    article = forms.CharField(label=_("Article"), max_length=120)
    source = forms.CharField(label=_("Source"), widget=forms.Textarea(attrs={"rows": 3}))
    verified = forms.BooleanField(label=_("I have checked it in the source itself"), required=False)

    def __init__(self, *args, figure: Figure, **kwargs):
        super().__init__(*args, **kwargs)
        if figure.choices:
            self.fields["value"] = forms.ChoiceField(label=_("Value"), choices=figure.choices)
        else:
            self.fields["value"].help_text = f"{figure.expected} {figure.unit}".strip()
