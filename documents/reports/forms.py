"""Forms of the reports' room. The text itself is no form field: see the writing and evaluation views."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import Choice, TurkishDateField
from common.turkish import turkish_order
from documents.plan.guide import CHAPTER_CHOICES
from documents.reports.models import ReportTemplate, SectionShape
from institution.models import Body
from institution.roles import Kind


class TemplateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads this when the report is requested."),
    )
    is_active = forms.BooleanField(label=_("Can be requested from groups"), required=False, initial=True)


class SectionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=SectionShape.Kind.choices, widget=forms.RadioSelect, initial="text"
    )
    required = forms.BooleanField(
        label=_("The report cannot be submitted without it"), required=False, initial=True
    )
    length_hint = forms.IntegerField(
        label=_("Length, about so many words"),
        required=False,
        min_value=1,
        max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    chapter = forms.ChoiceField(label=_("Chapter of the plan that it feeds"), choices=CHAPTER_CHOICES)
    help = forms.CharField(
        label=_("What the guide asks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands above the field while the group writes."),
    )


class ColumnForm(forms.Form):
    """One column of a table section; a row without a title is passed over."""

    TYPES = [
        ("text", _("Short text")),
        ("long", _("Long text")),
        ("number", _("Number")),
        ("date", _("Date")),
        ("choice", _("One of given choices")),
        ("unit", _("Unit of the municipality")),
    ]
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Column"), required=False, max_length=100)
    type = forms.ChoiceField(label=_("Type"), choices=TYPES, initial="text")
    choices = forms.CharField(label=_("Choices, divided by semicolons"), required=False, max_length=500)
    required = forms.BooleanField(label=_("Required"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        listed = [choice.strip() for choice in values.get("choices", "").split(";") if choice.strip()]
        if values.get("title") and values.get("type") == "choice" and not listed:
            self.add_error("choices", _("Write the choices."))
        return values | {"choices": listed if values.get("type") == "choice" else []}


class _Columns(forms.BaseFormSet):
    def kept(self) -> list[dict[str, Any]]:
        """The columns in their order, new ones with a key that no other has."""
        rows = [form.cleaned_data for form in self if form.cleaned_data.get("title")]
        taken = {row["key"] for row in rows}
        free = (key for number in range(1, 1000) if (key := f"c{number}") not in taken)
        return [row | {"key": row["key"] or next(free)} for row in rows]


ColumnForms = forms.formset_factory(ColumnForm, formset=_Columns, extra=2, max_num=20)


def column_forms(data: Any = None, columns: list[dict] | None = None) -> Any:
    """The columns of a section, and two empty rows for further ones."""
    initial = [column | {"choices": "; ".join(column["choices"])} for column in columns or []]
    return ColumnForms(data, initial=initial, prefix="columns")


class RequestForm(forms.Form):
    """Ask one group for a report."""

    template = Choice(None, label=_("Template"))
    body = Choice(None, label=_("Group"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_("Left empty, the template’s name is taken."),
    )
    due_on = TurkishDateField(label=_("Due on"))

    def __init__(self, *args: Any, period: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = ReportTemplate.objects.requestable().order_by(
            turkish_order("name")
        )
        groups = Body.objects.kind(Kind.SUB_GROUP).filter(period=period, dissolved_on=None)
        self.fields["body"].queryset = groups.order_by(turkish_order("name"))


class DueForm(forms.Form):
    due_on = TurkishDateField(label=_("Due on"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads it. What was written stays readable."),
    )


class GroupForm(forms.Form):
    """Which group's reports a list shows."""

    body = Choice(None, label=_("Group"), required=False, empty_label=_("All groups"))

    def __init__(self, *args: Any, reports: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Body.objects.filter(pk__in=reports.order_by().values("body"))
        self.fields["body"].queryset = groups.order_by(turkish_order("name"))
